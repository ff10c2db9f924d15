"""Counts of the country that this stage and those before it hold as records of their own: one function for each source.

Each gives rows {"name", "fiscal_year", "group", "value", "origin"} of the table ``given`` (bulk.results_inputs). The
rows of a name and year add up; ``group`` is 'ministry:MoSW', 'programme:OAA', 'criterion:3' or '' of none. ``origin``
says which record a number was read from. What was invented to show the screens is no source of an indicator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import F, Q, Sum

from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.enrolment import queries_shown
from shohay.stages.places.models import Area
from shohay.stages.programmes import definitions as catalogue
from shohay.stages.programmes import queries_budget
from shohay.stages.programmes.models import Programme
from shohay.stages.programmes.models_budget import BudgetLine
from shohay.stages.results import queries_codi, queries_evaluations, queries_performance, queries_survey
from shohay.stages.results.models_codi import CodiField, CodiRound
from shohay.stages.results.models_dli import Dli, DliClaim
from shohay.stages.results.models_survey import SurveyRound
from shohay.stages.results.queries_submissions import Due, obligations

MILLION = 1_000_000
# indicator of the survey's effect -> the counts of the situation without and with the transfers
BEFORE_AFTER = {
    "IM-01": ("poverty_before_millionths", "poverty_after_millionths"),
    "IM-02": ("poverty_gap_before_millionths", "poverty_gap_after_millionths"),
    "IM-03": ("gini_before_millionths", "gini_after_millionths"),
}
Row = dict[str, Any]


def rows(as_of: date, years: Sequence[int]) -> list[Row]:
    """All of them; ``years``: the fiscal years (by the year they begin in) whose obligations are asked for."""
    return [
        *reports(as_of, years), *frameworks(as_of, years), *releases(), *real_benefits(years), *dlis(),
        *performance(years), *assessments(), *survey_rounds(), *lists_shown(as_of),
    ]  # fmt: skip


def row(name: str, year: object, value: int, group: str = "", origin: str = "") -> Row:
    return {"name": name, "fiscal_year": str(year), "group": group, "value": int(value), "origin": origin}


def reports(as_of: date, years: Sequence[int]) -> list[Row]:
    """Reports due by ``as_of`` and of them those that came in time, by ministry (OP-23)."""
    found = []
    for year in years:
        due = [one for one in obligations(str(FiscalYear(year))) if one.due_on <= as_of]
        for ministry in sorted({one.ministry_code for one in due}):
            mine: list[Due] = [one for one in due if one.ministry_code == ministry]
            for name, value in (("reports_due", len(mine)), ("reports_in_time", sum(one.in_time for one in mine))):
                found.append(row(name, FiscalYear(year), value, f"ministry:{ministry}"))
    return found


def frameworks(as_of: date, years: Sequence[int]) -> list[Row]:
    """Major programmes, and those with a framework and an evaluation at the end of the year, by ministry (OP-21)."""
    owner = dict(Programme.objects.values_list("code", "ministry_id"))
    found = []
    for year in years:
        on = min(FiscalYear(year).last_day, as_of)
        counted: Counter[tuple[str, str]] = Counter()
        for code, framework, evaluated in queries_evaluations.frameworks_and_evaluations(SYSTEM, on=on).programmes:
            counted["programmes_major", owner[code]] += 1
            counted["programmes_assessed", owner[code]] += framework and evaluated
        for (name, ministry), value in sorted(counted.items()):
            found.append(row(name, FiscalYear(year), value, f"ministry:{ministry}"))
    return found


def releases() -> list[Row]:
    """Money released that had a planned day, and what came by that day, by ministry (IN-04)."""
    lines = BudgetLine.objects.filter(
        state=BudgetLine.State.VERIFIED, example=False, planned_release_on__isnull=False, released_poisha__isnull=False
    )
    sums = lines.values_list("fiscal_year", "programme__ministry_id").order_by("fiscal_year", "programme__ministry_id")
    found = []
    for year, ministry, due, in_time in sums.annotate(
        due=Sum("released_poisha"),
        in_time=Sum("released_poisha", filter=Q(released_on__lte=F("planned_release_on"))),
    ):
        found.append(row("release_due", year, due, f"ministry:{ministry}"))
        found.append(row("release_in_time", year, in_time or 0, f"ministry:{ministry}"))
    return found


def real_benefits(years: Sequence[int]) -> list[Row]:
    """Each monthly cash benefit, and what it buys at the prices of the year of its last revision (OP-24).

    Only years whose price index is known; both sides in whole poisha.
    """
    prices = queries_budget.price_indexes()
    found = []
    for definition in catalogue.published():
        for year in years:
            paid, since = _benefit(definition, year)
            index, base = prices.get(str(FiscalYear(year))), prices.get(str(FiscalYear(since)))
            if not paid or index is None or base is None:
                continue
            real = round(Fraction(paid) * Fraction(Decimal(base)) / Fraction(Decimal(index)))
            group, origin = f"programme:{definition.code}", f"{definition.sha256[:12]}, {FiscalYear(since)}"
            found.append(row("benefit_base_poisha", FiscalYear(year), paid, group, origin))
            found.append(row("benefit_real_poisha", FiscalYear(year), real, group, origin))
    return found


def _benefit(definition: Any, year: int) -> tuple[int, int]:
    """Poisha a month at the end of the year, and the fiscal year since which it is that; 0 where there is none."""
    paid, since = _monthly(definition, year), year
    while paid and _monthly(definition, since - 1) == paid:
        since -= 1
    return paid, since


def _monthly(definition: Any, year: int) -> int:
    """The first monthly cash line of the version in force on the last day of the year, in poisha; else 0."""
    version = definition.version_on(FiscalYear(year).last_day)
    for line in version.benefit if version else ():
        if line.kind == "cash" and line.per == "month":
            amount = version.values[line.amount] if isinstance(line.amount, str) else line.amount
            return int(amount) * 100
    return 0


def dlis() -> list[Row]:
    """Value of the indicators with terms for a year, and what their newest verified results earned (PB-03)."""
    found = []
    for one in Dli.objects.filter(example=False, value__isnull=False, agreement__currency="USD").exclude(
        fiscal_year=""
    ):
        last = one.claims.filter(state__in=("verified", "paid"), example=False).order_by("-id").first()
        found.append(row("dli_due_cents", one.fiscal_year, one.value or 0, origin=one.code))
        found.append(
            row("dli_verified_cents", one.fiscal_year, _earned(last), origin=f"{one.code} #{last.pk}" if last else "")
        )
    return found


def performance(years: Sequence[int]) -> list[Row]:
    """What programmes reached of their targets, weighted, where the gate of quality lets a score be shown (PB-02)."""
    found = []
    for year in years:
        name = str(FiscalYear(year))
        for line in queries_performance.sheet(name).lines:
            if line.score is None:
                continue
            group, origin = f"programme:{line.total.name}", ", ".join(one.code for one in line.measures)
            weight = sum((Fraction(one.weight) for one in line.measures), Fraction(0))
            reached = line.score / 100 * weight
            found.append(row("performance_weight_millionths", name, round(weight * MILLION), group, origin))
            found.append(row("performance_reached_millionths", name, round(reached * MILLION), group, origin))
    return found


def _earned(last: DliClaim | None) -> int:
    return last.earned or 0 if last else 0


def assessments() -> list[Row]:
    """Scores of the newest closed assessment of the whole system of each year, 0 to 1 a field, by criterion (OC-22)."""
    criterion = dict(CodiField.objects.values_list("code", "criterion"))
    newest: dict[str, CodiRound] = {}
    for one in CodiRound.objects.filter(level="system", state=CodiRound.State.CLOSED, example=False).order_by("id"):
        newest[one.fiscal_year] = one
    found = []
    for year, one in sorted(newest.items()):
        for code, answer in sorted(queries_codi.result(one).answers.items()):
            if answer.score is None:
                continue
            group, origin = f"criterion:{criterion[code]}", f"CODI {one.pk}: {code}"
            score = round(Fraction(MILLION * (answer.score - 1), one.scale - 1))
            found.append(row("codi_fields", year, 1, group, origin))
            found.append(row("codi_score_millionths", year, score, group, origin))
    return found


def survey_rounds() -> list[Row]:
    """Poverty, gap and inequality without and with the transfers, by the newest round of a year (IM-01 to IM-04)."""
    newest: dict[str, SurveyRound] = {}
    rounds = SurveyRound.objects.filter(state=SurveyRound.State.ESTIMATED, synthetic=False)
    for one in rounds.order_by("collected_on", "id"):
        newest[str(FiscalYear.of(one.collected_on))] = one
    found = []
    for year, one in sorted(newest.items()):
        run = queries_survey.latest_run(one)
        origin = f"{one.survey} {one.label}, run {run.pk if run else '?'}, data {one.data_sha256[:12]}"
        for value in queries_survey.indicator_values(one):
            if value.numerator is None or value.group:
                continue
            if value.code in BEFORE_AFTER:
                before, after = BEFORE_AFTER[value.code]
                found.append(row(before, year, round(MILLION * value.denominator), origin=origin))
                found.append(row(after, year, round(MILLION * (value.denominator - value.numerator)), origin=origin))
            elif value.code == "IM-04":
                found.append(row("gap_closed_millionths", year, round(MILLION * value.numerator), origin=origin))
    return found


def lists_shown(as_of: date) -> list[Row]:
    """Lists shown in public and upazilas with an open meeting, since the first on record (OP-17, OP-18)."""
    first = queries_shown.first_year()
    upazilas = Area.objects.filter(level="upazila").count()
    found = []
    for starts in range(first.starts, FiscalYear.of(as_of).starts + 1) if first else ():
        year = FiscalYear(starts)
        for programme, due, shown in queries_shown.lists_of_year(year, as_of):
            found.append(row("lists_due", year, due, f"programme:{programme}"))
            found.append(row("lists_shown", year, shown, f"programme:{programme}"))
        found.append(row("upazilas", year, upazilas))
        found.append(row("upazilas_met", year, queries_shown.upazilas_met(year)))
    return found
