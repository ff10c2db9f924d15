from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.web.office import fields
from shohay.web.parts.forms import offer


class UploadForm(forms.Form):
    """A household file."""

    file = fields.file(
        _("Household file"), kinds=".csv,.xlsx", help_text=_("CSV or XLSX, one row for each member of a household.")
    )
    area = fields.pick(_("Area"), [])

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        """``areas`` are those of the officer; who has one only is not asked."""
        super().__init__(*args, **kwargs)
        if len(areas) > 1:
            offer(self, "area", areas)
        else:
            del self.fields["area"]
