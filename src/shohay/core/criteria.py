"""A criterion: one expression over named facts, checked against an allow-list and written as SQL.

``check`` parses the text with sqlglot, refuses every node that is not listed here, works out the type, and
returns a ``Checked`` whose ``sql`` is built from the tree by this module: nothing of the author's text reaches
the engine but names of known facts, checked constants and the operators below.

Three values: true, false and NULL = cannot tell. ``at_least(n, a, b, ...)`` is true when n of the conditions
hold, false when n can no longer be reached, else NULL. Arithmetic is done in DOUBLE (whole numbers stay exact to
9e15); division is by a constant that is not zero, and what could grow beyond 1e300 is refused, so nothing overflows.
What is read is what runs: no comments, no statements, and no backslash in a text (engines disagree on its meaning).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias, cast

import sqlglot
from sqlglot import exp

from shohay.core.facts import Fact
from shohay.core.messages import Refusal

MAX_LENGTH, MAX_DEPTH, MAX_NODES, MAX_NUMBER = 2000, 24, 300, 10**12
LARGEST_FACT, LARGEST = 1e19, 1e300  # a 64-bit fact; what arithmetic may come to
Value: TypeAlias = bool | int | float | str | dt.date
Parameters = Mapping[str, Value]
COMPARE: dict[type[exp.Expression], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
STATEMENTS = {*sqlglot.Parser.STATEMENT_PARSERS, *sqlglot.Tokenizer.COMMANDS}  # an expression begins with none of them
ARITHMETIC: dict[type[exp.Expression], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}


@dataclass(frozen=True, slots=True)
class Checked:
    """An expression that may be run: its type, the facts and parameters it names, and its tree."""

    text: str
    kind: str
    facts: frozenset[str]
    parameters: frozenset[str]
    tree: exp.Expression

    def sql(self, bindings: Mapping[str, str], parameters: Parameters, atoms: dict[str, str] | None = None) -> str:
        """SQL of the expression; ``bindings`` gives the column (or SQL) that holds each fact.

        With ``atoms`` each comparison is named there (SQL -> column) and only the name is written: many criteria
        share comparisons, and an engine that is given them once computes them once.
        """
        return _Writer(bindings, parameters, atoms).write(self.tree)


def check(text: str, facts: Mapping[str, Fact], parameters: Parameters) -> Checked:
    """Parse and type ``text``; raises Refusal('criterion_*') that says what is wrong."""
    tree = _parse(text)
    reader = _Reader(facts, parameters)
    kind = reader.kind_of(tree)
    return Checked(text, kind, frozenset(reader.seen), frozenset(reader.used), tree)


def literal(value: Value) -> str:
    """A checked constant as SQL."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value) if isinstance(value, int) else f"cast({value!r} as double)"
    if isinstance(value, dt.date):
        return f"date '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"


@lru_cache(maxsize=4096)
def _parse(text: str) -> exp.Expression:
    """The tree of ``text``, which nobody changes: a run asks for the same few hundred texts again for every chunk."""
    if len(text) > MAX_LENGTH or _brackets(text) > MAX_DEPTH:
        raise Refusal("criterion_too_long", text=text[:60])
    if not text.isprintable() or ";" in text:
        raise Refusal("criterion_unreadable", text=text[:60])
    try:
        tokens = sqlglot.tokenize(text)
        if not tokens or tokens[0].token_type in STATEMENTS or any(token.comments for token in tokens):
            raise Refusal("criterion_unreadable", text=text[:60])
        trees = sqlglot.parse(text)
    except RecursionError:
        raise Refusal("criterion_too_long", text=text[:60]) from None
    except Exception:  # sqlglot raises several kinds for the same thing: this is not an expression (so is a Refusal)
        raise Refusal("criterion_unreadable", text=text[:60]) from None
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, exp.Expression):
        raise Refusal("criterion_unreadable", text=text[:60])
    if sum(1 for _ in tree.walk()) > MAX_NODES or _depth(tree) > MAX_NODES // 3:
        raise Refusal("criterion_too_long", text=text[:60])
    return tree


def _brackets(text: str) -> int:
    """How deep the brackets of ``text`` stand in each other."""
    depth = deepest = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        deepest = max(deepest, depth)
    return deepest


def _depth(tree: exp.Expression) -> int:
    """Depth of the tree, without recursion."""
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in node.iter_expressions()]
    return deepest


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "bool"
    return "number" if isinstance(value, int | float) else "date" if isinstance(value, dt.date) else "text"


def _number(node: exp.Literal) -> int | float:
    """The constant that a literal stands for; Refusal when it is not a plain number within bounds."""
    if not re.fullmatch(r"\d{1,15}(\.\d{1,6})?", node.this):
        raise Refusal("criterion_constant", value=str(node.this)[:40])
    value = float(node.this) if "." in node.this else int(node.this)
    if value > MAX_NUMBER:
        raise Refusal("criterion_constant", value=node.this)
    return value


def _plain(text: str) -> None:
    """Refuse a text that not every engine reads alike."""
    if "\\" in text or not text.isprintable() or len(text) > MAX_LENGTH:
        raise Refusal("criterion_constant", value=text[:40])


