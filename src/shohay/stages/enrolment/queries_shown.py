"""Which lists of beneficiaries were shown in public, and which should have been."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment.models import Enrolment, ListShown


class Pair(NamedTuple):
    """A programme in a union with its beneficiaries; ``shown_on``: the last day on which its list was shown."""

    programme_code: str
    area_code: str
    people: int
    shown_on: date | None


def shown(officer: Officer, *, programme: str = "", way: str = "", fiscal_year: str = "") -> QuerySet[ListShown]:
    """What was shown in the officer's areas and programmes, the latest first."""
    officer.require("enrolment.view")
    rows = ListShown.objects.filter(officer.area_filter(), officer.programme_filter())
    if fiscal_year:
        year = FiscalYear.parse(fiscal_year)
        rows = rows.filter(shown_on__range=(year.first_day, year.last_day))
    wanted = {"programme_code": programme, "way": way}
    return rows.filter(**{name: value for name, value in wanted.items() if value}).order_by("-shown_on", "-id")


def pairs(officer: Officer, on: date) -> list[Pair]:
    """Every programme of every union of the officer that has beneficiaries on the day; the longest unseen first."""
    officer.require("enrolment.view")
    mine = officer.area_filter() & officer.programme_filter()
    found = Enrolment.objects.filter(mine, valid__contains=on).order_by()
    last = {
        (programme, area): day
        for programme, area, day in ListShown.objects.filter(mine, shown_on__lte=on)
        .order_by().values_list("programme_code", "area_code").annotate(Max("shown_on"))
    }  # fmt: skip
    rows = [
        Pair(programme, area, people, last.get((programme, area)))
        for programme, area, people in found.values_list("programme_code", "area_code").annotate(Count("id"))
    ]
    return sorted(rows, key=lambda row: (row.shown_on or date.min, row.area_code, row.programme_code))


def first_year() -> FiscalYear | None:
    """The fiscal year of the first list on record; None before it: years without any record say nothing."""
    first = ListShown.objects.order_by("shown_on").values_list("shown_on", flat=True).first()
    return FiscalYear.of(first) if first else None


LISTS = """
with due as (select distinct programme_code, area_code from enrolment_enrolment where valid @> %(last)s::date),
seen as (select distinct programme_code, area_code from enrolment_listshown
         where shown_on between %(first)s and %(last)s)
select programme_code, count(*), count(seen.area_code) from due left join seen using (programme_code, area_code)
group by 1 order by 1
"""


def lists_of_year(year: FiscalYear, as_of: date) -> list[tuple[str, int, int]]:
    """(programme, unions with beneficiaries at the end of the year, of them those whose list was shown in it)."""
    with connection.cursor() as cursor:
        cursor.execute(LISTS, {"first": year.first_day, "last": min(year.last_day, as_of)})
        return [(str(row[0]), int(row[1]), int(row[2])) for row in cursor.fetchall()]


def upazilas_met(year: FiscalYear) -> int:
    """Upazilas in which at least one list was read out in an open meeting in the year."""
    met = ListShown.objects.filter(way="open_meeting", shown_on__range=(year.first_day, year.last_day))
    return len({code[:6] for code in met.order_by().values_list("area_code", flat=True).distinct()})


def may_read(officer: Officer, pk: str) -> bool:
    """Whether the record, and so its file, is of the officer's areas and programmes."""
    mine: Q = officer.area_filter() & officer.programme_filter()
    return pk.isdigit() and ListShown.objects.filter(mine, pk=int(pk)).exists()
