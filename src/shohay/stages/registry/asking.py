"""The SQL of verification: whom to ask, what to ask, and where the answers go. All set-based, on an action's cursor."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from shohay.bulk import sealing
from shohay.bulk.sealing import KeyRing
from shohay.core.messages import Refusal
from shohay.core.verification import FINDINGS, NOT_FOUND_FINDINGS, Answer, Party, Question

# party -> what the question depends on besides the number: when it changes, the old answer is no answer to it
ASKED_ABOUT = {
    "nid": "p.name_bn, p.name_en, p.father_name, p.mother_name, coalesce(p.birth_date::text, '')",
    "civil_registration": "p.name_bn, p.name_en, coalesce(p.birth_date::text, '')",
    "disability_register": "p.disability",
    "sim_owner": "(select coalesce(string_agg(i.id::text, ',' order by i.id), '') from registry_identity i"
    " where i.person_id = p.id and i.withdrawn_at is null)",
    "wallets": "p.name_bn, p.name_en",
}
IN_USE = {"identity": "s.withdrawn_at is null", "account": "s.valid_to is null"}
CANDIDATES = """
create temporary table candidates on commit drop as
select distinct on (s.person_id) s.id as subject, s.person_id, md5(concat_ws('|', {asked}))::uuid as question
from registry_{about} s join registry_person p on p.id = s.person_id
where {in_use} and s.kind = any(%(kinds)s) and p.duplicate_of_id is null and p.death_date is null
  and p.area_code like %(like)s and {only}
order by s.person_id, array_position(%(kinds)s::text[], s.kind::text), s.id desc
"""
# an answer still counts when it is about the same number and the same facts
PREPARE = """
insert into registry_verificationbatch (run_id, number, subjects, state, attempts)
select %(run)s, number, array_agg(subject order by subject), 'waiting', 0
from (select subject, (row_number() over (order by subject) - 1) / %(batch)s as number from candidates c
      where not exists (select 1 from registry_verification v where v.person_id = c.person_id and v.party = %(party)s
                        and v.subject_id = c.subject and v.question = c.question and v.valid_until > %(now)s)) x
group by number
"""
CLAIM = """
select id, number, subjects, attempts from registry_verificationbatch
where run_id = %s and state = 'waiting' and (not_before is null or not_before <= %s)
order by number limit %s for update skip locked
"""
READ = """
select s.id, s.kind, s.sealed, p.name_bn, p.name_en, p.father_name, p.mother_name, p.birth_date, p.sex, p.disability,
       {provider}, p.id
from registry_{about} s join registry_person p on p.id = s.person_id where s.id = any(%s) and {in_use} order by s.id
"""
HELD = """
select person_id, kind, sealed from registry_identity where person_id = any(%s) and withdrawn_at is null order by id
"""
ANSWERED = """
create temporary table if not exists answered (
    subject_id bigint, level varchar(10), fields jsonb, detail jsonb, reference varchar(60)) on commit delete rows
"""
KEEP = """
insert into registry_verification
    (run_id, party, person_id, subject_id, question, asked_at, valid_until, level, fields, detail, reference)
select %(run)s, %(party)s, p.id, s.id, md5(concat_ws('|', {asked}))::uuid, %(now)s,
       %(now)s + make_interval(days => (%(days)s::jsonb ->> a.level)::int), a.level, a.fields, a.detail, a.reference
from answered a join registry_{about} s on s.id = a.subject_id join registry_person p on p.id = s.person_id
order by p.id
"""
FIND = """
insert into found
select p.id, p.area_code, s.id, m.code, m.severity,
       left(case m.code when 'birth_date_differs' then p.birth_date::text when 'name_differs' then p.name_bn
            when 'parent_differs' then m.field when 'disability_differs' then p.disability else '' end, 120),
       left(case m.code when 'died' then a.detail ->> 'died_on' when 'wallet_closed' then a.detail ->> 'state'
            when 'disability_differs' then a.detail ->> 'disability' else '' end, 120)
from answered a join registry_{about} s on s.id = a.subject_id join registry_person p on p.id = s.person_id
join jsonb_to_recordset(%(findings)s::jsonb) as m(field text, code text, severity text)
  on a.fields ->> m.field = 'differs' or (m.field = 'not_found' and a.level = 'not_found')
"""
LOOKED_AT = "f.person_id in (select s.person_id from answered a join registry_{about} s on s.id = a.subject_id)"


def candidates(party: Party) -> str:
    return CANDIDATES.format(
        asked=ASKED_ABOUT[party.code], about=party.about, in_use=IN_USE[party.about], only=party.only or "true"
    )


def questions(cursor: Any, party: Party, subjects: list[int], ring: KeyRing) -> dict[int, Question]:
    """Subject -> what to ask; those withdrawn meanwhile are left out. Numbers are in clear in memory only."""
    provider = "s.provider" if party.about == "account" else "''"
    cursor.execute(READ.format(about=party.about, in_use=IN_USE[party.about], provider=provider), [subjects])
    rows = cursor.fetchall()
    place = sealing.IDENTITY if party.about == "identity" else sealing.ACCOUNT
    numbers = _opened(ring, place, [(row[1], row[2]) for row in rows])
    held = _held(cursor, [row[11] for row in rows], ring) if party.code == "sim_owner" else {}
    return {
        row[0]: Question(
            row[0], row[1], number, name_bn=row[3], name_en=row[4], father_name=row[5], mother_name=row[6],
            birth_date=row[7], sex=row[8], disability=row[9], provider=row[10], identity=tuple(held.get(row[11], ())),
        )
        for row, number in zip(rows, numbers, strict=True)
    }  # fmt: skip


def _held(cursor: Any, people: list[int], ring: KeyRing) -> dict[int, list[tuple[str, str]]]:
    """Person -> identity numbers, for the owner of a SIM."""
    cursor.execute(HELD, [people])
    rows = cursor.fetchall()
    numbers = _opened(ring, sealing.IDENTITY, [(row[1], row[2]) for row in rows])
    held: dict[int, list[tuple[str, str]]] = {}
    for (person, kind, _), number in zip(rows, numbers, strict=True):
        held.setdefault(person, []).append((kind, number))
    return held


def _opened(ring: KeyRing, place: str, rows: list[tuple[str, bytes]]) -> list[str]:
    """The numbers of (kind, sealed). Raises Refusal sealed_elsewhere."""
    try:
        return sealing.open_all(ring, [kind for kind, _ in rows], place, [bytes(sealed) for _, sealed in rows])
    except ValueError as error:
        raise Refusal("sealed_elsewhere") from error


def take_in(cursor: Any, answers: Sequence[Answer]) -> dict[str, int]:
    """Fill the temporary table ``answered`` by COPY; level -> how many."""
    cursor.execute(ANSWERED)
    cursor.execute("truncate answered")
    with cursor.copy("copy answered (subject_id, level, fields, detail, reference) from stdin") as copy:
        for one in answers:
            copy.write_row(
                (one.key, one.level, json.dumps(dict(one.fields)), json.dumps(dict(one.detail)), one.reference)
            )
    cursor.execute("select level, count(*) from answered group by level")
    return dict(cursor.fetchall())


def findings_of(party: str) -> str:
    """Field or not_found -> finding, as the SQL above reads it."""
    rows = [
        {"field": field, "code": code, "severity": severity}
        for (of, field), (code, severity) in FINDINGS.items()
        if of == party
    ]
    if party in NOT_FOUND_FINDINGS:
        code, severity = NOT_FOUND_FINDINGS[party]
        rows.append({"field": "not_found", "code": code, "severity": severity})
    return json.dumps(rows)
