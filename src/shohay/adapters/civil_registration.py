"""Births and deaths: whether the birth is registered as the registry has it, and whether a death is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from shohay.adapters.answering import each, word
from shohay.adapters.calling import Line
from shohay.core.verification import DIFFERS, SAME, Answer, Question, Standing, level


class CivilRegistration:
    code = "civil_registration"

    def __init__(self, line: Line) -> None:
        self.line = line

    def ask(self, questions: Sequence[Question], *, request_id: str) -> list[Answer]:
        """One call for all; raises what Line.call raises."""
        body = {"records": [_record(question) for question in questions]}
        return self.line.call(
            "/v1/events/batch", body, request_id=request_id, read=lambda answer: each(questions, answer, _read)
        )

    def standing(self) -> Standing:
        return self.line.standing()


def _record(question: Question) -> dict[str, Any]:
    return {
        "id": question.key, "type": question.kind, "number": question.number, "name_bn": question.name_bn,
        "name_en": question.name_en, "dob": question.birth_date.isoformat() if question.birth_date else "",
    }  # fmt: skip


def _read(question: Question, said: dict[str, Any]) -> Answer:
    """The level is that of the birth; a death counts whether the birth was registered or not."""
    birth, death = said["birth"], said["death"]
    born = {field: word(birth[field]) for field in ("name", "birth_date") if birth and field in birth}
    detail = {}
    if death:
        detail = {"died_on": date.fromisoformat(death["date"]).isoformat(), "entry": str(death["entry"])[:40]}
    return Answer(
        question.key, level(birth is not None, born), {**born, "alive": DIFFERS if death else SAME}, detail,
        str(said.get("ref", ""))[:60],
    )  # fmt: skip
