from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shohay.web.office import fields

LARGEST = 200 << 20  # bytes sent through the browser; larger files by the command
LARGEST_MAPPING = 64 << 10


class RoundForm(forms.Form):
    """Microdata and the document that says what their columns mean, as a file or typed in."""

    file = fields.file(
        gettext_lazy("Microdata"), kinds=".csv,.xlsx,.parquet",
        help_text=gettext_lazy("CSV, XLSX or Parquet, one row a household. From SPSS or Stata, export as CSV."),
    )  # fmt: skip
    mapping_file = fields.file(
        gettext_lazy("What the columns mean, as a file"), kinds=".yaml,.yml", required=False,
        help_text=gettext_lazy("The sample beside shows how it is written."),
    )  # fmt: skip
    mapping = fields.text(gettext_lazy("Or typed in"), rows=12, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        sent = given.get("mapping_file")
        if sent is not None:
            given["mapping"] = self._text(sent)
        if not (given.get("mapping") or "").strip() and "mapping_file" not in self.errors:
            self.add_error("mapping", _("Say what the columns mean: choose a file or type it in."))
        if given.get("file") is not None and given["file"].size > LARGEST:
            self.add_error("file", _("The file is too large for the browser. Use the command shohay survey import."))
        return given

    def _text(self, sent: Any) -> str:
        try:
            if sent.size > LARGEST_MAPPING:
                raise ValueError
            return str(sent.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError):
            self.add_error("mapping_file", _("This is not a text file with the meaning of columns."))
            return ""
