"""The measures of one scenario: coverage, errors of targeting, incidence, adequacy, poverty and Gini, by group.

Households with the same set of benefits are one *kind*: people are added up once by group, status and kind, and what
is asked of a programme is then the sum over the kinds that have it. So sixteen programmes cost hardly more than one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shohay.bulk.simulation_ground import BOTH, NEITHER, POOR, POOREST, STATUSES, UNKNOWN, Dimension, Ground
from shohay.bulk.simulation_people import CELLS, Population
from shohay.bulk.simulation_take import Outcome, Taken, value
from shohay.core.simulation_result import ALL, FAIRNESS, UNFAIR, Decile, Measure

Column = NDArray[Any]
IS_POOR, IS_POOREST, IS_KNOWN = (POOR, BOTH), (POOREST, BOTH), (NEITHER, POOR, POOREST, BOTH)
EXCLUSION = ("exclusion", "left_out")


@dataclass(slots=True)
class Kinds:
    """The sets of benefits that occur (``sets``), and that of each household."""

    sets: Column
    of_home: Column

    def having(self, bits: int) -> Column:
        """1 for each set that has one of these."""
        return (self.sets & bits != 0).astype(float)


@dataclass(slots=True)
class Crossed:
    """People of one dimension by group, status and kind; and the groups' other sums, by kind."""

    dimension: Dimension
    people: Column  # [group, status, kind]
    after: Column  # [group, kind]: people x welfare after, of known welfare
    # programme -> (eligible poor, of them taken) by group; of all programmes together poor people in households with
    # somebody eligible, and those of them in reached households
    eligible: dict[str, tuple[Column, Column]]


def kinds_of(outcome: Outcome) -> Kinds:
    """The kinds of households after a scenario, what is held outside it left aside."""
    sets, of_home = np.unique(outcome.held_by_home & outcome.simulated, return_inverse=True)
    return Kinds(sets, of_home.astype(np.int64))


def after(ground: Ground, outcome: Outcome, people: Population) -> Column:
    """Welfare a head and month after the transfers of the scenario."""
    size = np.maximum(people.homes.size, 1)
    return np.asarray(ground.welfare + outcome.poisha / (1200.0 * size))


def crossed(people: Population, ground: Ground, outcome: Outcome, kinds: Kinds, welfare: Column) -> Iterator[Crossed]:
    """The sums of every dimension, those of households first."""
    number = len(kinds.sets)
    joint = ground.status.astype(np.int64) * number + kinds.of_home
    known = ground.status != UNKNOWN
    total = np.where(known, welfare * ground.people, 0.0)
    asked = _poor_with_eligible(people, ground, outcome)
    missed = asked & (outcome.held_by_home & outcome.simulated == 0)
    for one in ground.dimensions:
        groups = len(one.groups)
        cells = np.bincount(
            one.of * (STATUSES * number) + joint, weights=ground.people, minlength=groups * STATUSES * number
        ).reshape(groups, STATUSES, number)
        sums = np.bincount(one.of * number + kinds.of_home, weights=total, minlength=groups * number)
        eligible = _eligible(people, ground, outcome, one, False)
        pair = [np.bincount(one.of, weights=ground.people * chosen, minlength=groups) for chosen in (asked, missed)]
        eligible[ALL] = (pair[0], pair[0] - pair[1])
        yield Crossed(one, cells, sums.reshape(groups, number), eligible)
    cell, home = people.persons.cell, people.persons.home
    weight = None if people.weight is None else people.weight[home]
    flat = cell.astype(np.int64)
    flat *= STATUSES * number
    flat += joint[home]
    whole = np.bincount(flat, weights=weight, minlength=(CELLS + 1) * STATUSES * number).astype(float)
    whole = whole[: CELLS * STATUSES * number].reshape(CELLS, STATUSES * number)
    both = [
        np.bincount(cell, weights=(ground.weight * chosen)[home], minlength=CELLS + 1)[:CELLS]
        for chosen in (asked, missed)
    ]
    for one in ground.of_persons:
        summed = np.zeros((len(one.groups), STATUSES * number))
        np.add.at(summed, one.of, whole)
        shape = (len(one.groups), STATUSES, number)
        nothing = np.zeros((len(one.groups), number))
        eligible = _eligible(people, ground, outcome, one, True)
        pair = [np.bincount(one.of, weights=column, minlength=len(one.groups)) for column in both]
        eligible[ALL] = (pair[0], pair[0] - pair[1])
        yield Crossed(one, summed.reshape(shape), nothing, eligible)


