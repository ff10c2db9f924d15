"""Reading editions: their list, their data, their files, and what changed from one to another."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from shohay.core.messages import Refusal
from shohay.core.report.editions import Difference, difference
from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination.models_editions import Edition, EditionFile

KIND = "progress"


def folder(sha256: str) -> Path:
    """Where the document and the files of an edition lie."""
    path: Path = settings.VAR / "editions" / sha256
    return path


def file_path(sha256: str, language: str, form: str) -> Path:
    return folder(sha256) / f"{language}.{form}"


def editions(officer: Officer) -> QuerySet[Edition]:
    """Every edition with its files, the newest first."""
    officer.require("report.view")
    return Edition.objects.select_related("publication").prefetch_related("files").order_by("-id")


def published() -> QuerySet[Edition]:
    """Editions that everybody may read, the newest first."""
    found = Edition.objects.filter(publication__isnull=False).select_related("publication")
    return found.prefetch_related("files").order_by("-id")


def edition(officer: Officer, asked: str) -> Edition:
    """By its number or by the beginning of its hash (six letters at least); refusal report_edition_unknown."""
    found = editions(officer)
    row = found.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
    if row is None and len(asked) >= 6:
        row = found.filter(sha256__startswith=asked.lower()).first()
    if row is None:
        raise Refusal("report_edition_unknown", edition=asked[:64])
    return row


def data_of(row: Edition) -> dict[str, Any]:
    """The document of an edition, checked against its hash; refusal report_edition_gone."""
    path = folder(row.sha256) / "data.json"
    data = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise Refusal("report_edition_gone", edition=row.pk)
    found: dict[str, Any] = json.loads(data)
    return found


def bytes_of(file: EditionFile) -> bytes:
    """A file of an edition, checked against its hash; refusal report_edition_gone."""
    path = file_path(file.edition.sha256, file.language, file.format)
    data = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise Refusal("report_edition_gone", edition=file.edition.pk)
    return data


def changed(officer: Officer, old: str, new: str) -> tuple[Edition, Edition, Difference]:
    """Two editions and what differs between them."""
    before, after = edition(officer, old), edition(officer, new)
    return before, after, difference(data_of(before), data_of(after))