def _is_date(node: exp.Expression) -> bool:
    """``date '2025-07-01'``, which sqlglot reads as a cast of a text."""
    if not (isinstance(node, exp.Cast) and type(node) is exp.Cast and node.to.this == exp.DType.DATE):
        return False
    inner = node.this
    if not (isinstance(inner, exp.Literal) and inner.is_string and re.fullmatch(r"\d{4}-\d\d-\d\d", inner.this)):
        return False
    try:
        dt.date.fromisoformat(inner.this)
    except ValueError:
        return False
    return True


class _Reader:
    """Walks a tree once, refusing what is not allowed and working out types."""

    def __init__(self, facts: Mapping[str, Fact], parameters: Parameters) -> None:
        self.facts, self.parameters = facts, parameters
        self.seen: set[str] = set()
        self.used: set[str] = set()

    def kind_of(self, node: exp.Expression) -> str:
        kind = type(node)
        if kind in (exp.And, exp.Or):
            self._all("bool", node.this, node.expression)
            return "bool"
        if kind is exp.Not:
            self._all("bool", node.this)
            return "bool"
        if kind is exp.Paren:
            return self.kind_of(node.this)
        if kind in COMPARE:
            return self._comparison(node, node.this, node.expression)
        if kind is exp.Between:
            if any(value for name, value in node.args.items() if name not in ("this", "low", "high")):
                raise Refusal("criterion_not_allowed", what=node.sql()[:60])
            return self._comparison(node, node.this, node.args["low"], node.args["high"])
        if kind is exp.In:
            return self._in(node)
        if kind in ARITHMETIC:
            return self._arithmetic(node)
        if kind in (exp.Neg, exp.Abs):
            self._all("number", node.this)
            return "number"
        return self._leaf_or_call(node)

    def _leaf_or_call(self, node: exp.Expression) -> str:
        if isinstance(node, exp.Column):
            return self._fact(node)
        if isinstance(node, exp.Placeholder) and isinstance(node.this, str):
            return self._parameter(node.this)
        if isinstance(node, exp.Boolean):
            return "bool"
        if isinstance(node, exp.Literal):
            _number(node) if not node.is_string else _plain(node.this)
            return "text" if node.is_string else "number"
        if _is_date(node):
            return "date"
        if type(node) is exp.Coalesce and len(node.expressions) == 1:
            return self._same(node, node.this, node.expressions[0])
        if isinstance(node, exp.Anonymous) and str(node.this).lower() == "at_least":
            return self._at_least(node)
        raise Refusal("criterion_not_allowed", what=f"{node.key}: {node.sql()[:60]}")

    def _fact(self, node: exp.Column) -> str:
        prefix = node.table
        name = node.name
        if node.args.get("db") or prefix not in ("", "area") or name not in self.facts:
            raise Refusal("criterion_unknown_fact", name=node.sql()[:60])
        fact = self.facts[name]
        if fact.kind == "list" or (prefix == "area" and fact.level != "area"):
            raise Refusal("criterion_not_allowed", what=node.sql()[:60])
        self.seen.add(name)
        return fact.kind

    def _parameter(self, name: str) -> str:
        if name not in self.parameters:
            raise Refusal("criterion_unknown_parameter", name=name[:60])
        self.used.add(name)
        value = self.parameters[name]
        if isinstance(value, str):
            _plain(value)
        elif _kind(value) == "number" and not abs(cast(float, value)) <= MAX_NUMBER:  # so that nan is refused too
            raise Refusal("criterion_constant", value=f":{name}")
        return _kind(value)

    def _all(self, wanted: str, *nodes: exp.Expression) -> None:
        for node in nodes:
            if self.kind_of(node) != wanted:
                raise Refusal("criterion_types", what=node.sql()[:60])

    def _same(self, whole: exp.Expression, *nodes: exp.Expression) -> str:
        kinds = {self.kind_of(node) for node in nodes}
        if len(kinds) != 1:
            raise Refusal("criterion_types", what=whole.sql()[:60])
        return kinds.pop()

    def _comparison(self, whole: exp.Expression, *nodes: exp.Expression) -> str:
        kind = self._same(whole, *nodes)
        if kind in ("bool", "text") and type(whole) not in (exp.EQ, exp.NEQ, exp.In):
            raise Refusal("criterion_types", what=whole.sql()[:60])
        self._values(nodes)
        return "bool"

    def _values(self, nodes: tuple[exp.Expression, ...]) -> None:
        """A text fact may only be compared with what it can be."""
        allowed = [self.facts[node.name] for node in nodes if isinstance(node, exp.Column) and node.name in self.facts]
        for fact in allowed:
            for node in nodes:
                value = self._constant(node)
                if fact.values and isinstance(value, str) and value not in fact.values:
                    raise Refusal("criterion_value", name=fact.name, value=value[:40], values=", ".join(fact.values))

    def _constant(self, node: exp.Expression) -> Value | None:
        if isinstance(node, exp.Literal) and node.is_string:
            return str(node.this)
        return self.parameters.get(node.this) if isinstance(node, exp.Placeholder) else None

    def _in(self, node: exp.Expression) -> str:
        choices = node.expressions
        if not choices or any(value for name, value in node.args.items() if name not in ("this", "expressions")):
            raise Refusal("criterion_not_allowed", what=node.sql()[:60])
        if not all(isinstance(choice, exp.Literal | exp.Placeholder) for choice in choices):
            raise Refusal("criterion_not_allowed", what=node.sql()[:60])
        return self._comparison(node, node.this, *choices)

    def _arithmetic(self, node: exp.Expression) -> str:
        self._all("number", node.this, node.expression)
        if isinstance(node, exp.Div):
            divisor = node.expression
            value = _number(divisor) if isinstance(divisor, exp.Literal) else self._constant(divisor)
            if not isinstance(value, int | float) or value == 0:
                raise Refusal("criterion_constant", value=divisor.sql()[:40])
        if self._largest(node) > LARGEST:
            raise Refusal("criterion_constant", value=node.sql()[:40])
        return "number"

    def _largest(self, node: exp.Expression) -> float:
        """The most that the value of a number can be, whatever the facts are."""
        kind = type(node)
        if kind in (exp.Add, exp.Sub, exp.Mul):
            left, right = self._largest(node.this), self._largest(node.expression)
            return left * right if kind is exp.Mul else left + right
        if kind is exp.Div:
            return self._largest(node.this) / self._largest(node.expression)
        if kind is exp.Coalesce:
            return max(self._largest(node.this), self._largest(node.expressions[0]))
        if kind in (exp.Paren, exp.Neg, exp.Abs):
            return self._largest(node.this)
        if isinstance(node, exp.Literal):
            return float(node.this)
        value = self._constant(node)
        return abs(float(value)) if isinstance(value, int | float) else LARGEST_FACT

    def _at_least(self, node: exp.Anonymous) -> str:
        wanted, conditions = node.expressions[:1], node.expressions[1:]
        nested = any(inner is not node for inner in node.find_all(exp.Anonymous))  # each level would double the SQL
        if nested or not wanted or not conditions or not isinstance(wanted[0], exp.Literal | exp.Placeholder):
            raise Refusal("criterion_not_allowed", what=node.sql()[:60])
        self._all("number", wanted[0])
        self._all("bool", *conditions)
        return "bool"


