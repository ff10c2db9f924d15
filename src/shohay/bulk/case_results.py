"""The cases of a programme judged by a draft and by the rules published before it: expected, before and now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from shohay.bulk import cases
from shohay.bulk.answers import Answer, answer
from shohay.bulk.cases import OUTCOMES, Case
from shohay.core import entitlement
from shohay.core.definition import Definition
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal

NONE = "none"  # no version in force on the day of the case


class Said(NamedTuple):
    """An answer: its outcome (eligible, not_eligible, cannot_tell, none), the criteria that fail, the facts missing,
    and the taka owed where the case asks for them."""

    outcome: str
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    pays: int | None = None


class Judged(NamedTuple):
    """One case: what it says, what is expected, what the rules before answered (None: no rules) and what holds now.

    ``wrong`` tells, in the words of the engine, in what the answer now is not as expected; '' when it is.
    ``changed``: the published rules answered otherwise.
    """

    id: str
    on: dt.date
    told: dict[str, object]
    expected: Said
    before: Said | None
    now: Said
    wrong: tuple[str, ...]
    changed: bool
    own: bool


def read(text: str) -> list[Case]:
    """The cases of a text in the form of a cases.yaml; [] of none. Raises Refusal('draft_cases_wrong')."""
    if not text.strip():
        return []
    try:
        found = cases.read(text)
        for case in found:
            _check(case)
        return found
    except Refusal as wrong:
        raise Refusal("draft_cases_wrong", why=wrong.say("en")) from None
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Refusal("draft_cases_wrong", why=f"{type(wrong).__name__}: {wrong}"[:150]) from None


def _check(case: Case) -> None:
    """Raises ValueError for what a judge could not take: unknown facts, days that are none, words for lists."""
    expect, listed = case.expect, ("because", "missing")
    if expect.get("version") != NONE and expect["eligible"] not in OUTCOMES:
        raise ValueError(f"{case.id}: eligible is true, false or unknown")
    if not isinstance(case.id, str) or not isinstance(case.on, dt.date):
        raise ValueError(f"{case.id}: a case needs a name and a day")
    if case.period and not all(isinstance(day, dt.date) for day in (case.period.first, case.period.end)):
        raise ValueError(f"{case.id}: a period is two days")
    if strange := next((name for name in case.facts if name not in FACTS), ""):
        raise ValueError(f"{case.id}: there is no fact {strange}")
    if not all(isinstance(expect.get(name, []), list) for name in listed):
        raise ValueError(f"{case.id}: because and missing are lists")
    if not isinstance(expect.get("pays", 0), int) or not isinstance(case.slots, int | str | None):
        raise ValueError(f"{case.id}: pays and slots are whole numbers")
    if isinstance(case.slots, str) and case.slots != "-":
        raise ValueError(f"{case.id}: slots is a whole number")


def judge(after: Definition, before: Definition | None, shipped: str, own: str) -> list[Judged]:
    """Every case of the two texts, the programme's first, in their order."""
    return list(_judged(_Held(after), _Held(before), shipped, own))


class _Held:
    """A definition as a key of the cache: two with one fingerprint are the same."""

    def __init__(self, definition: Definition | None) -> None:
        self.definition = definition
        self.sha256 = definition.sha256 if definition else ""

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.sha256 == other.sha256


@lru_cache(maxsize=64)
def _judged(after: _Held, before: _Held, shipped: str, own: str) -> tuple[Judged, ...]:
    assert after.definition is not None  # only what was before may be missing
    rows = [(case, False) for case in read(shipped)] + [(case, True) for case in read(own)]
    then = before.definition
    now = as_if(after.definition, then)
    return tuple(_one(now, then, case, mine) for case, mine in rows)


def as_if(after: Definition, before: Definition | None) -> Definition:
    """The draft as though its newest version held already: cases are of days on which the published one holds."""
    newest = after.versions[-1]
    if before is None or len(after.versions) <= len(before.versions):
        earlier = after.versions[:-1]
        first = newest.first if earlier else dt.date.min
    else:
        replaced = before.versions[-1].first
        earlier = tuple(one for one in after.versions[:-1] if one.first < replaced)
        first = replaced
    moved = newest.model_copy(update={"valid": (first, newest.valid[1])})
    return after.model_copy(update={"versions": (*earlier, moved), "sha256": f"{after.sha256} as if"})


def _one(after: Definition, before: Definition | None, case: Case, own: bool) -> Judged:
    try:
        found = answer(case.facts, [after], case.on)
        now, wrong = _said(after, case, found), _wrong(after, case, found)
        was = _said(before, case, answer(case.facts, [before], case.on)) if before else None
    except Refusal as refusal:  # a value that does not fit its fact
        now, was, wrong = Said(NONE, (), ()), None, (refusal.say("en"),)
    changed = was is not None and was != now
    return Judged(case.id, case.on, case.told, _expected(case.expect), was, now, wrong, changed, own)


def _said(definition: Definition, case: Case, found: list[Answer]) -> Said:
    if not found:
        return Said(NONE, (), ())
    version, pays = definition.version_on(case.on), None
    if version and case.period and "pays" in case.expect:
        pays = sum(taka.poisha for _, taka in entitlement.amounts(version, case.period, case.facts)) // 100
    return Said(found[0].outcome, found[0].failed, found[0].missing, pays)


def _wrong(definition: Definition, case: Case, found: list[Answer]) -> tuple[str, ...]:
    try:
        return tuple(cases.told(definition, case, found))
    except Refusal as wrong:
        return (wrong.say("en"),)


def _expected(expect: Mapping[str, Any]) -> Said:
    """What a case expects; what it does not name may be anything."""
    if expect.get("version") == NONE:
        return Said(NONE, (), ())
    outcome = OUTCOMES.get(expect["eligible"], NONE)
    return Said(outcome, tuple(expect.get("because", ())), tuple(expect.get("missing", ())), expect.get("pays"))
