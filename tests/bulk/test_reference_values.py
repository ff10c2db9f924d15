"""Every poverty measure that other software computed on eusilc: the plain formulas and the set-based twin, side by side.

Values of R's laeken, survey and base R; design errors with strata db040 and clusters db030.
"""

from __future__ import annotations

import csv
import gzip
from typing import Any

import pyarrow as pa
import pytest

from shohay.bulk.poverty import Spec, estimate
from shohay.core import poverty

LINE = 10_000.0
# key of the reference -> the plain formula over (welfare, weights), the measure of the twin, factor
VALUES: dict[str, tuple[Any, str, float]] = {
    "weighted_mean_laeken": (poverty.mean, "mean", 1),
    "weighted_median_laeken": (lambda y, w: poverty.quantile(y, w, 0.5), "median", 1),
    "arpt_60": (poverty.relative_line, "relative_line", 1),
    "arpr_pct": (lambda y, w: 100 * poverty.headcount(y, w, poverty.relative_line(y, w)), "relative_rate", 100),
    "qsr": (poverty.quintile_ratio, "quintile_ratio", 1),
    "gini_pct_weighted": (lambda y, w: 100 * poverty.gini(y, w), "gini", 100),
    "fgt0_at_10000": (lambda y, w: poverty.headcount(y, w, LINE), "headcount", 1),
    "fgt1_at_10000": (lambda y, w: poverty.gap(y, w, LINE), "gap", 1),
    "fgt2_at_10000": (lambda y, w: poverty.severity(y, w, LINE), "severity", 1),
}
UNWEIGHTED = {
    "gini_pct_unweighted": "gini_pct_weighted",
    **{f"fgt{i}_at_10000_unweighted": f"fgt{i}_at_10000" for i in range(3)},
}
ERRORS = {"headcount": "svy_headcount_10000", "gap": "svy_fgt_gap1_10000", "severity": "svy_fgt_gap2_10000"}


@pytest.fixture(scope="module")
def rows(shared_folder) -> list[dict[str, str]]:
    path = shared_folder / "standards" / "reference" / "eusilc.csv.gz"
    if not path.exists():
        pytest.skip("needs eusilc.csv.gz from R's laeken beside the checkout")
    with gzip.open(path, "rt") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def reference(shared_folder) -> dict[str, float]:
    with (shared_folder / "standards" / "reference" / "eusilc_reference.csv").open() as file:
        return {row["key"]: float(row["value"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def found(rows) -> dict[bool, dict[tuple[str, str], Any]]:
    """The twin's estimates, weighted and not, of everybody and by region."""
    made = {}
    for weighted in (True, False):
        weight = [float(row["rb050"]) if weighted else 1.0 for row in rows]
        table = pa.table({
            "stratum": [row["db040"] for row in rows], "psu": [row["db030"] for row in rows], "w": weight,
            "y": [float(row["eqIncome"]) for row in rows], "z": [LINE] * len(rows),
            "region": [row["db040"] for row in rows],
        })  # fmt: skip
        spec = Spec(dimensions=("region",) if weighted else ())
        made[weighted] = {
            (e.measure, e.group): e for e in estimate(table, spec).rows if e.dimension in ("all", "region")
        }
    return made


def test_people_and_weights(rows, reference):
    assert len(rows) == reference["n_persons"] == 14_827
    assert len({row["db030"] for row in rows}) == reference["n_households"]
    assert sum(float(row["rb050"]) for row in rows) == pytest.approx(reference["sum_rb050"], rel=1e-12)


@pytest.mark.parametrize("key", VALUES)
def test_both_twins_say_what_r_says(rows, reference, found, key):
    plain, measure, factor = VALUES[key]
    y, w = ([float(row[name]) for row in rows] for name in ("eqIncome", "rb050"))
    assert plain(y, w) == pytest.approx(reference[key], rel=1e-12)
    assert factor * found[True][measure, ""].value == pytest.approx(reference[key], rel=1e-12)


@pytest.mark.parametrize("key", UNWEIGHTED)
def test_both_twins_without_weights(rows, reference, found, key):
    plain, measure, factor = VALUES[UNWEIGHTED[key]]
    y = [float(row["eqIncome"]) for row in rows]
    assert plain(y, [1.0] * len(y)) == pytest.approx(reference[key], rel=1e-12)
    assert factor * found[False][measure, ""].value == pytest.approx(reference[key], rel=1e-12)


def test_at_the_relative_line(rows, reference):
    y, w = ([float(row[name]) for row in rows] for name in ("eqIncome", "rb050"))
    line = poverty.relative_line(y, w)
    for power in range(3):
        assert poverty.fgt(y, w, line, power) == pytest.approx(reference[f"fgt{power}_at_arpt"], rel=1e-12)
    assert 100 * poverty.median_gap(y, w, line) == pytest.approx(reference["rmpg_pct"], rel=1e-12)
    for share, key in ((0.2, "weighted_q20_laeken"), (0.8, "weighted_q80_laeken")):
        assert poverty.quantile(y, w, share) == pytest.approx(reference[key], rel=1e-12)


@pytest.mark.parametrize("measure", ERRORS)
def test_design_errors(reference, found, measure):
    row, key = found[True][measure, ""], ERRORS[measure]
    assert row.value == pytest.approx(reference[key], rel=1e-12)
    assert row.error == pytest.approx(reference[f"{key}_se"], rel=1e-12)


def test_the_nine_regions(rows, reference, found):
    regions = sorted({row["db040"] for row in rows})
    assert len(regions) == 9
    whole = poverty.relative_line(*([float(row[name]) for row in rows] for name in ("eqIncome", "rb050")))
    for region in regions:
        mine = [row for row in rows if row["db040"] == region]
        y, w = ([float(row[name]) for row in mine] for name in ("eqIncome", "rb050"))
        one = found[True]["headcount", region]
        assert poverty.headcount(y, w, LINE) == pytest.approx(reference[f"svy_headcount_10000_{region}"], rel=1e-12)
        assert one.value == pytest.approx(reference[f"svy_headcount_10000_{region}"], rel=1e-12)
        assert one.error == pytest.approx(reference[f"svy_headcount_10000_se_{region}"], rel=1e-12)
        assert 100 * poverty.headcount(y, w, whole) == pytest.approx(reference[f"arpr_pct_{region}"], rel=1e-12)
        rate = found[True]["relative_rate", region]
        assert 100 * rate.value == pytest.approx(reference[f"arpr_pct_{region}"], rel=1e-12)
