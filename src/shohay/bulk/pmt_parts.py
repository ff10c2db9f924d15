"""The parts of a score formula and how they are read: questions, sub-models with terms, conditions, scales.

Every refusal says where in the document it is. Expressions are those of criteria (core.criteria) over facts of the
household and its area; what a formula makes itself (ppi_score, pmt_score ...) cannot be read by one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import duckdb

from shohay.core import criteria
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal, Text

MADE = frozenset({"ppi_score", "pmt_score", "poverty_likelihood", "is_poor_by_score"})  # by a formula
LIMIT = 1e9  # of coefficients and of taka
TOP = 1000
Bindings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its text, the facts that it needs, and (condition, points) tried in order."""

    text: Text
    facts: tuple[str, ...]
    answers: tuple[tuple[criteria.Checked | None, int], ...]

    def sql(self, bindings: Bindings) -> str:
        """Its points; NULL when a fact is not known."""
        unknown = " or ".join(f"{bindings[name]} is null" for name in self.facts)
        steps = " ".join(
            f"when {checked.sql(bindings, {})} then {points}" for checked, points in self.answers if checked
        )
        return f"(case when {unknown} then null {steps} else {self.answers[-1][1]} end)"


@dataclass(frozen=True, slots=True)
class Term:
    """A number or a condition (1 or 0) times a coefficient in the logarithm of welfare."""

    text: Text
    value: criteria.Checked
    coefficient: float

    def value_sql(self, bindings: Bindings) -> str:
        sql = self.value.sql(bindings, {})
        return f"cast({f'cast({sql} as integer)' if self.value.kind == 'bool' else sql} as double)"


@dataclass(frozen=True, slots=True)
class Model:
    """A sub-model: whom it is for (None: everybody left), what it adds up. ``smearing`` restores mean taka."""

    name: str
    text: Text
    when: criteria.Checked | None
    intercept: float
    offset: float
    smearing: float
    terms: tuple[Term, ...]

    @property
    def base(self) -> float:
        """What every household of the model begins with, in logarithms."""
        return self.intercept + self.offset + math.log(self.smearing)

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(name for term in self.terms for name in term.value.facts)

    def log_sql(self, bindings: Bindings) -> str:
        """The logarithm of welfare: additions in the order of the terms, so that every engine rounds alike."""
        terms = "".join(f" + {term.coefficient!r} * {term.value_sql(bindings)}" for term in self.terms)
        return f"({self.base!r}{terms})"


@dataclass(frozen=True, slots=True)
class Condition:
    """One of n of m conditions of poverty."""

    text: Text
    when: criteria.Checked


def keys(where: str, item: Any, needed: Sequence[str], more: Sequence[str] = ()) -> dict[str, Any]:
    """``item`` as a map with these keys; Refusal formula_lacks or formula_key says which is wrong."""
    if not isinstance(item, dict):
        raise Refusal("formula_lacks", where=where, key=", ".join(needed))
    for key in item:
        if key not in needed and key not in more:
            raise Refusal("formula_key", where=where, key=str(key)[:40], known=", ".join((*needed, *more)))
    for key in needed:
        if item.get(key) in (None, "", [], {}):
            raise Refusal("formula_lacks", where=where, key=key)
    return item


def text_of(where: str, item: Any) -> Text:
    """A text in both languages."""
    pair = keys(where, item, ("bn", "en"))
    return Text(str(pair["bn"]), str(pair["en"]))


def number(where: str, value: Any, low: float = -LIMIT, high: float = LIMIT, *, whole: bool = False) -> float:
    """A finite number within bounds; Refusal('formula_number')."""
    kinds = int if whole else int | float
    if isinstance(value, bool) or not isinstance(value, kinds) or not (low <= value <= high):
        raise Refusal("formula_number", where=where, value=str(value)[:40])
    return value


def expression(text: Any, where: str) -> criteria.Checked:
    """A checked expression over facts of the household or its area that no formula makes."""
    if not isinstance(text, str) or not text.strip():
        raise Refusal("formula_lacks", where=where, key="when")
    checked = criteria.check(text, FACTS, {})
    for name in sorted(checked.facts):
        if name in MADE:
            raise Refusal("formula_circle", fact=name)
        if FACTS[name].level not in ("household", "area"):
            raise Refusal("fact_of_person", fact=name)
    return checked


def condition(text: Any, where: str) -> criteria.Checked:
    checked = expression(text, where)
    if checked.kind != "bool":
        raise Refusal("formula_condition", text=checked.text[:80])
    return checked


def items(where: str, found: Any) -> list[Any]:
    if not isinstance(found, list) or not found:
        raise Refusal("formula_lacks", where=where, key="-")
    return found


# ------------------------------------------------------------------------------------------------------ the kinds


def question(item: Any, place: int) -> Question:
    where = f"questions {place}"
    item = keys(where, item, ("text", "answers"))
    answers: list[tuple[criteria.Checked | None, int]] = []
    for answer in items(where, item["answers"]):
        answer = keys(where, answer, (), ("when", "points"))
        if answer.get("points") is None:
            raise Refusal("formula_coefficient", where=where, value="-")
        checked = condition(answer["when"], where) if "when" in answer else None
        answers.append((checked, int(number(where, answer["points"], -TOP, TOP, whole=True))))
    if answers[-1][0] is not None or any(checked is None for checked, _ in answers[:-1]) or len(answers) < 2:
        raise Refusal("formula_rest", where=where)
    names = sorted({name for checked, _ in answers if checked for name in checked.facts})
    return Question(text_of(where, item["text"]), tuple(names), tuple(answers))


