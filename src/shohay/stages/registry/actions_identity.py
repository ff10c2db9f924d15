"""The numbers of a person: added, withdrawn, checked for what they contradict; and findings worked through."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import identity_check, sealing
from shohay.bulk.copying import copy_in
from shohay.core import identity
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.registry import findings, queries
from shohay.stages.registry.models import Identity, Person
from shohay.stages.registry.models_verification import Finding

Progress = Callable[[str, int, int], None]
PORTION = 200_000  # persons whose numbers are open in memory at once
DECISIONS = (Finding.State.EXPLAINED, Finding.State.CORRECTED, Finding.State.REFERRED)
NUMBERS = """
select i.id, i.person_id, p.area_code, i.kind, i.sealed, p.birth_date, p.birth_date_approximate
from registry_identity i join registry_person p on p.id = i.person_id
where i.withdrawn_at is null and i.person_id > %(after)s and i.person_id <= %(upto)s and {scope}
order by i.person_id, i.id
"""
SHARED = """
insert into found
select i.person_id, p.area_code, i.id, 'number_shared', %(severity)s, '', (s.people - 1)::text
from (select i.digest, count(distinct i.person_id) as people
      from registry_identity i join registry_person p on p.id = i.person_id
      where i.withdrawn_at is null and p.duplicate_of_id is null {among}
      group by i.digest having count(distinct i.person_id) > 1) s
