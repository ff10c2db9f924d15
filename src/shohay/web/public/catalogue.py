"""The catalogue of programmes as public pages show it: sums, filters, rates by year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.http import QueryDict

from shohay.core.definition import Benefit, Definition, Version
from shohay.stages.programmes import queries
from shohay.stages.programmes.models import Programme
from shohay.web.citizen.reasons import taka_of

CRORE_IN_POISHA = 10**9
LAKH = 10**5


def listed() -> QuerySet[Programme]:
    """The programmes of the budget list, in its order."""
    return queries.listed().select_related("ministry").order_by("order")


def found(asked: QueryDict) -> QuerySet[Programme]:
    """Programmes that fit the filters of the address: q, ministry, type, stage; the later ones too."""
    programmes = queries.programmes()
    if text := asked.get("q", "").strip()[:80]:
        programmes = programmes.filter(Q(name_bn__icontains=text) | Q(name_en__icontains=text) | Q(code__iexact=text))
    for name, column in (("ministry", "ministry_id"), ("type", "type"), ("stage", "lifecycle_stage")):
        if value := asked.get(name, ""):
            programmes = programmes.filter(**{column: value})
    return programmes


def totals(programmes: QuerySet[Programme]) -> dict[str, Any]:
    """{"programmes", "budget_crore", "beneficiaries_lakh", "ministries"} of a queryset."""
    return programmes.order_by().aggregate(
        programmes=Count("code"),
        budget_crore=Sum("budget_crore", default=Decimal(0)),
        beneficiaries_lakh=Sum("beneficiaries_lakh", default=Decimal(0)),
        ministries=Count("ministry_id", distinct=True),
    )


def poisha(budget_crore: Decimal | None) -> Decimal | None:
    """Crore taka as poisha, the form that the money filters take."""
    return None if budget_crore is None else budget_crore * CRORE_IN_POISHA


class Rate(NamedTuple):
    """One line of the benefit schedule while one version held."""

    version: Version
    line: Benefit
    amount: int | None  # whole taka; None for goods


def rates(definition: Definition) -> list[Rate]:
    """Every benefit line of every version, the newest first."""
    return [
        Rate(version, line, taka_of(version, line))
        for version in reversed(definition.versions)
        for line in version.benefit
    ]
