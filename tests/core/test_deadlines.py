"""Working-day clocks against counting day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core import deadlines as d

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
HOLIDAYS = st.frozensets(st.dates(date(2024, 1, 1), date(2031, 12, 31)), max_size=60) | st.builds(
    lambda start, length: frozenset(start + timedelta(days=i) for i in range(length)), DAYS, st.integers(0, 20)
)


def one_by_one(start: date, days: int, holidays: frozenset[date]) -> date:
    while days:
        start += timedelta(days=1)
        if start.weekday() not in (4, 5) and start not in holidays:
            days -= 1
    return start


@given(DAYS, st.integers(0, 90), HOLIDAYS)
def test_same_as_counting_day_by_day(start, days, holidays):
    assert d.add_working_days(start, days, holidays) == one_by_one(start, days, holidays)


@given(DAYS, st.integers(1, 90), HOLIDAYS)
def test_there_and_back(start, days, holidays):
    end = d.add_working_days(start, days, holidays)
    assert d.is_working_day(end, holidays)
    assert d.working_days_between(start, end, holidays) == days


@given(DAYS, st.integers(-200, 200), HOLIDAYS)
def test_between_counts_each_day(start, length, holidays):
    end = start + timedelta(days=length)
    first, last = min(start, end), max(start, end)
    counted = sum(d.is_working_day(first + timedelta(days=i), holidays) for i in range(1, (last - first).days + 1))
    assert d.working_days_between(start, end, holidays) == (counted if length >= 0 else -counted)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 22), 1, date(2026, 11, 23)),  # Sunday to Monday
        (date(2026, 11, 26), 1, date(2026, 11, 29)),  # Thursday to Sunday
        (date(2026, 11, 27), 1, date(2026, 11, 29)),  # filed on a Friday
        (date(2026, 11, 22), 30, date(2027, 1, 3)),  # six weeks
    ],
)
def test_known_days(start, days, end):
    assert d.add_working_days(start, days) == end


def test_a_holiday_pushes_the_day_on():
    victory_day = date(2026, 12, 16)  # a Wednesday
    assert d.add_working_days(date(2026, 12, 15), 1, {victory_day}) == date(2026, 12, 17)
    assert d.next_working_day(victory_day, {victory_day}) == date(2026, 12, 17)
    assert d.next_working_day(date(2026, 12, 18)) == date(2026, 12, 20)


def test_late_only_after_the_day():
    due = date(2026, 11, 26)  # a Thursday
    assert d.working_days_late(due, due) == 0
    assert d.working_days_late(due, date(2026, 11, 28)) == 0  # the weekend is nobody's delay
    assert d.working_days_late(due, date(2026, 11, 30)) == 2


def test_a_deadline_lies_ahead():
    with pytest.raises(ValueError, match="ahead"):
        d.add_working_days(date(2026, 11, 22), -1)
