"""How often facts are missing: measured once a snapshot, recorded, read by the editor of rules."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shohay.bulk import sample, snapshot
from shohay.cli.main import app
from shohay.core.criteria_hints import missing
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.programmes import queries_facts as programmes
from shohay.stages.registry import actions_facts, queries_facts
from shohay.stages.registry.models import Snapshot

DAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.write(tmp_path_factory.mktemp("snapshot"), 1200, DAY, upazilas=4)


@pytest.fixture
def taken(db: None, place: Path) -> Snapshot:
    sha256 = snapshot.read_manifest(place).sha256
    return Snapshot.objects.create(sha256=sha256, path=str(place), as_of=DAY, taken_by="system")


def test_measured_once_recorded_and_read(taken: Snapshot) -> None:
    assert queries_facts.coverage_of(["walls"]) == {"walls": None}
    first = actions_facts.measure_facts(snapshot=taken, by=SYSTEM)
    assert actions_facts.measure_facts(snapshot=taken, by=SYSTEM).pk == first.pk
    event = Event.objects.get(action="facts.measured")
    assert event.detail["rows"] == first.figures["rows"]
    shares = queries_facts.coverage_of(["walls", "oaa_universal", "receives"])
    walls = first.figures["facts"]["walls"]
    assert shares == {"walls": walls["missing"] / walls["rows"], "oaa_universal": 1.0, "receives": None}
    assert [hint.params["fact"] for hint in missing(shares, shares)] == ["oaa_universal"]


def test_who_may_not_is_refused(taken: Snapshot) -> None:
    with pytest.raises(Refusal):
        actions_facts.measure_facts(snapshot=taken, by=Officer("clerk", "union_operator", ("30",), ()))
    assert queries_facts.latest() is None


def test_the_command_measures_and_prints(taken: Snapshot) -> None:
    told = CliRunner().invoke(app, ["facts", "coverage", "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout.splitlines()[-1])
    assert found["snapshot"] == taken.sha256
    assert found["facts"]["oaa_universal"]["missing"] == found["facts"]["oaa_universal"]["rows"] > 0
    lines = CliRunner().invoke(app, ["facts", "coverage"]).stdout.splitlines()
    assert lines[0].startswith("oaa_universal") or "100.0%" in lines[0]
    assert len(CliRunner().invoke(app, ["facts", "list"]).stdout.splitlines()) == len(FACTS)


def test_who_rests_on_a_fact_also_through_what_is_made_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from shohay.policy import shipped

    monkeypatch.setattr(programmes.definitions, "definitions_on", lambda day: shipped.definitions())
    used = programmes.used_by(DAY)
    assert "OAA" in used["birth_date"]  # through age
    assert set(used["freedom_fighter"]) == {"FFH", "FFH_INJ", "FFH_GAL", "FFA_BNY", "FFA_VD", "FFA_FEST"}
    assert "household_size" in used
