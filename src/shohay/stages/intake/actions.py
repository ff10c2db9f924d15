"""Receiving files and checking them. A file is kept as it came; checking again gives the same again."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk.copying import copy_in
from shohay.bulk.intake import Checked, check_file, findings_csv
from shohay.bulk.intake_mapping import headings_key
from shohay.bulk.intake_template import load_template, template_names
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.intake import queries
from shohay.stages.intake.models import ColumnMapping, RowError, Upload

Progress = Callable[[str, int, int], None]

BLOCK = 1 << 20


def receive(
    *,
    data: bytes | Path,
    file_name: str,
    template: str = "household",
    area_code: str = "",
    language: str = "bn",
    channel: str = Upload.Channel.FILE,
    by: Officer,
) -> Upload:
    """Keep the file unchanged under its SHA-256 and return its upload; the same bytes again are the same upload.

    The bytes are safe on disk before the row exists, so a crash leaves at most a file that nobody refers to.
    """
    by.require("upload.create", area=area_code or None)
    if template not in template_names():
        raise Refusal("template_unknown", template=template, known=", ".join(template_names()))
    sha256, size = _store(data)
    with transaction.atomic():
        upload, new = Upload.objects.get_or_create(
            template=template,
            sha256=sha256,
            defaults={
                "template_version": load_template(template).version,
                "file_name": Path(file_name).name[:255],
                "size": size,
                "area_code": area_code,
                "language": language,
                "channel": channel,
                "uploaded_by": by.username,
            },
        )
        record(
            action="upload.received" if new else "upload.received_again",
            by=by,
            subject=("upload", upload.pk),
            area_code=area_code,
            detail={"sha256": sha256, "size": size},
        )
    return upload


def check(*, upload: Upload, by: Officer, progress: Progress | None = None) -> Upload:
    """Check every row of the file: good rows to Parquet, everything wrong to RowError; or refuse the whole file.

    An admitted file is left as it is. Killed in the middle, nothing has changed and checking starts anew. Raises
    Refusal upload_busy, upload_missing, places_missing; what is wrong with the file itself becomes ``problem``.
    """
    by.require("upload.create", area=upload.area_code or None)
    with _alone(upload.pk):
        upload.refresh_from_db()
        if upload.state == Upload.State.ADMITTED:
            return upload
        upload.columns = upload.columns or _remembered(upload)
        try:
            checked = _check(upload, by, progress)
        except Refusal as refusal:
            if not refusal.code.startswith("file_"):
                raise
            return _refuse(upload, refusal, by)
        return _keep(upload, checked, by)


def map_columns(*, upload: Upload, columns: Sequence[str], by: Officer) -> Upload:
    """Say what each heading of the file means ('' = nothing); remembered for the office's files with these headings.

    The file is then ready to be checked. Raises wrong_state, mapping_wrong, mapping_required, mapping_twice.
    """
    by.require("upload.create", area=upload.area_code or None)
    shown, template = queries.preview_of(upload), load_template(upload.template)
    chosen = [code for code in columns if code]
    if len(columns) != len(shown.headings) or not set(chosen) <= set(template.codes):
        raise Refusal("mapping_wrong")
    if lacking := [c for c in template.columns if c.required and c.code not in chosen]:
        raise Refusal("mapping_required", columns=", ".join(f"{c.bn} ({c.code})" for c in lacking))
    if twice := sorted({code for code in chosen if chosen.count(code) > 1}):
        raise Refusal("mapping_twice", columns=", ".join(twice))
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if upload.state == Upload.State.ADMITTED:
            raise Refusal("wrong_state", state=upload.state)
        upload.columns, upload.state, upload.problem = list(columns), Upload.State.RECEIVED, {}
        upload.save(update_fields=["columns", "state", "problem"])
        ColumnMapping.objects.update_or_create(
            area_code=upload.area_code, template=upload.template, headings_key=headings_key(shown.headings),
            defaults={
                "headings": shown.headings, "columns": list(columns), "made_by": by.username, "made_at": timezone.now()
            },
        )  # fmt: skip
        record(
            action="upload.columns_mapped", by=by, subject=("upload", upload.pk), area_code=upload.area_code,
            detail={"template": upload.template, "columns": list(columns)},
        )  # fmt: skip
    return upload


def _remembered(upload: Upload) -> list[str]:
    """How this office's files with these headings are read; [] where they need no help, or none is known."""
    try:
        shown = queries.preview_of(upload)
    except (Refusal, FileNotFoundError):  # checking says what is wrong with the file
        return []
    return [] if shown.understood or shown.lenient else queries.remembered(upload, shown.headings)


