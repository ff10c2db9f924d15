"""Every timeframe of the plan is read as the reference data has it; what recurs falls due once a year."""

from __future__ import annotations

import csv
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shohay.data
from shohay.core.bangla import MONTHS_BN, MONTHS_EN, to_bangla_digits
from shohay.core.timeframes import DATED, KINDS, PLAN_ENDS, PLAN_STARTS, Timeframe, empty, of_row, read
from shohay.core.values import FiscalYear

CATALOGUE = Path(next(iter(shohay.data.__path__))) / "catalogue"
UNREADABLE = {"misplaced": "unknown", "corrupt": "unknown"}


def rows() -> list[tuple[str, str, str, str]]:
    found = set()
    for name in ("actions.csv", "cluster_actions.csv"):
        with (CATALOGUE / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                found.add((row["timeframe"], row["timeframe_kind"], row["starts"], row["due"]))
    return sorted(found)


@pytest.mark.parametrize(("text", "kind", "starts", "due"), rows())
def test_each_timeframe_of_the_plan(text, kind, starts, due):
    said = read(text)
    assert (said.kind, said.starts, said.due) == (
        UNREADABLE.get(kind, kind),
        date.fromisoformat(starts) if starts else None,
        date.fromisoformat(due) if due else None,
    )


@pytest.mark.parametrize(
    ("text", "kind", "due"),
    [
        ("জুন ২০২২", "date", date(2022, 6, 30)),
        ("ডিসেম্বর, ২০২৩", "date", date(2023, 12, 31)),
        ("২০২৩-২৪", "fy", date(2024, 6, 30)),
        ("২০২৩-২০২৪ অর্থবছর", "fy", date(2024, 6, 30)),
        ("FY 2023-24", "fy", date(2024, 6, 30)),
        ("৩০/০৬/২০২৪", "date", date(2024, 6, 30)),
        ("2024-06-30", "date", date(2024, 6, 30)),
        ("15 June 2024", "date", date(2024, 6, 15)),
        ("প্রতি বছর", "periodic", None),
        ("প্রযোজ্য নয়", "na", None),
        ("31 June 2024", "unknown", None),
        ("July, 1905", "unknown", None),
        ("2023-2019", "unknown", None),
        ("June 2025 to June 2022", "unknown", None),
    ],
)
def test_other_ways_of_saying_it(text, kind, due):
    said = read(text)
    assert (said.kind, said.due) == (kind, due)


def test_every_year_is_one_obligation_a_fiscal_year():
    found = read("Every year").obligations()
    assert [row.name for row in found] == ["2021-22", "2022-23", "2023-24", "2024-25", "2025-26"]
    assert [row.due.isoformat()[5:] for row in found] == ["06-30"] * 5
    later = read("Annually from December 2023 Onward").obligations()
    assert [row.name for row in later] == ["2023-24", "2024-25", "2025-26"]


def test_every_quarter_is_four_a_year():
    found = read("Quarterly").obligations()
    assert len(found) == 20
    assert (found[0].name, found[0].due) == ("2021-22 Q1", date(2021, 9, 30))
    assert (found[-1].name, found[-1].due) == ("2025-26 Q4", PLAN_ENDS)


def test_several_days_are_several_obligations():
    found = read("December 2022 June 2022").obligations()
    assert [row.due for row in found] == [date(2022, 6, 30), date(2022, 12, 31)]
    row = of_row("multi", "June 2024 June 2025", None, date(2025, 6, 30))
    assert [one.due for one in row.obligations()] == [date(2024, 6, 30), date(2025, 6, 30)]


@settings(max_examples=60, deadline=None)  # a busy machine is slow now and then
@given(st.text(max_size=60))
def test_whatever_is_written_is_read_without_an_error(text):
    said = read(text)
    assert said.kind in KINDS
    assert (said.due is not None) == (said.kind in DATED)
    assert said.due is None or said.starts is None or said.starts <= said.due
    assert (said.every != "") == (said.kind == "periodic")


@settings(max_examples=60, deadline=None)  # a busy machine is slow now and then
@given(st.dates(date(2015, 1, 1), date(2041, 12, 31)), st.booleans())
def test_a_month_ends_on_its_last_day_in_both_languages(day, bangla):
    name = (MONTHS_BN if bangla else MONTHS_EN)[day.month - 1]
    text = f"{name}, {day.year}"
    said = read(to_bangla_digits(text) if bangla else text)
    assert said.kind == "date"
    assert (said.due.year, said.due.month) == (day.year, day.month)
    assert (said.due.toordinal() + 1) == date(day.year + day.month // 12, day.month % 12 + 1, 1).toordinal()


@settings(max_examples=60, deadline=None)  # a busy machine is slow now and then
@given(st.dates(date(2016, 1, 1), date(2030, 1, 1)), st.sampled_from(["year", "quarter"]))
def test_what_recurs_covers_the_plan_without_gap_or_overlap(starts, every):
    found = Timeframe("periodic", starts=starts, every=every).obligations()
    for one, following in pairwise(found):
        assert (following.starts.toordinal() - one.due.toordinal()) == 1
    if starts <= PLAN_ENDS:
        assert found[-1].due == PLAN_ENDS
        assert found[0].starts <= max(starts, PLAN_STARTS) <= found[0].due
    else:
        assert found == ()
    assert len({row.name for row in found}) == len(found)
    if every == "year":
        assert all(row.name == str(FiscalYear.of(row.due)) for row in found)


@pytest.mark.parametrize("text", ["", " ", "-", "—", "N/A", "n/a", "প্রযোজ্য নয়", "Nil", "\u00a0"])
def test_what_says_nothing(text):
    assert empty(text)


@pytest.mark.parametrize("text", ["0", "০", "June 2022", "no"])
def test_what_says_something(text):
    assert not empty(text)
