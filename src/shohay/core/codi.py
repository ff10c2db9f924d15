"""Arithmetic of CODI assessments: scores of fields become scores of criteria, assessors are compared, scales mapped.

Pure. A field has a whole score, or one of two codes instead of a score: 'not_applicable' and 'no_evidence'. Both are
counted and left out of every mean; a field that nobody answered is missing, and is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

WITHOUT = ("not_applicable", "no_evidence")
SCALES = (4, 3)  # ISPA's four levels; Bangladesh's three


class Answer(NamedTuple):
    """What one assessor, or the consensus, says of a field: a score, or why there is none."""

    score: int | None
    without: str = ""


class Criterion(NamedTuple):
    """A criterion with the mean of its scored fields (None when none is scored), and what is left out of it."""

    number: int
    mean: Fraction | None
    scored: int
    fields: int
    not_applicable: tuple[str, ...]
    no_evidence: tuple[str, ...]
    missing: tuple[str, ...]


def mean(scores: Iterable[int]) -> Fraction | None:
    values = list(scores)
    return Fraction(sum(values), len(values)) if values else None


def criteria(fields: Sequence[tuple[str, int]], answers: Mapping[str, Answer]) -> list[Criterion]:
    """The criteria in the order of ``fields`` ((code, criterion) pairs), each the mean of its scored fields."""
    codes: dict[int, list[str]] = {}
    for code, number in fields:
        codes.setdefault(number, []).append(code)
    return [_criterion(number, own, answers) for number, own in codes.items()]


def _criterion(number: int, codes: list[str], answers: Mapping[str, Answer]) -> Criterion:
    given = {code: answers[code] for code in codes if code in answers}
    scores = [answer.score for answer in given.values() if answer.score is not None]
    left_out = [tuple(code for code, answer in given.items() if answer.without == why) for why in WITHOUT]
    missing = tuple(code for code in codes if code not in given)
    return Criterion(number, mean(scores), len(scores), len(codes), left_out[0], left_out[1], missing)


def overall(rows: Iterable[Criterion]) -> Fraction | None:
    """The mean of the criteria that have one, each of the same weight; shown beside them, never instead of them."""
    means = [row.mean for row in rows if row.mean is not None]
    return sum(means, Fraction(0)) / len(means) if means else None


def completeness(rows: Iterable[Criterion]) -> Fraction:
    """Fields answered (with a score or with a reason for none) of all fields."""
    counted = list(rows)
    fields = sum(row.fields for row in counted)
    return Fraction(fields - sum(len(row.missing) for row in counted), fields) if fields else Fraction(0)


def spread(answers: Sequence[Answer]) -> int | None:
    """How far the scores lie apart (0 = the same); None when nobody scored."""
    scores = [answer.score for answer in answers if answer.score is not None]
    return max(scores) - min(scores) if scores else None


def differ(answers: Sequence[Answer]) -> bool:
    """Whether the assessors say different things: another score, or a score against a reason for none."""
    return len(set(answers)) > 1


def suggested(answers: Sequence[Answer]) -> Answer | None:
    """The middle score, of two middle ones the lower; the commonest reason where nobody scored; None of nothing.

    A suggestion for the talk, not the agreement: where assessors differ a reason has to be written.
    """
    if not answers:
        return None
    scores = sorted(answer.score for answer in answers if answer.score is not None)
    if scores:
        return Answer(scores[(len(scores) - 1) // 2])
    reasons = [answer.without for answer in answers]
    return Answer(None, max(sorted(set(reasons)), key=reasons.count))


def unanimity(by_field: Mapping[str, Sequence[Answer]]) -> Fraction | None:
    """Of the fields that at least two assessors answered, the part on which all of them say the same."""
    shared = [answers for answers in by_field.values() if len(answers) > 1]
    return Fraction(sum(not differ(answers) for answers in shared), len(shared)) if shared else None


def on_three(level: int, mapping: str) -> int:
    """A level of four on the scale of three, by the mapping of its field ("1,2,2,3"). ValueError: no such level."""
    steps = [int(step) for step in mapping.split(",")]
    if not 1 <= level <= len(steps):
        raise ValueError(f"no level {level} among {len(steps)}")
    return steps[level - 1]


def from_three(level: int, mapping: str) -> tuple[int, ...]:
    """The levels of four that a level of three may stand for: the mapping loses what told them apart."""
    return tuple(number for number, step in enumerate(mapping.split(","), start=1) if int(step) == level)


def normalised(value: Fraction | None, scale: int) -> Fraction | None:
    """A mean as a part of its scale, 0 to 1: the only way in which rounds on two scales may be compared."""
    return None if value is None else (value - 1) / (scale - 1)
