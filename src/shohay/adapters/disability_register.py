"""Disability information system of the Department of Social Services: is there a card, and of which kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shohay.adapters.answering import each
from shohay.adapters.calling import Line
from shohay.core.verification import DIFFERS, SAME, Answer, Question, Standing, level

KINDS = ("physical", "visual", "hearing", "speech", "intellectual", "mental", "multiple", "autism", "other")


class DisabilityRegister:
    code = "disability_register"

    def __init__(self, line: Line) -> None:
        self.line = line

    def ask(self, questions: Sequence[Question], *, request_id: str) -> list[Answer]:
        """One call for all; raises what Line.call raises."""
        body = {"people": [{"id": one.key, "type": one.kind, "number": one.number} for one in questions]}
        return self.line.call(
            "/v1/cards/batch", body, request_id=request_id, read=lambda answer: each(questions, answer, _read)
        )

    def standing(self) -> Standing:
        return self.line.standing()


def _read(question: Question, said: dict[str, Any]) -> Answer:
    kind = said["disability"]
    if kind is None:
        return Answer(question.key, level(False, {}), {}, {})
    if kind not in KINDS:
        raise ValueError("an unknown kind of disability")
    fields = {"disability": SAME if kind == question.disability else DIFFERS}
    return Answer(question.key, level(True, fields), fields, {"disability": kind}, str(said.get("ref", ""))[:60])
