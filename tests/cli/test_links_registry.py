"""The demo's link that asks outside parties: bounded, once, and a death it brings waits for another officer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from shohay.cli import links_registry
from shohay.cli.world import World
from shohay.stages.intake import actions as intake
from shohay.stages.registry import actions, queries_history
from shohay.stages.registry.models_history import LifeEvent
from shohay.stages.registry.models_verification import Finding, Verification, VerificationRun
from tests.adapters import parties
from tests.household_files import UNION, data, row
from tests.jobs.conftest import _guards_back, committed  # noqa: F401 - fixtures
from tests.stages.registry.conftest import OPERATOR, UPAZILA, UPAZILA2, make_places

UPAZILA_CODE = UNION[:6]


@pytest.fixture
def asked(committed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:  # noqa: F811
    """Twelve people of one upazila; two of them differ outside: another birth date, and a death."""
    make_places()
    rows = [row(f"H{n}", 1, id_kind="nid10", id_number=f"{1000000000 + n}", birth_date="1950-03-01") for n in range(12)]
    upload = intake.receive(data=data(rows), file_name="f.csv", area_code=UPAZILA_CODE, by=OPERATOR)
    actions.admit(upload=intake.check(upload=upload, by=OPERATOR), by=OPERATOR)
    parties.make_world(
        tmp_path / "synth",
        rows,
        [
            {"kind": "dead_beneficiary", "household_reference": "H3", "line_no": 1, "detail": "2025-02-03"},
            {"kind": "wrong_age", "household_reference": "H4", "line_no": 1, "detail": "1963-01-05"},
        ],
    )
    monkeypatch.setattr(settings, "VAR", tmp_path)
    made = World(12, 7, date(2026, 11, 22), tmp_path, "")
    made._officers["upazila"] = UPAZILA
    return made


def nothing(step: str, done: int, total: int) -> None:
    pass


@pytest.mark.heavy
def test_what_differs_waits_and_a_second_time_nobody_is_asked(asked: World):
    first = links_registry.verification(asked, nothing)
    assert first.rows_in == first.rows_out > 12
    assert {run.party: run.state for run in VerificationRun.objects.all()} == dict.fromkeys(
        links_registry.ASKED, "done"
    )
    assert Finding.objects.filter(code="birth_date_differs", person__household__reference="H4").exists()
    death = LifeEvent.objects.get(kind="death")
    assert (death.household.reference, death.channel, death.state) == ("H3", "civil_registration", "proposed")
    assert list(queries_history.waiting(UPAZILA2)) == [death]
    answers = Verification.objects.count()
    assert links_registry.verification(asked, nothing) == first
    assert Verification.objects.count() == answers
    assert list((asked.var / "simulators").glob("*.pid")) == []  # nobody is left running


def test_of_a_large_upazila_one_union_is_asked(asked: World, monkeypatch: pytest.MonkeyPatch):
    assert links_registry._place(asked) == UPAZILA_CODE
    monkeypatch.setattr(links_registry, "MOST_ASKED", 5)
    assert links_registry._place(asked) == UNION
