"""What is odd about a criterion that may run: it is true for everyone or for no one, or rests on facts often missing.

``static`` finds it in the text: what is left of a condition when each fact may take any of its values. ``measured``
and ``missing`` say it of counts over a snapshot (bulk.criterion_shares) and of coverage (bulk.fact_coverage). A hint
never forbids anything; the one who writes or publishes the rule decides.

The proof is sound but not complete. A condition is spread out into alternatives, each a range or a set of values for
every fact; an alternative in which a fact has nothing left to be is dropped. None left: never true. What is not a
comparison of one fact with constants is taken as a fact of its own that may be true or false. A condition with more
than LIMIT alternatives is not judged.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from sqlglot import exp

from shohay.core.bangla import number
from shohay.core.criteria import Parameters, check
from shohay.core.definition import Version
from shohay.core.facts import FACTS, Fact
from shohay.core.messages import say

LIMIT = 400  # alternatives
OFTEN = 0.1  # a fact that more than this share lacks is often missing
BOUNDS = {"percent": (0.0, 100.0), "points 0-100": (0.0, 100.0), "points 0-1000": (0.0, 1000.0), "years": (0.0, 130.0)}
Sign = type[exp.Expression]
FLIPPED: dict[Sign, Sign] = {
    exp.LT: exp.GT,
    exp.GT: exp.LT,
    exp.LTE: exp.GTE,
    exp.GTE: exp.LTE,
    exp.EQ: exp.EQ,
    exp.NEQ: exp.NEQ,
}
DENIED: dict[Sign, Sign] = {
    exp.LT: exp.GTE,
    exp.GT: exp.LTE,
    exp.LTE: exp.GT,
    exp.GTE: exp.LT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
}


class Hint(NamedTuple):
    """One thing worth a look: the code of its message and what fills the blanks."""

    code: str
    params: dict[str, object]

    def say(self, language: str) -> str:
        """The message, figures as people of that language write them; the criterion stays as it was written."""
        shown = {
            name: number(value, language, 0 if value == int(value) else 1) if isinstance(value, int | float) else value
            for name, value in self.params.items()
        }
        if self.params.get("fact") in FACTS:
            shown["fact"] = FACTS[str(self.params["fact"])].text.in_language(language)
        return say(self.code, language, **shown)


class Span(NamedTuple):
    """What a number or a day (as its ordinal) may be: from low to high, the ends open or not, without some values."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False
    without: frozenset[float] = frozenset()

    def empty(self) -> bool:
        if self.low == self.high:
            return self.low_open or self.high_open or self.low in self.without
        return self.low > self.high


class Words(NamedTuple):
    """What a text, a yes/no or a part not looked into may be: one of ``among`` (None: anything) but ``without``."""

    among: frozenset[object] | None = None
    without: frozenset[object] = frozenset()

    def empty(self) -> bool:
        return self.among is not None and not self.among - self.without


Alternative = dict[str, Span | Words]


class TooMany(Exception):
    """More alternatives than are looked at."""


def static(text: str, parameters: Parameters, facts: Mapping[str, Fact] = FACTS) -> list[Hint]:
    """Whether ``text`` can never be true or never be false; raises Refusal when it is no criterion."""
    checked = check(text, facts, parameters)
    if checked.kind != "bool":
        return []
    spread = _Spread(facts, parameters)
    try:
        if not spread.out(checked.tree, True):
            return [Hint("criterion_hint_never", {"text": text})]
        if not spread.out(checked.tree, False):
            return [Hint("criterion_hint_always", {"text": text})]
    except TooMany:
        return []
    return []


def together(version: Version) -> list[Hint]:
    """Whether nobody can meet all criteria of a version at once though each alone can be met."""
    spread = _Spread(FACTS, version.values)
    alternatives: list[Alternative] = [{}]
    try:
        for criterion in version.criteria:
            own = spread.out(check(criterion.must, FACTS, version.values).tree, True)
            if not own:
                return []  # it is named alone by ``static``
            alternatives = _both(alternatives, own)
            if not alternatives:
                return [Hint("criteria_hint_together", {"id": criterion.id})]
    except TooMany:
        return []
    return []


