"""Training a poverty score: against R on eusilc, against the plain formulas, and with survey files as they are."""

from __future__ import annotations

import csv
import gzip
import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from shohay.bulk import training, training_data, training_fit
from shohay.bulk import training_measures as measures
from shohay.bulk.training import Options, train
from shohay.core import model_card, poverty
from shohay.core.messages import Refusal, Text

SEED = 20261122
REGIONS = ("Carinthia", "Lower Austria", "Salzburg", "Styria", "Tyrol", "Upper Austria", "Vienna", "Vorarlberg")
NUMBERS = ("hsize", "nchild", "nelder", "head_age", "I(head_age^2)", "head_f", "head_foreign", "nworking")
Rows = dict[str, Any]


@pytest.fixture(scope="module")
def eusilc(shared_folder) -> Rows:
    """The 5,998 households with an income above zero, and what R computed of them."""
    folder = shared_folder / "standards" / "reference"
    if not (folder / "eusilc_pmt_households.csv.gz").exists():
        pytest.skip("needs eusilc_pmt_households.csv.gz from R's laeken beside the checkout")
    with gzip.open(folder / "eusilc_pmt_households.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    with (folder / "eusilc_reference.csv").open() as file:
        told = {row["key"]: float(row["value"]) for row in csv.DictReader(file)}
    found = {name: np.array([float(row[name]) for row in rows]) for name in ("w", "y", *NUMBERS) if "(" not in name}
    region = np.array([row["region"] for row in rows])
    columns = [found["head_age"] ** 2 if "(" in name else found[name] for name in NUMBERS]
    columns += [(region == name).astype(float) for name in REGIONS]
    return {**found, "id": np.array([int(row["db030"]) for row in rows]), "x": np.column_stack(columns), "told": told}


def names() -> list[str]:
    return ["(Intercept)", *NUMBERS, *(f"region{name}" for name in REGIONS)]


def test_least_squares_are_those_of_r(eusilc):
    """lm(log(y) ~ ...): 17 coefficients and their errors, R2, adjusted R2, sigma."""
    log, told = np.log(eusilc["y"]), eusilc["told"]
    fitted = training_fit.wls(eusilc["x"], log, np.ones(len(log)))
    assert len(log) == told["pmt_n"] == 5998
    for i, name in enumerate(names()):
        assert fitted.params[i] == pytest.approx(told[f"pmt_ols_{name}"], rel=1e-9), name
        assert fitted.plain_errors[i] == pytest.approx(told[f"pmt_ols_se_{name}"], rel=1e-9), name
    assert fitted.r2 == pytest.approx(told["pmt_ols_r2"], rel=1e-12)
    assert fitted.adjusted == pytest.approx(told["pmt_ols_adj_r2"], rel=1e-12)
    assert fitted.sigma == pytest.approx(told["pmt_ols_sigma"], rel=1e-12)


def test_weighted_least_squares_are_those_of_r(eusilc):
    log, told = np.log(eusilc["y"]), eusilc["told"]
    fitted = training_fit.wls(eusilc["x"], log, eusilc["w"])
    short = training_fit.solved(eusilc["x"], log, eusilc["w"])
    for i, name in enumerate(names()):
        assert fitted.params[i] == pytest.approx(told[f"pmt_wls_{name}"], rel=1e-9), name
        assert short[i] == pytest.approx(told[f"pmt_wls_{name}"], rel=1e-8), name
    assert fitted.r2 == pytest.approx(told["pmt_wls_r2"], rel=1e-12)


@pytest.fixture(scope="module")
def predicted(eusilc) -> Any:
    fitted = training_fit.wls(eusilc["x"], np.log(eusilc["y"]), np.ones(len(eusilc["y"])))
    return training_fit.with_constant(eusilc["x"]) @ fitted.params


def test_who_is_chosen_and_missed_is_as_in_r(eusilc, predicted):
    """The poorest fifth by prediction against the poorest fifth by income: 1,199 and 494 of them."""
    one, told = np.ones(len(eusilc["y"])), eusilc["told"]
    chosen = measures.poorest(predicted, eusilc["id"], one, 0.2)
    poor = measures.poorest(eusilc["y"], eusilc["id"], one, 0.2)
    assert (chosen.sum(), (chosen & poor).sum()) == (told["target_k"], told["target_tp"]) == (1199, 494)
    found = measures.errors(poor, chosen, one)
    assert found["exclusion"] == pytest.approx(told["exclusion_error_undercoverage"], abs=5e-9)
    assert found["inclusion"] == pytest.approx(told["inclusion_error_leakage"], abs=5e-9)
    plain = model_card.errors(poor.tolist(), chosen.tolist(), one.tolist())
    assert plain.exclusion == pytest.approx(told["exclusion_error_undercoverage"], rel=1e-12)
    assert plain.inclusion == pytest.approx(told["inclusion_error_leakage"], rel=1e-12)
    row = measures.curve(eusilc["y"], predicted, poor, eusilc["id"], one)[19]
    assert row["cgh"] == pytest.approx(told["cgh_index_at20"], abs=5e-9)
    assert row["missed"] == pytest.approx(told["exclusion_error_undercoverage"], abs=5e-9)
    assert model_card.cgh(poor.tolist(), chosen.tolist(), one.tolist(), 0.2) == pytest.approx(
        told["cgh_index_at20"], rel=1e-12
    )
    below = eusilc["y"] < 10_000  # households, each counted once
    assert measures.auc(predicted, below, one) == pytest.approx(told["pmt_auc"], rel=1e-12)
    assert model_card.auc(predicted.tolist(), below.tolist(), one.tolist()) == pytest.approx(told["pmt_auc"], rel=1e-12)


def test_a_fixed_line_and_a_transfer_are_as_in_r(eusilc, predicted):
    """Who is predicted below 10,000, people weighted; poverty before and after 1,000 for each of them."""
    people, told = eusilc["w"] * eusilc["hsize"], eusilc["told"]
    chosen, poor = np.round(predicted, 10) < np.log(10_000), eusilc["y"] < 10_000
    found = model_card.errors(poor.tolist(), chosen.tolist(), people.tolist())
    assert found.exclusion == pytest.approx(told["cutoff_undercoverage_persons"], rel=1e-12)
    assert found.inclusion == pytest.approx(told["cutoff_leakage_persons"], rel=1e-12)
    assert found.coverage == pytest.approx(told["cutoff_coverage_persons"], rel=1e-12)
    before = poverty.gap(eusilc["y"].tolist(), people.tolist(), 10_000)
    after = poverty.gap((eusilc["y"] + 1_000 * chosen).tolist(), people.tolist(), 10_000)
    assert before == pytest.approx(told["pre_fgt1_persons"], rel=1e-12)
    assert after == pytest.approx(told["post_fgt1_persons"], rel=1e-12)


@pytest.mark.parametrize("at", [0.2, 0.5])
def test_quantile_regression_reaches_the_least_loss(at):
    """Against the linear programme that it is, weights and all."""
    from scipy.optimize import linprog

    rng = np.random.default_rng(SEED)
    x, weights = rng.normal(size=(120, 2)), rng.uniform(1, 4, 120)
    y = 2 + x @ [0.5, -1.0] + rng.normal(size=120)
    full = training_fit.with_constant(x)
    costs = np.concatenate([np.zeros(3), at * weights, (1 - at) * weights])
    exact = linprog(
        costs, A_eq=np.hstack([full, np.eye(120), -np.eye(120)]), b_eq=y, bounds=[(None, None)] * 3 + [(0, None)] * 240
    )
    rest = y - full @ training_fit.quantile(x, y, weights, at).params
    assert (weights * np.where(rest > 0, at * rest, (at - 1) * rest)).sum() == pytest.approx(exact.fun, rel=1e-6)


def test_errors_robust_to_clusters_grow_where_clusters_resemble_each_other():
    """Against the sandwich written out: households of a cluster share a shock."""
    rng = np.random.default_rng(SEED)
    clusters = np.repeat(np.arange(60), 10)
    x = np.repeat(rng.normal(size=60), 10)[:, None]
    y = 1 + 0.5 * x[:, 0] + np.repeat(rng.normal(size=60), 10) + rng.normal(size=600) / 3
    weights = rng.uniform(1, 3, 600)
    fitted = training_fit.wls(x, y, weights, clusters)
    full = training_fit.with_constant(x)
    bread = np.linalg.inv(full.T @ (full * weights[:, None]))
    pull = full * (weights * (y - full @ fitted.params))[:, None]
    sums = np.array([pull[clusters == one].sum(axis=0) for one in range(60)])
    meat = bread @ (sums.T @ sums) @ bread * (60 / 59 * 599 / 598)
    assert fitted.errors == pytest.approx(np.sqrt(np.diag(meat)), rel=1e-9)
    assert fitted.errors[1] > 2 * fitted.plain_errors[1]


@pytest.mark.parametrize("seed", range(5))
def test_the_set_based_measures_are_the_plain_ones(seed):
    rng = np.random.default_rng(SEED + seed)
    size = 150
    ids = rng.permutation(size)
    welfare, guess = np.round(rng.lognormal(8, 0.5, size)), np.round(rng.normal(8, 0.4, size), 1)  # with many ties
    weights = rng.uniform(1, 9, size)
    poor = welfare < 2500
    for share in (0.01, 0.1, 0.37, 0.99):
        chosen = measures.poorest(guess, ids, weights, share)
        assert chosen.tolist() == model_card.poorest(guess.tolist(), ids.tolist(), weights.tolist(), share)
        plain = model_card.errors(poor.tolist(), chosen.tolist(), weights.tolist())
        assert list(measures.errors(poor, chosen, weights).values()) == pytest.approx(list(plain), abs=5e-9)
    plain_auc = model_card.auc(guess.tolist(), poor.tolist(), weights.tolist())
    assert measures.auc(guess, poor, weights) == pytest.approx(plain_auc, rel=1e-12)
    row = measures.curve(welfare, guess, poor, ids, weights)[29]
    chosen, poorest = (measures.poorest(of, ids, weights, 0.3).tolist() for of in (guess, welfare))
    assert row["exclusion"] == pytest.approx(
        model_card.errors(poor.tolist(), chosen, weights.tolist()).exclusion, abs=5e-9
    )
    assert row["cgh"] == pytest.approx(model_card.cgh(poorest, chosen, weights.tolist(), 0.3), abs=5e-9)


def test_nobody_poor_is_no_error_of_zero():
    one = np.ones(4)
    assert measures.errors(one < 0, one > 0, one)["exclusion"] is None
    assert measures.auc(one, one < 0, one) is None
    assert model_card.auc([1, 2], [False, False], [1, 1]) is None
    assert model_card.errors([True], [False], [1]).inclusion is None


# ------------------------------------------------------------------------------------------------------ a whole one


def made_up(rows: int = 900, noise: float = 0.3, **changed: Any) -> pa.Table:
    """Households whose consumption follows size, walls and fans, in clusters of ten; ``luck`` has nothing to do with it."""
    rng = np.random.default_rng(SEED)
    psu = np.arange(rows) // 10
    area = np.array(["rural", "urban", "city"])[psu % 3]
    size = rng.integers(1, 9, rows)
    walls = rng.choice(["brick", "tin", "mud"], rows, p=[0.3, 0.5, 0.2])
    fans = rng.integers(0, 4, rows)
    shock = np.repeat(rng.normal(0, 0.1, rows // 10 + 1), 10)[:rows]
    log = 8 - 0.1 * size + 0.4 * (walls == "brick") - 0.2 * (walls == "mud") + 0.15 * fans + 0.3 * (area == "city")
    columns: dict[str, Any] = {
        "household_id": np.arange(1, rows + 1), "weight": rng.uniform(50, 150, rows),
        "stratum": np.where(psu % 2, "a", "b"), "psu": psu.astype(str),
        "welfare": np.exp(log + shock * bool(noise) + rng.normal(0, 1, rows) * noise),
        "line": np.full(rows, 2200.0), "household_size": size, "area_type": area, "walls": walls, "fans": fans,
        "rooms": rng.integers(1, 5, rows), "has_television": rng.uniform(size=rows) < 0.5,
        "head_sex": rng.choice(["male", "female"], rows, p=[0.85, 0.15]),
        "division_code": np.array(["30", "55"])[psu // 15 % 2], "disabled_members": (rng.uniform(size=rows) < 0.1) * 1,
    }  # fmt: skip
    return pa.table({name: pa.array(changed.get(name, column)) for name, column in columns.items()})


def options(**changed: Any) -> Options:
    given: dict[str, Any] = {
        "code": "pmt_test", "title": Text("পরীক্ষার সূত্র", "Test formula"), "source": "invented for a test",
        "candidates": ("household_size", "walls", "fans"), "squares": (), "seed": 7, "compare": (),
    }  # fmt: skip
    return Options(**{**given, **changed})


WHOLE = options(compare=("quantile", "boosting"), smear=True, folds=3)


@pytest.fixture(scope="module")
def whole() -> training.Trained:
    return train(made_up(), WHOLE)


def test_without_noise_the_truth_comes_back():
    found = train(made_up(noise=0.0), options())
    for one, intercept in zip(found.formula.models, (7.6, 7.6, 7.9), strict=True):
        told = {term.value.text: term.coefficient for term in one.terms}
        # the commonest walls, tin, are what the others are compared with
        assert told == pytest.approx(
            {"household_size": -0.1, "walls = 'brick'": 0.4, "walls = 'mud'": -0.2, "fans": 0.15}, abs=1e-8
        )
        assert one.intercept == pytest.approx(intercept + 0.4, abs=1e-8)
    assert found.card["fit"]["r2_out"] == pytest.approx(1, abs=1e-9)


def test_the_same_data_and_seed_give_the_same_bytes(whole):
    again = train(made_up(), WHOLE)
    assert again.text == whole.text
    assert json.dumps(again.card, sort_keys=True) == json.dumps(whole.card, sort_keys=True)
    shuffled = made_up().take(pa.array(np.random.default_rng(1).permutation(900)))
    assert train(shuffled, options()).text == train(made_up(), options()).text


def test_the_card_is_whole(whole):
    card = whole.card
    model_card.check(card, whole.formula.sha256)
    assert [model["name"] for model in card["models"]] == ["rural", "urban", "city"]
    assert sum(model["rows"] for model in card["models"]) == card["fit"]["rows"] == 900
    assert all(row["error"] > 0 and 0 <= row["p"] <= 1 for model in card["models"] for row in model["coefficients"])
    assert [row["method"] for row in card["compared"]] == ["wls", "quantile", "boosting"]
    assert 0.3 < card["fit"]["r2_out"] < card["fit"]["r2_in"] < 0.9
    assert [row["share"] for row in card["curve"]] == list(range(1, 100))
    scores = [row["score"] for row in card["curve"]]
    assert scores == sorted(scores)
    missed = [row["exclusion"] for row in card["curve"] if row["exclusion"] is not None]
    assert missed == sorted(missed, reverse=True)
    assert set(card["made_with"]["packages"]) >= {"statsmodels", "scikit-learn", "numpy"}
    assert card["made_with"]["seed"] == 7
    assert "%" in model_card.news(card).en


def test_errors_are_told_by_group_with_their_design(whole):
    at = {(row["cut"], row["by"], row["group"], row["measure"]): row for row in whole.card["at"]}
    assert {key[1] for key in at} == {"all", "head_sex", "division", "area_type", "disability"}
    overall = at["share", "all", "", "exclusion"]
    assert overall["low"] < overall["value"] < overall["high"]
    assert overall["error"] > 0
    assert overall["value"] == pytest.approx(whole.card["curve"][19]["exclusion"], abs=1e-7)
    assert at["share", "head_sex", "female", "exclusion"]["households"] < overall["households"]
    assert at["line", "all", "", "coverage"]["value"] > 0


def test_what_the_formula_says_is_what_was_fitted(whole):
    """The document, run as SQL, gives the predictions that the card speaks of; scores follow them."""
    data, _ = training_data.prepare(made_up(), ["household_size", "walls", "fans", "area_type"])
    log, scores = training_data.scored(whole.formula, data.table)
    assert np.all(np.diff(scores[np.argsort(log)]) >= 0)
    assert (scores.min(), scores.max()) == (0, 1000)
    below = data.people[scores < whole.formula.poor_below].sum() / data.people.sum()
    assert below == pytest.approx(0.2, abs=0.02)
    weights = data.column("weight")
    mean, told = (np.average(of, weights=weights) for of in (data.column("welfare"), np.exp(log)))
    assert told == pytest.approx(mean, rel=0.02)  # smearing brings the mean of taka back


def test_a_fold_never_shares_a_cluster():
    clusters = np.repeat(np.arange(33), 7)
    found = training_fit.folds(clusters, 5, seed=3)
    assert [len(set(found[clusters == one])) for one in range(33)] == [1] * 33
    assert sorted(np.bincount([found[clusters == one][0] for one in range(33)])) == [6, 6, 7, 7, 7]
    assert found.tolist() != training_fit.folds(clusters, 5, seed=4).tolist()


def test_stepwise_takes_what_matters_and_leaves_the_rest():
    found = train(made_up(), options(
        candidates=("household_size", "walls", "fans", "has_television"), choose="stepwise", areas="one"
    ))  # fmt: skip
    assert {name for one in found.formula.models for name in one.facts} == {"household_size", "walls", "fans"}
    assert found.card["models"][0]["left_out"] == ["has_television"]


def test_towns_together_or_one_model_for_all():
    two = train(made_up(), options(areas="two")).formula
    assert [one.name for one in two.models] == ["rural", "town"]
    one = train(made_up(), options(areas="one", method="quantile", quantile=0.3))
    assert one.formula.models[0].when is None
    assert {row["error"] for row in one.card["models"][0]["coefficients"]} == {None}


# ------------------------------------------------------------------------------------------------------- bad input


def spoiled(name: str, value: Any, places: range) -> dict[str, Any]:
    column = made_up()[name].to_pylist()
    for place in places:
        column[place] = value
    return {name: column}


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("weight", None, "no_weight"), ("weight", 0.0, "no_weight"), ("weight", -3.0, "no_weight"),
        ("weight", float("nan"), "no_weight"), ("welfare", None, "no_welfare"),
        ("welfare", 0.0, "welfare_not_positive"), ("welfare", -120.0, "welfare_not_positive"),
        ("psu", None, "no_design"), ("stratum", None, "no_design"), ("household_size", 0, "nobody"),
        ("fans", None, "fact_missing"),
    ],
)  # fmt: skip
def test_rows_that_cannot_be_used_are_counted(column, value, reason):
    found, _ = training_data.prepare(
        made_up(**spoiled(column, value, range(5, 12))), ["household_size", "walls", "fans"]
    )
    assert found.found[reason] == 7
    assert found.found["used"] == found.table.num_rows == 893
    assert found.found["rows"] == 900


def test_a_row_is_counted_once():
    rows = spoiled("weight", None, range(5, 12)) | spoiled("welfare", -1.0, range(10, 14))
    found = training_data.prepare(made_up(**rows), ["fans"])[0].found
    assert (found["no_weight"], found["welfare_not_positive"], found["used"]) == (7, 2, 891)


def test_a_fact_that_many_lack_is_left_out():
    table = made_up(**spoiled("fans", None, range(200)))
    found = train(table, options())
    assert found.card["data"]["left_out"] == {"fans": round(200 / 900, 4)}
    assert "fans" not in found.formula.facts
    assert found.card["data"]["used"] == 900


def test_strata_with_one_cluster_are_told_and_have_errors():
    table = made_up(stratum=["alone" if place < 10 else "rest" for place in range(900)])
    found = train(table, options(areas="one"))
    assert (found.card["data"]["strata"], found.card["data"]["lonely"]) == (2, 1)
    assert all(row["error"] is not None for row in found.card["at"] if row["by"] == "all")


def test_a_column_that_repeats_another_is_left_out():
    table = made_up()
    table = table.append_column("mobile_phones", table["fans"]).append_column("has_vehicle", pa.array([True] * 900))
    found = train(table, options(candidates=("household_size", "fans", "mobile_phones", "has_vehicle"), areas="one"))
    assert found.card["models"][0]["left_out"] == ["mobile_phones", "has_vehicle"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"candidates": ()}, "training_facts"), ({"candidates": ("age",)}, "training_facts"),
        ({"candidates": ("pmt_score",)}, "training_facts"), ({"candidates": ("wealth",)}, "training_facts"),
        ({"candidates": ("fans", "fans")}, "training_facts"), ({"candidates": ("head_age",)}, "training_columns"),
        ({"folds": 1}, "training_options"), ({"share": 0}, "training_options"), ({"areas": "three"}, "training_options"),
        ({"method": "boosting"}, "training_options"), ({"candidates": ("area_type",), "areas": "each"}, "training_facts"),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_is_refused(given, code):
    with pytest.raises(Refusal) as found:
        train(made_up(), options(**given))
    assert found.value.code == code


def test_too_few_households_or_clusters():
    with pytest.raises(Refusal) as found:
        train(made_up(rows=240), options())
    assert found.value.code == "training_few"
    with pytest.raises(Refusal) as found:
        train(made_up(psu=["one"] * 900), options(areas="one"))
    assert found.value.params["clusters"] == 2  # one in each stratum


def test_a_card_of_another_formula_is_refused(whole):
    for card, why in (({**whole.card, "format": 2}, "format 2"), ({"format": 1}, "formula_sha256")):
        with pytest.raises(Refusal) as found:
            model_card.check(card, whole.formula.sha256)
        assert why in str(found.value.params["why"])
    with pytest.raises(Refusal):
        model_card.check(whole.card, "0" * 64)
