"""Filters of the pages of indicators: ``{% load indicators %}``.

{{ number|figure }}        a measured number with as many places as it needs, six at most: 12.5, 1,23,456
{{ value|measure:unit }}   a value with its unit: 12.3%, 4.5 days, 0.97
"""

from __future__ import annotations

from django import template

from shohay.core import bangla
from shohay.web.templatetags.shohay import language, num, words

register = template.Library()
PLACES = 6
BARE = ("ratio", "index", "index 0-1", "0-1")  # units that say nothing beside the number


@register.filter
def figure(value: float | None) -> str:
    """A dash where there is none."""
    if value is None:
        return "–"
    _whole, _point, rest = f"{value:.{PLACES}f}".rstrip("0").partition(".")
    return bangla.number(value, language(), len(rest))


@register.filter
def measure(value: float | None, unit: str) -> str:
    """12.3%, 4.5 days, 0.97 in the digits of the reader's language; a dash where there is none."""
    if value is None:
        return "–"
    if unit == "%":
        return f"{num(value, 1)}%"
    written = num(value, 2 if abs(value) < 10 else 1)
    return written if unit in BARE else f"{written} {words(unit, 'indicator_unit')}"
