"""Rolled-up figures equal those added up one row at a time."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from shohay.bulk.indicators import SCHEMA, roll_up
from tests.naive import indicators as naive

NAMES = {
    "enrolled": ("sex:female", "sex:male"),
    "eligible": ("",),
    "beneficiaries": ("sex:female", "sex:male"),
    "payments": ("state:paid", "state:returned"),
    "grievances": ("clock:in_time", "clock:open"),
}


@st.composite
def rows(draw: st.DrawFn) -> dict[str, object]:
    name = draw(st.sampled_from(sorted(NAMES)))
    persons = draw(st.integers(0, 50))
    return {
        "name": name,
        "area_code": draw(st.sampled_from(["302614", "302625", "302708", "554908"])),
        "programme_code": "" if name == "beneficiaries" else draw(st.sampled_from(["OAA", "WDA"])),
        "grp": draw(st.sampled_from(NAMES[name])),
        "value": float(persons),
        "persons": persons,
    }


@settings(deadline=None, max_examples=20)
@given(st.lists(rows(), max_size=25))
def test_rolled_up_equals_added_up_one_by_one(base: list[dict[str, object]]):
    table = roll_up(pa.Table.from_pylist(base, schema=SCHEMA))
    found = {
        (row["name"], row["area_code"], row["programme_code"], row["grp"]): (row["value"], row["persons"])
        for row in table.to_pylist()
    }
    assert table.num_rows == len(found)
    assert found == naive.roll_up(base)
