"""The households of a chunk: where they stand, how wealthy they are, what they own, and their poverty score.

One hidden wealth decides assets, land and income together; its mean by division and by town or village
(asset_shift.csv, found by ``fit``) is such that the PPI 2013 scores reproduce the division's poverty rate.
"""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist

import numpy as np

from shohay.bulk.synth.areas import Areas
from shohay.bulk.synth.frame import Frame, forget, some
from shohay.bulk.synth.names import BUDDHIST, CHRISTIAN, HINDU, MUSLIM, TEA
from shohay.bulk.synth.tables import district_column, divisions, rates, rows

LOADING = 0.72  # how much of each asset is wealth, the rest chance; model assumption
CHILDREN_WEIGH = 0.10  # poorer for each child under 13; model assumption

# Shares of households at wealth zero, poorest answer first (model assumption; asset_shift.csv does the calibration).
SHARES = {
    "rooms": (0.25, 0.38),  # one, two, else three or more
    "walls": (0.07, 0.08, 0.45),  # straw, mud, tin, else brick
    "tv": (0.48,),
    "fans": (0.12, 0.28),
    "mobiles": (0.04, 0.30),
    "vehicle": (0.64,),
    "labourer": (0.36,),  # the poorest share has one
    "cultivable": (0.68,),
}
COAST = ("1004", "1009", "1078", "2022", "2075", "2051", "4001", "4087", "4047", "2015")


@lru_cache
def limits(name: str) -> np.ndarray:
    """The wealth scores at which the answer to a question changes."""
    return np.array([NormalDist().inv_cdf(p) for p in np.cumsum(SHARES[name])], dtype=np.float32)


@lru_cache
def shifts() -> np.ndarray:
    """Mean wealth [division, 0 village or 1 town], from asset_shift.csv."""
    return np.array([[float(row["rural"]), float(row["urban"])] for row in rows("asset_shift")], dtype=np.float32)


def places(rng: np.random.Generator, areas: Areas, at: np.ndarray) -> Frame:
    """Households at the given areas: division, district, area_type, religion, communities."""
    n, district = len(at), areas.district[at]
    town = some(rng, n, areas.urban[at])
    area_type = np.where(areas.kind[at] == 2, 2, town).astype(np.int8)
    group = religion(rng, district)
    tea_share = district_column("tea_household_pct") / 100
    hindu = np.maximum(district_column("hindu_pct") / 100, 0.01)
    tea = (group == HINDU) & (area_type == 0) & some(rng, n, np.clip(tea_share / hindu, 0, 0.8)[district])
    codes = np.array([row in COAST for row in _district_codes()])
    return {
        "area": at.astype(np.int32),
        "division": areas.division[at],
        "district": district,
        "area_type": area_type,
        "group": np.where(tea, TEA, group).astype(np.int8),
        "tea": tea,
        "bede": some(rng, n, 0.0004),
        "disadvantaged": (group == HINDU) & ~tea & some(rng, n, 0.05),
        "coast": codes[district],
    }


@lru_cache
def _district_codes() -> list[str]:
    from shohay.bulk.synth.tables import district_rows

    return [row["district_code"] for row in district_rows()]


def religion(rng: np.random.Generator, district: np.ndarray) -> np.ndarray:
    """Religion group of households by district; the rest are Muslim."""
    shares = np.cumsum([district_column(name) / 100 for name in ("hindu_pct", "buddhist_pct", "christian_pct")], axis=0)
    u = rng.random(len(district))
    conditions = [u < shares[0][district], u < shares[1][district], u < shares[2][district]]
    return np.select(conditions, [HINDU, BUDDHIST, CHRISTIAN], MUSLIM).astype(np.int8)


def wealth(rng: np.random.Generator, home: Frame, children: np.ndarray) -> np.ndarray:
    """Hidden wealth (float32): standard normal, fewer things per child, moved by division and town."""
    mean = shifts()[home["division"], (home["area_type"] > 0).astype(np.int8)]
    return (rng.standard_normal(len(mean), dtype=np.float32) - CHILDREN_WEIGH * (children - 1) + mean).astype(
        np.float32
    )


