"""One chunk: a run of households with their members, made as columns; always the same for the same plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shohay.bulk.synth import applying, homes, identity, planted
from shohay.bulk.synth import frame as f
from shohay.bulk.synth import people as members
from shohay.bulk.synth.areas import Areas, spread
from shohay.bulk.synth.frame import NO_DAY, Frame
from shohay.bulk.synth.names import draw_names
from shohay.bulk.synth.numbers import PEOPLE_PER_HOUSEHOLD
from shohay.bulk.synth.raking import structure_cuts
from shohay.bulk.synth.tables import rates
from shohay.bulk.synth.templates import MALE, MAN, SLOTS, WOMAN, library

CHUNK = 62_500  # households; part of the result, so never a setting (tests make smaller ones)
FIRST_ID = 1_001  # household ids below are the named cast's
LINES = 100  # person_id = household_id * LINES + line_no

# Columns of the grid of names: the slots, then parents who live elsewhere.
SPOUSE_FATHER, SPOUSE_MOTHER, COLUMNS = SLOTS, SLOTS + 1, SLOTS + 8
FATHERS = np.array([8, 8, 0, 0, 0, 0, 0, 0, 16, 18, 20, 2, 2, 8])
MOTHERS = np.array([9, 9, 1, 1, 1, 1, 1, 1, 17, 19, 21, 10, 10, 9])


@dataclass(frozen=True)
class Plan:
    """What to make: how many households, where, with which seed, as they are on which day."""

    households: int
    seed: int
    areas: Areas
    as_of: dt.date
    chunk: int = CHUNK

    @cached_property
    def ends(self) -> np.ndarray:
        """Household ordinals at which each area ends."""
        return np.cumsum(spread(self.areas.weights, self.households))

    @property
    def chunks(self) -> int:
        return -(-self.households // self.chunk)


@dataclass(frozen=True)
class Chunk:
    """Households and people of a chunk; people are in the order of household and line."""

    homes: Frame
    people: Frame


def make_chunk(plan: Plan, index: int) -> Chunk:
    """Chunk ``index`` of the plan, from its own random stream."""
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([plan.seed, index, plan.chunk])))
    home, structure = _households(rng, plan, index)
    people = members.members(rng, structure, plan.as_of)
    _describe(rng, home, people)
    _name(rng, home, people)
    people["applies"] = applying.applications(rng, people, home)
    home["declared"] = applying.declared(rng, home)
    planted.plain(people)
    people["id_kind"] = identity.identity_kinds(rng, people)
    people["id_area"], people["id_rmo"] = home["code"][people["home"]], home["rmo"][people["home"]]
    people["id_born"] = people["born"].copy()
    planted.on_people(rng, people, plan.as_of)
    extra = [planted.registered_twice(rng, people, home), planted.invented(rng, people, home, plan.as_of)]
    people = _in_order(f.concat([people, *extra]))
    _number(rng, home, people, plan.seed)
    people["born"] = f.forget(rng, people["born"], rates()["unknown_birth_date"], NO_DAY)
    homes.forget_some(rng, home)
    return Chunk(home, people)


def _households(rng: np.random.Generator, plan: Plan, index: int) -> tuple[Frame, np.ndarray]:
    """Places and ordinals of the chunk's households, and the structure (library row) of each."""
    first, last = index * plan.chunk, min((index + 1) * plan.chunk, plan.households)
    ordinal = np.arange(first, last, dtype=np.int64)
    area = np.searchsorted(plan.ends, ordinal, side="right")
    home = homes.places(rng, plan.areas, area)
    codes = plan.areas.codes.astype(np.int64)
    home["ordinal"] = ordinal
    home["code"] = codes[area]
    home["in_union"] = ordinal - np.where(area > 0, plan.ends[area - 1], 0)
    home["rmo"] = plan.areas.kind[area].astype(np.int64)
    structure = np.zeros(len(area), dtype=np.int64)
    uniform = rng.random(len(area))
    for division, cuts in enumerate(structure_cuts()):
        here = home["division"] == division
        structure[here] = np.searchsorted(cuts, uniform[here], side="right")
    return home, np.minimum(structure, library().count - 1)


