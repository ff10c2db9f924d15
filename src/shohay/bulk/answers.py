"""One person's answer, by the same expressions on the same engine as the nation's.

``answer`` takes facts by name, as a citizen would tell them, and says for every programme whether each criterion
holds, does not, or cannot be told, and then which facts are missing. ``facts_of`` reads a registered person's facts.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

import duckdb

from shohay.bulk import chunk, facts, plan
from shohay.bulk.alike import staged
from shohay.bulk.engine import DUCKDB, choose
from shohay.bulk.plan import Plan, Programme
from shohay.bulk.pmt import Formula
from shohay.core import criteria
from shohay.core.definition import COMMON, COMPATIBLE, Definition
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal

ASSUMED: dict[str, object] = {"is_alive": True, "is_duplicate": False}  # of whoever asks
ELIGIBLE, NOT_ELIGIBLE, CANNOT_TELL = "eligible", "not_eligible", "cannot_tell"


class Reason(NamedTuple):
    """One criterion: whether it holds (None = cannot tell), its sentence, and the facts that are missing."""

    id: str
    holds: bool | None
    text_bn: str
    text_en: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one programme."""

    code: str
    outcome: str
    criteria: tuple[Reason, ...]

    @property
    def failed(self) -> tuple[str, ...]:
        return tuple(reason.id for reason in self.criteria if reason.holds is False)

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that would have to be told, each once."""
        return tuple(dict.fromkeys(name for reason in self.criteria if reason.holds is None for name in reason.missing))


def answer(
    facts_given: Mapping[str, object],
    definitions: Sequence[Definition],
    on: dt.date,
    formula: Formula | None = None,
) -> list[Answer]:
    """What each programme in force on ``on`` answers somebody with these facts (names of core.facts).

    A derived fact may be given itself (age) or left to be derived (birth_date). ``receives`` and
    ``household_receives`` are lists of programme codes; the household's default to the person's own. A fact that is
    absent or None is unknown. Raises Refusal('criterion_unknown_fact') or ('criterion_types').
    """
    plan_ = _prepared(_Rules((on, id(formula), *map(id, definitions)), definitions, formula))
    if not plan_.programmes:
        return []
    known = known_of(plan_, facts_given)
    try:
        row = _engine().execute(f"select {_conditions(plan_)} from {_source(plan_, known)}").fetchone() or ()
    except duckdb.ConversionException:
        raise Refusal("criterion_types", what=", ".join(sorted(facts_given))) from None
    return answers_of(plan_, known, row)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a plan is made of, told apart by the very objects, which it keeps: definitions are read once and shared."""

    key: tuple[object, ...]
    definitions: Sequence[Definition] = field(compare=False)
    formula: Formula | None = field(compare=False)


@lru_cache(maxsize=32)
def _prepared(rules: _Rules) -> Plan:
    """The plan of some definitions on a day: one citizen after another asks the same."""
    return plan.make(rules.definitions, cast(dt.date, rules.key[0]), rules.formula)


_kept = threading.local()


def _engine() -> duckdb.DuckDBPyConnection:
    """A connection of this thread, kept: opening one costs more than an answer. One row needs no optimizer."""
    if not hasattr(_kept, "connection"):
        _kept.connection = choose(DUCKDB).connect()
        _kept.connection.execute("pragma disable_optimizer")
    return cast(duckdb.DuckDBPyConnection, _kept.connection)


def known_of(plan_: Plan, given: Mapping[str, object]) -> dict[str, object]:
    """The facts that are known, lists of programmes as bits."""
    known = {**ASSUMED, **{name: value for name, value in given.items() if value is not None}}
    for name, value in known.items():
        if name not in FACTS:
            raise Refusal("criterion_unknown_fact", name=name)
        if not _fits(name, value):
            raise Refusal("criterion_types", what=f"{name} = {value!r}"[:60])
    if "receives" in known and "household_receives" not in known:
        known["household_receives"] = known["receives"]
    known.setdefault("household_size", 1)
    for name in ("receives", "household_receives"):
        if name in known:
            bits = {plan_.bits.get(str(code), plan.OTHER_BIT) for code in cast(Iterable[object], known[name])}
            known[name] = sum(1 << bit for bit in bits)
    return known


