"""shohay simulate SCENARIO.yaml..., shohay survey-base: without a database, on a survey."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shohay.cli.main import app
from shohay.core.simulation_result import DIMENSIONS, FAIRNESS, MEASURES, WARNINGS

SCENARIOS = Path(__file__).parents[2] / "docs" / "examples" / "scenarios"
FILES = [str(SCENARIOS / f"{name}.yaml") for name in ("today", "new_benefit")]


def said(*arguments: str, code: int = 0, language: str = "en") -> str:
    done = CliRunner().invoke(app, list(arguments), env={"SHOHAY_LANGUAGE": language})
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("bases")
    return said("survey-base", "synthetic", "small", "--households", "640", "--out", str(out)).strip().splitlines()[-1]


def test_scenarios_on_a_survey_as_json(base: str) -> None:
    text = said("simulate", *FILES, "--data", f"survey:{base}", "--json")
    result = json.loads(text)
    assert [one["title"]["en"] for one in result["scenarios"]] == ["Today's rules", "New: a child benefit (an example)"]
    assert (result["base"]["kind"], result["base"]["synthetic"], result["base"]["welfare"]) == (
        "survey",
        True,
        "survey",
    )
    for one in result["scenarios"]:
        assert {row["measure"] for row in one["measures"]} <= set(MEASURES)
        assert {row["by"] for row in one["measures"]} <= set(DIMENSIONS)
        assert {row["code"] for row in one["warnings"]} <= set(WARNINGS)
        assert len(one["projection"]) == result["years"] + 1
        told = {row["by"] for row in one["measures"] if row["measure"] == "exclusion"}
        assert told | set(result["base"]["not_known"]) >= set(FAIRNESS)
    errors = {
        row["measure"]: row["error"]
        for row in result["scenarios"][0]["measures"]
        if not row["by"] and not row["programme"]
    }
    for measure in ("coverage", "exclusion", "inclusion", "headcount_before", "headcount", "gap", "gini"):
        assert errors[measure] > 0, measure
    assert said("simulate", *FILES, "--data", f"survey:{base}", "--json") == text


def test_scenarios_as_a_table(base: str) -> None:
    text = said("simulate", FILES[0], "--data", f"survey:{base}")
    assert "Today's rules" in text
    assert "SYNTHETIC" in text
    assert "OAA" in text
    assert "এখনকার নিয়ম" in said("simulate", FILES[0], "--data", f"survey:{base}", language="bn")


def test_what_is_not_there_is_said(base: str, tmp_path: Path) -> None:
    assert "no file" in said("simulate", str(tmp_path / "gone.yaml"), "--data", f"survey:{base}", code=1)
    assert "survey-base" in said("simulate", FILES[0], "--data", f"survey:{tmp_path}", code=1)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("format: 1\n")
    assert "title" in said("simulate", str(wrong), "--data", f"survey:{base}", code=1)
    assert "unknown party" in said("simulate", "nobody", code=2)
