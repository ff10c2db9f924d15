"""Writing the registry: admitting files, snapshots, opening records, duplicates and deaths."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import InternalError, OperationalError, ProgrammingError, connection, transaction
from django.utils import timezone

from shohay.bulk import sealing, taking
from shohay.bulk.admission import EXISTING, Admission, Coming, Counts, Loadable
from shohay.bulk.copying import copy_in, copy_out
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.audit.models import Event
from shohay.stages.intake import queries as intake
from shohay.stages.intake.models import RowError, Upload
from shohay.stages.registry import dated_rows, queries, queries_keys
from shohay.stages.registry.dated_facts import Put
from shohay.stages.registry.dated_rows import Origin
from shohay.stages.registry.first_load import Aside, set_aside
from shohay.stages.registry.models import Account, Identity, Person, Snapshot
from shohay.stages.registry.queries_changes import with_declared

Progress = Callable[[str, int, int], None]

ADMISSION_LOCK = 0x5A0B  # one file at a time enters the registry
REVEALS_A_DAY = 50  # whole numbers one officer may see in a day
ANALYZE_FROM = 10_000  # rows after which the planner's figures are renewed at once
INDEXES_FROM = 10_000  # people from which a first load builds the indexes after its rows
TABLES = ["registry_household", "registry_person", "registry_membership", "registry_identity", "registry_account"]
# the planner's figures that queries need at once; those of the other columns come with the next autovacuum
ANALYZED = """
registry_household (id, area_code, reference), registry_membership, registry_identity (person_id, kind, digest),
registry_person (id, household_id, area_code, line_no, name_bn, name_key, sex, birth_date, death_date, duplicate_of_id),
registry_account (person_id, kind, digest, valid_to)
"""
LIVES_IN = """
insert into registry_membership (person_id, household_id, relation, valid_from)
select id, household_id, relation, %s from registry_person where id between %s and %s
"""


def admit(*, upload: Upload, by: Officer, progress: Progress | None = None) -> dict[str, int]:
    """Bring the good rows of a checked file into the registry, in one transaction; an admitted file is a no-op.

    A household known with the same facts counts as unchanged; one known otherwise is left as it is and reported
    (already_registered). Returns the counts. Raises Refusal upload_refused, wrong_state, upload_missing.
    """
    by.require("upload.create", area=upload.area_code or None)
    tell = progress or (lambda step, done, total: None)
    work: Path = settings.VAR / "work" / f"admit-{upload.pk}"
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if upload.state == Upload.State.ADMITTED:
            return dict(upload.counts)
        _admissible(upload)
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        try:
            with Admission(good=intake.good_rows(upload), work=work, ring=queries.key_ring()) as admission:
                counts = _load(admission, upload, tell)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        upload.state, upload.admitted_at, upload.counts = Upload.State.ADMITTED, timezone.now(), counts
        upload.save(update_fields=["state", "admitted_at", "counts"])
        record(
            action="upload.admitted", by=by, subject=("upload", upload.pk), area_code=upload.area_code, detail=counts
        )
    return counts


def _admissible(upload: Upload) -> None:
    if upload.state == Upload.State.REFUSED:
        raise Refusal("upload_refused")
    if upload.state != Upload.State.CHECKED:
        raise Refusal("wrong_state", state=upload.state)
    if not intake.good_rows(upload).exists():
        raise Refusal("upload_missing", sha256=upload.sha256)


def _load(admission: Admission, upload: Upload, tell: Progress) -> dict[str, int]:
    """Sort out, seal, COPY; the counts. One core makes the next file while PostgreSQL loads this one on the other."""
    tell("sealing", 0, upload.rows_good)
    with connection.cursor() as cursor:
        # two files with the same household must not both find it new
        cursor.execute("select pg_advisory_xact_lock(%s)", [ADMISSION_LOCK])
        coming = admission.sort_out(copy_out(cursor, _known(admission.unions()), EXISTING))
        person, today = _ids(cursor, "registry_person", coming.persons), timezone.localdate()
        shared = {"upload_id": str(upload.pk), "recorded_at": timezone.now().isoformat()}
        aside = _set_aside(cursor, coming, shared)
        files = admission.files(
            first_household=_ids(cursor, "registry_household", coming.households),
            first_person=person,
            shared={} if aside.whole else shared,
            on=today.isoformat(),
        )
        with ThreadPoolExecutor(1) as pool:  # left only when its thread is done with the admission
            for file in _made_ahead(pool, files):
                copy_in(cursor, file.table, file.columns, file.path, partial(tell, file.table))
                if file.table == "registry_person" and not file.more:
                    cursor.execute(LIVES_IN, [today, person, person + coming.persons - 1])
                    aside.put_back(cursor, "registry_membership")
                if not file.more:
                    aside.put_back(cursor, file.table)
        tell("registered", coming.persons, coming.persons)
        counts = admission.counts()
        _finish(cursor, admission, upload, counts)
    return asdict(counts)


def _set_aside(cursor: Any, coming: Coming, shared: dict[str, str]) -> Aside:
    """Lay row checks aside, and for a first load of some size indexes and shared values (first_load)."""
    unchecked = _without_row_checks(cursor)
    if coming.persons < INDEXES_FROM or not unchecked:  # checks that are still to come hold the tables as they are
        return Aside()
    return set_aside(cursor, TABLES, coming.persons, {"registry_person": shared, "registry_household": shared})


def _made_ahead(pool: ThreadPoolExecutor, files: Iterator[Loadable]) -> Iterator[Loadable]:
    """The same files, the next one being made in the pool's thread while this one is worked on."""
    coming = pool.submit(next, files, None)
    while (file := coming.result()) is not None:
        coming = pool.submit(next, files, None)
        yield file


