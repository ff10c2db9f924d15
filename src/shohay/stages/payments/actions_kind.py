"""Help in kind: lists of rations prepared and approved by two officers, what was handed over, closing.

Recording is set-based and one transaction: a stop in the middle leaves nothing, and the same file again changes
nothing. The counts of a list are reckoned again from its rations inside the same transaction.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from pyarrow import csv

from shohay.bulk import handover
from shohay.bulk.copying import copy_in
from shohay.core import entitlement
from shohay.core.definition import Version
from shohay.core.messages import Refusal
from shohay.core.values import Period
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit import actions as audit
from shohay.stages.payments import rows_kind
from shohay.stages.payments.models import Cycle
from shohay.stages.payments.models_kind import Distribution, HandoverError, HandoverFile, Ration
from shohay.stages.payments.paths import kept
from shohay.stages.payments.terms import definition_on

Progress = Callable[[str, int, int], None]


def prepare_distributions(
    *, cycle: Cycle, occasion: str = "", by: Officer, progress: Progress | None = None
) -> list[Distribution]:
    """List who gets how much of what in a cycle of one month: one list for each upazila that has somebody.

    An upazila that has its list keeps it as it is. Raises no_goods_due, one_month_only, occasion_wrong.
    """
    by.require("distribution.prepare", programme=cycle.programme_code)
    definition, version = definition_on(cycle.programme_code, cycle.period_start)
    lines = _lines_due(cycle, version, occasion)
    values = {
        "code": cycle.programme_code, "area": "%", "first": cycle.period_start, "end": cycle.period_end,
        "cycle": cycle.pk, "made": [],
    }  # fmt: skip
    tell = progress or (lambda step, done, total: None)
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=cycle.pk)  # two at once would list the same people
        tell("compute", 0, 0)
        listed = set(Distribution.objects.filter(cycle=cycle).values_list("area_code", flat=True))
        totals = [row for row in rows_kind.judge(lines, values) if row[0] not in listed and row[1]]
        made = Distribution.objects.bulk_create(
            Distribution(
                cycle=cycle, programme_code=cycle.programme_code, area_code=area, occasion=occasion, rations=rations,
                grams=grams, price_poisha=poisha, held_back=held, definition_sha256=definition.sha256,
                prepared_by=by.username, prepared_at=timezone.now(),
            )
            for area, rations, grams, poisha, held in totals
        )  # fmt: skip
        tell("load", 0, sum(one.rations for one in made))
        inserted = rows_kind.insert({**values, "made": [one.pk for one in made]})
        if inserted != sum(one.rations for one in made):
            raise AssertionError(f"{inserted} rations were made of {sum(one.rations for one in made)}")
        if made:
            _record_prepared(cycle, made, definition.sha256, by)
    tell("done", inserted, inserted)
    return made


def _lines_due(cycle: Cycle, version: Version, occasion: str) -> list[entitlement.GoodsLine]:
    """The lines of goods that the month, and the occasion, bring."""
    period = Period(cycle.period_start, cycle.period_end)
    if period.months != 1:
        raise Refusal("one_month_only", first=period.first, end=period.end)
    by_event = any(line.kind == "in_kind" and line.per == "event" for line in version.benefit)
    if bool(occasion) != by_event or (occasion and occasion not in Distribution.Occasion.values):
        raise Refusal("occasion_wrong", programme=cycle.programme_code)
    lines = entitlement.goods_sql(version, period, rows_kind.fact_column, events=1 if occasion else 0)
    if not lines:
        raise Refusal("no_goods_due", programme=cycle.programme_code, month=f"{period.first:%Y-%m}")
    return lines


def _record_prepared(cycle: Cycle, made: list[Distribution], sha256: str, by: Officer) -> None:
    audit.record(
        action="distribution.prepared",
        by=by,
        subject=("cycle", cycle.pk),
        programme_code=cycle.programme_code,
        detail={
            "lists": {one.area_code: one.rations for one in made},
            "grams": sum(one.grams for one in made),
            "occasion": made[0].occasion,
            "definition_sha256": sha256,
        },
    )


def approve_distribution(*, distribution: Distribution, by: Officer) -> Distribution:
    """Another officer lets the goods of a list be handed over."""
    with transaction.atomic():
        distribution = _locked(distribution, "distribution.approve", by, Distribution.State.PREPARED)
        if distribution.prepared_by == by.username:
            raise Refusal("same_person")
        distribution.state, distribution.approved_by = Distribution.State.APPROVED, by.username
        distribution.approved_at = timezone.now()
        distribution.save(update_fields=["state", "approved_by", "approved_at"])
        _record("distribution.approved", distribution, by, rations=distribution.rations, grams=distribution.grams)
    return distribution


def release_list(*, distribution: Distribution, area_code: str = "", by: Officer) -> QuerySet[Ration]:
    """The list with names for the dealer or union, in the order of its lines; that it was taken leaves a trace."""
    area = area_code or distribution.area_code
    with transaction.atomic():
        by.require("distribution.record", programme=distribution.programme_code)
        found = Ration.objects.filter(by.area_filter(), distribution=distribution, area_code__startswith=area)
        if distribution.state == Distribution.State.PREPARED:
            raise Refusal("distribution_not_approved")
        audit.record(
            action="distribution.list_taken", by=by, subject=("distribution", distribution.pk), area_code=area,
            programme_code=distribution.programme_code, detail={"rations": found.count()},
        )  # fmt: skip
    return found.select_related("person", "household").order_by("line_no")


def record_handover(*, distribution: Distribution, data: bytes | Path, file_name: str, by: Officer) -> HandoverFile:
    """Take in a file of who collected: good rows are applied, the others are kept with the reason.

    The same bytes again change nothing. Refusal when the list is not being handed over, or the file cannot be read.
    """
    digest, path = _keep(data, Path(file_name).suffix.lower())
    with transaction.atomic():
        distribution = _locked(distribution, "distribution.record", by, Distribution.State.APPROVED)
        if found := HandoverFile.objects.filter(distribution=distribution, sha256=digest).first():
            return found
        read = handover.read(path, Path(settings.VAR) / "work" / f"handover-{digest[:16]}", timezone.localdate())
        file = HandoverFile.objects.create(
            distribution=distribution, file_name=Path(file_name).name[:200], sha256=digest, path=kept(path),
            received_by=by.username, received_at=timezone.now(),
        )  # fmt: skip
        file.counts = _apply(file, read, by)
        file.save(update_fields=["counts"])
        _record("distribution.handed_over", distribution, by, file=file.pk, sha256=digest, **file.counts)
    return file


def _keep(data: bytes | Path, suffix: str) -> tuple[str, Path]:
    """The file under its own hash, where it stays unchanged."""
    content = data.read_bytes() if isinstance(data, Path) else data
    digest = hashlib.sha256(content).hexdigest()
    folder = Path(settings.VAR) / "handover"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest}{suffix if suffix in ('.csv', '.xlsx', '.xls', '.ods') else ''}"
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.rename(path)
        path.chmod(0o600)
    return digest, path


def _apply(file: HandoverFile, read: handover.Read, by: Officer) -> dict[str, int]:
    """Inside a transaction: the good rows beside the list; counts of what they did."""
    values: dict[str, Any] = {
        "distribution": file.distribution_id, "areas": [f"{code}%" for code in by.areas],
        "by": by.username, "at": file.received_at,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch, connection.cursor() as cursor:
        path = Path(scratch) / "handed.csv"
        csv.write_csv(read.good, path, csv.WriteOptions(include_header=False))
        cursor.execute(rows_kind.STAGE)
        copy_in(cursor, "handed", read.good.schema.names, path)
        cursor.execute(rows_kind.COMPARE, values)
        cursor.execute(rows_kind.APPLY, values)
        cursor.execute("select coalesce(verdict, case when given then 'given' else 'not_given' end), count(*)"
                       " from compared group by 1")  # fmt: skip
        did = dict(cursor.fetchall())
        cursor.execute(
            "select line, 'number', verdict, number from compared where verdict like 'handover%%' order by 1"
        )
        wrong = [
            *read.findings.to_pylist(),
            *({"line": a, "column": b, "code": c, "value": d} for a, b, c, d in cursor),
        ]
        cursor.execute("drop table compared; drop table handed")
        rows_kind.recount(cursor, file.distribution_id)
    HandoverError.objects.bulk_create([HandoverError(file=file, **one) for one in wrong], batch_size=2000)
    done = {name: did.get(name, 0) for name in ("given", "not_given", "unchanged")}
    return {"rows": read.rows, **done, "empty": read.empty, "wrong": read.rows - read.empty - sum(done.values())}


def record_ration(
    *,
    ration: Ration,
    given: bool,
    grams: int | None = None,
    given_on: date | None = None,
    reason: str = "",
    by: Officer,
) -> Ration:
    """One person on screen: what was given (all of it unless ``grams`` says less), or why nothing was."""
    today = timezone.localdate()
    with transaction.atomic():
        distribution = _locked(ration.distribution, "distribution.record", by, Distribution.State.APPROVED)
        ration = Ration.objects.select_for_update(of=("self",)).select_related("person").get(pk=ration.pk)
        by.require("distribution.record", area=ration.area_code, programme=ration.programme_code)
        if ration.state != Ration.State.DUE:
            raise Refusal("handover_already")
        weight, on = (grams if grams is not None else ration.grams), given_on or today
        _check_given(ration, given, weight, on, reason)
        ration.state = Ration.State.GIVEN if given else Ration.State.NOT_GIVEN
        ration.given_grams, ration.given_on = (weight, on) if given else (0, None)
        ration.reason = "" if given and weight == ration.grams else reason
        _save_ration(ration, distribution, by)
        audit.record(
            action="ration.recorded", by=by, subject=("person", ration.person_id), area_code=ration.area_code,
            programme_code=ration.programme_code, reason=ration.reason,
            detail={"ration": ration.number, "state": ration.state, "grams": ration.given_grams},
        )  # fmt: skip
    return ration


def _check_given(ration: Ration, given: bool, grams: int, on: date, reason: str) -> None:
    if reason and reason not in Ration.Reason.values:
        raise Refusal("reason_missing")
    if (not given or grams < ration.grams) and not reason:
        raise Refusal("reason_missing")
    if given and not 0 < grams <= ration.grams:
        raise Refusal("handover_too_much")
    if given and on > timezone.localdate():
        raise Refusal("handover_future")
    if given and on < ration.period_start:
        raise Refusal("handover_early")


def take_back_record(*, ration: Ration, reason: str, by: Officer) -> Ration:
    """What was recorded for one person was wrong: the ration is due again, until the list is closed."""
    if not reason.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        distribution = _locked(ration.distribution, "distribution.approve", by, Distribution.State.APPROVED)
        ration = Ration.objects.select_for_update(of=("self",)).select_related("person").get(pk=ration.pk)
        by.require("distribution.approve", area=ration.area_code, programme=ration.programme_code)
        if ration.state == Ration.State.DUE:
            raise Refusal("wrong_state", state=ration.state)
        before = {"state": ration.state, "grams": ration.given_grams, "recorded_by": ration.recorded_by}
        ration.state, ration.given_grams, ration.given_on, ration.reason = Ration.State.DUE, 0, None, ""
        _save_ration(ration, distribution, by)
        audit.record(
            action="ration.record_taken_back", by=by, subject=("person", ration.person_id),
            area_code=ration.area_code, programme_code=ration.programme_code, reason=reason.strip(),
            detail={"ration": ration.number, "before": before},
        )  # fmt: skip
    return ration


def _save_ration(ration: Ration, distribution: Distribution, by: Officer) -> None:
    ration.recorded_by, ration.recorded_at = by.username, timezone.now()
    ration.save(update_fields=["state", "given_grams", "given_on", "reason", "recorded_by", "recorded_at"])
    with connection.cursor() as cursor:
        rows_kind.recount(cursor, distribution.pk)


def close_distribution(*, distribution: Distribution, by: Officer) -> Distribution:
    """The handing over has ended: whoever did not come is written down as such, and the counts are final."""
    with transaction.atomic():
        distribution = _locked(distribution, "distribution.approve", by, Distribution.State.APPROVED)
        at = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(rows_kind.CLOSE, {"distribution": distribution.pk, "by": by.username, "at": at})
            rows_kind.recount(cursor, distribution.pk)
        distribution.refresh_from_db()
        distribution.state, distribution.closed_by, distribution.closed_at = Distribution.State.CLOSED, by.username, at
        distribution.save(update_fields=["state", "closed_by", "closed_at"])
        _record(
            "distribution.closed", distribution, by, rations=distribution.rations, given=distribution.given,
            grams=distribution.grams, given_grams=distribution.given_grams, not_given=distribution.not_given,
        )  # fmt: skip
    return distribution


def _locked(distribution: Distribution, permission: str, by: Officer, state: str) -> Distribution:
    """The list as it stands now, for this officer, in the state that the step needs; others wait for us."""
    row = Distribution.objects.select_for_update().get(pk=distribution.pk)
    by.require(permission, programme=row.programme_code)
    covered = by.covers(area=row.area_code)
    inside = permission == "distribution.record" and any(code.startswith(row.area_code) for code in by.areas)
    if not covered and not inside:
        raise Refusal("not_allowed", what=permission)
    if row.state != state:
        raise Refusal("distribution_not_approved" if row.state == "prepared" else "wrong_state", state=row.state)
    return row


def _record(action: str, distribution: Distribution, by: Officer, **detail: Any) -> None:
    audit.record(
        action=action, by=by, subject=("distribution", distribution.pk), area_code=distribution.area_code,
        programme_code=distribution.programme_code, detail=detail,
    )  # fmt: skip
