"""The members of a chunk's households and what is known about each: family, health, school, work."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np

from shohay.bulk.synth import frame as f
from shohay.bulk.synth.frame import NO_DAY, Frame, forget, some
from shohay.bulk.synth.raking import AGES, age_targets
from shohay.bulk.synth.tables import cut_points, draw, national, rates, rows
from shohay.bulk.synth.templates import CHILD, FATHER, FEMALE, HIJRA, MARRIED, NEVER, WOMAN, library

# Relation to the head by slot (templates.py) where a man heads; the woman heads where slot 0 is empty.
RELATION = np.array([0, 1, 2, 2, 2, 2, 2, 2, 3, 3, 6, 4, 4, 5], dtype=np.int8)


NEVER_MARRIED = 0.14  # share of the population aged 16 and over and never married: hijra persons are drawn from them


def members(rng: np.random.Generator, structure: np.ndarray, as_of: dt.date) -> Frame:
    """One row a member of the chosen structures, in line order: home, slot, age, sex, marital, born, relation."""
    lib = library()
    size = lib.size[structure]
    home = np.repeat(np.arange(len(structure), dtype=np.int32), size)
    first = np.cumsum(size) - size
    row = np.arange(len(home)) - np.repeat(first, size) + np.repeat(lib.start[structure], size)
    slot, age, sex, marital = lib.slot[row], lib.age[row], lib.sex[row], lib.marital[row].copy()
    headed_by_woman = np.repeat(lib.slot[lib.start[structure]] == WOMAN, size)
    relation = np.where(headed_by_woman & (slot == WOMAN), f.HEAD, RELATION[slot]).astype(np.int8)
    hijra = some(rng, len(age), national("hijra_per_million") / 1e6 / NEVER_MARRIED) & (marital == NEVER) & (age >= 16)
    people = {
        "home": home,
        "slot": slot,
        "age": age,
        "sex": np.where(hijra, HIJRA, sex).astype(np.int8),
        "named_as": np.where(hijra, FEMALE, sex).astype(np.int8),
        "marital": marital,
        "relation": relation,
        "born": _birth_dates(rng, age, as_of),
    }
    people["ended"] = _marriage_ends(rng, people, as_of)
    return people


def _birth_dates(rng: np.random.Generator, age: np.ndarray, as_of: dt.date) -> np.ndarray:
    """A day in the year before the last birthday; some older people are registered as born on 1 January."""
    born = f.birthday_table(as_of)[age] - rng.integers(0, 365, len(age), dtype=np.int32)
    rounded = some(rng, len(age), np.where(age >= 40, 0.12, 0.0))
    born[rounded] = f.year_start(f.years(born[rounded]))
    return born


def _marriage_ends(rng: np.random.Generator, people: Frame, as_of: dt.date) -> np.ndarray:
    """When the marriage of widowed, divorced and separated people ended: within 20 years, not before they were 17."""
    since = np.minimum((people["age"] - 17.0) * 365, 20 * 365) * rng.random(len(people["age"])) ** 1.4
    ended = f.day_number(as_of) - np.maximum(since, 20).astype(np.int32)
    return np.where(people["marital"] > MARRIED, ended, NO_DAY).astype(np.int32)


@lru_cache
def disability_risk() -> np.ndarray:
    """Chance of a disability [division, age 0-99, man or woman], so that the published rate of each sex comes out."""
    relative = np.zeros(100)
    for band in rows("disability"):
        relative[int(band["age_from"]) : int(band["age_to"]) + 1] = float(band["relative_risk"])
    level = [national("disability_male_pct") / 100, national("disability_female_pct") / 100]
    found = []
    for division in range(8):
        share = age_targets(division)
        middle = np.minimum(np.arange(AGES) * 5 + 2, 99)
        mean = (share * relative[middle][:, None]).sum(axis=0) / share.sum(axis=0)
        found.append(relative[:, None] / mean * np.array(level))
    return np.array(found, dtype=np.float32)


def health(rng: np.random.Generator, people: Frame, division: np.ndarray) -> None:
    """disability (-1 unknown, 0 none, 1.. kinds of disability_kinds.csv), its card, pregnancy."""
    n, age = len(people["age"]), people["age"]
    woman = (people["named_as"] == FEMALE).astype(np.int8)
    ill = some(rng, n, disability_risk()[division, np.minimum(age, 99), woman])
    kinds = cut_points([float(row["weight"]) for row in rows("disability_kinds")])
    disability = np.where(ill, draw(rng, kinds, n) + 1, 0).astype(np.int8)
    people["disability"] = forget(rng, disability, rates()["unknown_person_fact"] / 3)
    card = np.where(ill, some(rng, n, rates()["disability_card"]), False).astype(np.int8)
    people["card"] = np.where(ill, forget(rng, card, 0.02), card)
    may = (people["sex"] == FEMALE) & (people["marital"] == MARRIED) & (age >= 16) & (age <= 44)
    pregnant = may & some(rng, n, np.interp(age, [16, 20, 27, 35, 44], [0.08, 0.11, 0.085, 0.03, 0.004]))
    month = np.where(pregnant, rng.integers(1, 10, n), -1).astype(np.int8)
    people["pregnant"] = np.where(may, forget(rng, pregnant.astype(np.int8), rates()["unknown_person_fact"]), 0)
    known = people["pregnant"] == f.YES
    people["month"] = np.where(known, month, -1).astype(np.int8)
    people["order"] = np.where(known, 1 + np.minimum(_own_children(people), 5), -1).astype(np.int8)
    has_card = some(rng, n, np.where(month >= 4, 0.78, 0.35)).astype(np.int8)
    people["anc"] = np.where(known, forget(rng, has_card, 0.03), -1).astype(np.int8)


def _own_children(people: Frame) -> np.ndarray:
    """Children in the household of the woman of slot 1 (sons and daughters) and of the daughter-in-law."""
    homes = int(people["home"][-1]) + 1
    slot = people["slot"]
    children = f.per_home(people["home"], (slot >= CHILD) & (slot < FATHER), homes)
    grandchildren = f.per_home(people["home"], slot >= 11, homes)
    found = np.where(slot == WOMAN, children[people["home"]], grandchildren[people["home"]])
    return found.astype(np.int8)


def schooling(rng: np.random.Generator, people: Frame, wealth: np.ndarray) -> None:
    """school (level), class_no, listed: levels follow ages; the poor leave earlier."""
    n, age = len(people["age"]), people["age"]
    lag = (some(rng, n, 0.22) & (age > 6)).astype(np.int8)
    grade = np.clip(age - 5 - lag, 0, 12).astype(np.int8)
    attends = np.interp(
        age, [4, 5, 6, 7, 11, 13, 15, 17, 19, 23, 24], [0, 0.62, 0.955, 0.975, 0.965, 0.9, 0.82, 0.6, 0.35, 0.14, 0]
    )
    goes = some(rng, n, np.clip(attends + np.where(attends > 0, 0.03 * wealth, 0), 0, 0.995)) & (attends > 0)
    level = np.select([~goes, age >= 18 + lag, grade >= 11, grade >= 6, grade >= 1], [0, 5, 4, 3, 2], 1).astype(np.int8)
    people["school"] = np.where(age <= 24, forget(rng, level, rates()["unknown_person_fact"] / 2), level)
    people["class_no"] = np.where((level >= 2) & (level <= 4) & (people["school"] >= 0), grade, -1).astype(np.int8)
    pupil = (people["school"] >= 1) & (people["school"] <= 4)
    people["listed"] = np.where(pupil, forget(rng, some(rng, n, 0.87).astype(np.int8), 0.01), -1).astype(np.int8)


def work(rng: np.random.Generator, people: Frame, home: Frame) -> None:
    """occupation, income (own, taka a year), salary, pension, resident, community."""
    n, age, at = len(people["age"]), people["age"], people["home"]
    student = (people["school"] >= 1) & (age < 25)
    man = people["sex"] != FEMALE
    able = (age >= 17) & ~student & ((people["disability"] <= 0) | some(rng, n, 0.35))
    earns_at = np.where(
        man,
        np.interp(age, [17, 22, 60, 70, 80], [0.6, 0.93, 0.86, 0.35, 0.08]),
        np.interp(age, [17, 30, 50, 65], [0.13, 0.22, 0.16, 0.03]),
    )
    earns = able & some(rng, n, earns_at)
    weight = np.where(earns, np.where(man, 1.0, 0.45) * (0.5 + rng.random(n)), 0)
    total = f.per_home(at, weight, len(home["income"]))
    share = weight / np.maximum(total, 1e-9)[at]
    own = np.where(earns, share * home["income"][at], 0)
    little = (age >= 60) & ~earns & some(rng, n, 0.62)
    own = np.where(little, rng.integers(1, 19, n) * 1000, own)
    people["income"] = forget(rng, (np.rint(own / 500) * 500).astype(np.int64), rates()["unknown_person_fact"])
    rich = home["wealth"][at]
    salary = earns & (age >= 20) & (age < 60) & some(rng, n, np.clip(0.03 + 0.035 * rich, 0.002, 0.15))
    pension = (age >= 59) & some(rng, n, np.clip(np.where(man, 0.055, 0.02) * (1 + rich), 0.002, 0.2))
    people["salary"] = forget(rng, salary.astype(np.int8), rates()["unknown_person_fact"])
    people["pension"] = forget(rng, pension.astype(np.int8), rates()["unknown_person_fact"])
    people["resident"] = forget(rng, some(rng, n, 0.978).astype(np.int8), rates()["unknown_person_fact"])
    people["job"] = _jobs(rng, people, home, earns, student, salary)
    community = np.where(home["tea"][at], 3, np.where(home["bede"][at], 2, np.where(home["disadvantaged"][at], 4, 0)))
    people["community"] = np.where(people["sex"] == HIJRA, 1, community).astype(np.int8)
    _honours_and_illness(rng.spawn(1)[0], people)


# 94,513 living freedom fighters and 109,030 heirs (parliament, May 2024), most men who were 13 or more in 1971;
# about three lakh people a year fall ill with one of the six diseases (Department of Social Services)
FIGHTER_AGE, FIGHTERS_OF_MEN, HEIRS = 67, 0.021, 0.0014
FIGHTER_KINDS, ILL, ILLNESS_KINDS = (0.93, 0.985, 0.99, 0.995), 0.0018, (0.38, 0.62, 0.70, 0.90, 0.95)


def _honours_and_illness(rng: np.random.Generator, people: Frame) -> None:
    """freedom_fighter and serious_illness (codes of frame.FIGHTERS and ILLNESSES, -1 unknown); draws of their own."""
    n, age = len(people["age"]), people["age"]
    fighter = (age >= FIGHTER_AGE) & (people["sex"] != FEMALE) & some(rng, n, FIGHTERS_OF_MEN)
    kind = 1 + np.searchsorted(FIGHTER_KINDS, rng.random(n))
    heir = (age >= 30) & ~fighter & some(rng, n, HEIRS)
    people["fighter"] = forget(
        rng, np.select([fighter, heir], [kind, 6], 0).astype(np.int8), rates()["unknown_person_fact"]
    )
    ill = some(rng, n, np.interp(age, [0, 30, 60, 80], [0.3 * ILL, 0.4 * ILL, 2.5 * ILL, 3 * ILL]))
    illness = np.where(ill, 1 + np.searchsorted(ILLNESS_KINDS, rng.random(n)), 0).astype(np.int8)
    people["illness"] = forget(rng, illness, rates()["unknown_person_fact"])


def _jobs(
    rng: np.random.Generator, people: Frame, home: Frame, earns: np.ndarray, student: np.ndarray, salary: np.ndarray
) -> np.ndarray:
    """Occupation codes (frame.OCCUPATIONS): by town or village, wealth, coast and tea garden."""
    n, at = len(earns), people["home"]
    labour = (home["labourer"][at] == f.YES) & some(rng, n, 0.75)
    town = home["area_type"][at] > 0
    any_job = np.where(
        town,
        rng.choice([4, 5, 6, 7], n, p=[0.42, 0.25, 0.2, 0.13]),
        rng.choice([1, 4, 5, 7], n, p=[0.62, 0.2, 0.1, 0.08]),
    )
    coast = home["coast"][at] & ~town & some(rng, n, 0.16)
    job = np.select(
        [salary, earns & home["tea"][at], earns & coast, earns & labour, earns, student, people["pension"] == f.YES],
        [5, 8, 3, 2, any_job, 10, 11],
        np.where((people["named_as"] == FEMALE) & (people["age"] >= 17), 9, 0),
    )
    return job.astype(np.int8)
