"""shohay score: install, activate by another, list, card, train into a folder; a refusal ends with 1 and says why."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from shohay.bulk import pmt, survey_base
from shohay.cli.main import app
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.programmes import actions_scores
from shohay.stages.programmes import queries_scores as queries
from tests.stages.programmes.test_scores import document

pytestmark = pytest.mark.django_db
MANAGER = Officer("salma", "programme_manager", ("",), ("",))


def said(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["score", *arguments], env={"SHOHAY_LANGUAGE": "en"})
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture(autouse=True)
def shipped() -> None:
    actions_scores.install_shipped_formula(by=SYSTEM)


def test_a_document_is_installed_listed_and_put_in_force_by_another(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(document(), encoding="utf-8")
    made = json.loads(said("install", str(tmp_path / "a.yaml"), "--json"))
    assert made["sha256"] in {one.sha256 for one in queries.versions()}
    assert "installed" in said("list")
    assert "another officer" in said("activate", "family_pmt", code=1).lower()  # the system installed it
    assert "no model card" in said("card", "family_pmt", code=1)
    other = actions_scores.install(text=document("other_pmt"), by=MANAGER)
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert other.sha256[:12] in said("activate", "other_pmt", "--on", day)
    assert "no score formula" in said("activate", "nothing", code=1)


def test_a_formula_without_a_coefficient_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(document().replace(', "coefficient": -0.1', ""), encoding="utf-8")
    assert "household_size” has no coefficient" in said("install", str(tmp_path / "a.yaml"), code=1)


@pytest.mark.heavy
def test_training_installs_or_writes_the_same_formula(tmp_path: Path) -> None:
    base = survey_base.synthetic(households=480, seed=5, out=tmp_path / "base")
    given = ["train", str(base), "--code", "pmt_small", "--areas", "one", "--facts", "household_size,rooms,walls,fans",
             "--compare", "", "--folds", "3"]  # fmt: skip
    said(*given, "--out", str(tmp_path / "out"))
    formula = pmt.Formula.parse((tmp_path / "out" / "pmt_small.yaml").read_text("utf-8"))
    assert formula.synthetic
    made = json.loads(said(*given, "--json").splitlines()[-1])
    assert made["sha256"] == formula.sha256
    assert 0 < made["fit"]["r2_out"] < 1
    card = json.loads(said("card", "pmt_small", "--json"))
    assert card == json.loads((tmp_path / "out" / "pmt_small.card.json").read_text("utf-8"))
    assert "CGH" in said("card", "pmt_small")
    assert "cannot be" in said(*given[:2], "--code", "x", "--share", "2", code=1)
