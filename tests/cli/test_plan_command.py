"""shohay plan: an officer at the command line reports, another verifies; a sheet is read dry, then taken; reminders."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from shohay.cli import links_plan
from shohay.cli.main import app
from shohay.cli.world import World
from shohay.jobs.remind_ministries import remind_ministries
from shohay.stages.accounts.actions import demo_officers
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.coordination import queries_plan as plan
from shohay.stages.coordination.models_plan import PlanImport, PlanReminder, PlanUpdate
from tests.core.test_file_kinds import PDF_BYTES
from tests.stages.coordination.plan_world import CABINET, MINE, plan_in_database

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def plan_loaded(django_db_setup, django_db_blocker):
    with plan_in_database(django_db_blocker):
        demo_officers(upazilas=["554995"], by=SYSTEM)
        yield


@pytest.fixture(autouse=True)
def _loaded(plan_loaded, db, monkeypatch):
    monkeypatch.setenv("SHOHAY_LANGUAGE", "en")


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["plan", *words])
    assert done.exit_code == code, done.output
    return done.output


def test_from_late_to_completed(tmp_path):
    paper = tmp_path / "gazette.pdf"
    paper.write_bytes(PDF_BYTES)
    assert any(row["item"] == MINE for row in json.loads(run("late", "--ministry", "MoSW", "--json")))
    number = run("update", MINE, "--text", "সব উপজেলা", "--claim", "completed", "--done-on", "2022-07-31",
                 "--evidence", str(paper), "--by", "focal").strip()  # fmt: skip
    assert "cannot verify" not in run("verify", number, "--by", "cabinet")
    shown = json.loads(run("show", MINE, "--json"))
    assert (shown["state"], shown["reported"]) == ("completed_in_time", "In-progress")
    assert shown["updates"][0]["verified_by"] == "cabinet"
    day = timezone.localdate().replace(year=timezone.localdate().year - 1).isoformat()
    assert json.loads(run("show", MINE, "--on", day, "--json"))["state"] == "late"
    assert any(row["item"] == MINE for row in json.loads(run("moved", day, "--json")))
    assert "MoSW" in run("show")
    assert len(json.loads(run("show", "--count-by", "theme", "--json"))) == 7


def test_returned_and_refused():
    number = run("update", MINE, "--text", "half", "--percent", "50", "--by", "focal").strip()
    assert "may not" in run("verify", number, "--by", "focal", code=1)
    run("return", number, "--reason", "Which ones?", "--by", "cabinet")
    assert PlanUpdate.objects.get().reason == "Which ones?"
    assert "has no item" in run("show", "9.9", code=1)
    assert "answer" in run("update", "2.2-01-01", "--text", "x", "--percent", "1", "--by", "focal", code=1)
    assert "not a day" in run("show", "--on", "yesterday", code=2)
    run("show", "--count-by", "colour", code=2)
    run("update", MINE, "--text", "x", "--percent", "1", "--evidence", "/nowhere.pdf", "--by", "focal", code=2)


def test_a_sheet_dry_then_taken_then_known(tmp_path):
    template = tmp_path / "t.csv"
    run("template", "MoSW", "-o", str(template), "--lang", "bn")
    lines = template.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("কাজের নম্বর")
    sheet = tmp_path / "s.csv"
    sheet.write_text(f"কাজের নম্বর,অবস্থা,অগ্রগতি (%),কী হয়েছে (বাংলা)\n{MINE},চলমান,৪০,চলছে\n৯.৯,,৫,ভুল\n", "utf-8")
    dry = json.loads(run("import", str(sheet), "--dry-run", "--json", "--by", "focal", code=3))
    assert (len(dry["rows"]), len(dry["errors"]), dry["state"]) == (1, 1, "read")
    assert dry["errors"][0]["bn"] != dry["errors"][0]["en"]
    assert PlanImport.objects.count() == 0
    taken = json.loads(run("import", str(sheet), "--json", "--by", "focal", code=3))
    assert (taken["state"], taken["again"]) == ("taken", False)
    assert json.loads(run("import", str(sheet), "--json", "--by", "focal", code=3))["again"] is True
    assert PlanUpdate.objects.get().percent == 40
    run("template", "MoX", "-o", str(template), code=1)


def test_reminders_by_command_and_by_night():
    told = json.loads(run("remind", "--json"))
    assert told["reminders"] > 0
    assert told["silent"][0]["last"] is None
    remind_ministries.func(None, timestamp=0)
    assert PlanReminder.objects.count() == told["reminders"]


def test_the_link_of_the_demonstration_may_be_killed_and_resumed(tmp_path):
    world = World(100, 1, timezone.localdate(), tmp_path, "")
    first = links_plan.plan(world, lambda *_: None)
    assert links_plan.plan(world, lambda *_: None) == first
    states = {code: plan.status_on(CABINET, code, timezone.localdate()).state for code in ("2.1-01-01", "2.1-01-03")}
    assert states == {"2.1-01-01": "completed_in_time", "2.1-01-03": "completed_late"}
    ends = dict(PlanUpdate.objects.values_list("item", "state"))
    assert {ends[report.item] for report in links_plan.REPORTS} == {"verified", "returned", "submitted"}
    assert all("উদাহরণ" in update.text_bn for update in PlanUpdate.objects.all())
