from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.stages.grievance.models import Reply
from shohay.web.office import fields
from shohay.web.office.words import choices


class AnswerForm(forms.Form):
    outcome = fields.radio(_("Outcome"), lambda: choices("grievance", Reply.Outcome.values))
    text = fields.text(
        _("Answer to the person"), rows=4, help_text=_("In plain words: what was found and what follows.")
    )


class AppealForm(forms.Form):
    text = fields.text(_("Why the person does not accept the answer"))


class ContactForm(forms.Form):
    contact_reason = fields.line(_("Why do you need to reach the person?"))
