"""Progress of the plan: a ministry's update, its verification by another office, dependencies and reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit import queries as audit
from shohay.stages.audit.actions import record
from shohay.stages.audit.actions_evidence import attach
from shohay.stages.coordination import queries_plan as plan
from shohay.stages.coordination.models_plan import (
    PlanDependency,
    PlanImport,
    PlanItem,
    PlanMinistry,
    PlanObligation,
    PlanReminder,
    PlanUpdate,
)
from shohay.stages.coordination.queries_plan_work import UPDATE, behind

EARLIEST = date(2015, 1, 1)  # the strategy itself is of 2015


class Saying(NamedTuple):
    """What an update says. ``obligation``: the number of what is due, where an item has several."""

    claim: str
    percent: int | None = None
    milestone: str = ""
    done_on: date | None = None
    text_bn: str = ""
    text_en: str = ""
    obligation: int | None = None


class File(NamedTuple):
    """One file of evidence as it came."""

    name: str
    data: bytes
    title: str = ""


def submit_update(
    *, item: str, ministry: str, saying: Saying, base: int | None = None, files: Sequence[File] = (),
    keep_files: bool = True, by: Officer,
) -> PlanUpdate:  # fmt: skip
    """A new version of what ``ministry`` says of ``item``; it waits for verification and replaces one that waited
    (of the same period, where the item recurs).

    ``base``: the version that the writer had before them (0: none). Another one since then is told and nothing is
    written. ``keep_files``: the evidence of the version before goes with this one unless it was verified. Raises
    not_allowed, plan_item_unknown, plan_not_yours, plan_update_changed, plan_update_empty, plan_update_measure,
    plan_update_done_on, plan_update_which, and what attaching raises.
    """
    by.require("plan.update", ministry=ministry)
    with transaction.atomic():
        return _submit(item, ministry, saying, base, files, keep_files, None, by)


def submit_row(*, item: str, saying: Saying, base: int, sheet: PlanImport, by: Officer) -> PlanUpdate:
    """The same from one row of a ministry's sheet that was read before."""
    by.require("plan.import", ministry=sheet.ministry_id)
    with transaction.atomic():
        return _submit(item, sheet.ministry_id, saying, base, (), True, sheet, by)


def _submit(
    item: str, ministry: str, saying: Saying, base: int | None, files: Sequence[File], keep_files: bool,
    sheet: PlanImport | None, by: Officer,
) -> PlanUpdate:  # fmt: skip
    # the lock puts two writers of one ministry one after the other: the second one sees the first one's version
    if not PlanMinistry.objects.select_for_update().filter(item=item, ministry=ministry).exists():
        raise Refusal("plan_not_yours" if PlanItem.objects.filter(pk=item).exists() else "plan_item_unknown",
                      ministry=ministry, code=item)  # fmt: skip
    last = PlanUpdate.objects.filter(item=item, ministry=ministry).order_by("-version").first()
    values = _values(item, saying)
    if last and base is not None and last.version != base:
        if not files and last.written_by == by.username and last.state == "submitted" and _same(last, values):
            return _again(last, by)
        raise Refusal("plan_update_changed", by=last.written_by, at=timezone.localtime(last.written_at),
                      version=last.version)  # fmt: skip
    same = PlanUpdate.objects.filter(item=item, ministry=ministry, obligation=values["obligation"])
    before = same.order_by("-version").first()
    same.filter(state="submitted").update(state="replaced")
    update = PlanUpdate.objects.create(
        item_id=item, ministry_id=ministry, version=last.version + 1 if last else 1, from_sheet=sheet,
        written_by=by.username, written_at=timezone.now(), **values,
    )  # fmt: skip
    _attach(update, before if keep_files else None, files, by)
    record(
        action="plan.updated", subject=(UPDATE, update.pk), by=by,
        detail={"item": item, "ministry": ministry, "version": update.version, "claim": update.claim,
                "percent": update.percent, "evidence": update.evidence_count},
    )  # fmt: skip
    return update


