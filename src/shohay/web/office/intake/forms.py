from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.web.office import fields


class UploadForm(forms.Form):
    """A household file."""

    file = fields.file(
        _("Household file"), kinds=".csv,.xlsx", help_text=_("CSV or XLSX, one row for each member of a household.")
    )
