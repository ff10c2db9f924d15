"""Reading committees: who sits on them, and how many meetings are due, held and missed on any day.

What is due follows from the rhythm of the kind and the day: ``at_least`` meetings in every ``every_months`` months of
the fiscal year. No row stands for a meeting that is due; it is counted in SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination.models_committees import (
    AgendaItem,
    Attendance,
    Committee,
    CommitteeKind,
    CommitteeMember,
    Meeting,
    Seat,
)

# Whole periods since the day from which meetings are counted, up to the one that holds the day %(on)s. Months are
# counted from July of the year 0, so that periods begin with the fiscal year; every_months divides 12.
PERIODS = """
with period as (
  select c.code, c.area_code, c.kind_id, k.at_least,
         make_date((n * k.every_months + 6) / 12, (n * k.every_months + 6) %% 12 + 1, 1) as starts,
         (make_date(((n + 1) * k.every_months + 6) / 12, ((n + 1) * k.every_months + 6) %% 12 + 1, 1) - 1) as ends
  from coordination_committee c
  join coordination_committeekind k on k.code = c.kind_id
  cross join lateral generate_series(
    (extract(year from c.counted_from)::int * 12 + extract(month from c.counted_from)::int - 7
       + (extract(day from c.counted_from) > 1)::int + k.every_months - 1) / k.every_months,
    (extract(year from %(on)s::date)::int * 12 + extract(month from %(on)s::date)::int - 7) / k.every_months) as n
  where c.counted_from <= %(on)s::date),
met as (
  select m.committee_id, m.meets_on from coordination_meeting m where m.state = 'held' and m.meets_on <= %(on)s::date),
kept as (
  select p.code, p.area_code, p.kind_id, p.at_least, p.ends, count(m.meets_on)::int as held
  from period p left join met m on m.committee_id = p.code and m.meets_on between p.starts and p.ends
  group by p.code, p.area_code, p.kind_id, p.at_least, p.starts, p.ends),
standing as (
  select c.code, c.area_code, c.kind_id,
         coalesce(sum(p.at_least) filter (where p.ends < %(on)s), 0)::int as required,
         coalesce(sum(p.held), 0)::int as held,
         coalesce(sum(greatest(p.at_least - p.held, 0)) filter (where p.ends < %(on)s), 0)::int as missed,
         coalesce(sum(greatest(p.at_least - p.held, 0)) filter (where p.ends >= %(on)s), 0)::int as due,
         max(p.ends) filter (where p.ends >= %(on)s) as until
  from coordination_committee c left join kept p on p.code = c.code
  group by c.code, c.area_code, c.kind_id)
"""
BY_DISTRICT = """
select left(area_code, 4) as district, count(*)::int as committees, sum(required)::int as required,
       sum(held)::int as held, sum(missed)::int as missed, sum(due)::int as due,
       count(*) filter (where missed > 0)::int as behind
from standing where length(area_code) >= 4 and {mine} group by 1 order by missed desc, 1
"""
TOTALS = """
select kind_id as district, count(*)::int, sum(required)::int, sum(held)::int, sum(missed)::int, sum(due)::int,
       count(*) filter (where missed > 0)::int
