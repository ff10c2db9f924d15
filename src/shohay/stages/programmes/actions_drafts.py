"""Drafts of definitions: begun, saved, submitted by one officer; published or sent back by another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from shohay.bulk import case_results
from shohay.core import definition_edit, document
from shohay.core.definition import Definition
from shohay.core.definition_edit import Document
from shohay.core.messages import Refusal, Text
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.programmes import models, queries_drafts
from shohay.stages.programmes.models_drafts import DefinitionDraft, DraftRevision
from shohay.stages.programmes.queries_drafts import OPEN

State = DefinitionDraft.State
SUBJECT = "definition_draft"


def start_draft(*, programme: str, first: dt.date | None = None, example: bool = False, by: Officer) -> DefinitionDraft:
    """Begin a new version of the published rules, from ``first`` (the next fiscal year).

    Raises not_allowed, draft_no_rules, draft_open_already, draft_overlap, draft_gap.
    """
    by.require("definition.propose", programme=programme)
    row = queries_drafts.newest(programme)
    if row is None:
        raise Refusal("draft_no_rules", programme=programme)
    published = Definition.parse(row.text)
    begins = first or queries_drafts.begins_next(published, timezone.localdate())
    whole = definition_edit.appended(document.read(row.text), begins)
    with transaction.atomic():
        draft = _begin(programme, row.sha256, document.write(whole), example, by)
        _record("definition.draft_started", draft, by, base=row.sha256)
    return draft


def start_new(*, programme: str, unit: str, first: dt.date, example: bool = False, by: Officer) -> DefinitionDraft:
    """Begin rules for a programme of the catalogue that has none. ``unit``: person or household.

    Raises not_allowed, programme_not_in_catalogue, draft_has_rules, draft_open_already.
    """
    by.require("definition.propose", programme=programme)
    row = _programme(programme)
    if queries_drafts.newest(programme):
        raise Refusal("draft_has_rules", programme=programme)
    whole = definition_edit.begun(programme, Text(row.name_bn, row.name_en), unit, first)
    with transaction.atomic():
        draft = _begin(programme, "", document.write(whole), example, by)
        _record("definition.draft_started", draft, by, base="")
    return draft


def import_draft(*, text: str, programme: str = "", by: Officer) -> DefinitionDraft:
    """Begin a draft from a file, kept as it is written. ``programme`` '' = the one that the file names.

    Raises not_allowed, draft_import_wrong, draft_too_long, draft_other_programme, draft_open_already.
    """
    by.require("definition.propose")
    made = definition_edit.taken(text)
    if made.code != made.programme or (programme and programme != made.programme):
        raise Refusal("draft_other_programme", code=made.code, programme=programme or made.programme)
    by.require("definition.propose", programme=made.programme)
    _programme(made.programme)
    row = queries_drafts.newest(made.programme)
    with transaction.atomic():
        draft = _begin(made.programme, row.sha256 if row else "", text, False, by, "imported")
        _record("definition.draft_started", draft, by, base=draft.base_sha256, imported=True)
    return draft


def save_draft(*, draft: int, revision: int, whole: Document | str, what: str, by: Officer) -> DefinitionDraft:
    """Keep a changed document as the next revision; nothing is written when it says the same.

    ``revision`` is the one that was read. Raises draft_unknown, draft_not_yours, draft_not_open, draft_moved,
    draft_too_long; of a text (a file) also draft_import_wrong.
    """
    by.require("definition.propose")
    with transaction.atomic():
        row = _own(draft, by)
        if row.revision != revision:
            last = row.revisions.get(number=row.revision)
            raise Refusal("draft_moved", saved=timezone.localtime(last.saved_at), what=last.what)
        text = whole if isinstance(whole, str) else document.write(whole)
        if isinstance(whole, str):
            _same_programme(definition_edit.taken(text), row)
        if len(text) > definition_edit.LONGEST:
            raise Refusal("draft_too_long", most=definition_edit.LONGEST)
        if document.fingerprint(text) == row.sha256:
            return row
        _revise(row, text, what, by)
        _record("definition.draft_saved", row, by, part=what, revision=row.revision)
    return row


def save_cases(*, draft: int, text: str, by: Officer) -> DefinitionDraft:
    """Keep the draft's own cases. Raises draft_unknown, draft_not_yours, draft_not_open, draft_cases_wrong."""
    by.require("definition.propose")
    count = len(case_results.read(text[: definition_edit.LONGEST]))
    with transaction.atomic():
        row = _own(draft, by)
        row.cases, row.saved_at = text[: definition_edit.LONGEST], timezone.now()
        row.save(update_fields=["cases", "saved_at"])
        _record("definition.draft_cases", row, by, cases=count)
    return row


