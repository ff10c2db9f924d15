from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.web.office import fields
from shohay.web.parts.forms import offer


class CycleForm(forms.Form):
    """A programme pays a period."""

    programme = fields.pick(_("Programme"), [])
    first = fields.day(_("First day of the period"), help_text=_("Day, month and year, for instance 01/07/2026."))
    months = fields.whole(_("Months"), least=1)

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "programme", programmes)
