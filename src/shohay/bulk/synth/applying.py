"""Who applies for what, and who says to receive something already.

Most people who could plausibly get a benefit apply, some who could not apply too, many never do. Programmes are bits
(frame.PROGRAMMES). All chances here are model assumptions.
"""

from __future__ import annotations

import numpy as np

from shohay.bulk.synth import frame as f
from shohay.bulk.synth.frame import (
    BEDE,
    DISADV,
    DPA,
    DSS_STIPEND,
    EGPP,
    FAMCARD,
    FFP,
    HIJRA,
    HSP,
    MCBP,
    OAA,
    PESP,
    TEA,
    VWB,
    WDA,
    Frame,
    some,
)  # fmt: skip
from shohay.bulk.synth.templates import CHILD, FATHER, FEMALE, IN_LAW, WIDOWED, WOMAN


def declared(rng: np.random.Generator, home: Frame) -> np.ndarray:
    """Programmes that the household says it already receives (bits)."""
    n, poor = len(home["wealth"]), np.clip(1.4 - home["wealth"], 0.2, 3)
    rural = home["area_type"] == 0
    found = np.where(some(rng, n, 0.035 * poor * rural), FFP, 0)
    found |= np.where(some(rng, n, 0.012 * poor), VWB, 0)
    found |= np.where(some(rng, n, 0.015 * poor), OAA, 0)
    found |= np.where(some(rng, n, 0.008 * poor), WDA, 0)
    return found.astype(np.int16)


def applications(rng: np.random.Generator, people: Frame, home: Frame) -> np.ndarray:
    """Programmes that each person applies for (bits)."""
    n, at, age = len(people["age"]), people["home"], people["age"]
    woman = people["sex"] == FEMALE
    need = np.clip(1.0 - 0.38 * home["wealth"][at], 0.05, 2.2)
    limit = np.where(woman, 62, 65)
    old = np.select([age >= limit, age >= limit - 3], [0.60, 0.07], 0.0)
    found = np.where(some(rng, n, old * need), OAA, 0)
    alone = woman & (people["marital"] >= WIDOWED) & (age >= 18)
    found |= np.where(some(rng, n, np.where(alone, np.where(age >= 62, 0.25, 0.58), 0) * need), WDA, 0)
    found |= np.where(some(rng, n, np.where(people["disability"] > 0, 0.62, 0) * need), DPA, 0)
    expecting = people["pregnant"] == f.YES
    timely = expecting & (people["month"] >= 4) & (people["month"] <= 6) & (people["order"] <= 2) & (age >= 19)
    found |= np.where(some(rng, n, np.where(timely, 0.62, np.where(expecting, 0.06, 0)) * need), MCBP, 0)
    found |= _for_the_household(rng, people, home, need)
    found |= _for_pupils_and_communities(rng, people, home, need)
    pension = (people["pension"] == f.YES) | (people["salary"] == f.YES)
    return np.where(pension & some(rng, n, 0.8), 0, found).astype(np.int16)


def _for_the_household(rng: np.random.Generator, people: Frame, home: Frame, need: np.ndarray) -> np.ndarray:
    """Applications that one member makes for the household: food, Family Card, the mother for her pupils."""
    n, at, slot, homes = len(people["age"]), people["home"], people["slot"], len(home["wealth"])
    head = people["relation"] == f.HEAD
    lady = ((slot == WOMAN) & (people["age"] >= 18)) | (head & (people["sex"] == FEMALE))
    rural = home["area_type"][at] == 0
    poor = np.clip(need - 0.75, 0, 2)
    found = np.where(head & rural & some(rng, n, 0.30 * poor), FFP, 0)
    may_vwb = lady & (people["age"] >= 18) & (people["age"] <= 54)
    found |= np.where(may_vwb & some(rng, n, 0.22 * poor), VWB, 0)
    found |= np.where(lady & some(rng, n, 0.16 * poor), FAMCARD, 0)
    pupil = ((people["school"] == 1) | (people["school"] == 2)) & (people["listed"] == f.YES)
    own = f.per_home(at, pupil & (slot >= CHILD) & (slot < FATHER), homes)[at] > 0
    hers = f.per_home(at, pupil & (slot > IN_LAW), homes)[at] > 0
    woman_there = f.per_home(at, slot == WOMAN, homes)[at] > 0
    guardian = (own & ((slot == WOMAN) | (head & ~woman_there))) | (hers & (slot == IN_LAW))
    return found | np.where(guardian & some(rng, n, 0.80), PESP, 0)


def _for_pupils_and_communities(rng: np.random.Generator, people: Frame, home: Frame, need: np.ndarray) -> np.ndarray:
    """Stipends of secondary and of disabled pupils; allowances of communities; work for the poorest."""
    n, at, age = len(people["age"]), people["home"], people["age"]
    secondary = (people["school"] == 3) | (people["school"] == 4)
    found = np.where(secondary & some(rng, n, 0.30 * need), HSP, 0)
    disabled_pupil = (people["disability"] > 0) & (people["school"] >= 2)
    found = np.where(disabled_pupil & some(rng, n, 0.5), DSS_STIPEND, found)  # instead of the other stipend
    grown = (age >= 46) & some(rng, n, 0.5)
    community = people["community"]
    found |= np.select([grown & (community == k) for k in (1, 2, 4)], [HIJRA, BEDE, DISADV], 0)
    found |= np.where((people["relation"] == f.HEAD) & home["tea"][at] & some(rng, n, 0.6), TEA, 0)
    labourer = (people["job"] == 2) & (age >= 18) & (age <= 60)
    return found | np.where(labourer & some(rng, n, 0.10 * need), EGPP, 0)
