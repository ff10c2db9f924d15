"""Training a poverty score from a household survey: from a table of facts and welfare to a formula and its card.

``train`` fits the logarithm of consumption in each sub-model (villages, towns, city corporations), tries the formula
on clusters that it did not learn from, and writes two documents: the formula (bulk.pmt, kind linear) and the model
card (core.model_card). The same table and options give the same bytes: seeds are recorded, coefficients have TELLING
significant digits, and predictions are rounded before they rank anybody.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import yaml
from numpy.typing import NDArray

from shohay.bulk import training_card, training_data, training_fit
from shohay.bulk import training_measures as measures
from shohay.bulk.pmt import MONTHS, Formula
from shohay.bulk.training_data import Data, Term
from shohay.bulk.training_fit import BOOSTING, QUANTILE, WLS, Fitted
from shohay.bulk.training_words import MODELS
from shohay.core.messages import Refusal, Text

Progress = Callable[[str, int, int], None]
Column = NDArray[Any]
AREAS: dict[str, tuple[tuple[str, str | None], ...]] = {
    "each": (("rural", "area_type = 'rural'"), ("urban", "area_type = 'urban'"), ("city", "area_type = 'city'")),
    "two": (("rural", "area_type = 'rural'"), ("town", "area_type in ('urban', 'city')")),
    "one": (("all", None),),
}
GIVEN, STEPWISE = CHOICES = ("given", "stepwise")
LEAST_ROWS, LEAST_CLUSTERS = 100, 10  # of a sub-model
TELLING = 10  # significant digits of a coefficient
RELATIVE = 0.6  # of the median: the line of a survey that has none
ENDS = (0.005, 0.995)  # the shares of people whom the ends of the scale cut off


@dataclass(frozen=True, slots=True)
class Options:
    """What is trained and how; ``share``: the part of people whom the score is to find (the chosen cut-off)."""

    code: str
    title: Text
    source: str
    candidates: tuple[str, ...]
    squares: tuple[str, ...] = ("household_size", "head_age")
    choose: str = GIVEN
    method: str = WLS
    quantile: float = 0.5
    areas: str = "each"
    share: float = 0.2
    folds: int = 5
    seed: int = 1
    smear: bool = False
    valid_months: int = MONTHS
    synthetic: bool = False
    compare: tuple[str, ...] = (QUANTILE, BOOSTING)

    def check(self) -> None:
        """Raises Refusal('training_options') or ('training_facts')."""
        allowed: list[tuple[str, object, bool, str]] = [
            ("choose", self.choose, self.choose in CHOICES, ", ".join(CHOICES)),
            ("method", self.method, self.method in (WLS, QUANTILE), f"{WLS}, {QUANTILE}"),
            ("areas", self.areas, self.areas in AREAS, ", ".join(AREAS)),
            ("quantile", self.quantile, 0.05 <= self.quantile <= 0.95, "0.05 - 0.95"),
            ("share", self.share, 0.01 <= self.share <= 0.99, "0.01 - 0.99"),
            ("folds", self.folds, 2 <= self.folds <= 20, "2 - 20"),
            ("seed", self.seed, 0 <= self.seed < 2**31, "0 - 2147483647"),
        ]
        for name, value, fits, possible in allowed:
            if not fits:
                raise Refusal("training_options", name=name, value=str(value), allowed=possible)
        training_data.check_facts(self.candidates)


@dataclass(slots=True)
class Part:
    """A sub-model as it is made: its rows, what it adds up, how it fits, and what it says of households unseen."""

    name: str
    when: str | None
    rows: Column  # places in the table
    terms: list[Term]
    matrix: Column
    fitted: Fitted
    unseen: dict[str, Column]  # by method: predictions out of fold
    smearing: float
    left_out: list[str] = field(default_factory=list)

    @property
    def predicted(self) -> Column:
        return np.asarray(training_fit.with_constant(self.matrix) @ self.fitted.params)


@dataclass(frozen=True, slots=True)
class Trained:
    """The formula as YAML and parsed, and its model card."""

    text: str
    formula: Formula
    card: dict[str, Any]


def train(table: pa.Table, options: Options, *, progress: Progress | None = None) -> Trained:
    """Formula and card from a table of bulk.training_data. Raises Refusal('training_*')."""
    options.check()
    say = progress or (lambda step, done, total: None)
    by_area = options.areas != "one"
    data, kept = training_data.prepare(table, list(dict.fromkeys([*options.candidates, *(["area_type"] * by_area)])))
    facts = [name for name in options.candidates if name in kept]
    if not facts:
        raise Refusal("training_facts", facts=", ".join(options.candidates))
    parts = []
    wanted = AREAS[options.areas]
    for done, (name, when) in enumerate(wanted):
        say("fit", done, len(wanted))
        parts.append(_part(data, options, facts, name, when))
    say("fit", len(wanted), len(wanted))
    text = yaml.safe_dump(_document(data, options, parts), allow_unicode=True, sort_keys=False, width=110)
    formula = Formula.parse(text)
    say("card", 0, 1)
    card = training_card.make(data, options, parts, formula, lines(data))
    say("card", 1, 1)
    return Trained(text, formula, card)


def lines(data: Data) -> Column:
    """The poverty line of each household; where the survey has none, RELATIVE of the median person's welfare."""
    if "line" in data.table.column_names and data.table["line"].null_count == 0:
        return np.asarray(data.column("line"), float)
    welfare, people = data.column("welfare"), data.people
    order = np.argsort(welfare, kind="stable")
    reached = np.cumsum(people[order])
    median = welfare[order][int(np.searchsorted(reached, reached[-1] / 2))]
    return np.full(len(welfare), RELATIVE * float(median))


