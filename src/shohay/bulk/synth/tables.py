"""The calibration tables of data/synth, read once per process. Each row there names its source and confidence."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parents[2] / "data"
SYNTH = DATA / "synth"

Row = dict[str, str]


@lru_cache
def rows(name: str) -> list[Row]:
    """The rows of data/synth/<name>.csv."""
    with (SYNTH / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def national(measure: str) -> float:
    """A national target, such as ``widowed_women_pct``."""
    return float(next(row["value"] for row in rows("national") if row["measure"] == measure))


@lru_cache
def rates() -> dict[str, float]:
    """The assumed rates (unknown facts, planted truth, take-up) by name."""
    return {row["name"]: float(row["value"]) for row in rows("rates")}


@lru_cache
def divisions() -> list[Row]:
    """The eight divisions in the order of their codes: the order of every array per division."""
    return sorted(rows("division"), key=lambda row: row["division_code"])


@lru_cache
def district_rows() -> list[Row]:
    """The 64 districts in the order of their codes: the order of every array per district."""
    return sorted(rows("district"), key=lambda row: row["district_code"])


def district_column(name: str, fallback: str = "") -> np.ndarray:
    """One number per district; an empty cell takes the column ``fallback`` (or ``name``) of its division."""
    by_division = {row["division_code"]: row for row in divisions()}
    values = [float(row[name] or by_division[row["district_code"][:2]][fallback or name]) for row in district_rows()]
    return np.array(values)


def cut_points(weights: list[float] | np.ndarray) -> np.ndarray:
    """Cumulative shares for drawing by ``searchsorted``; the last is exactly 1 plus a little."""
    shares = np.cumsum(np.asarray(weights, dtype=np.float64))
    shares = shares / shares[-1]
    shares[-1] = 1.000001
    return shares


def draw(rng: np.random.Generator, cuts: np.ndarray, size: int) -> np.ndarray:
    """``size`` indexes (int32) with the probabilities behind ``cuts``."""
    return np.searchsorted(cuts, rng.random(size), side="right").astype(np.int32)
