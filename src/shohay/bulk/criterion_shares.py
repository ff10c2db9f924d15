"""For how many in a snapshot a criterion is true, false, or cannot be told, and which facts they lack then.

The same SQL as in a decision, over the table of facts; one person or household, one row. Only the living are counted,
each once; households in which somebody lives.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from shohay.bulk import fact_table, facts
from shohay.bulk.engine import Engine, choose
from shohay.bulk.people import LIVING
from shohay.bulk.pmt import Formula
from shohay.core import criteria
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal


def shares(
    snapshot: Path, text: str, parameters: criteria.Parameters, *, unit: str, on: dt.date,
    formula: Formula | None = None, engine: Engine | None = None, sample: float = 1.0, seed: int = 0,
) -> dict[str, Any]:  # fmt: skip
    """{"true", "false", "unknown": rows, "missing": {fact: rows of the unknown that lack it}}.

    ``unit`` is person or household; a criterion about a household alone may be asked of either. Raises Refusal as
    ``criteria.check`` does, and Refusal('criterion_types') when ``text`` is no condition.
    """
    checked = criteria.check(text, FACTS, parameters)
    if checked.kind != "bool":
        raise Refusal("criterion_types", what=text[:60])
    engine = engine or choose()
    asked = sorted({base for name in checked.facts for base in _asked(name, formula)})
    names = sorted(checked.facts | set(asked))
    if unit == "person":
        names = list(dict.fromkeys([*names, "is_alive", "is_duplicate"]))
    make = fact_table.persons if unit == "person" else fact_table.households
    table = make(snapshot, names, on=on, formula=formula, engine=engine, sample=sample, seed=seed)
    sql = checked.sql({name: name for name in FACTS}, parameters)
    lacking = "".join(f", count(*) filter (where holds is null and {name} is null)" for name in asked)
    counted = LIVING if unit == "person" else f"{fact_table.SIZE} > 0"
    con = engine.connect()
    try:
        con.register("told", table)
        row = con.execute(
            f"select count(*) filter (where holds), count(*) filter (where not holds),"
            f" count(*) filter (where holds is null){lacking}"
            f" from (select *, {sql} as holds from told where {counted})"
        ).fetchone()
    finally:
        con.close()
    true, false, unknown, *each = row or (0, 0, 0, *(0 for _ in asked))
    return {"true": true, "false": false, "unknown": unknown, "missing": dict(zip(asked, each, strict=True))}


def _asked(name: str, formula: Formula | None) -> list[str]:
    """The facts that have to be told for this one, traced back to the end."""
    inputs = facts.inputs(name, formula)
    return [base for need in inputs for base in _asked(need, formula)] if inputs else [name]
