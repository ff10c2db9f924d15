"""The design's guards hold on the code as it is, and each is seen to catch a planted violation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts import guards

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "shohay"
STAGES = PACKAGE / "stages"
# functions of actions modules that are no actions of an officer: they are the log and its progress rows
NO_EVENT = {"audit/actions.py"}


def sources(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


@pytest.mark.parametrize("path", sources(PACKAGE), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_actions_write(path: Path):
    if path.name.startswith("actions") and path.is_relative_to(STAGES):
        return
    assert guards.writes_outside_actions(path.read_text()) == []


@pytest.mark.parametrize("path", sources(PACKAGE / "core"), ids=lambda path: path.stem)
def test_core_never_reads_the_clock(path: Path):
    assert guards.clock_reads(path.read_text()) == []


@pytest.mark.parametrize("path", sorted(STAGES.glob("*/actions*.py")), ids=lambda path: str(path.relative_to(STAGES)))
def test_every_action_names_its_doer_and_writes_an_event(path: Path):
    if str(path.relative_to(STAGES)) in NO_EVENT:
        return
    assert guards.improper_actions(path.read_text()) == []


def test_a_planted_write_is_caught():
    assert guards.writes_outside_actions("def q():\n    Person.objects.filter(id=1).update(sex='x')")
    assert guards.writes_outside_actions("def q():\n    Person.objects.create(sex='x')")
    assert guards.writes_outside_actions("def q():\n    d = {}\n    d.update(a=1)") == []


def test_a_planted_clock_is_caught():
    assert guards.clock_reads("from datetime import date\nx = date.today()")
    assert guards.clock_reads("import datetime\nx = datetime.datetime.now()")


def test_a_planted_silent_action_is_caught():
    silent = "def approve(*, payroll, by):\n    payroll.save()"
    assert guards.improper_actions(silent) == ["line 1: approve writes no audit event"]
    assert "keyword" in guards.improper_actions("def approve(payroll):\n    record(action='x')")[0]
    assert guards.improper_actions("def _note(by):\n    record(by=by)\n\ndef go(*, by):\n    _note(by)") == []
