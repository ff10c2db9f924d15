"""SQL of DuckDB, as the plan of a run writes it, said in the SQL of Spark.

sqlglot transpiles syntax, not meaning, so only its parser is used: each kind of node that the plan writes is listed
here with what Spark needs to be told to mean the same (a test runs every expression of every definition on both), and
any other is refused. The meanings that differ:

- a DOUBLE cast to a whole number is rounded half to even by DuckDB and cut off by Spark: ``rint`` first;
- ``//`` cuts off towards zero: Spark's ``div``; what divides is never 0 in a plan (ANSI Spark would stop);
- ``0.5`` is DECIMAL in both, but their decimals have other widths: written as the DOUBLE that DuckDB makes of it;
- ``exp`` and ``ln`` may differ in the last digit, so they are not written for Spark at all;
- unsigned types do not exist in Spark: the next wider signed one, narrowed again where results are written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import duckdb
import pyarrow as pa
import sqlglot
from sqlglot import exp

from shohay.core.messages import Refusal

BOOL, INT, DOUBLE, TEXT, DATE, NULL = "bool", "int", "double", "text", "date", "null"
TYPES = {
    exp.DType.TINYINT: ("tinyint", INT), exp.DType.SMALLINT: ("smallint", INT), exp.DType.INT: ("int", INT),
    exp.DType.BIGINT: ("bigint", INT), exp.DType.UTINYINT: ("smallint", INT), exp.DType.USMALLINT: ("int", INT),
    exp.DType.UINT: ("bigint", INT), exp.DType.DOUBLE: ("double", DOUBLE), exp.DType.BOOLEAN: ("boolean", BOOL),
    exp.DType.TEXT: ("string", TEXT), exp.DType.VARCHAR: ("string", TEXT), exp.DType.DATE: ("date", DATE),
}  # fmt: skip
TYPES_OF = {BOOL: "boolean", INT: "bigint", DOUBLE: "double", TEXT: "string", DATE: "date"}
COMPARISONS: dict[type[exp.Expression], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.And: "and", exp.Or: "or",
}  # fmt: skip
NUMERIC: dict[type[exp.Expression], str] = {
    exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Mod: "%", exp.IntDiv: "div",
    exp.BitwiseAnd: "&", exp.BitwiseOr: "|",
}  # fmt: skip
PARTS_OF_DATE: dict[type[exp.Expression], str] = {exp.Year: "year", exp.Month: "month", exp.Day: "day"}
ONE_OF: dict[type[exp.Expression], str] = {exp.Coalesce: "coalesce", exp.Least: "least", exp.Greatest: "greatest"}
INTO_DOUBLE: dict[type[exp.Expression], str] = {
    exp.Floor: "floor", exp.Ceil: "ceil", exp.Sqrt: "sqrt", exp.Round: "round",
}  # fmt: skip


class Said(NamedTuple):
    """SQL of Spark and what kind of value it is."""

    sql: str
    kind: str


Kinds = Mapping[str, str]


@lru_cache(maxsize=8192)
def _parse(sql: str) -> exp.Expression:
    tree = sqlglot.parse_one(sql, read="duckdb")
    if not isinstance(tree, exp.Expression):
        raise Refusal("spark_expression", what=sql[:80])
    return tree


def say(sql: str, kinds: Kinds) -> Said:
    """``sql`` for Spark; ``kinds`` are those of the columns it reads. Raises Refusal('spark_expression')."""
    return _Speaker(kinds).say(_parse(sql))


def made(columns: Sequence[tuple[str, str]], kinds: dict[str, str]) -> list[tuple[str, str]]:
    """Columns made one after another, each may read those before it; what they are is added to ``kinds``."""
    found = []
    for name, sql in columns:
        said = say(sql, kinds)
        kinds[name] = said.kind
        found.append((name, said.sql))
    return found


def kinds_of(schema: pa.Schema) -> dict[str, str]:
    """The kinds of the columns of a snapshot's table (lists left out)."""
    return {field.name: kind for field in schema if (kind := kind_of(field.type))}


def kind_of(type_: pa.DataType) -> str | None:
    if pa.types.is_dictionary(type_):
        return kind_of(type_.value_type)
    tests: list[tuple[Callable[[pa.DataType], bool], str]] = [
        (pa.types.is_boolean, BOOL), (pa.types.is_integer, INT), (pa.types.is_floating, DOUBLE),
        (pa.types.is_string, TEXT), (pa.types.is_large_string, TEXT), (pa.types.is_date, DATE),
    ]  # fmt: skip
    return next((kind for test, kind in tests if test(type_)), None)


