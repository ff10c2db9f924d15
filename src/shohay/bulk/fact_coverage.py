"""How often each fact is missing in a snapshot, and what it is where it is known.

Counted set-based over the table of facts, range by range: persons who live and count once, households in which
somebody lives; facts of an area over the households that live there. A fact counts as missing only of those it is
asked of (core.fact_list.ASKED_OF): a man lacks no month of pregnancy. By division, district, kind of area and sex (of a
household: of its head).

Numbers are counted by their first three figures, so that ranges add up; quantiles are of those. Values that fewer than
FEW have are counted together: a figure about three people in a district is about people.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from shohay.bulk import fact_table, people
from shohay.bulk.engine import Engine, choose
from shohay.bulk.pmt import Formula
from shohay.core import criteria
from shohay.core.facts import FACTS, Fact

Progress = Callable[[str, int, int], None]
WAYS = {
    "person": {"division": "area_code[1:2]", "district": "area_code[1:4]", "area_type": "area_type", "sex": "sex"},
    "household": {
        "division": "area_code[1:2]",
        "district": "area_code[1:4]",
        "area_type": "area_type",
        "sex": "head_sex",
    },
}
LEVELS = {"person": ("person",), "household": ("household", "area")}
COUNTED = {"person": people.LIVING, "household": f"{fact_table.SIZE} > 0"}
SHARES = (1, 10, 25, 50, 75, 90, 99)
FEW, MOST_VALUES = 10, 20
UNKNOWN, OTHER = "", "*"


def measure(
    snapshot: Path, *, on: dt.date, formula: Formula | None, engine: Engine | None = None,
    progress: Progress = lambda step, done, total: None,
) -> dict[str, Any]:  # fmt: skip
    """{"on", "rows": {unit: rows}, "facts": {name: {unit, rows, missing, by: {way: {group: [rows, missing]}}, ...}}}.

    Beside them ``values`` {value: rows} of a text or yes/no, or ``quantiles`` {share: value} and ``mean`` of a number,
    or ``quantiles`` of the years of a date. Group '' is unknown, value '*' what few have.
    """
    found: dict[str, Any] = {"on": on.isoformat(), "rows": {}, "facts": {}}
    for unit in WAYS:
        facts = measured(unit)
        parts = fact_table.each(
            snapshot, _columns(unit, facts), unit, partial(_count, unit=unit, facts=facts), on=on, formula=formula,
            engine=engine or choose(), done=partial(progress, unit),
        )  # fmt: skip
        found["rows"][unit] = sum(rows for rows, _, _ in parts)
        for fact in facts:
            missing: Counter[tuple[str, str, int]] = Counter()
            values: Counter[Any] = Counter()
            for _, groups, tallies in parts:
                missing.update(groups[fact.name])
                values.update(tallies[fact.name])
            found["facts"][fact.name] = {"unit": unit, **_shares(missing), **_spread(fact, values)}
    return found


def measured(unit: str) -> list[Fact]:
    """The facts that are measured for a unit; what somebody is on is never unknown."""
    return [fact for fact in FACTS.values() if fact.level in LEVELS[unit]]


def _columns(unit: str, facts: list[Fact]) -> list[str]:
    names = dict.fromkeys(fact.name for fact in facts)
    names |= dict.fromkeys(name for fact in facts for name in _asked(fact).facts)
    grouping = ("area_type", "is_alive", "is_duplicate") if unit == "person" else ("head_sex", fact_table.SIZE)
    return list(names | dict.fromkeys(grouping))


def _asked(fact: Fact) -> criteria.Checked:
    return criteria.check(fact.asked_of or "true", FACTS, {})


def _count(
    table: pa.Table, unit: str, facts: list[Fact]
) -> tuple[int, dict[str, Counter[tuple[str, str, int]]], dict[str, Counter[Any]]]:
    """(rows, for each fact (way, group, 1 when missing) -> rows, for each fact value -> rows)."""
    con = duckdb.connect(config={"threads": 1})
    try:
        con.register("told", table)
        ways = ", ".join(f"coalesce({sql}, '{UNKNOWN}') as by_{way}" for way, sql in WAYS[unit].items())
        asked = ", ".join(
            f"({_asked(fact).sql({name: name for name in FACTS}, {})}) as asked_{fact.name}" for fact in facts
        )
        con.execute(f"create table counted as select *, {ways}, {asked} from told where {COUNTED[unit]}")
        rows = con.execute("select count(*) from counted").fetchall()[0][0]
        return rows, _missing(con, unit, facts), {fact.name: _values(con, fact) for fact in facts}
    finally:
        con.close()


def _missing(con: duckdb.DuckDBPyConnection, unit: str, facts: list[Fact]) -> dict[str, Counter[tuple[str, str, int]]]:
    found: dict[str, Counter[tuple[str, str, int]]] = {fact.name: Counter() for fact in facts}
    sums = ", ".join(
        f"count(*) filter (where asked_{fact.name}), count(*) filter (where asked_{fact.name} and {fact.name} is null)"
        for fact in facts
    )
    for way in ("all", *WAYS[unit]):
        group = f"by_{way}" if way != "all" else "''"
        for key, *counts in con.execute(f"select {group}, {sums} from counted group by all").fetchall():
            for fact, rows, missing in zip(facts, counts[::2], counts[1::2], strict=True):
                found[fact.name][(way, key, 0)] += rows - missing
                found[fact.name][(way, key, 1)] += missing
    return found


def _values(con: duckdb.DuckDBPyConnection, fact: Fact) -> Counter[Any]:
    value = fact.name
    if fact.kind == "number":
        size = f"cast(floor(log10(abs({value}))) as integer)"
        value = f"case when {value} = 0 then 0.0 else round(cast({value} as double), 2 - {size}) end"
    elif fact.kind == "date":
        value = f"cast(year({value}) as double)"
    rows = con.execute(
        f"select {value}, count(*) from counted where asked_{fact.name} and {fact.name} is not null group by all"
    ).fetchall()
    return Counter(dict(rows))


def _shares(counted: Counter[tuple[str, str, int]]) -> dict[str, Any]:
    by: dict[str, dict[str, list[int]]] = {}
    for (way, key, lacks), rows in sorted(counted.items()):
        pair = by.setdefault(way, {}).setdefault(key, [0, 0])
        pair[0] += rows
        pair[1] += rows if lacks else 0
    rows, missing = by.pop("all", {}).get("", [0, 0])
    shown = {way: {key: pair for key, pair in groups.items() if pair[0]} for way, groups in by.items()}
    return {"rows": rows, "missing": missing, "by": shown}


def _spread(fact: Fact, values: Counter[Any]) -> dict[str, Any]:
    if fact.kind in ("number", "date"):
        return _quantiles(fact, values)
    told = {("yes" if value else "no") if fact.kind == "bool" else str(value): rows for value, rows in values.items()}
    common = [value for value, rows in sorted(told.items(), key=lambda pair: (-pair[1], pair[0])) if rows >= FEW]
    shown = {value: told[value] for value in common[:MOST_VALUES]}
    rest = sum(told.values()) - sum(shown.values())
    return {"values": shown | ({OTHER: rest} if rest else {})}


def _quantiles(fact: Fact, values: Counter[Any]) -> dict[str, Any]:
    total = sum(values.values())
    if total < FEW:
        return {"quantiles": {}}
    found: dict[str, float] = {}
    below, ordered = 0, sorted(values.items())
    waiting = list(SHARES)
    for value, rows in ordered:
        below += rows
        while waiting and below >= total * waiting[0] / 100:
            found[str(waiting.pop(0))] = value
    mean = {"mean": sum(value * rows for value, rows in ordered) / total} if fact.kind == "number" else {}
    return {"quantiles": found, **mean}


def lacking(figures: dict[str, Any]) -> dict[str, float | None]:
    """The share of those asked who lack each fact; None where nobody was asked."""
    return {name: of["missing"] / of["rows"] if of["rows"] else None for name, of in figures["facts"].items()}
