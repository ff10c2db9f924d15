"""Committees from the command line, and their link of the demo: done twice, it adds nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from shohay.cli import links_committees, links_evaluations
from shohay.cli.main import app
from shohay.cli.world import World
from shohay.stages.accounts.actions import demo_officers
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.models import Event
from shohay.stages.coordination.actions_committees import load_committees
from shohay.stages.coordination.models import ActionItem
from shohay.stages.coordination.models_committees import Decision, Meeting
from shohay.stages.coordination.models_plan import PlanItem
from shohay.stages.programmes.actions import load_catalogue
from tests.factories.world import HERE, make_places


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["committees", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.django_db
def test_loaded_listed_and_counted(tmp_path: Path):
    make_places()
    assert json.loads(run("load", "--from", "2025-07-01"))["field_committees"]["added"] == 6
    assert json.loads(run("load"))["field_committees"]["added"] == 0
    file = tmp_path / "held.csv"
    file.write_text(f"committee,held_on\nUPZ-{HERE},2025-08-03\nUPZ-000000,2025-08-03\n")
    told = json.loads(run("held", str(file)))
    assert (told["added"], told["wrong"], told["errors"]) == (1, 1, [[3, "committee"]])
    kinds = {row["name"]: row for row in json.loads(run("standing", "--on", "2025-10-01", "--json"))}
    assert (kinds["upazila"]["required"], kinds["upazila"]["held"], kinds["upazila"]["missed"]) == (2, 1, 1)
    assert any(name in run("standing", "--on", "2025-10-01", "--district") for name in ("Kurigram", "কুড়িগ্রাম"))
    assert CliRunner().invoke(app, ["committees", "standing", "--on", "July, 1905"]).exit_code == 2
    assert CliRunner().invoke(app, ["committees", "held", str(tmp_path / "none.csv")]).exit_code == 1


@pytest.mark.django_db
def test_the_examples_of_the_demo_are_made_once(tmp_path: Path, settings):
    settings.VAR = tmp_path
    make_places()
    load_catalogue(by=SYSTEM)
    ActionItem.objects.create(
        code="2.1-17-02", ministry_id="MoSW", section="2.1", objective_no=1, timeframe="", timeframe_kind="date",
        status="In-progress",
    )  # fmt: skip
    PlanItem.objects.create(code="2.1-17-02", kind="chapter", order=1, action_id="2.1-17-02", timeframe_kind="date")
    load_committees(by=SYSTEM)
    demo_officers(upazilas=[HERE], by=SYSTEM)
    world = World(1, 1, timezone.localdate(), tmp_path, "")
    first = links_committees.committees(world, lambda *_: None), links_evaluations.evaluations(world, lambda *_: None)
    events = Event.objects.count()
    again = links_committees.committees(world, lambda *_: None), links_evaluations.evaluations(world, lambda *_: None)
    assert first == again
    assert Event.objects.count() == events
    assert all(counted.rows_in > 0 and counted.rows_out > 0 for counted in first)
    assert all(links_committees.MARK in row.text for row in Decision.objects.all())
    assert {"open", "closed", "reported", "draft"} <= set(Decision.objects.values_list("state", flat=True))
    assert Meeting.objects.filter(state="called").count() == 1
