"""Sampling errors of a simulation on a survey: bulk.poverty measures them by the survey's own design."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shohay.bulk.engine import Engine
from shohay.bulk.poverty import Spec, estimate
from shohay.bulk.simulation_ground import UNKNOWN, Ground
from shohay.bulk.simulation_measures import figure
from shohay.bulk.simulation_people import Population
from shohay.bulk.simulation_take import Outcome
from shohay.core.simulation_result import ALL, Measure

Column = NDArray[Any]
SAME = {"coverage": "coverage", "under_coverage": "exclusion", "leakage": "inclusion"}
POVERTY = ("headcount", "gap", "gini")


def added(
    rows: list[Measure], engine: Engine, people: Population, ground: Ground, outcome: Outcome, survey: pa.Table,
    welfare: Column,
) -> list[Measure]:  # fmt: skip
    """The rows of everybody with their standard errors; those of groups as they are."""
    known = (ground.status != UNKNOWN) & (ground.people > 0)
    table = _table(people, ground, survey, known)
    found: dict[tuple[str, str], float | None] = {}
    codes = tuple(taken.use.code for taken in outcome.taken)
    before = table.append_column("y", pa.array(ground.welfare[known]))
    for taken in outcome.taken:
        held = outcome.held_by_home[known] & (1 << taken.use.bit) != 0
        before = before.append_column(f"b_{taken.use.code}", pa.array(held))
    for row in estimate(before, Spec(programmes=codes), engine=engine).rows:
        if row.dimension == "all":
            code = ALL if row.programme == "all" else row.programme
            found[SAME.get(row.measure, f"{row.measure}_before"), code] = row.error
    later = table.append_column("y", pa.array(welfare[known]))
    for row in estimate(later, Spec(), engine=engine).rows:
        if row.dimension == "all" and row.measure in POVERTY:
            found[row.measure, ALL] = row.error
    return [
        row if row["by"] else {**row, "error": figure(found.get((row["measure"], row["programme"])))} for row in rows
    ]


def _table(people: Population, ground: Ground, survey: pa.Table, known: Column) -> pa.Table:
    """Stratum, cluster, weight of people and line of each household."""
    at = np.searchsorted(survey["household_id"].to_numpy(), people.homes.ids[known])
    return pa.table({
        "stratum": survey["stratum"].combine_chunks().take(pa.array(at)),
        "psu": survey["psu"].combine_chunks().take(pa.array(at)),
        "w": ground.people[known], "z": ground.line[known],
    })  # fmt: skip
