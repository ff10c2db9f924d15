"""Fitting the logarithm of consumption: weighted least squares, quantile regression, boosted trees; folds; choosing.

Folds are of clusters: households of one cluster resemble each other, and a fold that shared clusters with what was
learned would flatter the score. Everything follows from the seed and the order of the rows.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
WLS, QUANTILE, BOOSTING = METHODS = ("wls", "quantile", "boosting")
STEPS = 250  # of quantile regression
TREES, LEAF, DEPTH, RATE = 120, 40, 4, 0.08  # a modest forest: it is there to compare with, not to be used


class Fitted(NamedTuple):
    """``params`` begins with the intercept. ``errors`` and ``p``: from clusters; None where the method tells none."""

    params: Column
    errors: Column | None
    plain_errors: Column | None  # as if households were drawn one by one
    p: Column | None
    r2: float
    adjusted: float
    sigma: float


def with_constant(matrix: Column) -> Column:
    return np.column_stack([np.ones(len(matrix)), matrix])


def wls(matrix: Column, y: Column, weights: Column, clusters: Column | None = None) -> Fitted:
    """Weighted least squares; errors robust to clusters (statsmodels)."""
    from statsmodels.regression.linear_model import WLS as Model

    model = Model(y, with_constant(matrix), weights=weights)
    plain = model.fit()
    robust = plain if clusters is None else model.fit(cov_type="cluster", cov_kwds={"groups": clusters})
    return Fitted(
        np.asarray(plain.params), np.asarray(robust.bse), np.asarray(plain.bse), np.asarray(robust.pvalues),
        float(plain.rsquared), float(plain.rsquared_adj), float(np.sqrt(plain.scale)),
    )  # fmt: skip


def quantile(matrix: Column, y: Column, weights: Column, at: float) -> Fitted:
    """Quantile regression with weights: the loss is homogeneous, so each row is multiplied by its weight.

    The iterations may circle around a least loss that is flat: they end at STEPS, a millionth of it away.
    """
    from statsmodels.regression.quantile_regression import QuantReg
    from statsmodels.tools.sm_exceptions import IterationLimitWarning

    scaled = weights / weights.mean()
    full = with_constant(matrix)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", IterationLimitWarning)
        found = QuantReg(y * scaled, full * scaled[:, None]).fit(q=at, max_iter=STEPS, p_tol=1e-5)
    params = np.asarray(found.params)
    r2 = r_squared(y, full @ params, weights)
    return Fitted(params, None, None, None, r2, r2, rmse(y, full @ params, weights))


def boosted(matrix: Column, y: Column, weights: Column, seed: int) -> Callable[[Column], Column]:
    """Gradient boosted trees; gives the function that predicts."""
    from sklearn.ensemble import HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits

    model = HistGradientBoostingRegressor(
        max_iter=TREES, min_samples_leaf=LEAF, max_depth=DEPTH, learning_rate=RATE, early_stopping=False,
        random_state=seed,
    )  # fmt: skip
    with threadpool_limits(1):  # sums in one order; and on a busy machine waiting threads cost more than they bring
        model.fit(matrix, y, sample_weight=weights)
    return lambda rows: np.asarray(model.predict(rows))


def solved(matrix: Column, y: Column, weights: Column) -> Column:
    """The same parameters as ``wls``, without the errors: for folds."""
    root = np.sqrt(weights)
    full = with_constant(matrix) * root[:, None]
    return np.asarray(np.linalg.lstsq(full, y * root, rcond=None)[0])


def r_squared(y: Column, predicted: Column, weights: Column) -> float:
    """The share of the weighted variance that the prediction takes away."""
    middle = np.average(y, weights=weights)
    return float(1 - (weights * (y - predicted) ** 2).sum() / (weights * (y - middle) ** 2).sum())


def rmse(y: Column, predicted: Column, weights: Column) -> float:
    """Root of the weighted mean squared error, in logarithms."""
    return float(np.sqrt(np.average((y - predicted) ** 2, weights=weights)))


def smearing(y: Column, predicted: Column, weights: Column) -> float:
    """Duan's factor: what the mean of taka is more than the exponential of the mean logarithm."""
    return float(np.average(np.exp(y - predicted), weights=weights))


def folds(clusters: Column, number: int, seed: int) -> Column:
    """The fold of each row: clusters shuffled by the seed and dealt out like cards."""
    names = np.unique(clusters)
    dealt = np.empty(len(names), int)
    dealt[np.random.Generator(np.random.PCG64(seed)).permutation(len(names))] = np.arange(len(names)) % number
    return np.asarray(dealt[np.searchsorted(names, clusters)])


def stepwise(
    matrix: Column, groups: Sequence[str], y: Column, weights: Column, progress: Callable[[int], None] | None = None
) -> list[str]:
    """Facts in the order in which they were taken: each time the one that lowers BIC most, until none does.

    ``groups`` names the fact of each column: categories enter together. Works on the cross products alone, so the
    number of households costs nothing at each step.
    """
    scaled = weights / weights.mean()
    full = with_constant(matrix)
    cross, with_y = full.T @ (full * scaled[:, None]), full.T @ (y * scaled)
    total, rows = float((scaled * y * y).sum()), len(y)

    def bic(columns: Sequence[int]) -> float:
        at = np.asarray(columns)
        params = np.linalg.lstsq(cross[np.ix_(at, at)], with_y[at], rcond=None)[0]
        return float(rows * np.log(max(total - params @ with_y[at], 1e-12) / rows) + len(at) * np.log(rows))

    places = {name: [i + 1 for i, of in enumerate(groups) if of == name] for name in dict.fromkeys(groups)}
    taken: list[str] = []
    columns, best = [0], bic([0])
    while len(taken) < len(places):
        tried = {name: bic([*columns, *of]) for name, of in places.items() if name not in taken}
        name = min(tried, key=lambda one: (round(tried[one], 6), one))
        if tried[name] >= best - 1e-6:
            break
        taken.append(name)
        columns, best = [*columns, *places[name]], tried[name]
        if progress:
            progress(len(taken))
    return taken
