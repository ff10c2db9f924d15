"""shohay household and event: a household on any day as JSON; events listed, approved and refused."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from shohay.cli.main import app
from shohay.stages.registry import actions_events
from tests.factories.world import UNION_HERE, make_officer, make_places
from tests.stages.registry.families import make_family, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(db):
    make_places()
    make_officer("checker", "upazila_officer", "554952")
    return make_family(area=UNION_HERE)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*arguments])
    return done.exit_code, done.stdout


def death(family, **more: object):
    household, people = family
    return actions_events.death(household=household, told=told(), person=people["mother"].pk, by=by_operator(), **more)


def by_operator():
    from shohay.stages.accounts.officer import Officer

    return Officer("operator", "union_operator", ("554952",), ("",))


def test_a_household_before_and_after(family):
    household = family[0]
    event = death(family)
    assert run("event", "list", "--by", "checker")[1].split("\t")[:3] == [str(event.pk), "death", "proposed"]
    code, said = run("event", "approve", str(event.pk), "--by", "checker")
    assert code == 0
    assert json.loads(said)["state"] == "approved"
    for on, members in ((date(2026, 8, 31), 5), (date(2026, 9, 1), 4)):
        code, said = run("household", str(household.pk), "--as-of", on.isoformat(), "--json", "--by", "checker")
        told_of = json.loads(said)
        assert (code, told_of["as_of"], len(told_of["members"])) == (0, on.isoformat(), members)
    known = run("household", str(household.pk), "--as-of", "2026-09-01", "--known-at", "2026-02-01 12:00:00", "--json")[
        1
    ]
    assert len(json.loads(known)["members"]) == 5  # in February nobody knew of it
    assert run("household", str(household.pk))[1].count("\n") == 5
    assert json.loads(run("event", "show", str(event.pk))[1])["counts"]["facts"] == 2
    assert json.loads(run("event", "list", "--state", "approved", "--json")[1])["event"] == event.pk


def test_what_is_not_there_and_what_may_not_be(family):
    event = death(family)
    assert run("household", "999999")[0] == 1
    assert run("event", "show", "999999")[0] == 1
    assert run("event", "approve", str(event.pk), "--by", "nobody")[0] == 1
    code, said = run("event", "refuse", str(event.pk), "--reason", "she is alive", "--by", "checker")
    assert (code, json.loads(said)["state"]) == (0, "refused")
    assert run("event", "approve", str(event.pk), "--by", "checker")[0] == 1


def test_a_household_of_another_area_is_not_found(family):
    make_officer("far", "upazila_officer", "504130")
    assert run("household", str(family[0].pk), "--by", "far")[0] == 1
    assert run("event", "list", "--by", "far")[1] == ""
