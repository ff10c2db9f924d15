"""shohay budget, dli and codi: what they print and what they refuse."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from shohay.cli.main import app
from shohay.stages.accounts.models import Assignment, User
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.programmes.actions import load_catalogue
from shohay.stages.results.actions_codi import load_codi
from shohay.stages.results.actions_dli import load_dlis

pytestmark = pytest.mark.django_db
ROLES = {"focal": "focal_point", "finance": "finance", "imed": "evaluator", "cabinet": "cabinet"}


@pytest.fixture(autouse=True)
def loaded(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    monkeypatch.setenv("SHOHAY_LANGUAGE", "en")
    load_catalogue(by=SYSTEM)
    load_dlis(by=SYSTEM)
    load_codi(by=SYSTEM)
    for name, role in ROLES.items():
        user = User.objects.create(username=name)
        Assignment.objects.create(user=user, role=role, valid_from=date(2024, 1, 1))


def run(*arguments, code=0):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def test_budgets_from_the_template_to_what_is_verified(tmp_path):
    sheet = tmp_path / "sheet.csv"
    assert "141 programmes" in run("budget", "template", sheet, "--by", "finance")
    lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    sheet.write_text("\n".join([*lines[:3], "NOPE,x,2024-25,1,,,,,,,"]), encoding="utf-8-sig")
    told = json.loads(run("budget", "import", sheet, "--source", "letter 7", "--json", "--by", "focal", code=2))
    assert (told["submitted"], [row["reason"] for row in told["errors"]]) == (2, ["unknown_programme"])
    assert "2 verified" in run("budget", "verify", "--by", "finance")
    shown = json.loads(run("budget", "show", "--by-what", "stage", "--ministry", "MoSW", "--json"))
    assert sum(row["allocation_poisha"] for row in shown["rows"]) == 11_354_900_000_000
    assert (len(shown["series"]), shown["series"][0]["real_poisha"] > 3 * 10**12) == (17, True)
    assert "GDP 2.43%" in run("budget", "show")
    assert "no_measures" in run("budget", "sheet")
    assert json.loads(run("budget", "sheet", "--json"))["quality"] is None
    run("budget", "show", "--by-what", "colour", code=2)
    run("budget", "template", tmp_path / "sheet.pdf", code=2)


def test_a_dli_from_terms_to_payment(tmp_path):
    proof = tmp_path / "report.pdf"
    proof.write_bytes(b"%PDF-1.4\n%x\n%%EOF\n")
    terms = ["--baseline", "40", "--target", "70", "--value", "3000", "--by", "finance"]
    run("dli", "terms", "SNSP-4", *terms)
    number = run("dli", "claim", "SNSP-4", "55", proof, "--by", "focal").split()[1]
    assert "not" in run("dli", "pay", number, "--by", "imed", code=1).lower()
    assert "earns 1,500" in run("dli", "verify", number, "55", "--finding", "seen", "--by", "imed")
    assert "paid 1,500" in run("dli", "pay", number, "--by", "finance")
    row = next(row for row in json.loads(run("dli", "show", "--json")) if row["dli"] == "SNSP-4")
    assert (row["baseline"], row["target"], row["paid"]) == ("40", "70", 1500)
    assert "1,500 of" in run("dli", "show")


def test_an_assessment_is_opened_scored_and_shown(tmp_path):
    made = run("codi", "open", "system", "2024-25", "--assessor", "finance", "--assessor", "imed", "--by", "cabinet")
    number = made.split()[1]
    run("codi", "score", number, "1.1", "3", "--evidence", "manual", "--by", "finance")
    run("codi", "score", number, "1.2", "no_evidence", "--comment", "no survey", "--by", "finance")
    run("codi", "score", number, "1.1", "9", "--evidence", "manual", "--by", "finance", code=1)
    assert "scoring" in run("codi", "list")
    shown = json.loads(run("codi", "show", number, "--json"))
    assert (shown["overall"], len(shown["criteria"])) == (None, 10)
    out = tmp_path / "codi.csv"
    run("codi", "export", number, "-o", out)
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 38
    run("codi", "show", "99999", code=1)
