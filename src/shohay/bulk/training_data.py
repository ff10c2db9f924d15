"""The table that a poverty score is trained on: which rows can be used, which terms the facts make, their values.

Input: household_id, weight (households that it stands for), stratum, psu, welfare (taka a head and month),
household_size, perhaps line, and a column a fact (bulk.survey_base.table). Rows are in the order of household_id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import rfc8785
from numpy.typing import NDArray

from shohay.bulk import pmt_parts
from shohay.bulk.pmt import Formula
from shohay.bulk.training_words import value_text
from shohay.core import criteria
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal, Text

NEEDED = ("household_id", "weight", "stratum", "psu", "welfare", "household_size")
GROUPS = ("head_sex", "division_code", "area_type", "disabled_members")  # who the errors are told of, where they are
CELL = 30  # households of a category; of fewer nothing can be learned
MOST_MISSING = 0.2  # a fact that more households lack is left out
Column = NDArray[Any]


class Term(NamedTuple):
    """What may enter the sum: the fact that it comes from, its expression, its text."""

    fact: str
    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class Data:
    """Rows that can be used. ``found`` counts what was left out and why, and the design."""

    table: pa.Table
    found: dict[str, Any]
    sha256: str

    def column(self, name: str) -> Column:
        return np.asarray(self.table[name].to_numpy(zero_copy_only=False))

    @property
    def clusters(self) -> Column:
        """A dense number for each cluster (stratum and psu together)."""
        both = pc.binary_join_element_wise(self.table["stratum"], self.table["psu"], "/")
        return np.unique(np.asarray(both.to_numpy(zero_copy_only=False), dtype=str), return_inverse=True)[1]

    @property
    def people(self) -> Column:
        """The people whom a household stands for."""
        return np.asarray(self.column("weight") * self.column("household_size"), float)

    def take(self, mask: Column) -> Data:
        return Data(self.table.filter(pa.array(mask)), self.found, self.sha256)


def table_hash(table: pa.Table) -> str:
    """SHA-256 of the values of a table: columns by name, whatever chunks they are in."""
    parts = {}
    for name in sorted(table.column_names):
        column = table[name].combine_chunks()
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, pa.schema([(name, column.type)])) as writer:
            writer.write_batch(pa.record_batch([column], names=[name]))
        parts[name] = hashlib.sha256(sink.getvalue()).hexdigest()
    return hashlib.sha256(rfc8785.dumps(parts)).hexdigest()


def prepare(table: pa.Table, names: Sequence[str]) -> tuple[Data, list[str]]:
    """The rows that have weight, design, welfare above zero and every fact; the facts that enough rows have.

    Each row is counted under the first reason for which it cannot be used. Raises Refusal('training_columns').
    """
    if missing := [name for name in (*NEEDED, *names) if name not in table.column_names]:
        raise Refusal("training_columns", columns=", ".join(missing))
    table = table.sort_by("household_id")
    sha256 = table_hash(table)
    usable = np.ones(table.num_rows, bool)
    found: dict[str, Any] = {"rows": table.num_rows}
    for reason, bad in _reasons(table):
        hit = usable & bad
        found[reason] = int(hit.sum())
        usable &= ~bad
    kept, found["missing"], found["left_out"] = [], {}, {}
    for name in names:
        empty = _null(table, name)
        share = float((usable & empty).sum() / max(int(usable.sum()), 1))
        if share > MOST_MISSING:
            found["left_out"][name] = round(share, 4)
        else:
            kept.append(name)
            found["missing"][name] = int((usable & empty).sum())
    incomplete = np.zeros(table.num_rows, bool)
    for name in kept:
        incomplete |= _null(table, name)
    found["fact_missing"] = int((usable & incomplete).sum())
    data = Data(table.filter(pa.array(usable & ~incomplete)), found, sha256)
    found |= {"used": data.table.num_rows, **_design(data)}
    return data, kept


def _reasons(table: pa.Table) -> list[tuple[str, Column]]:
    weight, welfare = (_numbers(table, name) for name in ("weight", "welfare"))
    size = _numbers(table, "household_size")
    return [
        ("no_weight", ~(np.isfinite(weight) & (weight > 0))),
        ("no_design", _null(table, "stratum") | _null(table, "psu")),
        ("nobody", ~(size > 0)),
        ("no_welfare", ~np.isfinite(welfare)),
        ("welfare_not_positive", welfare <= 0),  # no logarithm
    ]


def _numbers(table: pa.Table, name: str) -> Column:
    column = pc.cast(table[name], pa.float64()).to_numpy(zero_copy_only=False)
    return np.asarray(column, float)


def _null(table: pa.Table, name: str) -> Column:
    return np.asarray(pc.is_null(table[name], nan_is_null=True).to_numpy(zero_copy_only=False), bool)


def _design(data: Data) -> dict[str, int]:
    """Strata, clusters, and strata with one cluster, whose error cannot be told from within."""
    if not data.table.num_rows:
        return {"strata": 0, "clusters": 0, "lonely": 0}
    pairs = data.table.group_by(["stratum", "psu"]).aggregate([])
    each = pairs.group_by("stratum").aggregate([("psu", "count")])["psu_count"].to_numpy()
    return {"strata": len(each), "clusters": pairs.num_rows, "lonely": int((each == 1).sum())}


# ------------------------------------------------------------------------------------------------------------ terms


def check_facts(names: Sequence[str]) -> None:
    """Candidates are facts of the household or its area that no formula makes; Refusal('training_facts')."""
    wrong = [
        name for name in names
        if name not in FACTS or name in pmt_parts.MADE or FACTS[name].level not in ("household", "area")
        or FACTS[name].kind not in ("bool", "number", "text")
    ]  # fmt: skip
    if wrong or not names or len(set(names)) < len(names):
        raise Refusal("training_facts", facts=", ".join(wrong) or "-")


def terms(data: Data, names: Sequence[str], squares: Sequence[str]) -> list[Term]:
    """What the facts put into the sum: a number itself (and its square), a yes, each category but the commonest."""
    made: list[Term] = []
    for name in names:
        fact = FACTS[name]
        if fact.kind == "text":
            made += _categories(data, name)
            continue
        made.append(Term(name, name, fact.text))
        if name in squares and fact.kind == "number":
            made.append(Term(name, f"{name} * {name}", Text(f"{fact.text.bn} (বর্গ)", f"{fact.text.en}, squared")))
    return made


def _categories(data: Data, name: str) -> list[Term]:
    counts = pc.value_counts(data.table[name])
    pairs = sorted(
        zip(counts.field(1).to_pylist(), counts.field(0).to_pylist(), strict=True), key=lambda p: (-p[0], p[1])
    )
    own = FACTS[name].text
    texts = [(value, value_text(name, value)) for number, value in pairs[1:] if number >= CELL]
    return [
        Term(name, f"{name} = {criteria.literal(value)}", Text(f"{own.bn}: {text.bn}", f"{own.en}: {text.en}"))
        for value, text in sorted(texts)
    ]


def values(table: pa.Table, expressions: Sequence[str]) -> Column:
    """The values of expressions over facts, a column each, by the engine that scores the nation."""
    checked = [criteria.check(text, FACTS, {}) for text in expressions]
    bindings = {name: f'"{name}"' for one in checked for name in one.facts}
    columns = [f"{pmt_parts.Term(Text('', ''), one, 0.0).value_sql(bindings)} as v{i}" for i, one in enumerate(checked)]
    if not columns:
        return np.zeros((table.num_rows, 0))
    with duckdb.connect(config={"threads": 1}) as con:
        con.register("rows", table)
        found = con.execute(f"select {', '.join(columns)} from rows").fetchnumpy()
    return np.column_stack([np.asarray(found[f"v{i}"], float) for i in range(len(columns))])


def scored(formula: Formula, table: pa.Table) -> tuple[Column, Column]:
    """Logarithm of welfare and score of every row, by the formula itself as the nation is scored."""
    bindings = {name: f'"{name}"' for name in formula.facts}
    with duckdb.connect(config={"threads": 1}) as con:
        con.register("rows", table)
        query = f"select {formula.log_sql(bindings)} as log, {formula.score_sql(bindings)} as score from rows"
        found = con.execute(query).fetchnumpy()
    return np.asarray(found["log"], float), np.asarray(found["score"], int)


def independent(matrix: Column, weights: Column) -> list[int]:
    """The columns that differ within the rows and do not repeat those before them (with the constant)."""
    kept: list[int] = []
    scaled = matrix * np.sqrt(weights)[:, None]
    basis = [np.sqrt(weights) / np.linalg.norm(np.sqrt(weights))]
    for i in range(matrix.shape[1]):
        column = scaled[:, i]
        rest = column.copy()
        for _ in range(2):  # twice is enough
            for one in basis:
                rest -= (one @ rest) * one
        length = float(np.linalg.norm(rest))
        if length > 1e-7 * max(float(np.linalg.norm(column)), 1e-300):
            kept.append(i)
            basis.append(rest / length)
    return kept
