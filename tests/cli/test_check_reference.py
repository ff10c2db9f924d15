"""shohay load reference, shohay check reference."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import typer
from typer.testing import CliRunner

from shohay.cli import check, load
from shohay.stages.audit.models import Event
from shohay.stages.programmes.models import Programme

pytestmark = pytest.mark.django_db


def run(*arguments: str):
    app = typer.Typer()
    load.register(app)
    check.register(app)
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


@pytest.fixture
def loaded():
    return json.loads(run("load", "reference").output)


def test_everything_is_loaded_and_adds_up(loaded):
    assert loaded["programmes"] == {"rows": 141, "added": 141, "changed": 0}
    done = run("check", "reference")
    found = json.loads(done.output)
    assert done.exit_code == 0
    assert found["ok"]
    assert found["problems"] == []
    assert (found["programmes"], found["budget_crore"], found["beneficiaries_lakh"]) == (140, "136025.64", "1475.39")
    assert found["ministries_equal"]
    assert found["areas"]["union"] == 5119
    assert found["statuses"]["In-progress"] == 655


def test_loading_again_changes_nothing(loaded):
    again = json.loads(run("load", "reference").output)
    changed = {
        name: counts
        for name, counts in again.items()
        if isinstance(counts, dict) and (counts["added"] or counts["changed"])
    }
    assert changed == {}
    assert again["definitions_added"] == 0
    assert Event.objects.filter(action="places.loaded").count() == 2


def test_a_wrong_budget_names_its_ministry(loaded):
    Programme.objects.filter(code="VGF").update(budget_crore=Decimal("0.01"))
    done = run("check", "reference")
    found = json.loads(done.output)
    assert done.exit_code == 1
    assert not found["ministries_equal"]
    assert any(problem.startswith("MoDMR: published budget_crore") for problem in found["problems"])
    assert any(problem.startswith("budget_crore is") for problem in found["problems"])


def test_a_missing_programme_is_missed(loaded):
    Programme.objects.filter(code="HILSA").delete()
    problems = json.loads(run("check", "reference").output)["problems"]
    assert "programmes is 139, published 140" in problems
    assert "MoFL: published programmes 6, its programmes add up to 5" in problems


def test_nothing_loaded_says_what_to_do():
    done = run("check", "reference")
    assert done.exit_code == 1
    assert json.loads(done.output)["problems"] == ["nothing is loaded: run `shohay load reference`"]