def _part(data: Data, options: Options, facts: list[str], name: str, when: str | None) -> Part:
    mask = np.ones(data.table.num_rows, bool) if when is None else training_data.values(data.table, [when])[:, 0] == 1
    rows, own = np.flatnonzero(mask), data.take(mask)
    clusters = own.clusters if len(rows) else np.zeros(0, int)
    count = len(np.unique(clusters))
    if len(rows) < LEAST_ROWS or count < max(LEAST_CLUSTERS, options.folds):
        raise Refusal("training_few", where=name, rows=len(rows), clusters=count)
    terms = training_data.terms(
        own, [fact for fact in facts if when is None or fact not in AREA_FACTS], options.squares
    )
    matrix = training_data.values(own.table, [term.value for term in terms])
    y, weights = np.log(own.column("welfare")), own.column("weight").astype(float)
    told = training_data.independent(matrix, weights)
    left_out = [term.value for i, term in enumerate(terms) if i not in told]
    terms, matrix = [terms[i] for i in told], matrix[:, told]
    if options.choose == STEPWISE and terms:
        taken = training_fit.stepwise(matrix, [term.fact for term in terms], y, weights)
        places = [i for fact in taken for i, term in enumerate(terms) if term.fact == fact]
        left_out += [term.value for i, term in enumerate(terms) if i not in places]
        terms, matrix = [terms[i] for i in places], matrix[:, places]
    if not terms:
        raise Refusal("training_facts", facts=", ".join(facts))
    fitted = _rounded(_fit(options, matrix, y, weights, clusters))
    predicted = training_fit.with_constant(matrix) @ fitted.params
    factor = round(training_fit.smearing(y, predicted, weights), 6) if options.smear else 1.0
    unseen = _unseen(options, matrix, y, weights, training_fit.folds(clusters, options.folds, options.seed))
    return Part(name, when, rows, terms, matrix, fitted, unseen, factor, left_out)


AREA_FACTS = ("area_type", "is_rural")  # what the sub-models are chosen by tells nothing within them


def _fit(options: Options, matrix: Column, y: Column, weights: Column, clusters: Column) -> Fitted:
    if options.method == QUANTILE:
        return training_fit.quantile(matrix, y, weights, options.quantile)
    return training_fit.wls(matrix, y, weights, clusters)


def _rounded(fitted: Fitted) -> Fitted:
    """Parameters with as many digits as the document tells: what is predicted is what the document says."""
    return fitted._replace(params=np.array([float(f"{value:.{TELLING}g}") for value in fitted.params]))


