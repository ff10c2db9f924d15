"""Poverty scores: an installable formula, from facts of a household to points, welfare and a score of 0 to 1000.

Three kinds of documents:

- ``points`` (PPI): questions, each a list of answers tried in order; an answer is a condition and gives points. The
  score is their sum times ``scale``.
- ``linear`` (a proxy means test): sub-models, the first whose condition holds is used; each an intercept and terms in
  the logarithm of consumption, taka per head and month; ``scale`` maps taka to a score, straight between its steps in
  the logarithm, and cut at its ends.
- ``categorical``: of m conditions of poverty ``needed`` make a household poor. Points are the conditions that do
  *not* hold, so that more is less poor here too.

Of every kind the score rises with welfare. What cannot be told is NULL: a household of which a question, a term of its
own sub-model or a condition cannot be told has no score. ``likelihood`` maps points (of a linear formula: the score)
to the percentage of households below a poverty line.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import rfc8785

from shohay.bulk import pmt_breakdown, pmt_parts
from shohay.bulk.pmt_breakdown import Part
from shohay.bulk.pmt_parts import TOP, Bindings, Condition, Model, Question
from shohay.core import document
from shohay.core.messages import Refusal, Text

__all__ = ["Formula", "Part", "Question", "shipped", "shipped_text"]

SHIPPED = "ppi_2013"
POINTS, LINEAR, CATEGORICAL = KINDS = ("points", "linear", "categorical")
COMMON = ("format", "kind", "likelihood", "valid_months", "poor_below", "synthetic", "note")
OWN = {POINTS: ("questions", "scale"), LINEAR: ("models", "scale"), CATEGORICAL: ("conditions", "needed")}
MONTHS = 36  # a score counts for three years where the document does not say
MOST_MONTHS = 240


@dataclass(frozen=True, slots=True)
class Formula:
    """A scoring formula as a document; ``sha256`` is its canonical hash."""

    code: str
    title: Text
    kind: str
    source: str
    questions: tuple[Question, ...]
    models: tuple[Model, ...]
    conditions: tuple[Condition, ...]
    needed: int  # conditions that make a household poor
    scale: int  # of points: pmt_score = points x scale
    steps: tuple[tuple[float, float], ...]  # of a linear formula: (logarithm of taka, score)
    likelihood: tuple[tuple[int, float], ...]  # (from points or score, percent below the upper line)
    poor_below: float | None  # the score under which a household counts as poor
    valid_months: int
    synthetic: bool
    sha256: str
    document: dict[str, Any]

    @classmethod
    def parse(cls, text: str) -> Formula:
        """Read and check a formula; raises Refusal('formula_*', 'criterion_*', 'definition_unreadable')."""
        return _parsed(text)

    @property
    def facts(self) -> frozenset[str]:
        """All facts that the formula reads."""
        named = [name for question in self.questions for name in question.facts]
        named += [name for one in self.models for name in (*one.facts, *(one.when.facts if one.when else ()))]
        return frozenset([*named, *(name for one in self.conditions for name in one.when.facts)])

    def inputs(self, name: str) -> tuple[str, ...]:
        """The facts from which the formula makes ``name``, one step back."""
        whole = tuple(sorted(self.facts))
        if self.kind == CATEGORICAL and name == "is_poor_by_score":
            return whole
        if name == "ppi_score":
            return () if self.kind == LINEAR else whole
        if self.kind == LINEAR:
            return whole if name == "pmt_score" else ("pmt_score",)
        return ("pmt_score",) if name == "is_poor_by_score" else ("ppi_score",)

    def fact_sql(self, name: str, bindings: Bindings) -> str:
        """A fact that the formula makes (pmt_parts.MADE), as SQL over the facts of ``inputs``."""
        if name == "ppi_score":
            return f"({self.sql(bindings)})"
        if name == "pmt_score":
            return self.score_sql(bindings)
        if name == "is_poor_by_score":
            return self.poor_sql(bindings)
        return self.likelihood_sql(bindings["pmt_score" if self.kind == LINEAR else "ppi_score"])

    def sql(self, bindings: Bindings) -> str:
        """Points as SQL over household facts; NULL when one cannot be told, and of a linear formula, which has none."""
        if self.kind == LINEAR:
            return "cast(null as integer)"
        if self.kind == CATEGORICAL:
            return " + ".join(f"cast(not {one.when.sql(bindings, {})} as integer)" for one in self.conditions)
        return " + ".join(question.sql(bindings) for question in self.questions)

    points_sql = sql

    def score_sql(self, bindings: Bindings) -> str:
        """The score of 0 to 1000 as SQL, over ppi_score (points) or, of a linear formula, over household facts."""
        if self.kind == LINEAR:
            return self._scaled(self.log_sql(bindings))
        points = bindings["ppi_score"]
        return f"({points} * {self.scale})" if self.kind == POINTS else f"({points} * {TOP} // {len(self.conditions)})"

    def log_sql(self, bindings: Bindings) -> str:
        """The logarithm of welfare of a linear formula; NULL when it or the sub-model cannot be told."""
        cases = ""
        for one in self.models:
            when = one.when.sql(bindings, {}) if one.when else "true"
            cases += f" when {when} then {one.log_sql(bindings)} when ({when}) is null then null"
        return f"(case{cases} end)" if self.models else "cast(null as double)"

    def welfare_sql(self, bindings: Bindings) -> str:
        """Welfare as the formula tells it, taka per head and month; NULL for the other kinds."""
        return f"exp({self.log_sql(bindings)})" if self.kind == LINEAR else "cast(null as double)"

    def taka(self, log: float) -> float:
        """A logarithm of welfare as taka per head and month."""
        return math.exp(log)

    def poor_sql(self, bindings: Bindings) -> str:
        """Whether the household counts as poor; n of m conditions may be told though some of them are not known."""
        if self.kind == CATEGORICAL:
            held = [one.when.sql(bindings, {}) for one in self.conditions]
            sure = " + ".join(f"coalesce(cast({sql} as integer), 0)" for sql in held)
            open_ = " + ".join(f"coalesce(cast({sql} as integer), 1)" for sql in held)
            return f"(case when {sure} >= {self.needed} then true when {open_} < {self.needed} then false end)"
        if self.poor_below is None:
            return "cast(null as boolean)"
        return f"({bindings['pmt_score']} < {self.poor_below!r})"

    def likelihood_sql(self, points: str) -> str:
        """Percent below the upper poverty line, as SQL over the points (of a linear formula: over the score)."""
        steps = " ".join(f"when {points} >= {low} then {percent!r}" for low, percent in reversed(self.likelihood))
        return f"cast(case {steps} end as double)" if steps else "cast(null as double)"

    def likelihood_of_score_sql(self, score: str) -> str:
        """The same over pmt_score, of every kind."""
        if self.kind == POINTS:
            return self.likelihood_sql(f"({score} // {self.scale})")
        if self.kind == CATEGORICAL:  # the points were rounded down to a score
            count = len(self.conditions)
            return self.likelihood_sql(f"(({score} * {count} + {TOP - 1}) // {TOP})")
        return self.likelihood_sql(score)

    def _scaled(self, log: str) -> str:
        """The score of a logarithm: straight between the steps, cut at the ends, rounded half up."""
        first, last = self.steps[0], self.steps[-1]
        cases = f"when {log} <= {first[0]!r} then {first[1]!r}"
        for (low, below), (high, above) in pairwise(self.steps):
            cases += f" when {log} < {high!r} then {below!r} + ({log} - {low!r}) * {(above - below) / (high - low)!r}"
        cases += f" when {log} >= {last[0]!r} then {last[1]!r}"
        return f"cast(floor((case {cases} end) + 0.5) as integer)"

    def breakdown(self, facts: dict[str, Any]) -> list[Part]:
        """What each question, term or condition contributes for these facts; None where it cannot be told."""
        return pmt_breakdown.breakdown(self.questions, self.models, self.conditions, facts)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Formula:
    raw = document.plain(document.read(text))
    kind = raw.get("kind", POINTS)
    if kind not in KINDS:
        raise Refusal("formula_kind", kind=str(kind)[:40])
    optional = (*COMMON, *(("scale",) if kind == CATEGORICAL else ()))
    raw = pmt_parts.keys("-", raw, ("code", "title", "source", *OWN[kind]), optional)
    questions, models, conditions = _content(kind, raw)
    count = max(len(conditions), 1)
    needed = raw.get("needed", 1)
    if isinstance(needed, bool) or not isinstance(needed, int) or not 1 <= needed <= count:
        raise Refusal("formula_needed", needed=str(needed)[:20], count=count)
    poor_below, months = raw.get("poor_below"), raw.get("valid_months", MONTHS)
    scale = int(pmt_parts.number("scale", raw["scale"], 1, TOP, whole=True)) if kind == POINTS else 1
    return Formula(
        code=_code(raw["code"]), title=pmt_parts.text_of("title", raw["title"]), kind=kind, source=str(raw["source"]),
        questions=questions, models=models, conditions=conditions, needed=needed, scale=scale,
        steps=pmt_parts.scale_of(raw["scale"]) if kind == LINEAR else (),
        likelihood=pmt_parts.likelihood_of(raw.get("likelihood")),
        poor_below=None if poor_below is None else float(pmt_parts.number("poor_below", poor_below, 0, TOP)),
        valid_months=int(pmt_parts.number("valid_months", months, 1, MOST_MONTHS, whole=True)),
        synthetic=raw.get("synthetic") is True, document=raw, sha256=hashlib.sha256(rfc8785.dumps(raw)).hexdigest(),
    )  # fmt: skip


def _content(kind: str, raw: dict[str, Any]) -> tuple[tuple[Question, ...], tuple[Model, ...], tuple[Condition, ...]]:
    """Questions, models or conditions, whichever the kind has."""
    if kind == POINTS:
        found = enumerate(pmt_parts.items("questions", raw["questions"]), start=1)
        return tuple(pmt_parts.question(item, place) for place, item in found), (), ()
    if kind == CATEGORICAL:
        found = enumerate(pmt_parts.items("conditions", raw["conditions"]), start=1)
        return (), (), tuple(pmt_parts.poverty_condition(item, place) for place, item in found)
    models = tuple(pmt_parts.model(item, i) for i, item in enumerate(pmt_parts.items("models", raw["models"]), start=1))
    pmt_parts.cover(models)
    return (), models, ()


def _code(found: Any) -> str:
    code = str(found)
    if not code.replace("_", "").replace("-", "").isalnum() or not code.isascii() or len(code) > 40:
        raise Refusal("formula_number", where="code", value=code[:40])
    return code


def shipped_text(code: str = SHIPPED) -> str:
    """The document of a formula that comes with Shohay, from policy/scores."""
    return files("shohay.policy").joinpath("scores", f"{code}.yaml").read_text(encoding="utf-8")


def shipped(code: str = SHIPPED) -> Formula:
    """A formula that comes with Shohay."""
    return Formula.parse(shipped_text(code))
