"""Working-day clocks. Bangladesh works Sunday to Thursday; gazetted holidays come from the caller.

The limits of the Grievance Redress System (GRS, Cabinet Division): the grievance officer answers within 30
working days, the appellate officer within 20.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

GRIEVANCE_DAYS = 30
APPEAL_DAYS = 20

WEEKEND = (4, 5)  # date.weekday(): Friday and Saturday
DAYS_AT_WORK = 5  # in each whole week


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Sunday to Thursday and not a holiday."""
    return day.weekday() not in WEEKEND and day not in holidays


def next_working_day(day: date, holidays: Collection[date] = ()) -> date:
    """``day`` itself when offices are open, else the first day they are."""
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, days: int, holidays: Collection[date] = ()) -> date:
    """The working day that is ``days`` working days after ``start``; the day of filing is not counted.

    Whole weeks are jumped over at once and only the holidays in between walked, so that a long clock costs
    no more than a short one. ``days`` must not be negative (ValueError).
    """
    if days < 0:
        raise ValueError("a deadline lies ahead: days must not be negative")
    weeks, rest = divmod(days, DAYS_AT_WORK)
    end = start + timedelta(weeks=weeks)
    # a start on the weekend lands on the same weekend: go back to the Thursday that the count ended on
    while weeks and end.weekday() in WEEKEND:
        end -= timedelta(days=1)
    end = _walk(end, rest)
    # each holiday passed over costs one more day, which may itself pass over further holidays
    lost = sorted(day for day in set(holidays) if start < day and day.weekday() not in WEEKEND)
    for day in lost:
        if day > end:
            break
        end = _walk(end, 1)
    return end


def _walk(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        if day.weekday() not in WEEKEND:
            days -= 1
    return day


def working_days_between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """How many working days lie after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
    if end < start:
        return -working_days_between(end, start, holidays)
    weeks, rest = divmod((end - start).days, 7)
    count = weeks * DAYS_AT_WORK
    tail = end - timedelta(days=rest)
    count += sum((tail + timedelta(days=i)).weekday() not in WEEKEND for i in range(1, rest + 1))
    return count - sum(1 for day in set(holidays) if start < day <= end and day.weekday() not in WEEKEND)


def working_days_late(due: date, today: date, holidays: Collection[date] = ()) -> int:
    """Working days past the due day: 0 while in time."""
    return max(0, working_days_between(due, today, holidays))
