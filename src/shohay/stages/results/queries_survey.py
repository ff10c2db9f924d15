"""Reading rounds of surveys: what was imported, what was found wrong, estimates with their errors, two rounds beside.

Aggregates only: no function gives a row of microdata. Surveys are national; who may read them is a matter of
permission (survey.view), not of place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from shohay.bulk.engine import Engine
from shohay.core.sampling import Difference, difference
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.results.models_survey import SurveyEstimate, SurveyFinding, SurveyRound, SurveyRun
from shohay.stages.results.queries_submissions import document_of

State = SurveyRound.State
CURRENT = (State.READY, State.ESTIMATED)
CODE = ("bulk/poverty.py", "bulk/poverty_sql.py", "bulk/poverty_ratios.py", "bulk/poverty_curves.py",
        "core/poverty.py", "core/sampling.py")  # fmt: skip


@cache
def code_version() -> str:
    """The engine and the hash of the code that estimates: with data and mapping, all that a figure depends on."""
    digest = hashlib.sha256()
    for name in CODE:
        digest.update(files("shohay").joinpath(*name.split("/")).read_bytes())
    return f"{Engine().version}, code {digest.hexdigest()[:16]}"


def stored(of: SurveyRound) -> Path | None:
    """Where the rows of a round lie; None when they are gone or never were."""
    path = settings.VAR / of.path
    return path if of.path and path.is_file() else None


def rounds(officer: Officer) -> QuerySet[SurveyRound]:
    """All rounds, the newest field work first; nothing for who may not see surveys."""
    found = SurveyRound.objects.order_by("-collected_on", "survey", "-id")
    return found if officer.may("survey.view") else found.none()


def named(officer: Officer, survey: str, label: str) -> SurveyRound | None:
    """The current round of that survey and label."""
    return rounds(officer).filter(survey=survey, label=label, state__in=CURRENT).first()


def findings(officer: Officer, of: SurveyRound) -> QuerySet[SurveyFinding]:
    """What was found in the file, by line: for who imports surveys, since a finding quotes its cell."""
    found = of.findings.order_by("line", "id")
    return found if officer.may("survey.import") else found.none()


def latest_run(of: SurveyRound) -> SurveyRun | None:
    """The newest estimates of a round's present data."""
    return of.runs.filter(data_sha256=of.data_sha256).order_by("-id").first()


def estimates(
    officer: Officer, of: SurveyRun, *, dimension: str = "", programme: str | None = None
) -> QuerySet[SurveyEstimate]:
    """Figures of a run; hidden ones are rows without a value."""
    found = SurveyEstimate.objects.filter(run=of).order_by("programme", "measure", "dimension", "group")
    if dimension:
        found = found.filter(dimension=dimension)
    if programme is not None:
        found = found.filter(programme=programme)
    return found if officer.may("survey.view") else found.none()


def measures_by_group(officer: Officer, of: SurveyRun, programmes: tuple[str, ...]) -> set[str]:
    """What is told of some breakdown or other, for these programmes ('' = welfare)."""
    found = estimates(officer, of).filter(programme__in=programmes).exclude(dimension="all").order_by()
    return set(found.values_list("measure", flat=True).distinct())


def programmes(of: SurveyRound) -> list[str]:
    """The programmes of a round, all together first, then kinds where there are several."""
    given = of.mapping.get("programmes") or {}
    kinds = sorted({str(benefit.get("kind")) for benefit in given.values() if benefit.get("kind")})
    return [*(["all"] if given else []), *(kinds if len(kinds) > 1 else []), *given]


def dimensions(of: SurveyRound) -> list[str]:
    """The breakdowns of a round."""
    amounts = any("amount" in benefit for benefit in (of.mapping.get("programmes") or {}).values())
    return ["quintile", *(["quintile_before"] if amounts else []), *(of.mapping.get("groups") or {})]


# ------------------------------------------------------------------------------------------------------ comparing


class Compared(NamedTuple):
    """One figure in two rounds; ``change`` is None where either is not shown or has no error."""

    measure: str
    programme: str
    dimension: str
    group: str
    first: SurveyEstimate
    second: SurveyEstimate
    change: Difference | None