def measured(counts: Mapping[str, int], text: str) -> list[Hint]:
    """What the counts ``true``, ``false`` and ``unknown`` over a snapshot say; nothing when nobody was counted."""
    people = sum(counts[name] for name in ("true", "false", "unknown"))
    if not people:
        return []
    hints = []
    if counts["true"] == 0:
        hints.append(Hint("criterion_hint_no_one", {"text": text, "people": people}))
    elif counts["false"] == 0:
        hints.append(Hint("criterion_hint_everyone", {"text": text, "people": people}))
    if counts["unknown"] > OFTEN * people:
        hints.append(Hint("criterion_hint_untold", {"text": text, "percent": _percent(counts["unknown"] / people)}))
    return hints


def missing(names: Iterable[str], lacking: Mapping[str, float | None]) -> list[Hint]:
    """The facts among ``names`` that are often missing; ``lacking``: what share lacks each (None: not measured)."""
    found = sorted((name, share) for name in set(names) if (share := lacking.get(name)) is not None and share > OFTEN)
    return [Hint("criterion_hint_missing", {"fact": name, "percent": _percent(share)}) for name, share in found]


def _percent(share: float) -> float:
    """The share in hundredths; near the whole with one decimal, never rounded up to it."""
    return round(100 * share) if share < 0.995 or share == 1 else math.floor(1000 * share) / 10


class _Spread:
    """Spreads a checked tree out into the alternatives in which it is true, or is false."""

    def __init__(self, facts: Mapping[str, Fact], parameters: Parameters) -> None:
        self.facts, self.parameters = facts, parameters

    def out(self, node: exp.Expression, wanted: bool) -> list[Alternative]:
        """The alternatives in which ``node`` is ``wanted``; a part never seen before may be either."""
        kind = type(node)
        if kind is exp.Paren:
            return self.out(node.this, wanted)
        if kind is exp.Not:
            return self.out(node.this, not wanted)
        if kind in (exp.And, exp.Or):
            left, right = self.out(node.this, wanted), self.out(node.expression, wanted)
            return _both(left, right) if (kind is exp.And) == wanted else _few([*left, *right])
        if isinstance(node, exp.Boolean):
            return [{}] if bool(node.this) == wanted else []
        if isinstance(node, exp.Anonymous):
            return self._at_least(node, wanted)
        return self._one(node, wanted)

    def _at_least(self, node: exp.Anonymous, wanted: bool) -> list[Alternative]:
        least = self._constant(node.expressions[0])
        parts = node.expressions[1:]
        if not isinstance(least, int | float):
            return [{}]
        needed = max(0, math.ceil(least)) if wanted else max(0, len(parts) - math.ceil(least) + 1)
        if needed > len(parts):
            return []
        found: list[Alternative] = []
        for chosen in combinations(parts, needed):
            alternatives: list[Alternative] = [{}]
            for part in chosen:
                alternatives = _both(alternatives, self.out(part, wanted))
            found = _few([*found, *alternatives])
        return found

    def _one(self, node: exp.Expression, wanted: bool) -> list[Alternative]:
        """A comparison of a fact with constants, a yes/no fact, or something that is not looked into."""
        kind: Sign = type(node)
        if isinstance(node, exp.Column):
            return [{node.name: Words(frozenset({wanted}))}]
        if kind is exp.Between and isinstance(node.this, exp.Column):
            low, high = self._constant(node.args["low"]), self._constant(node.args["high"])
            if low is not None and high is not None:
                least = self._compared(node.this.name, exp.GTE if wanted else exp.LT, low)
                most = self._compared(node.this.name, exp.LTE if wanted else exp.GT, high)
                return _both(least, most) if wanted else [*least, *most]
        if kind is exp.In and isinstance(node.this, exp.Column):
            choices = [self._constant(choice) for choice in node.expressions]
            if None not in choices:
                each = [self._compared(node.this.name, exp.EQ if wanted else exp.NEQ, choice) for choice in choices]
                if wanted:
                    return [alternative for alternatives in each for alternative in alternatives]
                left: list[Alternative] = [{}]
                for alternatives in each:
                    left = _both(left, alternatives)
                return left
        if kind in FLIPPED:
            return self._comparison(node, wanted)
        return [{node.sql(): Words(frozenset({wanted}))}]

    def _comparison(self, node: exp.Expression, wanted: bool) -> list[Alternative]:
        left, right = node.this, node.expression
        kind: Sign = type(node)
        first, second = self._constant(left), self._constant(right)
        if first is not None and second is not None:
            return [{}] if _holds(kind, first, second) == wanted else []
        if first is not None:
            left, second, kind = right, first, FLIPPED[kind]
        if isinstance(left, exp.Column) and second is not None:
            return self._compared(left.name, kind if wanted else DENIED[kind], second)
        return [{node.sql(): Words(frozenset({wanted}))}]

    def _compared(self, name: str, kind: Sign, value: Any) -> list[Alternative]:
        """What is left of a fact that compares so with a constant; nothing when the fact is never like that."""
        fact = self.facts[name]
        may_be: Span | Words
        if isinstance(value, str | bool):
            every = frozenset(fact.values) if fact.values else frozenset({True, False}) if fact.kind == "bool" else None
            may_be = Words(every)
            found = frozenset({value})
            asked: Span | Words = Words(found) if kind is exp.EQ else Words(None, found)
        else:
            may_be = Span(*BOUNDS.get(fact.unit, (0.0, math.inf))) if fact.kind == "number" else Span()
            asked = _span(kind, float(value.toordinal()) if isinstance(value, dt.date) else float(value))
        left = _meet(may_be, asked)
        return [] if left.empty() else [{name: left}]

    def _constant(self, node: exp.Expression) -> Any:
        """The value of a part without facts; None when it has any."""
        if isinstance(node, exp.Paren):
            return self._constant(node.this)
        if isinstance(node, exp.Placeholder):
            return self.parameters[node.this]
        if isinstance(node, exp.Boolean):
            return bool(node.this)
        if isinstance(node, exp.Literal):
            return str(node.this) if node.is_string else float(node.this)
        if isinstance(node, exp.Cast):
            return dt.date.fromisoformat(node.this.this)
        if isinstance(node, exp.Neg | exp.Abs):
            inner = self._constant(node.this)
            return None if inner is None else -inner if isinstance(node, exp.Neg) else abs(inner)
        return None