def submit_draft(*, draft: int, note: str = "", by: Officer) -> DefinitionDraft:
    """Hand the draft to another officer.

    Raises draft_unknown, draft_not_yours, draft_not_open, draft_stale, draft_problems, draft_unchanged.
    """
    by.require("definition.propose")
    with transaction.atomic():
        row = _own(draft, by)
        _fit(row)
        row.state, row.submitted_at, row.note = State.SUBMITTED, timezone.now(), _line(note)
        row.save(update_fields=["state", "submitted_at", "note"])
        _record("definition.submitted", row, by, sha256=row.sha256)
    return row


def take_back(*, draft: int, by: Officer) -> DefinitionDraft:
    """Take a submitted draft back to go on writing. Raises draft_unknown, draft_not_yours, draft_not_waiting."""
    by.require("definition.propose")
    with transaction.atomic():
        row = _locked(draft, by)
        _waits(row)
        if row.started_by != by.username:
            raise Refusal("draft_not_yours", holder=row.started_by)
        row.state = State.OPEN
        row.save(update_fields=["state"])
        _record("definition.taken_back", row, by)
    return row


def publish_draft(*, draft: int, by: Officer) -> models.Definition:
    """Publish: from now on every determination, answer and payroll uses it. Not by whoever wrote it.

    Raises draft_unknown, draft_not_waiting, draft_own, draft_stale, draft_problems, draft_published_before.
    """
    by.require("definition.publish")
    with transaction.atomic():
        row = _locked(draft, by, "definition.publish")
        _waits(row)
        if by.username == row.started_by:
            raise Refusal("draft_own")
        _fit(row)
        made = Definition.parse(queries_drafts.text_of(row))
        if models.Definition.objects.filter(programme_id=row.programme_id, sha256=made.sha256).exists():
            raise Refusal("draft_published_before")
        now = timezone.now()
        published = models.Definition.objects.create(
            programme_id=row.programme_id, document=made.as_json(), text=made.text, sha256=made.sha256,
            state=models.Definition.State.PUBLISHED, proposed_by=row.started_by, approved_by=by.username,
            published_at=now,
        )  # fmt: skip
        row.state, row.decided_by, row.decided_at = State.PUBLISHED, by.username, now
        row.save(update_fields=["state", "decided_by", "decided_at"])
        _record("definition.published", row, by, sha256=made.sha256, base=row.base_sha256)
    return published


def return_draft(*, draft: int, reason: str, by: Officer) -> DefinitionDraft:
    """Send a submitted draft back with a reason.

    Raises draft_unknown, draft_not_waiting, draft_own, draft_reason_missing.
    """
    by.require("definition.publish")
    with transaction.atomic():
        row = _locked(draft, by, "definition.publish")
        _waits(row)
        if by.username == row.started_by:
            raise Refusal("draft_own")
        _with_reason(row, reason)
        row.state, row.decided_by, row.decided_at = State.OPEN, by.username, timezone.now()
        row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        _record("definition.returned", row, by, reason=row.reason)
    return row


def drop_draft(*, draft: int, reason: str, by: Officer) -> DefinitionDraft:
    """End a draft without publishing; its revisions stay. By whoever wrote it, or who may publish (a holder is away).

    Raises draft_unknown, draft_not_open, draft_reason_missing.
    """
    if not by.may("definition.publish"):
        by.require("definition.propose")
    with transaction.atomic():
        row = _locked(draft, by)
        if row.state not in OPEN:
            raise Refusal("draft_not_open", state=row.state)
        if row.started_by != by.username:
            by.require("definition.publish", programme=row.programme_id)
        _with_reason(row, reason)
        row.state, row.decided_by, row.decided_at = State.DROPPED, by.username, timezone.now()
        row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        _record("definition.draft_dropped", row, by, reason=row.reason)
    return row


