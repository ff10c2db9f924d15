"""Reading performance agreements with their scores, and trainings with the districts they reached."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination.models_performance import PerformanceItem, Training, TrainingDistrict

# of which districts the plan asks for training in a year, and where that is written
PLANNED = {
    "field_committees": (
        10,
        "Progress report of NSSS Action Plan, Phase II (Cabinet Division, 2024), 2.18, objective 4",
    ),
    "grievance": (4, "Progress report of NSSS Action Plan, Phase II (Cabinet Division, 2024), 2.18, objective 8"),
}
FIELD = ("division", "district", "upazila")
SHARE = DecimalField(max_digits=12, decimal_places=6)
ONE, NOTHING = Value(Decimal(1), SHARE), Value(Decimal(0), SHARE)
# how much of the target was reached, 0 to 1; where less is better, the target over what came out
REACHED: Any = Case(
    When(achieved=None, then=NOTHING),
    When(direction="up", then=Least(ExpressionWrapper(F("achieved") / F("target"), SHARE), ONE)),
    When(achieved__lte=F("target"), then=ONE),
    default=ExpressionWrapper(F("target") / F("achieved"), SHARE),
    output_field=SHARE,
)


class Scored(NamedTuple):
    """The agreement of one ministry: items, how many reported and verified, weight in all, score of 100.

    The score counts what was verified only; ``reported_score`` also what still waits for verification.
    """

    ministry: str
    fiscal_year: str
    items: int
    reported: int
    verified: int
    weight: Decimal
    score: Decimal
    reported_score: Decimal


class Coverage(NamedTuple):
    """IN-08: districts trained in the fiscal year against the districts that the plan names, with its source."""

    name: str
    districts: int
    planned: int
    percent: float
    source: str


def items(officer: Officer, *, fiscal_year: str = "", ministry: str = "", state: str = "") -> QuerySet[PerformanceItem]:
    """Items with ``reached`` (0 to 1) and ``points`` (of their weight), in the order of the agreements."""
    officer.require("plan.view")
    wanted = {"fiscal_year": fiscal_year, "ministry_id": ministry, "state": state}
    found = PerformanceItem.objects.filter(**{name: value for name, value in wanted.items() if value})
    points = ExpressionWrapper(F("reached") * F("weight"), SHARE)
    found = found.annotate(reached=REACHED).annotate(points=points)
    return found.select_related("ministry", "action", "indicator").order_by("-fiscal_year", "ministry__order", "no")


def item(officer: Officer, pk: int) -> PerformanceItem | None:
    return items(officer).filter(pk=pk).first()


def years(officer: Officer) -> list[str]:
    """Fiscal years that have an agreement, the latest first."""
    officer.require("plan.view")
    return list(
        PerformanceItem.objects.values_list("fiscal_year", flat=True).distinct().order_by("-fiscal_year")
    )  # one row a year


def scores(officer: Officer, *, fiscal_year: str) -> list[Scored]:
    """Each ministry's agreement of the year with its score, in one question; the lowest score first."""
    points = ExpressionWrapper(F("reached") * F("weight"), SHARE)
    rows = (
        items(officer, fiscal_year=fiscal_year)
        .order_by()
        .values_list("ministry_id", "fiscal_year")
        .annotate(
            n=Count("id"),
            reported=Count("id", filter=~Q(achieved=None)),
            verified=Count("id", filter=Q(state="verified")),
            all=Sum("weight"),
            good=Coalesce(Sum(points, filter=Q(state="verified")), NOTHING),
            said=Coalesce(Sum(points), NOTHING),
        )
        .values_list("ministry_id", "fiscal_year", "n", "reported", "verified", "all", "good", "said")
    )
    found = [Scored(*row[:6], 100 * row[6] / row[5], 100 * row[7] / row[5]) for row in rows]
    return sorted(found, key=lambda row: (row.score, row.ministry))


# --------------------------------------------------------------------------------------------------- trainings


def trainings(
    officer: Officer, *, fiscal_year: str = "", audience: str = "", topic: str = "", district: str = ""
) -> QuerySet[Training]:
    """Trainings, of an officer of an area those that reached it; with ``n_districts``. The latest first."""
    officer.require(
        "committee.view",
    )
    found = Training.objects.select_related("ministry")
    if "" not in officer.areas:
        mine = TrainingDistrict.objects.filter(officer.area_filter() | _around(officer))
        found = found.filter(pk__in=mine.values("training_id"))
    if fiscal_year:
        first = int(fiscal_year[:4])
        found = found.filter(first_day__gte=date(first, 7, 1), first_day__lt=date(first + 1, 7, 1))
    if district:
        found = found.filter(pk__in=TrainingDistrict.objects.filter(area_code=district).values("training_id"))
    wanted = {"audience": audience, "topic": topic}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    return found.annotate(n_districts=Count("districts")).order_by("-first_day", "-id")


def _around(officer: Officer) -> Q:
    """The district that holds the officer's upazila or union."""
    return Q(area_code__in=[code[:4] for code in officer.areas if len(code) > 4])


def training_totals(found: QuerySet[Training]) -> dict[str, int]:
    """How many trainings, women, men."""
    total = found.order_by().aggregate(n=Count("id", distinct=True))
    people = Training.objects.filter(pk__in=found.order_by().values("pk")).aggregate(
        women=Coalesce(Sum("women"), 0), men=Coalesce(Sum("men"), 0)
    )
    return {**total, **people}


def training_coverage(officer: Officer, *, fiscal_year: str) -> list[Coverage]:
    """IN-08 of a fiscal year: of the field committees, and on grievances; each district counts once."""
    officer.require("committee.view")
    first = int(fiscal_year[:4])
    of_year = TrainingDistrict.objects.filter(
        training__first_day__gte=date(first, 7, 1), training__first_day__lt=date(first + 1, 7, 1)
    )
    counted = of_year.aggregate(
        field_committees=Count("area_code", distinct=True, filter=Q(training__audience__in=FIELD)),
        grievance=Count("area_code", distinct=True, filter=Q(training__topic="grievance")),
    )
    return [
        Coverage(name, counted[name], planned, 100 * counted[name] / planned, source)
        for name, (planned, source) in PLANNED.items()
    ]
