"""kill -9 while returned money is proposed, approved or sent again: nothing half done, and running again completes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.db import connection

from shohay.stages.payments import actions, actions_again
from shohay.stages.payments.models import Payment, Transfer
from shohay.stages.payments.models_again import Attempt, Supplement, SupplementFile
from tests.adapters import bank as banks
from tests.stages.payments import world
from tests.stages.payments.conftest import QUARTER
from tests.stages.payments.test_again import bounce, corrected

KILLED = """
import os, signal
import django; django.setup()
from pathlib import Path
from django.conf import settings
from shohay.adapters.banks import MockBank
from shohay.stages.payments import actions_again, rows_again
from shohay.stages.payments.models_again import Supplement, SupplementFile
from tests.stages.payments import world
settings.VAR = Path({var!r})
def die(*args, **kwargs): os.kill(os.getpid(), signal.SIGKILL)
{where} = die
{act}
"""
PROPOSE = "actions_again.propose_again(programme_code='OAA', by=world.MANAGER)"
APPROVE = "actions_again.approve_again(supplement=Supplement.objects.get(), by=world.APPROVER)"
SEND = (
    "actions_again.send_again(file=SupplementFile.objects.get(), bank=MockBank({url!r}, timeout=30), by=world.FINANCE)"
)


def run(own_var: Path, where: str, act: str) -> None:
    address = "postgresql://{USER}@/{NAME}?host={HOST}".format(**connection.settings_dict)
    done = subprocess.run(
        [sys.executable, "-c", KILLED.format(var=str(own_var), where=where, act=act)],
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "shohay.config.settings"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]


def test_killed_while_money_is_paid_again_it_goes_out_once(scratch_database, own_var, tmp_path):
    world.programme()
    cycle = actions.open_cycle(programme_code="OAA", period=QUARTER, by=world.MANAGER)
    for _ in range(3):
        world.beneficiary()
    payroll = actions.prepare_payroll(cycle=cycle, by=world.MANAGER)
    for payment in bounce(actions.approve_payroll(payroll=payroll, by=world.APPROVER), many=2):
        corrected(payment.person)

    run(own_var, "actions_again._record", PROPOSE)  # after the attempts were inserted
    assert (Supplement.objects.count(), Attempt.objects.count()) == (0, 0)
    made = actions_again.propose_again(programme_code="OAA", by=world.MANAGER)
    assert made.lines == Attempt.objects.count() == 2

    booked = Transfer.objects.count()
    run(own_var, "actions_again._record", APPROVE)  # after the money was booked as owed again
    made.refresh_from_db()
    assert (made.state, Transfer.objects.count()) == ("prepared", booked)
    made = actions_again.approve_again(supplement=made, by=world.APPROVER)
    assert Transfer.objects.filter(attempt__supplement=made, kind="again").count() == 2

    with banks.running(tmp_path / "bank") as bank:
        (file,) = actions_again.write_again(supplement=made, by=world.FINANCE)
        run(
            own_var, "rows_again.mark_sent", SEND.format(url=f"http://{bank.host}:{bank.port}")
        )  # the bank alone knows of the file
        assert SupplementFile.objects.get().sent_at is None
        actions_again.send_again(file=file, bank=bank, by=world.FINANCE)
        for _ in range(8):
            bank.advance(1)
        actions.take_answers(bank=bank, by=world.FINANCE)
    assert set(Payment.objects.values_list("state", flat=True)) == {"paid"}
    assert Transfer.objects.filter(attempt__supplement=made, kind="send").count() == 2
    report = actions_again.reconcile_again(supplement=made, by=world.FINANCE)
    assert (report["balanced"], report["open"]) == (True, 0)
