"""Forms in the dress of the site: the right classes, errors tied to their fields, dates in three forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language

from shohay.core.bangla import to_bangla_digits, to_latin_digits

DATE_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]


class BanglaDateInput(forms.DateInput):
    """A day that the page fills in stands in the digits of the page; what somebody typed stays as typed."""

    def format_value(self, value: Any) -> str | None:
        shown = super().format_value(value)
        bangla = get_language() != "en" and not isinstance(value, str)
        return to_bangla_digits(shown) if shown and bangla else shown


class BanglaDateField(forms.DateField):
    """২১/১১/২০২৬, 21-11-2026 and 2026-11-21."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=DATE_FORMATS,
            widget=BanglaDateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_latin_digits(value.strip()) if isinstance(value, str) else value)


class BanglaIntegerField(forms.IntegerField):
    """Takes Bangla digits and grouping commas."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["inputmode"] = "numeric"

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_latin_digits(value).replace(",", "").strip() if isinstance(value, str) else value)


class BanglaDecimalField(forms.DecimalField):
    """The same with a fraction: land in decimals."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_latin_digits(value).replace(",", "").strip() if isinstance(value, str) else value)


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Fill the choices of a field that depend on who asks, or on the language of the request."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is not a choice")
    field.choices = list(choices)


def dress(form: forms.BaseForm) -> forms.BaseForm:
    """Give every control its class, and point it to its error. Call it after the form is bound."""
    form.use_required_attribute = False  # our own summary speaks both languages; the browser's does not
    for name, field in form.fields.items():
        widget = field.widget
        if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
            widget.attrs["class"] = "form-check-input"
        else:
            widget.attrs["class"] = "form-select" if isinstance(widget, forms.Select) else "form-control"
        if form.is_bound and form.errors.get(name) and not widget.use_fieldset:
            identifier = form[name].auto_id
            described = f"{identifier}_helptext {identifier}_error" if field.help_text else f"{identifier}_error"
            widget.attrs.update({"aria-invalid": "true", "aria-describedby": described})
    return form
