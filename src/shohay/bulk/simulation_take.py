"""Who is taken in a scenario, programme after programme in the order of the document.

What people hold now of the scenario's programmes is let go: the rules choose afresh. Of the eligible those ask who
hold nothing that the programme forbids (what they hold outside the scenario, or were given by a programme before this
one) and whom the draw of take-up lets ask: a number made of person, programme and seed, so that the same people ask
in every scenario. Where places are counted the first in order take them, as in a determination (bulk.ranking): by
priority, then by lot; the weight of a survey household fills as many places as it stands for.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shohay.bulk.fact_table import taken as drawn
from shohay.bulk.ranking import PRIME
from shohay.bulk.simulation_people import SEX, Population
from shohay.bulk.simulation_plan import Rule, Shared, Use
from shohay.bulk.simulation_rules import Eligible
from shohay.core import quotas as sharing

Column = NDArray[Any]
Quotas = Mapping[str, Mapping[str, int]]  # programme -> upazila -> places
WOMEN = (SEX.index("female"), SEX.index("hijra"))


@dataclass(slots=True)
class Places:
    """Where places are counted: for each area its place (upazila or division), their codes, and the area's upazila."""

    of_area: Column
    codes: list[str]
    upazila: Column


@dataclass(slots=True)
class Taken:
    """One programme of a scenario. ``rows`` are persons or households, rising; ``slots`` the places by area.

    ``full`` says for each area whether its places ran out: there more eligible people do not mean more beneficiaries.
    """

    use: Use
    rows: Column
    asking: Column
    slots: Column | None
    full: Column | None
    paid: Column | int
    goods: dict[str, Column | int]


@dataclass(slots=True)
class Outcome:
    """A scenario carried out: bits of what persons and households hold after it, and what each household gets."""

    taken: list[Taken]
    held_by_person: Column
    held_by_home: Column
    poisha: Column  # a year, by household: cash and the value of goods
    simulated: int  # bits of the programmes
    goods_poisha: float = 0.0
    unknown_areas: tuple[str, ...] = field(default=())


def carry_out(
    people: Population, shared: Shared, uses: tuple[Use, ...], places: Places, quotas: Quotas,
    prices: Mapping[str, float], seed: int,
) -> Outcome:  # fmt: skip
    """Take the beneficiaries of every programme of a scenario."""
    simulated = sum(1 << use.bit for use in uses)
    made = Outcome([], people.persons.held & ~simulated, people.homes.held & ~simulated, np.zeros(0), simulated)
    total = np.zeros(len(people.homes.ids))
    for use in uses:
        rule, eligible = shared.rules[use.rule], people.eligible[use.rule]
        asking = _asking(people, rule, eligible, use, made, seed)
        found, slots, full = _chosen(people, rule, eligible, use, asking, places, quotas, seed)
        rows = eligible.rows[found]
        first = use.schedules[0]
        paid, goods = _of(eligible.paid[first], found), {u: _of(g, found) for u, g in eligible.goods[first].items()}
        made.taken.append(Taken(use, rows, eligible.rows[asking], slots, full, paid, goods))
        home = rows if rule.of_household else people.persons.home[rows]
        if not rule.of_household:
            made.held_by_person[rows] |= 1 << use.bit
        made.held_by_home[home] |= 1 << use.bit
        worth = paid + value(goods, prices)
        amounts = np.broadcast_to(np.asarray(worth, float), len(rows))
        total += np.bincount(home, weights=amounts, minlength=len(total))
    made.poisha = total.astype(np.int64)
    return made


def value(goods: Mapping[str, Column | int], prices: Mapping[str, float]) -> Column | int:
    """The goods at the scenario's prices (taka a kg), poisha; those without a price count nothing."""
    made: Column | int = 0
    for unit, grams in goods.items():
        made = made + grams * round(prices.get(unit, 0) * 100) // 1000
    return made


def _of(amount: Column | int, rows: Column) -> Column | int:
    return amount if isinstance(amount, int) else amount[rows]


def _asking(people: Population, rule: Rule, eligible: Eligible, use: Use, made: Outcome, seed: int) -> Column:
    """Which of the eligible ask: nothing forbidden is held, and the draw of take-up falls on them."""
    rows = eligible.rows
    home = rows if rule.of_household else people.persons.home[rows]
    asking = np.ones(len(rows), bool)
    if use.cards:
        asking &= made.held_by_home[home] & use.cards == 0
    if use.forbidden:
        asking &= made.held_by_person[rows] & use.forbidden == 0
    if use.choice.take_up < 1:
        ids = (people.homes.ids if rule.of_household else people.persons.ids)[rows]
        asking &= drawn(ids, use.choice.take_up, draw_seed(use.code, seed))
    return asking


