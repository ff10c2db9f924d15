"""Linear and categorical formulas: worked by hand, taken apart, refused in words."""

from __future__ import annotations

import json
import math
from typing import Any

import duckdb
import pytest

from shohay.bulk import pmt
from shohay.core.messages import MESSAGES, Refusal

SIZE = {"text": {"bn": "সদস্য", "en": "Members"}, "value": "household_size", "coefficient": -0.1}
BRICK = {"text": {"bn": "ইটের দেয়াল", "en": "Brick walls"}, "value": "walls = 'brick'", "coefficient": 0.25}
FANS = {"text": {"bn": "পাখা", "en": "Fans"}, "value": "coalesce(fans, 0)", "coefficient": 0.05}
ROOMS = {"text": {"bn": "কক্ষ", "en": "Rooms"}, "value": "rooms * rooms", "coefficient": 0.01}


def model(name: str, kind: str | None, intercept: float, *terms: dict[str, Any], **more: object) -> dict[str, Any]:
    made = {"name": name, "text": {"bn": name, "en": name}, "intercept": intercept, "terms": list(terms), **more}
    return made if kind is None else {**made, "when": f"area_type = '{kind}'"}


def linear(*models: dict[str, Any], **more: object) -> dict[str, Any]:
    return {
        "code": "test_pmt", "title": {"bn": "পরীক্ষা", "en": "Test"}, "source": "invented for a test", "kind": "linear",
        "models": list(models), "scale": [[1000, 0], [4000, 400], [16000, 1000]], **more,
    }  # fmt: skip


DOCUMENT = linear(
    model("rural", "rural", 8.0, SIZE, BRICK, smearing=1.1),
    model("urban", "urban", 8.5, SIZE, FANS, offset=-0.1),
    model("city", "city", 9.0, ROOMS),
    likelihood=[[0, 90], [400, 20]], poor_below=300, valid_months=24,
)  # fmt: skip
POOR = {
    "code": "test_n_of_m", "title": {"bn": "পরীক্ষা", "en": "Test"}, "source": "invented for a test",
    "kind": "categorical", "needed": 2,
    "conditions": [
        {"text": {"bn": "মাটির দেয়াল", "en": "Mud walls"}, "when": "walls = 'mud'"},
        {"text": {"bn": "ভূমিহীন", "en": "Landless"}, "when": "is_landless"},
        {"text": {"bn": "একটি কক্ষ", "en": "One room"}, "when": "rooms < 2"},
    ],
}  # fmt: skip
COLUMNS = {
    "household_size": "integer", "walls": "varchar", "fans": "integer", "rooms": "integer", "area_type": "varchar",
    "is_landless": "boolean",
}  # fmt: skip


def parse(document: dict[str, Any]) -> pmt.Formula:
    return pmt.Formula.parse(json.dumps(document))


def made(formula: pmt.Formula, name: str, **facts: object) -> Any:
    """A fact that the formula makes of these facts, step by step as a run does."""
    values = ", ".join(
        f"cast({'null' if facts.get(column) is None else repr(facts[column])} as {kind}) as {column}"
        for column, kind in COLUMNS.items()
    )
    bound = {column: column for column in (*COLUMNS, "ppi_score", "pmt_score")}
    source = f"(select {values})"
    for step in ("ppi_score", "pmt_score"):
        source = f"(select *, {formula.fact_sql(step, bound)} as {step} from {source})"
    sql = formula.welfare_sql(bound) if name == "welfare" else name
    sql = formula.fact_sql(name, bound) if name in ("is_poor_by_score", "poverty_likelihood") else sql
    row = duckdb.sql(f"select {sql} from {source}").fetchone()
    return row[0] if row else None


def test_each_kind_of_area_has_its_own_sum() -> None:
    formula = parse(DOCUMENT)
    rural = made(formula, "welfare", area_type="rural", household_size=4, walls="brick")
    assert rural == pytest.approx(math.exp(8.0 + math.log(1.1) - 0.4 + 0.25), rel=1e-12)
    urban = made(formula, "welfare", area_type="urban", household_size=5, fans=None)
    assert urban == pytest.approx(math.exp(8.4 - 0.5), rel=1e-12)
    assert made(formula, "welfare", area_type="city", rooms=3) == pytest.approx(math.exp(9.09), rel=1e-12)
    assert formula.facts == {"household_size", "walls", "fans", "rooms", "area_type"}
    assert formula.valid_months == 24


