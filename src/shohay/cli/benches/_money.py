"""A database of its own with as many beneficiaries as a benchmark of money wants; dropped afterwards."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

NAME = "shohay_bench_money"
CODE = "OAA"
FIRST, END = date(2026, 7, 1), date(2026, 10, 1)

# One household, person, wallet or bank account and enrolment for each number; areas as in a union of 500 people.
PEOPLE = """
set session_replication_role = replica;
insert into registry_household (id, reference, area_code, area_type, address_bn, walls, declared_programmes,
  recorded_at)
select n, 'B-' || n, {area}, 'rural', '', '', '[]', now() from generate_series(1, {rows}) n;
insert into registry_person (id, household_id, area_code, line_no, relation, name_bn, name_en, name_key, father_name,
  mother_name, sex, birth_date_approximate, marital_status, disability, school_level, occupation, community,
  recorded_at)
select n, n, {area}, 1, 'head', 'মোছাঃ রহিমা খাতুন ' || n, 'Rahima Khatun', 'rahima', '', '', 'female', false, 'widowed',
  'none', 'none', '', '', now() from generate_series(1, {rows}) n;
alter table enrolment_enrolment drop constraint enrolment_no_overlap;
insert into enrolment_enrolment (id, person_id, household_id, programme_code, area_code, valid, state,
  definition_sha256, facts, enrolled_at, enrolled_by, stop_reason, stop_proposed_by, stop_approved_by)
select n, n, n, 'OAA', {area}, daterange('2026-07-01', null), 'active', '', '{{}}', now(), 'manager', '', '', ''
from generate_series(1, {rows}) n;
"""
AREA = "lpad((10000000 + (n / 500) * 37 % 80000000)::text, 8, '0')"


@contextmanager
def beneficiaries(rows: int) -> Iterator[dict[str, float]]:
    """Inside: Django works on a scratch database with ``rows`` people on the Old Age Allowance; VAR is scratch too."""
    from django.conf import settings
    from django.db import connection

    real_name, real_var = connection.settings_dict["NAME"], settings.VAR
    started = time.perf_counter()
    _recreate(connection)
    connection.close()
    connection.settings_dict["NAME"] = NAME
    settings.VAR = Path(real_var) / "bench" / "money"
    shutil.rmtree(settings.VAR, ignore_errors=True)
    settings.VAR.mkdir(parents=True)
    try:
        _migrate()
        _fill(connection, rows)
        yield {"preparation_seconds": round(time.perf_counter() - started, 1)}
    finally:
        connection.close()
        connection.settings_dict["NAME"] = real_name
        shutil.rmtree(settings.VAR, ignore_errors=True)
        settings.VAR = real_var
        with connection.cursor() as cursor:
            cursor.execute(f"drop database if exists {NAME}")


def _recreate(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"drop database if exists {NAME}")
        cursor.execute(f"create database {NAME}")


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _fill(connection: Any, rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE.format(rows=rows, area=AREA))
        _accounts(cursor, rows)
        cursor.execute("set session_replication_role = origin")
        cursor.execute("vacuum analyze registry_person, registry_account, enrolment_enrolment")
        cursor.execute("checkpoint")  # what filling left to be written to disk is not the payroll's to write
    _programme()


def _accounts(cursor: Any, rows: int) -> None:
    """Sealed as in life, so that opening them costs what it costs."""
    import tempfile

    import duckdb
    from django.conf import settings

    from shohay.bulk.copying import copy_in
    from shohay.bulk.sealing import ACCOUNT, KeyRing, seal_columns

    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as engine:
        numbers = engine.execute(
            "select range as n, case when range % 5 = 0 then 'bank' else 'mfs' end as kind,"
            " '017' || lpad(range::varchar, 8, '0') as number from range(1, ?) order by n",
            [rows + 1],
        ).to_arrow_table()
        ring = KeyRing(settings.KEY_RING, settings.DIGEST_KEY)
        sealed = seal_columns(ring, ACCOUNT, numbers["kind"], numbers["number"])
        for name in sealed.column_names:
            numbers = numbers.append_column(name, sealed[name])
        path = Path(scratch) / "accounts.csv"
        engine.register("numbers", numbers)
        engine.execute(
            "copy (select n, n, kind, case kind when 'mfs' then 'nagad' else 'sonali' end, '200270522',"
            " '\\x' || lower(hex(sealed)), '\\x' || lower(hex(digest)), '' as holder, '2026-01-01'"
            f" from numbers order by n) to '{path}' (format csv, header false)"
        )
        columns = [
            "id",
            "person_id",
            "kind",
            "provider",
            "routing_number",
            "sealed",
            "digest",
            "holder_name",
            "valid_from",
        ]
        copy_in(cursor, "registry_account", columns, path)


def _programme() -> None:
    """The Old Age Allowance with its real definition."""
    from django.utils import timezone

    from shohay.core.definition import Definition
    from shohay.stages.programmes import models

    models.Ministry(
        code="MOSW", order=1, name_bn="সমাজকল্যাণ", name_en="Social Welfare", programme_count=1,
        budget_crore="99999", beneficiaries_lakh="60",
    ).save()  # fmt: skip
    models.Programme(
        code=CODE, order=1, ministry_id="MOSW", name_bn="বয়স্ক ভাতা", name_en="Old Age Allowance",
        lifecycle_stage="", thematic_cluster="", type="", budget_crore="99999",
    ).save()  # fmt: skip
    text = (resources.files("shohay.policy") / "old_age_allowance" / "definition.yaml").read_text()
    definition = Definition.parse(text)
    models.Definition(
        programme_id=CODE, document=definition.as_json(), text=text, sha256=definition.sha256, state="published",
        proposed_by="manager", approved_by="manager2", published_at=timezone.now(),
    ).save()  # fmt: skip


def payroll() -> Any:
    """Prepare and approve the payroll of a quarter."""
    from shohay.core.values import Period
    from shohay.stages.accounts.officer import Officer
    from shohay.stages.payments import actions

    everywhere = {"areas": ("",), "programmes": ("",)}
    manager, approver = Officer("manager", "programme_manager", **everywhere), officer("payroll_approver")
    cycle = actions.open_cycle(programme_code=CODE, period=Period(FIRST, END), by=manager)
    return actions.approve_payroll(payroll=actions.prepare_payroll(cycle=cycle, by=manager), by=approver)


def officer(role: str) -> Any:
    from shohay.stages.accounts.officer import Officer

    return Officer(role, role, areas=("",), programmes=("",))
