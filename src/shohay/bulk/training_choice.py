"""What one may choose when a score is trained: the facts offered, in the order of the form."""

from __future__ import annotations

from shohay.bulk import pmt_parts, training_data
from shohay.core.facts import FACTS

# what a visitor can see or is told without papers; these are ticked at first
USUAL = (
    "household_size", "members_under_5", "members_6_to_12_in_school", "members_65_or_more", "disabled_members",
    "head_age", "is_female_headed", "rooms", "walls", "has_television", "fans", "mobile_phones", "has_vehicle",
    "has_daily_labourer", "cultivable_decimals", "homestead_decimals",
)  # fmt: skip
# income is what the score stands in for, and area facts would pay some places for being counted poor
NOT_OFFERED = frozenset({"household_income", "income_per_head", "area_type", "is_rural", "is_household_resident"})


def offered() -> list[str]:
    """Facts of the household that a score may be made of, the usual ones first."""
    rest = [
        name for name, fact in FACTS.items()
        if fact.level == "household" and fact.kind in ("bool", "number", "text") and name not in pmt_parts.MADE
        and name not in NOT_OFFERED and name not in USUAL and name not in training_data.GROUPS
    ]  # fmt: skip
    return [*USUAL, *rest]