def _finish(cursor: Any, admission: Admission, upload: Upload, counts: Counts) -> None:
    """Findings about known households, words for the search, and the planner's figures."""
    cursor.execute("set local session_replication_role = origin")
    RowError.objects.filter(upload=upload, code="already_registered").delete()
    columns = ["upload_id", "line", '"column"', "code", "value", "params", "is_warning"]
    copy_in(cursor, "intake_rowerror", columns, admission.changed_csv(str(upload.pk)))
    cursor.execute(
        "insert into registry_nameword (key) select unnest(%s::text[]) on conflict do nothing", [admission.words()]
    )
    if counts.persons >= ANALYZE_FROM:
        cursor.execute(f"analyze {ANALYZED}")


def _known(unions: list[str]) -> str:
    codes = ", ".join(f"'{code}'" for code in unions if code.isdigit()) or "''"
    return (
        "select area_code, reference, encode(fingerprint, 'hex') as fingerprint from registry_household"
        f" where area_code in ({codes})"
    )


def _ids(cursor: Any, table: str, number: int) -> int:
    """The first of ``number`` ids in a row from the table's sequence; taken again if others took some between."""
    if number == 0:
        return 1
    cursor.execute("select pg_get_serial_sequence(%s, 'id')", [table])
    sequence = cursor.fetchone()[0]
    while True:
        cursor.execute(
            f"select min(id), max(id) from (select nextval('{sequence}') as id from generate_series(1, %s)) taken",
            [number],
        )
        first, last = cursor.fetchone()
        if last - first == number - 1:
            return int(first)


def _without_row_checks(cursor: Any) -> bool:
    """No foreign key trigger for each of millions of rows: the keys hold by construction (docs/adr/0006).

    Households are made in this transaction, the upload is locked. False where the database user may not say this: the
    load is slower then and as right.
    """
    try:
        with transaction.atomic():
            cursor.execute("set local session_replication_role = replica")
    except (ProgrammingError, InternalError, OperationalError):
        return False
    return True


def take_snapshot(
    *,
    as_of: date,
    held: pa.Table | None = None,
    applications: pa.Table | None = None,
    by: Officer,
    progress: Progress | None = None,
) -> Snapshot:
    """Copy the registry to Parquet under VAR/snapshots/<sha256>; the same registry gives the same snapshot.

    ``held`` and ``applications`` come from the stages to the right (bulk.snapshot.SCHEMAS). The tables are read at
    one moment where the caller has no transaction open (REPEATABLE READ).
    """
    by.require("snapshot.take")
    if queries_keys.digests_mixed():  # the matcher and the payroll would take one number for two
        raise Refusal("rotation_running")
    outermost = not connection.in_atomic_block
    work: Path = settings.VAR / "work" / f"snapshot-{timezone.now():%Y%m%d%H%M%S%f}"
    work.mkdir(parents=True)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                if outermost:
                    cursor.execute("set transaction isolation level repeatable read")
                exported = taking.export(cursor, work, as_of, progress)
            held = with_declared(held)
            manifest = taking.build(exported, as_of=as_of, held=held, applications=applications, progress=progress)
            path = taking.keep(exported / "snapshot", settings.VAR / "snapshots" / manifest.sha256)
            counts = {name: table["rows"] for name, table in manifest.tables.items()}
            snapshot, _new = Snapshot.objects.get_or_create(
                sha256=manifest.sha256,
                defaults={"path": str(path), "as_of": as_of, "counts": counts, "taken_by": by.username},
            )
            record(action="snapshot.taken", by=by, subject=("snapshot", manifest.sha256), detail=counts)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return snapshot