def _check(upload: Upload, by: Officer, progress: Progress | None) -> Checked:
    path = queries.stored(upload)
    if not path.exists():
        raise Refusal("upload_missing", sha256=upload.sha256)
    areas = queries.known_areas()
    if areas.num_rows == 0:
        raise Refusal("places_missing")
    return check_file(
        path=path,
        template=load_template(upload.template),
        out=path,
        work=settings.VAR / "work" / f"check-{upload.pk}",
        areas=areas,
        programmes=queries.known_programmes(),
        within=[upload.area_code] if upload.area_code else list(by.areas),
        today=_today(upload),
        columns=upload.columns,
        progress=progress,
    )


def _today(upload: Upload) -> date:
    """Days are judged by when the file came, so checking it again next year finds the same."""
    return timezone.localdate(upload.uploaded_at)


def _keep(upload: Upload, checked: Checked, by: Officer) -> Upload:
    """The findings and the new state, in one transaction."""
    with tempfile.TemporaryDirectory(dir=_folder("work")) as folder, transaction.atomic():
        rows = Path(folder) / "findings.csv"
        findings_csv(checked.findings, str(upload.pk), rows)
        RowError.objects.filter(upload=upload).delete()
        with connection.cursor() as cursor:
            columns = ["upload_id", "line", '"column"', "code", "value", "params", "is_warning"]
            copy_in(cursor, "intake_rowerror", columns, rows)
        for name, value in {
            "state": Upload.State.CHECKED,
            "problem": {},
            "columns": upload.columns,
            "encoding": checked.encoding,
            "rows_total": checked.rows_total,
            "rows_good": checked.rows_good,
            "rows_bad": checked.rows_bad,
            "findings": checked.codes,
        }.items():
            setattr(upload, name, value)
        upload.save()
        record(
            action="upload.checked",
            by=by,
            subject=("upload", upload.pk),
            area_code=upload.area_code,
            detail={"rows": checked.rows_total, "good": checked.rows_good, "bad": checked.rows_bad},
        )
    return upload


def _refuse(upload: Upload, refusal: Refusal, by: Officer) -> Upload:
    with transaction.atomic():
        RowError.objects.filter(upload=upload).delete()
        upload.state = Upload.State.REFUSED
        upload.problem = {"code": refusal.code, "params": refusal.params}
        upload.rows_total = upload.rows_good = upload.rows_bad = 0
        upload.save()
        record(
            action="upload.refused",
            by=by,
            subject=("upload", upload.pk),
            area_code=upload.area_code,
            reason=refusal.code,
        )
    return upload


@contextmanager
def _alone(pk: UUID) -> Iterator[None]:
    """One process works on an upload; the lock belongs to the connection, so it ends with a killed process."""
    number = pk.int & 0x7FFFFFFFFFFFFFFF
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise Refusal("upload_busy")
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [number])


def _store(data: bytes | Path) -> tuple[str, int]:
    """Write the bytes under a temporary name, then under their hash: a file of the store is never half there."""
    folder = _folder("intake")
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        sha256 = hashlib.sha256()
        with os.fdopen(descriptor, "wb") as out, _opened(data) as source:
            while block := source.read(BLOCK):  # read once: hashed and written while it is in the cache
                sha256.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
            size = out.tell()
        os.replace(name, folder / sha256.hexdigest())
    finally:
        Path(name).unlink(missing_ok=True)
    return sha256.hexdigest(), size


def _opened(data: bytes | Path) -> BinaryIO:
    return data.open("rb") if isinstance(data, Path) else BytesIO(data)


def _folder(name: str) -> Path:
    folder: Path = settings.VAR / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
