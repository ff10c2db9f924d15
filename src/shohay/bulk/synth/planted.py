"""Planted truth: what is wrong with the population on purpose, so that finding it can be measured.

Kinds: duplicate (registered a second time, spelt otherwise), ghost (invented person), wrong_age (birth date moved to
qualify), double_dipper (two benefits that exclude each other), dead_beneficiary, shared_wallet (an agent's wallet).
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from shohay.bulk.synth import frame as f
from shohay.bulk.synth import numbers as no
from shohay.bulk.synth.frame import DPA, MCBP, NO_DAY, OAA, WDA, Frame, some
from shohay.bulk.synth.names import MUSLIM, draw_names, respell
from shohay.bulk.synth.tables import rates
from shohay.bulk.synth.templates import FEMALE, MARRIED, WIDOWED

KINDS = ("", "duplicate", "ghost", "wrong_age", "double_dipper", "dead_beneficiary", "shared_wallet")
DUPLICATE, GHOST, WRONG_AGE, DOUBLE_DIPPER, DEAD, SHARED_WALLET = range(1, 7)
EXTRA_SLOT = 14


def plain(people: Frame) -> None:
    """The columns that planting writes, at rest: nothing is wrong, the number is the person's own."""
    n = len(people["age"])
    people["planted"] = np.zeros(n, dtype=np.int8)  # the last kind planted on the row
    people["agent"] = np.zeros(n, dtype=bool)
    people["alive"] = np.ones(n, dtype=bool)
    people["true_day"] = np.full(n, NO_DAY, dtype=np.int32)  # true birth date, or day of death
    people["holds"] = np.zeros(n, dtype=np.int16)
    people["copy_of"] = np.full(n, -1, dtype=np.int64)  # row of the first registration, before sorting
    people["same_id"] = np.zeros(n, dtype=bool)
    people["same_account"] = np.zeros(n, dtype=bool)


def on_people(rng: np.random.Generator, people: Frame, as_of: dt.date) -> None:
    """Wrong ages, double dippers, dead beneficiaries and shared wallets, on people who exist."""
    n, age = len(people["age"]), people["age"]
    limit = np.where(people["sex"] == FEMALE, 62, 65)
    close = (age >= limit - 7) & (age < limit) & some(rng, n, rates()["wrong_age"])
    years_more = limit - age + rng.integers(0, 3, n)
    people["true_day"] = np.where(close, people["born"], people["true_day"])
    people["born"] = np.where(close, people["born"] - years_more * 365, people["born"]).astype(np.int32)
    people["applies"] |= np.where(close, OAA, 0).astype(np.int16)
    people["planted"][close] = WRONG_AGE
    _double(rng, people)
    dead = (age >= 60) & (people["planted"] == 0) & some(rng, n, rates()["dead_beneficiary"])
    died = f.day_number(as_of) - rng.integers(30, 900, n)
    people["true_day"] = np.where(dead, died, people["true_day"]).astype(np.int32)
    people["holds"] |= np.where(dead, OAA, 0).astype(np.int16)
    people["alive"] &= ~(dead & some(rng, n, 0.3))  # the registry has heard of some of the deaths
    people["planted"][dead] = DEAD
    shared = (age >= 40) & (people["planted"] == 0) & some(rng, n, rates()["shared_wallet"] * 2)
    people["agent"] |= shared
    people["planted"][shared] = SHARED_WALLET


def _double(rng: np.random.Generator, people: Frame) -> None:
    """Some applicants of an allowance hold another that excludes it, and do not say so."""
    n, applies = len(people["age"]), people["applies"]
    widow = (applies & OAA > 0) & (people["marital"] >= WIDOWED) & (people["sex"] == FEMALE)
    disabled = (applies & (OAA | WDA) > 0) & (people["disability"] > 0) & ~widow
    pregnant = (applies & MCBP > 0) & (people["disability"] > 0)
    other = np.select([widow, disabled, pregnant, applies & OAA > 0], [WDA, DPA, DPA, WDA], 0)
    chance = np.where(widow | disabled, 3.0, 0.3) * rates()["double_dipper"]
    double = (other > 0) & (people["planted"] == 0) & some(rng, n, chance)
    people["holds"] |= np.where(double, other, 0).astype(np.int16)
    people["planted"][double] = DOUBLE_DIPPER


