"""kill -9 while goods are recorded or payments gathered: nothing half done, and running again completes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date

import pytest
from django.db import connection
from django.db.models import Sum

from shohay.core.values import Period
from shohay.stages.payments import actions, actions_kind
from shohay.stages.payments.models_kind import Distribution, HandoverError, HandoverFile, Ration
from tests.stages.payments import world

KILLED = """
import os, signal
import django; django.setup()
from pathlib import Path
from django.conf import settings
from shohay.stages.payments import actions_kind, rows_kind
from shohay.stages.payments.models import Cycle
from shohay.stages.payments.models_kind import Distribution
from tests.stages.payments import world
settings.VAR = Path({var!r})
def die(*args, **kwargs): os.kill(os.getpid(), signal.SIGKILL)
from shohay.stages.payments.models_kind import HandoverError
from shohay.stages.audit import actions as audit
{where} = die
{act}
"""
PREPARE = "actions_kind.prepare_distributions(cycle=Cycle.objects.get(), by=world.MANAGER)"
RECORD = (
    "actions_kind.record_handover(distribution=Distribution.objects.get(), data=Path({file!r}), file_name='x.csv',"
    " by=world.UPAZILA)"
)


def run(own_var, where: str, act: str) -> None:
    address = "postgresql://{USER}@/{NAME}?host={HOST}".format(**connection.settings_dict)
    done = subprocess.run(
        [sys.executable, "-c", KILLED.format(var=str(own_var), where=where, act=act)],
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "shohay.config.settings"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]


@pytest.mark.parametrize(
    "where",
    [
        "audit.record",
        *(
            pytest.param(step, marks=pytest.mark.heavy)
            for step in ("rows_kind.recount", "HandoverError.objects.bulk_create")
        ),
    ],
)
def test_killed_in_the_middle_of_a_list_nothing_is_half_recorded(scratch_database, own_var, where):
    world.programme("VWB", "vulnerable_women_benefit")
    cycle = actions.open_cycle(
        programme_code="VWB", period=Period(date(2026, 11, 1), date(2026, 12, 1)), by=world.MANAGER
    )
    for _ in range(3):
        world.enrolment(world.person(), "VWB")
    run(own_var, "rows_kind.insert", PREPARE)
    assert not Distribution.objects.exists()
    (made,) = actions_kind.prepare_distributions(cycle=cycle, by=world.MANAGER)
    actions_kind.approve_distribution(distribution=made, by=world.UPAZILA)
    numbers = Ration.objects.order_by("line_no").values_list("number", flat=True)
    file = own_var / "who.csv"
    file.write_text(
        "number,given,kg,given_on,reason\n" + "".join(f"{number},yes,,,\n" for number in numbers) + "9,yes,,,\n"
    )
    run(own_var, where, RECORD.format(file=str(file)))
    assert not HandoverFile.objects.exists()
    assert set(Ration.objects.values_list("state", flat=True)) == {"due"}
    again = actions_kind.record_handover(distribution=made, data=file, file_name="x.csv", by=world.UPAZILA)
    made.refresh_from_db()
    assert (again.counts["given"], again.counts["wrong"], HandoverError.objects.count()) == (3, 1, 1)
    assert made.given_grams == Ration.objects.aggregate(all=Sum("given_grams"))["all"] == 90_000