def test_the_score_is_straight_between_the_steps_and_cut_at_the_ends() -> None:
    formula = parse(linear(model("all", None, 0.0, {**ROOMS, "value": "rooms", "coefficient": math.log(2)})))
    at = {rooms: made(formula, "pmt_score", rooms=rooms) for rooms in (5, 10, 11, 12, 13, 14, 20)}
    # 2^10 = 1024 ... 2^14 = 16384: half the way from 1000 to 4000 in logarithms is 2000
    assert at[5] == 0
    assert at[14] == at[20] == 1000
    assert at[11] == math.floor(400 * math.log(2048 / 1000) / math.log(4) + 0.5) == 207
    assert at[10] < at[11] < at[12] < at[13]
    assert made(formula, "ppi_score", rooms=10) is None


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"area_type": None, "household_size": 4, "walls": "brick"}, "the sub-model cannot be chosen"),
        ({"area_type": "rural", "household_size": None, "walls": "brick"}, "a number is missing"),
        ({"area_type": "rural", "household_size": 4, "walls": None}, "a category is missing"),
        ({"area_type": "city", "rooms": None}, "a square is missing"),
    ],
)
def test_what_cannot_be_told_gives_no_score(facts: dict[str, object], why: str) -> None:
    formula = parse(DOCUMENT)
    for name in ("welfare", "pmt_score", "poverty_likelihood", "is_poor_by_score"):
        assert made(formula, name, **facts) is None, why


def test_likelihood_and_poverty_by_the_score() -> None:
    formula = parse(DOCUMENT)
    low, high = {"area_type": "rural", "household_size": 9, "walls": "mud"}, {"area_type": "city", "rooms": 7}
    assert (made(formula, "poverty_likelihood", **low), made(formula, "is_poor_by_score", **low)) == (90, True)
    assert (made(formula, "poverty_likelihood", **high), made(formula, "is_poor_by_score", **high)) == (20, False)


@pytest.mark.parametrize(
    ("walls", "landless", "rooms", "points", "score", "poor"),
    [
        ("mud", True, 1, 0, 0, True), ("mud", True, 3, 1, 333, True), ("tin", False, 1, 2, 666, False),
        ("tin", False, 4, 3, 1000, False), (None, True, 1, None, None, True), (None, False, 4, None, None, False),
        (None, True, 4, None, None, None),
    ],
)  # fmt: skip
def test_n_of_m_conditions(walls, landless, rooms, points, score, poor) -> None:  # type: ignore[no-untyped-def]
    """Two known conditions suffice to say poor; two that fail suffice to say not."""
    formula, facts = parse(POOR), {"walls": walls, "is_landless": landless, "rooms": rooms}
    assert made(formula, "ppi_score", **facts) == points
    assert made(formula, "pmt_score", **facts) == score
    assert made(formula, "is_poor_by_score", **facts) is poor


def test_a_score_taken_apart_adds_up() -> None:
    facts = {"area_type": "rural", "household_size": 4, "walls": "brick", "rooms": 2}
    parts = parse(DOCUMENT).breakdown(facts)
    assert [part.text.en for part in parts[1:]] == ["Members", "Brick walls"]
    assert parts[0].contribution == pytest.approx(8.0 + math.log(1.1))
    welfare = made(parse(DOCUMENT), "welfare", **facts)
    assert math.exp(sum(part.contribution or 0 for part in parts)) == pytest.approx(welfare, rel=1e-12)
    assert parts[2].facts == {"walls": "brick"}
    assert parse(DOCUMENT).breakdown({"household_size": 4}) == []  # of no kind of area: no sub-model


def test_points_and_conditions_taken_apart() -> None:
    told = pmt.shipped().breakdown({"rooms": 2, "has_television": True, "fans": None})
    by_text = {part.text.en: part for part in told}
    assert len(told) == 10
    assert (by_text["Rooms occupied"].contribution, by_text["Rooms occupied"].most) == (3, 5)
    assert by_text["Owns a television"].contribution == 7
    assert by_text["Fans"].contribution is None
    held = parse(POOR).breakdown({"walls": "mud", "is_landless": False})
    assert [part.contribution for part in held] == [1, 0, None]


def without(document: dict[str, Any], *path: object) -> dict[str, Any]:
    made = json.loads(json.dumps(document))
    at = made
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    return made


