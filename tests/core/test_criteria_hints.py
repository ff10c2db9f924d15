"""Hints about criteria: what is always or never true, found in the text, never wrongly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from shohay.core.criteria_hints import measured, missing, static, together
from shohay.core.definition import Definition
from shohay.policy import shipped
from tests.core.criteria_grammar import PARAMETERS, conditions, facts
from tests.naive.criteria import judge

NEVER = [
    "false", "age >= 65 and age < 60", "age > 200", "age < 0", "sex = 'male' and sex = 'female'", "is_head and not is_head",
    "age between 70 and 60", "sex not in ('male', 'female', 'hijra')", "1 > 2", ":zero > 5", "at_least(3, is_head, is_disabled)",
    "birth_date < date '1960-01-01' and birth_date > date '1970-01-01'", "poverty_rate > 100", "age = 5 and age <> 5",
    "(age > 60 or is_head) and age < 50 and not is_head", "60 > age and 65 <= age", "household_size < 0",
    "at_least(2, age < 18, age > 60, is_head and not is_head)", "occupation = 'farmer' and occupation = 'fisher'",
    "age in (5, 6) and age > 7", "not (age >= 60 or age < 60)",
]  # fmt: skip
ALWAYS = [
    "true", "age >= 0", "age >= 60 or age < 60", "not (sex = 'male' and sex = 'female')", "is_head or not is_head",
    "at_least(0, is_head)", "2 > 1", "poverty_rate <= 100", "sex in ('male', 'female', 'hijra')", "age <> 5 or age = 5",
    "is_head = true or is_head = false", "household_size >= :zero",
]  # fmt: skip
NEITHER = [
    "age >= 60", "age >= 65 or age < 60", "is_head", "sex = 'male'", "coalesce(age, 0) > 5", "age + 1 > 5", "age > household_size",
    "at_least(1, is_head, is_disabled)", "age > 64 and age < 66", "occupation <> 'farmer'", "annual_income >= 0 and is_head",
    "birth_date <> marriage_ended_on", "age between 60 and 60",
]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "code"), [(NEVER, ["criterion_hint_never"]), (ALWAYS, ["criterion_hint_always"]), (NEITHER, [])]
)
def test_what_the_text_proves(texts: list[str], code: list[str]) -> None:
    found = {text: [hint.code for hint in static(text, PARAMETERS)] for text in texts}
    assert found == dict.fromkeys(texts, code)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=conditions(), of=facts())
def test_what_is_said_of_a_text_is_so_for_everybody(text: str, of: dict[str, Any]) -> None:
    found = [hint.code for hint in static(text, PARAMETERS)]
    value = judge(text, of, PARAMETERS)
    assert not (found == ["criterion_hint_never"] and value is True)
    assert not (found == ["criterion_hint_always"] and value is False)


def test_shipped_rules_give_no_hint() -> None:
    for definition in shipped.definitions():
        for version in definition.versions:
            assert together(version) == []
            for criterion in version.criteria:
                assert static(criterion.must, version.values) == []


def test_criteria_that_exclude_each_other_are_named() -> None:
    text = shipped.read("OAA", "definition.yaml")
    spoiled = text.replace("criteria:\n", "criteria:\n      - {id: young, must: 'age < 30', text: {bn: ক, en: a}}\n", 1)
    hints = together(Definition.parse(spoiled).versions[0])
    assert [hint.code for hint in hints] == ["criteria_hint_together"]


def test_what_the_counts_say() -> None:
    def codes(true: int, false: int, unknown: int) -> list[str]:
        return [hint.code for hint in measured({"true": true, "false": false, "unknown": unknown}, "age > 60")]

    assert codes(0, 0, 0) == codes(10, 90, 5) == []
    assert codes(0, 100, 0) == ["criterion_hint_no_one"]
    assert codes(100, 0, 0) == ["criterion_hint_everyone"]
    assert codes(10, 50, 40) == ["criterion_hint_untold"]
    assert codes(0, 0, 100) == ["criterion_hint_no_one", "criterion_hint_untold"]


def test_facts_often_missing_are_named_with_their_share() -> None:
    hints = missing(["age", "walls", "rooms", "fans"], {"age": 0.05, "walls": 0.999, "rooms": None})
    assert [hint.params for hint in hints] == [{"fact": "walls", "percent": 99.9}]
    assert "৯৯.৯%" in hints[0].say("bn")
