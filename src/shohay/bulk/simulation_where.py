"""A scenario by division, district and upazila; who gains and loses against the first; which programmes overlap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shohay.bulk.simulation_ground import UNKNOWN, Areas, Ground
from shohay.bulk.simulation_measures import IS_POOR, figure, home_of, weighed
from shohay.bulk.simulation_people import CELLS, Population
from shohay.bulk.simulation_take import Outcome
from shohay.core.simulation_result import Area, Overlap, Winners

Column = NDArray[Any]
LEVELS = (("division", 2), ("district", 4), ("upazila", 6))


def by_area(
    people: Population, ground: Ground, areas: Areas, outcome: Outcome, welfare: Column, prices: dict[str, float],
    administration: float,
) -> list[Area]:  # fmt: skip
    """The figures of every division, district and upazila of the data, in the order of level and code."""
    number, homes = len(areas.upazilas), people.homes
    at = np.append(areas.upazila, number)[homes.area]

    def summed(weights: Column, rows: Column | None = None) -> Column:
        return np.bincount(at if rows is None else at[rows], weights=weights, minlength=number + 1)[:number]

    poor, known = np.isin(ground.status, IS_POOR), ground.status != UNKNOWN
    reached = outcome.held_by_home & outcome.simulated != 0
    with np.errstate(invalid="ignore"):
        poor_after = known & (welfare < ground.line)
    columns = {
        "people": summed(ground.people), "known": summed(ground.people * known), "poor": summed(ground.people * poor),
        "reached": summed(ground.people * reached), "left": summed(ground.people * (poor & ~reached)),
        "after": summed(ground.people * poor_after),
    }  # fmt: skip
    programmes: dict[str, tuple[Column, Column]] = {}
    for taken in outcome.taken:
        home, of_home = home_of(people, taken), taken.use.choice.definition.unit == "household"
        weight = people.weights(taken.rows, of_home)
        count = np.ones(len(home)) if weight is None else weight
        programmes[taken.use.code] = (summed(count, home), summed(weighed(people, taken, prices), home))
    rows = []
    for level, digits in LEVELS:
        codes = sorted({code[:digits] for code in areas.upazilas})
        place = np.searchsorted(codes, [code[:digits] for code in areas.upazilas])
        grown = {name: np.bincount(place, weights=column, minlength=len(codes)) for name, column in columns.items()}
        paid = {name: _pairs(place, len(codes), *of, 1 + administration) for name, of in programmes.items()}
        for one, code in enumerate(codes):
            of = {name: float(column[one]) for name, column in grown.items()}
            rows.append(_area(code, level, of, {name: pairs[one] for name, pairs in paid.items()}))
    return rows


def _pairs(place: Column, number: int, count: Column, money: Column, times: float) -> list[list[int]]:
    """[caseload, cost] of each area of a level, from those of the upazilas."""
    sums = [np.bincount(place, weights=column, minlength=number) for column in (count, money)]
    made: list[list[int]] = np.rint(np.stack([sums[0], sums[1] * times], axis=1)).astype(np.int64).tolist()
    return made


def _area(code: str, level: str, of: Mapping[str, float], got: dict[str, list[int]]) -> Area:
    def share(part: str, whole: str) -> float | None:
        return figure(of[part] / of[whole]) if of[whole] else None

    return Area(
        area_code=code, level=level, people=round(of["people"]), poor=round(of["poor"]),
        caseload=sum(pair[0] for pair in got.values()), cost=sum(pair[1] for pair in got.values()),
        coverage=share("reached", "people"), exclusion=share("left", "poor"), headcount_before=share("poor", "known"),
        headcount=share("after", "known"), programmes=got,
    )  # fmt: skip


def winners(people: Population, ground: Ground, first: Outcome, outcome: Outcome) -> list[Winners]:
    """People in households that get more, or less, than in the first scenario, of everybody and by group."""
    gain = outcome.poisha - first.poisha
    better, worse, money = gain > 0, gain < 0, gain * ground.weight
    per_head = money / np.maximum(people.homes.size, 1)
    rows: list[Winners] = []
    for one in ground.dimensions:
        columns = (ground.people, ground.people * better, ground.people * worse, money * better, money * worse)
        sums = [np.bincount(one.of, weights=column, minlength=len(one.groups)) for column in columns]
        rows += _winners(one.name, one.groups, sums)
    persons = people.persons
    weights = (ground.weight, ground.weight * better, ground.weight * worse, per_head * better, per_head * worse)
    cells = [np.bincount(persons.cell, weights=w[persons.home], minlength=CELLS + 1)[:CELLS] for w in weights]
    for one in ground.of_persons:
        sums = [np.bincount(one.of, weights=column, minlength=len(one.groups)) for column in cells]
        rows += _winners(one.name, one.groups, sums)
    return rows


def _winners(by: str, groups: list[str], sums: list[Column]) -> list[Winners]:
    made = []
    for place, group in enumerate(groups):
        whole, better, worse, gained, lost = (float(column[place]) for column in sums)
        if whole:
            made.append(Winners(
                by=by, group=group, people=round(whole), winners=round(better), losers=round(worse),
                gain=round(gained + lost), gained=round(gained), lost=round(-lost),
            ))  # fmt: skip
    return made


def overlaps(people: Population, ground: Ground, outcome: Outcome, bits: Mapping[str, int]) -> list[Overlap]:
    """People by pairs of programmes: of the scenario among themselves, and with what households hold besides."""
    simulated = {taken.use.code for taken in outcome.taken}
    sets, at = np.unique(outcome.held_by_home, return_inverse=True)
    counted = np.bincount(at, weights=ground.people)
    some = np.flatnonzero(outcome.held_by_person)
    own_sets, own_at = np.unique(outcome.held_by_person[some], return_inverse=True)
    weight = people.weights(some, False)
    own = np.bincount(own_at, weights=weight).astype(float)
    rows = []
    codes = [taken.use.code for taken in outcome.taken]
    others = [code for code in bits if code not in simulated and (sets >> bits[code] & 1).any()]
    for place, a in enumerate(codes):
        for b in [*codes[place:], *others]:
            both = 1 << bits[a] | 1 << bits[b]
            rows.append(Overlap(
                a=a, b=b, people=round(float(counted[sets & both == both].sum())),
                same_person=round(float(own[own_sets & both == both].sum())), held=b not in simulated,
            ))  # fmt: skip
    return rows
