"""Enrolling the selected of an approved list, and stopping an enrolment by two officers."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from shohay.bulk.copying import copy_in
from shohay.bulk.enrolment import facts_csv
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.accounts.rls import lifted
from shohay.stages.audit import actions as audit
from shohay.stages.enrolment import left_out
from shohay.stages.enrolment.compatibility import excluded
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.targeting.models import Run, SelectionList

# Who is selected, alive, recorded once, and neither on the programme at any later day nor on one that excludes it.
ENROL = """
insert into enrolment_enrolment (person_id, household_id, programme_code, area_code, valid, state, selection_list_id,
       definition_sha256, facts, enrolled_at, enrolled_by, stop_reason, stop_proposed_by, stop_approved_by)
select d.person_id, d.household_id, d.programme_code, d.area_code, daterange(%(on)s, null), 'active', %(list)s,
       %(definition)s, coalesce(f.facts::jsonb, '{}'), %(at)s, %(by)s, '', '', ''
from judged d left join benefit_facts f on f.person_id = d.person_id
where d.reason is null
order by d.rank
"""


def enrol_list(*, selection_list: SelectionList, on: date, by: Officer) -> int:
    """Enrol everyone selected on an approved list from the day ``on``; how many were new.

    Set-based, one transaction. Who is on the programme already stays as they are, so a second run enrols nobody.
    Who has died, is a second record, or has come onto a programme that excludes this one is left out and noted with
    the reason (LeftOut); their place goes to the next determination.
    The facts that set the amount (school class, pupils ...) are kept with the enrolment as the run found them.
    """
    by.require("enrolment.create", area=selection_list.area_code, programme=selection_list.programme_code)
    with transaction.atomic():
        selection_list = SelectionList.objects.select_for_update().select_related("run").get(pk=selection_list.pk)
        if selection_list.state != SelectionList.State.APPROVED:
            raise Refusal("list_not_approved", state=selection_list.state)
        values = {
            "on": on,
            "list": selection_list.pk,
            "definition": selection_list.run.definitions.get(selection_list.programme_code, ""),
            "at": timezone.now(),
            "by": by.username,
            **excluded(selection_list.programme_code, on)._asdict(),
        }
        with connection.cursor() as cursor:
            # two lists at once must not bring one person onto two programmes that exclude each other
            cursor.execute("lock table enrolment_enrolment in share row exclusive mode")
            _stage_facts(cursor, selection_list)
            with lifted():
                _renew_statistics(cursor)
                left_out.judge(cursor, values)
                cursor.execute(ENROL, values)
                enrolled = int(cursor.rowcount)
                noted = left_out.note(cursor, values)
            cursor.execute("drop table benefit_facts")
        if enrolled or noted:
            audit.record(
                action="list.enrolled", by=by, subject=("selection_list", selection_list.pk),
                area_code=selection_list.area_code, programme_code=selection_list.programme_code,
                detail={
                    "enrolled": enrolled, "left_out": noted, "on": str(on), "definition_sha256": values["definition"],
                },
            )  # fmt: skip
    return enrolled


def _renew_statistics(cursor: Any) -> None:
    """Have the planner count anew when the table has grown by half: one list after another fills it in seconds, and
    with the figures of a small table each list would be compared with all enrolments, row by row."""
    cursor.execute(
        "select pg_stat_get_mod_since_analyze(oid) > 1000 + greatest(reltuples, 0) / 2"
        " from pg_class where oid = 'enrolment_enrolment'::regclass"
    )
    if cursor.fetchone()[0]:
        cursor.execute("analyze enrolment_enrolment")


def _stage_facts(cursor: Any, selection_list: SelectionList) -> None:
    """The benefit facts of the list's payees, from the result of the run, as a temporary table."""
    cursor.execute("create temp table benefit_facts (person_id bigint primary key, facts text) on commit drop")
    run: Run = selection_list.run
    ranked = Path(settings.VAR) / run.result_path / "ranked.parquet"
    if not ranked.exists():
        return
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "facts.csv"
        if facts_csv(ranked, selection_list.programme_code, selection_list.area_code, path):
            copy_in(cursor, "benefit_facts", ["person_id", "facts"], path)


def propose_stop(*, enrolment: Enrolment, reason: str, on: date | None = None, by: Officer) -> Enrolment:
    """Propose that the benefit ends: ``on`` is the first day without it (by default the next first of a month).

    Another officer must approve.
    """
    on = on or _next_month(timezone.localdate())
    if not reason.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        by.require("enrolment.stop", area=enrolment.area_code, programme=enrolment.programme_code)
        _still_active(enrolment)
        if on <= enrolment.valid.lower:
            raise Refusal("stop_before_start", day=on, start=enrolment.valid.lower)
        enrolment.stop_on, enrolment.stop_reason = on, reason.strip()[:40]
        enrolment.stop_proposed_by = by.username
        enrolment.save(update_fields=["stop_on", "stop_reason", "stop_proposed_by"])
        _record("enrolment.stop_proposed", enrolment, reason, by)
    return enrolment


def approve_stop(*, enrolment: Enrolment, by: Officer) -> Enrolment:
    """Another officer ends the enrolment on the day proposed; what was paid stays paid."""
    with transaction.atomic():
        enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        by.require("enrolment.stop", area=enrolment.area_code, programme=enrolment.programme_code)
        _still_active(enrolment)
        if not enrolment.stop_proposed_by or enrolment.stop_on is None:
            raise Refusal("stop_not_proposed")
        if enrolment.stop_proposed_by == by.username:
            raise Refusal("same_person")
        enrolment.valid = DateRange(enrolment.valid.lower, enrolment.stop_on)
        enrolment.state, enrolment.stop_approved_by = Enrolment.State.STOPPED, by.username
        enrolment.save(update_fields=["valid", "state", "stop_approved_by"])
        _record("enrolment.stopped", enrolment, enrolment.stop_reason, by)
    return enrolment


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _still_active(enrolment: Enrolment) -> None:
    if enrolment.state != Enrolment.State.ACTIVE:
        raise Refusal("enrolment_ended")


def _record(action: str, enrolment: Enrolment, reason: str, by: Officer) -> None:
    audit.record(
        action=action,
        by=by,
        subject=("person", enrolment.person_id),
        area_code=enrolment.area_code,
        programme_code=enrolment.programme_code,
        reason=reason,
        detail={"enrolment": enrolment.pk, "on": str(enrolment.stop_on)},
    )
