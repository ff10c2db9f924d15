"""Who outside can confirm what about a person, for how long an answer counts, and what an answer means.

The parties are data: what is asked about, how many at once, how fast, how long each level of answer stays valid.
Adapters bring the answers in the form of ``fields``: a word for each field that was compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

# what a party says of one field
SAME, CLOSE, DIFFERS, UNKNOWN = "same", "close", "differs", "unknown"
WORDS = (SAME, CLOSE, DIFFERS, UNKNOWN)
# what an answer as a whole says
EXACT, PARTIAL, NONE, NOT_FOUND = "exact", "partial", "none", "not_found"
LEVELS = (EXACT, PARTIAL, NONE, NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Party:
    """``about``: the row asked about, identity or account; ``kinds``: of which kinds; ``valid_days``: by level."""

    code: str
    about: str
    kinds: tuple[str, ...]
    batch: int  # records the party takes in one call
    calls_a_second: float  # what the agreement allows
    valid_days: Mapping[str, int]
    only: str = ""  # a condition in SQL on registry_person p: who is asked about at all


PARTIES: dict[str, Party] = {
    party.code: party
    for party in (
        # a found and fitting NID does not change for a year; what did not fit is asked again after the repair
        Party("nid", "identity", ("nid17", "nid13", "nid10"), 500, 50,
              {EXACT: 365, PARTIAL: 90, NONE: 30, NOT_FOUND: 30}),
        # deaths arrive every month, so even a perfect answer is asked again
        Party("civil_registration", "identity", ("brn17", "nid17", "nid13", "nid10"), 500, 50,
              {EXACT: 30, PARTIAL: 30, NONE: 30, NOT_FOUND: 30}),
        Party("disability_register", "identity", ("nid17", "nid13", "nid10", "brn17"), 500, 20,
              {EXACT: 365, PARTIAL: 180, NONE: 90, NOT_FOUND: 90},
              "p.disability not in ('', 'none', 'unknown')"),
        Party("sim_owner", "account", ("mfs",), 500, 50, {EXACT: 180, PARTIAL: 90, NONE: 30, NOT_FOUND: 30}),
        Party("wallets", "account", ("mfs",), 500, 50, {EXACT: 60, PARTIAL: 30, NONE: 30, NOT_FOUND: 30}),
    )
}  # fmt: skip


def level(found: bool, fields: Mapping[str, str]) -> str:
    """The level of an answer: exact when every compared field is the same, none when none is even close.

    A field that the party does not know says nothing; an answer without any known field is exact as far as it goes.
    """
    if not found:
        return NOT_FOUND
    known = [word for word in fields.values() if word != UNKNOWN]
    if all(word == SAME for word in known):
        return EXACT
    return NONE if all(word == DIFFERS for word in known) else PARTIAL


def valid_until(party: Party, found: str, asked_at: datetime) -> datetime:
    return asked_at + timedelta(days=party.valid_days[found])


@dataclass(frozen=True, slots=True)
class Question:
    """One record to ask about. ``key`` comes back with the answer; numbers stay out of logs and of repr."""

    key: int
    kind: str
    number: str
    name_bn: str
    name_en: str
    father_name: str
    mother_name: str
    birth_date: date | None
    sex: str
    disability: str
    provider: str = ""  # of a wallet
    identity: tuple[tuple[str, str], ...] = ()  # (kind, number) of the holder, for the owner of a SIM

    def __repr__(self) -> str:
        return f"Question({self.key})"


@dataclass(frozen=True, slots=True)
class Answer:
    """``fields`` as compared by the party; ``detail`` what it tells beyond (day of death, state of a wallet)."""

    key: int
    level: str
    fields: Mapping[str, str]
    detail: Mapping[str, str]
    reference: str = ""


class PartyOut(Exception):
    """The circuit is open: nobody may call before ``seconds`` from now have passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no calls for {seconds:.0f} s")
        self.seconds = seconds


class CallFailed(Exception):
    """This call broke too often; the party itself may be well."""


class CallRefused(Exception):
    """The party does not want this call at all (401, 403, 400, 422): calling again would not help."""


class Standing(NamedTuple):
    """How the line to a party is doing; the counts are since it was last asked for."""

    circuit: str  # closed | open | half_open
    seconds_to_wait: float
    calls: int
    refused: int
    failed: int
    last_error: str


class Port(Protocol):
    """An outside party, as the job hands it to the action."""

    def ask(self, questions: Sequence[Question], *, request_id: str) -> list[Answer]:
        """An answer for each question, in their order; the same request id again is the same request. Raises PartyOut,
        CallFailed, CallRefused."""
        ...

    def standing(self) -> Standing: ...


# (party, field) -> the finding that a field which differs makes; "" = the answer is kept, nobody has to look
FINDINGS: dict[tuple[str, str], tuple[str, str]] = {
    ("nid", "name"): ("name_differs", "doubt"),
    ("nid", "birth_date"): ("birth_date_differs", "doubt"),
    ("nid", "father_name"): ("parent_differs", "note"),
    ("nid", "mother_name"): ("parent_differs", "note"),
    ("civil_registration", "name"): ("name_differs", "note"),
    ("civil_registration", "birth_date"): ("birth_date_differs", "doubt"),
    ("civil_registration", "alive"): ("died", "serious"),
    ("disability_register", "disability"): ("disability_differs", "note"),
    ("sim_owner", "owner"): ("sim_of_another", "doubt"),
    ("wallets", "state"): ("wallet_closed", "serious"),
    ("wallets", "holder"): ("wallet_of_another", "doubt"),
}
# party -> the finding that "not found" makes; a birth that was never registered is common among the old: no finding
NOT_FOUND_FINDINGS: dict[str, tuple[str, str]] = {
    "nid": ("not_found", "doubt"),
    "disability_register": ("not_found", "note"),
    "sim_owner": ("not_found", "note"),
    "wallets": ("not_found", "serious"),
}