join registry_identity i on i.digest = s.digest and i.withdrawn_at is null
join registry_person p on p.id = i.person_id and p.duplicate_of_id is null
where {scope}
"""
AMONG = "and i.digest in (select digest from registry_identity where person_id = %(person)s)"


def add_number(*, person: Person, kind: str, number: str, evidence: str, by: Officer) -> Identity:
    """Record another identity number of ``person``; what it contradicts is found at once.

    Raises Refusal number_wrong, evidence_missing, number_kind_held (withdraw the old one first).
    """
    by.require("identity.change", area=person.area_code)
    digits = identity.clean(number)
    try:
        identity.parse(kind, digits)
    except ValueError:
        raise Refusal("number_wrong", digits=identity.LENGTH.get(kind, 17)) from None
    if not evidence.strip():
        raise Refusal("evidence_missing")
    ring = queries.key_ring()
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # two officers at once: the second is told
        if Identity.objects.filter(person=person, kind=kind, withdrawn_at__isnull=True).exists():
            raise Refusal("number_kind_held")
        added = Identity.objects.create(
            person=person, kind=kind, sealed=sealing.seal(ring, kind, sealing.IDENTITY, digits),
            digest=sealing.digest(ring, kind, digits), recorded_at=timezone.now(),
        )  # fmt: skip
        _check_person(person)
        record(
            action="identity.added", by=by, subject=("person", person.pk), area_code=person.area_code, reason=evidence,
            detail={"identity": added.pk, "kind": kind},
        )  # fmt: skip
    return added


def withdraw_number(*, held: Identity, reason: str, by: Officer) -> Identity:
    """Take a number out of use: it is not found, not asked about, not sent. The row stays."""
    by.require("identity.change", area=held.person.area_code)
    if not reason.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        row = Identity.objects.select_for_update().select_related("person").get(pk=held.pk)
        if row.withdrawn_at is not None:
            raise Refusal("number_withdrawn")
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        _check_person(row.person)
        record(
            action="identity.withdrawn", by=by, subject=("person", row.person_id), area_code=row.person.area_code,
            reason=reason, detail={"identity": row.pk, "kind": row.kind},
        )  # fmt: skip
    return row


def check_numbers(
    *, area: str = "", today: date | None = None, by: Officer, progress: Progress | None = None
) -> dict[str, int]:
    """Find what the numbers of everybody in ``area`` contradict; the counts. Everything in one transaction."""
    by.require("identity.check", area=area or None)
    if area == "" and "" not in by.areas:
        raise Refusal("not_allowed", what="identity.check")
    with transaction.atomic():
        counts = _check(f"{area}%" if area else "", today or timezone.localdate(), progress)
        record(action="identity.checked", by=by, subject=("area", area), area_code=area, detail=counts)
    return counts


def decide_finding(*, finding: Finding, decision: str, note: str, by: Officer) -> Finding:
    """Say what became of a finding: explained, corrected or referred. Raises decision_unknown, reason_missing."""
    by.require("finding.decide", area=finding.area_code)
    if decision not in DECISIONS:
        raise Refusal("decision_unknown")
    if not note.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        row = Finding.objects.select_for_update().get(pk=finding.pk)
        if row.state != Finding.State.OPEN:
            raise Refusal("finding_not_open")
        row.state, row.note, row.decided_by, row.decided_at = decision, note.strip()[:400], by.username, timezone.now()
        row.save(update_fields=["state", "note", "decided_by", "decided_at"])
        record(
            action="finding.decided", by=by, subject=("person", row.person_id), area_code=row.area_code, reason=note,
            detail={"finding": row.pk, "code": row.code, "source": row.source, "decision": decision},
        )  # fmt: skip
    return row


# ------------------------------------------------------------------------------------------------- the check itself


def _check_person(person: Person) -> None:
    """The numbers of one person, inside an action that changed them. Row security hides who else has one of them."""
    _check("", timezone.localdate(), None, person=person.pk)


def _check(like: str, today: date, progress: Progress | None, *, person: int = 0) -> dict[str, int]:
    """Open, compare in portions of persons, bring together with the earlier findings."""
    scope = "p.id = %(person)s" if person else "p.area_code like %(like)s" if like else "true"
    named: dict[str, Any] = {"like": like, "person": person}
    work: Path = settings.VAR / "tmp" / f"numbers-{timezone.now():%Y%m%d%H%M%S%f}"
    work.mkdir(parents=True)
    try:
        with connection.cursor() as cursor:
            findings.begin(cursor)
            numbers = _compare(cursor, scope, named, today, work / "found.csv", progress)
            if (work / "found.csv").exists():
                copy_in(cursor, "found", findings.COLUMNS, work / "found.csv")
            cursor.execute(
                SHARED.format(scope=scope, among=AMONG if person else ""),
                named | {"severity": identity.SEVERITY["number_shared"]},
            )
            looked_at = (
                "true"
                if not like and not person
                else f"f.person_id in (select p.id from registry_person p where {scope})"
            )
            merged = findings.merge(cursor, source="number", at=timezone.now(), scope=looked_at, **named)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return {"numbers": numbers, **merged}


def _compare(cursor: Any, scope: str, named: dict[str, Any], today: date, out: Path, progress: Progress | None) -> int:
    """Write what contradicts to ``out``; how many numbers were looked at."""
    person = named["person"]
    cursor.execute("select coalesce(max(person_id), 0) from registry_identity")
    after, last, numbers = (person - 1, person, 0) if person else (0, int(cursor.fetchone()[0]), 0)
    upazilas = queries.upazilas()
    while after < last:
        upto = min(after + PORTION, last)
        cursor.execute(NUMBERS.format(scope=scope), named | {"after": after, "upto": upto})
        rows = cursor.fetchall()
        if rows:
            numbers += len(rows)
            identity_check.write(_opened(rows), upazilas=upazilas, today=today, out=out)
        after = upto
        if progress:
            progress("numbers", after, last)
    return numbers


def _opened(rows: list[tuple[Any, ...]]) -> pa.Table:
    """Rows of NUMBERS with the numbers in clear, in memory only."""
    subject, person, area, kind, sealed, born, approximate = map(list, zip(*rows, strict=True))
    try:
        number = sealing.open_all(queries.key_ring(), kind, sealing.IDENTITY, map(bytes, sealed))
    except ValueError as error:
        raise Refusal("sealed_elsewhere") from error
    columns = [subject, person, area, kind, number, born, approximate]
    return pa.table(dict(zip(identity_check.NUMBERS.names, columns, strict=True)), schema=identity_check.NUMBERS)
