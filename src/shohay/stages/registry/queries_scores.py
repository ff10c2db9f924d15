"""Scores of registered households: how one is made up, and whose data are too old for the score to count on.

A score is as old as the data that it was made from: it counts for the months that the formula says
(``valid_months``) from the day on which the household was recorded, and then the household is due for recertification.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from shohay.bulk.pmt import Formula
from shohay.bulk.score_household import Scored, scored
from shohay.core.messages import Refusal
from shohay.core.recertification import SOON, last_data, months_from
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry.models import Household, Snapshot


class Due(NamedTuple):
    """Households of an upazila: all, those whose score has run out, those whose score soon will."""

    area_code: str
    households: int
    due: int
    soon: int
    oldest: date | None

    @property
    def share(self) -> float:
        return self.due / self.households if self.households else 0.0


def folder_of(snapshot: Snapshot) -> Path:
    """Where its files stand: its hash names them, wherever VAR was when it was taken."""
    return Path(settings.VAR) / "snapshots" / snapshot.sha256


def newest_snapshot() -> Snapshot | None:
    """The newest snapshot whose files are there."""
    found = Snapshot.objects.order_by("-taken_at", "-pk")
    return next((one for one in found[:5] if (folder_of(one) / "manifest.json").exists()), None)


def explained(officer: Officer, household_id: int, formula: Formula) -> tuple[Household, Snapshot, Scored]:
    """A household, the newest snapshot and what its score is made of; Refusal('household_not_scored')."""
    household = Household.objects.filter(officer.area_filter()).filter(pk=household_id).first()
    snapshot = newest_snapshot()
    found = scored(folder_of(snapshot), household_id, formula) if household and snapshot else None
    if household is None or snapshot is None or found is None:
        raise Refusal("household_not_scored")
    return household, snapshot, found


def due_by_upazila(officer: Officer, months: int, on: date) -> list[Due]:
    """For each upazila how many scores have run out on ``on``, the most first; only the officer's areas."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {
            "over": last_data(on, months), "soon": last_data(on, months - SOON),
            "areas": [f"{code}%" for code in officer.areas],
        })  # fmt: skip
        return [Due(*row) for row in cursor.fetchall()]


# one pass over the households: the day of the data against two days that are the same for all
DUE = """
select left(area_code, 6), count(*), count(*) filter (where day <= %(over)s),
       count(*) filter (where day > %(over)s and day <= %(soon)s), min(day)
from (select area_code, (recorded_at at time zone 'Asia/Dhaka')::date as day
      from registry_household where closed_on is null and area_code like any (%(areas)s)) h
group by 1 order by 3 desc, 4 desc, 1
"""


def due_in(officer: Officer, area: str, months: int, on: date) -> QuerySet[Household]:
    """The households of an area whose score has run out on ``on`` or will within SOON months; the oldest data first."""
    before = datetime.combine(last_data(on, months - SOON) + timedelta(days=1), time(), timezone.get_default_timezone())
    rows = Household.objects.filter(officer.area_filter()).filter(area_code__startswith=area, closed_on=None)
    return rows.filter(recorded_at__lt=before).order_by("recorded_at", "pk")


def counts_until(household: Household, months: int) -> date:
    """The last day on which a score made from the household's data counts."""
    return months_from(timezone.localdate(household.recorded_at), months)
