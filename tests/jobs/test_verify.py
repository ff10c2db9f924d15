"""Bulk verification against a real process: killed and gone on with, slow, busy, wrong, down."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from shohay.adapters.calling import Patience
from shohay.adapters.ports import port_of
from shohay.adapters.simulators.world import HASH_KEY
from shohay.jobs.verify import take_up
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.models import Work
from shohay.stages.registry import actions
from shohay.stages.registry.actions_verification import start_verification
from shohay.stages.registry.models_verification import PartyState, Verification, VerificationBatch, VerificationRun
from shohay.stages.registry.verifying import go_on
from tests.adapters import parties
from tests.adapters.parties import KEY, Party
from tests.household_files import UNION, data, row
from tests.stages.registry.conftest import OPERATOR, make_places

PEOPLE, CALL = 60, 3  # one record in three a call
QUICK = Patience(attempts=3, first_pause=0.005, longest_pause=0.02, open_after=4, rest=0.2, longest_rest=0.4, timeout=5)
pytestmark = pytest.mark.usefixtures("committed")


def rows() -> list[dict[str, str]]:
    return [
        row(f"H{n}", 1, id_kind="nid10", id_number=f"{1000000000 + n}", birth_date="1960-03-01") for n in range(PEOPLE)
    ]


@pytest.fixture
def world(tmp_path: Path) -> Path:
    return parties.make_world(tmp_path / "w", rows())


@pytest.fixture
def people(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from shohay.core import verification
    from shohay.stages.intake import actions as intake

    monkeypatch.setitem(
        verification.PARTIES, "nid", replace(verification.PARTIES["nid"], batch=CALL, calls_a_second=500)
    )
    make_places()
    upload = intake.receive(data=data(rows()), file_name="f.csv", area_code=UNION[:6], by=OPERATOR)
    actions.admit(upload=intake.check(upload=upload, by=OPERATOR), by=OPERATOR)


def ask(party: Party, made: VerificationRun | None = None, **how) -> VerificationRun:
    made = made or start_verification(party="nid", by=SYSTEM)
    port = port_of("nid", urls={"nid": party.url}, key=KEY, hash_key=HASH_KEY, patience=QUICK)
    go_on(run=made, port=port, by=SYSTEM, progress=lambda *_: None, **how)
    made.refresh_from_db()
    return made


def answered_once() -> bool:
    """Everybody has an answer and nobody has two."""
    kept = Verification.objects.values_list("subject_id", flat=True)
    return len(kept) == len(set(kept)) == PEOPLE


def test_two_workers_ask_everybody_once(people, world):
    with parties.running("nid", world) as party:
        made = ask(party)
        assert (made.state, made.answered, made.total) == ("done", PEOPLE, PEOPLE)
        assert (party.counts["records"], party.counts["replays"]) == (PEOPLE, 0)
        again = ask(party)
        assert (again.total, again.still_valid, party.counts["records"]) == (0, PEOPLE, PEOPLE)
    assert answered_once()


@pytest.mark.parametrize(
    "levers",
    [
        pytest.param({"fail": 0.25}, id="failing", marks=pytest.mark.heavy),
        pytest.param({"wrong": 0.25}, id="wrong", marks=pytest.mark.heavy),
        pytest.param({"slow": 20}, id="slow", marks=pytest.mark.heavy),
        pytest.param({"rate": 8}, id="limited"),
        pytest.param({"fail": 0.1, "wrong": 0.1, "slow": 5}, id="all of it"),
    ],
)  # fmt: skip
def test_a_party_in_trouble_is_asked_until_everybody_has_an_answer(people, world, levers):
    with parties.running("nid", world) as party:
        party.control(**levers)
        made = ask(party, patience=2)
        for _ in range(40):  # what failed is due again in a minute; the minutes pass at once here
            if made.state == "done":
                break
            VerificationBatch.objects.filter(state="waiting").update(not_before=None)
            made = ask(party, made, patience=2)
        counts = party.counts
    assert (made.state, made.given_up, made.answered) == ("done", 0, PEOPLE)
    assert answered_once()
    assert counts["records"] == PEOPLE  # whatever went wrong on the way, nobody was asked about twice
    if "rate" in levers:
        assert counts["limited"] == PartyState.objects.get().refused > 0
    if "fail" in levers or "wrong" in levers:
        assert counts["failed"] + counts["wrong"] == PartyState.objects.get().failed > 0


def test_down_for_an_hour_then_back(people, world):
    with parties.running("nid", world, "--down") as party:
        made = ask(party, patience=0.5)
        assert (made.state, made.answered, PartyState.objects.get().circuit) == ("paused", 0, "open")
        assert party.counts["cut"] < 12  # the circuit opened: nobody hammered at it
        assert take_up() == []  # its time has not come
        VerificationRun.objects.update(resume_at=timezone.now())  # an hour later
        assert take_up() == [made.pk]
        assert Work.objects.get(name="verify").subject == str(made.pk)
        party.control(down=False)
        made = ask(party, VerificationRun.objects.get())
        assert (made.state, made.answered, PartyState.objects.get().circuit) == ("done", PEOPLE, "closed")
    assert answered_once()


KILLED = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "shohay.config.settings"
import django; django.setup()
from dataclasses import replace
from shohay.core import verification
verification.PARTIES["nid"] = replace(verification.PARTIES["nid"], batch=3)
from shohay.adapters.ports import port_of
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.registry.actions_verification import start_verification
from shohay.stages.registry.verifying import go_on
port = port_of("nid", urls={"nid": sys.argv[1]}, key=sys.argv[2], hash_key="")
go_on(run=start_verification(party="nid", by=SYSTEM), port=port, by=SYSTEM, progress=lambda *_: None)
"""


def test_killed_in_the_middle_the_next_one_completes_and_asks_nobody_again(people, world):
    found = connection.settings_dict
    address = f"postgresql://{found['USER']}@/{found['NAME']}?host={found['HOST'] or found['OPTIONS']['host']}"
    with parties.running("nid", world) as party:
        party.control(slow=100)
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, party.url, KEY],
            env={**os.environ, "DATABASE_URL": address},
        )
        try:
            until = time.monotonic() + 60
            while not Verification.objects.exists():
                assert child.poll() is None
                assert time.monotonic() < until
        finally:
            child.send_signal(signal.SIGKILL)
            child.communicate()
        before, kept = party.counts, set(Verification.objects.values_list("subject_id", flat=True))
        assert 0 < len(kept) < PEOPLE
        party.control(slow=0)
        made = ask(party, VerificationRun.objects.get())
        after = party.counts
    assert (made.state, made.answered) == ("done", PEOPLE)
    assert answered_once()
    assert after["records"] == PEOPLE  # calls under way at the kill were replayed, not asked anew
    in_flight = before["records"] - len(kept)
    assert after["replays"] * CALL <= max(in_flight, 0) + 16 * CALL
    assert VerificationBatch.objects.filter(state="answered").count() == PEOPLE // CALL
