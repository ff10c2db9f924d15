"""A library of household structures: who lives together, at which ages.

Structures are built from the bottom up (couple, children, parents, daughter-in-law, grandchildren, sibling), so that
ages fit: a mother is always more than 14 years older than her child. ``raking`` then weights them to the census.

Slots: 0 man and 1 woman of the head's couple, 2-7 children (eldest first), 8 and 9 the head's father and mother,
10 daughter-in-law, 11-12 grandchildren, 13 sibling. A household is female-headed when slot 0 is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

SLOTS = 14
MAN, WOMAN, CHILD, FATHER, MOTHER, IN_LAW, GRANDCHILD, SIBLING = 0, 1, 2, 8, 9, 10, 11, 13
NEVER, MARRIED, WIDOWED, DIVORCED, SEPARATED = range(5)
MALE, FEMALE, HIJRA = range(3)
GAP = 16  # completed years between mother and child: more than 14 even when a birth date is rounded to 1 January
LIBRARY = 30_000
SEED = 20220615  # the day the census began

COUPLE, SINGLE_MAN, WIDOW, LEFT, ABROAD, SINGLE_WOMAN = range(6)


@dataclass(frozen=True)
class Library:
    """``count`` structures; their members are the rows start[i]:start[i+1] of the member columns, in line order."""

    start: np.ndarray  # int64, count + 1
    slot: np.ndarray  # int8
    age: np.ndarray  # int16, completed years
    sex: np.ndarray  # int8
    marital: np.ndarray  # int8

    @property
    def size(self) -> np.ndarray:
        return np.diff(self.start)

    @property
    def count(self) -> int:
        return len(self.start) - 1


class Grid:
    """Working arrays [structure, slot] while the library is built; age -1 = nobody."""

    def __init__(self, count: int) -> None:
        self.age = np.full((count, SLOTS), -1, dtype=np.int16)
        self.sex = np.zeros((count, SLOTS), dtype=np.int8)
        self.marital = np.zeros((count, SLOTS), dtype=np.int8)


def _whole(values: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.clip(np.rint(values), low, high).astype(np.int16)


def _heads(rng: np.random.Generator, grid: Grid) -> np.ndarray:
    """The couple of slots 0 and 1; gives back the virtual age of the woman, present or not."""
    n = len(grid.age)
    kind = rng.choice(6, n, p=[0.70, 0.07, 0.11, 0.03, 0.06, 0.03])
    man = _whole(19 + 72 * rng.beta(1.6, 3.0, n), 19, 92)
    woman = _whole(man - rng.normal(7, 3.5, n), 16, 90)
    woman = np.maximum(woman, man - 22)
    late = _whole(21 + 71 * rng.beta(2.6, 1.9, n), 21, 92)
    woman = np.where(kind == WIDOW, late, woman)
    woman = np.where((kind == LEFT) | (kind == ABROAD), _whole(18 + 42 * rng.beta(1.8, 2.2, n), 18, 60), woman)
    woman = np.where(kind == SINGLE_WOMAN, _whole(18 + 40 * rng.beta(1.2, 2.5, n), 18, 60), woman)
    has_man, has_woman = kind <= SINGLE_MAN, kind != SINGLE_MAN
    grid.age[:, MAN] = np.where(has_man, man, -1)
    grid.age[:, WOMAN] = np.where(has_woman, woman, -1)
    grid.sex[:, WOMAN] = FEMALE
    young = man < 34 - 6 * rng.random(n)
    grid.marital[:, MAN] = np.where(kind == COUPLE, MARRIED, np.where(young, NEVER, WIDOWED))
    left = np.where(rng.random(n) < 0.55, DIVORCED, SEPARATED)
    statuses: list[np.ndarray | int] = [MARRIED, NEVER, WIDOWED, left, MARRIED, NEVER]
    grid.marital[:, WOMAN] = np.choose(
        kind, [np.full(n, value) if isinstance(value, int) else value for value in statuses]
    )
    childless = (kind == SINGLE_WOMAN) | ((kind == SINGLE_MAN) & (grid.marital[:, MAN] == NEVER))
    return np.where(childless, -99, woman)


def _children(rng: np.random.Generator, grid: Grid, mother: np.ndarray) -> None:
    """Children of slots 2-7 who still live at home."""
    n = len(mother)
    born = rng.poisson(np.clip(2.5 + (mother - 38) * 0.06, 1.9, 4.2))
    first = _whole(rng.normal(20.5, 3.4, n), GAP, 36)
    gap = np.zeros(n, dtype=np.int64)
    for k in range(6):
        slot = CHILD + k
        age = mother - first - gap
        sex = (rng.random(n) > 0.513).astype(np.int8)
        home_son = np.where(age < 19, 0.98, np.clip(1 - (age - 18) * 0.045, 0.16, 1))
        home_daughter = np.where(age < 15, 0.985, np.clip(1 - (age - 14) * 0.082, 0.05, 1))
        stays = rng.random(n) < np.where(sex == MALE, home_son, home_daughter)
        present = (k < born) & (age >= 0) & (first + gap <= 44) & (mother > 0) & stays
        grid.age[:, slot] = np.where(present, age, -1)
        grid.sex[:, slot] = sex
        back = rng.random(n)
        returned = (age >= 20) & (sex == FEMALE) & (back < 0.18)
        grid.marital[:, slot] = np.where(
            returned, np.select([back < 0.09, back < 0.13], [DIVORCED, SEPARATED], WIDOWED), NEVER
        )
        gap += 2 + rng.poisson(1.5, n)


def _young_family(rng: np.random.Generator, grid: Grid) -> None:
    """The eldest son's wife (slot 10) and children (11, 12)."""
    n = len(grid.age)
    son = grid.age[:, CHILD]
    married = (son >= 22) & (grid.sex[:, CHILD] == MALE) & (rng.random(n) < np.clip((son - 20) * 0.09, 0.1, 0.8))
    wife = np.maximum(_whole(son - rng.normal(5.5, 2.5, n), 16, 60), son - 14)
    grid.marital[:, CHILD] = np.where(married, MARRIED, grid.marital[:, CHILD])
    grid.age[:, IN_LAW] = np.where(married, wife, -1)
    grid.sex[:, IN_LAW] = FEMALE
    grid.marital[:, IN_LAW] = MARRIED
    oldest = wife - _whole(rng.normal(19.5, 2.5, n), GAP, 30)
    second = oldest - 2 - rng.poisson(1.4, n)
    for slot, age, chance in ((GRANDCHILD, oldest, 0.9), (GRANDCHILD + 1, second, 0.7)):
        there = married & (age >= 0) & (rng.random(n) < chance)
        grid.age[:, slot] = np.where(there, age, -1)
        grid.sex[:, slot] = rng.random(n) > 0.513