def _poor_with_eligible(people: Population, ground: Ground, outcome: Outcome) -> Column:
    """The poor households in which somebody is eligible for something."""
    found = np.zeros(len(ground.status), bool)
    for taken in outcome.taken:
        rows = people.eligible[taken.use.rule].rows
        of_home = taken.use.choice.definition.unit == "household"
        found[rows if of_home else people.persons.home[rows]] = True
    return found & np.isin(ground.status, IS_POOR)


def _eligible(
    people: Population, ground: Ground, outcome: Outcome, one: Dimension, of_persons: bool
) -> dict[str, tuple[Column, Column]]:
    """The eligible poor of each programme and those of them taken, by group; of persons only for their programmes."""
    found: dict[str, tuple[Column, Column]] = {}
    for taken in outcome.taken:
        of_home = taken.use.choice.definition.unit == "household"
        if of_home and of_persons:
            continue
        pair = []
        for rows in (people.eligible[taken.use.rule].rows, taken.rows):
            home = rows if of_home else people.persons.home[rows]
            chosen = np.isin(ground.status[home], IS_POOR)
            rows, home = rows[chosen], home[chosen]
            if of_persons:
                cell = people.persons.cell[rows]
                group = np.append(one.of, 0)[cell]
            else:
                group = one.of[home]
            pair.append(np.bincount(group, weights=people.weights(rows, of_home), minlength=len(one.groups)))
        found[taken.use.code] = (pair[0], pair[1])
    return found


def measures(ground: Ground, made: list[Crossed], kinds: Kinds, outcome: Outcome) -> list[Measure]:
    """Coverage and errors of all programmes together and of each, of everybody and by group."""
    rows: list[Measure] = []
    programmes = [(ALL, outcome.simulated), *((t.use.code, 1 << t.use.bit) for t in outcome.taken)]
    averages: dict[tuple[str, str], float | None] = {}
    for one in made:
        for code, bits in programmes:
            having = kinds.having(bits)
            for place, group in enumerate(one.dimension.groups):
                for measure, part, whole in _shares(one, place, having, code):
                    if one.dimension.name and not whole:
                        continue
                    value_ = part / whole if whole else None
                    if not one.dimension.name:
                        averages[measure, code] = value_
                    rows.append(_row(measure, code, one.dimension.name, group, value_, averages, whole, ground.few))
    return rows


def _shares(one: Crossed, place: int, having: Column, code: str) -> Iterator[tuple[str, float, float]]:
    """(measure, part, whole) of a programme in a group."""
    cells = one.people[place]
    poor, poorest = cells[list(IS_POOR)].sum(axis=0), cells[list(IS_POOREST)].sum(axis=0)
    every, known = cells.sum(axis=0), cells[list(IS_KNOWN)].sum(axis=0)
    name = one.dimension.name
    yield "coverage", float(every @ having), float(every.sum())
    yield "exclusion", float(poor.sum() - poor @ having), float(poor.sum())
    if code in one.eligible:
        eligible, taken = one.eligible[code]
        yield "left_out", float(eligible[place] - taken[place]), float(eligible[place])
    if code and name:
        return
    yield "exclusion_poorest", float(poorest.sum() - poorest @ having), float(poorest.sum())
    yield "inclusion", float(known @ having - poor @ having), float(known @ having)
    yield "inclusion_poorest", float(known @ having - poorest @ having), float(known @ having)


def _row(
    measure: str, code: str, by: str, group: str, value_: float | None, averages: dict[tuple[str, str], float | None],
    whole: float, few: float,
) -> Measure:  # fmt: skip
    """A row; where an exclusion error is far above that of everybody it is flagged."""
    average = averages.get((measure, code))
    ratio = value_ / average if value_ is not None and average else None
    flag = "few" if whole < few else ""
    if not flag and by in FAIRNESS and measure in EXCLUSION and ratio is not None and ratio > UNFAIR:
        flag = "unfair"
    return Measure(
        measure=measure, programme=code, by=by, group=group, value=figure(value_), error=None,
        average=figure(average), ratio=figure(ratio), people=round(whole), flag=flag,
    )  # fmt: skip


