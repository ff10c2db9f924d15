from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.web.office import fields

DECISIONS = [("same", _("The same person, registered twice")), ("different", _("Two different persons"))]


class DecideForm(forms.Form):
    decision = fields.radio(_("Are these two records one person?"), DECISIONS)
    reason = fields.line(_("How do you know?"), help_text=_("One sentence. It stays with the decision."))


class UndoForm(forms.Form):
    reason = fields.line(_("Why is this merge wrong?"))
