"""Checking the quality of records, and the work that follows from it: opened, given to somebody, ended."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import quality, quality_rows
from shohay.bulk.copying import copy_in, copy_out
from shohay.core.messages import Refusal
from shohay.core.quality import Rules
from shohay.stages.accounts.officer import Officer
from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.actions import record
from shohay.stages.registry import queries_quality as queries
from shohay.stages.registry.models import Snapshot
from shohay.stages.registry.models_quality import QualityRun, QualityScore, QualityTask

Progress = Callable[[str, int, int], None]

MOST_TASKS = 5000  # opened at once: a work list, not the whole finding
OPEN = (QualityTask.State.OPEN, QualityTask.State.ASSIGNED)


def check_quality(
    *, snapshot: Snapshot, rules: Rules | None = None, by: Officer, progress: Progress | None = None
) -> QualityRun:
    """Run the quality rules over the snapshot; the same rules over the same snapshot are the same check.

    Files first, rows after, so a killed check leaves nothing that anybody sees. Open tasks whose record is no longer
    found are closed as gone. Raises Refusal snapshot_wrong, snapshot_not_ordered.
    """
    by.require("quality.check")
    rules = rules or queries.rules()
    known = QualityRun.objects.filter(snapshot=snapshot, rules_sha256=rules.sha256).first()
    if known and Path(known.path).exists():
        return known
    folder: Path = settings.VAR / "quality" / f"{snapshot.sha256[:16]}-{rules.sha256[:16]}"
    checked = quality.check(where=Path(snapshot.path), rules=rules, out=folder, progress=progress)
    if known:  # its files were lost and have just been made again
        return known
    with transaction.atomic():
        run = QualityRun.objects.create(
            snapshot=snapshot, as_of=snapshot.as_of, rules_version=rules.version, rules_sha256=rules.sha256,
            path=str(folder), checked_by=by.username,
            counts={"records": checked.records, "found": checked.found, "by_rule": checked.by_rule},
        )  # fmt: skip
        rows = _load_scores(run)
        gone = _end_gone(run, rules)
        record(
            action="quality.checked", by=by, subject=("quality", run.pk),
            detail={"snapshot": snapshot.sha256, "rules": rules.sha256, "scores": rows, "gone": gone, **run.counts},
        )  # fmt: skip
    return run


def _load_scores(run: QualityRun) -> int:
    with tempfile.TemporaryDirectory(dir=run.path) as folder, connection.cursor() as cursor:
        path = Path(folder) / "scores.csv"
        rows = quality_rows.scores_csv(Path(run.path), run.pk, path)
        copy_in(cursor, QualityScore._meta.db_table, list(quality_rows.SCORE_COLUMNS), path)
    return rows


def _end_gone(run: QualityRun, rules: Rules) -> int:
    """Close the open tasks that this check does not find any more."""
    with connection.cursor() as cursor:
        tasks = copy_out(
            cursor,
            "select id, rule, household_id, person_id from registry_qualitytask where state in ('open', 'assigned')",
            quality_rows.TASKS,
        )
    gone = quality_rows.no_longer_found(Path(run.path), rules, tasks) if tasks.num_rows else []
    return QualityTask.objects.filter(pk__in=gone, state__in=OPEN).update(
        state=QualityTask.State.GONE, ended_at=timezone.now(), ended_by="quality"
    )


def open_tasks(
    *, run: QualityRun, rule: str, area_code: str, number: int = 100, assign_to: str = "", by: Officer
) -> int:
    """Put the ``number`` worst records of an area that ``rule`` found on the work list; how many were new there.

    Raises not_allowed, quality_rule_unknown, quality_files_gone, quality_nobody_assigned.
    """
    by.require("quality.assign", area=area_code)
    rules = queries.rules()
    asked = rules.named(rule)
    if asked is None or rule not in run.counts["by_rule"] or rules.sha256 != run.rules_sha256:
        raise Refusal("quality_rule_unknown", rule=rule)
    if not Path(run.path).exists():
        raise Refusal("quality_files_gone")
    if assign_to:
        _may_do(assign_to, area_code)
    now = timezone.now()
    with tempfile.TemporaryDirectory(dir=settings.VAR) as folder, transaction.atomic(), connection.cursor() as cursor:
        path = Path(folder) / "tasks.csv"
        quality_rows.tasks_csv(Path(run.path), rules, asked, area_code, min(number, MOST_TASKS), path)
        cursor.execute(
            "create temporary table asked (level text, person_id bigint, household_id bigint, area_code text)"
            " on commit drop"
        )
        copy_in(cursor, "asked", list(quality_rows.TASK_COLUMNS), path)
        state = QualityTask.State.ASSIGNED if assign_to else QualityTask.State.OPEN
        cursor.execute(
            OPEN_TASKS,
            [run.pk, rule, state, assign_to, by.username if assign_to else "", now if assign_to else None,
             by.username, now],
        )  # fmt: skip
        opened = int(cursor.rowcount)
        cursor.execute("drop table asked")
        record(
            action="quality.tasks_opened", by=by, subject=("quality", run.pk), area_code=area_code,
            detail={"rule": rule, "tasks": opened, "assigned_to": assign_to},
        )  # fmt: skip
    return opened


# whom a merge or a move has taken away since the check is not put on the list
OPEN_TASKS = """
insert into registry_qualitytask (run_id, rule, level, person_id, household_id, area_code, state, assigned_to,
                                  assigned_by, assigned_at, outcome, note, opened_by, opened_at, ended_by)
