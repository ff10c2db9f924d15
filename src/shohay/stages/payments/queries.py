"""Cycles, payrolls, returns and the ledger, as the screens show them."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet, Sum

from shohay.bulk import payroll as bulk
from shohay.core.messages import Refusal, Text
from shohay.core.messages.payments import BANK_REASONS, HELD_BACK
from shohay.stages.accounts.officer import Officer
from shohay.stages.payments.models import BankMessage, Cycle, Payment, PaymentFile, Payroll, Transfer
from shohay.stages.payments.paths import var
from shohay.stages.registry.models import Person

BOUNCED = (Payment.State.REJECTED, Payment.State.RETURNED)


def reason_words(code: str) -> Text:
    """Why money bounced, in words; an unknown code speaks for itself."""
    return Text(*BANK_REASONS.get(code, (code, code)))


def held_words(reason: str) -> Text:
    """Why an enrolment got no line, in words."""
    return Text(*HELD_BACK.get(reason, (reason, reason)))


def _overlaps(officer: Officer) -> Q:
    """Payrolls whose area lies in the officer's, or contains it: a national payroll pays their people too."""
    if "" in officer.areas:
        return Q()
    around = {code[:length] for code in officer.areas for length in range(len(code) + 1)}
    return officer.area_filter() | Q(area_code__in=around)


def cycles(officer: Officer) -> QuerySet[Cycle]:
    officer.require("payroll.view")
    return Cycle.objects.filter(officer.programme_filter()).order_by("-period_start", "programme_code")


def payrolls(officer: Officer) -> QuerySet[Payroll]:
    """Payrolls that pay people of the officer's areas and programmes, the latest first."""
    officer.require("payroll.view")
    return (
        Payroll.objects.filter(_overlaps(officer), officer.programme_filter("cycle__programme_code"))
        .select_related("cycle")
        .order_by("-cycle__period_start", "cycle__programme_code", "area_code")
    )


def payroll(officer: Officer, payroll_id: int) -> Payroll | None:
    return payrolls(officer).filter(pk=payroll_id).first()


def waiting_for_approval(officer: Officer) -> QuerySet[Payroll]:
    """Payrolls that this officer may approve: prepared, by somebody else."""
    if not officer.may("payroll.approve"):
        return Payroll.objects.none()
    waiting = payrolls(officer).filter(state=Payroll.State.PREPARED, lines__gt=0)
    return waiting.exclude(prepared_by=officer.username)


def lines_by_state(officer: Officer, payroll: Payroll) -> list[dict[str, Any]]:
    """state, lines, poisha of a payroll's payments in the officer's areas, in the order of the life of a payment."""
    rows = _of(officer, payroll).values("state").annotate(lines=Count("id"), poisha=Sum("amount_poisha"))
    order = [state.value for state in Payment.State]
    return sorted((dict(row) for row in rows), key=lambda row: order.index(row["state"]))


def lines(officer: Officer, payroll: Payroll, state: str = "") -> QuerySet[Payment]:
    """The payments of a payroll in the officer's areas, in file order."""
    rows = _of(officer, payroll).select_related("person")
    return (rows.filter(state=state) if state else rows).order_by("id")


def _of(officer: Officer, payroll: Payroll) -> QuerySet[Payment]:
    """By the range of ids as well: the primary key finds them, however large the table is."""
    first = payroll.first_payment_id or 0
    return Payment.objects.filter(
        officer.area_filter(), payroll=payroll, id__gte=first, id__lt=first + max(payroll.lines, 1)
    )


def held_back(payroll: Payroll) -> list[dict[str, Any]]:
    """reason, words and count of enrolments that got no line, the most frequent first."""
    return [
        {"reason": reason, "words": held_words(reason), "count": count}
        for reason, count in sorted(payroll.held_back.items(), key=lambda item: (-item[1], item[0]))
    ]


def held_people(officer: Officer, payroll: Payroll, reason: str, limit: int = 100) -> list[dict[str, Any]]:
    """Who was held back for a reason, in the officer's areas: person, area_code."""
    officer.require("payroll.view")
    found = bulk.held_rows(var(payroll.input_path), reason, limit, areas=officer.areas)
    people = Person.objects.in_bulk([row["person_id"] for row in found])
    return [{**row, "person": people[row["person_id"]]} for row in found if row["person_id"] in people]


def files(payroll: Payroll) -> QuerySet[PaymentFile]:
    return PaymentFile.objects.filter(payroll=payroll).order_by("sequence")


