"""The SQL over millions of numbers finds what the rules in core find for one."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from shohay.bulk import identity_check
from shohay.core import identity

TODAY = date(2026, 11, 22)
UPAZILAS = ["4918", "4952", "5063"]
YEARS = st.sampled_from(["0001", "1879", "1880", "1958", "1960", "1961", "2010", "2026", "2027", "9999"])
LOCAL = st.builds(
    "{}{}{}{}000123".format, st.sampled_from(["49", "50", "00"]), st.sampled_from("1295078"),
    st.sampled_from(["52", "18", "63", "99"]), st.just("17"),
)  # fmt: skip
NUMBER = st.one_of(
    st.tuples(st.sampled_from(["nid17", "brn17"]), st.builds("{}{}".format, YEARS, LOCAL)),
    st.tuples(st.just("nid13"), LOCAL),
    st.tuples(st.just("nid10"), st.just("1234567890")),
)
BORN = st.none() | st.dates(date(1955, 1, 1), date(2014, 12, 31))
PERSON = st.tuples(
    st.lists(NUMBER, min_size=1, max_size=3), BORN, st.booleans(), st.sampled_from(["55495217", "50506311"])
)


def by_sql(people: list) -> set[tuple]:
    rows = [
        dict(zip(identity_check.NUMBERS.names, [subject, person, area, kind, number, born, approximate], strict=True))
        for person, (numbers, born, approximate, area) in enumerate(people)
        for subject, (kind, number) in enumerate(numbers)
    ]
    with TemporaryDirectory() as folder:
        out = Path(folder) / "found.csv"
        table = pa.Table.from_pylist(rows, schema=identity_check.NUMBERS)
        count = identity_check.write(table, upazilas=UPAZILAS, today=TODAY, out=out)
        found = list(csv.reader(out.open()))
    assert len(found) == count
    assert all(row[4] == identity.SEVERITY[row[3]] for row in found)
    return {(int(row[0]), row[1], int(row[2]), row[3], row[5], row[6]) for row in found}


def one_by_one(people: list) -> set[tuple]:
    found = set()
    for person, (numbers, born, approximate, area) in enumerate(people):
        for subject, (kind, digits) in enumerate(numbers):
            for one in identity.contradictions(
                identity.parse(kind, digits), birth_date=born, approximate=approximate, area_code=area, today=TODAY,
                upazilas=UPAZILAS,
            ):  # fmt: skip
                found.add((person, area, subject, one.code, one.said, one.found))
            shorts = [pair for pair in numbers if pair[0] == "nid13"]
            if kind == "nid17":
                for one in identity.disagreements([*shorts, (kind, digits)]):
                    found.add((person, area, subject, one.code, one.said, one.found))
    return found


@settings(deadline=None, max_examples=25)
@given(st.lists(PERSON, min_size=1, max_size=30))
def test_the_same_contradictions_as_one_by_one(people: list):
    assert by_sql(people) == one_by_one(people)
