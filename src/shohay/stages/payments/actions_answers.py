"""What the bank answers, applied once and set-based; and the reconciliation of ledger, payments and bank."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from pyarrow import csv, parquet

from shohay.bulk import bank_answers
from shohay.bulk.bank_answers import Answer, Unreadable
from shohay.bulk.copying import copy_in
from shohay.core import ledger
from shohay.core.bank import BankPort
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit import actions as audit
from shohay.stages.payments import rows, rows_again
from shohay.stages.payments.models import BankMessage, PaymentFile, Payroll
from shohay.stages.payments.paths import kept, var
from shohay.stages.payments.paying import PAYING_ACCOUNT

VERDICTS = ("applied", "repeated", "unknown", "contradicting")
EXAMPLES = 50  # so many numbers of unknown or contradicting lines are kept with the message

# event -> (state it leads to, kind of transfer it books)
EFFECTS = {
    "accepted": ("accepted", ""),
    "rejected": ("rejected", "reject"),
    "debited": ("paid", "settle"),
    "returned": ("returned", ""),  # announced by pacs.004; the money is booked by the credit in camt.054
    "credited": ("returned", "return"),
}

# `late` are states that lie beyond the one the event leads to: the news is old, not wrong. A payment that was
# instructed again (rows_again) stands, for news about its first instruction, where that one ended.
JUDGE = """
create temp table judged on commit drop as
select distinct on (a.end_to_end_id, a.event) a.end_to_end_id, a.event, a.reason_code, x.target, x.transfer,
       p.id, p.payroll_id, p.programme_code, p.amount_poisha,
       case when p.id is null then 'unknown'
            when a.amount_poisha is not null and a.amount_poisha <> p.amount_poisha then 'contradicting'
            when coalesce(f.before, p.state) = any (x.before) then 'applied'
            when a.event = 'credited' and coalesce(f.before, p.state) = 'returned'
                 and not exists (select 1 from payments_transfer t where t.payment_id = p.id and t.kind = 'return')
            then 'applied'
            when coalesce(f.before, p.state) = x.target or coalesce(f.before, p.state) = any (x.late)
            then 'repeated'
            else 'contradicting' end as verdict
from answer a
join (values {effects}) as x (event, target, transfer, before, late) on x.event = a.event
left join payments_payment p on p.end_to_end_id = a.end_to_end_id
left join payments_attempt f on f.payment_id = p.id and f.number = 2
order by a.end_to_end_id, a.event
"""

MOVE = """
update payments_payment p set state = j.target, state_at = %s,
       reason_code = case when j.target in ('rejected', 'returned') then coalesce(j.reason_code, '') else '' end
from judged j where j.id = p.id and j.verdict = 'applied' and p.state <> j.target
"""

BOOK = """
insert into payments_transfer (booked_at, kind, debit, credit, amount_poisha, payroll_id, payment_id)
select %s, c.kind, replace(c.debit, '{{}}', j.programme_code), replace(c.credit, '{{}}', j.programme_code),
       j.amount_poisha, j.payroll_id, j.id