class _Speaker:
    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds

    def say(self, node: exp.Expression) -> Said:
        kind = type(node)
        if kind is exp.Paren:
            return self.say(node.this)
        if kind in COMPARISONS:
            left, right = self.say(node.this), self.say(node.expression)
            return Said(f"({left.sql} {COMPARISONS[kind]} {right.sql})", BOOL)
        if kind in NUMERIC:
            left, right = self.say(node.this), self.say(node.expression)
            return Said(
                f"({left.sql} {NUMERIC[kind]} {right.sql})", DOUBLE if DOUBLE in (left.kind, right.kind) else INT
            )
        if kind is exp.Div:
            return Said(f"({self._double(node.this)} / {self._double(node.expression)})", DOUBLE)
        if kind is exp.Not:
            return Said(f"(not {self.say(node.this).sql})", BOOL)
        if kind in (exp.Neg, exp.Abs):
            said = self.say(node.this)
            return Said(f"(- {said.sql})" if kind is exp.Neg else f"abs({said.sql})", said.kind)
        return self._choice(node)

    def _double(self, node: exp.Expression) -> str:
        said = self.say(node)
        return said.sql if said.kind == DOUBLE else f"cast({said.sql} as double)"

    def _choice(self, node: exp.Expression) -> Said:
        kind = type(node)
        if kind is exp.Between:
            parts = [self.say(part).sql for part in (node.this, node.args["low"], node.args["high"])]
            return Said(f"({parts[0]} between {parts[1]} and {parts[2]})", BOOL)
        if kind is exp.In and node.expressions:
            choices = ", ".join(self.say(choice).sql for choice in node.expressions)
            return Said(f"({self.say(node.this).sql} in ({choices}))", BOOL)
        if kind is exp.Is and isinstance(node.expression, exp.Null):
            return Said(f"({self.say(node.this).sql} is null)", BOOL)
        if kind in ONE_OF:
            said = [self.say(part) for part in (node.this, *node.expressions)]
            return Said(f"{ONE_OF[kind]}({', '.join(one.sql for one in said)})", _common(said))
        if kind is exp.Case:
            return self._case(node)
        if kind is exp.Cast:
            return self._cast(node)
        return self._call_or_leaf(node)

    def _case(self, node: exp.Expression) -> Said:
        subject = f" {self.say(node.this).sql}" if node.this else ""
        results, steps = [], []
        for step in node.args["ifs"]:
            results.append(self.say(step.args["true"]))
            steps.append(f"when {self.say(step.this).sql} then {results[-1].sql}")
        if otherwise := node.args.get("default"):
            results.append(self.say(otherwise))
            steps.append(f"else {results[-1].sql}")
        return Said(f"(case{subject} {' '.join(steps)} end)", _common(results))

    def _cast(self, node: exp.Expression) -> Said:
        target = node.args["to"].this
        if target not in TYPES:
            raise Refusal("spark_expression", what=node.sql("duckdb")[:80])
        name, kind = TYPES[target]
        said = self.say(node.this)
        if kind == said.kind == DOUBLE:
            return said
        if kind == INT and said.kind == DOUBLE:
            return Said(f"cast(rint({said.sql}) as {name})", INT)
        if kind == DATE and isinstance(node.this, exp.Literal):
            return Said(f"date {said.sql}", DATE)
        if kind == TEXT and said.kind == DOUBLE:  # 1e16 and 1.0E16
            raise Refusal("spark_expression", what=node.sql("duckdb")[:80])
        return Said(f"cast({said.sql} as {name})", kind)

    def _call_or_leaf(self, node: exp.Expression) -> Said:
        kind = type(node)
        if kind in PARTS_OF_DATE:
            return Said(f"{PARTS_OF_DATE[kind]}({self.say(node.this).sql})", INT)
        if kind in INTO_DOUBLE and len([value for value in node.args.values() if value is not None]) == 1:
            return Said(f"cast({INTO_DOUBLE[kind]}({self._double(node.this)}) as double)", DOUBLE)
        if kind is exp.Substring:
            parts = [self.say(node.args[name]).sql for name in ("this", "start", "length")]
            return Said(f"substring({', '.join(parts)})", TEXT)
        if kind is exp.Anonymous and str(node.this).lower() == "bit_count" and len(node.expressions) == 1:
            return Said(f"bit_count({self.say(node.expressions[0]).sql})", INT)
        if isinstance(node, exp.Column) and not node.table and node.name in self.kinds:
            return Said(f"`{node.name}`", self.kinds[node.name])
        if kind is exp.Boolean:
            return Said("true" if node.this else "false", BOOL)
        if kind is exp.Null:
            return Said("null", NULL)
        if kind is exp.Literal:
            return _literal(node)
        raise Refusal("spark_expression", what=f"{node.key}: {node.sql('duckdb')[:80]}")


def _literal(node: exp.Expression) -> Said:
    text = str(node.this)
    if node.is_string:
        return Said("'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'", TEXT)
    return Said(text, INT) if text.isdigit() else Said(f"{_double(text)!r}D", DOUBLE)


@lru_cache(maxsize=4096)
def _double(text: str) -> float:
    """The DOUBLE that DuckDB makes of a number with a point: beyond 16 digits not always the nearest."""
    with duckdb.connect() as con:
        return float(con.execute(f"select cast({text} as double)").fetchall()[0][0])


def _common(said: Sequence[Said]) -> str:
    """The kind that several values have in common: a DOUBLE among whole numbers makes them DOUBLE."""
    kinds = {one.kind for one in said} - {NULL}
    if kinds == {INT, DOUBLE}:
        return DOUBLE
    return kinds.pop() if len(kinds) == 1 else NULL
