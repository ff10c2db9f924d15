"""shohay survey: from microdata to figures and their comparison; a bad file ends with 1 and says what is wrong."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from shohay.cli.main import app
from shohay.cli.world import World
from shohay.stages.results.models_survey import SurveyRun
from tests.household_survey import MAPPING, csv_of, remembering, rows

pytestmark = pytest.mark.django_db
SMALL = MAPPING.replace("social_insurance", "social_assistance").replace("  division: {column: div}\n", "")


def told(*arguments: str, code: int = 0) -> dict:
    done = CliRunner().invoke(app, ["survey", *arguments, "--json"], env={"SHOHAY_LANGUAGE": "en"})
    assert done.exit_code == code, done.output
    return json.loads(next(line for line in done.output.splitlines() if line.startswith(("{", "["))))


def said(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["survey", *arguments], env={"SHOHAY_LANGUAGE": "en"})
    return done.exit_code, done.output


def test_rounds_are_imported_estimated_shown_and_compared(tmp_path, monkeypatch):
    remembering(monkeypatch)
    for label, seed in (("2022", 5), ("2025", 6)):
        (tmp_path / "a.csv").write_bytes(csv_of(rows(seed=seed)))
        (tmp_path / "a.yaml").write_text(SMALL.replace('"2022"', f'"{label}"'), encoding="utf-8")
        made = told("import", str(tmp_path / "a.csv"), "--mapping", str(tmp_path / "a.yaml"))
        assert (made["survey"], made["state"], made["good"]) == (f"TEST/{label}", "ready", 300)
        run = told("estimate", f"TEST/{label}")
        assert run["result"] == SurveyRun.objects.get(pk=run["run"]).result_sha256
    shown = told("show", "TEST/2022", "--programme", "all", "--dimension", "quintile")
    fifths = [row for row in shown["rows"] if row["measure"] == "benefit_share"]
    assert sum(row["value"] for row in fifths) == pytest.approx(1)
    assert all(row["low"] <= row["value"] <= row["high"] for row in fifths)
    changes = {row["measure"]: row["change"] for row in told("compare", "TEST/2022", "TEST/2025")}
    assert 0 <= changes["headcount"]["p"] <= 1
    code, text = said("show", "TEST/2022")
    assert (code, "headcount" in text) == (0, True)
    assert "unknown" not in said("compare", "TEST/2022", "TEST/2025", "--programme", "OAA")[1]


def test_what_is_wrong_is_said_and_ends_with_1(tmp_path):
    def spoil(made):
        for row in made[:6]:
            row["psu"] = ""

    (tmp_path / "a.csv").write_bytes(csv_of(rows(), spoil))
    (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
    made = told("import", str(tmp_path / "a.csv"), "--mapping", str(tmp_path / "a.yaml"), code=1)
    assert (made["state"], made["by_code"], made["findings"][0][:3]) == (
        "refused",
        {"psu_missing": 6},
        [2, "psu", "psu_missing"],
    )
    code, text = said("show", "TEST/2022")
    assert (code, "no survey round TEST/2022" in text) == (1, True)
    assert said("synth", "1971", "--out", str(tmp_path))[0] == 1


@pytest.mark.heavy
def test_the_link_of_the_demo_may_be_done_twice(tmp_path, monkeypatch, settings):
    import datetime as dt

    from shohay.cli import links_survey
    from shohay.stages.accounts.actions import demo_officers
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.results.models_survey import SurveyRound

    remembering(monkeypatch)
    monkeypatch.setattr(links_survey, "HOUSEHOLDS", 800)
    demo_officers(upazilas=["554952"], by=SYSTEM)
    world = World(10, 1, dt.date(2026, 11, 22), settings.VAR, "")
    first = links_survey.surveys(world, lambda step, done, total: None)
    assert first == links_survey.surveys(world, lambda step, done, total: None)
    assert first.rows_out > 1000
    assert set(SurveyRound.objects.values_list("synthetic", "state")) == {(True, "estimated")}
