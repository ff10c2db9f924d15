"""Scenarios: what a document may say, and what a change makes of a definition."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from shohay.core.definition import Definition
from shohay.core.messages import Refusal
from shohay.core.scenario import Change, Scenario, changed
from shohay.policy import shipped

DAY = dt.date(2026, 11, 21)
DEFINITIONS = {definition.code: definition for definition in shipped.definitions()}
EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples" / "scenarios").glob("*.yaml"))


def scenario(*programmes: dict[str, Any], **more: Any) -> Scenario:
    whole = {"format": 1, "title": {"bn": "ক", "en": "a"}, "on": DAY.isoformat(), "programmes": list(programmes)}
    return Scenario.parse(json.dumps({**whole, **more}))


def refused(*programmes: dict[str, Any], **more: Any) -> str:
    with pytest.raises(Refusal) as found:
        scenario(*programmes, **more).choices(DEFINITIONS)
    assert found.value.say("bn") != found.value.say("en")
    return found.value.code


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_can_be_simulated(path: Path) -> None:
    one = Scenario.parse(path.read_text(encoding="utf-8"))
    assert one.choices(DEFINITIONS)


def test_there_are_the_four_examples_of_what_if() -> None:
    assert {path.stem for path in EXAMPLES} >= {"age_60", "taka_1000", "universal_262", "new_benefit"}
    whole = next(path for path in EXAMPLES if path.stem == "universal_262").read_text(encoding="utf-8")
    oaa = Scenario.parse(whole).choices(DEFINITIONS)[0]
    assert len(oaa.universal_in) == 262
    assert "EXAMPLE LIST" in whole


@pytest.mark.parametrize("code", sorted(DEFINITIONS))
def test_no_change_leaves_the_versions_as_they_are(code: str) -> None:
    before = DEFINITIONS[code]
    assert changed(before, Change(), DAY).versions == tuple(one for one in before.versions if one.last >= DAY)


def test_figures_and_conditions_are_replaced_dropped_and_added() -> None:
    change = {
        "parameters": {"age_men": 60, "rate": 1000},
        "criteria": {"income": None, "identity": "has_identity or age >= 90",
                     "land": {"must": "is_landless", "text": {"bn": "ভূমিহীন", "en": "Landless"}}},
        "quota": "none",
    }  # fmt: skip
    (one,) = scenario({"code": "OAA", "change": change}, take_up={"OAA": 0.8}).choices(DEFINITIONS)
    assert (one.origin, one.take_up, one.version.values["age_men"], one.version.values["rate"]) == (
        "changed",
        0.8,
        60,
        1000,
    )
    assert [criterion.id for criterion in one.version.criteria] == [
        "age",
        "resident",
        "identity",
        "public_service",
        "land",
    ]
    assert one.version.quota.from_ == "none"
    assert one.definition.sha256 != DEFINITIONS["OAA"].sha256


def test_a_draft_takes_the_place_of_the_published() -> None:
    draft = changed(DEFINITIONS["OAA"], Change(parameters={"rate": 900}), DAY)
    one = scenario({"code": "OAA", "draft": draft.sha256})
    assert one.choices(DEFINITIONS, {draft.sha256: draft})[0].origin == "draft"
    with pytest.raises(Refusal, match="no draft"):
        one.choices(DEFINITIONS)


@pytest.mark.parametrize(("change", "code"), [
    ({"criteria": {"age": "age >= (select 1)"}}, "criterion_unreadable"),
    ({"criteria": {"age": "shoe_size >= 60"}}, "criterion_unknown_fact"),
    ({"parameters": {"shoe_size": 60}}, "scenario_wrong"),
    ({"criteria": {"shoe": None}}, "scenario_wrong"),
    ({"parameters": {"rate": -5}}, "definition_wrong"),
    ({"priority": []}, "definition_wrong"),
])  # fmt: skip
def test_what_could_not_be_published_cannot_be_simulated(change: dict[str, Any], code: str) -> None:
    found = refused({"code": "OAA", "change": change})
    assert found == code or (code == "criterion_unreadable" and found.startswith("criterion_"))


@pytest.mark.parametrize(("programmes", "more", "code"), [
    ([{"code": "OAA"}, {"code": "OAA"}], {}, "scenario_twice"),
    ([{"code": "XXX"}], {}, "scenario_unknown_programme"),
    ([{"code": "OAA", "new": {}}], {}, "scenario_wrong"),
    ([{}], {}, "scenario_wrong"),
    ([], {}, "scenario_wrong"),
    ([{"code": "OAA"}], {"take_up": 1.5}, "scenario_wrong"),
    ([{"code": "OAA"}], {"on": "1999-01-01"}, "scenario_no_version"),
    ([{"code": "OAA"}], {"colour": "blue"}, "scenario_wrong"),
    ([{"code": "OAA", "change": {"universal_in": ["12"]}}], {}, "scenario_wrong"),
    ([{"new": {"format": 1}}], {}, "definition_first_changes"),
])  # fmt: skip
def test_a_wrong_document_is_refused_by_name(programmes: list[Any], more: dict[str, Any], code: str) -> None:
    found = refused(*programmes, **more)
    assert found == code or (code.startswith("definition") and found.startswith("definition"))


def test_the_hash_is_of_what_is_said_not_of_how() -> None:
    text = scenario({"code": "OAA"}).text
    assert Scenario.parse(text).sha256 == Scenario.parse(json.dumps(json.loads(text), indent=2)).sha256
    assert isinstance(DEFINITIONS["OAA"], Definition)
