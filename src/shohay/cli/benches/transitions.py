"""Ends and moves of every active enrolment: the rules asked, proposed in batches, and every batch approved."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from shohay.cli.ready import ready

DEFAULT_ROWS = 1_000_000
NAME = "shohay_bench_transitions"
DAY = date(2026, 11, 22)

# One person and enrolment for each number: old people on OAA, widows on WDA, others on DPA, mothers on MCBP. One in
# a hundred has died, three in a thousand are second records, five in a thousand widows have married again.
PEOPLE = """
set session_replication_role = replica;
insert into registry_household (id, reference, area_code, area_type, address_bn, walls, declared_programmes,
  recorded_at)
select n, 'B-' || n, {area}, 'rural', '', '', '[]', now() from generate_series(1, {rows}) n;
insert into registry_person (id, household_id, area_code, line_no, relation, name_bn, name_en, name_key, father_name,
  mother_name, sex, birth_date, birth_date_approximate, marital_status, disability, school_level, occupation, community,
  recorded_at, death_date, duplicate_of_id)
select n, n, {area}, 1, 'head', 'মোছাঃ রহিমা খাতুন ' || n, 'Rahima Khatun', 'rahima', '', '', 'female',
  case n % 10 when 0 then date '1998-01-01' when 1 then date '1950-01-01' when 2 then date '1948-01-01'
    when 3 then date '1945-01-01' when 4 then date '1955-01-01'
    else date '1962-01-01' + (n::bigint * 7919 % 14000)::int end,
  false, case when n % 200 = 7 then 'married' else 'widowed' end, 'none', 'none', '', '', now(),
  case when n % 100 = 3 then date '2026-10-05' end, case when n % 333 = 5 then n - 1 end
from generate_series(1, {rows}) n;
alter table enrolment_enrolment drop constraint enrolment_no_overlap;
insert into enrolment_enrolment (person_id, household_id, programme_code, area_code, valid, state, definition_sha256,
  facts, enrolled_at, enrolled_by, stop_reason, stop_proposed_by, stop_approved_by)
select n, n, case when n % 10 = 0 then 'MCBP' when n % 10 <= 4 then 'OAA' when n % 10 <= 7 then 'WDA' else 'DPA' end,
  {area}, daterange(date '2022-07-01' + (n % 5) * 365, null), 'active', '', '{{}}', now(), 'manager', '', '', ''
from generate_series(1, {rows}) n;
alter table enrolment_enrolment add constraint enrolment_no_overlap
  unique (person_id, programme_code, valid without overlaps);
set session_replication_role = origin;
analyze registry_household; analyze registry_person; analyze enrolment_enrolment; checkpoint;
"""
AREA = "lpad((10000000 + (n / 2000) * 137 % 80000000)::text, 8, '0')"  # as unions of 2,000 beneficiaries


def run(rows: int) -> dict[str, Any]:
    """One search of all enrolments by one officer, then each batch approved by another; what came of it."""
    ready()
    from shohay.stages.enrolment import actions_transitions as transitions
    from shohay.stages.enrolment.models import TransitionBatch

    finder, approver = _officer("finder"), _officer("approver")
    with _enrolled(rows) as preparation:
        started = time.perf_counter()
        made = transitions.propose_transitions(on=DAY, by=finder)
        proposed = time.perf_counter()
        for batch in TransitionBatch.objects.order_by("id").iterator():
            transitions.approve_transitions(batch=batch, by=approver)
        finished = time.perf_counter()
        return {
            **preparation, "seconds": round(finished - started, 2), "propose_seconds": round(proposed - started, 2),
            "approve_seconds": round(finished - proposed, 2), "proposed": made.rows, "batches": made.batches,
            **_came(made.rows),
        }  # fmt: skip


def _officer(name: str) -> Any:
    from shohay.stages.accounts.officer import Officer

    return Officer(name, "upazila_officer", areas=("",), programmes=("",))


def _came(proposed: int) -> dict[str, int]:
    """Counts after the end; nobody may have two open enrolments in one programme."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where kind = 'end' and state = 'applied'),"
            " count(*) filter (where kind <> 'end' and state = 'applied'), count(*) filter (where state = 'skipped')"
            " from enrolment_transition"
        )
        ended, moved, skipped = cursor.fetchone()
        cursor.execute(
            "select count(*) from (select 1 from enrolment_enrolment where upper_inf(valid)"
            " group by person_id, programme_code having count(*) > 1) twice"
        )
        (twice,) = cursor.fetchone()
    assert twice == 0, twice
    assert ended + moved + skipped == proposed
    return {"ended": ended, "moved": moved, "skipped": skipped}


@contextmanager
def _enrolled(rows: int) -> Iterator[dict[str, float]]:
    """Inside: Django works on a scratch database with ``rows`` enrolments and the shipped rules of four programmes."""
    from django.core.management import call_command
    from django.db import connection

    real, started = connection.settings_dict["NAME"], time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(f"drop database if exists {NAME}")
        cursor.execute(f"create database {NAME}")
    connection.close()
    connection.settings_dict["NAME"] = NAME
    try:
        call_command("migrate", verbosity=0)
        _rules()
        with connection.cursor() as cursor:
            cursor.execute(PEOPLE.format(rows=rows, area=AREA))
        yield {"preparation_seconds": round(time.perf_counter() - started, 1)}
    finally:
        connection.close()
        connection.settings_dict["NAME"] = real
        with connection.cursor() as cursor:
            cursor.execute(f"drop database if exists {NAME}")


def _rules() -> None:
    """The reference data and every shipped definition, published."""
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.places.actions import load_places
    from shohay.stages.programmes.actions import load_catalogue
    from shohay.stages.programmes.actions_definitions import install_definitions

    load_places(by=SYSTEM)
    load_catalogue(by=SYSTEM)
    install_definitions(by=SYSTEM)
