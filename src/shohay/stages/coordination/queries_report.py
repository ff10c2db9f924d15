"""Everything that the progress report says, as one document of plain data: its texts are made of nothing else.

``data`` is canonical: the same rows on the same day give the same document and so the same hash. Numbers about people
are the public ones, small numbers left out, since the report is for everybody. ``figures`` holds each number that a
sentence may quote: {"value", "kind", "from"}; the kinds are those of shohay.core.report.text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from shohay.core.checking import RULES
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries_checks
from shohay.stages.coordination import queries_report_delivery as delivery
from shohay.stages.coordination import queries_report_plan as plan
from shohay.stages.coordination import queries_report_reform as reform
from shohay.stages.coordination import queries_report_results as results
from shohay.stages.programmes import queries as programmes
from shohay.stages.programmes import queries_budget as budgets

Progress = Callable[[str, int, int], None]
Data = dict[str, Any]
SCHEMA = 1  # of the document; raise it when a key changes its meaning
CATALOGUE = "catalogue.national"
TOLD = ("status.late",)  # findings that the report has a chapter about


def data(officer: Officer, *, year: str, as_of: date, progress: Progress | None = None) -> Data:
    """The report's data for a fiscal year on a day; refusals: not_allowed, report_year_unknown."""
    officer.require("report.view")
    fiscal_year(year)
    tell = progress or (lambda step, done, total: None)
    found: Data = {
        "report": {
            "schema": SCHEMA, "kind": "progress", "year": year, "as_of": as_of.isoformat(),
            "synthetic": bool(settings.SYNTHETIC),
        },
        "figures": {},
    }  # fmt: skip
    steps = (_catalogue, plan.put, delivery.put, results.put, results.put_money, reform.put, _quality)
    for number, step in enumerate(steps):
        tell("report_data", number, len(steps))
        step(officer, found, as_of)
    return found


def fiscal_year(year: str) -> FiscalYear:
    """The year as a value; refusal report_year_unknown where it is none or the catalogue has no list for it."""
    try:
        parsed = FiscalYear.parse(year)
    except ValueError:
        raise Refusal("report_year_unknown", year=year) from None
    if str(parsed) not in years():
        raise Refusal("report_year_unknown", year=year)
    return parsed


def years() -> list[str]:
    """The fiscal years with a list of programmes, the latest first."""
    return list(programmes.listed().order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct())


def put_figure(found: Data, key: str, value: object, kind: str, source: str) -> None:
    """One figure that sentences may quote; Decimal becomes the number that JSON can hold."""
    found["figures"][key] = {"value": number(value), "kind": kind, "from": source}


def number(value: object) -> object:
    return round(float(value), 4) if isinstance(value, Decimal) else value


# ------------------------------------------------------------------------------------------------------ catalogue


def _catalogue(officer: Officer, found: Data, as_of: date) -> None:
    """Ministries, programmes, totals by what they are, and the series of the years before."""
    year = found["report"]["year"]
    total = programmes.national_total()
    put_figure(found, "year", year, "year", CATALOGUE)
    put_figure(found, "day", as_of.isoformat(), "day", "report.as_of")
    put_figure(found, "budget.total", total.budget_crore, "crore", CATALOGUE)
    put_figure(found, "people.total", total.beneficiaries_lakh, "lakh", CATALOGUE)
    put_figure(found, "programmes.count", total.programmes, "count", CATALOGUE)
    found["programmes"] = [_programme(row) for row in programmes.listed().order_by("order")]
    found["by"] = {
        name: [_total(row, total.budget_crore) for row in programmes.totals_by(column)]
        for name, column in (("type", "type"), ("cluster", "thematic_cluster"), ("stage", "lifecycle_stage"))
    }
    sums = {row.name: row for row in programmes.totals_by("ministry_id")}
    found["ministries"] = [
        {"code": row.code, "name_bn": row.name_bn, "name_en": row.name_en, "cluster": row.coordinating_cluster,
         **_total(sums.get(row.code, programmes.Total(row.code, 0, Decimal(0), Decimal(0))), total.budget_crore)}
        for row in programmes.ministries()
    ]  # fmt: skip
    found["series"] = {row["code"]: series for row in found["ministries"] if (series := _series(row, year))}
    put_figure(found, "ministries.count", len(found["ministries"]), "count", "catalogue.list")
    put_figure(found, "ministries.with_series", len(found["series"]), "count", "catalogue.series")
    for row in found["ministries"]:
        for name, kind in (("programmes", "count"), ("budget", "crore"), ("people", "lakh"), ("share", "share")):
            put_figure(found, f"chapter.{row['code']}.{name}", row[name], kind, "catalogue.sums")
    for code, rows in found["series"].items():
        _series_figures(found, code, rows)
    for name, rows in found["by"].items():
        for rank, row in enumerate(rows[:1], start=1):
            for part, kind in (("budget", "crore"), ("share", "share")):
                put_figure(found, f"by.{name}.{rank}.{part}", row[part], kind, "catalogue.sums")