def model(item: Any, place: int) -> Model:
    item = keys(f"models {place}", item, ("name", "text", "terms"), ("when", "intercept", "offset", "smearing"))
    name = str(item["name"])
    if item.get("intercept") is None:
        raise Refusal("formula_coefficient", where=f"{name}: intercept", value="-")
    terms = tuple(_term(term, f"{name}, {i}") for i, term in enumerate(items(name, item["terms"]), start=1))
    written = [term.value.text for term in terms]
    if twice := [text for text in written if written.count(text) > 1]:
        raise Refusal("formula_twice", what=twice[0][:80])
    return Model(
        name, text_of(name, item["text"]), condition(item["when"], name) if "when" in item else None,
        float(number(f"{name}: intercept", item["intercept"])), float(number(f"{name}: offset", item.get("offset", 0))),
        float(number(f"{name}: smearing", item.get("smearing", 1), 0.01, 100)), terms,
    )  # fmt: skip


def _term(item: Any, where: str) -> Term:
    item = keys(where, item, ("text", "value"), ("coefficient",))
    coefficient = item.get("coefficient")
    if isinstance(coefficient, bool) or not isinstance(coefficient, int | float) or not abs(coefficient) <= LIMIT:
        raise Refusal("formula_coefficient", where=str(item["value"])[:80], value=str(coefficient)[:40])
    value = expression(item["value"], where)
    if value.kind not in ("bool", "number") or not value.facts:
        raise Refusal("formula_value", text=value.text[:80])
    return Term(text_of(where, item["text"]), value, float(coefficient))


def poverty_condition(item: Any, place: int) -> Condition:
    where = f"conditions {place}"
    item = keys(where, item, ("text", "when"))
    return Condition(text_of(where, item["text"]), condition(item["when"], where))


def scale_of(found: Any) -> tuple[tuple[float, float], ...]:
    """(logarithm of taka, score) of each step; both rise. Refusal('formula_scale')."""
    steps = found if isinstance(found, list) else []
    if len(steps) < 2 or any(not isinstance(step, list) or len(step) != 2 for step in steps):
        raise Refusal("formula_scale", why="[[taka, score], ...]")
    pairs = [(number("scale", taka, 1), number("scale", score, 0, TOP)) for taka, score in steps]
    for (low, below), (high, above) in pairwise(pairs):
        if high <= low or above <= below:
            raise Refusal("formula_scale", why=f"{low:g}: {below:g}, {high:g}: {above:g}")
    return tuple((math.log(taka), float(score)) for taka, score in pairs)


def likelihood_of(found: Any) -> tuple[tuple[int, float], ...]:
    """(from points or score, percent of households below the line); Refusal('formula_likelihood')."""
    if found is None:
        return ()
    if not isinstance(found, list) or any(not isinstance(step, list) or len(step) != 2 for step in found):
        raise Refusal("formula_likelihood")
    steps = [(int(number("likelihood", low, 0, TOP, whole=True)), float(number("likelihood", share, 0, 100)))
             for low, share in found]  # fmt: skip
    if any(high <= low or above > below for (low, below), (high, above) in pairwise(steps)):
        raise Refusal("formula_likelihood")
    return tuple(steps)


def cover(models: Sequence[Model]) -> None:
    """Every kind of area has a model and every model is used: the first whose condition holds.

    Conditions on the kind of area alone are tried for each kind; a last model without a condition takes all others.
    Raises Refusal('formula_model_missing'), ('formula_model_never') or ('formula_twice').
    """
    names = [one.name for one in models]
    if twice := [name for name in names if names.count(name) > 1]:
        raise Refusal("formula_twice", what=twice[0])
    for one in models[:-1]:
        if one.when is None:
            raise Refusal("formula_model_never", where=models[-1].name)
    by_area = [one for one in models if one.when is None or one.when.facts <= {"area_type", "is_rural"}]
    kinds = FACTS["area_type"].values
    if len(by_area) < len(models) and models[-1].when is not None:
        raise Refusal("formula_model_missing", areas=", ".join(kinds))
    if len(by_area) < len(models) or (len(models) == 1 and models[0].when is None):
        return
    taken = {kind: _first(by_area, kind) for kind in kinds}
    if missing := [kind for kind, name in taken.items() if name is None]:
        raise Refusal("formula_model_missing", areas=", ".join(missing))
    if unused := [one.name for one in models if one.name not in taken.values()]:
        raise Refusal("formula_model_never", where=unused[0])


def _first(models: Sequence[Model], kind: str) -> str | None:
    """The model that takes a household in that kind of area."""
    bindings = {"area_type": f"'{kind}'", "is_rural": str(kind == "rural").lower()}
    with duckdb.connect() as con:
        for one in models:
            row = con.execute(f"select {one.when.sql(bindings, {})}").fetchone() if one.when else (True,)
            if row and row[0]:
                return one.name
    return None
