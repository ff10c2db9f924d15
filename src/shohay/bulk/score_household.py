"""The facts that a formula reads of one household of a snapshot, and its score: only its own rows are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from shohay.bulk import fact_table
from shohay.bulk.pmt import Formula, Part
from shohay.bulk.snapshot import read_manifest


class Scored(NamedTuple):
    """``score`` None: it cannot be told, ``missing`` names the facts that are lacking. ``welfare``: taka a head and
    month of a linear formula; ``likelihood`` percent; ``poor``: by the cut-off or the number of conditions."""

    score: int | None
    points: int | None
    likelihood: float | None
    poor: bool | None
    welfare: float | None
    parts: list[Part]
    missing: list[str]


def scored(snapshot: Path, household_id: int, formula: Formula) -> Scored | None:
    """The score of a household and its parts, ages on the day of the snapshot; None where it is not in it."""
    day = read_manifest(snapshot).as_of
    made = ["ppi_score", "pmt_score", "poverty_likelihood", "is_poor_by_score"]
    names = [*sorted(formula.facts), *made]
    rows = fact_table.household(snapshot, household_id, names, on=day, formula=formula).to_pylist()
    if not rows or not rows[0]["household_size"]:
        return None
    facts: dict[str, Any] = rows[0]
    parts = formula.breakdown({name: facts[name] for name in formula.facts})
    read = {name for part in parts for name in part.facts if part.contribution is None}
    read |= {name for one in formula.models for name in (one.when.facts if one.when else ())}
    total = sum(part.contribution or 0.0 for part in parts)
    sure = bool(parts) and all(part.contribution is not None for part in parts)
    return Scored(
        facts["pmt_score"], facts["ppi_score"], facts["poverty_likelihood"], facts["is_poor_by_score"],
        round(formula.taka(total), 2) if formula.models and sure else None, parts,
        sorted(name for name in read if facts.get(name) is None),
    )  # fmt: skip