def draw_seed(code: str, seed: int) -> int:
    """The seed of the draw of take-up of a programme."""
    return (zlib.crc32(code.encode()) + seed * 7919) % 2**32


def _chosen(
    people: Population, rule: Rule, eligible: Eligible, use: Use, asking: Column, places: Places,
    quotas: Quotas, seed: int,
) -> tuple[Column, Column | None, Column | None]:  # fmt: skip
    """(who is taken, as places among the eligible, rising; slots by area; whether they ran out)."""
    version = use.choice.version
    if not use.limited and not version.one_per_household:
        return np.flatnonzero(asking), None, None
    asking = asking & (eligible.ties >= 0)
    order = ordered(eligible, seed)
    order = order[asking[order]]
    home = eligible.rows if rule.of_household else people.persons.home[eligible.rows]
    if version.one_per_household and not rule.of_household:
        _, first = np.unique(home[order], return_index=True)
        order = order[np.sort(first)]
    if not use.limited:
        return np.sort(order), None, None
    area = places.of_area[people.homes.area[home]]
    slots = _slots(people, eligible, use, rule, area, places, quotas)
    order = order[np.argsort(area[order], kind="stable")]
    weight = people.weights(eligible.rows, rule.of_household)
    weight = np.ones(len(order)) if weight is None else weight[order]
    at, woman = area[order], _women(people, rule, eligible.rows)[order]
    within = _within(at, weight, slots[at], woman, version.quota.women_share_at_least)
    listed = np.isin(places.upazila, np.array(use.choice.universal_in, dtype=str))
    within |= eligible.universal[order] | listed[people.homes.area[home[order]]]
    wanted = np.bincount(at, weights=weight, minlength=len(slots))
    return np.sort(order[within]), slots, wanted > slots


def ordered(eligible: Eligible, seed: int) -> Column:
    """The eligible in order of priority; ties by lot."""
    return np.lexsort((eligible.ties, lots(eligible.ties, seed), *reversed(eligible.keys)))


def lots(ids: Column, seed: int) -> Column:
    """bulk.ranking.lot of every number."""
    first = (ids % PRIME * 48271 + seed % PRIME + 12345) % PRIME
    second = (first * first + 2 * first + seed % 65536) % PRIME
    return np.asarray((second * second + 7 * first) % PRIME)


def _within(area: Column, weight: Column, slots: Column, woman: Column, share: float | None) -> Column:
    """Who finds a place, given in order of area and rank; women take the first of their share, then come all."""
    if not share:
        return np.asarray(_reached(area, weight) - weight / 2 <= slots)
    reserved = np.zeros(len(area), bool)
    women = np.flatnonzero(woman)
    seats = np.ceil(slots[women] * share)
    reserved[women] = _reached(area[women], weight[women]) - weight[women] / 2 <= seats
    kept = np.bincount(area[reserved], weights=weight[reserved], minlength=int(area.max(initial=0)) + 1)
    free = np.flatnonzero(~reserved)
    within = reserved.copy()
    within[free] = _reached(area[free], weight[free]) - weight[free] / 2 <= slots[free] - kept[area[free]]
    return within


def _reached(area: Column, weight: Column) -> Column:
    """The weight so far within each area, which stand one after another."""
    if not len(area):
        return np.zeros(0)
    whole = np.cumsum(weight)
    starts = np.flatnonzero(np.append(True, area[1:] != area[:-1]))
    before = whole[starts] - weight[starts]
    return np.asarray(whole - np.repeat(before, np.diff(np.append(starts, len(area)))))


def _women(people: Population, rule: Rule, rows: Column) -> Column:
    """Who takes a place reserved for women: whoever is known not to be a man."""
    sex = people.homes.head_sex[rows] if rule.of_household else people.persons.sex[rows]
    return np.isin(sex, WOMEN)


def _slots(
    people: Population, eligible: Eligible, use: Use, rule: Rule, area: Column, places: Places,
    quotas: Quotas,
) -> Column:  # fmt: skip
    """The places of each area: those given, or so many in all shared by the eligible."""
    slots = np.zeros(len(places.codes), np.int64)
    if use.choice.places is None:
        number = {code: place for place, code in enumerate(places.codes)}
        length = len(places.codes[0])
        for place, count in quotas.get(use.code, {}).items():
            if place[:length] in number:
                slots[number[place[:length]]] += count
        return slots
    counted = np.bincount(area, weights=people.weights(eligible.rows, rule.of_household), minlength=len(slots))
    weights = {code: int(count) for code, count in zip(places.codes, np.rint(counted).tolist(), strict=True)}
    if sum(weights.values()):
        shared = sharing.allocate(use.choice.places, weights)
        slots += np.array([shared[code] for code in places.codes])
    return slots
