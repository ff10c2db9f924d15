from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.core.purposes import CONSENT
from shohay.stages.registry import queries_consent
from shohay.stages.registry.models_consent import CorrectionRequest, Notice
from shohay.web.office import desk, fields
from shohay.web.office.words import choices
from shohay.web.parts.forms import offer

LANGUAGES = ["bn", "en", "chakma", "marma", "garo", "santali", "sign"]
SPOKEN = [channel for channel in Notice.Channel.values if channel != Notice.Channel.FILE]


class NoticeForm(forms.Form):
    """The notice was read out; what the household agrees to is ticked one by one, nothing beforehand."""

    told_by = fields.line(_("Who read it out"), longest=150)
    told_on = fields.day(_("When"))
    spoken = fields.pick(_("In which language"), lambda: choices("spoken", LANGUAGES))
    channel = fields.pick(_("Where"), lambda: choices("told_where", SPOKEN))
    agreed = forms.MultipleChoiceField(
        label=_("The household agrees to"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty what it does not agree to; nobody loses a benefit by that."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = desk.language()
        asked = queries_consent.purposes().of_basis(CONSENT)
        offer(self, "agreed", [(purpose.id, purpose.text.in_language(language)) for purpose in asked])


class AskForm(forms.Form):
    fact = fields.pick(_("What is wrong"), lambda: choices("correction_fact", queries_consent.FACTS))
    wrong = fields.text(_("What stands there, and why it is wrong"), rows=2)
    right = fields.text(_("What it should be"), rows=2)
    evidence = fields.line(
        _("What shows it"), required=False, help_text=_("For instance: birth certificate, NID card.")
    )
    asker = fields.pick(_("Who asks"), lambda: choices("asker", CorrectionRequest.Asker.values))
    channel = fields.pick(_("Where"), lambda: choices("told_where", SPOKEN))


class TakeUpForm(forms.Form):
    """The correction that settles the request; of numbers and accounts what was done, in words."""

    event = fields.pick(_("The correction that was proposed"), [], required=False)
    note = fields.line(_("What was done"), longest=400, required=False)

    def __init__(self, *args: Any, events: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "event", [("", "–"), *events])


class RefuseForm(forms.Form):
    reason = fields.text(_("Why not? The person is told this."), rows=2)
