"""Filters and tags of every template. Built in: no ``{% load %}`` needed.

{{ n|num }} {{ n|num:2 }}     grouped 1,23,45,678 in the digits of the reader's language
{{ poisha|taka }}             ৳ 1,234.50 from integer poisha; whole taka without decimals
{{ poisha|crore }}            ৳ 11.35 crore from integer poisha; {{ n|lakh }} the same for a count
{{ ratio|percent }}           12.3% from 0.123; {{ ratio|percent:0 }}
{{ date|day }} {{ at|moment }} 21 November 2026; with the time, Dhaka; digits of any text: {{ text|digits }}
{{ code|area }} {{ code|programme }}      name of a place or programme
{{ username|officer_name }}    the name of an officer
{{ code|words }} {{ code|words:"payment" }}  words of a code (web/parts/words.py)
{{ code|state }}  {{ code|state:"payment" }} the same as a badge with icon
{{ object|local:"name" }}     name_bn or name_en; also of a dict, of a pair (bn, en)
{% icon "check-lg" %}         an inline picture from static/vendor/icons, hidden from screen readers
{% frame_url "office:uploads" %}  an address, or '' when that page does not exist
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shohay.core import bangla
from shohay.web.parts import names
from shohay.web.parts.words import tone, word

register = template.Library()
ICONS = Path(__file__).resolve().parents[1] / "static" / "vendor" / "icons"
Number = int | float | Decimal
LATIN = re.compile("[A-Za-z]")


def language() -> str:
    """'bn' or 'en', the language of the page now being made."""
    return "en" if (get_language() or "bn").startswith("en") else "bn"


@register.filter
def num(value: Number | None, decimals: int = 0) -> str:
    return "–" if value in (None, "") else bangla.number(value, language(), decimals)


@register.filter
def digits(value: object) -> str:
    """Digits in the reader's script: codes, fiscal years, phone numbers. A number with Latin letters in it, such as
    G-2026-000123, stays as it was given out: half of one script and half of the other can be neither read nor typed."""
    text = str(value)
    if language() != "bn" or LATIN.search(text):
        return text
    return bangla.to_bangla_digits(text)


@register.filter
def taka(poisha: int | str | None) -> str:
    if poisha is None or poisha == "":
        return "–"
    whole = int(poisha) % 100 == 0
    return f"৳\u00a0{bangla.number(Decimal(int(poisha)) / 100, language(), 0 if whole else 2)}"


@register.filter
def crore(poisha: Number | None) -> str:
    return "–" if poisha in (None, "") else f"৳\u00a0{_large(Decimal(str(poisha)) / 100)}"


@register.filter
def lakh(value: Number | None) -> str:
    return "–" if value in (None, "") else _large(Decimal(str(value)))


def _large(value: Decimal) -> str:
    return bangla.lakh_crore(value, language()).replace(" ", "\u00a0")


@register.filter
def percent(ratio: Number | Fraction | None, decimals: int = 1) -> str:
    if ratio is None or ratio == "":
        return "–"
    exact = Decimal(ratio.numerator) / ratio.denominator if isinstance(ratio, Fraction) else Decimal(str(ratio))
    return f"{bangla.number(exact * 100, language(), decimals)}%"


@register.filter
def day(value: date | None) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return bangla.date_text(value, language()) if value else "–"


@register.filter
def moment(value: datetime | None) -> str:
    """Day and time in Dhaka."""
    if not value:
        return "–"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local.date())}, {digits(local.strftime('%H:%M'))}"


@register.filter
def area(code: str | None) -> str:
    return names.area(code or "", language())


@register.filter
def programme(code: str | None) -> str:
    return names.programme(code or "", language())


@register.filter
def officer_name(username: str | None) -> str:
    return names.officer(username or "", language())


@register.filter
def words(code: object, context: str = "") -> str:
    return word(code, language(), context)


@register.filter
def state(code: object, context: str = "") -> SafeString:
    css, picture = tone(code, context)
    return format_html('<span class="state {}">{}{}</span>', css, icon(picture), word(code, language(), context))


@register.filter
def local(item: object, field: str = "") -> str:
    """``item.<field>_bn`` or ``_en``, whichever the reader wants; the other one where it is empty."""
    if isinstance(item, list | tuple):
        wanted, other = (item[1], item[0]) if language() == "en" else (item[0], item[1])
        return str(wanted or other)
    prefix = f"{field}_" if field else ""
    both = [_get(item, f"{prefix}{code}") for code in (("en", "bn") if language() == "en" else ("bn", "en"))]
    return str(both[0] or both[1] or "")


def _get(item: object, name: str) -> object:
    return item.get(name) if isinstance(item, dict) else getattr(item, name, "")


@cache
def _picture(name: str) -> str:
    source = (ICONS / f"{name}.svg").read_text()
    return re.sub(
        r"<svg[^>]*?(viewBox=\"[^\"]+\")[^>]*>", r'<svg class="icon" \1 aria-hidden="true" focusable="false">', source
    ).replace("\n", "")


@register.simple_tag
def icon(name: str) -> SafeString:
    """The picture ``name``; only files that tools/vendor.py copied, so the mark-up is ours."""
    return mark_safe(_picture(name))


@register.simple_tag
def frame_url(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.filter
def item(mapping: dict[Any, object], key: object) -> object:
    """``mapping[key]`` or None; templates cannot look up a variable key otherwise."""
    return mapping.get(key)
