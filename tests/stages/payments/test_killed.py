"""kill -9 in the middle: nothing half done, and running again completes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from shohay.stages.payments import actions, queries
from shohay.stages.payments.models import Payment, Payroll
from tests.stages.payments import world
from tests.stages.payments.conftest import QUARTER

KILLED = """
import os, signal
import django; django.setup()
from shohay.bulk import payroll as bulk
from shohay.stages.payments import actions, rows
from shohay.stages.payments.models import Cycle, Payroll
from tests.stages.payments import world
from django.conf import settings
from pathlib import Path
settings.VAR = Path({var!r})
def die(*args, **kwargs): os.kill(os.getpid(), signal.SIGKILL)
{step} = die
actions.prepare_payroll(cycle=Cycle.objects.get(), by=world.MANAGER)
"""


STEPS = [
    "bulk.work_out",
    "bulk.store",
    "rows.reserve",
    "rows.load_payments",
    "rows.load_commitments",
    "bulk.check_lines",
]
MAIN = ("rows.reserve", "rows.load_payments")  # the other moments in make test-all


@pytest.mark.parametrize(
    "step", [step if step in MAIN else pytest.param(step, marks=pytest.mark.heavy) for step in STEPS]
)
def test_killed_in_the_middle_leaves_nothing_and_runs_again(scratch_database, own_var, step):
    world.programme()
    cycle = actions.open_cycle(programme_code="OAA", period=QUARTER, by=world.MANAGER)
    world.beneficiary()
    address = "postgresql://{USER}@/{NAME}?host={HOST}".format(**connection.settings_dict)
    done = subprocess.run(
        [sys.executable, "-c", KILLED.format(var=str(own_var), step=step)],
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "shohay.config.settings"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]
    assert not Payroll.objects.exists()
    assert not Payment.objects.exists()
    payroll = actions.prepare_payroll(cycle=cycle, by=world.MANAGER)
    assert payroll.lines == Payment.objects.count() == 1
    assert queries.replay_payroll(payroll.pk) == payroll.result_sha256
