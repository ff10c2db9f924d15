"""What the sharing of a quota reads: figures of areas, people in the registry, eligible people, present quotas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from shohay.bulk import allocation as bulk
from shohay.core import allocation
from shohay.core.allocation import Document, Figure, Place, Row
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.places import queries as places
from shohay.stages.places.models import Area
from shohay.stages.targeting import queries
from shohay.stages.targeting.models import Allocation, AllocationRow, Quota, Run

NEED = "poverty_rate"  # by which the comparison ranks the areas


class Preview(NamedTuple):
    """What a document would do today: its rows, and ``beside``: areas whose quota it sets to zero."""

    asked: Document
    slots: int
    run: Run | None
    rows: list[Row]
    now: dict[str, int]
    beside: list[str]


def preview(asked: Document, officer: Officer) -> Preview:
    """Share the quota as the document says; nothing is stored. Refuses as core.allocation, and quota_no_national."""
    officer.require("quota.set", programme=asked.programme)
    now = _quotas(asked.programme, asked.fiscal_year)
    people = {code: weight.persons for code, weight in queries.quota_weights().items()}
    run = latest_run(asked.programme)
    taking = _areas(asked, people)
    rows = allocation.allocate(asked, _slots(asked, people, taking), _places(asked, taking, people, run))
    inside = {row.code for row in rows}
    beside = sorted(code for code in now if code not in inside and _within(asked, code))
    return Preview(asked, sum(row.places for row in rows), run, rows, now, beside)


def _quotas(programme: str, fiscal_year: str) -> dict[str, int]:
    found = Quota.objects.filter(programme_code=programme, fiscal_year=fiscal_year)
    return dict(found.order_by("area_code").values_list("area_code", "slots"))


def latest_run(programme: str) -> Run | None:
    """The newest finished determination that decided the programme and whose result is there."""
    for run in Run.objects.filter(finished_at__isnull=False, definitions__has_key=programme).order_by("-id")[:5]:
        if (_result(run) / "ranked.parquet").exists():
            return run
    return None


def _result(run: Run) -> Path:
    folder: Path = settings.VAR / run.result_path
    return folder


def _within(asked: Document, code: str) -> bool:
    return not asked.within or code.startswith(asked.within)


def _areas(asked: Document, people: Mapping[str, int]) -> list[str]:
    """The upazilas and city corporations that take part, by code."""
    levels = (Area.Level.UPAZILA, Area.Level.CITY_CORPORATION)
    codes = Area.objects.filter(level__in=levels).order_by("code").values_list("code", flat=True)
    return [code for code in codes if _within(asked, code) and (asked.areas == "all" or people.get(code))]


def _slots(asked: Document, people: Mapping[str, int], taking: Sequence[str]) -> int:
    """The number given, or that published for the country, or that scaled to the people of these areas."""
    if isinstance(asked.quota, int):
        return asked.quota
    here = {code: queries.Weight(people.get(code, 0), 1) for code in taking}
    published, scaled = asked.quota == "published", asked.quota == "scaled"
    found = queries.national_places(asked.programme) if published else None
    found = queries.scaled_places(asked.programme, here) if scaled else found
    if found is None:
        raise Refusal("quota_no_national", programme=asked.programme)
    return found


def _places(asked: Document, taking: Sequence[str], people: Mapping[str, int], run: Run | None) -> list[Place]:
    figures = places.figures({*asked.facts, NEED}, taking)
    eligible = bulk.eligible(_result(run), asked.programme) if run else None
    before = _quotas(asked.programme, str(FiscalYear(FiscalYear.parse(asked.fiscal_year).starts - 1)))
    return [
        Place(
            code, people.get(code, 0), None if eligible is None else eligible.get(code, 0), before.get(code),
            {name: _figure(fact, share) for name, (fact, share) in figures.get(code, {}).items()},
        )
        for code in taking
    ]  # fmt: skip


def _figure(fact: Any, share: Decimal | None) -> Figure:
    whole = Decimal(str(fact.value))
    value = whole if share is None else (whole * share).quantize(Decimal("0.001"))
    return Figure(value, fact.area_id, fact.year, fact.source, share is not None)


class Line(NamedTuple):
    """The comparison with last year: how many areas gain and lose, and what moves."""

    gainers: int
    losers: int
    gained: int
    lost: int
    places: int
    before: int
    above: int  # areas with more places than eligible people
    surplus: int  # and how many places too many


def compared(rows: Sequence[Row]) -> Line:
    """The shares against last year's quotas (an area without one had none) and against the eligible."""
    moves = [row.places - (row.place.before or 0) for row in rows]
    surplus = [row.places - row.place.eligible for row in rows if row.place.eligible is not None]
    return Line(
        sum(move > 0 for move in moves), sum(move < 0 for move in moves), sum(move for move in moves if move > 0),
        -sum(move for move in moves if move < 0), sum(row.places for row in rows),
        sum(row.place.before or 0 for row in rows), sum(more > 0 for more in surplus),
        sum(more for more in surplus if more > 0),
    )  # fmt: skip


def curves(rows: Sequence[Row]) -> dict[str, tuple[list[tuple[float, float]], float]]:
    """How places follow poverty: ``after`` and, where a year went before, ``before``; people as census or registry."""
    known = [row for row in rows if NEED in row.place.figures]
    lines = {"after": allocation.curve([(_need(row), _people(row), row.places) for row in known])}
    if any(row.place.before for row in known):
        lines["before"] = allocation.curve([(_need(row), _people(row), row.place.before or 0) for row in known])
    return lines


def _need(row: Row) -> Decimal:
    return row.place.figures[NEED].value


def _people(row: Row) -> int:
    figure = row.place.figures.get("population")
    return int(figure.value) if figure else row.place.persons


def stored_rows(made: Allocation) -> list[Row]:
    """The rows of a stored allocation as those of a preview, so that one screen shows both."""
    return [_stored(row) for row in AllocationRow.objects.filter(allocation=made).order_by("area_code")]


def _stored(row: AllocationRow) -> Row:
    figures = {name: Figure(Decimal(one["value"]), one["origin"], one["year"], one["source"], one["shared"])
               for name, one in row.figures.items()}  # fmt: skip
    place = Place(row.area_code, row.persons, row.eligible, row.before, figures)
    notes = tuple((code, params) for code, params in row.notes)
    return Row(row.area_code, Fraction(0), Fraction(row.exact), row.floor, row.ceiling,
               row.places, row.state, place, notes)  # fmt: skip


def allocations(officer: Officer) -> QuerySet[Allocation]:
    """Proposed and decided allocations of the officer's programmes, newest first."""
    if not (officer.may("quota.set") or officer.may("quota.approve") or officer.may("list.view")):
        return Allocation.objects.none()
    return Allocation.objects.filter(officer.programme_filter()).order_by("-id")
