"""Which report to make."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.stages.coordination.queries_report import years
from shohay.web.office import fields
from shohay.web.templatetags.shohay import digits


class MakeForm(forms.Form):
    """A fiscal year with a list of programmes, and the day on which the promises are looked at."""

    year = fields.pick(_("Fiscal year"), [])
    as_of = fields.day(_("State as of"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, digits(year)) for year in years()]  # type: ignore[attr-defined]  # a ChoiceField, typed as a Field
