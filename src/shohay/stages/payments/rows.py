"""The SQL of payments: what a payroll reads, and how rows come and change by the million, all on one cursor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from django.db import connection
from pyarrow import compute

from shohay.bulk import copying_binary as binary
from shohay.bulk import pain001
from shohay.bulk.copying import copy_out, copy_out_parts
from shohay.bulk.payroll import COLUMNS, in_order
from shohay.core import ledger
from shohay.stages.payments.models import Payment, PaymentFile, Payroll

ACCOUNT_COLUMNS = pa.schema([field for field in pain001.COLUMNS if field.name != "number"] + [("sealed", pa.string())])

# Active at some day of the period and area. `paid_kinds` looks up the unique key (enrolment, period, kind). Of people
# only the few are joined who are dead or registered twice: a million others need no looking up.
ENROLMENTS = """
select e.id, e.person_id, e.household_id, e.area_code, lower(e.valid), upper(e.valid), a.id, encode(a.digest, 'hex'),
       p.death_date is not null, p.duplicate_of_id is not null, d.kinds{facts}
from enrolment_enrolment e
left join registry_person p on p.id = e.person_id and (p.death_date is not null or p.duplicate_of_id is not null)
left join registry_account a on a.person_id = e.person_id and a.valid_to is null
left join (select enrolment_id, string_agg(kind, ',' order by kind) as kinds from payments_payment
           where programme_code = '{code}' and period_start = '{first}' group by 1) d on d.enrolment_id = e.id
where e.programme_code = '{code}' and e.area_code like '{area}%'
  and e.valid && daterange('{first}', '{end}')
"""

INSTRUCTIONS = """
select y.id - {first_id} + 1, y.end_to_end_id, y.amount_poisha, coalesce(nullif(a.holder_name, ''), p.name_bn),
       a.kind, a.provider, a.routing_number, encode(a.sealed, 'hex')
from payments_payment y
join registry_person p on p.id = y.person_id
join registry_account a on a.id = y.account_id
where y.id between {first_id} and {last_id}
order by y.id
"""
# Looked up one by one along the key of payments, person and account come at once and in the order of the lines, and no
# plan made before the new rows were counted can go wrong. Hashing two whole tables first takes as long.
ONE_BY_ONE = ("enable_hashjoin", "enable_mergejoin", "max_parallel_workers_per_gather")

BOOK = """
insert into payments_transfer (booked_at, kind, debit, credit, amount_poisha, payroll_id, payment_id)
select %s, %s, %s, %s, amount_poisha, payroll_id, id from payments_payment
where {condition} {again}
"""


def read_enrolments(code: str, first: date, end: date, area: str, facts: list[str]) -> pa.Table:
    """The input of a payroll: bulk.payroll.COLUMNS and fact_<name> as text, in the order of ids."""
    names = "".join(f", e.facts->>'{name}'" for name in facts)
    schema = pa.schema([*COLUMNS, *((f"fact_{name}", pa.string()) for name in facts)])
    query = ENROLMENTS.format(facts=names, code=code, first=first, end=end, area=area)
    with connection.cursor() as cursor:
        return in_order(copy_out(cursor, query, schema))


def read_instructions(first_id: int, lines: int) -> Iterator[pa.Table]:
    """Inside a transaction: payments of a range of ids with the account they go to, still sealed (hex), in parts."""
    query = INSTRUCTIONS.format(first_id=first_id, last_id=first_id + lines - 1)
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"set local {setting} = 0" for setting in ONE_BY_ONE))
        yield from copy_out_parts(cursor, query, ACCOUNT_COLUMNS)
        cursor.execute("; ".join(f"set local {setting} = default" for setting in ONE_BY_ONE))


def reserve(table: str, count: int) -> int:
    """The first of ``count`` ids of ``table`` that nobody else will get."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"ids of {table}"])
        cursor.execute("select pg_get_serial_sequence(%s, 'id')", [table])
        (sequence,) = cursor.fetchone()
        cursor.execute(f"select nextval('{sequence}')")
        (first,) = cursor.fetchone()
        cursor.execute("select setval(%s, %s)", [sequence, first + count - 1])
    return int(first)


