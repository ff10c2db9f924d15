"""The SQL of payments made again: which may be, their instructions, and what the bank answers; set-based."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db import connection

from shohay.bulk import pain001
from shohay.bulk.copying import copy_out
from shohay.core import ledger
from shohay.stages.payments.models_again import SupplementFile

# Every bounced payment with where it stands: dead (nobody to pay), on_its_way (an attempt is open), not_back (the bank
# has the money still), same_account (nothing was corrected since), ready.
STANDING = """
select p.id, p.programme_code, p.area_code, p.amount_poisha, p.reason_code, p.state, a.id as account_id,
       coalesce(l.number, 1) + 1 as number, case
         when r.death_date is not null or r.duplicate_of_id is not null then 'dead'
         when l.state in ('due', 'sent', 'accepted') then 'on_its_way'
         when not exists (select 1 from payments_transfer t where t.kind in ('reject', 'return')
                          and case when b.id is null then t.payment_id = p.id else t.attempt_id = b.id end)
         then 'not_back'
         when a.id is null or a.id = coalesce(b.account_id, p.account_id) then 'same_account'
         else 'ready' end as standing
from payments_payment p
join registry_person r on r.id = p.person_id
left join registry_account a on a.person_id = p.person_id and a.valid_to is null
left join lateral (select number, state from payments_attempt t where t.payment_id = p.id
                   order by number desc limit 1) l on true
left join lateral (select id, account_id from payments_attempt t where t.payment_id = p.id and t.state <> 'withdrawn'
                   order by number desc limit 1) b on true
where p.state in ('rejected', 'returned') and p.area_code like any (%(areas)s)
  and (%(programmes)s::text[] is null or p.programme_code = any (%(programmes)s))
"""

BY_REASON = f"""
select state, reason_code, standing, count(*), sum(amount_poisha)::bigint from ({STANDING}) s
group by 1, 2, 3 order by 4 desc, 2, 1, 3
"""

CHOSEN = f"create temp table chosen on commit drop as select * from ({STANDING}) s where standing = 'ready'"

ATTEMPTS = """
insert into payments_attempt (id, payment_id, number, supplement_id, account_id, programme_code, area_code,
       end_to_end_id, before, before_reason, state, reason_code, state_at)
select %(first)s + row_number() over (order by id) - 1, id, number, %(supplement)s, account_id, programme_code,
       area_code, left(programme_code, 8) || '-AGAIN-' || id || '-' || number, state, reason_code, 'due', '', %(at)s
from chosen order by id
"""

BOOK = """
insert into payments_transfer (booked_at, kind, debit, credit, amount_poisha, attempt_id)
select %s, %s, %s, %s, p.amount_poisha, t.id from payments_attempt t join payments_payment p on p.id = t.payment_id
where t.id between %s and %s on conflict do nothing
"""

INSTRUCTIONS = """
select t.id - {first} + 1, t.end_to_end_id, p.amount_poisha, coalesce(nullif(a.holder_name, ''), r.name_bn), a.kind,
       a.provider, a.routing_number, encode(a.sealed, 'hex')
from payments_attempt t
join payments_payment p on p.id = t.payment_id
join registry_person r on r.id = p.person_id
join registry_account a on a.id = t.account_id
where t.id between {first} and {last} order by t.id
"""
SEALED = pa.schema(
    [pain001.COLUMNS.field(name) for name in (
        "line_no", "end_to_end_id", "amount_poisha", "name", "account_kind", "provider", "routing_number")]
    + [("sealed", pa.string())]
)  # fmt: skip


def standing(areas: tuple[str, ...], programmes: tuple[str, ...]) -> list[tuple[str, str, str, int, int]]:
    """(state, reason code, standing, payments, poisha) of what bounced."""
    with connection.cursor() as cursor:
        cursor.execute(BY_REASON, _scope(areas, programmes))
        return list(cursor.fetchall())


def _scope(areas: tuple[str, ...], programmes: tuple[str, ...]) -> dict[str, Any]:
    return {"areas": [f"{code}%" for code in areas], "programmes": None if "" in programmes else list(programmes)}


def choose(areas: tuple[str, ...], programme: str) -> tuple[int, int, dict[str, int], str]:
    """Inside a transaction: what is ready, into ``chosen``; how many, poisha, by reason, and a hash of the lines."""
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists chosen")
        cursor.execute(CHOSEN, _scope(areas, (programme,)))
        cursor.execute("select reason_code, count(*) from chosen group by 1")
        reasons = {code or "none": count for code, count in cursor.fetchall()}
        cursor.execute(
            "select count(*), coalesce(sum(amount_poisha), 0)::bigint, encode(sha256(convert_to(coalesce("
            "string_agg(id || ':' || number || ':' || account_id, ',' order by id), ''), 'UTF8')), 'hex') from chosen"
        )
        lines, poisha, sha256 = cursor.fetchone()
    return lines, poisha, reasons, sha256


def insert(supplement: int, first: int, at: datetime) -> int:
    """The attempts of a supplement from ``chosen``, numbered from ``first``; how many."""
    with connection.cursor() as cursor:
        cursor.execute(ATTEMPTS, {"supplement": supplement, "first": first, "at": at})
        inserted = int(cursor.rowcount)
        cursor.execute("drop table chosen")
    return inserted


def book(kind: str, programme: str, first: int, lines: int, at: datetime) -> int:
    """Book a transfer of ``kind`` for each attempt of a range, once; how many."""
    debit, credit = ledger.sides(kind, programme)
    with connection.cursor() as cursor:
        cursor.execute(BOOK, [at, kind, debit, credit, first, first + lines - 1])
        return int(cursor.rowcount)


def read_instructions(first: int, lines: int) -> pa.Table:
    """Attempts of a range of ids with the account they go to, still sealed (hex)."""
    with connection.cursor() as cursor:
        return copy_out(cursor, INSTRUCTIONS.format(first=first, last=first + lines - 1), SEALED)


def mark_sent(file: SupplementFile, at: datetime) -> int:
    """Inside a transaction: attempts of the file due -> sent, booked; how many. Twice is the same as once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update payments_supplementfile set sent_at = %s where id = %s and sent_at is null", [at, file.pk]
        )
        if cursor.rowcount == 0:
            file.refresh_from_db(fields=["sent_at"])
            return 0
        first, last = file.first_attempt_id, file.first_attempt_id + file.lines - 1
        cursor.execute(
            "update payments_attempt set state = 'sent', state_at = %s where id between %s and %s and state = 'due'",
            [at, first, last],
        )
        marked = int(cursor.rowcount)
        book("send", file.supplement.programme_code, first, file.lines, at)
        cursor.execute(
            "update payments_supplement set state = 'sent' where id = %s and state = 'approved'", [file.supplement_id]
        )
    file.sent_at = at
    return marked


