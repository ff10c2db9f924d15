"""Filters that only pages of officers use: ``{% load office %}``.

{{ officer|may:"list.approve" }}      whether the role may
{{ code|office_words:"event" }}       words of a code (web/office/words.py)
{{ codes|as_choices:"upload" }}       [(code, words)] for a filter; of programmes: {{ codes|as_programmes }}
{{ taka|whole_taka }}                 ৳ 12,000 from whole taka (facts of the registry)
{{ rate|per_mille }}                  24.3% from 243
{{ account|ledger_account }}          "Owed to beneficiaries: Old Age Allowance" from "payable:OAA"
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django import template

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.intake.queries import column_title
from shohay.stages.payments.queries import reason_words
from shohay.web.office.words import say
from shohay.web.templatetags.shohay import language, local, percent, programme, taka

register = template.Library()


@register.filter
def may(officer: Officer, permission: str) -> bool:
    return officer.may(permission)


@register.filter
def office_words(code: object, kind: str) -> str:
    return say(kind, code)


@register.filter
def as_choices(codes: Iterable[str], kind: str) -> list[tuple[str, str]]:
    return [(code, say(kind, code)) for code in codes]


@register.filter
def as_programmes(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, programme(code)) for code in codes]


@register.filter
def whole_taka(value: int | None) -> str:
    return taka(None if value is None else value * 100)


@register.filter
def ledger_account(name: str) -> str:
    whole = say("ledger", name)
    if whole != name:
        return whole
    kind, _, of = name.partition(":")
    words = say("ledger", kind)
    return f"{words}: {programme(of)}" if of else words


@register.filter
def why(event: Event) -> str:
    """The reason of an event of the log; of opening a record and of a death it begins with a code, told in words."""
    code, colon, note = event.reason.partition(":")
    kind = {"person.opened": "purpose", "person.death_recorded": "evidence"}.get(event.action)
    return say(kind, code) + colon + note if kind else event.reason


@register.filter
def masked_name(name: str) -> str:
    """The first letter of each part of a name, for those who may not open the record."""
    return " ".join(f"{part[0]}•••" for part in name.split())


@register.filter
def per_mille(rate: int) -> str:
    """A rate per mille in percent with one place: 243 -> 24.3%; '–' where no rate is known."""
    return percent(rate / 1000, 1) if rate else "–"


@register.filter
def day_before(day: date) -> date:
    """The last day of a period whose end is exclusive."""
    return day - timedelta(days=1)


@register.filter
def file_column(code: str) -> str:
    return column_title("household", code, language()) if code else "–"


@register.filter
def bank_reason(code: str) -> str:
    return local(reason_words(code))