def _programme(row: Any) -> dict[str, Any]:
    return {
        "code": row.code, "ministry": row.ministry_id, "name_bn": row.name_bn, "name_en": row.name_en,
        "type": row.type, "cluster": row.thematic_cluster, "stage": row.lifecycle_stage,
        "budget": number(row.budget_crore), "people": number(row.beneficiaries_lakh),
    }  # fmt: skip


def _total(row: programmes.Total, whole: Decimal) -> dict[str, Any]:
    share = number(row.budget_crore / whole) if whole else None
    return {"name": row.name, "programmes": row.programmes, "budget": number(row.budget_crore),
            "people": number(row.beneficiaries_lakh), "share": share}  # fmt: skip


def _series(ministry: Data, year: str) -> list[dict[str, Any]]:
    """As printed, and at the prices of the last year; ``doubtful`` where the print breaks the series.

    The report's own year is what the list of programmes adds up to: the print has two numbers for it, and a report that
    shows both contradicts itself.
    """
    code = ministry["code"]
    rows = budgets.series(code)
    real = {fiscal: value for fiscal, _nominal, value in budgets.real_terms(rows)}
    printed = {row.fiscal_year: row for row in programmes.budget_years(code)}
    found = []
    for row in rows:
        if row.fiscal_year not in printed:
            continue
        was, own = printed[row.fiscal_year], row.fiscal_year == year
        budget, people = (
            (ministry["budget"], ministry["people"])
            if own
            else (number(was.budget_crore), number(was.beneficiaries_lakh))
        )
        found.append({
            "year": row.fiscal_year, "budget": budget, "people": people, "doubtful": bool(row.doubtful) and not own,
            "real": budget if own else crore(real.get(row.fiscal_year)),
            "list": own and (budget, people) != (number(was.budget_crore), number(was.beneficiaries_lakh)),
        })  # fmt: skip
    return found


def crore(poisha: int | None) -> float | None:
    return None if poisha is None else round(poisha / 10**9, 2)


def _series_figures(found: Data, code: str, rows: list[dict[str, Any]]) -> None:
    """First and last year of a ministry's series, and how many times the budget has grown."""
    first, last, source = rows[0], rows[-1], "catalogue.series"
    for name, row in (("first", first), ("last", last)):
        put_figure(found, f"series.{code}.{name}.year", row["year"], "year", source)
        put_figure(found, f"series.{code}.{name}.budget", row["budget"], "crore", source)
    times = round(last["budget"] / first["budget"], 2) if first["budget"] else None
    put_figure(found, f"series.{code}.times", times, "decimal", source)


# -------------------------------------------------------------------------------------------------------- quality


def _quality(officer: Officer, found: Data, as_of: date) -> None:
    """What the checker finds in our own data: how often each rule, and what is not said elsewhere in the report."""
    findings = queries_checks.check_data(officer, on=as_of)
    tally = Counter(row.rule for row in findings)
    found["rules"] = [
        {"rule": rule, "severity": RULES[rule].severity, "count": count, "name_bn": RULES[rule].title_bn,
         "name_en": RULES[rule].title_en}
        for rule, count in sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
    ]  # fmt: skip
    found["findings"] = [
        {"rule": row.rule, "severity": row.severity, "bn": row.bn, "en": row.en}
        for row in findings if row.rule not in TOLD
    ]  # fmt: skip
    source = "coordination.check_data"
    for name, severity in (("errors", "error"), ("warnings", "warning"), ("notes", "note")):
        put_figure(found, f"quality.{name}", sum(row.severity == severity for row in findings), "count", source)