def _unseen(options: Options, matrix: Column, y: Column, weights: Column, fold: Column) -> dict[str, Column]:
    """Predictions of every household by a formula that saw none of its cluster, for each method."""
    methods = list(dict.fromkeys([options.method, *options.compare]))
    found = {method: np.zeros(len(y)) for method in methods}
    for number in range(options.folds):
        seen, rest = fold != number, fold == number
        for method in methods:
            predict = _predictor(options, method, matrix[seen], y[seen], weights[seen])
            found[method][rest] = predict(matrix[rest])
    return found


def _predictor(options: Options, method: str, matrix: Column, y: Column, weights: Column) -> Callable[[Column], Column]:
    if method == BOOSTING:
        return training_fit.boosted(matrix, y, weights, options.seed)
    if method == QUANTILE:
        params = training_fit.quantile(matrix, y, weights, options.quantile).params
    else:
        params = training_fit.solved(matrix, y, weights)
    return lambda rows: np.asarray(training_fit.with_constant(rows) @ params)


# ------------------------------------------------------------------------------------------------------ the formula


def _document(data: Data, options: Options, parts: list[Part]) -> dict[str, Any]:
    """The formula as a document; likelihood and the line of the poor follow from its own scores."""
    made: dict[str, Any] = {
        "format": 1, "kind": "linear", "code": options.code, "title": options.title._asdict(),
        "source": options.source, "valid_months": options.valid_months, "synthetic": options.synthetic,
        "models": [_model(part) for part in parts], "scale": _scale(data, parts),
    }  # fmt: skip
    if not options.synthetic:
        del made["synthetic"]
    formula = Formula.parse(yaml.safe_dump(made, allow_unicode=True))
    log, scores = training_data.scored(formula, data.table)
    ids = data.column("household_id")
    made["poor_below"] = measures.scores_at(log, ids, data.people, scores, [options.share])[0]
    made["likelihood"] = _likelihood(scores, data.column("welfare") < lines(data), data.column("weight"))
    return made


def _model(part: Part) -> dict[str, Any]:
    intercept, *coefficients = part.fitted.params.tolist()
    made: dict[str, Any] = {"name": part.name, "text": MODELS[part.name]._asdict()}
    if part.when is not None:
        made["when"] = part.when
    made |= {"intercept": intercept, "smearing": part.smearing} if part.smearing != 1 else {"intercept": intercept}
    made["terms"] = [
        {"text": term.text._asdict(), "value": term.value, "coefficient": coefficient}
        for term, coefficient in zip(part.terms, coefficients, strict=True)
    ]
    return made


def _scale(data: Data, parts: list[Part]) -> list[list[float]]:
    """Taka that are score 0 and 1000: what ENDS of people are predicted to have, in whole tens."""
    log = np.zeros(data.table.num_rows)
    for part in parts:
        log[part.rows] = part.predicted + math.log(part.smearing)
    order, people = np.argsort(log, kind="stable"), data.people
    reached = np.cumsum(people[order]) / people.sum()
    low, high = (math.exp(log[order][min(int(np.searchsorted(reached, end)), len(log) - 1)]) for end in ENDS)
    bottom = max(10.0, math.floor(low / 10) * 10.0)
    return [[bottom, 0], [max(math.ceil(high / 10) * 10.0, bottom + 10), 1000]]


def _likelihood(scores: Column, poor: Column, weights: Column) -> list[list[float]]:
    """Percent of households below the line by bands of 50 points, never rising with the score."""
    bands = scores // 50
    number = np.unique(bands)
    heavy = np.array([weights[bands == band].sum() for band in number])
    shares = np.array([weights[(bands == band) & poor].sum() for band in number]) / heavy
    found: list[list[float]] = []
    for band, share in zip(number.tolist(), measures.falling(100 * shares, heavy).tolist(), strict=True):
        percent = round(share, 1)
        if not found or percent < found[-1][1]:
            found.append([50 * band if found else 0, percent])
    return found
