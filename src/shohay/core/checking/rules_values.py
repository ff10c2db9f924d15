"""Figures in sentences against the tables: taken from another column or row, a power of ten off, or simply other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from shohay.core.bangla_text import to_bangla_digits
from shohay.core.checking.claims import ValueClaim, value_claims
from shohay.core.checking.context import MEASURE_WORDS, UNIT_WORDS, Report
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.text import Amount, printed

COLUMN = Rule(
    "value.wrong-column", "error", "অন্য কলামের সংখ্যা", "A figure from another column",
    "{name}: {measure} হিসেবে {reported} লেখা হয়েছে; সারণিতে এটি {other}, আর {measure} {expected}।",
    "{name}: {reported} is printed as its {measure}; in the table that is its {other}, and its {measure} is {expected}.",
)  # fmt: skip
ROW = Rule(
    "value.wrong-row", "error", "অন্য সারির সংখ্যা", "A figure from another row",
    "{name}: {measure} হিসেবে {reported} লেখা হয়েছে; সারণিতে এটি “{other}”-এর সংখ্যা, আর এর নিজের {expected}।",
    "{name}: {reported} is printed as its {measure}; in the table that belongs to {other}, and {name} has {expected}.",
)  # fmt: skip
SCALE = Rule(
    "value.scale", "error", "দশমিক বা এককের ভুল", "A power of ten or a unit off",
    "{name}: {measure} {reported} লেখা হয়েছে, যা সারণির {expected}-এর {times} গুণ।",
    "{name}: its {measure} is printed as {reported}, {times} times the {expected} of the table.",
)  # fmt: skip
DIFFERS = Rule(
    "value.differs", "error", "সারণির সঙ্গে অমিল", "A figure that the table denies",
    "{name}: {measure} {reported} লেখা হয়েছে; সারণিতে {expected}।",
    "{name}: its {measure} is printed as {reported}; the table has {expected}.",
)  # fmt: skip
BOUND = Rule(
    "value.bound", "error", "সীমার দাবি সারণিতে টেকে না", "A bound that the table denies",
    "{name}: {measure} সম্পর্কে “{reported}” বলা হয়েছে; সারণিতে {expected}।",
    "{name}: its {measure} is said to be {reported}; the table has {expected}.",
)  # fmt: skip
RULES = (COLUMN, ROW, SCALE, DIFFERS, BOUND)

WORDS = {"over": "over", "under": "under", "about": "about", "": ""}


def check(report: Report) -> Iterator[Finding]:
    """One finding for each figure that is not the table's."""
    for claim in value_claims(report.document, report.names):
        value = claim.entity.values.get(claim.measure)
        if value is None:
            continue
        found = (
            _bound(claim, value)
            if (claim.amount.bound in ("over", "under") or claim.upper)
            else _exact(report, claim, value)
        )
        if found:
            yield found


def amount_in(amount: Amount, measure: str) -> Decimal:
    """The amount in the unit of the tables: crore taka, lakh people, programmes."""
    if measure == "programmes":
        return amount.value
    return amount.crore if measure == "budget" else amount.lakh


def with_unit(value: Decimal, measure: str) -> tuple[str, str]:
    """(Bangla, English) with the unit."""
    text = printed(value, 0 if measure == "programmes" else 2)
    bn, en = UNIT_WORDS[measure]
    return f"{to_bangla_digits(text)} {bn}", f"{text} {en}"


def same(amount: Amount, claimed: Decimal, value: Decimal, measure: str) -> bool:
    """Equal as far as it is printed: rounded or cut off at its last digit; 'about' allows a tenth."""
    if amount.bound == "about":
        return abs(claimed - value) <= abs(value) / 10
    step = claimed / amount.value * Decimal(1).scaleb(-amount.places) if amount.value else Decimal(1)
    if amount.places == 0 and amount.value >= 1000 and amount.value % 1000 == 0:
        step *= 500  # '54,000 crore' is a round number
    return abs(claimed - value) < (step if measure != "programmes" else Decimal("0.5"))


def _exact(report: Report, claim: ValueClaim, value: Decimal) -> Finding | None:
    claimed = amount_in(claim.amount, claim.measure)
    if same(claim.amount, claimed, value, claim.measure):
        return None
    shown: dict[str, Any] = {
        "reported": _printed(claim), "name": claim.entity.pair, "measure": MEASURE_WORDS[claim.measure],
        "expected": with_unit(value, claim.measure),
    }  # fmt: skip
    raw = claim.amount.value
    for other, its in claim.entity.values.items():
        if other != claim.measure and its == raw and raw:
            return COLUMN.at(claim.line, other=MEASURE_WORDS[other], **shown)
    for row in report.names.of_kind(claim.entity.kind):
        if (
            row is not claim.entity
            and raw >= 10
            and raw in (row.values.get(claim.measure),)
            and claim.measure != "programmes"
        ):
            return ROW.at(claim.line, other=row.pair, **shown)
    for times in (10, 100, 1000):
        for factor in (Decimal(times), 1 / Decimal(times)):
            if value and same(claim.amount, claimed, value * factor, claim.measure) and claim.measure != "programmes":
                return SCALE.at(claim.line, times=printed(factor, 0 if factor > 1 else 3), **shown)
    return DIFFERS.at(claim.line, **shown)


def _printed(claim: ValueClaim) -> str:
    text = claim.sentence.text[claim.amount.start : claim.amount.end].strip()
    return text + {"budget": " taka", "beneficiaries": "", "programmes": " programmes"}[claim.measure]


def _bound(claim: ValueClaim, value: Decimal) -> Finding | None:
    low = amount_in(claim.amount, claim.measure)
    if claim.upper is not None:
        high = amount_in(claim.upper, claim.measure)
        if low <= value <= high:
            return None
        text = f"between {_digits(claim.amount)} and {_digits(claim.upper)}"
    else:
        over = claim.amount.bound == "over"
        if value >= low if over else value <= low:
            return None
        text = f"{'over' if over else 'under'} {_printed(claim)}"
    expected = with_unit(value, claim.measure)
    return BOUND.at(
        claim.line, reported=text, expected=expected, name=claim.entity.pair, measure=MEASURE_WORDS[claim.measure]
    )  # fmt: skip


def _digits(amount: Amount) -> str:
    return printed(amount.value, amount.places)
