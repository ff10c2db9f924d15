"""Estimates of a survey with their errors: against R's survey and convey on eusilc, and against the formulas."""

from __future__ import annotations

import csv
import random

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from shohay.bulk.poverty import Estimate, Spec, estimate
from shohay.core import poverty, sampling

Rows = dict[tuple[str, str, str, str], Estimate]


def told(table: pa.Table, spec: Spec) -> Rows:
    return {(e.measure, e.programme, e.dimension, e.group): e for e in estimate(table, spec).rows}


@pytest.fixture(scope="module")
def eusilc(shared_folder):
    found = pa_csv.read_csv(shared_folder / "standards" / "reference" / "eusilc.csv.gz")
    lines = pa.array([10_000.0] * found.num_rows)
    return pa.table({
        "stratum": found["db040"], "psu": found["db030"], "w": found["rb050"], "y": found["eqIncome"], "z": lines,
        "region": found["db040"],
    })  # fmt: skip


@pytest.fixture(scope="module")
def reference(shared_folder):
    path = shared_folder / "standards" / "reference" / "eusilc_reference.csv"
    return {row["key"]: float(row["value"]) for row in csv.DictReader(path.open())}


@pytest.fixture(scope="module")
def of_households(eusilc) -> Rows:
    return told(eusilc, Spec(dimensions=("region",)))


@pytest.mark.parametrize(
    ("measure", "key"),
    [("headcount", "svy_headcount_10000"), ("gap", "svy_fgt_gap1_10000"), ("severity", "svy_fgt_gap2_10000")],
)
def test_design_errors_are_those_of_rs_survey(of_households, reference, measure, key):
    """Strata regions, clusters households (survey 4.1-1, svymean)."""
    found = of_households[measure, "", "all", ""]
    assert found.value == pytest.approx(reference[key], rel=1e-12)
    assert found.error == pytest.approx(reference[f"{key}_se"], rel=1e-12)


def test_the_regions_are_those_of_rs_survey_and_laeken(of_households, reference):
    regions = {key.removeprefix("arpr_pct_") for key in reference if key.startswith("arpr_pct_")}
    assert len(regions) == 9
    for region in regions:
        found = of_households["headcount", "", "region", region]
        assert found.value == pytest.approx(reference[f"svy_headcount_10000_{region}"], rel=1e-12)
        assert found.error == pytest.approx(reference[f"svy_headcount_10000_se_{region}"], rel=1e-12)
        rate = of_households["relative_rate", "", "region", region]
        assert 100 * rate.value == pytest.approx(reference[f"arpr_pct_{region}"], rel=1e-12)


def test_errors_of_ranked_measures_are_those_of_convey(eusilc, reference):
    """As printed in the book of convey for ids = persons, strata = regions (Poverty and Inequality with Complex Survey
    Data, guilhermejacob.github.io/context): threshold, rate, S80/S20, Gini. Its Gini counts a person's own weight
    differently from laeken's (0.2649652 against 0.2648962), so its error agrees to four digits only."""
    persons = eusilc.set_column(1, "psu", pa.array(range(eusilc.num_rows)))
    found = told(persons, Spec())
    for measure, key, error, near in (
        ("relative_line", "arpt_60", 50.63622, 1e-6),
        ("relative_rate", "arpr_pct", 0.002756769, 1e-6),
        ("quintile_ratio", "qsr", 0.04255041, 1e-6),
        ("gini", "gini_pct_weighted", 0.001946982, 1e-4),
    ):
        row = found[measure, "", "all", ""]
        scale = 100 if key.endswith("pct") or "pct_" in key else 1
        assert scale * row.value == pytest.approx(reference[key], rel=1e-12)
        assert row.error == pytest.approx(error, rel=near)
    assert found["median", "", "all", ""].value == pytest.approx(reference["weighted_median_laeken"], rel=1e-12)


def test_clusters_make_it_less_sure_and_the_design_effect_says_by_how_much(of_households):
    found = of_households["headcount", "", "all", ""]
    assert 2 < found.design_effect < 4
    assert found.effective == pytest.approx(14_827 / found.design_effect)
    assert found.low < found.value < found.high
    assert found.high - found.value == pytest.approx(sampling.t_quantile(0.95, 5991) * found.error)