# ------------------------------------------------------------------------------------------------ the bank's answers

# As actions_answers.JUDGE, for attempts. ``answer`` then holds the rest.
JUDGE = """
create temp table judged_again on commit drop as
select distinct on (a.end_to_end_id, a.event) a.end_to_end_id, a.event, a.reason_code, x.target, x.transfer,
       t.id, t.payment_id, t.supplement_id, t.programme_code, p.amount_poisha,
       case when a.amount_poisha is not null and a.amount_poisha <> p.amount_poisha then 'contradicting'
            when t.state = any (x.before) then 'applied'
            when a.event = 'credited' and t.state = 'returned'
                 and not exists (select 1 from payments_transfer m where m.attempt_id = t.id and m.kind = 'return')
            then 'applied'
            when t.state = x.target or t.state = any (x.late) then 'repeated'
            else 'contradicting' end as verdict
from answer a
join (values {effects}) as x (event, target, transfer, before, late) on x.event = a.event
join payments_attempt t on t.end_to_end_id = a.end_to_end_id
join payments_payment p on p.id = t.payment_id
order by a.end_to_end_id, a.event
"""

MOVE = """
update payments_attempt t set state = j.target, state_at = %(at)s,
       reason_code = case when j.target in ('rejected', 'returned') then coalesce(j.reason_code, '') else '' end
from judged_again j where j.id = t.id and j.verdict = 'applied' and t.state <> j.target
"""

BOOK_ANSWERS = """
insert into payments_transfer (booked_at, kind, debit, credit, amount_poisha, attempt_id)
select %(at)s, c.kind, replace(c.debit, '{{}}', j.programme_code), replace(c.credit, '{{}}', j.programme_code),
       j.amount_poisha, j.id
from judged_again j join (values {chart}) as c (kind, debit, credit) on c.kind = j.transfer
where j.verdict = 'applied' order by j.id on conflict do nothing
"""

# a payment follows its latest attempt when that has ended
FOLLOW = """
update payments_payment p set state = t.state, state_at = %(at)s, reason_code = t.reason_code
from payments_attempt t
where t.id in (select id from judged_again where verdict = 'applied') and p.id = t.payment_id
  and t.state in ('paid', 'rejected', 'returned') and (p.state, p.reason_code) <> (t.state, t.reason_code)
  and not exists (select 1 from payments_attempt later where later.payment_id = p.id and later.number > t.number)
"""

ANSWERED = """
update payments_supplement s set state = 'answered'
where s.id in (select supplement_id from judged_again where verdict = 'applied') and s.state in ('sent', 'reconciled')
  and not exists (select 1 from payments_attempt t where t.supplement_id = s.id and t.state in ('due', 'sent'))
"""


def file_of(message_id: str) -> SupplementFile | None:
    """The supplement's file that a message of the bank answers."""
    return SupplementFile.objects.filter(message_id=message_id).select_related("supplement").first()


def note_report(cursor: Any, file: SupplementFile, group_status: str, group_reason: str, entries: int, at: Any) -> None:
    """A status report proves that the file was sent; a file refused as a whole refuses each of its attempts."""
    mark_sent(file, at)
    cursor.execute("update payments_supplementfile set bank_status = %s where id = %s", [group_status, file.pk])
    if group_status == "RJCT" and entries == 0:
        cursor.execute(
            "insert into answer select end_to_end_id, 'rejected', null, %s from payments_attempt"
            " where id between %s and %s",
            [group_reason, file.first_attempt_id, file.first_attempt_id + file.lines - 1],
        )


def apply(cursor: Any, effects: str, chart: str, at: Any) -> dict[str, int]:
    """Take what concerns attempts out of ``answer`` and apply it; verdict -> lines."""
    cursor.execute("select exists (select 1 from payments_attempt)")
    if not cursor.fetchone()[0]:
        return {}
    cursor.execute(JUDGE.format(effects=effects))
    cursor.execute("delete from answer a using payments_attempt t where t.end_to_end_id = a.end_to_end_id")
    values = {"at": at}
    cursor.execute(MOVE, values)
    cursor.execute(BOOK_ANSWERS.format(chart=chart), values)
    cursor.execute(FOLLOW, values)
    cursor.execute(ANSWERED)
    cursor.execute("select verdict, count(*) from judged_again group by verdict")
    counts = dict(cursor.fetchall())
    cursor.execute("drop table judged_again")
    return counts
