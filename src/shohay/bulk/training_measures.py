"""How well a score finds the poor: the set-based twin of core.model_card, and errors by group with their design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shohay.bulk import poverty
from shohay.bulk.engine import Engine
from shohay.core.model_card import DIGITS, NEAR

Column = NDArray[Any]
SHOWN = {"coverage": "coverage", "under_coverage": "exclusion", "leakage": "inclusion"}


def ranked(values: Column, ids: Column) -> Column:
    """Places from the poorest: by values rounded to DIGITS decimals, ties by the number of the household."""
    return np.lexsort((ids, np.round(values, DIGITS)))


def poorest(values: Column, ids: Column, weights: Column, share: float) -> Column:
    """Who is among the poorest ``share`` of people: whole households, from the poorest on."""
    order = ranked(values, ids)
    reached = np.cumsum(weights[order])
    chosen = np.zeros(len(ids), bool)
    chosen[order] = reached <= (share + NEAR) * reached[-1]
    return chosen


def auc(predicted: Column, poor: Column, weights: Column) -> float | None:
    """How often a poor household has the lower prediction; ties count half."""
    values, at = np.unique(np.round(predicted, DIGITS), return_inverse=True)
    needy = np.bincount(at, weights * poor, len(values))
    others = np.bincount(at, weights * ~poor, len(values))
    if not needy.sum() or not others.sum():
        return None
    before = np.cumsum(needy) - needy
    return float((others * (before + needy / 2)).sum() / (needy.sum() * others.sum()))


def errors(poor: Column, chosen: Column, weights: Column) -> dict[str, float | None]:
    """exclusion, inclusion, coverage; None where there is nobody to divide by."""
    needy, taken = weights[poor].sum(), weights[chosen].sum()
    both, whole = weights[poor & chosen].sum(), weights.sum()
    return {
        "exclusion": rounded(1 - both / needy) if needy else None,
        "inclusion": rounded(1 - both / taken) if taken else None,
        "coverage": rounded(taken / whole) if whole else None,
    }


def scores_at(predicted: Column, ids: Column, weights: Column, scores: Column, shares: Sequence[float]) -> list[int]:
    """The score under which at most that share of people lie, for each share."""
    order = ranked(predicted, ids)
    reached = np.cumsum(weights[order])
    first = [int(np.searchsorted(reached, (share + NEAR) * reached[-1], side="right")) for share in shares]
    return [int(scores[order[min(place, len(ids) - 1)]]) for place in first]


def curve(welfare: Column, predicted: Column, poor: Column, ids: Column, weights: Column) -> list[dict[str, Any]]:
    """For cut-offs of 1 to 99 percent of people, by prediction: errors against the line, and against the poorest as
    many by welfare (``missed``: exclusion and inclusion are then the same but for the last household), CGH."""
    by_guess, by_truth = ranked(predicted, ids), ranked(welfare, ids)
    reached, true_reached = np.cumsum(weights[by_guess]), np.cumsum(weights[by_truth])
    place = np.empty(len(ids), int)
    place[by_truth] = np.arange(len(ids))
    needy = np.cumsum(np.where(poor, weights, 0.0)[by_guess])
    found = []
    for share in range(1, 100):
        limit = (share / 100 + NEAR) * reached[-1]
        taken = int(np.searchsorted(reached, limit, side="right"))
        count = int(np.searchsorted(true_reached, limit, side="right"))
        row: dict[str, Any] = {"share": share, "exclusion": None, "inclusion": None, "missed": None, "cgh": None}
        if taken and count:
            chosen = by_guess[:taken]
            both = float(weights[chosen[place[chosen] < count]].sum())
            people = float(reached[taken - 1])
            row["missed"] = rounded(1 - both / float(true_reached[count - 1]))
            row["cgh"] = rounded(both / people / (share / 100))
            row["inclusion"] = rounded(1 - needy[taken - 1] / people)
            row["exclusion"] = rounded(1 - needy[taken - 1] / needy[-1]) if needy[-1] else None
        found.append(row)
    return found


def by_group(
    table: Mapping[str, Column], chosen: Mapping[str, Column], dimensions: Sequence[str], engine: Engine | None = None
) -> list[dict[str, Any]]:
    """Coverage, exclusion and inclusion of each cut-off, of everybody and by group, with errors from the design.

    ``table``: stratum, psu, w (people), y, z and the dimensions as texts. The measures are those of bulk.poverty.
    """
    codes = tuple(chosen)
    columns = {**table, **{f"b_{code}": mask for code, mask in chosen.items()}}
    made = poverty.estimate(
        pa.table({name: pa.array(column) for name, column in columns.items()}),
        poverty.Spec(dimensions=tuple(dimensions), programmes=codes), engine=engine,
    )  # fmt: skip
    shown = [
        e for e in made.rows if e.measure in SHOWN and e.programme in codes and e.dimension in ("all", *dimensions)
    ]
    order = {name: place for place, name in enumerate(("all", *dimensions))}
    return [
        {"cut": e.programme, "by": e.dimension, "group": e.group, "measure": SHOWN[e.measure],
         "value": rounded(e.value), "error": rounded(e.error), "low": rounded(e.low), "high": rounded(e.high),
         "households": e.observations, "flag": e.flag}
        for e in sorted(shown, key=lambda e: (e.programme, order[e.dimension], e.group, list(SHOWN).index(e.measure)))
    ]  # fmt: skip


def falling(shares: Column, weights: Column) -> Column:
    """The nearest shares that never rise (pool adjacent violators)."""
    blocks: list[list[float]] = []  # value, weight, length
    for share, weight in zip(shares.tolist(), weights.tolist(), strict=True):
        blocks.append([share, weight, 1])
        while len(blocks) > 1 and blocks[-1][0] > blocks[-2][0]:
            value, heavy, length = blocks.pop()
            last = blocks[-1]
            last[0] = (last[0] * last[1] + value * heavy) / (last[1] + heavy)
            last[1] += heavy
            last[2] += length
    return np.array([value for value, _, length in blocks for _ in range(int(length))])


def rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 8)