from judged j join (values {chart}) as c (kind, debit, credit) on c.kind = j.transfer
where j.verdict = 'applied' order by j.id on conflict do nothing
"""


def take_answers(*, bank: BankPort, by: Officer) -> dict[str, int]:
    """Keep and apply every message that waits at the bank: how many of each kind were new, and what they did.

    Each message is a transaction of its own. The bank is told that a message was taken only after it was kept, so
    a stop in the middle means at worst that a message is read twice, and it is applied once.
    """
    by.require("payment.reconcile")
    taken: list[str] = []
    counts: dict[str, int] = {}
    for letter in bank.letters():
        message = take_answer(data=letter.data, by=by)
        taken.append(letter.key)
        if message is not None:
            counts[message.kind] = counts.get(message.kind, 0) + 1
            for verdict in VERDICTS:
                counts[verdict] = counts.get(verdict, 0) + message.counts.get(verdict, 0)
    bank.done(taken)
    return counts


def take_answer(*, data: bytes, by: Officer) -> BankMessage | None:
    """Keep one message unchanged and apply it; None when the same bytes were applied before.

    An unreadable message is kept too, and raises Refusal('answer_unreadable').
    """
    by.require("payment.reconcile")
    digest = hashlib.sha256(data).hexdigest()
    if BankMessage.objects.filter(sha256=digest).exists():
        return None
    path = _keep(data, digest)
    try:
        answer = bank_answers.read(data)
    except Unreadable as error:
        raise Refusal("answer_unreadable", why=error) from error
    parquet.write_table(answer.entries, path.with_suffix(".parquet"), compression="zstd")
    with transaction.atomic():
        file = (
            PaymentFile.objects.filter(message_id=answer.original_message_id).select_related("payroll__cycle").first()
        )
        message, fresh = BankMessage.objects.get_or_create(
            kind=answer.kind,
            sha256=digest,
            defaults={
                "message_id": answer.message_id,
                "payment_file": file,
                "path": kept(path),
                "received_at": timezone.now(),
            },
        )
        if not fresh:
            return None
        message.counts = _apply(answer, file)
        message.save(update_fields=["counts"])
        audit.record(
            action="bank_message.applied",
            by=by,
            subject=("bank_message", message.pk),
            programme_code=file.payroll.cycle.programme_code if file else "",
            detail={"kind": answer.kind, "message_id": answer.message_id, "sha256": digest, **message.counts},
        )
    return message


def _keep(data: bytes, digest: str) -> Path:
    folder = Path(settings.VAR) / "bank" / "in"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest}.xml"
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.rename(path)
        path.chmod(0o600)
    return path


def _apply(answer: Answer, file: PaymentFile | None) -> dict[str, Any]:
    """Inside a transaction: the effect of a message on payments and ledger; what is kept as its counts."""
    if answer.kind == "camt.053":
        return {
            "account": answer.account,
            "opening": answer.balances.get("OPBD", 0),
            "closing": answer.balances.get("CLBD", 0),
        }
    if answer.group_reason == "DUPL":  # the bank has had this file before: its first answer stands
        return {"duplicate": 1}
    if file is not None and answer.kind == "pain.002":
        rows.mark_sent(file, timezone.now())  # the answer proves it, even if we were stopped before noting it
        PaymentFile.objects.filter(pk=file.pk).update(bank_status=answer.group_status)
    with connection.cursor() as cursor:
        _stage(cursor, answer, file)
        again = rows_again.file_of(answer.original_message_id)
        if again is not None and answer.kind == "pain.002":
            entries = answer.entries.num_rows
            rows_again.note_report(cursor, again, answer.group_status, answer.group_reason, entries, timezone.now())
        effects, chart = _effects()
        made_again = rows_again.apply(cursor, effects, chart, timezone.now())
        with rows.without_row_checks():
            _write(cursor, effects, chart)
        counts = _counts(cursor)
        for verdict, lines in made_again.items():
            counts[verdict] = counts.get(verdict, 0) + lines
        cursor.execute("select distinct payroll_id from judged where verdict = 'applied'")
        payrolls = [row[0] for row in cursor.fetchall()]
        cursor.execute("drop table judged; drop table answer")
    _note_answered(payrolls)
    return counts


def _stage(cursor: Any, answer: Answer, file: PaymentFile | None) -> None:
    """The entries as a temporary table. A file refused as a whole refuses each of its payments."""
    cursor.execute(
        "create temp table answer (end_to_end_id text, event text, amount_poisha bigint, reason_code text)"
        " on commit drop"
    )
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "entries.csv"
        csv.write_csv(answer.entries, path, csv.WriteOptions(include_header=False))
        copy_in(cursor, "answer", answer.entries.schema.names, path)
    if answer.group_status == "RJCT" and answer.entries.num_rows == 0 and file is not None:
        cursor.execute(
            "insert into answer select end_to_end_id, 'rejected', null, %s from payments_payment"
            " where id between %s and %s",
            [answer.group_reason, file.first_payment_id, file.first_payment_id + file.lines - 1],
        )
    cursor.execute("analyze answer")


def _effects() -> tuple[str, str]:
    """What each event does and what each movement books, as rows of VALUES."""
    effects = ", ".join(
        f"('{event}', '{target}', '{transfer}', array[{_texts(ledger.states_before(target))}]::text[],"
        f" array[{_texts(_beyond(target))}]::text[])"
        for event, (target, transfer) in EFFECTS.items()
    )
    chart = ", ".join(f"('{kind}', '{debit}', '{credit}')" for kind, (debit, credit) in ledger.CHART.items())
    return effects, chart


def _write(cursor: Any, effects: str, chart: str) -> None:
    now = timezone.now()
    cursor.execute(JUDGE.format(effects=effects))
    cursor.execute(MOVE, [now])
    cursor.execute(BOOK.format(chart=chart), [now])


def _texts(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _beyond(state: str) -> tuple[str, ...]:
    """The states that can be reached from ``state``."""
    seen: list[str] = []
    waiting = list(ledger.PAYMENT_STATES[state])
    while waiting:
        after = waiting.pop()
        if after not in seen:
            seen.append(after)
            waiting += ledger.PAYMENT_STATES[after]
    return tuple(seen)


def _counts(cursor: Any) -> dict[str, Any]:
    """How many lines were applied, repeated, unknown, contradicting; numbers of some of the last two."""
    cursor.execute("select verdict, count(*) from judged group by verdict")
    counts: dict[str, Any] = dict(cursor.fetchall())
    for verdict in ("unknown", "contradicting"):
        if verdict in counts:
            cursor.execute(
                "select end_to_end_id from judged where verdict = %s order by 1 limit %s", [verdict, EXAMPLES]
            )
            counts[f"{verdict}_lines"] = [row[0] for row in cursor.fetchall()]
    return counts


def _note_answered(payrolls: list[int]) -> None:
    """A payroll whose payments all have an answer is answered; news after reconciliation opens it again."""
    with connection.cursor() as cursor:
        for payroll in payrolls:
            cursor.execute(
                "update payments_payroll set state = 'answered' where id = %s and state in ('sent', 'reconciled')"
                " and not exists (select 1 from payments_payment where payroll_id = %s and state in ('due', 'sent'))",
                [payroll, payroll],
            )


# --- reconciliation


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: what the ledger says and what it must agree with, in poisha or rows."""

    name: str
    ledger: int
    other: int

    @property
    def holds(self) -> bool:
        return self.ledger == self.other


