"""The model card of a formula that was just trained (the document of core.model_card)."""

from __future__ import annotations

import math
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shohay.bulk import training_fit
from shohay.bulk import training_measures as measures
from shohay.bulk.training_data import Data, scored
from shohay.core.model_card import DIGITS, FORMAT

if TYPE_CHECKING:
    from shohay.bulk.pmt import Formula
    from shohay.bulk.training import Options, Part

Column = NDArray[Any]
PACKAGES = ("statsmodels", "scikit-learn", "numpy", "scipy", "duckdb", "pyarrow")
BOUNDS = {"head_sex": "head_sex", "division_code": "division", "area_type": "area_type"}  # facts -> breakdowns
DISABLED = "disabled_members"


def make(data: Data, options: Options, parts: list[Part], formula: Formula, lines: Column) -> dict[str, Any]:
    """The whole card; figures have eight decimals, predictions are rounded before they rank."""
    log, scores = scored(formula, data.table)
    ids, people = data.column("household_id"), data.people
    welfare = data.column("welfare").astype(float)
    poor, smeared = welfare < lines, _smeared(data, parts)
    unseen = {method: _together(data, parts, method) for method in parts[0].unseen}
    own = unseen[options.method]
    curve = measures.curve(welfare, own, poor, ids, people)
    shares = [row["share"] / 100 for row in curve]
    for row, score in zip(curve, measures.scores_at(log, ids, people, scores, shares), strict=True):
        row["score"] = score
    chosen = {
        "share": measures.poorest(own, ids, people, options.share),
        "line": np.round(own + smeared, DIGITS) < np.round(np.log(lines), DIGITS),
    }
    y, weights = np.log(welfare), data.column("weight").astype(float)
    return {
        "format": FORMAT, "formula_sha256": formula.sha256, "title": options.title._asdict(),
        "synthetic": options.synthetic, "data": {"sha256": data.sha256, **data.found},
        "options": {
            "candidates": list(options.candidates), "squares": list(options.squares), "choose": options.choose,
            "areas": options.areas, "share": options.share, "smear": options.smear,
        },
        "made_with": {
            "method": options.method, "quantile": options.quantile if options.method == "quantile" else None,
            "seed": options.seed, "folds": options.folds, "packages": {name: version(name) for name in PACKAGES},
        },
        "models": [_model(data, part) for part in parts],
        "fit": {
            "rows": len(y), "poor": measures.rounded(float(people[poor].sum() / people.sum())),
            "r2_in": _r2(y, log - smeared, weights), "r2_out": _r2(y, own, weights),
            "rmse_in": _rmse(y, log - smeared, weights), "rmse_out": _rmse(y, own, weights),
            "auc_in": measures.rounded(measures.auc(log, poor, people)),
            "auc_out": measures.rounded(measures.auc(own, poor, people)),
        },
        "compared": [
            _compared(method, found, options, welfare, poor, ids, people, weights) for method, found in unseen.items()
        ],
        "curve": curve, "at": measures.by_group(*_groups(data, lines, chosen)),
    }  # fmt: skip


def _together(data: Data, parts: list[Part], method: str) -> Column:
    """What the folds predicted for every household, whichever sub-model it is in."""
    found = np.zeros(data.table.num_rows)
    for part in parts:
        found[part.rows] = np.round(part.unseen[method], DIGITS)
    return found


def _smeared(data: Data, parts: list[Part]) -> Column:
    found = np.zeros(data.table.num_rows)
    for part in parts:
        found[part.rows] = math.log(part.smearing)
    return found


def _r2(y: Column, predicted: Column, weights: Column) -> float:
    return round(training_fit.r_squared(y, predicted, weights), 8)


def _rmse(y: Column, predicted: Column, weights: Column) -> float:
    return round(training_fit.rmse(y, predicted, weights), 8)


def _model(data: Data, part: Part) -> dict[str, Any]:
    """A sub-model: how it fits and each coefficient with its error."""
    own = data.take(np.isin(np.arange(data.table.num_rows), part.rows))
    y, weights = np.log(own.column("welfare")), own.column("weight").astype(float)
    names = [("1", {"bn": "ধ্রুবক", "en": "Constant"}), *((term.value, term.text._asdict()) for term in part.terms)]
    unseen = next(iter(part.unseen.values()))
    return {
        "name": part.name, "when": part.when, "rows": len(y), "clusters": len(np.unique(own.clusters)),
        "r2": round(part.fitted.r2, 8), "adjusted": round(part.fitted.adjusted, 8),
        "sigma": round(part.fitted.sigma, 8), "rmse_in": _rmse(y, part.predicted, weights),
        "r2_out": _r2(y, unseen, weights), "rmse_out": _rmse(y, unseen, weights), "smearing": part.smearing,
        "left_out": part.left_out,
        "coefficients": [
            {"value": value, "text": text, "coefficient": float(part.fitted.params[i]),
             "error": _at(part.fitted.errors, i), "p": _at(part.fitted.p, i)}
            for i, (value, text) in enumerate(names)
        ],
    }  # fmt: skip


def _at(values: Column | None, place: int) -> float | None:
    return None if values is None or not np.isfinite(values[place]) else float(f"{values[place]:.6g}")


def _compared(
    method: str, predicted: Column, options: Options, welfare: Column, poor: Column, ids: Column, people: Column,
    weights: Column,
) -> dict[str, Any]:  # fmt: skip
    """One method, out of fold: fit, errors at the chosen cut-off, AUC."""
    chosen = measures.poorest(predicted, ids, people, options.share)
    y = np.log(welfare)
    return {
        "method": method, "r2": _r2(y, predicted, weights), "rmse": _rmse(y, predicted, weights),
        "auc": measures.rounded(measures.auc(predicted, poor, people)), **measures.errors(poor, chosen, people),
    }  # fmt: skip


def _groups(
    data: Data, lines: Column, chosen: dict[str, Column]
) -> tuple[dict[str, Column], dict[str, Column], list[str]]:
    """What measures.by_group takes: the breakdowns that the table has, as texts."""
    columns = data.table.column_names
    table: dict[str, Column] = {
        "stratum": data.column("stratum"), "psu": data.column("psu"), "w": data.people,
        "y": data.column("welfare").astype(float), "z": lines,
    }  # fmt: skip
    dimensions = []
    for fact, name in BOUNDS.items():
        if fact in columns:
            table[name] = data.column(fact)
            dimensions.append(name)
    if DISABLED in columns:
        members = np.asarray(data.table[DISABLED].cast("float64").to_numpy(zero_copy_only=False), float)
        told = np.where(members > 0, "yes", "no").astype(object)
        told[np.isnan(members)] = None
        table["disability"] = told
        dimensions.append("disability")
    return table, chosen, dimensions