def figure(value_: float | None) -> float | None:
    """Nine digits are more than a survey knows, and the same on every machine."""
    return None if value_ is None else float(f"{value_:.9g}")


def by_decile(
    people: Population, ground: Ground, outcome: Outcome, made: Crossed, kinds: Kinds, prices: dict[str, float]
) -> list[Decile]:
    """Incidence of each programme over the deciles; ``made`` is the dimension of deciles."""
    rows = []
    programmes: list[tuple[str, int, Column]] = [(ALL, outcome.simulated, _of_homes(ground, outcome))]
    programmes += [(t.use.code, 1 << t.use.bit, _of_taken(people, ground, t, prices)) for t in outcome.taken]
    for code, bits, money in programmes:
        having = kinds.having(bits)
        every = made.people.sum(axis=1)
        reached, welfare = every @ having, made.after @ having
        people_, amounts = reached[1:].sum(), money[1:].sum()
        for decile in range(1, 11):
            taka = money[decile] / 100
            rows.append(Decile(
                programme=code, decile=decile, people=round(every[decile].sum()), reached=round(reached[decile]),
                transfers=round(money[decile]),
                beneficiary_share=figure(_ratio(reached[decile], people_)),
                benefit_share=figure(_ratio(money[decile], amounts)),
                coverage=figure(_ratio(reached[decile], every[decile].sum())),
                adequacy=figure(_ratio(taka, welfare[decile] * 12)),
            ))  # fmt: skip
    return rows


def _ratio(part: float, whole: float) -> float | None:
    return float(part) / float(whole) if whole else None


def _of_homes(ground: Ground, outcome: Outcome) -> Column:
    """The transfers of all programmes by decile, poisha."""
    return np.bincount(ground.decile, weights=outcome.poisha * ground.weight, minlength=11)


def _of_taken(people: Population, ground: Ground, taken: Taken, prices: dict[str, float]) -> Column:
    return np.bincount(ground.decile[home_of(people, taken)], weights=weighed(people, taken, prices), minlength=11)


def home_of(people: Population, taken: Taken) -> Column:
    """The household of each beneficiary."""
    of_home = taken.use.choice.definition.unit == "household"
    return taken.rows if of_home else people.persons.home[taken.rows]


def weighed(people: Population, taken: Taken, prices: dict[str, float]) -> Column:
    """What each beneficiary gets in a year times what they stand for, poisha."""
    worth = np.broadcast_to(np.asarray(taken.paid + value(taken.goods, prices), float), len(taken.rows))
    weight = people.weights(taken.rows, taken.use.choice.definition.unit == "household")
    return worth if weight is None else worth * weight


def money_rows(ground: Ground, outcome: Outcome, deciles: list[Decile], made: Crossed, kinds: Kinds) -> list[Measure]:
    """Adequacy of each programme and all, and the share of all benefits that goes to the poor."""
    rows, none = [], dict[tuple[str, str], float | None]()
    programmes = [(ALL, outcome.simulated), *((t.use.code, 1 << t.use.bit) for t in outcome.taken)]
    for code, bits in programmes:
        having = kinds.having(bits)
        money = sum(row["transfers"] for row in deciles if row["programme"] == code)
        reached = float(made.people[0, list(IS_KNOWN)].sum(axis=0) @ having)
        share = _ratio(money / 100, float(made.after[0] @ having) * 12)
        rows.append(_row("adequacy", code, "", "", share, none, reached, ground.few))
    all_ = float((outcome.poisha * ground.weight)[ground.status != UNKNOWN].sum())
    poor = float((outcome.poisha * ground.weight)[np.isin(ground.status, IS_POOR)].sum())
    rows.append(_row("benefit_share_poor", ALL, "", "", _ratio(poor, all_), none, all_, 0))
    return rows
