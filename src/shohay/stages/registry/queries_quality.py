"""Reading the quality of records: scores by place and by operator, trends, work lists, the findings of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Left

from shohay.bulk import quality_rows
from shohay.core.quality import Rule, Rules
from shohay.policy.quality_rules import shipped
from shohay.stages.accounts.models import Assignment
from shohay.stages.accounts.officer import Officer
from shohay.stages.accounts.roles import PERMISSIONS
from shohay.stages.registry.models_quality import QualityRun, QualityScore, QualityTask

NEXT = {0: 2, 2: 4, 4: 6, 6: 8, 8: 8}  # digits of the places below a place
TRENDS = 12  # checks that a trend goes back


class Scored(NamedTuple):
    """``score`` is the mean score of the records, 0 to 100; ``share`` the part of them that some rule found."""

    key: str
    records: int
    found: int
    score: float

    @property
    def share(self) -> float:
        return self.found / self.records if self.records else 0.0


def rules() -> Rules:
    """The rules in force."""
    return shipped()


def runs() -> QuerySet[QualityRun]:
    return QualityRun.objects.select_related("snapshot").order_by("-pk")


def latest() -> QualityRun | None:
    return runs().first()


def _mine(officer: Officer, run: QualityRun, area: str) -> QuerySet[QualityScore]:
    scope = QualityScore.objects.filter(officer.area_filter(), run=run)
    return scope.filter(area_code__startswith=area) if area else scope


def _scored(rows: QuerySet[Any], key: str) -> list[Scored]:
    totals = rows.values_list(key).annotate(Sum("records"), Sum("found"), Sum("points")).order_by(key)
    return [Scored(name, records, found, points / records) for name, records, found, points in totals if records]


def total(officer: Officer, run: QualityRun, area: str = "") -> Scored | None:
    """All records of the officer's areas within ``area`` together; None where there are none."""
    found = _mine(officer, run, area).aggregate(records=Sum("records"), found=Sum("found"), points=Sum("points"))
    if not found["records"]:
        return None
    return Scored(area, found["records"], found["found"], found["points"] / found["records"])


def by_place(officer: Officer, run: QualityRun, area: str = "") -> list[Scored]:
    """The places one step below ``area``, the lowest score first."""
    digits = NEXT.get(len(area), 8)
    rows = _mine(officer, run, area).annotate(place=Left("area_code", digits))
    return sorted(_scored(rows, "place"), key=lambda row: (row.score, row.key))


def by_operator(officer: Officer, run: QualityRun, area: str = "", limit: int = 50) -> list[Scored]:
    """Who recorded them, the lowest score first; those with few records say little and are left out (below 20)."""
    rows = _scored(_mine(officer, run, area).exclude(operator=""), "operator")
    return sorted((row for row in rows if row.records >= 20), key=lambda row: (row.score, row.key))[:limit]


def by_rule(officer: Officer, run: QualityRun, area: str = "") -> list[tuple[Rule, int]]:
    """The rules of today with the records that each found, the commonest first; rules that found none at the end."""
    scope = _mine(officer, run, area)
    sql, params = scope.order_by().values("by_rule").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"select key, sum(value::bigint) from ({sql}) as rows (by_rule), jsonb_each_text(by_rule) group by key",
            params,
        )
        counted = {name: int(number) for name, number in cursor.fetchall()}
    return sorted(((rule, counted.get(rule.id, 0)) for rule in rules().rules), key=lambda pair: (-pair[1], pair[0].id))


def trend(officer: Officer, area: str = "") -> list[tuple[QualityRun, Scored]]:
    """The last checks, oldest first, with the score of the area in each."""
    found = [(run, total(officer, run, area)) for run in reversed(runs()[:TRENDS])]
    return [(run, scored) for run, scored in found if scored]


def tasks(officer: Officer, *, state: str = "", rule: str = "", mine: bool = False) -> QuerySet[QualityTask]:
    """Tasks in the officer's areas; ``state`` '' means those not ended. An operator sees what is theirs or nobody's."""
    wanted = Q(state=state) if state else Q(state__in=["open", "assigned"])
    if rule:
        wanted &= Q(rule=rule)
    if mine or not officer.may("quality.assign"):
        wanted &= Q(assigned_to=officer.username) if mine else Q(assigned_to__in=["", officer.username])
    return QualityTask.objects.filter(officer.area_filter(), wanted).select_related("person", "household")


def task(officer: Officer, pk: int) -> QualityTask | None:
    return QualityTask.objects.filter(officer.area_filter(), pk=pk).select_related("person", "household", "run").first()


def doers(officer: Officer) -> list[str]:
    """Officers to whom a task in the officer's areas may be given: their areas hold or lie in the officer's."""
    roles = [role for role, permissions in PERMISSIONS.items() if "quality.task" in permissions]
    held = Assignment.objects.filter(role__in=roles, user__is_active=True, valid_to__isnull=True)
    near = {
        username
        for username, area in held.values_list("user__username", "area_code")
        if any(area.startswith(mine) or mine.startswith(area) for mine in officer.areas)
    }
    return sorted(near)


def findings_of(household: int, person: int | None = None) -> list[Rule]:
    """What the latest check found about a person, or about a household; the heaviest first. [] without a check."""
    run = latest()
    if run is None or not Path(run.path).exists() or run.rules_sha256 != rules().sha256:
        return []
    return quality_rows.worst_first(quality_rows.findings_of(Path(run.path), rules(), household, person))
