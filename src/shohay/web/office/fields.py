"""Short ways to the form fields that the office uses; their dress comes from shohay.web.parts.forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.web.parts.forms import BanglaDateField, BanglaIntegerField


def line(label: Any, *, longest: int = 200, **rest: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, **rest)


def text(label: Any, *, rows: int = 3, **rest: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **rest)


def pick(label: Any, choices: Any, **rest: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, **rest)


def radio(label: Any, choices: Any, **rest: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **rest)


def day(label: Any, **rest: Any) -> BanglaDateField:
    return BanglaDateField(label=label, **rest)


def whole(label: Any, *, least: int = 0, **rest: Any) -> BanglaIntegerField:
    return BanglaIntegerField(label=label, min_value=least, **rest)


def file(label: Any, *, kinds: str, **rest: Any) -> forms.FileField:
    words = {"data-choose": _("Choose a file"), "data-none": _("No file chosen yet")}  # shohay.js shows them
    return forms.FileField(label=label, widget=forms.FileInput(attrs={"accept": kinds, **words}), **rest)
