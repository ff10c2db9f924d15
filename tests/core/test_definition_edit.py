"""Editing a definition: days that follow each other, what is wrong and where, what differs, criteria made by form."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shohay.core import criterion_help, definition_difference, definition_edit, document
from shohay.core.criterion_help import Mistake
from shohay.core.definition import Definition
from shohay.core.messages import MESSAGES, Refusal
from shohay.core.messages.drafts import MESSAGES as OWN
from shohay.policy import shipped

OAA = shipped.read("OAA", "definition.yaml")
FIRST = dt.date(2027, 7, 1)


def draft(first: dt.date = FIRST) -> dict[str, Any]:
    return definition_edit.appended(document.read(OAA), first)


def with_parts(**parts: Any) -> dict[str, Any]:
    whole = draft()
    source = [{"source": "Memo", "kind": "rule", "confidence": "high"}]
    return definition_edit.with_edited(whole, {**definition_edit.edited(whole), "legal": source, **parts})


@pytest.mark.parametrize("code", sorted(shipped.by_code()))
def test_what_is_written_down_reads_the_same(code: str):
    text = shipped.by_code()[code][0].text
    assert document.fingerprint(document.write(document.read(text))) == document.fingerprint(text)


def test_words_that_other_readers_take_for_yes_and_no_stay_words():
    whole = {
        "on": "off",
        "yes": "no",
        "n": None,
        "t": True,
        "d": dt.date(2026, 7, 1),
        "s": "2026-07-01",
        "x": "1",
        "e": "",
    }
    assert document.read(document.write(whole)) == whole


def test_the_version_before_ends_the_day_before():
    versions = draft()["versions"]
    assert versions[-2]["valid"] == [dt.date(2026, 7, 1), dt.date(2027, 6, 30)]
    moved = definition_edit.set_validity(draft(), dt.date(2028, 1, 1), dt.date(2028, 12, 31), follows=True)
    assert [one["valid"] for one in moved["versions"][-2:]] == [
        [dt.date(2026, 7, 1), dt.date(2027, 12, 31)],
        [dt.date(2028, 1, 1), dt.date(2028, 12, 31)],
    ]
    assert Definition.parse(document.write(moved)).version_on(dt.date(2028, 1, 1)) is not None


@pytest.mark.parametrize(
    ("first", "last", "code", "next_day"),
    [
        (dt.date(2026, 7, 1), None, "draft_overlap", dt.date(2026, 7, 2)),
        (dt.date(2020, 7, 1), None, "draft_overlap", dt.date(2026, 7, 2)),
        (dt.date(2027, 6, 30), None, "draft_overlap", FIRST),
        (dt.date(2027, 7, 2), None, "draft_gap", FIRST),
        (FIRST, dt.date(2027, 6, 30), "draft_ends_early", None),
    ],
)
def test_days_that_overlap_or_leave_a_gap_are_refused_with_the_day_to_take(first, last, code, next_day):
    """The version before ends on a fixed day here: it does not follow."""
    with pytest.raises(Refusal) as told:
        definition_edit.set_validity(draft(), first, last, follows=False)
    assert told.value.code == code
    assert told.value.params.get("next") == next_day


@pytest.mark.parametrize(
    ("parts", "part", "words"),
    [
        ({}, None, ""),
        ({"legal": [{"source": " ", "kind": "rule", "confidence": "low"}]}, "about", "No legal source"),
        ({"criteria": []}, "criteria", "no condition"),
        ({"criteria": [{"id": "a", "must": "age > :x", "text": {"bn": "ক", "en": "a"}}]}, "criteria", "“x”"),
        ({"criteria": [{"id": "a", "must": "age > 1", "text": {"bn": "", "en": "a"}}]}, "criteria", "both languages"),
        ({"priority": [{"by": "agee"}]}, "selection", "agee"),
        ({"quota": {"by": "upazila", "universal_where": "nowhere"}}, "selection", "nowhere"),
        ({"moves_in": [{"from": "WDA", "when": "age >="}]}, "transitions", "cannot be read"),
        ({"benefit": [{"kind": "cash", "amount": "nothing", "per": "month", "of": "person"}]}, "benefit", "nothing"),
        ({"benefit": []}, "benefit", "at least 1"),
        ({"compatible": {"default": "maybe", "reason": {"bn": "ক", "en": "a"}}}, "compatible", "forbidden"),
        ({"ends": [{"on": "death", "from": "never"}]}, "transitions", "next_month"),
    ],
)
def test_a_problem_is_told_in_the_part_where_it_is_mended(parts, part, words):
    found = definition_edit.problems(with_parts(**parts))
    assert {problem.part for problem in found} == ({part} if part else set())
    assert all(words in problem.text.en and problem.text.bn != problem.text.en for problem in found)


def test_conditions_are_added_moved_and_taken_out():
    new = {"id": "poor", "must": "annual_income < 1", "text": {"bn": "ক", "en": "a"}}
    whole = definition_edit.put_criterion(draft(), "", new)
    for _ in range(9):  # as far as it goes, and not further
        whole = definition_edit.move_criterion(whole, "poor", -1)
    ids = [one["id"] for one in definition_edit.edited(whole)["criteria"]]
    assert ids == ["poor", "age", "resident", "identity", "income", "public_service"]
    renamed = definition_edit.put_criterion(whole, "poor", {**new, "id": "very_poor"})
    assert definition_edit.edited(renamed)["criteria"][0]["id"] == "very_poor"
    with pytest.raises(Refusal, check=lambda wrong: wrong.code == "definition_id_twice"):
        definition_edit.put_criterion(whole, "poor", {**new, "id": "age"})
    assert len(definition_edit.edited(definition_edit.drop_criterion(whole, "age"))["criteria"]) == 5


def difference(**parts: Any) -> list[tuple[str, str, str]]:
    before, after = Definition.parse(OAA), Definition.parse(document.write(with_parts(**parts)))
    found = definition_difference.compare(before, after)
    assert all(change.label.bn and (change.old or change.new) for change in found)
    return [(one.part, one.kind, one.label.en) for one in found if one.part != "about"]


@pytest.mark.parametrize("code", sorted(shipped.by_code()))
def test_a_definition_does_not_differ_from_itself_and_is_all_new_beside_nothing(code: str):
    definition = shipped.by_code()[code][0]
    assert definition_difference.compare(definition, definition) == []
    assert {one.kind for one in definition_difference.compare(None, definition)} == {"added"}


def test_what_differs_is_told_part_by_part():
    version = definition_edit.edited(draft())
    figures, conditions = version["parameters"], version["criteria"]
    assert difference() == []
    assert difference(parameters={**figures, "age_men": {"value": 60, "unit": "years"}}) == [
        ("criteria", "changed", "age"), ("parameters", "changed", "age_men"),
    ]  # fmt: skip
    assert difference(criteria=conditions[1:]) == [("criteria", "removed", "age")]
    assert difference(criteria=[*conditions[1:], conditions[0]]) == [("criteria", "changed", "Order of the conditions")]
    assert difference(quota={"by": "none", "from": "none"}) == [("selection", "changed", "Quota")]
    assert difference(ends=version["ends"][1:]) == [("transitions", "removed", "death")]


def test_rewriting_the_past_is_told():
    before = Definition.parse(OAA)
    after = Definition.parse(document.write(with_parts()).replace("value: 600", "value: 601"))
    assert [one.part for one in definition_difference.compare(before, after) if one.part != "about"] == ["past"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("age >= 60 and agee < 3", (14, 18)), ("age >= :nothing", (8, 15)), ("age >= (60", (7, 8)), ("age; drop", (3, 4)),
        ("sex = 'boy'", (7, 10)), ("age >=", (4, 6)),
    ],
)  # fmt: skip
def test_a_mistake_has_its_place(text: str, place: tuple[int, int]):
    told = criterion_help.examine(text, {})
    assert isinstance(told, Mistake)
    assert (told.start, told.end) == place


def test_what_a_missing_fact_does():
    told = criterion_help.examine("age >= 60 and (is_widowed or coalesce(is_landless, false))", {})
    assert not isinstance(told, Mistake)
    assert [(one.fact.name, one.role) for one in criterion_help.needed(told)] == [
        ("age", "and"), ("is_widowed", "or"), ("is_landless", "assumed"),
    ]  # fmt: skip
    assert isinstance(criterion_help.examine("age >= 60", {}, "household"), Mistake)


@pytest.mark.parametrize(
    ("made", "given"),
    [
        ("age between :low and 70", ("age", "between", ":low", "70")),
        ("not is_widowed", ("is_widowed", "false", "", "")),
        ("sex in ('male', 'hijra')", ("sex", "in", "male, hijra", "")),
        ("birth_date < date '1960-01-01'", ("birth_date", "<", "1960-01-01", "")),
    ],
)
def test_a_condition_made_by_form(made: str, given: tuple[str, str, str, str]):
    assert criterion_help.build(*given, {"low": 60}) == made
    words = criterion_help.sentence(*given)
    assert words.bn != words.en


@pytest.mark.parametrize(
    "given", [("age", ">=", "sixty", ""), ("age", ">=", "60 or true", ""), ("sex", "=", "x' or 'a", ""),
              ("agee", ">=", "1", ""), ("age", ">=", ":no", ""), ("sex", "=", "boy", "")]
)  # fmt: skip
def test_what_does_not_fit_the_fact_is_refused(given: tuple[str, str, str, str]):
    with pytest.raises(Refusal):
        criterion_help.build(*given, {})


def test_every_refusal_of_drafts_says_what_next_in_both_languages():
    for code, (bn, en) in OWN.items():
        assert MESSAGES[code] == (bn, en)
        assert en.rstrip()[-1] in ".}"
