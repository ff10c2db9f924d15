"""Paying again what bounced, after the account was corrected: proposed, approved by another, sent, reconciled.

A payment stays the one it is: each supplement holds one further attempt at it, with a number, an account and
movements of its own. The money goes back from "returned" to "owed" when the supplement is approved.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import bank_answers, pain001
from shohay.bulk.account_numbers import open_numbers
from shohay.bulk.copying import copy_out
from shohay.core import ledger
from shohay.core.bank import BankPort
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.accounts.rls import lifted
from shohay.stages.audit import actions as audit
from shohay.stages.payments import rows, rows_again
from shohay.stages.payments.actions_answers import Check
from shohay.stages.payments.models import BankMessage
from shohay.stages.payments.models_again import Attempt, Supplement, SupplementFile
from shohay.stages.payments.paths import kept, var, whole
from shohay.stages.payments.paying import PAYER, PAYING_ACCOUNT, PAYING_BANK
from shohay.stages.registry.queries import key_ring


def propose_again(*, programme_code: str, area_code: str = "", by: Officer) -> Supplement:
    """Gather what bounced and can be paid again: money back, account corrected since, nobody dead, nothing under way.

    Two at once cannot take the same payment: a payment has one open attempt. Raises nothing_to_pay_again.
    """
    by.require("payroll.prepare", area=area_code, programme=programme_code)
    at = timezone.now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('payments again'))")
        lines, poisha, reasons, sha256 = rows_again.choose((area_code,), programme_code)
        if not lines:
            raise Refusal("nothing_to_pay_again")
        with lifted():  # the sequence is set forward, which officers of the web may not
            first = rows.reserve("payments_attempt", lines)
        supplement = Supplement.objects.create(
            programme_code=programme_code, area_code=area_code, lines=lines, amount_poisha=poisha, reasons=reasons,
            first_attempt_id=first, sha256=sha256, prepared_by=by.username, prepared_at=at,
        )  # fmt: skip
        if rows_again.insert(supplement.pk, first, at) != lines:
            raise AssertionError("not every payment that was chosen got its attempt")
        _record("supplement.prepared", supplement, by, lines=lines, poisha=poisha, reasons=reasons, sha256=sha256)
    return supplement


def approve_again(*, supplement: Supplement, by: Officer) -> Supplement:
    """Another officer lets it be paid: the money that came back is owed again."""
    with transaction.atomic():
        supplement = _locked(supplement, "payroll.approve", by, Supplement.State.PREPARED)
        if supplement.prepared_by == by.username:
            raise Refusal("same_person")
        supplement.state, supplement.approved_by = Supplement.State.APPROVED, by.username
        supplement.approved_at = timezone.now()
        supplement.save(update_fields=["state", "approved_by", "approved_at"])
        rows_again.book(
            "again", supplement.programme_code, supplement.first_attempt_id, supplement.lines, supplement.approved_at
        )
        _record("supplement.approved", supplement, by, lines=supplement.lines, poisha=supplement.amount_poisha)
    return supplement


def withdraw_again(*, supplement: Supplement, reason: str, by: Officer) -> Supplement:
    """A supplement that is not approved is taken back; its payments wait to be gathered again."""
    if not reason.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        supplement = _locked(supplement, "payroll.prepare", by, Supplement.State.PREPARED)
        Attempt.objects.filter(supplement=supplement).update(state=Attempt.State.WITHDRAWN, state_at=timezone.now())
        supplement.state = Supplement.State.WITHDRAWN
        supplement.save(update_fields=["state"])
        _record("supplement.withdrawn", supplement, by, reason=reason.strip())
    return supplement


def write_again(*, supplement: Supplement, by: Officer, max_lines: int = pain001.MAX_LINES) -> list[SupplementFile]:
    """Write the pain.001 files of an approved supplement. Written already: the same again; lost before sent: anew."""
    with transaction.atomic():
        supplement = Supplement.objects.select_for_update().get(pk=supplement.pk)
        by.require("payroll.send", area=supplement.area_code, programme=supplement.programme_code)
        if supplement.approved_at is None:
            raise Refusal("payroll_not_approved", state=supplement.state)
        found = list(supplement.files.order_by("sequence"))
        if found and all(file.sent_at or whole(file.path, file.sha256) for file in found):
            return found
        sent = {file.sequence for file in found if file.sent_at}
        supplement.files.filter(sent_at__isnull=True).delete()
        folder = Path(settings.VAR) / "bank" / "out" / f"supplement-{supplement.pk}"
        made = SupplementFile.objects.bulk_create(
            SupplementFile(
                supplement=supplement, sequence=file.sequence, message_id=file.message_id, path=kept(file.path),
                sha256=file.sha256, first_attempt_id=supplement.first_attempt_id + file.first_line - 1,
                lines=file.lines, amount_poisha=file.poisha, created_at=timezone.now(),
            )
            for file in pain001.write([_instructions(supplement)], _order(supplement), folder, max_lines)
            if file.sequence not in sent
        )  # fmt: skip
        _record("supplement.files_written", supplement, by, files={file.message_id: file.sha256 for file in made})
    return list(supplement.files.order_by("sequence"))


def _order(supplement: Supplement) -> pain001.Order:
    approved = timezone.localtime(supplement.approved_at)
    return pain001.Order(
        payroll=supplement.pk,
        programme=supplement.programme_code,
        period="again",
        day=approved.date(),
        created=approved,
        stamp=supplement.sha256,
        debtor=pain001.Debtor(PAYER, PAYING_ACCOUNT, PAYING_BANK),
        series="S",
    )


def _instructions(supplement: Supplement) -> pa.Table:
    """The attempts with their account numbers opened; these live in memory and in the file, nowhere else."""
    table = rows_again.read_instructions(supplement.first_attempt_id, supplement.lines)
    numbers = open_numbers(key_ring(), table["account_kind"], table["sealed"])
    opened = table.drop_columns(["sealed"]).append_column("number", numbers)
    return opened.select([name for name in pain001.COLUMNS.names if name in opened.column_names])


def send_again(*, file: SupplementFile, bank: BankPort, by: Officer) -> SupplementFile:
    """Hand one file to the bank and mark its attempts sent. A stop in between is healed by running again (DUPL)."""
    supplement = file.supplement
    by.require("payroll.send", area=supplement.area_code, programme=supplement.programme_code)
    if supplement.approved_at is None:
        raise Refusal("payroll_not_approved", state=supplement.state)
    file.refresh_from_db()
    if file.sent_at:
        return file
    if not whole(file.path, file.sha256):
        raise Refusal("file_changed", message_id=file.message_id)
    receipt = bank.submit(var(file.path).read_bytes())
    with transaction.atomic():
        marked = rows_again.mark_sent(file, timezone.now())
        _record("supplement.sent", supplement, by, file=file.message_id, sha256=file.sha256, payments=marked,
                status=receipt.status, why=receipt.reason)  # fmt: skip
    return file


def reconcile_again(*, supplement: Supplement, by: Officer) -> dict[str, Any]:
    """Compare attempts, ledger and what the bank reported; reconciled when all agrees and none is open."""
    with transaction.atomic():
        supplement = Supplement.objects.select_for_update().get(pk=supplement.pk)
        by.require("payment.reconcile", area=supplement.area_code, programme=supplement.programme_code)
        report = _report(supplement)
        supplement.reconciliation = report
        if report["balanced"] and report["open"] == 0 and supplement.state in ("sent", "answered"):
            supplement.state = Supplement.State.RECONCILED
        supplement.reconciled_by, supplement.reconciled_at = by.username, timezone.now()
        supplement.save(update_fields=["reconciliation", "state", "reconciled_by", "reconciled_at"])
        done = supplement.state == Supplement.State.RECONCILED
        _record("supplement.reconciled" if done else "supplement.compared", supplement, by, **report)
    return report


STATES = """
select t.state, count(*), sum(p.amount_poisha)::bigint from payments_attempt t
join payments_payment p on p.id = t.payment_id where t.supplement_id = %s group by 1
"""
KINDS = """
select m.kind, count(*), sum(m.amount_poisha)::bigint from payments_transfer m
join payments_attempt t on t.id = m.attempt_id where t.supplement_id = %s group by 1
"""
NUMBERS = "select end_to_end_id from payments_attempt where supplement_id = {}"


def _report(supplement: Supplement) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(STATES, [supplement.pk])
        states = {state: (count, poisha) for state, count, poisha in cursor.fetchall()}
        cursor.execute(KINDS, [supplement.pk])
        moved = dict.fromkeys(ledger.CHART, 0) | {kind: poisha for kind, _, poisha in cursor.fetchall()}
        numbers = copy_out(cursor, NUMBERS.format(supplement.pk), pa.schema([("end_to_end_id", pa.string())]))
    messages = BankMessage.objects.filter(kind="camt.054", received_at__gte=supplement.prepared_at)
    paths = [var(path).with_suffix(".parquet") for path in messages.values_list("path", flat=True)]
    bank = bank_answers.totals(paths, numbers)
    held = {state: states.get(state, (0, 0))[1] for state in Attempt.State.values}
    checks = [
        Check("lines", sum(count for count, _ in states.values()), supplement.lines),
        Check("owed_again", moved["again"], supplement.amount_poisha),
        Check("sent", moved["send"], sum(held.values()) - held["due"]),
        Check("settled", moved["settle"], held["paid"] + held["returned"]),
        Check("rejected", moved["reject"], held["rejected"]),
        Check("debited_by_bank", moved["settle"], bank["debited"]),
        Check("returned", moved["return"], held["returned"]),
        Check("credited_by_bank", moved["return"], bank["credited"]),
    ]
    return {
        "states": {state: {"lines": count, "poisha": poisha} for state, (count, poisha) in sorted(states.items())},
        "checks": [{"name": c.name, "ledger": c.ledger, "other": c.other, "holds": c.holds} for c in checks],
        "open": sum(states.get(state, (0, 0))[0] for state in ("due", "sent", "accepted")),
        "balanced": all(check.holds for check in checks),
    }


def _locked(supplement: Supplement, permission: str, by: Officer, state: str) -> Supplement:
    row = Supplement.objects.select_for_update().get(pk=supplement.pk)
    by.require(permission, area=row.area_code, programme=row.programme_code)
    if row.state != state:
        raise Refusal("wrong_state", state=row.state)
    return row


def _record(action: str, supplement: Supplement, by: Officer, reason: str = "", **detail: Any) -> None:
    audit.record(
        action=action, by=by, subject=("supplement", supplement.pk), area_code=supplement.area_code,
        programme_code=supplement.programme_code, reason=reason, detail=detail,
    )  # fmt: skip
