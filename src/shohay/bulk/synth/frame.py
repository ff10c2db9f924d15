"""Columns of a chunk as plain NumPy arrays, and what their numbers mean.

A frame is a dict of arrays of one length. Yes/no facts are int8 with -1 for unknown; whole numbers and codes have -1
for unknown; days are int32 since 1970 with NO_DAY for none or unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np

Frame = dict[str, np.ndarray]

NO_DAY = -(2**31)
UNKNOWN, NO, YES = -1, 0, 1

RELATIONS = ("head", "spouse", "child", "parent", "grandchild", "sibling", "other")
HEAD, SPOUSE, CHILD_OF, PARENT, GRANDCHILD_OF, SIBLING_OF, OTHER = range(7)
SEXES = ("male", "female", "hijra")
MARITAL = ("never", "married", "widowed", "divorced", "separated")
AREA_TYPES = ("rural", "urban", "city")
WALLS = ("brick", "tin", "mud", "straw")
SCHOOL = ("none", "pre_primary", "primary", "secondary", "higher_secondary", "higher")
OCCUPATIONS = (
    "none", "farmer", "day_labourer", "fisher", "business", "service", "garments", "driver", "tea_worker", "housewife",
    "student", "retired",
)  # fmt: skip
FIGHTERS = ("none", "general", "injured", "bir_uttam", "bir_bikram", "bir_protik", "heir")
ILLNESSES = ("none", "cancer", "kidney", "liver_cirrhosis", "stroke_paralysis", "congenital_heart", "thalassaemia")
COMMUNITIES = ("", "hijra", "bede", "tea", "disadvantaged")
PROGRAMMES = (
    "OAA", "WDA", "DPA", "MCBP", "VWB", "FFP", "PESP", "FAMCARD",
    "HIJRA", "BEDE", "DISADV", "TEA", "DSS_STIPEND", "HSP", "EGPP",
)  # fmt: skip
OAA, WDA, DPA, MCBP, VWB, FFP, PESP, FAMCARD, HIJRA, BEDE, DISADV, TEA, DSS_STIPEND, HSP, EGPP = (
    1 << i for i in range(len(PROGRAMMES))
)


def take(frame: Frame, rows: np.ndarray) -> Frame:
    """The given rows of every column."""
    return {name: column[rows] for name, column in frame.items()}


def concat(frames: list[Frame]) -> Frame:
    """Frames of the same columns below each other."""
    return {name: np.concatenate([frame[name] for frame in frames]) for name in frames[0]}


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - 719_163


def some(rng: np.random.Generator, size: int, chance: float | np.ndarray) -> np.ndarray:
    """True with the given chance, one number or one per row."""
    return rng.random(size, dtype=np.float32) < chance


def forget(rng: np.random.Generator, column: np.ndarray, share: float, unknown: int = UNKNOWN) -> np.ndarray:
    """The column with that share of its values made unknown."""
    return np.where(some(rng, len(column), share), column.dtype.type(unknown), column)


def birthday_table(as_of: dt.date) -> np.ndarray:
    """Day number of the birthday ``age`` years ago, by age 0 to 120; 29 February counts as the 28th."""

    def back(age: int) -> dt.date:
        try:
            return as_of.replace(year=as_of.year - age)
        except ValueError:
            return as_of.replace(year=as_of.year - age, day=28)

    return np.array([day_number(back(age)) for age in range(121)], dtype=np.int32)


def years(days: np.ndarray) -> np.ndarray:
    """Calendar years (int64) of day numbers."""
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def year_start(year: np.ndarray) -> np.ndarray:
    """Day number of 1 January of each year (int32)."""
    return (year - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int32)


def per_home(home: np.ndarray, values: np.ndarray, homes: int) -> np.ndarray:
    """Sum of ``values`` over the members of each household."""
    return np.bincount(home, weights=values, minlength=homes)


Progress = Callable[[int, int], None]
