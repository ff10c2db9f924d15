"""The payroll by the column is the payroll one person at a time; the same bytes whenever it is computed."""

from __future__ import annotations

import json
import tempfile
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from shohay.bulk import payroll
from shohay.core import ledger
from shohay.core.definition import Definition
from shohay.core.values import Period
from shohay.stages.payments.terms import terms_of
from tests.naive import payroll as naive

QUARTER = Period(date(2026, 7, 1), date(2026, 10, 1))


def definition(folder: str) -> Definition:
    return Definition.parse((resources.files("shohay.policy") / folder / "definition.yaml").read_text())


def enrolments(rows: list[dict], facts: list[str], path: Path) -> Path:
    """The input file for ``rows``; facts become text as PostgreSQL gives them."""
    schema = pa.schema([*payroll.COLUMNS, *((f"fact_{name}", pa.string()) for name in facts)])
    filled = []
    for row in rows:
        texts = {
            f"fact_{name}": None if (value := row["facts"].get(name)) is None else json.dumps(value).strip('"')
            for name in facts
        }
        filled.append({**{name: row[name] for name in payroll.COLUMNS.names}, **texts})
    payroll.write_input(pa.Table.from_pylist(filled, schema=schema), path)
    return path


def row(number: int, **changes) -> dict:
    return {
        "enrolment_id": number, "person_id": number, "household_id": number, "area_code": "55490610",
        "valid_from": date(2026, 1, 1), "valid_to": None, "account_id": number, "account_digest": f"{number:032x}",
        "is_dead": False, "is_duplicate": False, "paid_kinds": None, "facts": {}, **changes,
    }  # fmt: skip


def computed(rows: list[dict], tmp: Path, folder: str = "old_age_allowance", period: Period = QUARTER):
    read = definition(folder)
    version = read.version_on(period.first)
    source = enrolments(rows, list(version.benefit_facts), tmp / "in.parquet")
    return payroll.compute(source, terms_of(read.code, version, period), tmp / "out")


def lines_of(folder: Path) -> list[tuple]:
    rows = parquet.read_table(folder / "lines.parquet").to_pylist()
    return sorted((r["enrolment_id"], r["kind"], r["amount_poisha"], r["end_to_end_id"]) for r in rows)


def held_of(folder: Path) -> list[tuple[int, str]]:
    rows = parquet.read_table(folder / "held.parquet").to_pylist()
    return sorted((r["enrolment_id"], r["reason"]) for r in rows)


DAY = st.dates(date(2026, 5, 1), date(2026, 9, 30))
ONE = st.fixed_dictionaries(
    {
        "person_id": st.integers(1, 6),
        "valid_from": DAY,
        "length": st.none() | st.integers(1, 200),
        "account_id": st.none() | st.integers(1, 9),
        "account_digest": st.sampled_from(["aa", "bb", "cc", "dd"]),
        "is_dead": st.booleans() | st.just(False),
        "is_duplicate": st.booleans() | st.just(False),
        "paid_kinds": st.sampled_from([None, None, "regular", "topup"]),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ONE, max_size=12))
def test_same_as_one_person_at_a_time(drawn):
    rows = []
    for number, one in enumerate(drawn, 1):
        length = one.pop("length")
        until = one["valid_from"] + timedelta(days=length) if length else None
        if until and until <= QUARTER.first:
            continue
        digest = one["account_digest"] if one["account_id"] else None
        rows.append(row(number, **{**one, "valid_to": until, "account_digest": digest}))
    read = definition("old_age_allowance")
    lines, held = naive.pay("OAA", read.version_on(QUARTER.first), QUARTER, rows, payroll.SHARE_LIMIT)
    with tempfile.TemporaryDirectory() as tmp:
        done = computed(rows, Path(tmp))
        assert lines_of(done.folder) == lines
        assert held_of(done.folder) == held
        assert (done.lines, done.poisha) == (len(lines), sum(line[2] for line in lines))


def test_three_months_of_650_taka(tmp_path):
    done = computed([row(1)], tmp_path)
    assert lines_of(done.folder) == [(1, "regular", 195_000, "OAA-202607-REGULAR-00000001")]


@pytest.mark.parametrize(
    ("changes", "months"),
    [
        ({"valid_from": date(2026, 8, 31)}, 2),  # any day of a month counts
        ({"valid_to": date(2026, 8, 1)}, 1),  # stopped on the first of August: July only
        ({"valid_to": date(2026, 8, 2)}, 2),
        ({"valid_from": date(2026, 9, 1)}, 1),
    ],
)
def test_months_that_are_covered(tmp_path, changes, months):
    done = computed([row(1, **changes)], tmp_path)
    assert done.poisha == months * 65_000


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_dead": True, "is_duplicate": True}, "dead"),
        ({"is_duplicate": True, "account_id": None}, "duplicate"),
        ({"account_id": None, "account_digest": None}, "no_account"),
        ({"paid_kinds": "regular"}, "already_paid"),
    ],
)
def test_why_nothing_is_paid(tmp_path, changes, reason):
    done = computed([row(1, **changes), row(2)], tmp_path)
    assert done.held == {reason: 1}
    assert done.lines == 1


def test_a_wallet_of_four_people_is_held_back_and_one_of_three_is_not(tmp_path):
    shared = [row(n, account_digest="aa") for n in range(1, 5)] + [row(n, account_digest="bb") for n in range(5, 8)]
    done = computed(shared, tmp_path)
    assert done.held == {"shared_account": 4}
    assert [line[0] for line in lines_of(done.folder)] == [5, 6, 7]


def test_order_of_the_input_does_not_matter_and_bytes_are_the_same(tmp_path):
    rows = [row(n, area_code=f"55490{n % 7}10") for n in range(1, 2000)]
    first = computed(rows, tmp_path / "a")
    second = computed(rows[::-1], tmp_path / "b")
    assert first.sha256 == second.sha256
    assert (tmp_path / "a/out/lines.parquet").read_bytes() == (tmp_path / "b/out/lines.parquet").read_bytes()


def test_terms_survive_storage():
    read = definition("old_age_allowance")
    terms = terms_of("OAA", read.version_on(QUARTER.first), QUARTER)
    assert payroll.Terms.restored(json.loads(json.dumps(terms.stored()))) == terms


def test_nobody(tmp_path):
    done = computed([], tmp_path)
    assert (done.lines, done.poisha, done.held) == (0, 0, {})


def test_the_number_is_that_of_core(tmp_path):
    done = computed([row(123456789)], tmp_path)
    assert lines_of(done.folder)[0][3] == ledger.end_to_end_id("OAA", "2026-07-01", "regular", 123456789)


def test_held_rows_by_area(tmp_path):
    done = computed([row(1, is_dead=True), row(2, is_dead=True, area_code="10091810")], tmp_path)
    assert [r["enrolment_id"] for r in payroll.held_rows(done.folder, "dead", 10)] == [2, 1]  # by area
    assert [r["enrolment_id"] for r in payroll.held_rows(done.folder, "dead", 10, areas=("1009",))] == [2]
    assert payroll.held_rows(done.folder, "dead", 10, areas=()) == []