class _Writer:
    """Writes a checked tree as SQL of DuckDB (and Spark: the same operators, nothing else)."""

    def __init__(self, bindings: Mapping[str, str], parameters: Parameters, atoms: dict[str, str] | None) -> None:
        self.bindings, self.parameters, self.atoms = bindings, parameters, atoms

    def _atom(self, sql: str) -> str:
        return sql if self.atoms is None else self.atoms.setdefault(sql, f"c{len(self.atoms)}")

    def write(self, node: exp.Expression) -> str:
        kind = type(node)
        if kind in (exp.And, exp.Or):
            return f"({self.write(node.this)} {'and' if kind is exp.And else 'or'} {self.write(node.expression)})"
        if kind is exp.Not:
            return f"(not {self.write(node.this)})"
        if kind is exp.Paren:
            return self.write(node.this)
        if kind in COMPARE:
            return self._atom(f"({self.write(node.this)} {COMPARE[kind]} {self.write(node.expression)})")
        if kind is exp.Between:
            value = self.write(node.this)
            low, high = self.write(node.args["low"]), self.write(node.args["high"])
            return self._atom(f"({value} >= {low} and {value} <= {high})")
        if kind is exp.In:
            return self._atom(f"({self.write(node.this)} in ({', '.join(map(self.write, node.expressions))}))")
        if kind in ARITHMETIC:
            return f"({self._double(node.this)} {ARITHMETIC[kind]} {self._double(node.expression)})"
        if kind is exp.Neg:
            return f"(- {self._double(node.this)})"
        if kind is exp.Abs:
            return f"abs({self._double(node.this)})"
        return self._leaf_or_call(node)

    def _double(self, node: exp.Expression) -> str:
        return f"cast({self.write(node)} as double)"

    def _leaf_or_call(self, node: exp.Expression) -> str:
        if isinstance(node, exp.Column):
            return self.bindings[node.name]
        if isinstance(node, exp.Placeholder):
            return literal(self.parameters[node.this])
        if isinstance(node, exp.Boolean):
            return literal(bool(node.this))
        if isinstance(node, exp.Literal):
            return literal(str(node.this) if node.is_string else _number(node))
        if isinstance(node, exp.Cast):
            return literal(dt.date.fromisoformat(node.this.this))
        if isinstance(node, exp.Coalesce):
            return f"coalesce({self.write(node.this)}, {self.write(node.expressions[0])})"
        return self._at_least(node)

    def _at_least(self, node: exp.Expression) -> str:
        wanted = self.write(node.expressions[0])
        conditions = [self.write(condition) for condition in node.expressions[1:]]
        held = " + ".join(f"coalesce(cast({condition} as integer), 0)" for condition in conditions)
        open_ = " + ".join(f"coalesce(cast({condition} as integer), 1)" for condition in conditions)
        return f"(case when {held} >= {wanted} then true when {open_} < {wanted} then false end)"
