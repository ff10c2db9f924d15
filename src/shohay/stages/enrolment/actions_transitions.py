"""Ends and moves that the registry makes necessary: found for everybody at once, then decided batch by batch."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from pyarrow import csv

from shohay.bulk import transitions as bulk
from shohay.bulk.copying import copy_in, copy_out
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.accounts.rls import lifted
from shohay.stages.audit.actions import record
from shohay.stages.enrolment import transition_sql as sql
from shohay.stages.enrolment.compatibility import excluded
from shohay.stages.enrolment.models import Transition, TransitionBatch
from shohay.stages.programmes.definitions import definitions_on

Progress = Callable[[str, int, int], None]


class Proposed(NamedTuple):
    """What a search proposed: batches and rows, enrolments asked, and the rules that nothing in the registry tells."""

    batches: int
    rows: int
    asked: int
    untold: list[tuple[str, str]]


def propose_transitions(
    *, on: date, until: Mapping[str, date] | None = None, progress: Progress | None = None, by: Officer
) -> Proposed:
    """Ask the rules of every active enrolment and propose the ends and moves, a batch a programme and upazila.

    One transaction: killed in the middle nothing is proposed, and a second run proposes only what no proposal holds.
    ``until``: the end of the last cycle opened for a programme (payments.queries.paid_until): no move begins before.
    Raises transitions_none.
    """
    by.require("enrolment.stop")
    definitions = definitions_on(on)
    with transaction.atomic(), connection.cursor() as cursor, lifted():
        cursor.execute("lock table enrolment_transition in share row exclusive mode")  # two searches at once
        _tell(progress, "read_enrolments", 0)
        rows = copy_out(cursor, _asked(definitions, on), bulk.COLUMNS)
        _tell(progress, "find_transitions", 1)
        found = bulk.find(rows, definitions, on, until)
        _tell(progress, "propose_transitions", 2)
        _stage(cursor, found.rows)
        cursor.execute(sql.PROPOSE, {
            "on": on, "by": by.username, "at": timezone.now(), "areas": [f"{code}%" for code in by.areas],
            "every": "" in by.programmes, "programmes": list(by.programmes),
        })  # fmt: skip
        batches, proposed = cursor.fetchone()
        cursor.execute("drop table found")
        if not proposed:
            raise Refusal("transitions_none", on=on)
        cursor.execute("analyze enrolment_transition")
        record(
            action="transitions.proposed", by=by, subject=("transitions", on.isoformat()),
            detail={"batches": batches, "rows": proposed, "asked": rows.num_rows, "on": on.isoformat()},
        )  # fmt: skip
    _tell(progress, "propose_transitions", 3)
    return Proposed(batches, proposed, rows.num_rows, found.untold)


def _tell(progress: Progress | None, step: str, done: int) -> None:
    if progress:
        progress(step, done, 3)


def _asked(definitions: list[Any], on: date) -> str:
    """The query of every active enrolment; households are looked into only where a rule needs it."""
    needing: dict[str, list[str]] = {"head_government_job": [], "leaves_primary_school": []}
    for definition in definitions:
        version = definition.version_on(on)
        for end in version.ends if version else ():
            if end.on in needing:
                needing[end.on].append(f"'{definition.code}'")
    head, pupils = (", ".join(codes) or "''" for codes in needing.values())
    return sql.ASKED.format(day=on.isoformat(), head=head, pupils=pupils)


def _stage(cursor: Any, rows: Any) -> None:
    """What was found, as the temporary table ``found``."""
    cursor.execute(sql.STAGE)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "found.csv"
        csv.write_csv(rows.select(sql.FOUND), path, csv.WriteOptions(include_header=False))
        copy_in(cursor, "found", sql.FOUND, path)
    cursor.execute("analyze found")


def approve_transitions(
    *, batch: TransitionBatch, until: Mapping[str, date] | None = None, by: Officer
) -> TransitionBatch:
    """A second officer ends and moves everybody of the batch; old and new enrolment change in one transaction.

    Who was ended otherwise meanwhile, or holds something that excludes the new programme, is skipped and stays.
    """
    by.require("enrolment.stop", area=batch.area_code, programme=batch.programme_code)
    with transaction.atomic():
        made = _waiting(batch, by)
        with connection.cursor() as cursor, lifted():
            cursor.execute("lock table enrolment_enrolment in share row exclusive mode")  # as enrolling a list does
            applied = _apply(cursor, made, until or {}, by)
        made.state, made.decided_by, made.decided_at = TransitionBatch.State.APPROVED, by.username, timezone.now()
        made.applied = applied
        made.save(update_fields=["state", "decided_by", "decided_at", "applied"])
        record(
            action="transitions.approved", by=by, subject=("transition_batch", made.pk), area_code=made.area_code,
            programme_code=made.programme_code,
            detail={"applied": applied, "skipped": made.ends + made.moves - applied, "on": made.on.isoformat()},
        )  # fmt: skip
    return made


def _apply(cursor: Any, made: TransitionBatch, until: Mapping[str, date], by: Officer) -> int:
    """Close and open the enrolments of the batch; how many proposals were carried out."""
    goals = sorted(set(made.rows.exclude(to_programme="").values_list("to_programme", flat=True)))
    hashes = {definition.code: definition.sha256 for definition in definitions_on(made.on)} if goals else {}
    values = {
        "batch": made.pk, "until": until.get(made.programme_code, made.on), "by": by.username, "at": timezone.now(),
        "proposed_by": made.proposed_by, "definition": json.dumps({goal: hashes.get(goal, "") for goal in goals}),
    }  # fmt: skip
    cursor.execute(sql.EXCLUDING)
    pairs = []
    for goal in goals:
        by_person, by_household = excluded(goal, made.on)
        pairs += [(goal, code, False) for code in by_person] + [(goal, code, True) for code in by_household]
    cursor.executemany("insert into excluding values (%s, %s, %s)", pairs)
    for step in (sql.JUDGE, sql.BLOCKED, sql.CLOSE, sql.OPEN, sql.SETTLE):
        cursor.execute(step, values)
    cursor.execute("select count(*) from moving")
    applied = int(cursor.fetchone()[0])
    cursor.execute("drop table moving, excluding")
    return applied


def return_transitions(*, batch: TransitionBatch, reason: str, by: Officer) -> TransitionBatch:
    """Send a batch back with a reason; the next search finds again what still holds."""
    by.require("enrolment.stop", area=batch.area_code, programme=batch.programme_code)
    if not reason.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        made = _waiting(batch, by)
        made.state, made.decided_by, made.decided_at = TransitionBatch.State.RETURNED, by.username, timezone.now()
        made.note = reason.strip()
        made.save(update_fields=["state", "decided_by", "decided_at", "note"])
        Transition.objects.filter(batch=made).update(state=Transition.State.RETURNED)
        record(
            action="transitions.returned", by=by, subject=("transition_batch", made.pk), area_code=made.area_code,
            programme_code=made.programme_code, reason=made.note,
        )  # fmt: skip
    return made


def _waiting(batch: TransitionBatch, by: Officer) -> TransitionBatch:
    """The batch, locked; refused unless it waits for ``by``."""
    made = TransitionBatch.objects.select_for_update().get(pk=batch.pk)
    if made.state != TransitionBatch.State.PROPOSED:
        raise Refusal("transitions_decided", state=made.state)
    if made.proposed_by == by.username:
        raise Refusal("same_person")
    return made
