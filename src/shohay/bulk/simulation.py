"""What programme rules would do: who is reached and missed, what it costs, how poverty changes, scenario by scenario.

One pass over the data decides the distinct rules of all scenarios (bulk.simulation_plan, _people, _rules); each
scenario is then carried out on columns in memory (_take) and measured (_measures, _poverty, _where, _projection).
The same code serves a household survey (bulk.survey_base: weighted, with sampling errors) and the registry, and a
sample of it (_sample). The result is described in core.simulation_result; the same input gives the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from shohay.bulk import (
    simulation_errors,
    simulation_measures,
    simulation_people,
    simulation_plan,
    simulation_projection,
    simulation_report,
    simulation_sample,
    simulation_where,
    snapshot,
    survey_base,
)
from shohay.bulk.engine import Engine, choose
from shohay.bulk.pmt import Formula
from shohay.bulk.simulation_ground import Areas, Ground, areas_of, lay
from shohay.bulk.simulation_people import Population, Weights
from shohay.bulk.simulation_plan import Shared
from shohay.bulk.simulation_poverty import measured
from shohay.bulk.simulation_take import Outcome, Places, carry_out
from shohay.core.definition import Definition
from shohay.core.messages import Refusal
from shohay.core.scenario import Scenario
from shohay.core.simulation_result import Measure, Result, ScenarioResult

MOST = 4  # scenarios compared at once
PERSONS_EACH = 500_000
SMALL = 50_000  # persons of a range, of a survey or a sample: so that the workers share it
Progress = Callable[[str, int, int], None]
Quotas = Mapping[tuple[str, str], int]


def simulate(
    *,
    scenarios: Sequence[Scenario],
    definitions: Mapping[str, Definition],
    drafts: Mapping[str, Definition] | None = None,
    base: Path,
    formula: Formula | None = None,
    quotas: Quotas | None = None,
    sample: float = 1.0,
    seed: int = 1,
    engine: Engine | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
    errors: bool = True,
) -> Result:
    """The scenarios on the data ``base`` (a survey base or a snapshot), on the day of the first of them.

    ``quotas`` gives places by (programme, upazila); a programme without any takes everyone eligible. ``sample`` below
    1 computes on that share of the households, kept in ``cache`` (else beside the snapshot). ``progress(step, done,
    total)`` has the steps sample, read, choose, measure. ``errors``: the sampling errors of a
    survey too, which take longer than all else. Raises Refusal: scenario_*, definition_*, simulation_no_people.
    """
    if not 0 < len(scenarios) <= MOST:
        raise Refusal("scenario_too_many", most=MOST, given=len(scenarios))
    engine, say = engine or choose(), progress or (lambda step, done, total: None)
    pa.set_memory_pool(pa.system_memory_pool())  # as a determination
    snapshot.check(base)
    is_survey = survey_base.is_survey(base)
    met = snapshot.read_manifest(base).as_of if is_survey else None
    shared = simulation_plan.make(scenarios, definitions, drafts or {}, formula, quotas, met)
    where, sample = base, 1.0 if is_survey else min(sample, 1.0)
    if sample < 1:
        say("sample", 0, 1)
        where = simulation_sample.sampled(base, sample, cache or base.parent / "samples")
        say("sample", 1, 1)
    run = _prepared(engine, scenarios, shared, base, where, sample, seed, quotas or {}, say)
    run.errors = errors
    return run.result(run.measured(say))


@dataclass(slots=True)
class _Run:
    """A simulation under way."""

    engine: Engine
    scenarios: Sequence[Scenario]
    shared: Shared
    base: Path
    people: Population
    areas: Areas
    places: Places
    ground: Ground
    survey: pa.Table | None
    before: list[Measure]
    ages: np.ndarray
    sample: float
    seed: int
    quotas: dict[str, dict[str, int]]  # programme -> upazila -> places
    errors: bool = True

    def measured(self, say: Progress) -> list[ScenarioResult]:
        """Every scenario; each stands beside the first, so all are carried out before any is measured."""
        whole = len(self.scenarios)
        outcomes = self.engine.each(range(whole), self.outcome, lambda done: say("choose", done, whole))
        return self.engine.each(
            range(whole), lambda number: self.told(number, outcomes), lambda done: say("measure", done, whole)
        )

    def outcome(self, number: int) -> Outcome:
        """A scenario carried out."""
        scenario = self.scenarios[number]
        return carry_out(
            self.people, self.shared, self.shared.uses[number], self.places, self.quotas, scenario.prices, self.seed
        )

    def told(self, number: int, outcomes: Sequence[Outcome]) -> ScenarioResult:
        """A scenario measured."""
        scenario, outcome, people, ground = self.scenarios[number], outcomes[number], self.people, self.ground
        prices, share = dict(scenario.prices), scenario.administration
        kinds = simulation_measures.kinds_of(outcome)
        welfare = simulation_measures.after(ground, outcome, people)
        made = list(simulation_measures.crossed(people, ground, outcome, kinds, welfare))
        of_decile = next(one for one in made if one.dimension.name == "decile")
        deciles = simulation_measures.by_decile(people, ground, outcome, of_decile, kinds, prices)
        rows = simulation_measures.measures(ground, made, kinds, outcome)
        rows += simulation_measures.money_rows(ground, outcome, deciles, made[0], kinds)
        rows += [*self.before, *measured(people, ground, welfare, "")]
        if self.survey is not None and self.errors:
            rows = simulation_errors.added(rows, self.engine, people, ground, outcome, self.survey, welfare)
        programmes = [simulation_report.programme(people, self.shared, taken, prices, share) for taken in outcome.taken]
        areas = simulation_where.by_area(people, ground, self.areas, outcome, welfare, prices, share)
        found = simulation_report.warnings(self._look(), number, outcome, rows, programmes)
        return ScenarioResult(
            title=scenario.title.model_dump(), sha256=scenario.sha256,
            totals=simulation_report.totals(people, ground, outcome, programmes), programmes=programmes, measures=rows,
            deciles=deciles, areas=areas, winners=simulation_where.winners(people, ground, outcomes[0], outcome),
            overlap=simulation_where.overlaps(people, ground, outcome, self.shared.bits),
            projection=simulation_projection.project(
                people, self.shared, outcome, self.places, self.ages, prices, share
            ),
            warnings=found,
        )  # fmt: skip

    def _look(self) -> simulation_report.Look:
        return simulation_report.Look(
            self.scenarios, self.shared, self.people, self.areas, self.places, self.ground, self.sample
        )

    def result(self, told: list[ScenarioResult]) -> Result:
        """All of it."""
        first = self.scenarios[0]
        return Result(
            format=1, base=simulation_report.base(self.base, self._look(), self.survey is not None),
            on=first.on.isoformat(), fiscal_year=str(self.shared.years[0]), years=first.years, sample=self.sample,
            seed=self.seed, scenarios=told, compare=simulation_report.compare(told),
        )  # fmt: skip


def _prepared(
    engine: Engine, scenarios: Sequence[Scenario], shared: Shared, base: Path, where: Path, sample: float, seed: int,
    quotas: Quotas, say: Progress,
) -> _Run:  # fmt: skip
    """The people read and decided, and what does not change from scenario to scenario."""
    areas, told = areas_of(where), simulation_sample.weights_of(where)
    weights = None
    if told is not None:
        weights = Weights(told["household_id"].to_numpy(), told["weight"].to_numpy())
    each = PERSONS_EACH if told is None else SMALL
    people = simulation_people.read(
        engine, where, shared, weights, areas.codes, each, lambda done, total: say("read", done, total)
    )
    if not len(people.homes.ids):
        raise Refusal("simulation_no_people")
    survey = told if survey_base.is_survey(where) else None
    ground = lay(people, areas, scenarios[0], survey)
    places = _places(areas, survey is not None)
    before = measured(people, ground, ground.welfare, "_before")
    ages, given = simulation_projection.population(people), dict[str, dict[str, int]]()
    for (code, area), count in sorted(quotas.items()):
        given.setdefault(code, {})[area] = count
    return _Run(
        engine, scenarios, shared, base, people, areas, places, ground, survey, before, ages, sample, seed, given
    )


def _places(areas: Areas, is_survey: bool) -> Places:
    """Places are counted by upazila; in a survey, which does not visit every upazila, by division."""
    digits = 2 if is_survey else 6
    codes = sorted({code[:digits] for code in areas.codes})
    of_area = np.searchsorted(codes, [code[:digits] for code in areas.codes])
    upazila = np.array([code[:6] for code in areas.codes] + [""], dtype=str)
    return Places(np.append(of_area, len(codes)), [*codes, ""], upazila)
