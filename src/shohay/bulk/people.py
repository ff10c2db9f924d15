"""Counts over the members of each household.

Persons stand household after household, so a count over members is a sum over a run of rows. What is counted of a
member (bulk.facts: COUNTED, ANY, PAYEE) is decided once for all members who look alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shohay.bulk import alike, facts, plan, reading
from shohay.bulk.alike import Rows, Rules
from shohay.bulk.plan import Plan
from shohay.core import criteria
from shohay.core.facts import FACTS

LIVING = "is_alive and not is_duplicate"
STEP = 1 << 41  # above every person_id


def counted(wanted: Sequence[str]) -> list[str]:
    """The facts that are made of the members of a household; how many there are is always wanted."""
    over = {**facts.COUNTED, **facts.ANY, **facts.OF_HEAD}
    return list(dict.fromkeys(["household_size", *(name for name in wanted if name in over)]))


def starts(rows: Rows) -> NDArray[Any]:
    """The row at which each household begins."""
    homes = rows.table["household_id"].to_numpy()
    return np.flatnonzero(np.diff(homes, prepend=homes[:1] - 1))


def counts(
    con: duckdb.DuckDBPyConnection, plan_: Plan, rows: Rows, wanted: Sequence[str], payees: Sequence[str]
) -> pa.Table:
    """A row a household: ``household_id``, ``<fact>_t`` of each fact over members, ``payee_<kind>``.

    A tally holds both the number of true and, in steps of UNKNOWN, of cannot tell.
    """
    tallies = [name for name in counted(wanted) if name not in facts.OF_HEAD]
    columns, rules = rules_of(plan_, tallies, payees)
    kinds = alike.decide(con, rows, columns, rules)
    at = starts(rows)
    made: dict[str, Any] = {"household_id": rows.table["household_id"].to_numpy()[at]}
    for name in tallies:
        made[f"{name}_t"] = np.add.reduceat(kinds.of(f"{name}_t"), at, dtype=np.int64)
    persons = rows.table["person_id"].to_numpy()
    for kind in payees:
        found = np.minimum.reduceat(kinds.of(f"payee_{kind}") * np.int64(STEP) + persons, at)
        made[f"payee_{kind}"] = pa.array(found % STEP, mask=found >= len(facts.PAYEE["woman"]) * STEP + STEP)
    heads = np.flatnonzero(kinds.of("heads"))[::-1]
    head = np.full(len(at), -1)
    head[np.searchsorted(at, heads, "right") - 1] = heads  # of two the first: it is written last
    for name in (name for name in wanted if name in facts.OF_HEAD):
        made[f"{name}_t"] = reading.taken(rows.table[facts.OF_HEAD[name]], head)
    return pa.table(made)


def rules_of(plan_: Plan, tallies: Sequence[str], payees: Sequence[str]) -> tuple[list[str], Rules]:
    """What is counted of each living member, and the columns that it is read from."""
    ref = plan_.ymd
    comparisons: dict[str, str] = {}
    read = {"is_alive", "is_duplicate", "relation"}

    def sql(text: str) -> str:
        checked = criteria.check(text, FACTS, {})
        read.update(checked.facts)
        return checked.sql(plan.bindings(ref), {}, comparisons)

    made = [(f"{name}_t", facts.tally(sql({**facts.COUNTED, **facts.ANY}[name])), "0") for name in tallies]
    for kind in payees:
        steps = " ".join(f"when {sql(text)} then {step}" for step, text in enumerate(facts.PAYEE[kind]))
        last = len(facts.PAYEE["woman"])
        made.append((f"payee_{kind}", f"(case {steps} else {last} end)", str(last + 1)))
    made.append(("heads", "(case when relation = 'head' then 1 else 0 end)", "0"))
    layer = [(name, f"cast(case when {LIVING} then {of} else {none} end as integer)") for name, of, none in made]
    needed = facts.closure(read, None)
    derived = plan.derivations(needed, [ref], None)
    columns = [name for name in needed if name in facts.PERSON_COLUMNS]
    return columns, Rules(derived, [(name, sql_) for sql_, name in comparisons.items()], [layer])


def columns_of(wanted: Sequence[str], payees: Sequence[str]) -> set[str]:
    """The facts of persons that ``counts`` reads."""
    texts = [{**facts.COUNTED, **facts.ANY}[name] for name in counted(wanted) if name not in facts.OF_HEAD]
    texts += [text for kind in payees for text in facts.PAYEE[kind]]
    read = {name for text in texts for name in criteria.check(text, FACTS, {}).facts}
    read |= {facts.OF_HEAD[name] for name in wanted if name in facts.OF_HEAD}
    return {"relation"} | {name for name in facts.closure(read, None) if name in facts.PERSON_COLUMNS}
