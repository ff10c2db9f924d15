"""What personal data are used for: the notice read to people, and each purpose with its legal basis, as a document."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from shohay.core import document
from shohay.core.messages import Refusal, Text

LAW, CONSENT = "law", "consent"
DATA = {
    "identity": Text("নাম, বয়স, পরিচয় নম্বর", "Name, age, identity numbers"),
    "family": Text("পরিবারের সদস্য ও সম্পর্ক", "Members of the household and their relations"),
    "home": Text("ঠিকানা, ঘর, সম্পদ, জমি", "Address, house, belongings, land"),
    "income": Text("আয় ও পেশা", "Income and work"),
    "disability": Text("প্রতিবন্ধিতা ও স্বাস্থ্য", "Disability and health"),
    "schooling": Text("লেখাপড়া", "Schooling"),
    "account": Text("ফোন, ওয়ালেট বা ব্যাংক হিসাব", "Phone, wallet or bank account"),
    "complaints": Text("অভিযোগ ও তার উত্তর", "Complaints and their answers"),
}


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose; ``data`` are keys of DATA, ``kept`` says for how long."""

    id: str
    basis: str
    text: Text
    legal: Text
    data: tuple[str, ...]
    kept: Text


@dataclass(frozen=True, slots=True)
class Purposes:
    """The document: which notice is read, and for which purposes."""

    version: int
    in_force: dt.date
    source: str
    notice: Text
    purposes: tuple[Purpose, ...]
    sha256: str

    def of_basis(self, basis: str) -> tuple[Purpose, ...]:
        return tuple(purpose for purpose in self.purposes if purpose.basis == basis)

    def named(self, id_: str) -> Purpose | None:
        return next((purpose for purpose in self.purposes if purpose.id == id_), None)

    @staticmethod
    def parse(text: str) -> Purposes:
        """Read the document; raises Refusal purposes_wrong, definition_unreadable."""
        found = document.read(text)
        try:
            purposes = tuple(_purpose(spec) for spec in found["purposes"])
            made = Purposes(
                found["version"], found["in_force"], found["source"],
                Text(found["notice"]["bn"], found["notice"]["en"]), purposes, hashlib.sha256(text.encode()).hexdigest(),
            )  # fmt: skip
        except (KeyError, TypeError) as wrong:
            raise Refusal("purposes_wrong", where=str(wrong)[:60]) from wrong
        if len({purpose.id for purpose in purposes}) < len(purposes) or not made.of_basis(LAW):
            raise Refusal("purposes_wrong", where="id")
        return made


def _purpose(spec: dict[str, Any]) -> Purpose:
    purpose = Purpose(
        spec["id"], spec["basis"], Text(spec["bn"], spec["en"]),
        Text(spec["legal_bn"], spec["legal_en"]), tuple(spec["data"]),
        Text(spec["kept_bn"], spec["kept_en"]),
    )  # fmt: skip
    if purpose.basis not in (LAW, CONSENT) or not purpose.data or not set(purpose.data) <= set(DATA):
        raise Refusal("purposes_wrong", where=purpose.id)
    return purpose
