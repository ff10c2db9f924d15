"""A household's score taken apart: what each question, term or condition adds, with the facts that it read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import duckdb

from shohay.bulk.pmt_parts import Condition, Model, Question
from shohay.core import criteria
from shohay.core.facts import FACTS
from shohay.core.messages import Text

TYPES = {"bool": "boolean", "number": "double", "text": "varchar", "date": "date"}
BASE = Text("সব পরিবারের জন্য একই শুরু", "The same start for every household")


class Part(NamedTuple):
    """One line of the breakdown. ``contribution``: points, an addition to the logarithm of welfare, or 1 and 0 for a
    condition that holds or does not; None: cannot be told. ``facts``: what was read, None where missing."""

    text: Text
    contribution: float | None
    facts: dict[str, Any]
    most: float | None = None  # the most points that the question gives


def breakdown(
    questions: Sequence[Question], models: Sequence[Model], conditions: Sequence[Condition], facts: Mapping[str, Any]
) -> list[Part]:
    """Every part of the formula for a household; of a linear formula those of the sub-model that takes it."""
    if models:
        chosen = _chosen(models, facts)
        return _of_model(chosen, facts) if chosen else []
    if questions:
        found = _values([(question.facts, question.sql) for question in questions], facts)
        return [
            Part(question.text, value, _read(question.facts, facts), max(points for _, points in question.answers))
            for question, value in zip(questions, found, strict=True)
        ]
    asked = [(tuple(sorted(one.when.facts)), _held(one)) for one in conditions]
    return [
        Part(one.text, value, _read(names, facts))
        for one, (names, _), value in zip(conditions, asked, _values(asked, facts), strict=True)
    ]


def _chosen(models: Sequence[Model], facts: Mapping[str, Any]) -> Model | None:
    """The sub-model of the household; None when that cannot be told."""
    for one in models:
        if one.when is None:
            return one
        [value] = _values([(tuple(one.when.facts), _held_sql(one.when))], facts)
        if value is None:
            return None
        if value:
            return one
    return None


def _of_model(model: Model, facts: Mapping[str, Any]) -> list[Part]:
    asked = [(tuple(sorted(term.value.facts)), term.value_sql) for term in model.terms]
    made = [Part(Text(f"{BASE.bn} ({model.text.bn})", f"{BASE.en} ({model.text.en})"), model.base, {})]
    for term, (names, _), value in zip(model.terms, asked, _values(asked, facts), strict=True):
        made.append(Part(term.text, None if value is None else term.coefficient * value, _read(names, facts)))
    return made


def _held(one: Condition) -> Any:
    return _held_sql(one.when)


def _held_sql(checked: criteria.Checked) -> Any:
    return lambda bindings: f"cast({checked.sql(bindings, {})} as integer)"


def _read(names: Sequence[str], facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts.get(name) for name in names}


def _values(asked: Sequence[tuple[Sequence[str], Any]], facts: Mapping[str, Any]) -> list[float | None]:
    """Each expression over the facts, by the engine that scores the nation."""
    names = sorted({name for read, _ in asked for name in read})
    columns = [f"{_typed(name, facts.get(name))} as {name}" for name in names] or ["1 as nothing"]
    bindings = {name: name for name in names}
    with duckdb.connect() as con:
        row = con.execute(
            f"select {', '.join(sql(bindings) for _, sql in asked)} from (select {', '.join(columns)})"
        ).fetchone()
    return [None if value is None else float(value) for value in row or ()]


def _typed(name: str, value: Any) -> str:
    if value is None:
        return f"cast(null as {TYPES[FACTS[name].kind]})"
    if isinstance(value, bool | int | float | str | dt.date):
        return criteria.literal(value)
    raise TypeError(name)
