"""Reading applications, determinations, selection lists and quotas."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet, Sum

from shohay.bulk.copying import copy_out
from shohay.core import quotas
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.places.models import Area, AreaFact
from shohay.stages.programmes.models import Programme
from shohay.stages.registry.models import Snapshot
from shohay.stages.targeting.models import Application, Decision, Quota, Run, SelectionList

APPLICATIONS_SCHEMA = pa.schema(
    [
        ("person_id", pa.int64()),
        ("household_id", pa.int64()),
        ("area_code", pa.string()),
        ("programme_code", pa.string()),
    ]
)


def runs(officer: Officer) -> QuerySet[Run]:
    """Determinations, newest first. They belong to the whole country: whoever may see runs sees all."""
    if not officer.may("run.view"):
        return Run.objects.none()
    return Run.objects.select_related("snapshot").order_by("-id")


def lists(officer: Officer) -> QuerySet[SelectionList]:
    """Selection lists in the officer's areas and programmes, by programme and area, newest run first."""
    if not officer.may("list.view"):
        return SelectionList.objects.none()
    return (
        SelectionList.objects.filter(officer.area_filter(), officer.programme_filter())
        .select_related("run")
        .order_by("-run_id", "programme_code", "area_code")
    )


def list_rows(selection_list: SelectionList) -> QuerySet[Decision]:
    """Who is on the list, best rank first, with person and household."""
    return (
        Decision.objects.filter(selection_list=selection_list)
        .select_related("person", "household")
        .order_by("rank", "person_id")
    )


def applications_of(officer: Officer, person_id: int) -> QuerySet[Application]:
    return Application.objects.filter(officer.area_filter(), officer.programme_filter(), person_id=person_id).order_by(
        "applied_on", "programme_code"
    )


def decisions_of(officer: Officer, person_id: int) -> QuerySet[Decision]:
    """Every answer a person was given, newest run first."""
    return (
        Decision.objects.filter(officer.area_filter(), officer.programme_filter(), person_id=person_id)
        .select_related("run", "selection_list")
        .order_by("-run_id", "programme_code")
    )


def quotas_of(fiscal_year: str) -> dict[tuple[str, str], int]:
    """(programme, upazila) -> places in a fiscal year."""
    rows = Quota.objects.filter(fiscal_year=fiscal_year).values_list("programme_code", "area_code", "slots")
    return {(programme, area): slots for programme, area, slots in rows.order_by("programme_code", "area_code")}


def applications_table() -> pa.Table:
    """All applications as the snapshot wants them: person_id, household_id, area_code, programme_code."""
    query = """
        select a.person_id, p.household_id, a.area_code, a.programme_code
        from targeting_application a join registry_person p on p.id = a.person_id
        order by a.person_id, a.programme_code
    """
    with connection.cursor() as cursor:
        return copy_out(cursor, query, APPLICATIONS_SCHEMA)


class Weight(NamedTuple):
    """What an area weighs when places are shared: people in the registry times its poverty rate."""

    persons: int
    poverty_per_mille: int

    @property
    def weight(self) -> int:
        return self.persons * self.poverty_per_mille


def quota_weights() -> dict[str, Weight]:
    """Upazila or city corporation -> weight, for every area where the registry holds people.

    The poverty rate is the newest of the area itself, else of its district, else of its division; where none is
    known, every area weighs its people only.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select left(area_code, 6), count(*) from registry_person"
            " where duplicate_of_id is null and death_date is null group by 1 order by 1"
        )
        persons: dict[str, int] = dict(cursor.fetchall())
    rates = dict(
        AreaFact.objects.filter(name="poverty_rate").order_by("area_id", "year").values_list("area_id", "value")
    )
    return {code: Weight(number, _per_mille(rates, code)) for code, number in persons.items()}


def _per_mille(rates: dict[str, float], code: str) -> int:
    """The rate of the nearest area that has one, per mille; rates are kept as a share or in percent."""
    for length in (6, 4, 2):
        if (rate := rates.get(code[:length])) is not None:
            return max(1, round(rate * 1000 if rate <= 1 else rate * 10))
    return 1000 if not rates else max(1, round(1000 * _share(sum(rates.values()) / len(rates))))


def _share(rate: float) -> float:
    return rate if rate <= 1 else rate / 100


def national_places(programme_code: str) -> int | None:
    """Beneficiaries of the programme in the whole country as published for its fiscal year; None when unknown."""
    lakh = Programme.objects.filter(code=programme_code).values_list("beneficiaries_lakh", flat=True).first()
    return None if not lakh else int(lakh * 100_000)


def scaled_places(programme_code: str, weights: dict[str, Weight] | None = None) -> int | None:
    """The national places scaled to the people whom the registry holds (the demo holds a part of the country)."""
    national = national_places(programme_code)
    population = Area.objects.filter(level=Area.Level.DIVISION).aggregate(all=Sum("population"))["all"]
    if national is None or not population:
        return None
    here = sum(weight.persons for weight in (quota_weights() if weights is None else weights).values())
    return quotas.scaled(national, here, population)


class Share(NamedTuple):
    """What an allocation gives an area. ``before`` is the quota set now, None where there is none."""

    area_code: str
    persons: int
    poverty_per_mille: int
    before: int | None
    after: int


def allocation(programme_code: str, fiscal_year: str, total: int | None = None) -> list[Share]:
    """The shares of ``total`` places, else of the scaled national number, by people and poverty; they sum to it.

    An area that has a quota but nobody in the registry gets none. Raises quota_no_national, quota_nobody.
    """
    weights = quota_weights()
    wanted = scaled_places(programme_code, weights) if total is None else total
    if wanted is None:
        raise Refusal("quota_no_national", programme=programme_code)
    if not any(weight.weight for weight in weights.values()):
        raise Refusal("quota_nobody")
    now = Quota.objects.filter(programme_code=programme_code, fiscal_year=fiscal_year)
    before = dict(now.values_list("area_code", "slots"))
    shares = quotas.allocate(wanted, {code: weight.weight for code, weight in weights.items()})
    nobody = Weight(0, 0)
    return [
        Share(code, *weights.get(code, nobody), before.get(code), shares.get(code, 0))
        for code in sorted(before.keys() | shares.keys())
    ]


def unpack_quotas(parameters: dict[str, Any]) -> dict[tuple[str, str], int]:
    """The places a run ranked with: (programme, upazila) -> slots, from its stored parameters."""
    packed: dict[str, int] = parameters["quotas"]
    return {(key.split("|")[0], key.split("|")[1]): slots for key, slots in packed.items()}


def folder_of(snapshot: Snapshot) -> Path:
    """Where the files of a snapshot stand: its hash names them, wherever VAR was when it was taken."""
    folder: Path = settings.VAR / "snapshots" / snapshot.sha256
    return folder