def compare(
    officer: Officer, first: SurveyRun, second: SurveyRun, *, dimension: str = "all", programme: str = ""
) -> list[Compared]:
    """The figures that both runs have, second less first, with a test: two rounds are independent samples."""
    asked = {"dimension": dimension, "programme": programme}
    old = {(row.measure, row.group): row for row in estimates(officer, first, **asked)}
    found = []
    for row in estimates(officer, second, **asked):
        before = old.get((row.measure, row.group))
        if before is not None:
            change = _change(before, row)
            found.append(Compared(row.measure, programme, dimension, row.group, before, row, change))
    return found


def _change(a: SurveyEstimate, b: SurveyEstimate) -> Difference | None:
    if a.value is None or a.error is None or b.value is None or b.error is None:
        return None
    return difference((a.value, a.error, a.df), (b.value, b.error, b.df))


# ----------------------------------------------------------------------------------------- the results framework


class IndicatorValue(NamedTuple):
    """What a round says about an indicator. ``office``: who may submit it, '' where the platform computes it itself."""

    code: str
    group: str  # quintile:1, or '' for everybody
    fiscal_year: str
    value: float  # in the indicator's own unit: percent, ratio
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float
    office: str
    source: str
    estimate: SurveyEstimate


PERCENT, RATIO = 100.0, 1.0
# indicator -> measure, dimension, unit, how its numerator and denominator follow (share of one where nothing else)
ALONE: dict[str, tuple[str, str, float]] = {
    "OC-09": ("under_coverage", "all", PERCENT), "OC-10": ("coverage", "quintile", PERCENT),
    "OC-11": ("beneficiary_share", "quintile", PERCENT), "OC-12": ("benefit_share", "quintile", PERCENT),
    "OC-13": ("under_coverage", "all", PERCENT), "OC-14": ("leakage", "all", PERCENT),
    "OC-15": ("cgh_20", "all", RATIO), "OC-16": ("adequacy", "all", PERCENT), "OC-17": ("line_share", "all", PERCENT),
    "IM-01": ("headcount_reduction", "all", PERCENT), "IM-02": ("gap_reduction", "all", PERCENT),
    "IM-03": ("gini_reduction", "all", PERCENT), "IM-04": ("benefit_cost", "all", RATIO),
}  # fmt: skip
AFTER = {"IM-01": "headcount", "IM-02": "gap", "IM-03": "gini"}  # what is lowered: from it both sides follow


def indicator_values(of: SurveyRound) -> list[IndicatorValue]:
    """What the newest run says about OC-09 to OC-17 and IM-01 to IM-04, all programmes together; figures not shown are
    left out."""
    run = latest_run(of)
    if run is None:
        return []
    rows = {(row.measure, row.programme, row.dimension, row.group): row for row in run.rows.all()}
    year = str(FiscalYear.of(of.collected_on))
    source = f"{of.survey} {of.label}, {of.source}; SE and CI: run {run.pk}, data {of.data_sha256[:12]}"[:300]
    found = []
    for code, (measure, dimension, unit) in ALONE.items():
        for (name, programme, dim, group), row in sorted(rows.items()):
            if (name, programme, dim) != (measure, "all", dimension) or row.value is None:
                continue
            after = rows.get((AFTER.get(code, ""), "", "all", ""))
            found.append(_indicator(code, group, row, after, unit, year, source))
    return found


def _indicator(
    code: str, group: str, row: SurveyEstimate, after: SurveyEstimate | None, unit: float, year: str, source: str
) -> IndicatorValue:
    turn: Callable[[float], float] = (lambda share: 1 - share) if code == "OC-09" else (lambda share: share)
    value = turn(row.value or 0.0)
    ends = sorted(turn(end) * unit for end in (row.low, row.high) if end is not None)
    numerator: float | None = value
    denominator = 1.0
    if code in AFTER:  # P0(before) - P0(after) over P0(before)
        known = after is not None and after.value is not None and value < 1
        denominator = after.value / (1 - value) if known and after and after.value else 1.0
        numerator = denominator * value if known else None
    document = document_of(code)
    office = document.reported_by[0] if document and document.reported_by else ""
    return IndicatorValue(
        code, f"quintile:{group}" if group else "", year, value * unit, ends[0] if ends else None,
        ends[-1] if ends else None, numerator, denominator, office, source, row,
    )  # fmt: skip
