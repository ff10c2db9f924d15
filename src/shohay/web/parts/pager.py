"""Pages by key, never by offset: page 10,000 of a list costs what page 1 costs.

The key of a row is the values of the ordering columns, signed by nobody: a changed key only shows another place of
the same list. ``?after=<key>`` goes on, ``?before=<key>`` goes back.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest


class Page(NamedTuple):
    """``rows`` of this page; keys of the neighbours ('' where there is none); ``about`` how many in all."""

    rows: list[Any]
    previous: str
    next: str
    about: int | None
    exact: bool


def page(
    request: HttpRequest,
    queryset: QuerySet[Any],
    *,
    order: tuple[str, ...] = ("pk",),
    size: int = 50,
    count: bool = True,
) -> Page:
    """One page of ``queryset`` in ``order`` (a leading '-' turns a column round; the last column must be unique)."""
    after, before = _key(request.GET.get("after")), _key(request.GET.get("before"))
    if after is not None and len(after) != len(order):
        after = None
    backwards = before is not None and len(before) == len(order)
    key = before if backwards else after
    rows = _fetch(queryset, order, key, size + 1, backwards)
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    return Page(
        rows,
        _text(rows[0], order) if rows and (more if backwards else after is not None) else "",
        _text(rows[-1], order) if rows and (backwards or more) else "",
        *(_about(queryset) if count else (None, False)),
    )


def _fetch(
    queryset: QuerySet[Any], order: tuple[str, ...], key: list[Any] | None, size: int, backwards: bool
) -> list[Any]:
    turned = tuple(_turn(column) for column in order) if backwards else order
    ordered = queryset.order_by(*turned)
    if key is None:
        return list(ordered[:size])
    try:
        return list(ordered.filter(_beyond(turned, key))[:size])
    except (ValueError, TypeError, ValidationError):  # a key that somebody typed
        return list(queryset.order_by(*order)[:size])


def _beyond(order: tuple[str, ...], key: list[Any]) -> Q:
    """Rows after ``key``: (a > x) or (a = x and b > y) or ..."""
    condition, equal = Q(), Q()
    for column, value in zip(order, key, strict=True):
        name = column.lstrip("-")
        condition |= equal & Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value})
        equal &= Q(**{name: value})
    return condition


def _turn(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _text(row: Any, order: tuple[str, ...]) -> str:
    values = [_value(row, column.lstrip("-")) for column in order]
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def _value(row: Any, column: str) -> object:
    for name in column.split("__"):
        row = row[name] if isinstance(row, dict) else getattr(row, name)
    return row if not isinstance(row, date | datetime | Decimal) else str(row)


def _key(text: str | None) -> list[Any] | None:
    if not text:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        return None
    return found if isinstance(found, list) else None


def _about(queryset: QuerySet[Any]) -> tuple[int, bool]:
    """How many rows: the planner's estimate, or the count itself where the estimate is small (below 10,000)."""
    plan = json.loads(queryset.order_by().explain(format="json"))
    estimate = int(plan[0]["Plan"]["Plan Rows"])
    return (estimate, False) if estimate >= 10_000 else (queryset.count(), True)
