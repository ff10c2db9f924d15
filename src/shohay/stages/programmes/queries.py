"""Reading the catalogue. It is public, so none of these takes an officer. Definitions: definitions.py."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from shohay.stages.programmes.models import BudgetYear, Ministry, Programme


class Total(NamedTuple):
    """Programmes, taka in crore and beneficiaries in lakh of one ministry, type or of all."""

    name: str
    programmes: int
    budget_crore: Decimal
    beneficiaries_lakh: Decimal


def listed() -> QuerySet[Programme]:
    """The 140 programmes of the FY2024-25 list; the totals of the catalogue are over these."""
    return Programme.objects.filter(in_list=True)


def after_the_list() -> QuerySet[Programme]:
    """Programmes begun since, such as the Family Card: in no total of the list."""
    return Programme.objects.filter(in_list=False).order_by("order")


def programmes() -> QuerySet[Programme]:
    """Every programme, those begun after the list too, with its ministry."""
    return Programme.objects.select_related("ministry").order_by("order")


def programme(code: str) -> Programme | None:
    return Programme.objects.select_related("ministry").filter(code=code).first()


def ministries() -> QuerySet[Ministry]:
    return Ministry.objects.order_by("order")


def budget_years(ministry_code: str) -> QuerySet[BudgetYear]:
    return BudgetYear.objects.filter(ministry_id=ministry_code).order_by("fiscal_year")


def national_total() -> Total:
    """Count, budget and beneficiaries of the list, added up from its programmes."""
    sums = listed().aggregate(programmes=Count("code"), **_SUMS)
    return Total("", sums["programmes"], sums["budget"], sums["beneficiaries"])


def totals_by(column: str) -> list[Total]:
    """Totals by 'ministry_id', 'type', 'thematic_cluster' or 'lifecycle_stage', the largest budget first."""
    rows = listed().values(column).annotate(programmes=Count("code"), **_SUMS).order_by("-budget", column)
    return [Total(row[column], row["programmes"], row["budget"], row["beneficiaries"]) for row in rows]


_SUMS = {
    "budget": Coalesce(Sum("budget_crore"), Decimal(0)),
    "beneficiaries": Coalesce(Sum("beneficiaries_lakh"), Decimal(0)),
}


class Difference(NamedTuple):
    """Where a ministry's published total is not the sum of its programmes."""

    ministry: str
    what: str  # programmes, budget_crore or beneficiaries_lakh
    published: Decimal
    summed: Decimal


def ministry_differences() -> list[Difference]:
    """Every ministry's three published totals against the sums of its programmes; empty when all are equal."""
    summed = {total.name: total for total in totals_by("ministry_id")}
    found = []
    for ministry in ministries():
        own = summed.get(ministry.code, Total(ministry.code, 0, Decimal(0), Decimal(0)))
        pairs = (
            ("programmes", Decimal(ministry.programme_count), Decimal(own.programmes)),
            ("budget_crore", ministry.budget_crore, own.budget_crore),
            ("beneficiaries_lakh", ministry.beneficiaries_lakh, own.beneficiaries_lakh),
        )
        found += [Difference(ministry.code, what, was, own_sum) for what, was, own_sum in pairs if was != own_sum]
    return found
