"""Weights for the household structures, so that a drawn population has the census's ages, sexes, widows and heads.

Maximum entropy raking: the weights w = exp(X l) closest to equal ones whose totals X'w meet the targets, found by
Newton steps on the dual. One set of weights per division; targets come from data/synth.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from shohay.bulk.synth.tables import divisions, national, rows
from shohay.bulk.synth.templates import FEMALE, WIDOWED, library

AGES = 17  # five-year groups, the last is 80 and over
STEPS = 40


def age_targets(division: int) -> np.ndarray:
    """Shares of persons [age group, man or woman] of a division, adding up to 1.

    The national five-year shape is scaled to the division's shares of children and of old people.
    """
    row = divisions()[division]
    table = rows("age_sex")
    share = np.array([float(line["share_pct"]) for line in table]) / 100
    male = np.array([float(line["male_pct"]) for line in table]) / 100
    young, old = float(row["age_0_14_pct"]) / 100, float(row["age_65_pct"]) / 100
    for part, total in ((slice(0, 3), young), (slice(3, 13), 1 - young - old), (slice(13, 17), old)):
        share[part] *= total / share[part].sum()
    return np.stack([share * male, share * (1 - male)], axis=1)


def widow_targets(division: int) -> np.ndarray:
    """Widowed women per person of the division by the age groups of widowhood.csv; the total is the national 9.51%."""
    women = age_targets(division)[:, 1]
    bands = rows("widowhood")
    numbers = np.array(
        [
            float(b["widowed_women_pct"]) * women[int(b["age_from"]) // 5 : (int(b["age_to"]) + 1) // 5].sum()
            for b in bands
        ]
    )
    return numbers / numbers.sum() * national("widowed_women_pct") / 100 * women[2:].sum()


@lru_cache
def controls() -> np.ndarray:
    """What each structure adds to each target [structure, target]: persons by age and sex, widows, head, size."""
    structures = library()
    count = structures.count
    owner = np.repeat(np.arange(count), structures.size)
    group = np.minimum(structures.age // 5, AGES - 1)
    persons = np.bincount(owner * (AGES * 2) + group * 2 + structures.sex, minlength=count * AGES * 2)
    columns: list[np.ndarray] = [persons.reshape(count, AGES * 2)]
    widows = (structures.sex == FEMALE) & (structures.marital == WIDOWED)
    for band in rows("widowhood"):
        there = widows & (structures.age >= int(band["age_from"])) & (structures.age <= int(band["age_to"]))
        columns.append(np.bincount(owner[there], minlength=count)[:, None])
    columns.append((structures.slot[structures.start[:-1]] == 1)[:, None])  # the first line is a woman: she heads
    columns.append((structures.size == 1)[:, None])
    columns.append(np.ones((count, 1)))
    return np.concatenate(columns, axis=1).astype(np.float64)


def targets(division: int) -> np.ndarray:
    """The targets per household, in the order of ``controls``."""
    size = float(divisions()[division]["household_size"])
    single = national("single_person_pct") / 100
    heads = national("female_headed_pct") / 100
    return np.concatenate([age_targets(division).ravel() * size, widow_targets(division) * size, [heads, single, 1.0]])


def rake(x: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Weights (adding up to 1) with x'w = target; ValueError when the targets cannot be met."""
    scale = np.maximum(target, 1e-6)
    z = x / scale - 1.0  # every target becomes a mean of zero
    z = z[:, :-1]  # the last control is the constant
    dual = np.zeros(z.shape[1])
    weights = np.full(len(x), 1.0 / len(x))
    for _ in range(STEPS):
        gradient = weights @ z
        if np.abs(gradient).max() < 1e-7:
            break
        hessian = (z * weights[:, None]).T @ z - np.outer(gradient, gradient)
        step = np.linalg.solve(hessian + 1e-9 * np.eye(len(dual)), gradient)
        dual -= step * min(1.0, 2.0 / np.abs(z @ step).max())
        exponent = z @ dual
        weights = np.exp(exponent - exponent.max())
        weights /= weights.sum()
    if np.abs(weights @ z).max() > 0.01:
        raise ValueError(f"the household structures cannot meet the census targets: {np.abs(weights @ z).max():.3f}")
    return weights


@lru_cache
def structure_cuts() -> list[np.ndarray]:
    """Cumulative weights of the structures per division; whole millionths, so that rounding noise cannot matter."""
    found = []
    for division in range(len(divisions())):
        weights = np.rint(rake(controls(), targets(division)) * 1e10)
        found.append(np.cumsum(weights) / weights.sum())
    return found
