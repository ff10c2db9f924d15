"""Rows that look alike to every rule are decided once.

A rule sees little of a person: not the date of birth but whether it makes 65, not the income but whether it is below
the ceiling. ``decide`` numbers the rows by what the rules can see of them, lets DuckDB decide the first row of each
kind, and every row has the answer of its kind. A million people fall into some ten thousand kinds. The rules
themselves are the same SQL that decides one person; nothing here knows what they mean.

What is seen of a column: of a number or a date, which of the comparisons that read it alone are true; all of its
values if something compares it with another column; of a text or a yes/no, all of its values. Unknown is a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Made = tuple[str, str]  # a column and the SQL that makes it
TABLE_LIMIT = 1 << 20  # numbers up to here are made dense by a table, not by sorting


class Codes(NamedTuple):
    """A number below ``size`` for each row."""

    of: NDArray[Any]
    size: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Columns made layer by layer: facts from facts, comparisons, then what is made of those; the last is wanted.

    No layer after the comparisons reads a number or a date itself.
    """

    derived: Sequence[Made]
    comparisons: Sequence[Made]
    layers: Sequence[Sequence[Made]]


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kind of each row, and the wanted columns of each kind."""

    kind: NDArray[Any]
    values: dict[str, NDArray[Any]]

    def of(self, name: str) -> NDArray[Any]:
        """The wanted column ``name`` of every row."""
        return self.values[name][self.kind]


@dataclass
class Rows:
    """A table in memory whose columns are numbered as they are asked for, each once."""

    table: pa.Table
    numbered: dict[str, tuple[Codes, pa.Array]] = field(default_factory=dict)

    def codes(self, name: str) -> tuple[Codes, pa.Array]:
        """Numbers of the values of a column, and the values in that order (the last one is unknown)."""
        if name not in self.numbered:
            self.numbered[name] = _numbered(self.table[name].combine_chunks())
        return self.numbered[name]


def decide(con: duckdb.DuckDBPyConnection, rows: Rows, columns: Sequence[str], rules: Rules) -> Kinds:
    """What ``rules`` make of each row; ``columns`` are all that they read of it. Wanted columns are never NULL."""
    kinds = _joined([_seen(con, rows, name, rules, set(columns)) for name in columns], rows.table.num_rows)
    first = np.zeros(kinds.size, np.int64)
    first[kinds.of[::-1]] = np.arange(rows.table.num_rows)[::-1]
    con.register("alike", rows.table.select(columns).take(pa.array(first)))
    wanted = ", ".join(name for name, _ in rules.layers[-1])
    query = staged("alike", [*rules.derived, *rules.comparisons])
    for layer in rules.layers:
        query = f"(select *, {', '.join(f'{sql} as {name}' for name, sql in layer)} from {query})"
    found = con.execute(f"select {wanted} from {query}").fetchnumpy()
    con.unregister("alike")
    return Kinds(kinds.of, {name: np.asarray(values) for name, values in found.items()})


def staged(source: str, made: Sequence[Made]) -> str:
    """A query that adds columns to ``source`` one after another (each may use those before it)."""
    query = source
    for layer in layers_of(made):
        query = f"(select *, {', '.join(f'{sql} as {name}' for name, sql in layer)} from {query})"
    return query


def layers_of(made: Sequence[Made]) -> list[list[Made]]:
    """The columns in as few layers as can be: none reads another of its own layer."""
    layers: list[list[Made]] = []
    placed: dict[str, int] = {}
    for name, sql in made:
        depth = max((placed[other] + 1 for other in words(sql) if other in placed), default=0)
        placed[name] = depth
        while len(layers) <= depth:
            layers.append([])
        layers[depth].append((name, sql))
    return layers


def words(sql: str) -> set[str]:
    """The names in ``sql`` (and the words of its texts: a column too many is no error)."""
    return set(re.findall(r"\w+", sql))


def _numbered(column: pa.Array) -> tuple[Codes, pa.Array]:
    if pa.types.is_boolean(column.type):
        codes = np.asarray(column.cast(pa.int8()).fill_null(2))
        return Codes(codes, 3), pa.array([False, True, None])
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    size = len(column.dictionary)
    values = pa.concat_arrays([column.dictionary, pa.nulls(1, column.dictionary.type)])
    return Codes(np.asarray(column.indices.fill_null(size)), size + 1), values


def _seen(con: duckdb.DuckDBPyConnection, rows: Rows, name: str, rules: Rules, columns: set[str]) -> Codes:
    """What the rules see of a column."""
    codes, values = rows.codes(name)
    kind = values.type
    ordered = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_temporal(kind)
    made = _made_of(name, rules, columns) if ordered else None
    if made is None:
        return codes
    derived, comparisons = made
    con.register("alike", pa.table({name: values}))
    query = f"select {', '.join(sql for _, sql in comparisons)} from {staged('alike', derived)}"
    answers = con.execute(query).to_arrow_table() if comparisons else pa.table({})
    con.unregister("alike")
    of_value = _joined([_numbered(answer.combine_chunks())[0] for answer in answers.columns], len(values))
    return Codes(of_value.of[codes.of], of_value.size)


def _made_of(name: str, rules: Rules, columns: set[str]) -> tuple[list[Made], list[Made]] | None:
    """The facts and comparisons that read only the column ``name``; None when something mixes it with others."""
    known = columns | {made for made, _ in (*rules.derived, *rules.comparisons)}
    alone, mine = {name}, []
    for made, sql in rules.derived:
        reads = words(sql) & known
        if reads & alone:
            if not reads <= alone:
                return None
            alone.add(made)
            mine.append((made, sql))
    reading = [(made, sql, words(sql) & known) for made, sql in rules.comparisons]
    reading = [(made, sql, reads) for made, sql, reads in reading if reads & alone]
    if any(not reads <= alone for _, _, reads in reading):
        return None
    if any(words(sql) & alone for layer in rules.layers for _, sql in layer):
        return None
    return mine, [(made, sql) for made, sql, _ in reading]


def _joined(parts: Iterable[Codes], count: int) -> Codes:
    """One dense number for each combination that occurs."""
    codes, size = np.zeros(count, np.int64), 1
    for part in parts:
        if size * part.size > TABLE_LIMIT:
            codes, size = _dense(codes, size)
        codes *= part.size
        codes += part.of
        size *= part.size
    return _dense(codes, size)


def _dense(codes: NDArray[Any], size: int) -> Codes:
    if size > TABLE_LIMIT:
        found, dense = np.unique(codes, return_inverse=True)
        return Codes(dense, len(found))
    occurs = np.zeros(size, bool)
    occurs[codes] = True
    table = np.cumsum(occurs) - 1
    return Codes(np.take(table, codes, out=codes, mode="clip"), int(table[-1]) + 1 if len(table) else 0)
