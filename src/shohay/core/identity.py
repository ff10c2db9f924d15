"""What an identity number says by itself, and where that contradicts what the registry knows of the person.

NID of 17 digits: birth year 4, zila 2, RMO 1, upazila 2, union or ward 2, serial 6; of 13 digits: the same without the
year. The 10-digit smart number says nothing. A birth registration number of 17 digits has the shape of the 17-digit
NID: the kind is always said beside the number. None of them has a published check digit
(facts: shared/facts/bangladesh.md, D; the zila is the BBS code, unique in the country).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from shohay.core.values import BANGLA_DIGITS

LENGTH = {"nid10": 10, "nid13": 13, "nid17": 17, "brn17": 17}
KINDS = tuple(LENGTH)
RMO = {"1": "rural", "2": "municipality", "3": "other_urban", "4": "other", "5": "cantonment", "9": "city_corporation"}
OWN_UPAZILA_CODES = ("5", "9")  # under these the two digits are a cantonment's or a city's thana, not an upazila
OLDEST_YEAR = 1880
YOUNGEST_NID = 16  # years: people are registered from sixteen, the card comes at eighteen
APPROXIMATE_YEARS = 2  # how far a guessed birth date may be from the number's year

# how much a contradiction weighs: a note is common and often explained, a doubt needs a look before money flows
SEVERITY = {
    "year_impossible": "doubt", "birth_year_differs": "doubt", "nid_too_young": "doubt", "numbers_disagree": "doubt",
    "number_shared": "doubt", "district_unknown": "doubt", "rmo_unknown": "note", "upazila_unknown": "note",
    "district_differs": "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of a number; None where this kind does not carry the piece."""

    kind: str
    birth_year: int | None
    zila: str | None
    rmo: str | None
    upazila: str | None
    union: str | None
    serial: str

    def digits(self) -> str:
        """The number again."""
        year = f"{self.birth_year:04d}" if self.birth_year is not None else ""
        place = (self.zila, self.rmo, self.upazila, self.union)
        return year + "".join(part or "" for part in place) + self.serial


@dataclass(frozen=True, order=True, slots=True)
class Contradiction:
    """``said``: what the registry says; ``found``: what the number says."""

    code: str
    said: str
    found: str


def clean(text: str) -> str:
    """The digits of a number as people write it: Bangla digits, spaces and hyphens allowed."""
    return re.sub(r"[\s\-]", "", text.translate(BANGLA_DIGITS))


def parse(kind: str, digits: str) -> Parts:
    """The pieces of ``digits``. ValueError for an unknown kind or a wrong length."""
    if kind not in LENGTH:
        raise ValueError(f"unknown kind of identity number: {kind!r}")
    if not re.fullmatch(rf"[0-9]{{{LENGTH[kind]}}}", digits):
        raise ValueError(f"{kind} has {LENGTH[kind]} digits")
    if kind == "nid10":
        return Parts(kind, None, None, None, None, None, digits)
    year = int(digits[:4]) if LENGTH[kind] == 17 else None
    local = digits[-13:]
    return Parts(kind, year, local[:2], local[2], local[3:5], local[5:7], local[7:])


def contradictions(
    parts: Parts,
    *,
    birth_date: date | None,
    approximate: bool,
    area_code: str,
    today: date,
    upazilas: Collection[str],
) -> list[Contradiction]:
    """Where the number and the registry disagree. ``upazilas`` holds zila and upazila codes, as '4952', that exist.

    bulk/identity_check.py asks the same of millions by SQL; a test holds the two together.
    """
    found = _about_time(parts, birth_date, approximate, today)
    if parts.zila is not None:
        found += _about_place(parts, area_code[2:4], upazilas)
    return found


def _about_time(parts: Parts, birth_date: date | None, approximate: bool, today: date) -> list[Contradiction]:
    found = []
    year = parts.birth_year
    born = str(birth_date.year) if birth_date else ""
    if year is not None and not OLDEST_YEAR <= year <= today.year:
        found.append(Contradiction("year_impossible", born, f"{year:04d}"))
    elif year is not None and birth_date and abs(year - birth_date.year) > (APPROXIMATE_YEARS if approximate else 0):
        found.append(Contradiction("birth_year_differs", born, str(year)))
    if birth_date and parts.kind.startswith("nid") and _years(birth_date, today) < YOUNGEST_NID:
        found.append(Contradiction("nid_too_young", birth_date.isoformat(), parts.kind))
    return found


def _about_place(parts: Parts, district: str, upazilas: Collection[str]) -> list[Contradiction]:
    found = []
    zila, upazila = parts.zila or "", f"{parts.zila}{parts.upazila}"
    if parts.rmo not in RMO:
        found.append(Contradiction("rmo_unknown", "", parts.rmo or ""))
    if zila not in {code[:2] for code in upazilas}:
        return [*found, Contradiction("district_unknown", district, zila)]
    if district and zila != district:
        found.append(Contradiction("district_differs", district, zila))
    if parts.rmo not in OWN_UPAZILA_CODES and upazila not in upazilas:
        found.append(Contradiction("upazila_unknown", "", upazila))
    return found


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def disagreements(numbers: Iterable[tuple[str, str]]) -> list[Contradiction]:
    """Numbers of one person that cannot both be theirs: the 17-digit NID ends in the 13-digit one."""
    by_kind: dict[str, list[str]] = {}
    for kind, digits in numbers:
        by_kind.setdefault(kind, []).append(digits)
    wrong = any(long[-13:] != short for long in by_kind.get("nid17", []) for short in by_kind.get("nid13", []))
    return [Contradiction("numbers_disagree", "nid13", "nid17")] if wrong else []
