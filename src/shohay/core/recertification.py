"""How long a score counts: calendar months from the day of the data, the last day of a short month standing in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

SOON = 3  # months before a score runs out


def months_from(day: date, months: int) -> date:
    """The same day so many months later (or earlier): 31 August and six months are 28 or 29 February."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_data(on: date, months: int) -> date:
    """Data of this day or earlier have run out on ``on``."""
    return months_from(on, -months)
