"""Tiered schedules: what the payroll's SQL pays is what the schedule owes, one person at a time.

The schedules are drawn (tiers by class and level, amounts per child, calendar months, fees beside the regular line),
and the shipped ones that read facts are taken as they are.
"""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.bulk import payroll
from shohay.core.definition import Benefit, Version
from shohay.core.facts import FACTS
from shohay.core.values import Period
from shohay.policy import shipped
from shohay.stages.payments.terms import terms_of
from tests.bulk.test_payroll import enrolments, held_of, lines_of, row
from tests.naive import payroll as naive

PERIODS = [
    Period(date(2026, 7, 1), date(2026, 10, 1)), Period(date(2026, 7, 1), date(2027, 1, 1)),
    Period(date(2026, 9, 1), date(2026, 10, 1)), Period(date(2026, 10, 1), date(2027, 7, 1)),
]  # fmt: skip
BASE = shipped.by_code()["OAA"][0].version_on(PERIODS[0].first)

BOUND = st.none() | st.integers(0, 12)
WHERE = st.fixed_dictionaries(
    {},
    optional={
        "school_class": st.tuples(BOUND, BOUND).map(list),
        "school_level": st.lists(st.sampled_from(FACTS["school_level"].values), min_size=1, max_size=3, unique=True),
        "is_permanent_resident": st.booleans(),
    },
)
LINE = st.builds(
    Benefit,
    id=st.sampled_from(["regular", "regular", "topup", "exam_fee"]),
    kind=st.just("cash"),
    amount=st.integers(0, 3_000),
    per=st.sampled_from(["month", "quarter", "half_year", "year", "day", "event"]),
    of=st.just("person"),
    where=WHERE,
    times=st.none() | st.sampled_from(["primary_pupils", "pre_primary_pupils"]),
    months=st.just(()) | st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True).map(tuple),
    days=st.none() | st.integers(1, 40),
)
KNOWN = {
    "school_class": st.integers(0, 13), "school_level": st.sampled_from(FACTS["school_level"].values),
    "is_permanent_resident": st.booleans(), "primary_pupils": st.integers(0, 6),
    "pre_primary_pupils": st.integers(0, 2),
}  # fmt: skip
ONE = st.fixed_dictionaries(
    {
        "facts": st.fixed_dictionaries({name: st.none() | values for name, values in KNOWN.items()}),
        "valid_from": st.dates(date(2026, 5, 1), date(2027, 3, 1)),
        "days": st.none() | st.integers(1, 300),
        "has_account": st.sampled_from([True, True, True, False]),
        "paid_kinds": st.sampled_from([None, None, None, "regular", "topup,exam_fee"]),
    }
)


def rows_of(drawn: list[dict[str, Any]], period: Period) -> list[dict[str, Any]]:
    """Enrolments that cover a day of the period, as the reading of enrolments gives them."""
    rows = []
    for number, one in enumerate(drawn, start=1):
        until = one["valid_from"] + timedelta(days=one["days"]) if one["days"] else None
        if one["valid_from"] >= period.end or (until and until <= period.first):
            continue
        account = number if one["has_account"] else None
        rows.append(
            row(number, facts=one["facts"], valid_from=one["valid_from"], valid_to=until, account_id=account,
                account_digest=f"{number:032x}" if account else None, paid_kinds=one["paid_kinds"])
        )  # fmt: skip
    return rows


def compare(version: Version, period: Period, rows: list[dict[str, Any]]) -> None:
    """The same lines to the poisha and the number; for who is known in full also the same held back for the same."""
    expected, barred = naive.pay("OAA", version, period, rows, payroll.SHARE_LIMIT)
    with tempfile.TemporaryDirectory() as place:
        source = enrolments(rows, list(version.benefit_facts), Path(place) / "in.parquet")
        done = payroll.compute(source, terms_of("OAA", version, period), Path(place) / "out")
        assert lines_of(done.folder) == expected
        known = {
            one["enrolment_id"]
            for one in rows
            if all(one["facts"].get(name) is not None for name in version.benefit_facts)
        }
        assert [one for one in held_of(done.folder) if one[0] in known] == [one for one in barred if one[0] in known]
        assert done.poisha == sum(line[2] for line in expected)
        told = {number for number, *_ in lines_of(done.folder)} | {number for number, _ in held_of(done.folder)}
        assert told == {one["enrolment_id"] for one in rows}  # nobody falls between paid and held back


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINE, min_size=1, max_size=5), st.sampled_from(PERIODS), st.lists(ONE, min_size=1, max_size=8))
def test_drawn_schedules(lines: list[Benefit], period: Period, drawn: list[dict[str, Any]]) -> None:
    assert BASE is not None
    compare(BASE.model_copy(update={"benefit": tuple(lines)}), period, rows_of(drawn, period))


TIERED = [
    found for found in shipped.definitions()
    if (version := found.version_on(PERIODS[0].first)) and version.pays_cash and version.benefit_facts
]  # fmt: skip


@pytest.mark.parametrize("found", TIERED, ids=lambda found: found.code)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(period=st.sampled_from(PERIODS), drawn=st.lists(ONE, min_size=1, max_size=8))
def test_shipped_schedules_that_read_facts(found, period: Period, drawn: list[dict[str, Any]]) -> None:
    compare(found.version_on(period.first), period, rows_of(drawn, period))


def test_the_stipends_are_among_them() -> None:
    assert {"PESP", "DSS_STIPEND", "HSP"} <= {found.code for found in TIERED}