def _holds(kind: Sign, left: Any, right: Any) -> bool:
    if kind in (exp.EQ, exp.NEQ):
        return bool((left == right) == (kind is exp.EQ))
    if kind in (exp.LT, exp.GTE):
        return bool((left < right) == (kind is exp.LT))
    return bool((left > right) == (kind is exp.GT))


def _span(kind: Sign, value: float) -> Span:
    if kind is exp.EQ:
        return Span(value, value)
    if kind is exp.NEQ:
        return Span(without=frozenset({value}))
    if kind in (exp.LT, exp.LTE):
        return Span(high=value, high_open=kind is exp.LT)
    return Span(low=value, low_open=kind is exp.GT)


def _meet(one: Span | Words, other: Span | Words) -> Span | Words:
    """What both allow."""
    if isinstance(one, Words) or isinstance(other, Words):
        if isinstance(one, Span) or isinstance(other, Span):
            return one
        among = other.among if one.among is None else one.among if other.among is None else one.among & other.among
        return Words(among, one.without | other.without)
    low, low_open = max((one.low, one.low_open), (other.low, other.low_open))
    high, closed = min((one.high, not one.high_open), (other.high, not other.high_open))
    return Span(low, high, low_open, not closed, one.without | other.without)


def _both(left: list[Alternative], right: list[Alternative]) -> list[Alternative]:
    """The alternatives that are of both, without those in which a fact has nothing left to be."""
    if len(left) * len(right) > LIMIT:
        raise TooMany
    found = []
    for one in left:
        for other in right:
            joined = dict(one)
            for name, allowed in other.items():
                joined[name] = _meet(joined[name], allowed) if name in joined else allowed
            if not any(allowed.empty() for allowed in joined.values()):
                found.append(joined)
    return found


def _few(alternatives: list[Alternative]) -> list[Alternative]:
    if len(alternatives) > LIMIT:
        raise TooMany
    return alternatives