select %s, %s, a.level, a.person_id, a.household_id, a.area_code, %s, %s, %s, %s, '', '', %s, %s, ''
from asked a join registry_household h on h.id = a.household_id
left join registry_person p on p.id = a.person_id
where a.person_id is null or (p.duplicate_of_id is null and p.death_date is null)
order by a.household_id, a.person_id
on conflict do nothing
"""


def assign_tasks(*, tasks: list[int], to: str, by: Officer) -> int:
    """Give open tasks to an officer who works where they are; how many. Tasks outside the assigner's areas stay."""
    by.require("quality.assign")
    with transaction.atomic():
        rows = QualityTask.objects.select_for_update().filter(by.area_filter(), pk__in=tasks, state__in=OPEN)
        areas = sorted(set(rows.values_list("area_code", flat=True)))
        for area in areas:
            _may_do(to, area)
        given = rows.update(
            state=QualityTask.State.ASSIGNED, assigned_to=to, assigned_by=by.username, assigned_at=timezone.now()
        )
        record(action="quality.assigned", by=by, subject=("officer", to), detail={"tasks": given, "areas": areas})
    return given


def end_task(*, task: int, outcome: str, note: str, by: Officer) -> QualityTask:
    """Say what came of a task. Raises quality_task_ended, quality_note_missing, not_allowed."""
    by.require("quality.task")
    if not note.strip() or outcome not in QualityTask.Outcome.values:
        raise Refusal("quality_note_missing")
    with transaction.atomic():
        row = QualityTask.objects.select_for_update().filter(by.area_filter(), pk=task).first()
        if row is None or (row.assigned_to not in ("", by.username) and not by.may("quality.assign")):
            raise Refusal("not_allowed", what="quality.task")
        if row.state not in OPEN:
            raise Refusal("quality_task_ended", by=row.ended_by)
        row.state, row.outcome, row.note = QualityTask.State.DONE, outcome, note.strip()[:500]
        row.ended_by, row.ended_at = by.username, timezone.now()
        row.save(update_fields=["state", "outcome", "note", "ended_by", "ended_at"])
        record(
            action="quality.task_ended", by=by, subject=("task", row.pk), area_code=row.area_code, reason=row.note,
            detail={"rule": row.rule, "outcome": outcome},
        )  # fmt: skip
    return row


def _may_do(username: str, area: str) -> None:
    """Raise unless this officer may work on tasks in the area."""
    doer = officer_of(username, "")
    if not (doer.may("quality.task") and doer.covers(area=area)):
        raise Refusal("quality_nobody_assigned")
