from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.web.office import fields
from shohay.web.parts.forms import BanglaDecimalField, offer

FILES = ".pdf,.png,.jpg,.jpeg,.xlsx,.csv,.docx"


class SubmitForm(forms.Form):
    """A value with its two sides, its source and its evidence."""

    ministry = fields.pick(_("Office that reports"), [])
    fiscal_year = fields.pick(_("Fiscal year"), [])
    numerator = BanglaDecimalField(label=_("Numerator"), min_value=0)
    denominator = BanglaDecimalField(label=_("Denominator"), min_value=0)
    measured_on = fields.day(_("Day that the figures speak of"))
    source = fields.line(_("Where the figures come from"), longest=300, help_text=_("Report, survey or file."))
    evidence = fields.file(_("Evidence"), kinds=FILES, help_text=_("PDF, picture, Excel, Word or CSV; 10 MB at most."))
    note = fields.text(_("Note"), rows=2, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, offices: list[tuple[str, str]], years: list[tuple[str, str]], words: tuple[str, str],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        offer(self, "ministry", offices)
        offer(self, "fiscal_year", years)
        self.fields["numerator"].help_text, self.fields["denominator"].help_text = words


class ReturnForm(forms.Form):
    reason = fields.text(_("What must be put right"), rows=3)


class TargetForm(forms.Form):
    fiscal_year = fields.pick(_("Fiscal year"), [])
    value = BanglaDecimalField(label=_("Target"))
    source = fields.line(_("Decision, plan or document that sets it"), longest=300)

    def __init__(self, *args: Any, years: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "fiscal_year", years)
