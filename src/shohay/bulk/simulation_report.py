"""The rows of a simulation that need no more computing: programmes, totals, the base, warnings, differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shohay.bulk import plan, snapshot, survey_base
from shohay.bulk.simulation_ground import SHARE, SHARE_SOURCE, UNKNOWN, Areas, Ground
from shohay.bulk.simulation_measures import figure, home_of, weighed
from shohay.bulk.simulation_people import Population
from shohay.bulk.simulation_plan import Shared
from shohay.bulk.simulation_take import Outcome, Places, Taken
from shohay.core import criteria
from shohay.core.facts import FACTS
from shohay.core.scenario import Scenario
from shohay.core.simulation_result import (
    ALL,
    Base,
    Difference,
    Line,
    Measure,
    Programme,
    ScenarioResult,
    Totals,
    Warned,
)

Column = NDArray[Any]
UNTOLD = 0.01  # of the eligible: so many more who cannot be told are worth a warning
MOST_UNFAIR = 20
COMPARED = ("caseload", "eligible", "people", "transfers", "administration", "cost", "coverage")


@dataclass(frozen=True, slots=True)
class Look:
    """What the rows are made from."""

    scenarios: Sequence[Scenario]
    shared: Shared
    people: Population
    areas: Areas
    places: Places
    ground: Ground
    sample: float


def programme(people: Population, shared: Shared, taken: Taken, prices: dict[str, float], share: float) -> Programme:
    """The row of a programme."""
    use, eligible = taken.use, people.eligible[taken.use.rule]
    of_home = use.choice.definition.unit == "household"
    home = np.unique(home_of(people, taken))
    transfers = round(float(weighed(people, taken, prices).sum()))
    caseload = people.count(taken.rows, of_home)
    own = people.weights(taken.rows, of_home)
    goods = {
        unit: round(
            float((grams * (1.0 if own is None else own)).sum()) if not isinstance(grams, int) else grams * caseload
        )
        for unit, grams in taken.goods.items()
    }
    weight = 1.0 if people.weight is None else people.weight[home]
    failed, _, untold = reasons(shared, taken, eligible.masks)
    administration = round(transfers * share)
    return Programme(
        code=use.code, title_bn=use.choice.definition.title.bn, title_en=use.choice.definition.title.en,
        unit=use.choice.definition.unit, origin=use.choice.origin,
        sha256=use.choice.definition.sha256, take_up=use.choice.take_up,
        eligible=round(people.count(eligible.rows, of_home)), cannot_tell=round(untold),
        asking=round(people.count(taken.asking, of_home)),
        quota=None if taken.slots is None else int(taken.slots.sum()), caseload=round(caseload),
        people=round(float((people.homes.size[home] * weight).sum())),
        households=round(float(np.broadcast_to(weight, len(home)).sum())),
        transfers=transfers, goods=goods, administration=administration, cost=transfers + administration,
        average=figure(transfers / caseload if caseload else None),
        failed={name: round(count) for name, count in failed.items()},
    )  # fmt: skip


def reasons(shared: Shared, taken: Taken, masks: dict[int, float]) -> tuple[dict[str, float], dict[str, float], float]:
    """(how many fail each criterion, of how many it cannot be told, how many cannot be told at all)."""
    version = shared.rules[taken.use.rule].version
    failed: dict[str, float] = dict.fromkeys(version.criterion_ids, 0.0)
    unknown, untold = dict(failed), 0.0
    for mask, count in masks.items():
        low, high = mask & 65535, mask >> 16
        untold += count if high and not low else 0
        for id_ in plan.mask_ids(version, low):
            failed[id_] += count
        for id_ in plan.mask_ids(version, high):
            unknown[id_] += count
    return failed, unknown, untold


def totals(people: Population, ground: Ground, outcome: Outcome, programmes: Sequence[Programme]) -> Totals:
    """All programmes of a scenario together."""
    reached = outcome.held_by_home & outcome.simulated != 0
    population = float(ground.people.sum())
    covered = float(ground.people[reached].sum())
    transfers = sum(one["transfers"] for one in programmes)
    cash = sum(float(_cash(people, taken)) for taken in outcome.taken)
    poor = ground.people[(ground.status != UNKNOWN) & (ground.welfare < ground.line)]
    return Totals(
        caseload=sum(one["caseload"] for one in programmes), eligible=sum(one["eligible"] for one in programmes),
        people=round(covered), households=round(float(ground.weight[reached].sum())), transfers=transfers,
        goods=transfers - round(cash), administration=sum(one["administration"] for one in programmes),
        cost=sum(one["cost"] for one in programmes), coverage=figure(covered / population if population else None),
        population=round(population), poor=round(float(poor.sum())),
    )  # fmt: skip


def _cash(people: Population, taken: Taken) -> float:
    worth = np.broadcast_to(np.asarray(taken.paid, float), len(taken.rows))
    weight = people.weights(taken.rows, taken.use.choice.definition.unit == "household")
    return float(worth.sum() if weight is None else worth @ weight)


def base(where: Path, look: Look, is_survey: bool) -> Base:
    """On what was computed."""
    ground, people, manifest = look.ground, look.people, snapshot.read_manifest(where)
    told = survey_base.info(where) if is_survey else {}
    sources = {"given": "scenario", "base": str(told.get("source", "")), "share": SHARE_SOURCE}
    line = Line(
        kind=ground.line_kind, value=figure(ground.line_value),
        percent=SHARE if ground.line_kind == "share" else None, source=sources[ground.line_kind],
    )  # fmt: skip
    formula = look.shared.plan.formula
    return Base(
        kind="survey" if is_survey else "registry", sha256=manifest.sha256, as_of=manifest.as_of.isoformat(),
        synthetic=bool(told.get("synthetic", False)), households=len(people.homes.ids), persons=len(people.persons.ids),
        weighted_people=round(float(ground.people.sum())), weighted_households=round(float(ground.weight.sum())),
        welfare=ground.kind, formula=formula.code if formula else "", line=line,
        poorest=look.scenarios[0].poorest, not_known=ground.not_known,
        quota_level="division" if is_survey else "upazila",
    )  # fmt: skip


def warnings(
    look: Look, number: int, outcome: Outcome, rows: Sequence[Measure], programmes: Sequence[Programme]
) -> list[Warned]:
    """What to know before trusting the figures of a scenario."""
    scenario, found = look.scenarios[number], list[Warned]()

    def warn(code: str, **params: Any) -> None:
        found.append(Warned(code=code, params=params))

    if scenario.on != look.scenarios[0].on:
        warn("othersday")
    if look.sample < 1:
        warn("sample", percent=figure(look.sample * 100))
    for taken, row in zip(outcome.taken, programmes, strict=True):
        _of_programme(look, scenario, taken, row, warn)
    lacking = len({c[:6] for c, known in zip(look.areas.codes, look.areas.poverty_known, strict=True) if not known})
    if lacking:
        warn("no_poverty_figure", areas=lacking)
    listed = {code for taken in outcome.taken for code in taken.use.choice.universal_in}
    if absent := len(listed - set(look.areas.upazilas)):
        warn("unknown_area", areas=absent)
    if unknown := round(float(look.ground.people[look.ground.status == UNKNOWN].sum())):
        warn("welfare_unknown", count=unknown)
    unfair = [
        row for row in rows if row["flag"] == "unfair" and (row["measure"] == "left_out") == bool(row["programme"])
    ]
    for one in unfair[:MOST_UNFAIR]:
        warn("unfair", programme=one["programme"], by=one["by"], group=one["group"], measure=one["measure"],
             ratio=figure(round(one["ratio"] or 0, 2)))  # fmt: skip
    return found


def _of_programme(look: Look, scenario: Scenario, taken: Taken, row: Programme, warn: Any) -> None:
    """The warnings of one programme."""
    use, code = taken.use, taken.use.code
    version, masks = use.choice.version, look.people.eligible[use.rule].masks
    failed, unknown, untold = reasons(look.shared, taken, masks)
    whole = sum(masks.values())
    for criterion in version.criteria:
        if whole and not failed[criterion.id] and not unknown[criterion.id]:
            warn("true_for_everyone", programme=code, criterion=criterion.id)
        elif whole and failed[criterion.id] + unknown[criterion.id] >= whole:
            warn("true_for_no_one", programme=code, criterion=criterion.id)
    if not row["eligible"]:
        warn("nobody_eligible", programme=code)
    if untold > UNTOLD * max(1, row["eligible"]):
        missing = {
            name for criterion in version.criteria if unknown[criterion.id]
            for name in criteria.check(criterion.must, FACTS, version.values).facts
        }  # fmt: skip
        warn("cannot_tell", programme=code, count=round(untold), facts=", ".join(sorted(missing)))
    if taken.slots is not None:
        spare = _spare(look, taken)
        if spare.any():
            warn("quota_over_eligible", programme=code, areas=int((spare > 0).sum()), places=int(spare.sum()))
    elif version.quota.from_ == "allocation":
        warn("no_quota", programme=code)
    lines = [line for line in version.benefit if line.per == "event"]
    if lines:
        warn("per_event", programme=code)
    if any(unit not in scenario.prices for unit in taken.goods):
        warn("goods_not_valued", programme=code)


def _spare(look: Look, taken: Taken) -> Column:
    """How many more places than eligible each area has."""
    people, eligible = look.people, look.people.eligible[taken.use.rule]
    of_home = taken.use.choice.definition.unit == "household"
    home = eligible.rows if of_home else people.persons.home[eligible.rows]
    area = look.places.of_area[people.homes.area[home]]
    slots = np.asarray(taken.slots)
    counted = np.bincount(area, weights=people.weights(eligible.rows, of_home), minlength=len(slots))
    return np.maximum(0, np.rint(slots - counted)).astype(np.int64)


def compare(told: Sequence[ScenarioResult]) -> list[Difference]:
    """The figures of each further scenario beside those of the first."""
    rows: list[Difference] = []
    for number, one in enumerate(told[1:], 1):
        whole: dict[str, Any] = {**told[0]["totals"]}
        others: dict[str, Any] = {**one["totals"]}
        pairs: list[tuple[str, str, Any, Any]] = [
            (name, ALL, whole[name], others[name]) for name in COMPARED
        ]  # fmt: skip
        pairs += [
            (a["measure"], ALL, a["value"], b["value"])
            for a, b in zip(_whole(told[0]), _whole(one), strict=True) if a["measure"] != "coverage"
        ]  # fmt: skip
        own = {row["code"]: row for row in one["programmes"]}
        for row in told[0]["programmes"]:
            if (other := own.get(row["code"])) is not None:
                pairs += [("caseload", row["code"], row["caseload"], other["caseload"]),
                          ("cost", row["code"], row["cost"], other["cost"])]  # fmt: skip
        for measure, code, first, value in pairs:
            known = first is not None and value is not None
            rows.append(Difference(
                scenario=number, measure=measure, programme=code, first=first, value=value,
                difference=figure(value - first) if known else None,
            ))  # fmt: skip
    return rows


def _whole(one: ScenarioResult) -> list[Measure]:
    """The measures of everybody and all programmes."""
    return [row for row in one["measures"] if not row["by"] and row["programme"] == ALL]