def _describe(rng: np.random.Generator, home: Frame, people: Frame) -> None:
    """Everything that is known about the households and their members but names and numbers."""
    at, count = people["home"], len(home["code"])
    size = np.bincount(at, minlength=count)
    children = f.per_home(at, people["age"] <= 12, count)
    home["wealth"] = homes.wealth(rng, home, children)
    homes.assets(rng, home)
    homes.incomes(rng, home, size)
    members.health(rng, people, home["division"][at])
    members.schooling(rng, people, home["wealth"][at])
    members.work(rng, people, home)
    school_age = (people["age"] >= 6) & (people["age"] <= 12)
    pupils = f.per_home(at, school_age & (people["school"] > 0), count)
    home["score"] = homes.scores(home, children, pupils, f.per_home(at, school_age, count))


def _name(rng: np.random.Generator, home: Frame, people: Frame) -> None:
    """Names of members and of their parents, present or not: one grid of names per household keeps them consistent."""
    count = len(home["code"])
    head_age = people["age"][people["relation"] == f.HEAD].astype(np.int16)
    older = np.array([0, 0, -25, -25, -25, -25, -25, -25, 27, 24, -30, -50, -50, -3, 25, 22, 40, 40, 40, 40, 5, 5])
    age = head_age[:, None] + older[None, :]
    sex = np.broadcast_to(
        np.array([0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1], dtype=np.int8), age.shape
    ).copy()
    sex[people["home"], people["slot"]] = people["named_as"]
    age[people["home"], people["slot"]] = people["age"]
    cohort = np.where(age >= 50, 0, np.where(age >= 25, 1, 2)).astype(np.int8)
    group = np.broadcast_to(home["group"][:, None], age.shape)
    grid = draw_names(rng, group, sex, cohort)
    _family_names(rng, grid, sex)
    at, slot = people["home"], people["slot"]
    woman_heads = np.ones(count, dtype=bool)
    woman_heads[at[slot == MAN]] = False
    married_in = (slot == WOMAN) & ~woman_heads[at]
    people["names"] = grid[at, slot]
    people["father"] = grid[at, np.where(married_in, SPOUSE_FATHER, FATHERS[slot])]
    people["mother"] = grid[at, np.where(married_in, SPOUSE_MOTHER, MOTHERS[slot])]


def _family_names(rng: np.random.Generator, grid: np.ndarray, sex: np.ndarray) -> None:
    """The man's family name is that of his father, wife and children; a third of Muslim sons share the second name."""
    inherits = [WOMAN, *range(2, 8), 8, 9, 10, 11, 12, 13]
    grid[:, inherits, 3] = grid[:, [MAN], 3]
    shared = rng.random(len(grid)) < 0.35
    for slot in (*range(2, 8), 8):
        same = shared & (sex[:, slot] == MALE) & (grid[:, slot, 3] < 0) & (grid[:, MAN, 2] >= 0)
        grid[same, slot, 2] = grid[same, MAN, 2]


def _in_order(people: Frame) -> Frame:
    """People by household, members first, then the planted extra lines; the column ``line`` counts them from 1."""
    key = people["home"].astype(np.int64) * 2 + (people["slot"] >= planted.EXTRA_SLOT)
    order = np.argsort(key, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    found = f.take(people, order)
    found["copy_of"] = np.where(found["copy_of"] >= 0, place[found["copy_of"]], -1)
    starts = np.flatnonzero(np.diff(found["home"], prepend=-1))
    size = np.diff(np.append(starts, len(order)))
    found["line"] = (np.arange(len(order)) - np.repeat(starts, size) + 1).astype(np.int16)
    return found


def _number(rng: np.random.Generator, home: Frame, people: Frame, seed: int) -> None:
    """Household and person ids, identity numbers, accounts; second registrations may repeat the first's numbers."""
    at = people["home"]
    line = np.minimum(people["line"], PEOPLE_PER_HOUSEHOLD) - 1
    people["ordinal"] = home["ordinal"][at] * PEOPLE_PER_HOUSEHOLD + line
    home["household_id"] = home["ordinal"] + FIRST_ID
    people["person_id"] = home["household_id"][at] * LINES + people["line"]
    people["id_number"] = identity.identities(people, home, seed)
    people["account_kind"] = identity.account_kinds(rng, people)
    identity.accounts(rng, people, home, seed)
    for flag, columns in (
        ("same_id", ("id_number", "id_kind")),
        ("same_account", ("account", "account_kind", "account_length", "provider", "branch")),
    ):
        rows = np.flatnonzero(people[flag])
        for name in columns:
            people[name][rows] = people[name][people["copy_of"][rows]]
