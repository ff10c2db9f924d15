from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.stages.payments.models_kind import Distribution, Ration
from shohay.web.office import fields
from shohay.web.office.words import choices
from shohay.web.parts.forms import BanglaDecimalField, offer


class OpenForm(forms.Form):
    """Goods of a programme for one month, or for one occasion."""

    programme = fields.pick(_("Programme"), [])
    month = fields.day(_("Month"), help_text=_("Its first day, for instance 01/11/2026."))
    occasion = fields.pick(
        _("Occasion"), [], required=False, help_text=_("Only for programmes that give at events, such as Eid.")
    )

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "programme", programmes)
        events = choices("occasion", Distribution.Occasion.values)
        offer(self, "occasion", [("", str(_("None: the calendar says when"))), *events])


class FileForm(forms.Form):
    """Who collected: the list as it comes back."""

    file = fields.file(_("The filled list"), kinds=".csv,.xlsx,.xls,.ods", help_text=_("CSV or XLSX."))


class TakeForm(forms.Form):
    """Which part of the list, and in which form."""

    union = fields.pick(_("Union or ward"), [], required=False)

    def __init__(self, *args: Any, unions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "union", [("", str(_("All of them"))), *unions])


class RationForm(forms.Form):
    """What happened with the ration of one person."""

    given = fields.radio(_("Was it given?"), lambda: choices("yes_no", ["yes", "no"]))
    kg = BanglaDecimalField(
        label=_("Kilograms given"), required=False, min_value=0, decimal_places=3, help_text=_("Empty: all of it.")
    )
    given_on = fields.day(_("On"), required=False, help_text=_("Empty: today. For instance 21/11/2026."))
    reason = fields.pick(_("Why nothing, or less"), [], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = choices("ration_reason", Ration.Reason.values)
        offer(self, "reason", [("", str(_("It was given in full"))), *reasons])

    def grams(self) -> int | None:
        weight = self.cleaned_data["kg"]
        return None if weight is None else round(weight * 1000)


class BackForm(forms.Form):
    reason = fields.line(_("What was wrong with the record?"))
