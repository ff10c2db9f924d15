"""Caseload and cost of the coming fiscal years: people grow older, die and are born; rules and places stay.

A cohort projection by single year of age and sex. Survival is a life table made of four published figures (infant and
under-five mortality, life expectancy of men and women: data/synth/mortality.csv); from five years on the death rate
grows evenly with age (Gompertz and Makeham), at the level that gives the published life expectancy. As many infants
come each year as there are now. Of each age and sex the same share is taken as now, where places have not run out;
where they have, the caseload stays. Amounts are those of the version that holds in each year.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shohay.bulk.simulation_measures import home_of
from shohay.bulk.simulation_people import CELLS, OLDEST, SEX, Population
from shohay.bulk.simulation_plan import Shared
from shohay.bulk.simulation_take import Outcome, Places, Taken, value
from shohay.bulk.synth.tables import rows
from shohay.core.simulation_result import Year

Column = NDArray[Any]
AGES, SEXES = OLDEST + 2, len(SEX) + 1  # the last of each: not known
CHILD = 5


@lru_cache
def survival() -> Column:
    """The share of each [age, sex] that lives a year later; not known counts as a man's, of no age as all alive."""
    told = {(row["measure"], row["sex"]): float(row["value"]) for row in rows("mortality")}
    both = [told[name, "both"] for name in ("infant_mortality", "under_five_mortality", "yearly_growth", "background")]
    columns = [_table(told["life_expectancy", sex], *both) for sex in ("male", "female")]
    made = np.ones((AGES, SEXES))
    made[: OLDEST + 1] = np.stack([columns[0], columns[1], columns[0], columns[0]], axis=1)
    return made


def _table(wanted: float, infant: float, under_five: float, growth: float, background: float) -> Column:
    """Survival by age such that the life expectancy at birth is the wanted one (bisection on the level)."""
    low, high = 1e-8, 1e-2
    for _ in range(60):
        middle = (low * high) ** 0.5
        if _expectancy(_shares(middle, infant, under_five, growth, background)) > wanted:
            low = middle
        else:
            high = middle
    return _shares(low, infant, under_five, growth, background)


def _shares(level: float, infant: float, under_five: float, growth: float, background: float) -> Column:
    ages = np.arange(OLDEST + 1)
    lives = np.exp(-(level * np.exp(growth * (ages + 0.5)) + background))
    lives[0] = 1 - infant / 1000
    lives[1:CHILD] = ((1 - under_five / 1000) / lives[0]) ** (1 / (CHILD - 1))
    return np.asarray(lives)


def _expectancy(lives: Column) -> float:
    """Years at birth: who dies in a year has lived half of it."""
    alive = np.concatenate([[1.0], np.cumprod(lives)])
    return float((alive[:-1] + alive[1:]).sum() / 2)


def older(now: Column) -> Column:
    """The people of [age, sex] a year later."""
    lives = now * survival()
    later = np.zeros_like(now)
    later[1 : OLDEST + 1] = lives[:OLDEST]
    later[OLDEST] += lives[OLDEST]
    later[0], later[-1] = now[0], now[-1]
    return later


def population(people: Population) -> Column:
    """Living people by [age, sex]."""
    persons = people.persons
    at = np.minimum(persons.age, AGES - 1).astype(np.int64) * SEXES + persons.sex
    at[persons.cell == CELLS] = AGES * SEXES
    weight = None if people.weight is None else people.weight[persons.home]
    made = np.bincount(at, weights=weight, minlength=AGES * SEXES + 1)[:-1].astype(float)
    return made.reshape(AGES, SEXES)


def project(
    people: Population, shared: Shared, outcome: Outcome, places: Places, base: Column, prices: dict[str, float],
    administration: float,
) -> list[Year]:  # fmt: skip
    """A row a fiscal year, the first being that of the scenario's day. ``base`` is ``population(people)``."""
    parts = [_parts(people, taken, places) for taken in outcome.taken]
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = [np.where(base > 0, free / base, 0.0) for free, _, _ in parts]
    made, now = [], base
    for step, year in enumerate(shared.years):
        programmes = {}
        for taken, rate, (free, kept, room) in zip(outcome.taken, rates, parts, strict=True):
            count = float((now * rate).sum()) if step else float(free.sum())
            count = min(count, room) if room is not None and step else count
            caseload = kept + count
            cost = caseload * _average(people, taken, step, prices) * (1 + administration)
            programmes[taken.use.code] = [round(caseload), round(cost)]
        made.append(Year(
            year=str(year), population=round(float(now.sum())), caseload=sum(one[0] for one in programmes.values()),
            cost=sum(one[1] for one in programmes.values()), programmes=programmes,
        ))  # fmt: skip
        now = older(now)
    return made


def _parts(people: Population, taken: Taken, places: Places) -> tuple[Column, float, float | None]:
    """(taken by [age, sex] where places are left, how many elsewhere, how many places there are where some are left).

    A household counts with its head's age and sex.
    """
    of_home = taken.use.choice.definition.unit == "household"
    homes, persons = people.homes, people.persons
    age, sex = (homes.head_age, homes.head_sex) if of_home else (persons.age, persons.sex)
    weight = people.weights(taken.rows, of_home)
    weight = np.ones(len(taken.rows)) if weight is None else weight
    at = np.minimum(age[taken.rows], AGES - 1).astype(np.int64) * SEXES + sex[taken.rows]
    free, room = np.ones(len(taken.rows), bool), None
    if taken.full is not None and taken.slots is not None:
        free = ~taken.full[places.of_area[people.homes.area[home_of(people, taken)]]]
        listed = float(taken.slots[~taken.full].sum())
        room = max(listed, float(weight[free].sum()))
    cells = np.bincount(at[free], weights=weight[free], minlength=AGES * SEXES).reshape(AGES, SEXES)
    return cells, float(weight[~free].sum()), room


def _average(people: Population, taken: Taken, step: int, prices: dict[str, float]) -> float:
    """What a beneficiary of now would get in the year ``step``, poisha."""
    if not len(taken.rows):
        return 0.0
    eligible = people.eligible[taken.use.rule]
    schedule = taken.use.schedules[step]
    paid, goods = eligible.paid[schedule], eligible.goods[schedule]
    worth = paid + value(goods, prices)
    if isinstance(worth, int):
        return float(worth)
    at = np.searchsorted(eligible.rows, taken.rows)
    return float(
        np.average(worth[at], weights=people.weights(taken.rows, taken.use.choice.definition.unit == "household"))
    )
