"""Sealing everything again with the newest key, while everybody goes on working.

A value says which key sealed it, so what is left to do is what says another key: the work can be cut off anywhere and
begun again. Portions are read by id, opened and sealed in memory, sent by COPY to a temporary table and written by one
UPDATE. A new digest key comes with a new sealing key (bulk/sealing.py), so both are done in the same pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import sealing
from shohay.bulk.sealing import KeyRing
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.intake import queries_drafts
from shohay.stages.registry import queries, queries_keys
from shohay.stages.registry.models_verification import KeyRotation

Progress = Callable[[str, int, int], None]
PORTION = 50_000
EDITED_PORTION = 1_000  # of rows that somebody may be waiting to save
FIRST: dict[str, int | str] = {"bigint": 0, "uuid": "00000000-0000-0000-0000-000000000000"}
ROTATION_LOCK = 0x5A0C  # one rotation at a time


@dataclass(frozen=True)
class Place:
    """A column of sealed values, b'' = nothing sealed. ``kind``: SQL expression; ``bound``: what binds a value to it;
    ``digest``: column of the digest, '' = none; ``key``: type of the id, bigint or uuid; ``edited``: others write new
    values meanwhile, so a row is locked from being read until it is written.
    """

    table: str
    kind: str
    sealed: str
    bound: str
    digest: str = ""
    key: str = "bigint"
    edited: bool = False


PLACES = (
    Place("registry_identity", "kind", "sealed", sealing.IDENTITY, "digest"),
    Place("registry_account", "kind", "sealed", sealing.ACCOUNT, "digest"),
    Place("intake_draft", f"'{queries_drafts.KIND}'", "sealed", queries_drafts.PLACE, key="uuid", edited=True),
)


def rotate_keys(
    *, places: Sequence[Place] = PLACES, portion: int = PORTION, by: Officer, progress: Progress | None = None
) -> KeyRotation:
    """Bring every value of ``places`` under the present key. Cut off and run again it goes on where it was.

    Each portion is a transaction of its own, and both keys open meanwhile. Raises rotation_running when another
    process is at it, sealed_elsewhere when a value's key is not in the ring.
    """
    by.require("keys.rotate")
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [ROTATION_LOCK])
        if not cursor.fetchone()[0]:
            raise Refusal("rotation_running")
    try:
        ring = queries.key_ring()
        rotation = _begin(ring, by)
        counts = {place.table: _reseal(rotation, place, ring, portion, progress) for place in places}
        with transaction.atomic():
            rotation.state, rotation.finished_at = KeyRotation.State.DONE, timezone.now()
            rotation.save(update_fields=["state", "finished_at"])
            record(action="keys.rotated", by=by, subject=("key", ring.current), detail=counts)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [ROTATION_LOCK])
    return rotation


def _begin(ring: KeyRing, by: Officer) -> KeyRotation:
    """The rotation to this key that is under way, or a new one. One to another key that was cut off is now this."""
    with transaction.atomic():
        rotation = KeyRotation.objects.select_for_update().filter(state=KeyRotation.State.RUNNING).first()
        if rotation is not None and rotation.key == ring.current:
            return rotation
        if rotation is not None:
            rotation.key, rotation.places, rotation.started_by = ring.current, {}, by.username
            rotation.digests_too = rotation.digests_too or len(ring.digest_keys) > 1
            rotation.save()
        else:
            rotation = KeyRotation.objects.create(
                key=ring.current, digests_too=len(ring.digest_keys) > 1, started_by=by.username,
                started_at=timezone.now(),
            )  # fmt: skip
        record(action="keys.rotation_started", by=by, subject=("key", ring.current), detail={"rotation": rotation.pk})
    return rotation


def _reseal(rotation: KeyRotation, place: Place, ring: KeyRing, portion: int, progress: Progress | None) -> int:
    """Pass over the table until a whole pass finds nothing: rows come in meanwhile, and not always in order of id."""
    at = rotation.places.get(place.table, {"upto": 0, "done": 0})
    sealed_by = queries_keys.sealed_by(place.table, place.sealed)
    total = at["done"] + sum(count for key, count in sealed_by.items() if key != ring.current)
    while True:
        fresh = at["upto"] == 0  # this pass began at the beginning
        before = at["done"]
        while True:
            with transaction.atomic():
                if not (rows := _portion(place, ring, at["upto"] or FIRST[place.key], portion)):
                    break
                _write(place, _sealed_again(place, ring, rows))
                at = {"upto": _told(rows[-1][0]), "done": at["done"] + len(rows)}
                rotation.places = {**rotation.places, place.table: at}
                rotation.save(update_fields=["places"])
            if progress:
                progress(place.table, at["done"], max(total, at["done"]))
        if fresh and at["done"] == before:
            return int(at["done"])
        at = {**at, "upto": 0}


def _portion(place: Place, ring: KeyRing, after: int | str, portion: int) -> list[tuple[int | UUID, str, bytes]]:
    """(id, kind, sealed) of the next rows that another key sealed; to be read in the transaction that writes them."""
    prefix = f"{ring.current}:".encode()
    with connection.cursor() as cursor:
        cursor.execute(
            f"select id, {place.kind}, {place.sealed} from {place.table} where id > %s and {place.sealed} <> ''"
            f" and substring({place.sealed} from 1 for %s) <> %s order by id limit %s"
            f" {'for update' if place.edited else ''}",
            [after, len(prefix), prefix, min(portion, EDITED_PORTION) if place.edited else portion],
        )
        return [(id_, kind, bytes(sealed)) for id_, kind, sealed in cursor.fetchall()]


def _told(key: int | UUID) -> int | str:
    """An id as JSON holds it."""
    return key if isinstance(key, int) else str(key)


def _sealed_again(place: Place, ring: KeyRing, rows: list[tuple[int | UUID, str, bytes]]) -> list[tuple[Any, ...]]:
    ids, kinds, sealed = map(list, zip(*rows, strict=True))
    try:
        numbers = sealing.open_all(ring, kinds, place.bound, sealed)
    except ValueError as error:
        raise Refusal("sealed_elsewhere") from error
    again = sealing.seal_all(ring, kinds, place.bound, numbers)
    if not place.digest:
        return list(zip(ids, again, strict=True))
    return list(zip(ids, again, sealing.digest_all(ring, kinds, numbers), strict=True))


def _write(place: Place, rows: list[tuple[Any, ...]]) -> None:
    """Numbers never change, so a row that was withdrawn or closed meanwhile takes its new seal all the same; values
    that do change are locked (``Place.edited``)."""
    columns = [place.sealed, *([place.digest] if place.digest else [])]
    typed = ", ".join(f"{column} bytea" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table resealed (id {place.key}, {typed}) on commit drop")
        with cursor.copy(f"copy resealed (id, {', '.join(columns)}) from stdin (format binary)") as copy:
            copy.set_types([place.key, *["bytea"] * len(columns)])
            for row in rows:
                copy.write_row(row)
        cursor.execute("analyze resealed")
        setting = ", ".join(f"{column} = r.{column}" for column in columns)
        cursor.execute(f"update {place.table} t set {setting} from resealed r where t.id = r.id")
        cursor.execute("drop table resealed")
