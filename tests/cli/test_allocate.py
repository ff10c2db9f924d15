"""shohay allocate and allocation: a document is shown, proposed, and approved by another officer."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from shohay.cli.main import app
from shohay.stages.places.models import AreaFact
from shohay.stages.targeting.models import Quota
from tests.factories.world import HERE, THERE, UNION_HERE, UNION_THERE, make_officer, make_person, make_places
from tests.factories.world import make_programmes as programmes

pytestmark = pytest.mark.django_db

ASKED = """
format: 1
title: {bn: "বয়স্ক ভাতা", en: "Old age allowance"}
programme: OAA
fiscal_year: 2026-27
quota: 8
weights: [{fact: persons}, {fact: poverty_rate}]
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOHAY_LANGUAGE", "en")
    make_places()
    programmes()
    make_officer("manager", "programme_manager")
    make_officer("cabinet", "cabinet")
    for union in (UNION_HERE, UNION_THERE):
        make_person(union)
    AreaFact.objects.create(area_id=HERE, name="poverty_rate", value=30, year=2022, source="test")
    AreaFact.objects.create(area_id="50", name="poverty_rate", value=10, year=2022, source="test")
    made = tmp_path / "quota.yaml"
    made.write_text(ASKED)
    return made


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done.output


def test_from_the_document_to_the_quotas(file):
    assert THERE in run("allocate", str(file), code=1), "no figure of its own: refused by name"
    file.write_text(ASKED + "missing: parent\n")
    shown = json.loads(run("allocate", str(file), "--json", "--propose", "--by", "manager"))
    assert {one["area"]: one["places"] for one in shown["areas"]} == {HERE: 6, THERE: 2}
    assert shown["areas"][0]["notes"] == [["parent", {"fact": "poverty_rate", "area": "50", "year": 2022}]]
    assert not Quota.objects.exists()
    number = str(shown["allocation"])
    assert "other" in run("allocation", number, "--by", "manager", code=1)
    assert "approved" in run("allocation", number, "--by", "cabinet")
    assert dict(Quota.objects.values_list("area_code", "slots")) == {HERE: 6, THERE: 2}
    assert "2 gain, 0 lose" in run("allocate", str(file))
