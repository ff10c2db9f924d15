"""Rows written in the binary format are the rows that PostgreSQL reads; what the server sends arrives whole."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date
from threading import Event

import pyarrow as pa
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.bulk import copying
from shohay.bulk import copying_binary as binary
from shohay.bulk.ahead import ahead

TABLE = (
    "create temp table twin (n bigint, code varchar(20), kind text, day date, at timestamptz, fixed bigint, word text)"
    " on commit drop"
)
# what UTF-8 and PostgreSQL can hold
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
BIG = st.integers(-(2**63), 2**63 - 1)


@pytest.fixture
def cursor(db) -> Iterator:
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        yield cursor


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(BIG, TEXT, TEXT), max_size=30),
    day=st.dates(date(1900, 1, 1)),
    at=st.datetimes(timezones=st.just(UTC)),
    fixed=BIG,
    word=TEXT,
)
def test_any_row_arrives_as_it_was(cursor, rows, day, at, fixed, word):
    table = pa.table(
        {
            "n": pa.array([row[0] for row in rows], pa.int64()),
            "code": pa.array([row[1] for row in rows], pa.string()),
            "kind": pa.array([row[2] for row in rows], pa.string()),
        }
    )
    constants = {
        "day": binary.day(day),
        "at": binary.moment(at),
        "fixed": binary.bigint(fixed),
        "word": binary.text(word),
    }
    cursor.execute("delete from twin")
    binary.copy_in_binary(cursor, "twin", table, constants)
    cursor.execute("select n, code, kind, day, at, fixed, word from twin")
    assert sorted(cursor.fetchall()) == sorted((*row, day, at, fixed, word) for row in rows)


def test_order_is_kept_over_blocks_and_in_slices(cursor):
    """Arrays that do not begin at the beginning of their memory are the usual case: a batch is a slice."""
    rows = 2 * binary.ROWS + 7
    table = pa.table({"n": pa.array(range(rows + 3)), "code": [f"{n:08d}" for n in range(rows + 3)]})[3:]
    binary.copy_in_binary(cursor, "twin", table, {})
    cursor.execute("select n, code from twin order by ctid")
    assert cursor.fetchall() == [(n, f"{n:08d}") for n in range(3, rows + 3)]


def test_a_missing_value_is_refused(cursor):
    with pytest.raises(ValueError, match="missing"):
        binary.copy_in_binary(cursor, "twin", pa.table({"n": pa.array([1, None])}), {})


def test_copy_out_in_parts_is_copy_out(cursor, monkeypatch):
    monkeypatch.setattr(copying, "PART", 4)
    query = "select n, case when n % 3 = 0 then null else repeat('ক\n\",', n) end from generate_series(1, 10) n"
    schema = pa.schema([("n", pa.int64()), ("word", pa.string())])
    parts = list(copying.copy_out_parts(cursor, query, schema))
    assert [part.num_rows for part in parts] == [4, 4, 2]
    assert pa.concat_tables(parts) == copying.copy_out(cursor, query, schema)
    assert parts[0]["word"].to_pylist() == ['ক\n",', 'ক\n",ক\n",', None, 'ক\n",' * 4]
    assert copying.copy_out(cursor, f"{query} limit 0", schema) == schema.empty_table()


def test_work_ahead_keeps_order_and_bounds():
    taken: list[int] = []
    go_on = Event()

    def items() -> Iterator[int]:
        for number in range(10):
            taken.append(number)
            yield number

    def work(number: int) -> int:
        go_on.wait(10)
        return number * number

    with ThreadPoolExecutor(2) as pool:
        results = ahead(pool, work, items(), waiting=3)
        go_on.set()
        assert next(results) == 0
        assert taken == [0, 1, 2, 3]
        assert list(results) == [number * number for number in range(1, 10)]


def test_an_error_in_work_ahead_comes_in_its_turn():
    with ThreadPoolExecutor(2) as pool:
        results = ahead(pool, lambda number: 1 // number, [1, 0, 1], waiting=1)
        assert next(results) == 1
        with pytest.raises(ZeroDivisionError):
            next(results)
