"""Find the mean wealth by division and by town or village: ``python -m shohay.bulk.synth.fit``, then commit the table.

For each of the sixteen cells households are drawn with their structures, and the mean is moved by bisection until the
person-weighted mean of the PPI 2013 poverty likelihoods is the target rate. Same random numbers at every step.
"""

from __future__ import annotations

import csv
import datetime as dt

import numpy as np

from shohay.bulk.synth import frame as f
from shohay.bulk.synth import homes, people
from shohay.bulk.synth.frame import Frame
from shohay.bulk.synth.homes import poverty_target
from shohay.bulk.synth.raking import structure_cuts
from shohay.bulk.synth.tables import SYNTH, divisions

HOUSEHOLDS = 40_000


def likelihood(score: np.ndarray) -> np.ndarray:
    """Chance (0-1) of being below the 2010 upper national line, by the published table of PPI 2013."""
    with (SYNTH / "ppi_lookup.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    percent = np.array([float(row["below_national_upper_pct"]) for row in rows])
    return percent[np.minimum(score // 5, len(percent) - 1)] / 100


def pilot(division: int, town: bool, shift: float) -> float:
    """Poverty rate of one cell's people for a mean wealth."""
    rng = np.random.default_rng([division, int(town), 1])
    structure = np.searchsorted(structure_cuts()[division], rng.random(HOUSEHOLDS), side="right")
    who = people.members(rng, structure, dt.date(2026, 11, 22))
    children = f.per_home(who["home"], who["age"] <= 12, HOUSEHOLDS)
    home: Frame = {
        "area_type": np.full(HOUSEHOLDS, int(town), dtype=np.int8),
        "wealth": (rng.standard_normal(HOUSEHOLDS) - homes.CHILDREN_WEIGH * (children - 1) + shift).astype(np.float32),
    }
    homes.assets(rng, home)
    people.health(rng, who, np.full(len(who["age"]), division, dtype=np.int8))
    people.schooling(rng, who, home["wealth"][who["home"]])
    school_age = (who["age"] >= 6) & (who["age"] <= 12)
    pupils = f.per_home(who["home"], school_age & (who["school"] > 0), HOUSEHOLDS)
    score = homes.scores(home, children, pupils, f.per_home(who["home"], school_age, HOUSEHOLDS))
    size = np.bincount(who["home"], minlength=HOUSEHOLDS)
    return float((likelihood(score) * size).sum() / size.sum())


def solve(division: int, town: bool) -> float:
    """The mean wealth that gives the target rate, to four decimals."""
    low, high = -3.0, 3.0
    for _ in range(14):
        middle = (low + high) / 2
        if pilot(division, town, middle) > poverty_target(division, town):
            low = middle
        else:
            high = middle
    return round((low + high) / 2, 4)


def main() -> None:
    """Write data/synth/asset_shift.csv."""
    with (SYNTH / "asset_shift.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["division_code", "rural", "urban", "rural_target", "urban_target", "source", "confidence"])
        for number, row in enumerate(divisions()):
            targets = [round(poverty_target(number, town), 4) for town in (False, True)]
            found = [solve(number, town) for town in (False, True)]
            writer.writerow([row["division_code"], *found, *targets, "fitted by shohay.bulk.synth.fit", "derived"])


if __name__ == "__main__":
    main()
