"""Reading checks of draft reports, what changed between two of them, and the checker over the platform's own data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from shohay.core.checking import OF_DATA, SEVERITIES, Finding, check, parse
from shohay.core.timeframes import PLAN_ENDS, PLAN_STARTS
from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination.models import ActionItem, ClusterAction
from shohay.stages.coordination.models_checks import CheckFinding, ReportCheck
from shohay.stages.programmes import queries as programmes
from shohay.stages.programmes.models import Ministry

MINISTRY_HEAD = "Ministry\tNo. of Programmes\tBudget (Crore Taka)\tBeneficiary (Lakh)"
PROGRAMME_HEAD = "Programme\tMinistry\tBeneficiary (Lakh)\tBudget (Crore Taka)"
SERIES_HEAD = "Fiscal Year\tBeneficiary (Lakh)\tBudget (Crore Taka)"
PLAN_HEAD = "SL\tObjectives\tActivities\tPerformance Indicator\tTimeframe\tStatus"
CLUSTER_HEAD = "SL\tObjectives\tActivities\tPerformance Indicator\tTimeframe\tResponsible Ministry\tShared\tStatus"


def file_path(sha256: str) -> Path:
    """Where the bytes of a checked file lie."""
    path: Path = settings.VAR / "checks" / sha256
    return path


def checks(officer: Officer) -> QuerySet[ReportCheck]:
    """Every check, the newest first."""
    officer.require("report.check")
    return ReportCheck.objects.order_by("-id")


def findings(officer: Officer, pk: int, *, severity: str = "", rule: str = "") -> QuerySet[CheckFinding]:
    """The findings of a check in the order of the lines, of one severity or rule when asked."""
    officer.require("report.check")
    wanted = {name: value for name, value in (("severity", severity), ("rule", rule)) if value}
    return CheckFinding.objects.filter(report_check_id=pk, **wanted).order_by("line", "id")


class RuleCount(NamedTuple):
    """A rule of a check: how often, how grave, the first line."""

    rule: str
    severity: str
    number: int
    first: int


def by_rule(officer: Officer, pk: int) -> list[RuleCount]:
    """Errors before warnings before notes, the most frequent first."""
    rows = findings(officer, pk).order_by().values_list("rule", "severity").annotate(Count("id"), Min("line"))
    return sorted(
        (RuleCount(*row) for row in rows), key=lambda row: (SEVERITIES.index(row.severity), -row.number, row.rule)
    )


class Changed(NamedTuple):
    """From one version of a draft to another: what is gone, what is new, how many stayed."""

    gone: list[CheckFinding]
    new: list[CheckFinding]
    stayed: int


def changed(officer: Officer, before: int, after: int) -> Changed:
    """Findings are known again by rule and content, not by line: lines move when text is put in."""
    old, new = list(findings(officer, before)), list(findings(officer, after))
    kept = Counter(map(_content, old)) & Counter(map(_content, new))
    return Changed(_without(old, kept), _without(new, kept), sum(kept.values()))


def _content(row: CheckFinding) -> tuple[str, ...]:
    return (
        row.rule,
        row.reported,
        re.sub(r"line \d+", "line", row.expected),
        re.sub(r"line \d+", "line", row.message_en),
    )


def _without(rows: list[CheckFinding], kept: Counter[tuple[str, ...]]) -> list[CheckFinding]:
    left, found = kept.copy(), []
    for row in rows:
        content = _content(row)
        if left[content]:
            left[content] -= 1
        else:
            found.append(row)
    return found


def check_data(officer: Officer, *, on: date | None = None) -> list[Finding]:
    """The rules for tables over our own rows: totals, series, dates outside the plan, overdue and still in progress.

    Lines count the rows as they are laid out here; the excerpt of a finding shows its row.
    """
    officer.require("plan.view")
    return check(parse(list(_lines())), as_of=on or timezone.localdate(), families=OF_DATA)


def _lines() -> Iterator[str]:
    yield from (f"Action plan ({PLAN_STARTS.year}-{PLAN_ENDS.year})", "", "1.1 Ministries", "", MINISTRY_HEAD)
    names = {}
    for ministry in programmes.ministries():
        names[ministry.pk] = ministry.name_en
        yield "\t".join((
            ministry.name_en, str(ministry.programme_count), str(ministry.budget_crore),
            str(ministry.beneficiaries_lakh),
        ))  # fmt: skip
    yield from ("", "1.2 Programmes", "", PROGRAMME_HEAD)
    for row in programmes.listed().order_by("order"):
        yield "\t".join(
            (row.name_en, names[row.ministry_id], str(row.beneficiaries_lakh or 0), str(row.budget_crore or 0))
        )
    yield from _chapters(names)
    yield from _clusters()


def _chapters(names: dict[str, str]) -> Iterator[str]:
    items: dict[str, list[ActionItem]] = {}
    for item in ActionItem.objects.order_by("code"):
        items.setdefault(item.ministry_id, []).append(item)
    for no, ministry in enumerate(Ministry.objects.order_by("order"), 1):
        yield from ("", f"2.{no} {names[ministry.pk]}", "")
        series = list(programmes.budget_years(ministry.pk))
        if series:
            yield SERIES_HEAD
            yield from (f"{row.fiscal_year}\t{row.beneficiaries_lakh}\t{row.budget_crore}" for row in series)
            yield ""
        if ministry.pk in items:
            yield PLAN_HEAD
            yield from map(_item, items[ministry.pk])


def _item(row: ActionItem) -> str:
    cells = (row.objective_no, row.objective_en, row.activity_en, row.indicator_en, row.timeframe, row.status)
    return "\t".join(_cell(cell) for cell in cells)


def _clusters() -> Iterator[str]:
    yield from ("", "3.1 Clusters", "", CLUSTER_HEAD)
    cluster = ""
    for row in ClusterAction.objects.order_by("cluster", "no", "part"):
        if row.cluster != cluster:
            cluster = row.cluster
            yield f"{cluster}\t\t\t\t\t\t\t"
        cells = (
            row.no,
            row.objective_en,
            row.activity_en,
            row.indicator_en,
            row.timeframe,
            row.responsible,
            row.shared,
            row.status,
        )
        yield "\t".join(_cell(cell) for cell in cells)


def _cell(value: object) -> str:
    return str(value).replace("\t", " ").replace("\n", " ")
