"""A criterion judged in plain Python, three-valued: slow, obvious, and the reference of the engine."""

from __future__ import annotations

import datetime as dt
import operator
from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp

OPERATORS = {
    exp.EQ: operator.eq, exp.NEQ: operator.ne, exp.LT: operator.lt, exp.LTE: operator.le, exp.GT: operator.gt,
    exp.GTE: operator.ge, exp.Add: operator.add, exp.Sub: operator.sub, exp.Mul: operator.mul, exp.Div: operator.truediv,
}  # fmt: skip


def judge(text: str, facts: dict[str, Any], parameters: dict[str, Any]) -> Any:
    """The value of ``text``: None when it cannot be told."""
    return _value(parsed(text), facts, parameters)


@cache
def parsed(text: str) -> exp.Expression:
    """Read once: people are thousands, criteria a hundred."""
    return sqlglot.parse_one(text)


def _value(node: Any, facts: dict[str, Any], parameters: dict[str, Any]) -> Any:  # noqa: C901 - one branch a kind of node, nothing to look up elsewhere
    def inner(child: Any) -> Any:
        return _value(child, facts, parameters)

    if isinstance(node, exp.Paren):
        return inner(node.this)
    if isinstance(node, exp.Literal):
        return node.this if node.is_string else float(node.this)
    if isinstance(node, exp.Boolean):
        return node.this
    if isinstance(node, exp.Column):
        return facts.get(node.name)
    if isinstance(node, exp.Placeholder):
        return parameters[node.this]
    if isinstance(node, exp.Cast):
        return dt.date.fromisoformat(node.this.this)
    if isinstance(node, exp.Not):
        value = inner(node.this)
        return None if value is None else not value
    if isinstance(node, exp.And):
        return all3([inner(node.this), inner(node.expression)])
    if isinstance(node, exp.Or):
        value = all3([_not(inner(node.this)), _not(inner(node.expression))])
        return _not(value)
    if isinstance(node, exp.Between):
        value = inner(node.this)
        return all3(
            [_two(operator.ge, value, inner(node.args["low"])), _two(operator.le, value, inner(node.args["high"]))]
        )
    if isinstance(node, exp.In):
        value = inner(node.this)
        return None if value is None else value in [inner(choice) for choice in node.expressions]
    if isinstance(node, exp.Coalesce):
        value = inner(node.this)
        return inner(node.expressions[0]) if value is None else value
    if isinstance(node, exp.Neg | exp.Abs):
        value = inner(node.this)
        return None if value is None else -value if isinstance(node, exp.Neg) else abs(value)
    if isinstance(node, exp.Anonymous):
        wanted, *rest = [inner(child) for child in node.expressions]
        if sum(value is True for value in rest) >= wanted:
            return True
        return False if sum(value is not False for value in rest) < wanted else None
    return _two(OPERATORS[type(node)], inner(node.this), inner(node.expression))


def _two(apply: Any, left: Any, right: Any) -> Any:
    return None if left is None or right is None else apply(left, right)


def _not(value: Any) -> Any:
    return None if value is None else not value


def all3(values: list[Any]) -> Any:
    """True when all are, False when one is not, else None."""
    return False if False in values else None if None in values else True