# ------------------------------------------------------------------------------------------------ what they share


def _programme(code: str) -> models.Programme:
    row = models.Programme.objects.filter(pk=code).first()
    if row is None:
        raise Refusal("programme_not_in_catalogue", code=code)
    return row


def _begin(programme: str, base: str, text: str, example: bool, by: Officer, what: str = "started") -> DefinitionDraft:
    """A draft with its first revision; refused where another one is open, whoever came second."""
    now, sha256 = timezone.now(), document.fingerprint(text)
    try:
        with transaction.atomic():
            row = DefinitionDraft.objects.create(
                programme_id=programme, base_sha256=base, sha256=sha256, cases=queries_drafts.own_cases(programme),
                example=example, started_by=by.username, started_at=now, saved_at=now,
            )  # fmt: skip
    except IntegrityError:
        held = queries_drafts.open_draft(programme)
        if held is None:
            raise
        raise Refusal(
            "draft_open_already", programme=programme, holder=held.started_by, since=timezone.localdate(held.started_at)
        ) from None
    DraftRevision.objects.create(
        draft=row, number=1, text=text, sha256=sha256, what=what, saved_by=by.username, saved_at=now
    )
    return row


def _revise(row: DefinitionDraft, text: str, what: str, by: Officer) -> None:
    row.revision, row.sha256, row.saved_at = row.revision + 1, document.fingerprint(text), timezone.now()
    DraftRevision.objects.create(
        draft=row, number=row.revision, text=text, sha256=row.sha256, what=what[:40], saved_by=by.username,
        saved_at=row.saved_at,
    )  # fmt: skip
    row.save(update_fields=["revision", "sha256", "saved_at"])


def _locked(draft: int, by: Officer, permission: str = "") -> DefinitionDraft:
    """The row, locked until the end of the transaction: two tabs come one after the other."""
    row = DefinitionDraft.objects.select_for_update().filter(pk=draft).first()
    if row is None:
        raise Refusal("draft_unknown", draft=draft)
    by.require(permission or "definition.view", programme=row.programme_id)
    return row


def _own(draft: int, by: Officer) -> DefinitionDraft:
    row = _locked(draft, by, "definition.propose")
    if row.started_by != by.username:
        raise Refusal("draft_not_yours", holder=row.started_by)
    if row.state != State.OPEN:
        raise Refusal("draft_not_open", state=row.state)
    return row


def _waits(row: DefinitionDraft) -> None:
    if row.state != State.SUBMITTED:
        raise Refusal("draft_not_waiting", state=row.state)


def _fit(row: DefinitionDraft) -> None:
    """A draft may be submitted and published when it is on the newest rules, whole, and changes something."""
    newest = queries_drafts.newest(row.programme_id)
    if queries_drafts.is_stale(row) and newest is not None and newest.published_at is not None:
        day = timezone.localdate(newest.published_at)
        raise Refusal("draft_stale", programme=row.programme_id, published=day)
    found = queries_drafts.problems(row)
    if found:
        raise Refusal("draft_problems", count=len(found), first=found[0].text)
    if row.sha256 == row.base_sha256:
        raise Refusal("draft_unchanged")


def _same_programme(made: Definition, row: DefinitionDraft) -> None:
    if made.code != row.programme_id or made.programme != row.programme_id:
        raise Refusal("draft_other_programme", code=made.code, programme=row.programme_id)


def _line(text: str) -> str:
    """A sentence that the database can keep."""
    return text.replace("\x00", " ").strip()[:1000]


def _with_reason(row: DefinitionDraft, reason: str) -> None:
    row.reason = _line(reason)
    if not row.reason:
        raise Refusal("draft_reason_missing")


def _record(action: str, row: DefinitionDraft, by: Officer, **detail: Any) -> None:
    record(action=action, by=by, subject=(SUBJECT, row.pk), programme_code=row.programme_id, detail=detail)
