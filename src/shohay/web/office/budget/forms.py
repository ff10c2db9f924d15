from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.core.budget import CRORE
from shohay.web.office import fields
from shohay.web.parts.forms import BanglaDecimalField


def crore(label: Any, *, required: bool = False) -> BanglaDecimalField:
    """An amount in crore taka, two decimals."""
    return BanglaDecimalField(label=label, required=required, min_value=0, max_digits=12, decimal_places=7)


class LineForm(forms.Form):
    """One programme's money in one year, in crore taka."""

    programme = fields.pick(_("Programme"), [])
    fiscal_year = fields.line(_("Fiscal year"), longest=7, help_text=_("For instance 2025-26."))
    allocation = crore(_("Allocation (crore taka)"), required=True)
    revised = crore(_("Revised allocation (crore taka)"))
    actual = crore(_("Actual expenditure to date (crore taka)"))
    beneficiaries = fields.whole(_("Planned beneficiaries (persons)"), required=False)
    reached = fields.whole(_("Beneficiaries reached (persons)"), required=False)
    released = crore(_("Released (crore taka)"))
    planned_release_on = fields.day(_("Planned day of release"), required=False)
    released_on = fields.day(_("Day of release"), required=False)
    source = fields.line(
        _("Source of the figures"), help_text=_("For instance the number and day of an iBAS++ report.")
    )

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = programmes  # type: ignore[attr-defined]  # a ChoiceField, typed as a Field

    def figures(self) -> dict[str, Any]:
        """The figures as actions_budget.submit_line takes them: money in poisha."""
        given = self.cleaned_data
        money = {f"{name}_poisha": _poisha(given[name]) for name in ("allocation", "revised", "actual", "released")}
        others = ("beneficiaries", "reached", "planned_release_on", "released_on")
        return money | {name: given[name] for name in others}


def _poisha(value: Any) -> int | None:
    return None if value is None else int(value * CRORE)


class SheetForm(forms.Form):
    file = fields.file(_("Sheet of the ministry, CSV or XLSX"), kinds=".csv,.xlsx")
    source = fields.line(_("Source of the figures"))


class TermsForm(forms.Form):
    """What an indicator pays."""

    fiscal_year = fields.line(_("Fiscal year"), longest=7)
    baseline = BanglaDecimalField(label=_("Baseline"), max_digits=16, decimal_places=4)
    target = BanglaDecimalField(label=_("Target"), max_digits=16, decimal_places=4)
    value = fields.whole(_("Value of reaching the target (whole units of the currency)"), least=1)
    scalable = fields.radio(
        _("How it pays"),
        [("yes", _("In proportion to what is reached")), ("no", _("All or nothing, when the target is reached"))],
    )


class ClaimForm(forms.Form):
    actual = BanglaDecimalField(label=_("Result reached"), max_digits=16, decimal_places=4)
    note = fields.text(_("How it was measured"), rows=2, required=False)
    file = fields.file(_("Evidence: report, list or signed letter"), kinds=".pdf,.png,.jpg,.jpeg,.xlsx,.csv,.docx")


class VerifyForm(forms.Form):
    decision = fields.radio(
        _("What did the verification find?"),
        [("verified", _("The result stands, with this value")), ("refused", _("The evidence does not hold"))],
    )
    value = BanglaDecimalField(label=_("Verified value"), max_digits=16, decimal_places=4, required=False)
    finding = fields.text(_("What was looked at and found"), rows=3)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("decision") == "verified" and given.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Write the value that was verified."))
        return given
