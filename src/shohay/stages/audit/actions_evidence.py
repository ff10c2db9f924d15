"""Attaching files as evidence. Whoever calls has asked for the permission on the subject before."""

from __future__ import annotations

import hashlib
import os
import tempfile

from django.db import transaction

from shohay.core.file_kinds import MOST_BYTES, clean_name, kind_of
from shohay.core.messages import Refusal
from shohay.stages.audit.actions import Actor, record
from shohay.stages.audit.models_evidence import Evidence
from shohay.stages.audit.queries import evidence_folder


def attach(*, data: bytes, file_name: str, title: str, subject: tuple[str, object], by: Actor) -> Evidence:
    """Keep ``data`` as evidence of ``subject`` (type, number). The same bytes again on the same subject: that row.

    Raises evidence_empty, evidence_too_large, evidence_kind.
    """
    if not data:
        raise Refusal("evidence_empty", name=file_name[:80])
    if len(data) > MOST_BYTES:
        size, most = f"{len(data) / 2**20:.1f}", MOST_BYTES // 2**20
        raise Refusal("evidence_too_large", name=file_name[:80], size=size, most=most)
    kind = kind_of(data)
    if kind is None:
        raise Refusal("evidence_kind", name=file_name[:80])
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        row, new = Evidence.objects.get_or_create(
            subject_type=subject[0], subject_id=str(subject[1]), sha256=digest,
            defaults={
                "file_name": clean_name(file_name, kind), "content_type": kind.content_type, "size": len(data),
                "title": title.strip()[:200], "uploaded_by": by.username,
            },
        )  # fmt: skip
        _keep(digest, data)
        if new:
            record(
                action="evidence.attached", subject=subject, by=by,
                detail={"evidence": row.pk, "sha256": digest, "size": len(data)},
            )  # fmt: skip
    return row


def _keep(digest: str, data: bytes) -> None:
    """Write the bytes under their hash, whole or not at all; what is there already stays."""
    folder = evidence_folder()
    if (folder / digest).exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, folder / digest)