# of a payment that was instructed again this payroll knows how its own instruction ended
STATES = """
select coalesce(f.before, p.state), count(*), sum(p.amount_poisha)::bigint from payments_payment p
left join payments_attempt f on f.payment_id = p.id and f.number = 2 where p.payroll_id = %s group by 1
"""
KINDS = "select kind, count(*), sum(amount_poisha)::bigint from payments_transfer where payroll_id = %s group by kind"


def reconcile(*, payroll: Payroll, by: Officer) -> dict[str, Any]:
    """Compare payments, ledger and what the bank reported, and keep the report with the payroll.

    ``checks`` must all hold; ``open`` payments have no final answer yet. Reconciled = all hold and none is open.
    """
    by.require("payment.reconcile", area=payroll.area_code, programme=payroll.cycle.programme_code)
    with transaction.atomic():
        payroll = Payroll.objects.select_for_update().select_related("cycle").get(pk=payroll.pk)
        report = _report(payroll)
        payroll.reconciliation = report
        if report["balanced"] and report["open"] == 0 and payroll.state in ("sent", "answered"):
            payroll.state = Payroll.State.RECONCILED
        payroll.reconciled_by, payroll.reconciled_at = by.username, timezone.now()
        payroll.save(update_fields=["reconciliation", "state", "reconciled_by", "reconciled_at"])
        audit.record(
            action="payroll.reconciled" if payroll.state == "reconciled" else "payroll.compared",
            by=by,
            subject=("payroll", payroll.pk),
            area_code=payroll.area_code,
            programme_code=payroll.cycle.programme_code,
            detail=report,
        )
    return report


def _report(payroll: Payroll) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(STATES, [payroll.pk])
        states = {state: (count, poisha) for state, count, poisha in cursor.fetchall()}
        cursor.execute(KINDS, [payroll.pk])
        kinds = {kind: (count, poisha) for kind, count, poisha in cursor.fetchall()}
    bank = _bank_says(payroll)
    moved = {kind: kinds.get(kind, (0, 0))[1] for kind in ledger.CHART}
    held = {state: states.get(state, (0, 0))[1] for state in ledger.PAYMENT_STATES}
    checks = [
        Check("lines", sum(count for count, _ in states.values()), payroll.lines),
        Check("committed", moved["commit"], payroll.amount_poisha),
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
        "statement": _statement(),
        "balanced": all(check.holds for check in checks),
    }


def _bank_says(payroll: Payroll) -> dict[str, int]:
    """What the bank's notifications debited and credited for this payroll, read from the messages as kept."""
    messages = BankMessage.objects.filter(kind="camt.054", received_at__gte=payroll.prepared_at)
    paths = [var(path).with_suffix(".parquet") for path in messages.values_list("path", flat=True)]
    with connection.cursor() as cursor:
        numbers = rows.numbers_of(cursor, payroll)
    return bank_answers.totals(paths, numbers)


def _statement() -> dict[str, int]:
    """What left the paying account by the bank's statements, first to last, and by the ledger."""
    statements = BankMessage.objects.filter(kind="camt.053", counts__account__endswith=PAYING_ACCOUNT)
    first, last = statements.order_by("pk").first(), statements.order_by("-pk").first()
    if first is None or last is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(sum(case when credit = %(a)s then amount_poisha else -amount_poisha end), 0)::bigint"
            " from payments_transfer where debit = %(a)s or credit = %(a)s",
            {"a": ledger.BANK_ACCOUNT},
        )
        (left,) = cursor.fetchone()
    return {"statement": first.counts["opening"] - last.counts["closing"], "ledger": int(left)}
