"""Which programmes may be held together, by the newest version of each, and where two of them disagree."""

from __future__ import annotations

from typing import Any, NamedTuple

from shohay.core.definition import Definition


class Cell(NamedTuple):
    """What the programme of the row says of that of the column. ``differs``: the other one says otherwise."""

    code: str
    rule: str  # allowed, forbidden, or itself
    differs: bool


def _rule(one: Definition, code: str) -> str:
    return "forbidden" if one.versions[-1].compatible.forbids(code) else "allowed"


def matrix(found: list[Definition]) -> list[tuple[str, list[Cell]]]:
    """One row a programme."""
    return [(one.code, [_cell(one, other) for other in found]) for one in found]


def _cell(one: Definition, other: Definition) -> Cell:
    if one.code == other.code:
        return Cell(other.code, "itself", False)
    rule = _rule(one, other.code)
    return Cell(other.code, rule, rule != _rule(other, one.code))


def pairs(found: list[Definition]) -> list[dict[str, Any]]:
    """Every ordered pair, for a file."""
    return [
        {"a": one.code, "b": other.code, "rule": _rule(one, other.code), "back": _rule(other, one.code)}
        for one in found
        for other in found
        if one.code != other.code
    ]


def differ(found: list[Definition]) -> list[tuple[str, str]]:
    """Pairs of which one forbids what the other allows, (the one that forbids, the one that allows)."""
    return [(pair["a"], pair["b"]) for pair in pairs(found) if (pair["rule"], pair["back"]) == ("forbidden", "allowed")]


def of_one(code: str, found: list[Definition]) -> list[dict[str, str]]:
    """What a programme and each other one say of each other."""
    own = next((one for one in found if one.code == code), None)
    if own is None:
        return []
    return [
        {"code": other.code, "rule": _rule(own, other.code), "back": _rule(other, code)}
        for other in found
        if other.code != code
    ]