def _parents(rng: np.random.Generator, grid: Grid) -> None:
    """Father, mother (slots 8, 9) and a sibling (13) of the head."""
    n = len(grid.age)
    head = np.where(grid.age[:, MAN] >= 0, grid.age[:, MAN], grid.age[:, WOMAN])
    mother = head + _whole(rng.normal(23, 5, n), GAP + 1, 40)
    father = mother + _whole(rng.normal(7.5, 3.5, n), 0, 20)
    chance = 0.42 * np.exp(-(((head - 36) / 16.0) ** 2))
    has_mother = (rng.random(n) < chance) & (mother <= 97)
    has_father = (rng.random(n) < np.where(has_mother, 0.62 - (mother - 50) * 0.012, 0.05 * chance)) & (father <= 98)
    grid.age[:, FATHER] = np.where(has_father, father, -1)
    grid.age[:, MOTHER] = np.where(has_mother, mother, -1)
    grid.sex[:, MOTHER] = FEMALE
    grid.marital[:, FATHER] = np.where(has_mother, MARRIED, WIDOWED)
    grid.marital[:, MOTHER] = np.where(has_father, MARRIED, WIDOWED)
    sibling = _whole(head - rng.normal(5, 4, n), 6, 45)
    there = (rng.random(n) < np.where(head < 42, 0.07, 0.01)) & (mother - sibling <= 44) & (mother - sibling >= GAP)
    grid.age[:, SIBLING] = np.where(there, sibling, -1)
    grid.sex[:, SIBLING] = rng.random(n) > 0.6


@lru_cache
def library(count: int = LIBRARY) -> Library:
    """The structures, always the same."""
    rng = np.random.default_rng(SEED)
    grid = Grid(count)
    _children(rng, grid, _heads(rng, grid))
    _young_family(rng, grid)
    _parents(rng, grid)
    present = grid.age >= 0
    start = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int64)
    slots = np.broadcast_to(np.arange(SLOTS, dtype=np.int8), present.shape)
    return Library(start, slots[present], grid.age[present], grid.sex[present], grid.marital[present])
