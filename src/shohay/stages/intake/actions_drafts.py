"""Households typed in on screen: saved at every step, checked by the rules of a file, sent in as an upload."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from shohay.bulk import sealing
from shohay.bulk.sealing import KeyRing
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.intake import actions, queries_drafts
from shohay.stages.intake.models import Draft, Upload

TEMPLATE = "household"


def begin_draft(*, ring: KeyRing, by: Officer) -> Draft:
    """An empty household of the officer's area."""
    area = next((code for code in by.areas if code), "")
    by.require("upload.create", area=area or None)
    with transaction.atomic():
        draft = Draft.objects.create(
            area_code=area, sealed=_sealed(ring, queries_drafts.EMPTY), created_by=by.username, saved_by=by.username,
            saved_at=timezone.now(),
        )  # fmt: skip
        record(action="draft.begun", by=by, subject=("draft", draft.pk), area_code=area)
    return draft


def save_draft(*, draft: Draft, version: int, data: Mapping[str, Any], ring: KeyRing, by: Officer) -> Draft:
    """Keep what was typed, right or wrong. ``version`` is the one that the form saw: where another officer has saved
    since, nothing is written. Raises draft_changed, draft_closed, not_allowed.
    """
    by.require("upload.create", area=draft.area_code or None)
    union = str(data["household"].get("union_code", "")).strip()
    with transaction.atomic():
        row = _open(draft)
        if row.version != version:
            raise Refusal("draft_changed", who=row.saved_by)
        if len(union) == 8 and by.covers(area=union):
            row.area_code = union
        row.sealed, row.people, row.version = _sealed(ring, data), len(data["members"]), row.version + 1
        row.saved_by, row.saved_at = by.username, timezone.now()
        row.save()
        record(
            action="draft.saved", by=by, subject=("draft", row.pk), area_code=row.area_code,
            detail={"version": row.version, "people": row.people},
        )  # fmt: skip
    return row


def drop_draft(*, draft: Draft, by: Officer) -> Draft:
    """Put a draft away without sending it; what was typed is forgotten."""
    by.require("upload.create", area=draft.area_code or None)
    with transaction.atomic():
        row = _open(draft)
        row.state, row.sealed = Draft.State.DROPPED, b""
        row.save(update_fields=["state", "sealed"])
        record(action="draft.dropped", by=by, subject=("draft", row.pk), area_code=row.area_code)
    return row


def send_draft(*, draft: Draft, version: int, ring: KeyRing, language: str, by: Officer) -> Upload:
    """The draft as an upload of channel screen, received and checked; the caller has it taken in.

    The rows are judged by check, as those of a file are. Raises draft_changed, draft_closed, draft_wrong.
    """
    by.require("upload.create", area=draft.area_code or None)
    with transaction.atomic():
        row = _open(draft)
        if row.version != version:
            raise Refusal("draft_changed", who=row.saved_by)
        upload = actions.receive(
            data=queries_drafts.as_file(queries_drafts.opened(row, ring)), file_name=f"screen-{str(row.pk)[:8]}.csv",
            template=TEMPLATE, area_code=row.area_code, language=language, channel=Upload.Channel.SCREEN, by=by,
        )  # fmt: skip
        if upload.state in (Upload.State.RECEIVED, Upload.State.REFUSED):
            upload = actions.check(upload=upload, by=by)
        if upload.state == Upload.State.REFUSED or upload.rows_bad:
            raise Refusal("draft_wrong")
        row.state, row.upload, row.sealed = Draft.State.SENT, upload, b""
        row.save(update_fields=["state", "upload", "sealed"])
        record(
            action="draft.sent", by=by, subject=("draft", row.pk), area_code=row.area_code,
            detail={"upload": str(upload.pk), "people": row.people},
        )  # fmt: skip
    return upload


def _open(draft: Draft) -> Draft:
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.state != Draft.State.OPEN:
        raise Refusal("draft_closed")
    return row


def _sealed(ring: KeyRing, data: Mapping[str, Any]) -> bytes:
    return sealing.seal(ring, queries_drafts.KIND, queries_drafts.PLACE, json.dumps(data, ensure_ascii=False))
