"""Who is eligible under each rule of a simulation, and of them what ranks and pays them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shohay.bulk import alike, chunk, facts, plan, reading
from shohay.bulk.simulation_plan import Rule, Shared, code_of

Column = NDArray[Any]
NONE = np.zeros(0)


@dataclass(slots=True)
class Eligible:
    """Who is eligible under a rule: places among persons, or households, rising.

    Where the rule is ordered, ``ties`` is the number that draws a lot (the payee's; -1: nobody can be paid), ``keys``
    rise with rank, ``universal`` says whose area takes everyone. For each schedule what is paid in a year (poisha) and
    given (grams by unit): one number where it is the same for all. ``masks``: how often each mask occurred.
    """

    rows: Column
    ties: Column
    keys: list[Column]
    universal: Column
    paid: list[Column | int]
    goods: list[dict[str, Column | int]]
    masks: dict[int, float] = field(default_factory=dict)


def eligible(
    con: duckdb.DuckDBPyConnection, shared: Shared, homes: pa.Table, persons: pa.Table, masks: dict[str, Column],
    weight: Column | None, home: Column,
) -> list[Eligible]:  # fmt: skip
    """Of one range, in the order of the rules. ``weight`` of its households, ``home`` the household of each person."""
    made: dict[int, Eligible] = {}
    for unit, table in (("household", homes), ("person", persons)):
        of_unit = {n: rule for n, rule in enumerate(shared.rules) if rule.definition.unit == unit}
        own = weight[home] if weight is not None and unit == "person" else weight
        detailed = [n for n, rule in of_unit.items() if _is_detailed(rule)]
        chosen = np.zeros(table.num_rows, bool)
        for number in detailed:
            chosen |= masks[f"m_{code_of(number)}"] == 0
        at = np.flatnonzero(chosen)
        detail = _detail(con, shared, unit, detailed, homes, table, at) if detailed else None
        for number, rule in of_unit.items():
            mask = masks[f"m_{code_of(number)}"]
            rows = np.flatnonzero(mask == 0)
            if number not in detailed or detail is None:
                made[number] = _same_for_all(con, rule, rows)
            else:
                found = detail.take(pa.array(np.searchsorted(at, rows)))
                made[number] = _told(shared, number, rule, rows, found, _same_for_all(con, rule, rows))
            made[number].masks = _occurrences(mask, own)
    return [made[number] for number in range(len(shared.rules))]


def join(parts: list[Eligible], starts: Column) -> Eligible:
    """The ranges one after another; ``starts`` is where the rows of each begin."""
    first = parts[0]
    rows = np.concatenate([part.rows + start for part, start in zip(parts, starts.tolist(), strict=False)])
    paid = [
        one if isinstance(one, int) else np.concatenate([np.asarray(part.paid[place]) for part in parts])
        for place, one in enumerate(first.paid)
    ]
    goods = [
        {
            unit: one
            if isinstance(one, int)
            else np.concatenate([np.asarray(part.goods[place][unit]) for part in parts])
            for unit, one in of.items()
        }
        for place, of in enumerate(first.goods)
    ]
    masks: dict[int, float] = {}
    for part in parts:
        for mask, count in part.masks.items():
            masks[mask] = masks.get(mask, 0) + count
    return Eligible(
        rows, np.concatenate([part.ties for part in parts]),
        [np.concatenate([part.keys[place] for part in parts]) for place in range(len(first.keys))],
        np.concatenate([part.universal for part in parts]), paid, goods, masks,
    )  # fmt: skip


def _is_detailed(rule: Rule) -> bool:
    """Whether more is needed of the eligible than that they are."""
    return rule.ordered or any(not schedule.constant for schedule in rule.schedules)


def _occurrences(mask: Column, weight: Column | None) -> dict[int, float]:
    if weight is None:
        return {mask: float(count) for mask, count in chunk.occurrences(mask).items()}
    found, at = np.unique(mask, return_inverse=True)
    return dict(zip(found.tolist(), np.bincount(at, weights=weight).tolist(), strict=True))


def _detail(
    con: duckdb.DuckDBPyConnection, shared: Shared, unit: str, numbers: list[int], homes: pa.Table, table: pa.Table,
    at: Column,
) -> pa.Table:  # fmt: skip
    """The rows ``at`` of a table with sort keys, universal areas, payees and amounts, in their order."""
    plan_, source = shared.plan, "chosen"
    table = table.take(pa.array(at))
    if unit == "person":
        home = reading.place(table["household_id"], homes["household_id"])
        for name in dict.fromkeys([*plan_.lent(), "pmt_score"]):
            if name not in table.column_names:
                table = table.append_column(name, reading.taken(homes[name], home))
        needed = [name for name in plan_.needed("person") if facts.level(name) in ("person", "benefit")]
        refs = sorted({programme.ref for programme in plan_.of_unit("person")})
        source = alike.staged(source, plan.derivations(needed, refs, plan_.formula))
        made = ", ".join(f"{sql} as {name}" for name, sql in chunk.ordering(plan_, "person"))
        source = f"(select *{', ' + made if made else ''} from {source})"
    keyed, _ = plan.keys(plan_, unit)
    kept = [*(name for name, _ in keyed), *(f"u_{programme.code}" for programme in chunk.with_universal(plan_, unit))]
    kept += [f"payee_{payee}" for payee in plan_.payees()] if unit == "household" else ["person_id"]
    for number in numbers:
        for place, schedule in enumerate(shared.rules[number].schedules):
            if not schedule.constant:
                kept.append(f"cast({schedule.poisha} as bigint) as a_{number}_{place}")
                goods = enumerate(schedule.goods)
                kept += [f"cast({grams} as bigint) as g_{number}_{place}_{step}" for step, (_, grams) in goods]
    con.register("chosen", table)
    found = con.execute(f"select {', '.join(kept)} from {source}").to_arrow_table()
    con.unregister("chosen")
    return found


def _same_for_all(con: duckdb.DuckDBPyConnection, rule: Rule, rows: Column) -> Eligible:
    """The rows and the amounts that are the same for all; the others follow."""
    made = Eligible(rows, NONE, [], NONE, [], [])
    for schedule in rule.schedules:
        cash, weights = 0, [0] * len(schedule.goods)
        if schedule.constant:
            sums = [schedule.poisha, *(grams for _, grams in schedule.goods)]
            cash, *weights = con.execute(f"select {', '.join(f'cast({one} as bigint)' for one in sums)}").fetchall()[0]
        made.paid.append(int(cash))
        made.goods.append({unit: int(w) for (unit, _), w in zip(schedule.goods, weights, strict=True)})
    return made


def _told(shared: Shared, number: int, rule: Rule, rows: Column, detail: pa.Table, made: Eligible) -> Eligible:
    """The columns of the detail that are the rule's own."""
    for place, schedule in enumerate(rule.schedules):
        if not schedule.constant:
            made.paid[place] = _whole(detail[f"a_{number}_{place}"], 0)
            steps = enumerate(schedule.goods)
            made.goods[place] = {unit: _whole(detail[f"g_{number}_{place}_{step}"], 0) for step, (unit, _) in steps}
    if rule.ordered:
        _, keys = plan.keys(shared.plan, rule.definition.unit)
        made.keys = [np.asarray(detail[name].to_numpy()) for name in keys[code_of(number)]]
        payee = f"payee_{rule.version.payee}" if rule.of_household else "person_id"
        made.ties = _whole(detail[payee], -1)
        name = f"u_{code_of(number)}"
        known = name in detail.column_names
        made.universal = np.asarray(detail[name].to_numpy()) if known else np.zeros(len(rows), bool)
    return made


def _whole(column: pa.ChunkedArray, missing: int) -> Column:
    return np.asarray(pc.fill_null(column, missing).to_numpy()).astype(np.int64)
