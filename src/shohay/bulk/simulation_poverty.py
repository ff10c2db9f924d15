"""Poverty and inequality before and after the transfers of a scenario: core.poverty over whole columns.

On a survey the errors of its design stand beside the figures: bulk.poverty measures them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from shohay.bulk.simulation_ground import UNKNOWN, Ground
from shohay.bulk.simulation_measures import figure
from shohay.bulk.simulation_people import CELLS, Population
from shohay.core.simulation_result import ALL, Measure

Column = NDArray[Any]


def gini(welfare: Column, people: Column) -> float | None:
    """core.poverty.gini of whole columns."""
    whole, total = people.sum(), float(people @ welfare)
    if not total or not whole:
        return None
    order = np.argsort(welfare, kind="stable")
    weight, value = people[order], welfare[order]
    reached = np.cumsum(weight) - weight
    return float((value * weight * (2 * reached + weight)).sum() / (whole * total) - 1)


def _row(
    measure: str, by: str, group: str, share: float | None, averages: dict[str, float | None], whole: float, few: float
) -> Measure:
    """A row beside the figure of everybody, which comes first."""
    if not by:
        averages[measure] = share
    average = averages.get(measure)
    ratio = share / average if share is not None and average else None
    return Measure(
        measure=measure, programme=ALL, by=by, group=group, value=figure(share), error=None, average=figure(average),
        ratio=figure(ratio), people=round(whole), flag="few" if whole < few else "",
    )  # fmt: skip


def measured(people: Population, ground: Ground, welfare: Column, suffix: str) -> list[Measure]:
    """Headcount and gap of everybody and by group, Gini of everybody; ``suffix`` is '_before' or ''."""
    known = ground.status != UNKNOWN
    poor = known & (welfare < ground.line)
    with np.errstate(invalid="ignore", divide="ignore"):
        short = np.where(poor, (ground.line - welfare) / ground.line, 0.0)
    counted = np.where(known, ground.people, 0.0)
    rows, averages = [], dict[str, float | None]()

    def add(measure: str, by: str, group: str, part: float, whole: float) -> None:
        rows.append(_row(measure, by, group, part / whole if whole else None, averages, whole, ground.few))

    for one in ground.dimensions:
        groups = len(one.groups)
        whole = np.bincount(one.of, weights=counted, minlength=groups)
        for measure, column in (("headcount", poor * counted), ("gap", short * counted)):
            part = np.bincount(one.of, weights=column, minlength=groups)
            for place, group in enumerate(one.groups):
                if whole[place]:
                    add(f"{measure}{suffix}", one.name, group, float(part[place]), float(whole[place]))
        if not one.name:
            share = gini(welfare[known], ground.people[known])
            rows.append(Measure(
                measure=f"gini{suffix}", programme=ALL, by="", group="", value=figure(share), error=None, average=None,
                ratio=None, people=round(float(counted.sum())), flag="",
            ))  # fmt: skip
    persons = people.persons
    weights = [np.where(known, ground.weight, 0.0), poor * ground.weight, short * ground.weight]
    sums = [np.bincount(persons.cell, weights=w[persons.home], minlength=CELLS + 1)[:CELLS] for w in weights]
    for one in ground.of_persons:
        whole, *parts = (np.bincount(one.of, weights=column, minlength=len(one.groups)) for column in sums)
        for measure, part in zip(("headcount", "gap"), parts, strict=True):
            for place, group in enumerate(one.groups):
                if whole[place]:
                    add(f"{measure}{suffix}", one.name, group, float(part[place]), float(whole[place]))
    return rows