def _values(item: str, saying: Saying) -> dict[str, Any]:
    """The columns of the update; a Refusal where it says too little or something impossible."""
    if saying.claim not in PlanUpdate.Claim.values:
        raise Refusal("plan_update_measure")
    text_bn, text_en, milestone = saying.text_bn.strip(), saying.text_en.strip(), saying.milestone.strip()[:200]
    if not text_bn and not text_en:
        raise Refusal("plan_update_empty")
    completed = saying.claim == "completed"
    percent = 100 if completed and saying.percent is None else saying.percent
    if percent is not None and not 0 <= percent <= 100:
        raise Refusal("plan_update_measure")
    if saying.claim == "progress" and percent is None and not milestone:
        raise Refusal("plan_update_measure")
    if completed and not (saying.done_on and EARLIEST <= saying.done_on <= timezone.localdate()):
        raise Refusal("plan_update_done_on")
    return {
        "claim": saying.claim, "percent": percent, "milestone": milestone, "text_bn": text_bn, "text_en": text_en,
        "done_on": saying.done_on if completed else None, "obligation": _obligation(item, saying),
    }  # fmt: skip


def _obligation(item: str, saying: Saying) -> PlanObligation | None:
    """What is due that the update speaks of. Completed among several: the writer must say which."""
    owed = list(PlanObligation.objects.filter(item=item).order_by("number"))
    if len(owed) == 1:
        return owed[0]
    chosen = next((one for one in owed if one.number == saying.obligation), None)
    if chosen is None and (saying.obligation is not None or (owed and saying.claim == "completed")):
        raise Refusal("plan_update_which")
    return chosen


def _same(update: PlanUpdate, values: dict[str, Any]) -> bool:
    return all(getattr(update, name) == value for name, value in values.items())


def _again(update: PlanUpdate, by: Officer) -> PlanUpdate:
    """The same words sent twice by the same officer, as a second click does: one version."""
    record(action="plan.update_repeated", subject=(UPDATE, update.pk), detail={"version": update.version}, by=by)
    return update


def _attach(update: PlanUpdate, before: PlanUpdate | None, files: Sequence[File], by: Officer) -> None:
    if before and before.state != "verified":
        for row in audit.evidence_of(UPDATE, before.pk):
            path = audit.evidence_path(row)
            if not path.exists():  # a restored database without its files: the ministry attaches it again
                continue
            attach(data=path.read_bytes(), file_name=row.file_name, title=row.title, subject=(UPDATE, update.pk), by=by)
    for file in files:
        attach(data=file.data, file_name=file.name, title=file.title, subject=(UPDATE, update.pk), by=by)
    update.evidence_count = len(audit.evidence_of(UPDATE, update.pk))
    update.save(update_fields=["evidence_count"])


# ------------------------------------------------------------------------------------------------- verification


def verify_update(*, update: int, by: Officer) -> PlanUpdate:
    """From today the update counts. Refusals: not_allowed, plan_update_decided, plan_update_own and unproven."""
    by.require("plan.verify")
    with transaction.atomic():
        row = _waiting(update, by)
        if row.claim == "completed" and not row.evidence_count:
            raise Refusal("plan_update_unproven")
        row.state, row.verified_by, row.verified_at = "verified", by.username, timezone.now()
        row.verified_on = timezone.localdate()
        row.save(update_fields=["state", "verified_by", "verified_at", "verified_on"])
        record(
            action="plan.verified", subject=(UPDATE, row.pk), by=by,
            detail={"item": row.item_id, "ministry": row.ministry_id, "version": row.version, "claim": row.claim},
        )  # fmt: skip
    return row


