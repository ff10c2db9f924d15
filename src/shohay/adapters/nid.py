"""Election commission: number, name and birth date against the voter database; a word a field, no data come back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shohay.adapters.answering import each, word
from shohay.adapters.calling import Line
from shohay.core.verification import Answer, Question, Standing, level

FIELDS = ("name", "birth_date", "father_name", "mother_name")


class Nid:
    code = "nid"

    def __init__(self, line: Line) -> None:
        self.line = line

    def ask(self, questions: Sequence[Question], *, request_id: str) -> list[Answer]:
        """One call for all; raises what Line.call raises."""
        body = {"requests": [_record(question) for question in questions]}
        return self.line.call(
            "/v1/match/batch", body, request_id=request_id, read=lambda answer: each(questions, answer, _read)
        )

    def standing(self) -> Standing:
        return self.line.standing()


def _record(question: Question) -> dict[str, Any]:
    return {
        "id": question.key, "nid": question.number, "name_bn": question.name_bn, "name_en": question.name_en,
        "dob": question.birth_date.isoformat() if question.birth_date else "", "father": question.father_name,
        "mother": question.mother_name,
    }  # fmt: skip


def _read(question: Question, said: dict[str, Any]) -> Answer:
    found = bool(said["found"])
    match = said.get("match", {}) if found else {}
    fields = {field: word(match[field]) for field in FIELDS if field in match}
    return Answer(question.key, level(found, fields), fields, {}, str(said.get("ref", ""))[:60])
