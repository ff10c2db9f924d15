"""shohay transitions: found, shown, approved by another officer, sent back."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from typer.testing import CliRunner

from shohay.cli.main import app
from shohay.stages.enrolment.models import Enrolment
from tests.factories.world import HERE, UNION_HERE, make_officer, make_person, make_places, make_programmes
from tests.factories.world import publish_definition as publish

pytestmark = pytest.mark.django_db


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["transitions", *words])
    assert done.exit_code == code, done.output
    return done.output


def test_found_sent_back_found_again_and_approved(monkeypatch):
    monkeypatch.setenv("SHOHAY_LANGUAGE", "en")
    make_places()
    make_programmes()
    publish()
    make_officer("upazila", "upazila_officer", HERE)
    make_officer("second", "upazila_officer", HERE)
    dead = make_person(UNION_HERE, death_date=date(2026, 10, 3))
    Enrolment.objects.create(
        person=dead, household=dead.household, programme_code="OAA", area_code=UNION_HERE,
        valid=DateRange(date(2020, 7, 1), None), definition_sha256="f" * 64, enrolled_at=timezone.now(),
        enrolled_by="system",
    )  # fmt: skip
    assert "1 ends and moves of 1 enrolments" in run("find", "--on", "2026-11-22", "--by", "upazila")
    assert "Nobody" in run("find", "--on", "2026-11-22", "--by", "upazila", code=1)
    number = run("show").split("\t")[0]
    assert "death" in run("show", number)
    assert "returned" in run("return", number, "--reason", "look again", "--by", "second")
    found = json.loads(run("find", "--on", "2026-11-22", "--json", "--by", "upazila"))
    assert (found["rows"], found["batches"]) == (1, 1)
    assert ["OAA", "false_information"] in found["untold"]
    assert run("approve", "--by", "upazila") == "", "not one's own"
    assert "1 of 1" in run("approve", "--by", "second")
    assert Enrolment.objects.get().valid.upper == date(2026, 11, 1)
