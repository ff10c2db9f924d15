"""Opening a household's record: for a purpose, with a trace that its people can see."""

from __future__ import annotations

from django.db import transaction

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.registry import queries
from shohay.stages.registry.models import Household


def open_household(*, household_id: int, purpose: str, by: Officer) -> Household:
    """The household, and a trace of who opened it and why. Raises household_not_found, purpose_missing."""
    by.require("person.open")
    try:
        household = queries.household_of(by, household_id)
    except Household.DoesNotExist:
        raise Refusal("household_not_found") from None
    if not purpose.strip():
        raise Refusal("purpose_missing")
    with transaction.atomic():
        record(
            action="household.opened", by=by, subject=("household", household.pk), area_code=household.area_code,
            reason=purpose,
        )  # fmt: skip
    return household
