"""What all parties' answers have in common: one answer for each question, in words that we know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from shohay.core.verification import WORDS, Answer, Question


def each(
    questions: Sequence[Question], body: dict[str, Any], read: Callable[[Question, dict[str, Any]], Answer]
) -> list[Answer]:
    """The answers in the order of the questions. ValueError when one is missing, doubled or of somebody else."""
    by_key = {said["id"]: said for said in body["results"]}
    if len(by_key) != len(body["results"]) or by_key.keys() != {question.key for question in questions}:
        raise ValueError("the answers are not those of the questions")
    return [read(question, by_key[question.key]) for question in questions]


def word(said: object) -> str:
    """A word for a field. ValueError for one that nobody agreed on."""
    if said not in WORDS:
        raise ValueError("an unknown word")
    return str(said)