def open_person(*, person_id: int, purpose: str, by: Officer) -> Person:
    """The person, and a trace of who opened the record and why. Raises person_not_found, purpose_missing."""
    by.require("person.open")
    person = _mine(person_id, by)
    if not purpose.strip():
        raise Refusal("purpose_missing")
    with transaction.atomic():
        record(action="person.opened", by=by, subject=("person", person.pk), area_code=person.area_code, reason=purpose)
    return person


def reveal(*, person_id: int, what: str, reason: str, number: int | None = None, by: Officer) -> str:
    """The whole identity ('identity') or account ('account') number, once, counted in the log.

    Of several identity numbers ``number`` is the key of the one wanted, in use or withdrawn; without it the newest in
    use. Raises person_not_found, reason_missing, nothing_to_reveal, reveal_too_many, sealed_elsewhere.
    """
    by.require("person.reveal")
    person = _mine(person_id, by)
    by.require("person.reveal", area=person.area_code)
    if not reason.strip():
        raise Refusal("reason_missing")
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), datetime.min.time()))
    today = Event.objects.filter(actor=by.username, action="person.revealed", at__gte=midnight).count()
    if today >= REVEALS_A_DAY:
        raise Refusal("reveal_too_many", count=today, limit=REVEALS_A_DAY)
    held, place = _held_number(person, what, number)
    whole = _opened_number(held, place)
    with transaction.atomic():
        record(
            action="person.revealed", by=by, subject=("person", person.pk), area_code=person.area_code,
            reason=reason, detail={"what": what, "kind": held.kind, "number": held.pk},
        )  # fmt: skip
    return whole


def _held_number(person: Person, what: str, number: int | None) -> tuple[Identity | Account, str]:
    """The number that is asked for and the place it is sealed in; one of another person is not found."""
    held: Identity | Account | None
    if what != "identity":
        held, place = person.accounts.filter(valid_to__isnull=True).first(), sealing.ACCOUNT
    elif number is None:
        held, place = person.identities.filter(withdrawn_at__isnull=True).order_by("-id").first(), sealing.IDENTITY
    else:
        held, place = person.identities.filter(pk=number).first(), sealing.IDENTITY
    if held is None:
        raise Refusal("nothing_to_reveal")
    return held, place


def _opened_number(held: Identity | Account, place: str) -> str:
    try:
        return sealing.open_sealed(queries.key_ring(), held.kind, place, bytes(held.sealed))
    except ValueError as error:
        raise Refusal("sealed_elsewhere") from error


def mark_duplicate(*, person: Person, of: Person | None, reason: str, by: Officer) -> Person:
    """Record that ``person`` is a second record of ``of``; ``of=None`` takes the mark away again."""
    by.require("merge.approve", area=person.area_code)
    with transaction.atomic():
        rows = {
            row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[person.pk, of.pk if of else 0])
        }
        kept = rows.get(of.pk) if of else None
        if of and (of.pk == person.pk or kept is None or kept.duplicate_of_id is not None):
            raise Refusal("duplicate_of_itself")
        marked = rows[person.pk]
        marked.duplicate_of = kept
        marked.save(update_fields=["duplicate_of"])
        # whoever was a duplicate of this record is now one of the record that stays
        moved = Person.objects.filter(duplicate_of=marked).update(duplicate_of=kept) if kept else 0
        record(
            action="person.marked_duplicate" if of else "person.unmarked_duplicate", by=by,
            subject=("person", person.pk), area_code=person.area_code, reason=reason,
            detail={"of": of.pk if of else None, "moved": moved},
        )  # fmt: skip
    return marked


def record_death(*, person: Person, died_on: date, source: str, by: Officer) -> Person:
    """Write down a death; later stages read it. ``source`` names the certificate or register."""
    by.require("enrolment.stop", area=person.area_code)
    if died_on > timezone.localdate() or (person.birth_date and died_on < person.birth_date):
        raise Refusal("death_wrong")
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        before = row.death_date
        _write_death(row, died_on, Origin("operator", source[:80], by.username))
        row.death_date = died_on
        record(
            action="person.death_recorded", by=by, subject=("person", row.pk), area_code=row.area_code, reason=source,
            detail={"died_on": died_on.isoformat(), "before": before.isoformat() if before else None},
        )  # fmt: skip
    return row


def _write_death(row: Person, died_on: date, origin: Origin) -> None:
    """The day into the history and the present; a day written before stays as what was believed until now."""
    alive = {"death_date": None}
    death = Put("death", alive, start=None, end=None, area_code=row.area_code, person_id=row.pk)
    if row.death_date is not None:
        dated_rows.write([death], origin=origin)
    dated_rows.write([replace(death, value={"death_date": died_on.isoformat()}, start=died_on)], origin=origin)


def _mine(person_id: int, by: Officer) -> Person:
    try:
        return queries.person(by, person_id)
    except Person.DoesNotExist:
        raise Refusal("person_not_found") from None
