"""Filters of the pages of indicators: ``{% load indicators %}``.

{{ number|figure }}   a measured number with as many places as it needs, six at most: 12.5, 1,23,456
"""

from __future__ import annotations

from django import template

from shohay.core import bangla
from shohay.web.templatetags.shohay import language

register = template.Library()
PLACES = 6


@register.filter
def figure(value: float | None) -> str:
    """A dash where there is none."""
    if value is None:
        return "–"
    _whole, _point, rest = f"{value:.{PLACES}f}".rstrip("0").partition(".")
    return bangla.number(value, language(), len(rest))
