"""Filters that only pages of officers use: ``{% load office %}``.

{{ officer|may:"list.approve" }}      whether the role may
{{ code|office_words:"event" }}       words of a code (web/office/words.py)
{{ codes|as_choices:"upload" }}       [(code, words)] for a filter; of programmes: {{ codes|as_programmes }}
{{ taka|whole_taka }}                 ৳ 12,000 from whole taka (facts of the registry)
{{ times|ratio }} {{ score|decimal:1 }} 10.5 from an exact fraction; {{ poisha|whole_of }} ৳ rounded to whole taka
{{ poisha|in_crore }} {{ people|in_lakh }} the bare number, where the heading has the unit
{{ grams|kg }}                        30 kg from whole grams
{{ rate|per_mille }}                  24.3% from 243
{{ value|plain }}                     a decimal with as many places as it needs: 12.5, 1,23,456
{{ work|amount }} {{ work|lonely }}   how much of a job is done; whether it waits and no worker runs
{{ account|ledger_account }}          "Owed to beneficiaries: Old Age Allowance" from "payable:OAA"
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django import template

from shohay.core import bangla
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event, Work
from shohay.stages.intake.queries import column_title
from shohay.stages.payments.queries import reason_words
from shohay.web.office import words, works
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
def amount(work: Work) -> str:
    return works.amount(work)


@register.filter
def lonely(work: Work) -> bool:
    return works.lonely(work)


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
def decimal(value: Fraction | None, places: int = 1) -> str:
    """An exact fraction with so many places."""
    return "–" if value is None else bangla.number(Decimal(value.numerator) / value.denominator, language(), places)


@register.filter
def ratio(value: Fraction | None) -> str:
    """How many times, with one place."""
    return decimal(value, 1)


@register.filter
def whole_of(poisha: int | None) -> str:
    """Poisha rounded to whole taka: costs of one person are not read to the poisha."""
    return taka(None if poisha is None else round(poisha / 100) * 100)


@register.filter
def in_crore(poisha: int | None) -> str:
    return "–" if poisha is None else bangla.number(Decimal(poisha) / 10**9, language(), 2)


@register.filter
def in_lakh(people: int | None) -> str:
    return "–" if people is None else bangla.number(Decimal(people) / 10**5, language(), 2)


@register.filter
def kg(grams: float | None) -> str:
    """Kilograms from whole grams, with as many places as it needs."""
    if grams is None:
        return "–"
    grams = int(grams)
    places = 0 if grams % 1000 == 0 else 1 if grams % 100 == 0 else 3
    unit = "kg" if language() == "en" else "কেজি"
    return f"{bangla.number(Decimal(grams) / 1000, language(), places)}\u00a0{unit}"


@register.filter
def month(day: date | None) -> str:
    """November 2026."""
    return bangla.month_text(day, language()) if day else "–"


@register.filter
def share_of(part: int, whole: int) -> str:
    """part of whole in percent."""
    return percent(part / whole, 0) if whole else "–"


@register.filter
def ledger_account(name: str) -> str:
    return words.ledger_account(name)


@register.filter
def why(event: Event) -> str:
    return words.reason(event.reason)


@register.filter
def masked_name(name: str) -> str:
    """The first letter of each part of a name, for those who may not open the record."""
    return " ".join(f"{part[0]}•••" for part in name.split())


@register.filter
def per_mille(rate: int) -> str:
    """A rate per mille in percent with one place: 243 -> 24.3%; '–' where no rate is known."""
    return percent(rate / 1000, 1) if rate else "–"


@register.filter
def plain(value: Decimal | None) -> str:
    """A decimal without the noughts behind it; '–' where there is none."""
    if value is None:
        return "–"
    places = max(-int(value.normalize().as_tuple().exponent), 0)
    return bangla.number(value, language(), places)


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
