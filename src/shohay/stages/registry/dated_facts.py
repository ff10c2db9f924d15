"""Which columns of the present make one dated fact, and what a fact looks like as a value.

A fact groups what an officer learns at once: schooling is level, class and whether the school is listed. Facts that the
present has no column for (the six questions of the Washington Group, being away) live in the history alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shohay.core.families import MARITAL, WASHINGTON_GROUP
from shohay.core.messages import Refusal

PERSON: Mapping[str, tuple[str, ...]] = {
    "name": ("name_bn", "name_en", "name_key"),
    "parents": ("father_name", "mother_name"),
    "birth": ("birth_date", "birth_date_approximate"),
    "sex": ("sex",),
    "marital": ("marital_status", "marriage_ended_on"),
    "disability": ("disability", "disability_card"),
    "pregnancy": ("is_pregnant", "pregnancy_month", "pregnancy_order", "has_anc_card"),
    "schooling": ("school_level", "school_class", "school_listed"),
    "work": ("occupation", "government_salary", "government_pension"),
    "income": ("annual_income",),
    "residence": ("permanent_resident",),
    "community": ("community",),
    "honours": ("freedom_fighter",),
    "illness": ("serious_illness",),
    "death": ("death_date",),
}
HOUSEHOLD: Mapping[str, tuple[str, ...]] = {
    "address": ("reference", "address_bn", "area_code", "area_type"),
    "dwelling": ("rooms", "walls"),
    "assets": ("has_television", "fans", "mobile_phones", "has_vehicle"),
    "land": ("homestead_decimals", "cultivable_decimals"),
    "income": ("annual_income", "has_daily_labourer"),
    "disaster": ("disaster_hit",),
    "programmes": ("declared_programmes",),
    "closed": ("closed_on",),
}
# in the history alone; their value before the first row: nothing known
HISTORY_ONLY: Mapping[str, tuple[str, ...]] = {
    "functioning": WASHINGTON_GROUP,
    "away": ("where", "place"),
    "membership": ("household", "relation"),
}
DATES = frozenset({"birth_date", "marriage_ended_on", "death_date", "closed_on"})
CHOICES: Mapping[str, tuple[str, ...]] = {
    "sex": ("male", "female", "hijra"),
    "marital_status": MARITAL,
    "disability": (
        "",
        "physical",
        "visual",
        "hearing",
        "speech",
        "intellectual",
        "mental",
        "multiple",
        "autism",
        "other",
        "unknown",
    ),
    "freedom_fighter": ("", "none", "general", "injured", "bir_uttam", "bir_bikram", "bir_protik", "heir"),
    "serious_illness": (
        "",
        "none",
        "cancer",
        "kidney",
        "liver_cirrhosis",
        "stroke_paralysis",
        "congenital_heart",
        "thalassaemia",
    ),
    "school_level": ("", "none", "pre_primary", "primary", "secondary", "higher_secondary", "higher"),
    "walls": ("", "brick", "tin", "mud", "straw"),
    "area_type": ("rural", "urban", "city"),
}
AT_MOST: Mapping[str, float] = {  # whole numbers and land from 0 to these
    "school_class": 12, "pregnancy_month": 10, "pregnancy_order": 20, "rooms": 60, "fans": 60, "mobile_phones": 60,
    "annual_income": 1_000_000_000,
    "homestead_decimals": 100_000, "cultivable_decimals": 1_000_000,
}  # fmt: skip


def check(values: Mapping[str, Any]) -> None:
    """Raises unknown_choice (no list has the code), number_out_of_bounds, name_missing."""
    for column, value in values.items():
        if column in CHOICES and value not in CHOICES[column]:
            raise Refusal("unknown_choice", column=column, value=value)
        if column in AT_MOST and value is not None and not 0 <= value <= AT_MOST[column]:
            raise Refusal("number_out_of_bounds", column=column, value=value, most=AT_MOST[column])
        if column == "name_bn" and not value:
            raise Refusal("name_missing")


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def value_now(row: Any, fact: str, columns: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The value of a fact as the present row (Person or Household) has it."""
    return {column: as_json(getattr(row, column)) for column in columns[fact]}


def of_person(row: Any, fact: str) -> dict[str, Any]:
    """The present value of any fact of a person; {} for one that only the history holds."""
    if fact == "membership":
        return {"household": row.household_id, "relation": row.relation}
    return value_now(row, fact, PERSON) if fact in PERSON else {}


def since(fact: str, value: Mapping[str, Any]) -> date | None:
    """Since when a first record holds, where it says so itself: who was widowed on a day was not before it."""
    ended = value.get("marriage_ended_on") if fact == "marital" else None
    return date.fromisoformat(ended) if ended else None


def of_household(row: Any, fact: str) -> dict[str, Any]:
    return value_now(row, fact, HOUSEHOLD)


UNTIL_NEXT = date.max  # as an end: the value holds until the next change that is known, or on and on


@dataclass(frozen=True)
class Put:
    """One value of one fact of a person or of a household, from ``start`` (None: since nobody knows when) to ``end``.

    ``end`` is the first day without it; None: on and on. ``old`` is what was believed on ``start``, for showing.
    ``fresh``: the subject is new, so nothing was believed before.
    """

    fact: str
    value: Mapping[str, Any]
    start: date | None
    end: date | None = UNTIL_NEXT
    area_code: str = ""
    person_id: int | None = None
    household_id: int | None = None
    old: Mapping[str, Any] | None = None
    fresh: bool = False
