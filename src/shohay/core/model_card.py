"""The model card of a poverty score: how well it finds the poor, in figures and in words.

A card is a JSON document made with a trained formula (bulk.training), never changed afterwards:

- ``format`` 1, ``formula_sha256``, ``title``, ``synthetic``, ``made_with`` (seed, folds, method, packages ...),
  ``data`` (hash, rows, what was left out and why, strata, clusters), ``options``;
- ``models``: for each sub-model rows, clusters, R2, sigma, errors and every coefficient with its error and p;
- ``fit``: of all rows together, in the sample and out of fold; ``compared``: other methods on the same folds;
- ``curve``: for cut-offs of 1 to 99 percent of people: score, errors of exclusion and inclusion, CGH;
- ``at``: the errors at the chosen cut-off and at the poverty line, of everybody and by group, with design errors.

The formulas below are the plain ones; bulk.training_measures computes the same for a nation and is tested by them.
All predictions are rounded to DIGITS decimals before they rank anybody, and ties go by the number of the household:
equal covariates otherwise give predictions that differ in the sixteenth digit, and with them who is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from shohay.core.document import figure
from shohay.core.messages import Refusal, Text

FORMAT = 1
DIGITS = 10
NEAR = 1e-12  # of all people: sums of weights that should be equal
KEYS = ("format", "formula_sha256", "title", "synthetic", "made_with", "data", "options", "models", "fit", "compared",
        "curve", "at")  # fmt: skip


class Errors(NamedTuple):
    """``exclusion``: of the poor, who are not chosen; ``inclusion``: of the chosen, who are not poor; ``coverage``:
    of everybody, who are chosen. None where there is nobody to divide by."""

    exclusion: float | None
    inclusion: float | None
    coverage: float | None


def order(predicted: Sequence[float], ids: Sequence[int]) -> list[int]:
    """The places of the households from the poorest by prediction; ties by the number of the household."""
    return sorted(range(len(ids)), key=lambda i: (round(predicted[i], DIGITS), ids[i]))


def poorest(values: Sequence[float], ids: Sequence[int], weights: Sequence[float], share: float) -> list[bool]:
    """Who is among the poorest ``share`` of people: from the poorest on, as long as all of the household fit."""
    chosen, reached = [False] * len(ids), 0.0
    limit = (share + NEAR) * sum(weights)
    for i in order(values, ids):
        reached += weights[i]
        if reached > limit:
            break
        chosen[i] = True
    return chosen


def errors(poor: Sequence[bool], chosen: Sequence[bool], weights: Sequence[float]) -> Errors:
    """Errors of exclusion and inclusion, people weighted."""
    rows = list(zip(poor, chosen, weights, strict=True))
    whole, needy = sum(weights), sum(w for p, _, w in rows if p)
    taken, both = sum(w for _, c, w in rows if c), sum(w for p, c, w in rows if p and c)
    return Errors(
        1 - both / needy if needy else None, 1 - both / taken if taken else None, taken / whole if whole else None
    )


def cgh(poor: Sequence[bool], chosen: Sequence[bool], weights: Sequence[float], share: float) -> float | None:
    """Coady-Grosh-Hoddinott: the part of the benefits that the poorest ``share`` get, over their share; 1 = by lot."""
    taken = sum(w for c, w in zip(chosen, weights, strict=True) if c)
    both = sum(w for p, c, w in zip(poor, chosen, weights, strict=True) if p and c)
    return both / taken / share if taken else None


def auc(predicted: Sequence[float], poor: Sequence[bool], weights: Sequence[float]) -> float | None:
    """How often a poor household has the lower prediction of a poor one and another; a tie counts half."""
    rows = sorted((round(p, DIGITS), is_poor, w) for p, is_poor, w in zip(predicted, poor, weights, strict=True))
    needy, others = sum(w for _, p, w in rows if p), sum(w for _, p, w in rows if not p)
    if not needy or not others:
        return None
    below, won, at = 0.0, 0.0, 0
    while at < len(rows):
        end = at
        while end < len(rows) and rows[end][0] == rows[at][0]:
            end += 1
        tied = sum(w for _, p, w in rows[at:end] if p)
        rich = sum(w for _, p, w in rows[at:end] if not p)
        won += rich * (below + tied / 2)
        below, at = below + tied, end
    return won / (needy * others)


# ------------------------------------------------------------------------------------------------------ the document


def check(card: Mapping[str, Any], formula_sha256: str) -> None:
    """Refuse a card that is not whole or speaks of another formula: Refusal('card_wrong')."""
    missing = [key for key in KEYS if key not in card]
    if missing:
        raise Refusal("card_wrong", why=", ".join(missing))
    if card["format"] != FORMAT:
        raise Refusal("card_wrong", why=f"format {card['format']}")
    if card["formula_sha256"] != formula_sha256:
        raise Refusal("card_wrong", why=f"{str(card['formula_sha256'])[:12]} ≠ {formula_sha256[:12]}")


def at_share(card: Mapping[str, Any], share: float) -> dict[str, Any]:
    """The line of the curve at a cut-off of that share of people."""
    wanted = round(100 * share)
    return next((dict(row) for row in card["curve"] if row["share"] == wanted), {})


def news(card: Mapping[str, Any]) -> Text:
    """What the card says, in two sentences."""
    share = round(100 * float(card["options"]["share"]))
    row = at_share(card, share / 100)
    missed, wrong, fit = row.get("exclusion"), row.get("inclusion"), card["fit"].get("r2_out")
    if missed is None or wrong is None or fit is None:
        return Text("এই জরিপে কেউ দারিদ্র্যসীমার নিচে নেই, তাই ভুল মাপা যায়নি।",
                    "Nobody in this survey lives below the line, so no error could be measured.")  # fmt: skip

    told = (share / 100, float(missed), float(wrong), float(fit))
    bn, en = ([figure(round(100 * value, 1), language) for value in told] for language in ("bn", "en"))
    return Text(
        f"সবচেয়ে কম স্কোরের {bn[0]}% মানুষকে নিলে দরিদ্রদের {bn[1]}% বাদ পড়েন, আর যাঁরা আসেন তাঁদের {bn[2]}% দরিদ্র নন। "
        f"যে পরিবারগুলো থেকে সূত্র শেখেনি, তাদের ভোগব্যয়ের পার্থক্যের {bn[3]}% সূত্রটি ব্যাখ্যা করে।",
        f"Taking the {en[0]}% of people with the lowest scores leaves out {en[1]}% of the poor, and {en[2]}% of those "
        f"taken are not poor. Of households it did not learn from, the formula explains {en[3]}% of the differences "
        "in consumption.",
    )