def assets(rng: np.random.Generator, home: Frame) -> None:
    """rooms, walls, tv, fans, mobiles, vehicle, labourer, land (decimals), all known."""
    n, rest = len(home["wealth"]), np.float32(np.sqrt(1 - LOADING**2))

    def answer(name: str) -> np.ndarray:
        score = LOADING * home["wealth"] + rest * rng.standard_normal(n, dtype=np.float32)
        return np.searchsorted(limits(name), score).astype(np.int8)

    home["rooms"] = answer("rooms") + np.int8(1)
    more = (home["rooms"] == 3) & some(rng, n, 0.35)
    home["rooms"] = np.where(more, home["rooms"] + 1, home["rooms"]).astype(np.int8)
    home["walls"] = np.array([3, 2, 1, 0], dtype=np.int8)[answer("walls")]
    for name in ("tv", "fans", "mobiles", "vehicle"):
        home[name] = answer(name)
    home["fans"] += ((home["fans"] == 2) & some(rng, n, 0.4)).astype(np.int8)
    home["mobiles"] += ((home["mobiles"] == 2) & some(rng, n, 0.4)).astype(np.int8)
    home["labourer"] = (1 - answer("labourer")).astype(np.int8)
    owns = (answer("cultivable") == 1) & ((home["area_type"] == 0) | some(rng, n, 0.45))
    plenty = 51 + rng.gamma(1.3, 70, n)
    little = np.where(some(rng, n, 0.55), 0, rng.random(n) * 50)
    home["cultivable"] = np.round(np.where(owns, plenty, little), 1)
    size = rng.gamma(1.6, 4.5, n) * np.where(home["area_type"] == 0, 1.0, 0.4) * np.exp(0.25 * home["wealth"])
    home["homestead"] = np.round(np.where(some(rng, n, np.where(home["wealth"] < -1, 0.12, 0.03)), 0, size), 1)


def scores(home: Frame, children: np.ndarray, pupils: np.ndarray, school_age: np.ndarray) -> np.ndarray:
    """PPI 2013 points (int16): members under 13, members aged 6 to 12, and how many of those go to school."""
    points = np.array([32, 16, 10, 0], dtype=np.int16)[np.minimum(children, 3).astype(np.int64)]
    points += 6 * ((school_age > 0) & (pupils == school_age))
    points += 8 * (home["labourer"] == 0)
    points += np.array([0, 0, 3, 5], dtype=np.int16)[np.minimum(home["rooms"], 3)]
    points += np.array([9, 2, 2, 0], dtype=np.int16)[home["walls"]]
    points += 7 * home["tv"] + np.array([0, 4, 7], dtype=np.int16)[np.minimum(home["fans"], 2)]
    points += np.array([0, 8, 15], dtype=np.int16)[np.minimum(home["mobiles"], 2)]
    points += 4 * home["vehicle"] + 7 * (home["cultivable"] >= 51)
    return points.astype(np.int16)


def incomes(rng: np.random.Generator, home: Frame, size: np.ndarray) -> None:
    """income of the household (taka a year, as people say it, so on the low side), disaster."""
    n = len(size)
    log = 9.15 + 0.6 * home["wealth"] + 0.3 * np.log(np.maximum(size, 1)) + 0.25 * rng.standard_normal(n)
    home["income"] = (np.rint(np.exp(np.clip(log, 7.0, 13.0)) * 12 / 1000) * 1000).astype(np.int64)
    home["disaster"] = some(rng, n, np.where(home["coast"] & (home["area_type"] == 0), 0.09, 0.03)).astype(np.int8)


def forget_some(rng: np.random.Generator, home: Frame) -> None:
    """Leave a few answers empty, so that "cannot tell" occurs."""
    share = rates()["unknown_asset"]
    for name in ("rooms", "walls", "tv", "fans", "mobiles", "vehicle", "labourer", "income", "disaster"):
        home[name] = forget(rng, home[name], share)
    for name in ("homestead", "cultivable"):
        home[name] = np.where(some(rng, len(home[name]), share), np.nan, home[name])


def poverty_target(division: int, town: bool) -> float:
    """The upper-line rate (0-1) of a division's villages or towns: published rate, national rural to urban ratio."""
    row = divisions()[division]
    rate, urban = float(row["poverty_upper_pct"]) / 100, float(row["urban_pct"]) / 100
    ratio = 20.5 / 14.7  # HIES 2022, rural to urban, national; by division model assumption
    in_town = rate / (urban + ratio * (1 - urban))
    return in_town if town else in_town * ratio
