"""Writing the instruction files of a payroll and handing them to the bank."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shohay.bulk import pain001
from shohay.bulk.account_numbers import open_numbers
from shohay.bulk.ahead import ahead
from shohay.bulk.sealing import KeyRing
from shohay.core.bank import BankPort
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit import actions as audit
from shohay.stages.payments import rows
from shohay.stages.payments.models import PaymentFile, Payroll
from shohay.stages.payments.paths import kept, var, whole
from shohay.stages.payments.paying import PAYER, PAYING_ACCOUNT, PAYING_BANK
from shohay.stages.registry.queries import key_ring


def write_files(*, payroll: Payroll, by: Officer, max_lines: int = pain001.MAX_LINES) -> list[PaymentFile]:
    """Write the pain.001 files of an approved payroll, ``max_lines`` payments each. Written already: the same again.

    Everything in a file comes from the payroll, so a file lost before it was sent is written again the same.
    """
    by.require("payroll.send", area=payroll.area_code, programme=payroll.cycle.programme_code)
    with transaction.atomic():
        payroll = Payroll.objects.select_for_update().select_related("cycle").get(pk=payroll.pk)
        if payroll.approved_at is None:
            raise Refusal("payroll_not_approved", state=payroll.state)
        found = list(payroll.files.order_by("sequence"))
        if found and all(file.sent_at or whole(file.path, file.sha256) for file in found):
            return found
        payroll.files.filter(sent_at__isnull=True).delete()
        sent = {file.sequence for file in found if file.sent_at}
        written = pain001.write(_instructions(payroll), _order(payroll), _folder(payroll), max_lines)
        made = PaymentFile.objects.bulk_create(
            PaymentFile(
                payroll=payroll,
                sequence=file.sequence,
                message_id=file.message_id,
                path=kept(file.path),
                sha256=file.sha256,
                first_payment_id=(payroll.first_payment_id or 0) + file.first_line - 1,
                lines=file.lines,
                amount_poisha=file.poisha,
                created_at=timezone.now(),
            )
            for file in written
            if file.sequence not in sent
        )
        audit.record(
            action="payroll.files_written",
            by=by,
            subject=("payroll", payroll.pk),
            area_code=payroll.area_code,
            programme_code=payroll.cycle.programme_code,
            detail={"files": {file.message_id: file.sha256 for file in made}},
        )
    return list(payroll.files.order_by("sequence"))


def _folder(payroll: Payroll) -> Path:
    return Path(settings.VAR) / "bank" / "out" / f"payroll-{payroll.pk}"


def _order(payroll: Payroll) -> pain001.Order:
    approved = timezone.localtime(payroll.approved_at)
    return pain001.Order(
        payroll=payroll.pk,
        programme=payroll.cycle.programme_code,
        period=f"{payroll.cycle.period_start:%Y-%m}",
        day=approved.date(),
        created=approved,
        stamp=payroll.result_sha256,
        debtor=pain001.Debtor(PAYER, PAYING_ACCOUNT, PAYING_BANK),
    )


def _instructions(payroll: Payroll) -> Iterator[pa.Table]:
    """The payments with their account numbers opened; these live in memory and in the file, nowhere else."""
    if payroll.first_payment_id is None:
        return
    ring = key_ring()
    sealed = rows.read_instructions(payroll.first_payment_id, payroll.lines)
    with ThreadPoolExecutor(1) as pool:
        yield from ahead(pool, lambda part: _opened(part, ring), sealed)


def _opened(part: pa.Table, ring: KeyRing) -> pa.Table:
    numbers = open_numbers(ring, part["account_kind"], part["sealed"])
    return part.drop_columns(["sealed"]).append_column("number", numbers)


def send(*, payment_file: PaymentFile, bank: BankPort, by: Officer) -> PaymentFile:
    """Hand one file to the bank and mark its payments sent. Sent already: nothing happens.

    The bank is asked first and the database told after. A stop in between is healed by running again: the bank then
    says that it has the file (DUPL), and the payments are marked sent.
    """
    payroll = payment_file.payroll
    by.require("payroll.send", area=payroll.area_code, programme=payroll.cycle.programme_code)
    if payroll.approved_at is None:
        raise Refusal("payroll_not_approved", state=payroll.state)
    payment_file.refresh_from_db()
    if payment_file.sent_at:
        return payment_file
    if not whole(payment_file.path, payment_file.sha256):
        raise Refusal("file_changed", message_id=payment_file.message_id)
    receipt = bank.submit(var(payment_file.path).read_bytes())
    with transaction.atomic():
        marked = rows.mark_sent(payment_file, timezone.now())
        audit.record(
            action="payment_file.sent",
            by=by,
            subject=("payment_file", payment_file.message_id),
            area_code=payroll.area_code,
            programme_code=payroll.cycle.programme_code,
            detail={"sha256": payment_file.sha256, "payments": marked, "status": receipt.status, "why": receipt.reason},
        )
    return payment_file