# ------------------------------------------------------------------------------------------- against the formulas


def invented(seed: int, size: int = 160) -> pa.Table:
    """A small survey with ties, a stratum with one cluster, somebody without a group, a programme without amounts."""
    draw = random.Random(seed)
    rows = []
    for i in range(size):
        stratum = draw.choice("abc") if i else "alone"
        t = draw.choice([0.0, 0.0, 40.0, 90.0])
        rows.append({
            "stratum": stratum, "psu": f"{stratum}{draw.randrange(4)}", "w": float(draw.randrange(1, 9)),
            "y": float(draw.randrange(8, 60) * 10) + t, "z": draw.choice([200.0, 250.0]), "z_low": 150.0,
            "sex": draw.choice(["female", "male", None]) if i > 20 else "female", "t_OAA": t, "b_OAA": t > 0,
            "b_VGF": draw.random() < 0.3,
        })  # fmt: skip
    return pa.Table.from_pylist(rows)


SPEC = Spec(dimensions=("sex",), programmes=("OAA", "VGF"), kinds={"OAA": "cash", "VGF": "food"})


def influence(measure, w: list[float]) -> list[float]:
    """The derivative of a measure with respect to each weight, by trying: independent of the formulas in SQL."""
    step, found = 1e-5, []
    for i in range(len(w)):
        up, down = [*w], [*w]
        up[i], down[i] = w[i] + step, w[i] - step
        found.append((measure(up) - measure(down)) / (2 * step))
    return found


@pytest.mark.parametrize(("seed", "lonely"), [(1, sampling.ADJUST), (2, sampling.CERTAIN)])
def test_the_bulk_twin_says_what_the_formulas_say(seed, lonely):
    table = invented(seed, 90)
    found = told(
        table, Spec(**{**{f: getattr(SPEC, f) for f in ("dimensions", "programmes", "kinds")}, "lonely": lonely})
    )
    d = table.to_pydict()
    y, t, z, w = d["y"], d["t_OAA"], d["z"], d["w"]
    y0 = [a - b for a, b in zip(y, t, strict=True)]
    naive = {
        "mean": lambda v: poverty.mean(y, v), "headcount": lambda v: poverty.headcount(y, v, z),
        "gap": lambda v: poverty.gap(y, v, z), "severity": lambda v: poverty.severity(y, v, z),
        "gini": lambda v: poverty.gini(y, v), "headcount_lower": lambda v: poverty.headcount(y, v, 150),
    }  # fmt: skip
    of_programme = {
        "coverage": lambda v: sum(a for a, b in zip(v, t, strict=True) if b) / sum(v),
        "under_coverage": lambda v: poverty.targeting(y, t, v, z).under_coverage,
        "leakage": lambda v: poverty.targeting(y, t, v, z).leakage,
        "benefit_cost": lambda v: poverty.targeting(y, t, v, z).benefit_cost,
        "headcount_reduction": lambda v: poverty.targeting(y, t, v, z).headcount_reduction,
        "gap_reduction": lambda v: poverty.targeting(y, t, v, z).gap_reduction,
        "gini_reduction": lambda v: 1 - poverty.gini(y, v) / poverty.gini(y0, v),
    }
    for programme, measures in (("", naive), ("OAA", of_programme)):
        for name, measure in measures.items():
            row = found[name, programme, "all", ""]
            if row.flag == "few":
                continue
            assert row.value == pytest.approx(measure(w), rel=1e-9), name
            error = sampling.variance(influence(measure, w), w, d["stratum"], d["psu"], lonely) ** 0.5
            assert row.error == pytest.approx(error, rel=1e-5), name
    whole = poverty.targeting(y, t, w, z)
    assert found["cgh_20", "OAA", "all", ""].value == pytest.approx(whole.cgh_20)
    assert found["cgh_40", "OAA", "all", ""].value == pytest.approx(whole.cgh_40)
    assert found["quintile_ratio", "", "all", ""].value == pytest.approx(poverty.quintile_ratio(y, w))


