"""Wallet providers through the national switch: is the wallet open, and in whose name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shohay.adapters.answering import each, word
from shohay.adapters.calling import Line
from shohay.core.verification import DIFFERS, SAME, Answer, Question, Standing, level

STATES = ("open", "dormant", "closed")


class Wallets:
    code = "wallets"

    def __init__(self, line: Line) -> None:
        self.line = line

    def ask(self, questions: Sequence[Question], *, request_id: str) -> list[Answer]:
        """One call for all; raises what Line.call raises."""
        body = {"wallets": [_record(question) for question in questions]}
        return self.line.call(
            "/v1/wallets/batch", body, request_id=request_id, read=lambda answer: each(questions, answer, _read)
        )

    def standing(self) -> Standing:
        return self.line.standing()


def _record(question: Question) -> dict[str, Any]:
    return {
        "id": question.key, "provider": question.provider, "wallet": question.number, "name_bn": question.name_bn,
        "name_en": question.name_en,
    }  # fmt: skip


def _read(question: Question, said: dict[str, Any]) -> Answer:
    state = said["state"]
    if state is None:
        return Answer(question.key, level(False, {}), {}, {})
    if state not in STATES:
        raise ValueError("an unknown state")
    fields = {"state": SAME if state == "open" else DIFFERS, "holder": word(said["holder"])}
    return Answer(question.key, level(True, fields), fields, {"state": state}, str(said.get("ref", ""))[:60])
