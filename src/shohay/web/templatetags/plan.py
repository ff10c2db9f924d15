"""Filters of the action plan's pages: ``{% load plan %}``.

{{ item.state|plan_badge:"plan_state" }}   the words of a code with icon and tone
{{ item|due_words }}                       its day, or how the plan says it
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shohay.web.office.words import say
from shohay.web.office.words_plan import PLAN_TONES
from shohay.web.templatetags.shohay import day, digits, icon

register = template.Library()


@register.filter
def plan_badge(code: str, kind: str) -> SafeString:
    tone, picture = PLAN_TONES.get(kind, {}).get(code, ("", "info-circle-fill"))
    return format_html('<span class="state {}">{}{}</span>', tone, icon(picture), say(kind, code))


@register.filter
def due_words(item: Any) -> str:
    """The day of an item; what has none, in the words of the plan."""
    if item.due:
        return day(item.due)
    return digits(say("timeframe", item.timeframe)) if item.timeframe else "–"