def answers(payroll: Payroll) -> QuerySet[BankMessage]:
    """The status reports and returns for the files of a payroll, oldest first."""
    return BankMessage.objects.filter(payment_file__payroll=payroll).order_by("id")


def bank_messages(officer: Officer) -> QuerySet[BankMessage]:
    """Every message of the bank, the latest first."""
    officer.require("ledger.view")
    return BankMessage.objects.select_related("payment_file").order_by("-id")


def bounces(officer: Officer, payroll: Payroll | None = None, programme: str = "") -> list[dict[str, Any]]:
    """Money that did not arrive, by reason: state, code, words, lines, poisha; the most frequent first."""
    officer.require("payroll.view")
    rows = bounced(officer, payroll=payroll, programme=programme).values("state", "reason_code")
    return [
        {"state": r["state"], "code": r["reason_code"], "words": reason_words(r["reason_code"]),
         "lines": r["lines"], "poisha": r["poisha"]}
        for r in rows.annotate(lines=Count("id"), poisha=Sum("amount_poisha")).order_by("-lines", "reason_code")
    ]  # fmt: skip


def bounced(
    officer: Officer, payroll: Payroll | None = None, programme: str = "", code: str | None = None
) -> QuerySet[Payment]:
    """The payments that did not arrive, in the officer's areas and programmes."""
    rows = _of(officer, payroll) if payroll else Payment.objects.filter(officer.area_filter())
    rows = rows.filter(officer.programme_filter(), state__in=BOUNCED)
    if programme:
        rows = rows.filter(programme_code=programme)
    if code is not None:
        rows = rows.filter(reason_code=code)
    return rows.select_related("person", "payroll__cycle").order_by("-state_at", "id")


def payments_of(person: Person) -> QuerySet[Payment]:
    """A person's payments, the latest period first. Found through the enrolments: two keys that are there anyway."""
    return Payment.objects.filter(enrolment__person=person).select_related("payroll").order_by("-period_start", "kind")


FOLD = """
select account, sum(poisha)::bigint, sum(moved)::bigint from (
  select debit as account, sum(amount_poisha) as poisha, count(*) as moved from payments_transfer {where} group by debit
  union all
  select credit, -sum(amount_poisha), count(*) from payments_transfer {where} group by credit) t
group by account order by account
"""


def balances(programme: str = "") -> list[dict[str, Any]]:
    """The folded ledger: account, balance (debits less credits, poisha), movements. Balances sum to zero.

    With ``programme`` only the movements of that programme's accounts; they sum to zero as well.
    """
    where = "where debit like %(mine)s or credit like %(mine)s" if programme else ""
    with connection.cursor() as cursor:
        cursor.execute(FOLD.format(where=where), {"mine": f"%:{programme}"})
        return [{"account": a, "balance": balance, "movements": moved} for a, balance, moved in cursor.fetchall()]


def ledger(officer: Officer, account: str = "", kind: str = "", before: int | None = None) -> QuerySet[Transfer]:
    """Movements, the latest first; ``before`` continues below an id."""
    officer.require("ledger.view")
    rows = Transfer.objects.select_related("payroll__cycle", "payment")
    if "" not in officer.programmes:
        rows = rows.filter(payroll__cycle__programme_code__in=officer.programmes)
    if account:
        rows = rows.filter(Q(debit=account) | Q(credit=account))
    if kind:
        rows = rows.filter(kind=kind)
    if before:
        rows = rows.filter(pk__lt=before)
    return rows.order_by("-id")


def replay_payroll(payroll_id: int) -> str:
    """Compute a payroll again from its stored input and terms; the hash of the result, to compare with the stored one.

    Refusal('replay_input_missing') or Refusal('replay_input_changed') when the stored input is not what was read.
    """
    row = Payroll.objects.get(pk=payroll_id)
    source = var(row.input_path) / "enrolments.parquet"
    if not source.exists():
        raise Refusal("replay_input_missing", payroll=payroll_id, path=row.input_path)
    if bulk.file_sha256(source) != row.input_sha256:
        raise Refusal("replay_input_changed", payroll=payroll_id, path=row.input_path)
    with tempfile.TemporaryDirectory() as scratch:
        return bulk.compute(source, bulk.Terms.restored(row.parameters), Path(scratch)).sha256


def paid_until() -> dict[str, date]:
    """The end of the last cycle opened for each programme: no enrolment moves to another programme before it."""
    rows = Cycle.objects.order_by().values_list("programme_code").annotate(until=Max("period_end"))
    return dict(rows)
