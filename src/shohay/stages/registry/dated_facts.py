"""Which columns of the present make one dated fact, and what a fact looks like as a value.

A fact groups what an officer learns at once: schooling is level, class and whether the school is listed. Facts that the
present has no column for (the six questions of the Washington Group, being away) live in the history alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shohay.core.families import WASHINGTON_GROUP

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
    "death": ("death_date",),
}
HOUSEHOLD: Mapping[str, tuple[str, ...]] = {
    "address": ("address_bn", "area_code", "area_type"),
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


def of_household(row: Any, fact: str) -> dict[str, Any]:
    return value_now(row, fact, HOUSEHOLD)