def changed(document: dict[str, Any], value: object, *path: object) -> dict[str, Any]:
    made = json.loads(json.dumps(document))
    at = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return made


WRONG = {
    "no coefficient": (without(DOCUMENT, "models", 0, "terms", 1, "coefficient"), "formula_coefficient"),
    "a text for one": (changed(DOCUMENT, "much", "models", 0, "terms", 1, "coefficient"), "formula_coefficient"),
    "not a number": (changed(DOCUMENT, True, "models", 0, "terms", 1, "coefficient"), "formula_coefficient"),
    "no intercept": (without(DOCUMENT, "models", 1, "intercept"), "formula_coefficient"),
    "unknown fact": (changed(DOCUMENT, "wealth", "models", 0, "terms", 0, "value"), "criterion_unknown_fact"),
    "fact of a person": (changed(DOCUMENT, "age", "models", 0, "terms", 0, "value"), "fact_of_person"),
    "reads itself": (changed(DOCUMENT, "pmt_score", "models", 0, "terms", 0, "value"), "formula_circle"),
    "a text to multiply": (changed(DOCUMENT, "walls", "models", 0, "terms", 0, "value"), "formula_value"),
    "a bare number": (changed(DOCUMENT, "3 + 4", "models", 0, "terms", 0, "value"), "formula_value"),
    "city has no model": (without(DOCUMENT, "models", 2), "formula_model_missing"),
    "a city asked twice": (changed(DOCUMENT, "area_type = 'rural'", "models", 2, "when"), "formula_model_missing"),
    "never used": (changed(DOCUMENT, "not is_rural", "models", 1, "when"), "formula_model_never"),
    "nothing remains": (without(DOCUMENT, "models", 0, "when"), "formula_model_never"),
    "other facts, no rest": (changed(DOCUMENT, "rooms > 2", "models", 2, "when"), "formula_model_missing"),
    "two of one name": (changed(DOCUMENT, "rural", "models", 2, "name"), "formula_twice"),
    "two of one term": (changed(DOCUMENT, SIZE, "models", 0, "terms", 1), "formula_twice"),
    "falling scale": (changed(DOCUMENT, [[1000, 0], [900, 500]], "scale"), "formula_scale"),
    "level scale": (changed(DOCUMENT, [[1000, 5], [2000, 5]], "scale"), "formula_scale"),
    "one step": (changed(DOCUMENT, [[1000, 5]], "scale"), "formula_scale"),
    "over the top": (changed(DOCUMENT, [[1000, 5], [2000, 1001]], "scale"), "formula_number"),
    "no such kind": (changed(DOCUMENT, "neural", "kind"), "formula_kind"),
    "smearing of nothing": (changed(DOCUMENT, 0, "models", 0, "smearing"), "formula_number"),
    "rising likelihood": (changed(DOCUMENT, [[0, 10], [400, 20]], "likelihood"), "formula_likelihood"),
    "never valid": (changed(DOCUMENT, 0, "valid_months"), "formula_number"),
    "a stranger's key": (changed(DOCUMENT, 1, "weights"), "formula_key"),
    "no source": (changed(DOCUMENT, "", "source"), "formula_lacks"),
    "no terms": (changed(DOCUMENT, [], "models", 0, "terms"), "formula_lacks"),
    "four of three": (changed(POOR, 4, "needed"), "formula_needed"),
    "none of three": (changed(POOR, 0, "needed"), "formula_needed"),
    "no condition": (changed(POOR, "rooms", "conditions", 0, "when"), "formula_condition"),
    "a hostile call": (changed(POOR, "pg_sleep(9) > 1", "conditions", 0, "when"), "criterion_not_allowed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_formula_is_refused_in_both_languages(case: str) -> None:
    document, code = WRONG[case]
    with pytest.raises(Refusal) as found:
        parse(document)
    assert found.value.code == code
    assert code in MESSAGES
    assert "{" not in found.value.say("bn") + found.value.say("en")


def test_a_model_for_the_rest_needs_no_condition() -> None:
    formula = parse(linear(model("rural", "rural", 8.0, SIZE), model("other", None, 9.0, SIZE)))
    assert made(formula, "welfare", area_type="city", household_size=1) == pytest.approx(math.exp(8.9))
    assert made(formula, "welfare", area_type="rural", household_size=1) == pytest.approx(math.exp(7.9))