def registered_twice(rng: np.random.Generator, people: Frame, home: Frame) -> Frame:
    """New rows: the same people again in another household of the same or a neighbouring union."""
    adult = (people["age"] >= 18) & (people["planted"] == 0) & (people["relation"] != f.SPOUSE)
    rows = np.flatnonzero(adult & some(rng, len(adult), rates()["duplicate"] * 1.35))
    twice, n = f.take(people, rows), len(rows)
    twice["home"] = _another_home(rng, people["home"][rows], home["code"])
    twice["names"] = respell(rng, twice["names"])
    twice["father"] = respell(rng, twice["father"], 0.4)
    twice["mother"] = respell(rng, twice["mother"], 0.4)
    twice["born"] = _other_date(rng, twice["born"])
    how = rng.random(n)
    kinds = np.where(twice["id_kind"] == no.NID10, no.NID17, no.NID10)
    twice["same_id"] = how < 0.40
    twice["id_kind"] = np.where(how < 0.40, twice["id_kind"], np.where(how < 0.85, kinds, no.NO_ID)).astype(np.int8)
    twice["same_account"] = rng.random(n) < 0.6
    old = np.where(twice["age"] >= 50, f.PARENT, np.where(twice["age"] < 30, f.SIBLING_OF, f.OTHER))
    twice["relation"] = old.astype(np.int8)
    twice["copy_of"] = rows
    return _extra(twice, DUPLICATE)


def _another_home(rng: np.random.Generator, home: np.ndarray, union: np.ndarray) -> np.ndarray:
    """Another household: three in four times a few doors away in the union, else anywhere in the same upazila."""
    n, upazila = len(home), union // 100

    def bounds(place: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.searchsorted(place, place[home], side="left"), np.searchsorted(place, place[home], side="right")

    first, last = bounds(union)
    near = np.clip(home + rng.integers(1, 40, n) * np.where(rng.random(n) < 0.5, 1, -1), first, last - 1)
    first, last = bounds(upazila)
    far = first + (rng.random(n) * (last - first)).astype(np.int64)
    found = np.where(rng.random(n) < 0.75, near, far)
    return np.where(found == home, (found + 1) % len(union), found).astype(np.int32)


def _other_date(rng: np.random.Generator, born: np.ndarray) -> np.ndarray:
    """Birth dates as somebody else writes them: the same, some days off, 1 January, or another year."""
    n, how = len(born), rng.random(len(born))
    days = rng.integers(1, 29, n)
    year = 365 * rng.integers(1, 3, n) * np.where(rng.random(n) < 0.5, 1, -1)
    rounded = f.year_start(f.years(np.where(born == NO_DAY, 0, born)))
    found = np.select([how < 0.5, how < 0.7, how < 0.87], [born, born - days, rounded], born - year)
    return np.where(born == NO_DAY, NO_DAY, found).astype(np.int32)


def invented(rng: np.random.Generator, people: Frame, home: Frame, as_of: dt.date) -> Frame:
    """New rows: people who do not exist, old, on an agent's wallet, with a number of another district."""
    count = int(rng.binomial(len(people["age"]), rates()["ghost"]))
    ghosts = f.take(people, rng.integers(0, len(people["age"]), count))
    ghosts["home"] = rng.integers(0, len(home["area"]), count, dtype=np.int32)
    woman = rng.random(count) < 0.5
    ghosts["sex"] = ghosts["named_as"] = woman.astype(np.int8)
    ghosts["age"] = rng.integers(66, 86, count).astype(np.int16)
    ghosts["born"] = (f.birthday_table(as_of)[ghosts["age"]] - rng.integers(0, 365, count)).astype(np.int32)
    group = np.full(count, MUSLIM)
    old = np.zeros(count, dtype=np.int8)
    ghosts["names"] = draw_names(rng, group, woman.astype(np.int8), old)
    ghosts["father"], ghosts["mother"] = draw_names(rng, group, old, old), draw_names(rng, group, old + 1, old)
    widow = woman & (rng.random(count) < 0.6)
    ghosts["marital"] = np.where(widow, WIDOWED, MARRIED).astype(np.int8)
    ghosts["ended"] = np.where(widow, f.day_number(as_of) - rng.integers(800, 5000, count), NO_DAY).astype(np.int32)
    ghosts["relation"] = np.full(count, f.OTHER, dtype=np.int8)
    ghosts["id_kind"] = np.full(count, no.NID17, dtype=np.int8)
    ghosts["id_area"] = rng.permutation(home["code"])[:count] if count <= len(home["code"]) else ghosts["id_area"]
    ghosts["agent"] = rng.random(count) < 0.6
    ghosts["applies"] = np.where(widow & (rng.random(count) < 0.6), WDA, OAA).astype(np.int16)
    ghosts["income"] = rng.integers(0, 9, count) * 1000
    for name, value in _NOTHING.items():
        ghosts[name] = np.full(count, value, dtype=ghosts[name].dtype)
    return _extra(ghosts, GHOST)


_NOTHING = {
    "disability": 0, "card": 0, "pregnant": 0, "month": -1, "order": -1, "anc": -1, "school": 0, "class_no": -1,
    "listed": -1, "job": 0, "salary": 0, "pension": 0, "resident": 1, "community": 0, "fighter": 0, "illness": 0,
    "holds": 0, "alive": True,
}  # fmt: skip


def _extra(people: Frame, kind: int) -> Frame:
    count = len(people["age"])
    people["planted"] = np.full(count, kind, dtype=np.int8)
    people["slot"] = np.full(count, EXTRA_SLOT, dtype=np.int8)
    people["id_born"] = people["born"]
    return people
