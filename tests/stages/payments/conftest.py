"""Cycles, payrolls and a bank."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.db import connection

from shohay.core.values import Period
from shohay.stages.payments import actions
from shohay.stages.payments.models import Cycle, Payroll
from tests import databases
from tests.stages.payments import world

QUARTER = Period(date(2026, 7, 1), date(2026, 10, 1))


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    return settings.VAR


@pytest.fixture
def sunday() -> Iterator[None]:
    with time_machine.travel("2026-11-22T10:00:00+06:00", tick=False):
        yield


@pytest.fixture
def cycle(db) -> Cycle:
    world.programme()
    return actions.open_cycle(programme_code="OAA", period=QUARTER, by=world.MANAGER)


@pytest.fixture
def approved(cycle: Cycle, sunday: None) -> Payroll:
    """Six beneficiaries, prepared and approved by two officers."""
    for number in range(6):
        world.beneficiary(name=f"মোছাঃ রহিমা {number}")
    payroll = actions.prepare_payroll(cycle=cycle, by=world.MANAGER)
    return actions.approve_payroll(payroll=payroll, by=world.APPROVER)


@pytest.fixture
def scratch_database(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A copy of the empty database with the present schema: its rows are really committed, so that another process sees them.

    Emptying the usual one afterwards is refused: audit log and ledger are append-only.
    """
    with django_db_blocker.unblock():
        real = connection.settings_dict["NAME"]
        copy = f"killed_{os.getpid()}"
        empty = databases.migrated()
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"drop database if exists {copy} with (force)")
            cursor.execute(f"create database {copy} template {empty}")
        connection.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = real
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"drop database if exists {copy} with (force)")
