"""Asking outside parties about people: who is asked stands in a queue of calls in the database.

A call is claimed, made and its answers written in one transaction, so whoever is killed leaves the call to the next
one; the party recognises the request id and answers it as before. The job passes the party in and decides how many work
at once, how long to wait, and when to stop.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.core.verification import PARTIES, Answer, CallFailed, CallRefused, Party, PartyOut, Port, Question
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.registry import asking, findings, queries
from shohay.stages.registry.models_verification import PartyState, VerificationBatch, VerificationRun

State = VerificationRun.State
OPEN = (State.WAITING, State.RUNNING, State.PAUSED)
PORTION = 8  # calls claimed together: their answers are written together
GIVE_UP_AFTER = 4  # times that a call may fail, with longer and longer pauses between
FIRST_PAUSE = timedelta(minutes=1)


@dataclass
class Portion:
    """What came of one portion. ``wait``: seconds until there is something to do; None: nothing is left to ask."""

    claimed: int = 0
    answered: int = 0
    failed: int = 0
    found: int = 0  # things that do not agree
    wait: float | None = 0.0
    problem: str = ""
    levels: dict[str, int] = field(default_factory=dict)


def start_verification(*, party: str, area: str = "", by: Officer) -> VerificationRun:
    """A run of ``party`` over ``area`` ('' = the whole country). Raises party_unknown, verification_open."""
    by.require("verification.start", area=area)
    if party not in PARTIES:
        raise Refusal("party_unknown", party=party)
    try:
        with transaction.atomic():
            run = VerificationRun.objects.create(
                party=party, area_code=area, started_by=by.username, started_at=timezone.now()
            )
            record(
                action="verification.started", by=by, subject=("verification", run.pk), area_code=area,
                detail={"party": party},
            )  # fmt: skip
    except IntegrityError:  # the database allows one open run of a party over an area
        raise Refusal("verification_open") from None
    return run


def prepare_verification(*, run: VerificationRun, by: Officer, now: datetime | None = None) -> VerificationRun:
    """Write the queue: everybody of the area without an answer that still counts. A prepared run stays as it is."""
    by.require("verification.start", area=run.area_code)
    party, now = PARTIES[run.party], now or timezone.now()
    with transaction.atomic():
        run = VerificationRun.objects.select_for_update().get(pk=run.pk)
        if run.state != State.WAITING:
            return run
        PartyState.objects.get_or_create(code=party.code, defaults={"since": now})
        with connection.cursor() as cursor:
            named: dict[str, Any] = {
                "kinds": list(party.kinds), "like": f"{run.area_code}%", "run": run.pk, "batch": party.batch,
                "party": party.code, "now": now,
            }  # fmt: skip
            cursor.execute("drop table if exists candidates")
            cursor.execute(asking.candidates(party), named)
            everybody = cursor.rowcount
            cursor.execute(asking.PREPARE, named)
            cursor.execute(
                "select coalesce(sum(cardinality(subjects)), 0) from registry_verificationbatch where run_id = %s",
                [run.pk],
            )
            run.total = int(cursor.fetchone()[0])
        run.state, run.still_valid = State.RUNNING, everybody - run.total
        run.save(update_fields=["state", "still_valid", "total"])
        record(
            action="verification.prepared", by=by, subject=("verification", run.pk), area_code=run.area_code,
            detail={"party": run.party, "to_ask": run.total, "still_valid": run.still_valid},
        )  # fmt: skip
    return run


def ask_portion(
    *,
    run: VerificationRun,
    port: Port,
    pool: Executor,
    portion: int = PORTION,
    now: datetime | None = None,
    by: Officer,
) -> Portion:
    """Claim up to ``portion`` calls, make them in ``pool``, write the answers and what they contradict."""
    by.require("verification.start", area=run.area_code)
    party, now, began = PARTIES[run.party], now or timezone.now(), time.perf_counter()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(asking.CLAIM, [run.pk, now, portion])
            claimed = cursor.fetchall()
            done = Portion(claimed=len(claimed))
            if not claimed:
                done.wait = _until_due(run, now)
                return done
            asked = asking.questions(cursor, party, [one for row in claimed for one in row[2]], queries.key_ring())
            answers = _call(run, port, pool, claimed, asked, done, now)
            if answers:
                _keep(cursor, run, party, answers, done, now)
        left = _count(run, done, len(claimed))
        _note_party(party.code, port, done, now, time.perf_counter() - began)
        record(
            action="verification.answered", by=by, subject=("verification", run.pk), area_code=run.area_code,
            detail={"party": run.party, "answered": done.answered, "failed": done.failed, "left": left, **done.levels},
        )  # fmt: skip
    return done


def pause_verification(*, run: VerificationRun, until: datetime, by: Officer) -> VerificationRun:
    """The party does not answer: the run goes on by itself after ``until``."""
    by.require("verification.start", area=run.area_code)
    return _move(run, (State.RUNNING,), State.PAUSED, "verification.paused", by, resume_at=until)


def resume_verification(*, run: VerificationRun, by: Officer) -> VerificationRun:
    by.require("verification.start", area=run.area_code)
    return _move(run, (State.PAUSED,), State.RUNNING, "verification.resumed", by, resume_at=None)


def finish_verification(*, run: VerificationRun, by: Officer) -> VerificationRun:
    """Nobody is left to ask."""
    by.require("verification.start", area=run.area_code)
    return _move(run, (State.RUNNING,), State.DONE, "verification.done", by, finished_at=timezone.now())


def cancel_verification(*, run: VerificationRun, by: Officer) -> VerificationRun:
    """Ask nobody else; the answers that came stay. Raises verification_ended."""
    by.require("verification.start", area=run.area_code)
    return _move(run, OPEN, State.CANCELLED, "verification.cancelled", by, finished_at=timezone.now(), resume_at=None)


def _move(
    run: VerificationRun, before: Sequence[str], after: str, action: str, by: Officer, **changes: Any
) -> VerificationRun:
    with transaction.atomic():
        row = VerificationRun.objects.select_for_update().get(pk=run.pk)
        if row.state not in before:
            raise Refusal("verification_ended")
        row.state = after
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=["state", *changes])
        record(
            action=action, by=by, subject=("verification", row.pk), area_code=row.area_code,
            detail={"party": row.party, "answered": row.answered, "total": row.total},
        )  # fmt: skip
    return row


# ------------------------------------------------------------------------------------------------------- one portion


def _call(
    run: VerificationRun, port: Port, pool: Executor, claimed: list[tuple[Any, ...]], asked: dict[int, Question],
    done: Portion, now: datetime,
) -> list[Answer]:  # fmt: skip
    """Make the calls; batches end as answered, as given up, or go on waiting."""
    calls: list[tuple[tuple[Any, ...], Future[list[Answer]] | None]] = []
    for row in claimed:
        mine = [asked[subject] for subject in row[2] if subject in asked]
        request = f"{run.pk}-{int(run.started_at.timestamp())}-{row[1]}"
        calls.append((row, pool.submit(port.ask, mine, request_id=request) if mine else None))
    answers: list[Answer] = []
    for (batch, _, subjects, attempts), call in calls:
        try:
            found = call.result() if call else []
        except PartyOut as out:
            done.wait = max(done.wait or 0.0, out.seconds)
        except CallRefused as refused:
            done.wait, done.problem = 3600.0, str(refused)
        except CallFailed as failed:
            done.failed, done.problem = done.failed + 1, str(failed)
            _again_or_never(batch, attempts + 1, now)
        else:
            answers += found
            gone = len(subjects) - len(found)  # withdrawn since the queue was written
            VerificationBatch.objects.filter(pk=batch).update(state=VerificationBatch.State.ANSWERED)
            if gone:
                VerificationRun.objects.filter(pk=run.pk).update(total=F("total") - gone)
    return answers


def _again_or_never(batch: int, attempts: int, now: datetime) -> None:
    gives_up = attempts >= GIVE_UP_AFTER
    VerificationBatch.objects.filter(pk=batch).update(
        attempts=attempts,
        state=VerificationBatch.State.GIVEN_UP if gives_up else VerificationBatch.State.WAITING,
        not_before=now + FIRST_PAUSE * 2 ** (attempts - 1),
    )


def _keep(cursor: Any, run: VerificationRun, party: Party, answers: list[Answer], done: Portion, now: datetime) -> None:
    """The answers by COPY, and the findings they make or end."""
    done.levels, done.answered = asking.take_in(cursor, answers), len(answers)
    named = {
        "run": run.pk, "party": party.code, "now": now, "days": json.dumps(dict(party.valid_days)),
        "findings": asking.findings_of(party.code),
    }  # fmt: skip
    cursor.execute(asking.KEEP.format(asked=asking.ASKED_ABOUT[party.code], about=party.about), named)
    findings.begin(cursor)
    cursor.execute(asking.FIND.format(about=party.about), named)
    merged = findings.merge(cursor, source=party.code, at=now, scope=asking.LOOKED_AT.format(about=party.about))
    done.found = merged["found"]


def _count(run: VerificationRun, done: Portion, claimed: int) -> int:
    """Bring the run's counts up; how many of its calls wait. Locked last and shortly: two workers share the run."""
    row = VerificationRun.objects.select_for_update().get(pk=run.pk)
    row.answered += done.answered
    row.levels = {name: row.levels.get(name, 0) + done.levels.get(name, 0) for name in {*row.levels, *done.levels}}
    row.findings += done.found
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where state = 'waiting'),"
            " coalesce(sum(cardinality(subjects)) filter (where state = 'given_up'), 0)"
            " from registry_verificationbatch where run_id = %s",
            [run.pk],
        )
        left, row.given_up = cursor.fetchone()
    row.save(update_fields=["answered", "levels", "findings", "given_up"])
    return int(left)


def _until_due(run: VerificationRun, now: datetime) -> float | None:
    """Seconds until a call may be made again; None when none waits. Those that another worker has: a second."""
    waiting = VerificationBatch.objects.filter(run=run, state=VerificationBatch.State.WAITING)
    due = waiting.order_by("not_before").values_list("not_before", flat=True).first()
    if due is None:
        return 1.0 if waiting.exists() else None
    return max(1.0, (due - now).total_seconds())


def _note_party(code: str, port: Port, done: Portion, now: datetime, seconds: float) -> None:
    """How the party is doing, for the screen."""
    standing = port.standing()
    row = PartyState.objects.select_for_update().get(code=code)
    if row.circuit != standing.circuit:
        row.circuit, row.since = standing.circuit, now
    row.next_try_at = now + timedelta(seconds=standing.seconds_to_wait) if standing.seconds_to_wait else None
    row.last_error = standing.last_error or done.problem or ("" if done.answered else row.last_error)
    if done.answered:
        row.last_answer_at, row.records_a_second = now, done.answered / max(seconds, 0.001)
    row.calls += standing.calls
    row.records += done.answered
    row.refused += standing.refused
    row.failed += standing.failed
    row.save()
