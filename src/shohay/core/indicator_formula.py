"""The formula of an indicator: arithmetic over named counts, checked by an allow-list, written as SQL or worked out.

Only ``+ - * /``, brackets, plain numbers and known names. A name may stand under a division only where ``divisors``
says so: the whole of an indicator is divided by its denominator and by nothing else, and where that is 0 there is no
value. Nothing of the author's text reaches an engine but the names and numbers that were checked here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp

from shohay.core.messages import Refusal

MAX_LENGTH, MAX_NODES = 500, 80
NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?")
SIGNS: dict[type[exp.Expression], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}


@dataclass(frozen=True, slots=True)
class Formula:
    """A checked formula: its text, the names it reads, and its tree."""

    text: str
    names: frozenset[str]
    tree: exp.Expression

    def sql(self, columns: Mapping[str, str]) -> str:
        """SQL in DOUBLE; ``columns`` gives the SQL of each name."""
        return _sql(self.tree, columns)

    def value(self, of: Mapping[str, float]) -> float | None:
        """The formula of these numbers; None where it would divide by 0."""
        try:
            return _value(self.tree, of)
        except ZeroDivisionError:
            return None


def check(text: str, names: Collection[str], divisors: Collection[str] = ()) -> Formula:
    """Parse ``text``; raises Refusal('indicator_formula') that says which part is not allowed."""
    tree = _parse(text)
    seen: set[str] = set()
    _read(tree, frozenset(names), frozenset(divisors), seen)
    return Formula(text, frozenset(seen), tree)


@lru_cache(maxsize=1024)
def _parse(text: str) -> exp.Expression:
    if len(text) > MAX_LENGTH or not text.isprintable() or ";" in text:
        raise Refusal("indicator_formula", part=text[:60])
    try:
        trees = sqlglot.parse(text)
    except Exception:  # sqlglot raises several kinds for the same thing: this is not a formula
        raise Refusal("indicator_formula", part=text[:60]) from None
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, exp.Expression) or sum(1 for _ in tree.walk()) > MAX_NODES:
        raise Refusal("indicator_formula", part=text[:60])
    return tree


def _read(node: exp.Expression, names: frozenset[str], divisors: frozenset[str], seen: set[str]) -> None:
    """Refuse every node that is not listed; note the names."""
    kind = type(node)
    if kind in SIGNS:
        if kind is exp.Div:
            _divisor(node.expression, divisors)
        _read(node.this, names, divisors, seen)
        _read(node.expression, names, divisors, seen)
    elif kind in (exp.Paren, exp.Neg):
        _read(node.this, names, divisors, seen)
    elif kind is exp.Column:
        if node.args.get("table") or node.name not in names:
            raise Refusal("indicator_formula", part=node.sql()[:60])
        seen.add(node.name)
    elif not (isinstance(node, exp.Literal) and not node.is_string and NUMBER.fullmatch(node.this)):
        raise Refusal("indicator_formula", part=node.sql()[:60])


def _divisor(node: exp.Expression, divisors: frozenset[str]) -> None:
    while isinstance(node, exp.Paren):
        node = node.this
    named = isinstance(node, exp.Column) and node.name in divisors
    number = isinstance(node, exp.Literal) and NUMBER.fullmatch(node.this) and float(node.this) != 0
    if not named and not number:
        raise Refusal("indicator_formula", part=f"/ {node.sql()[:50]}")


def _sql(node: exp.Expression, columns: Mapping[str, str]) -> str:
    kind = type(node)
    if kind is exp.Div:
        return f"({_sql(node.this, columns)} / nullif({_sql(node.expression, columns)}, 0))"
    if kind in SIGNS:
        return f"({_sql(node.this, columns)} {SIGNS[kind]} {_sql(node.expression, columns)})"
    if kind is exp.Neg:
        return f"(- {_sql(node.this, columns)})"
    if kind is exp.Paren:
        return _sql(node.this, columns)
    if kind is exp.Column:
        return f"cast({columns[node.name]} as double)"
    return f"cast({node.this} as double)"


def _value(node: exp.Expression, of: Mapping[str, float]) -> float:
    kind = type(node)
    if kind in SIGNS:
        left, right = _value(node.this, of), _value(node.expression, of)
        if kind is exp.Div:
            return left / right
        return left + right if kind is exp.Add else left - right if kind is exp.Sub else left * right
    if kind is exp.Neg:
        return -_value(node.this, of)
    if kind is exp.Paren:
        return _value(node.this, of)
    return float(of[node.name]) if kind is exp.Column else float(node.this)