def return_update(*, update: int, reason: str, by: Officer) -> PlanUpdate:
    """Back to the ministry, with the reason. Refusals: not_allowed, plan_return_reason, plan_update_decided and own."""
    by.require("plan.verify")
    if not reason.strip():
        raise Refusal("plan_return_reason")
    with transaction.atomic():
        row = _waiting(update, by)
        row.state, row.reason = "returned", reason.strip()[:2000]
        row.verified_by, row.verified_at = by.username, timezone.now()
        row.save(update_fields=["state", "reason", "verified_by", "verified_at"])
        record(
            action="plan.returned", subject=(UPDATE, row.pk), reason=row.reason, by=by,
            detail={"item": row.item_id, "ministry": row.ministry_id, "version": row.version},
        )  # fmt: skip
    return row


def _waiting(update: int, by: Officer) -> PlanUpdate:
    row = PlanUpdate.objects.select_for_update().filter(pk=update).first()
    if row is None or row.state != "submitted":
        raise Refusal("plan_update_decided")
    if row.written_by == by.username:
        raise Refusal("plan_update_own")
    return row


# ------------------------------------------------------------------------------------------------- dependencies


def add_dependency(*, item: str, needs: str, reason: str = "", by: Officer) -> PlanDependency:
    """``item`` waits for ``needs``. Refusals: not_allowed, plan_item_unknown, plan_dependency_circle and there."""
    by.require("plan.manage")
    for code in (item, needs):
        if not PlanItem.objects.filter(pk=code).exists():
            raise Refusal("plan_item_unknown", code=code)
    with transaction.atomic():
        if item == needs or item in behind(needs):
            raise Refusal("plan_dependency_circle", item=item, needs=needs)
        try:
            with transaction.atomic():
                row, new = PlanDependency.objects.get_or_create(
                    item_id=item, needs_id=needs, defaults={"reason": reason.strip()[:300], "set_by": by.username}
                )
        except IntegrityError:  # somebody closed the circle at the same moment: the database saw it
            raise Refusal("plan_dependency_circle", item=item, needs=needs) from None
        if not new:
            raise Refusal("plan_dependency_there", item=item, needs=needs)
        record(action="plan.dependency_added", subject=("plan_item", item), detail={"needs": needs}, by=by)
    return row


def remove_dependency(*, dependency: int, by: Officer) -> None:
    """Refusals: not_allowed, plan_dependency_gone."""
    by.require("plan.manage")
    with transaction.atomic():
        row = PlanDependency.objects.select_for_update().filter(pk=dependency).first()
        if row is None:
            raise Refusal("plan_dependency_gone")
        row.delete()
        record(action="plan.dependency_removed", subject=("plan_item", row.item_id), detail={"needs": row.needs_id},
               by=by)  # fmt: skip


# ---------------------------------------------------------------------------------------------------- reminders


def remind(*, on: date, by: Officer) -> int:
    """One reminder a month to each ministry that answers for an item that is late, missed or due soon; how many new."""
    by.require("plan.manage")
    month, now = on.replace(day=1), timezone.now()
    with transaction.atomic():
        due = plan.on_day(by, on, kind=plan.ALL).filter(state__in=(*plan.OVERDUE, "due_soon"))
        waiting = {code: (state, day) for code, state, day in due.values_list("pk", "state", "due")}
        told = set(PlanReminder.objects.filter(month=month).values_list("item_id", "ministry_id"))
        parts = PlanMinistry.objects.filter(item__in=waiting).values_list("item_id", "ministry_id").order_by("pk")
        fresh = [
            PlanReminder(item_id=item, ministry_id=ministry, month=month, state=waiting[item][0],
                         due=waiting[item][1], made_at=now)
            for item, ministry in parts if (item, ministry) not in told
        ]  # fmt: skip
        PlanReminder.objects.bulk_create(fresh, ignore_conflicts=True)  # two at once: the database keeps one of each
        record(action="plan.reminded", detail={"month": month.isoformat(), "reminders": len(fresh)}, by=by)
    return len(fresh)