@contextmanager
def without_row_checks() -> Iterator[None]:
    """Inside: foreign keys are not checked row by row (8 microseconds each). The caller has checked them set-based.

    Needs the right to set session_replication_role (superuser, or granted: docs/operator.md); without it the rows
    are checked one by one as ever. Unique keys and check constraints hold either way.
    """
    with connection.cursor() as cursor:
        cursor.execute("select has_parameter_privilege(current_user, 'session_replication_role', 'SET')")
        (may,) = cursor.fetchone()
        if may:
            cursor.execute("set local session_replication_role = replica")
        yield
        if may:
            cursor.execute("set local session_replication_role = origin")


def load_payments(payroll: Payroll, lines: pa.Table, first_id: int) -> None:
    """COPY the lines as payments that are due; line n gets the id ``first_id + n - 1``."""
    constants = {
        "payroll_id": binary.bigint(payroll.pk),
        "programme_code": binary.text(payroll.cycle.programme_code),
        "period_start": binary.day(payroll.cycle.period_start),
        "state": binary.text(Payment.State.DUE.value),
        "state_at": binary.moment(payroll.prepared_at),
        "reason_code": binary.text(""),
    }
    payments = lines.drop_columns(["line_no"]).append_column("id", _ids(lines, first_id))
    with connection.cursor() as cursor:
        binary.copy_in_binary(cursor, "payments_payment", payments, constants)


def load_commitments(payroll: Payroll, lines: pa.Table, first_id: int) -> None:
    """COPY what the payroll owes into the ledger, a transfer for each payment: what ``book`` does, in half the time."""
    debit, credit = ledger.sides("commit", payroll.cycle.programme_code)
    constants = {
        "booked_at": binary.moment(payroll.prepared_at),
        "kind": binary.text("commit"),
        "debit": binary.text(debit),
        "credit": binary.text(credit),
        "payroll_id": binary.bigint(payroll.pk),
    }
    transfers = pa.table({"amount_poisha": lines["amount_poisha"], "payment_id": _ids(lines, first_id)})
    with connection.cursor() as cursor:
        binary.copy_in_binary(cursor, "payments_transfer", transfers, constants)


def _ids(lines: pa.Table, first_id: int) -> pa.ChunkedArray:
    return compute.add(lines["line_no"], first_id - 1)


def book(kind: str, programme: str, first_id: int, last_id: int, at: Any, again: bool = False) -> int:
    """Book a transfer of ``kind`` for each payment of a range of ids; how many.

    A second booking of the same kind for a payment is refused by its unique key; with ``again`` it is skipped.
    """
    debit, credit = ledger.sides(kind, programme)
    skip = "on conflict do nothing" if again else ""
    with connection.cursor() as cursor:
        cursor.execute(
            BOOK.format(condition="id between %s and %s", again=skip), [at, kind, debit, credit, first_id, last_id]
        )
        return int(cursor.rowcount)


MARK = """
update payments_payment set state = 'sent', state_at = %s where id between %s and %s and state = 'due'
"""


def mark_sent(file: PaymentFile, at: datetime) -> int:
    """Inside a transaction: payments of the file due -> sent, booked; how many. Twice is the same as once."""
    with connection.cursor() as cursor:
        cursor.execute("update payments_paymentfile set sent_at = %s where id = %s and sent_at is null", [at, file.pk])
        if cursor.rowcount == 0:
            file.refresh_from_db(fields=["sent_at"])
            return 0
        first, last = file.first_payment_id, file.first_payment_id + file.lines - 1
        with without_row_checks():
            cursor.execute(MARK, [at, first, last])
            marked = int(cursor.rowcount)
            book("send", file.payroll.cycle.programme_code, first, last, at)
        cursor.execute(
            "update payments_payroll set state = 'sent' where id = %s and state = 'approved'", [file.payroll_id]
        )
    file.sent_at = at
    return marked


def numbers_of(cursor: Any, payroll: Any) -> pa.Table:
    """The numbers of a payroll's payments, one column ``end_to_end_id``."""
    query = f"select end_to_end_id from payments_payment where payroll_id = {int(payroll.pk)}"
    return copy_out(cursor, query, pa.schema([("end_to_end_id", pa.string())]))