def _fits(name: str, value: object) -> bool:
    kind = FACTS[name].kind
    if kind == "bool":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= criteria.MAX_NUMBER
    if kind == "date":
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return isinstance(value, str) if kind == "text" else isinstance(value, list | tuple | set | frozenset)


def _typed(name: str, known: Mapping[str, object]) -> str:
    if name not in known:
        return f"cast(null as {facts.SQL_TYPES[FACTS[name].kind]})"
    return criteria.literal(cast(criteria.Value, known[name]))  # _fits has looked at its kind


@lru_cache(maxsize=32)
def needed_of(plan_: Plan) -> list[str]:
    """The facts that the conditions of all programmes read, in the order in which they can be computed."""
    named = {name for programme in plan_.programmes for name in plan_.facts_of(programme)}
    named |= {"is_alive", "is_duplicate", "receives", "household_receives", "household_size"}
    return facts.closure(named, plan_.formula)


@lru_cache(maxsize=32)
def _conditions(plan_: Plan) -> str:
    """The conditions of all programmes as columns."""
    return ", ".join(sql for programme in plan_.programmes for sql in plan.criterion_sqls(plan_, programme))


def _source(plan_: Plan, known: Mapping[str, object]) -> str:
    """A one-row source with all facts."""
    needed = needed_of(plan_)
    told = [name for name in needed if name in known or not facts.inputs(name, plan_.formula)]
    values = [f"{_typed(name, known)} as {name}" for name in told if name not in facts.DATED]
    refs = sorted({programme.ref for programme in plan_.programmes})
    values += [
        f"{_typed(name, known)} as {plan.column_of(name, ref)}" for name in told if name in facts.DATED for ref in refs
    ]
    derived = [name for name in needed if name not in told]
    return staged(f"(select {', '.join(values)})", plan.derivations(derived, refs, plan_.formula))


def answers_of(plan_: Plan, known: Mapping[str, object], row: Sequence[object]) -> list[Answer]:
    """The answers of all programmes from their conditions, one value each in the order of ``criterion_ids``."""
    found = iter(row)
    answers = []
    for programme in plan_.programmes:
        reasons = tuple(_reason(plan_, programme, id_, next(found), known) for id_ in programme.version.criterion_ids)
        holds = [reason.holds for reason in reasons]
        outcome = NOT_ELIGIBLE if False in holds else CANNOT_TELL if None in holds else ELIGIBLE
        answers.append(Answer(programme.code, outcome, reasons))
    return answers


def _reason(plan_: Plan, programme: Programme, id_: str, holds: object, known: Mapping[str, object]) -> Reason:
    text = programme.version.sentence(id_)
    value = holds if isinstance(holds, bool) else None
    missing = _missing(plan_, programme, id_, known) if value is None else ()
    return Reason(id_, value, text.bn, text.en, missing)


def _missing(plan_: Plan, programme: Programme, id_: str, known: Mapping[str, object]) -> tuple[str, ...]:
    """The facts behind a criterion that nobody told, traced back to what can be asked."""
    if id_ in COMMON:
        return ("is_alive" if id_ == "alive" else "is_duplicate",)
    if id_ == COMPATIBLE:
        return ("household_receives" if programme.is_household else "receives",)
    names: dict[str, None] = {}
    read = _read(plan_, programme.code)[id_]

    def visit(name: str) -> None:
        inputs = facts.inputs(name, plan_.formula)
        if name not in known and not inputs:
            names.setdefault(name)
        if name not in known:
            for need in inputs:
                visit(need)

    for name in read:
        visit(name)
    return tuple(names)


@lru_cache(maxsize=1024)
def _read(plan_: Plan, code: str) -> dict[str, list[str]]:
    """The facts that each criterion of a programme names, in order."""
    version = next(programme.version for programme in plan_.programmes if programme.code == code)
    return {one.id: sorted(criteria.check(one.must, FACTS, version.values).facts) for one in version.criteria}


def facts_of(
    snapshot: Path, person_id: int, household_id: int, definitions: Sequence[Definition], on: dt.date, formula: Formula
) -> dict[str, object]:
    """The facts of a registered person and household as a snapshot has them; {} when it does not hold the person.

    Only the row groups around the household are read.
    """
    plan_ = plan.make(definitions, on, formula)
    con = choose(DUCKDB).connect()
    try:
        return chunk.facts_of(con, snapshot, plan_, person_id, household_id)
    finally:
        con.close()
