"""Writing down what people were told and agreed to, what they ask to have corrected, and the sheet given to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from shohay.core.deadlines import add_working_days
from shohay.core.messages import Refusal
from shohay.core.purposes import CONSENT
from shohay.policy.privacy_purposes import shipped
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.intake.models import Upload
from shohay.stages.registry import queries, queries_consent
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_consent import CorrectionRequest, Notice
from shohay.stages.registry.models_history import LifeEvent

ANSWER_DAYS = 20  # working days; as long as the RTI Act 2009 gives an office to answer (no shorter rule was found)


def give_notice(
    *, household: Household, told_by: str, told_on: date, language: str, channel: str, agreed: Sequence[str] = (),
    by: Officer,
) -> Notice:  # fmt: skip
    """The notice was read to the household; ``agreed``: purposes of basis consent, those missing are not agreed to.

    A later notice takes the place of an earlier one, so a consent is withdrawn by a notice without it. Raises
    not_allowed, told_in_future, told_by_missing, purpose_unknown.
    """
    by.require("notice.give", area=household.area_code)
    fields = _notice(told_by, told_on, language, channel, agreed, household.area_code, by)
    with transaction.atomic():
        before = queries_consent.agreed(household)
        made = Notice.objects.create(household=household, **fields)
        record(
            action="notice.given", by=by, subject=("household", household.pk), area_code=household.area_code,
            detail={"version": made.version, "language": language, "agreed": list(made.agreed), "before": before},
        )  # fmt: skip
    return made


def give_notice_of_file(
    *, upload: Upload, told_by: str, told_on: date, language: str, agreed: Sequence[str] = (), by: Officer
) -> Notice:
    """An office says that the notice was read to every household of a file before its data were taken."""
    by.require("upload.create", area=upload.area_code or None)
    area = upload.area_code or (by.areas[0] if by.areas else "")
    fields = _notice(told_by, told_on, language, Notice.Channel.FILE, agreed, area, by)
    with transaction.atomic():
        made = Notice.objects.create(upload=upload, **fields)
        record(
            action="notice.given", by=by, subject=("upload", upload.pk), area_code=area,
            detail={"version": made.version, "language": language, "agreed": list(made.agreed)},
        )  # fmt: skip
    return made


def _notice(
    told_by: str, told_on: date, language: str, channel: str, agreed: Sequence[str], area: str, by: Officer
) -> dict[str, object]:
    document = shipped()
    if told_on > timezone.localdate():
        raise Refusal("told_in_future")
    if not told_by.strip():
        raise Refusal("told_by_missing")
    known = {purpose.id for purpose in document.of_basis(CONSENT)}
    if unknown := sorted(set(agreed) - known):
        raise Refusal("purpose_unknown", purpose=unknown[0])
    return {
        "version": document.version, "sha256": document.sha256, "language": language, "told_by": told_by.strip()[:150],
        "told_on": told_on, "channel": channel, "agreed": sorted(set(agreed)), "area_code": area,
        "recorded_by": by.username,
    }  # fmt: skip


def ask_correction(
    *, person: Person, fact: str, wrong: str, right: str, asker: str, channel: str, evidence: str = "", by: Officer
) -> CorrectionRequest:
    """Write down that a person asks for a correction; due in ANSWER_DAYS working days.

    Raises not_allowed, correction_empty, correction_waiting.
    """
    by.require("correction.ask", area=person.area_code)
    if not wrong.strip() or not right.strip() or fact not in queries_consent.FACTS:
        raise Refusal("correction_empty")
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = CorrectionRequest.objects.create(
                    person=person, area_code=person.area_code, fact=fact, wrong=wrong.strip()[:400],
                    right=right.strip()[:400], evidence=evidence.strip()[:200], asker=asker, channel=channel,
                    recorded_by=by.username, due_on=add_working_days(timezone.localdate(), ANSWER_DAYS),
                )  # fmt: skip
        except IntegrityError:
            raise Refusal("correction_waiting") from None
        record(
            action="correction.asked", by=by, subject=("person", person.pk), area_code=person.area_code,
            detail={"request": made.pk, "fact": fact, "asker": asker},
        )  # fmt: skip
    return made


def take_up_correction(*, request: int, event: LifeEvent | None, note: str = "", by: Officer) -> CorrectionRequest:
    """Settle a request by the correction that was proposed for it; numbers and accounts have no event, but a ``note``.

    Raises not_allowed, correction_settled, correction_not_event, correction_empty.
    """
    by.require("correction.settle")
    with transaction.atomic():
        row = _waiting(request, by)
        if event is None and (row.fact not in queries_consent.WITHOUT_EVENT or not note.strip()):
            raise Refusal("correction_empty" if not note.strip() else "correction_not_event")
        if event is not None and event.household_id != row.person.household_id:
            raise Refusal("correction_not_event")
        return _settle(row, CorrectionRequest.State.TAKEN_UP, note, event, by)


def refuse_correction(*, request: int, reason: str, by: Officer) -> CorrectionRequest:
    """Turn a request down, with the reason that the person is told. Raises correction_own, reason_missing as above."""
    by.require("correction.settle")
    with transaction.atomic():
        row = _waiting(request, by)
        if row.recorded_by == by.username:
            raise Refusal("correction_own")
        if not reason.strip():
            raise Refusal("reason_missing")
        return _settle(row, CorrectionRequest.State.REFUSED, reason, None, by)


def _waiting(request: int, by: Officer) -> CorrectionRequest:
    row = (
        CorrectionRequest.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(by.area_filter(), pk=request)
        .first()
    )
    if row is None:
        raise Refusal("not_allowed", what="correction.settle")
    if row.state != CorrectionRequest.State.OPEN:
        raise Refusal("correction_settled", by=row.settled_by)
    return row


def _settle(row: CorrectionRequest, state: str, reason: str, event: LifeEvent | None, by: Officer) -> CorrectionRequest:
    row.state, row.reason, row.event = state, reason.strip()[:400], event
    row.settled_by, row.settled_at = by.username, timezone.now()
    row.save(update_fields=["state", "reason", "event", "settled_by", "settled_at"])
    record(
        action=f"correction.{state}", by=by, subject=("person", row.person_id), area_code=row.area_code,
        reason=row.reason, detail={"request": row.pk, "fact": row.fact, "event": event.pk if event else None},
    )  # fmt: skip
    return row


def print_sheet(*, person_id: int, by: Officer) -> Person:
    """The sheet of everything held on a person is printed for them: the trace of it, and the person."""
    by.require("person.sheet")
    try:
        person = queries.person(by, person_id)
    except Person.DoesNotExist:
        raise Refusal("person_not_found") from None
    with transaction.atomic():
        record(action="person.sheet_printed", by=by, subject=("person", person.pk), area_code=person.area_code)
    return person
