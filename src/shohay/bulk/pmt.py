"""Poverty scores: an installable formula, from facts of a household to points.

A point scorecard has questions, each a list of answers tried in order; an answer is a condition over facts in the
language of criteria and gives points. The score is their sum; a household for which any question cannot be told has
no score. ``likelihood`` maps points to the share of households below a poverty line.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import rfc8785

from shohay.core import criteria, document
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal, Text


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its text, the facts that it needs, and (condition, points) tried in order."""

    text: Text
    facts: tuple[str, ...]
    answers: tuple[tuple[criteria.Checked | None, int], ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A scoring formula as a document; ``sha256`` is its canonical hash."""

    code: str
    title: Text
    questions: tuple[Question, ...]
    likelihood: tuple[tuple[int, float], ...]  # (from points, percent below the upper line), rising points
    scale: int  # pmt_score = points x scale
    source: str
    sha256: str
    document: dict[str, Any]

    @classmethod
    def parse(cls, text: str) -> Formula:
        """Read and check a formula; raises Refusal('formula_wrong' or 'criterion_*')."""
        raw = document.read(text)
        try:
            questions = tuple(_question(item) for item in raw["questions"])
            likelihood = tuple((int(low), float(percent)) for low, percent in raw.get("likelihood", []))
            made = cls(
                str(raw["code"]), Text(**raw["title"]), questions, likelihood, int(raw["scale"]), str(raw["source"]),
                hashlib.sha256(rfc8785.dumps(document.plain(raw))).hexdigest(), document.plain(raw),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as wrong:
            raise Refusal("formula_wrong", why=f"{type(wrong).__name__}: {wrong}") from None
        if not questions or list(likelihood) != sorted(likelihood):
            raise Refusal("formula_wrong", why="no questions, or likelihood not in rising order")
        return made

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(name for question in self.questions for name in question.facts)

    def sql(self, bindings: dict[str, str]) -> str:
        """Points as SQL over household facts; NULL when a question cannot be told."""
        return " + ".join(_question_sql(question, bindings) for question in self.questions)

    def likelihood_sql(self, points: str) -> str:
        """Percent below the upper poverty line, as SQL over the points."""
        steps = " ".join(f"when {points} >= {low} then {percent!r}" for low, percent in reversed(self.likelihood))
        return f"cast(case {steps} end as double)" if steps else "cast(null as double)"


def _question(item: dict[str, Any]) -> Question:
    answers: list[tuple[criteria.Checked | None, int]] = []
    for answer in item["answers"]:
        checked = criteria.check(answer["when"], FACTS, {}) if "when" in answer else None
        if checked and checked.kind != "bool":
            raise ValueError(f"{answer['when']} is not a condition")
        answers.append((checked, int(answer["points"])))
    if not answers or answers[-1][0] is not None:
        raise ValueError("the last answer has no condition: it is what remains")
    names = sorted({name for checked, _ in answers if checked for name in checked.facts})
    return Question(Text(**item["text"]), tuple(names), tuple(answers))


def _question_sql(question: Question, bindings: dict[str, str]) -> str:
    unknown = " or ".join(f"{bindings[name]} is null" for name in question.facts)
    steps = " ".join(
        f"when {checked.sql(bindings, {})} then {points}" for checked, points in question.answers if checked
    )
    return f"(case when {unknown} then null {steps} else {question.answers[-1][1]} end)"


def shipped_text(code: str = "ppi_2013") -> str:
    """The document of a formula that comes with Shohay, from policy/scores."""
    return files("shohay.policy").joinpath("scores", f"{code}.yaml").read_text(encoding="utf-8")


def shipped(code: str = "ppi_2013") -> Formula:
    """A formula that comes with Shohay."""
    return Formula.parse(shipped_text(code))