def test_quintiles_by_both_rankings():
    table = invented(3, 400)
    found, d = told(table, SPEC), table.to_pydict()
    for rank, dimension in (("after", "quintile"), ("before", "quintile_before")):
        whole = poverty.targeting(d["y"], d["t_OAA"], d["w"], d["z"], rank=rank)
        for measure in ("coverage", "beneficiary_share", "benefit_share", "adequacy"):
            for q, value in enumerate(getattr(whole, measure), start=1):
                assert found[measure, "OAA", dimension, str(q)].value == pytest.approx(value), (measure, q)


def test_the_error_of_a_share_counts_clusters_without_the_group():
    table = invented(4, 120)
    d, row = table.to_pydict(), told(table, SPEC)["benefit_share", "OAA", "sex", "female"]
    known = [sex is not None for sex in d["sex"]]

    def share(w):
        of = [a * b * k for a, b, k in zip(w, d["t_OAA"], known, strict=True)]
        return sum(v for v, sex in zip(of, d["sex"], strict=True) if sex == "female") / sum(of)

    assert row.value == pytest.approx(share(d["w"]))
    error = sampling.variance(influence(share, d["w"]), d["w"], d["stratum"], d["psu"]) ** 0.5
    assert row.error == pytest.approx(error, rel=1e-5)


def test_groups_are_sub_populations():
    table = invented(5, 120)
    d, row = table.to_pydict(), told(table, SPEC)["gini", "", "sex", "male"]
    inside = [sex == "male" for sex in d["sex"]]

    def gini(w):
        return poverty.gini(d["y"], [a * b for a, b in zip(w, inside, strict=True)])

    error = sampling.variance(influence(gini, d["w"]), d["w"], d["stratum"], d["psu"]) ** 0.5
    assert (row.value, row.error) == (pytest.approx(gini(d["w"])), pytest.approx(error, rel=1e-5))


def test_programmes_together_and_programmes_without_amounts():
    found = told(invented(6), SPEC)
    assert found["coverage", "all", "all", ""].value >= found["coverage", "VGF", "all", ""].value
    assert ("adequacy", "VGF", "all", "") not in found
    assert ("beneficiary_share", "food", "quintile", "1") in found
    assert found["coverage", "cash", "all", ""].value == found["coverage", "OAA", "all", ""].value


def test_few_observations_are_not_kept_nor_what_would_give_them_away():
    table = invented(7, 200)
    d = table.to_pydict()
    d["sex"] = ["hijra" if i in (1, 2) else sex or "male" for i, sex in enumerate(d["sex"])]
    d["b_OAA"], d["t_OAA"] = [True, True, *d["b_OAA"][2:]], [50.0, 50.0, *d["t_OAA"][2:]]
    d["b_OAA"][2], d["t_OAA"][2] = True, 50.0
    rows = [row for row in estimate(pa.table(d), SPEC).rows if row.dimension == "sex"]
    few = [row for row in rows if row.group == "hijra"]
    assert few
    assert {row.flag for row in few} <= {"few", "undefined"}
    assert all(row.value is None and row.error is None and row.low is None for row in few)
    shares = [row for row in rows if row.measure == "benefit_share" and row.programme == "OAA"]
    assert sorted(row.flag for row in shares if row.value is None) == ["few", "hidden"]
    assert sum(row.value is not None for row in shares) == 1


def test_a_single_stratum_with_a_single_cluster_has_no_interval():
    table = pa.table({"stratum": ["a"] * 30, "psu": [1] * 30, "w": [1.0] * 30, "y": [float(i) for i in range(30)]})
    row = told(table, Spec())["mean", "", "all", ""]
    assert (row.df, row.low, row.high) == (0, None, None)
    assert estimate(table, Spec()).design["lonely"] == 1


def test_everybody_equal_and_everybody_poor():
    table = pa.table({"stratum": ["a"] * 20, "psu": list(range(20)), "w": [2.0] * 20, "y": [5.0] * 20, "z": [9.0] * 20})
    found = told(table, Spec())
    assert found["gini", "", "all", ""].value == pytest.approx(0)
    assert (found["headcount", "", "all", ""].value, found["headcount", "", "all", ""].error) == (1, 0)
    assert found["median", "", "all", ""].design_effect is None


def test_the_same_table_gives_the_same_numbers_to_the_last_bit():
    table = invented(8).select(["stratum", "psu", "w", "y", "z"])
    assert estimate(table, Spec()) == estimate(table, Spec())