from standing where {mine} group by 1
"""


RANK = Case(When(seat=Seat.CHAIR, then=Value(0)), When(seat=Seat.SECRETARY, then=Value(1)), default=Value(2))


class Standing(NamedTuple):
    """Meetings of one committee: required in the periods that ended, held in all, missed, still due by ``until``."""

    code: str
    required: int
    held: int
    missed: int
    due: int
    until: date | None


class Counted(NamedTuple):
    """The same of several committees; ``name`` is the district or the kind, ``behind`` how many missed any."""

    name: str
    committees: int
    required: int
    held: int
    missed: int
    due: int
    behind: int


def fiscal_year_begins(day: date) -> date:
    return date(day.year if day.month >= 7 else day.year - 1, 7, 1)


def likely_day(on: date, first: date, ahead: int) -> None:
    """Raise committee_day_unlikely unless ``on`` lies between ``first`` and ``ahead`` days from today."""
    last = date.fromordinal(timezone.localdate().toordinal() + ahead)
    if not first <= on <= last:
        raise Refusal("committee_day_unlikely", on=on, first=first, last=last)


def require_manage(committee: Committee, by: Officer) -> None:
    """An officer of the area, or of the whole country; of a cluster also one of the ministry that leads it."""
    by.require("committee.manage", area=committee.area_code, ministry=committee.ministry_id or "")


def may_manage(officer: Officer, committee: Committee) -> bool:
    covered = officer.covers(area=committee.area_code, ministry=committee.ministry_id or "")
    return officer.may("committee.manage") and covered


# ------------------------------------------------------------------------------------------------- committees


def kinds() -> QuerySet[CommitteeKind]:
    return CommitteeKind.objects.order_by("order")


def committees(
    officer: Officer, *, on: date, kind: str = "", place: str = "", text: str = "", standing: str = ""
) -> QuerySet[Committee]:
    """Committees of the officer's areas. ``standing``: 'missed' or 'due': those that missed or still owe one."""
    officer.require("committee.view")
    found = Committee.objects.filter(officer.area_filter()).select_related("kind", "ministry")
    if kind:
        found = found.filter(kind=kind)
    if place:
        found = found.filter(area_code__startswith=place)
    if text:
        found = found.filter(Q(name_bn__icontains=text) | Q(name_en__icontains=text) | Q(code__iexact=text))
    if standing in ("missed", "due"):
        codes = _rows(f"{PERIODS} select code from standing where {standing} > 0", on=on)  # some hundreds at most
        found = found.filter(code__in=[code for (code,) in codes])
    return found


def committee(officer: Officer, code: str) -> Committee | None:
    officer.require("committee.view")
    found = Committee.objects.filter(officer.area_filter(), pk=code)
    return found.select_related("kind", "ministry", "parent").first()


def standings(codes: Sequence[str], *, on: date) -> dict[str, Standing]:
    """Due, held and missed of these committees on the day."""
    sql = f"{PERIODS} select code, required, held, missed, due, until from standing where code = any(%(codes)s)"
    return {row[0]: Standing(*row) for row in _rows(sql, on=on, codes=list(codes))}


def by_district(officer: Officer, *, on: date) -> list[Counted]:
    """Committees of the districts and their upazilas, the most missed first."""
    return _counted(officer, BY_DISTRICT, on)


def by_kind(officer: Officer, *, on: date) -> list[Counted]:
    """The same by kind of committee, in the order of the kinds."""
    found = {row.name: row for row in _counted(officer, TOTALS, on)}
    return [found[kind.code] for kind in kinds() if kind.code in found]


def _counted(officer: Officer, sql: str, on: date) -> list[Counted]:
    officer.require("committee.view")
    mine = "true" if "" in officer.areas else "area_code like any(%(areas)s)"
    areas = [f"{code}%" for code in officer.areas]
    return [Counted(*row) for row in _rows(PERIODS + sql.format(mine=mine), on=on, areas=areas)]


def _rows(sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def members(committee: Committee, *, on: date) -> QuerySet[CommitteeMember]:
    """Who sits there on the day: the chair, the secretary, then the others."""
    return (
        CommitteeMember.objects.filter(committee=committee, valid_from__lte=on)
        .filter(Q(valid_to=None) | Q(valid_to__gt=on))
        .select_related("ministry")
        .order_by(RANK, "id")
    )


# --------------------------------------------------------------------------------------------------- meetings


def meetings(officer: Officer, committee: Committee | None = None) -> QuerySet[Meeting]:
    """Meetings of the officer's areas, or of one committee; the latest first."""
    officer.require("committee.view")
    found = Meeting.objects.filter(officer.area_filter("committee__area_code")).select_related("committee__kind")
    return (found.filter(committee=committee) if committee else found).order_by("-meets_on", "-id")


def meeting(officer: Officer, pk: int) -> Meeting | None:
    return meetings(officer).filter(pk=pk).first()


def agenda(meeting: Meeting) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting).order_by("no")


def attendance(meeting: Meeting) -> QuerySet[Attendance]:
    return Attendance.objects.filter(meeting=meeting).select_related("member__ministry").order_by("member_id")
