"""Telecom regulator: whose SIM is this number? It tells no identity number, only keyed hashes to compare with ours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from shohay.adapters.answering import each
from shohay.adapters.calling import Line
from shohay.core.verification import DIFFERS, SAME, UNKNOWN, Answer, Question, Standing, level


def owner_hash(key: str, kind: str, number: str) -> str:
    """The hash that both sides agreed on: 32 hexadecimal digits (cut short, so that nothing can be appended to it)."""
    return sha256(f"{key}:{kind}:{number}".encode()).hexdigest()[:32]


class SimOwner:
    """``hash_key``: what the regulator and we share for the hash, and nobody else knows."""

    code = "sim_owner"

    def __init__(self, line: Line, hash_key: str) -> None:
        self.line, self.hash_key = line, hash_key

    def ask(self, questions: Sequence[Question], *, request_id: str) -> list[Answer]:
        """One call for all; raises what Line.call raises."""
        body = {"numbers": [{"id": one.key, "msisdn": f"88{one.number}"} for one in questions]}
        return self.line.call(
            "/v1/owner/batch", body, request_id=request_id,
            read=lambda answer: each(questions, answer, partial(_read, self.hash_key)),
        )  # fmt: skip

    def standing(self) -> Standing:
        return self.line.standing()


def _read(hash_key: str, question: Question, said: dict[str, Any]) -> Answer:
    if not said["registered"]:
        return Answer(question.key, level(False, {}), {}, {})
    owners = set(said["owner"])
    ours = {owner_hash(hash_key, kind, number) for kind, number in question.identity}
    fields = {"owner": UNKNOWN if not ours else SAME if ours & owners else DIFFERS}
    return Answer(question.key, level(True, fields), fields, {}, str(said.get("ref", ""))[:60])
