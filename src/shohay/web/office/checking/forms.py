"""A draft report to be checked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.web.office import fields

KINDS = ".txt,.docx,.html,.htm"


class CheckForm(forms.Form):
    """The file, and what its title page may not say."""

    file = fields.file(_("Draft report (DOCX, HTML or text)"), kinds=KINDS)
    year = fields.line(
        _("Year reported on, when the title page does not say it (2024 or 2024-25)"), longest=7, required=False
    )
    known = forms.BooleanField(
        label=_("Compare with the platform's lists of ministries and programmes too"), required=False, initial=True
    )
