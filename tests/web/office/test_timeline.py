"""The timeline of a person: days without an hour, and the same thing done again and again in one line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.utils import translation

from shohay.web.office.registry import record


def opening(hour: int, who: str = "upazila", text: str = "Verifying") -> dict[str, Any]:
    return record.happening(datetime(2026, 11, 22, hour, tzinfo=UTC), "opened", "Record opened", "", text, who=who)


def test_openings_in_a_row_by_one_officer_are_one_line_with_how_often():
    with translation.override("en"):
        found = record._together([opening(9), opening(8), opening(7), opening(6, who="auditor"), opening(5)])
    assert [(event["who"], event["at"].hour, event["text"]) for event in found] == [
        ("upazila", 9, "Verifying (3 times)"), ("auditor", 6, "Verifying"), ("upazila", 5, "Verifying"),
    ]  # fmt: skip


def test_what_differs_or_is_done_by_nobody_stays_apart():
    paid = [record.happening(datetime(2026, 11, day, tzinfo=UTC), "paid", "Payment", "", "৳ 650") for day in (2, 1)]
    assert record._together(paid) == paid
    assert len(record._together([opening(9), opening(8, text="A question about a payment")])) == 2


def test_a_day_of_which_no_hour_is_known_is_shown_without_one(sit, world, opened):
    page = opened("upazila_officer").get(f"/office/people/{world.amena.pk}/").content.decode()
    assert "00:00" not in page
    assert record._at(date(2026, 11, 22)).hour == 0
