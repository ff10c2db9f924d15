"""Taking in a list of meetings that were held, as district offices send them: a few statements for the whole file."""

from __future__ import annotations

import csv
import io
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record

COLUMNS = ("committee", "held_on", "present", "place")
SHOWN = 200  # wrong lines that are told
PREPARE = """
create temporary table listed (line int generated always as identity (start 2), committee text, held_on text,
                               present text, place text) on commit drop
"""
# digits of either script; 21/11/2026 and 21-11-2026 are turned into 2026-11-21
READ = """
create temporary table judged on commit drop as
with told as (
  select line, trim(committee) as committee, trim(coalesce(place, '')) as place,
         translate(trim(coalesce(present, '')), '০১২৩৪৫৬৭৮৯', '0123456789') as present,
         regexp_replace(translate(trim(coalesce(held_on, '')), '০১২৩৪৫৬৭৮৯', '0123456789'),
                        '^(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})$', '\\3-\\2-\\1') as day
  from listed),
dated as (
  select t.*, case when t.day ~ '^\\d{4}-\\d{1,2}-\\d{1,2}$' and pg_input_is_valid(t.day, 'date') then t.day::date end
         as meets_on from told t)
select d.line, c.code, d.meets_on, left(d.place, 200) as place, nullif(d.present, '')::int as present,
       case when c.code is null then 'committee'
            when d.meets_on is null then 'day'
            when d.meets_on > %(today)s::date or d.meets_on < c.counted_from then 'when'
            when row_number() over (partition by c.code, d.meets_on order by d.line) > 1 then 'twice'
            when m.id is not null then 'known' end as wrong
from (select d.*, d.present ~ '^\\d{0,4}$' as counted from dated d) d
left join coordination_committee c on c.code = d.committee
  and (%(everywhere)s or c.area_code like any(%(areas)s)) and (%(of_all)s or c.ministry_id = any(%(ministries)s))
left join coordination_meeting m on m.committee_id = c.code and m.meets_on = d.meets_on and m.state <> 'cancelled'
where d.counted
"""
ADD = """
insert into coordination_meeting
  (committee_id, number, meets_on, place, state, called_by, called_at, short_reason, present, recorded_by, recorded_at,
   reason, listed, minutes, minutes_state, minutes_version, minutes_by, confirmed_by)
select j.code, coalesce(n.last, 0) + row_number() over (partition by j.code order by j.meets_on), j.meets_on, j.place,
       'held', %(by)s, %(now)s, '', j.present, %(by)s, %(now)s, '', true, '', 'none', 0, '', ''
from judged j
left join (select committee_id, max(number) as last from coordination_meeting group by 1) n on n.committee_id = j.code
where j.wrong is null
"""
WRONG = """
select line, wrong from judged where wrong is not null and wrong <> 'known'
union all select l.line, 'present' from listed l where not exists (select 1 from judged j where j.line = l.line)
order by line limit %s
"""


class Taken(NamedTuple):
    """Meetings added, known before, wrong lines in all; ``errors``: (line, committee|day|when|twice|present)."""

    added: int
    known: int
    wrong: int
    errors: list[tuple[int, str]]


def list_meetings(*, data: bytes, by: Officer) -> Taken:
    """Take in a CSV of meetings held (committee, held_on, present, place); wrong lines are told, the others stand.

    Attendance by name and minutes are not in such a list. Raises meetings_file_wrong, not_allowed.
    """
    by.require("committee.manage")
    rows = _rows(data)
    scope: dict[str, Any] = {
        "everywhere": "" in by.areas, "areas": [f"{code}%" for code in by.areas], "of_all": "" in by.ministries,
        "ministries": [*by.ministries], "today": timezone.localdate(),
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("drop table if exists listed, judged")
        cursor.execute(PREPARE)
        with cursor.copy("copy listed (committee, held_on, present, place) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("lock table coordination_meeting in share row exclusive mode")  # numbers are counted on
        cursor.execute(READ, scope)
        cursor.execute(ADD, {"by": by.username, "now": timezone.now()})
        added = int(cursor.rowcount)
        cursor.execute("select count(*) from judged where wrong = 'known'")
        known = int(_one(cursor))
        cursor.execute(WRONG, [SHOWN])
        taken = Taken(added, known, len(rows) - added - known, [(line, wrong) for line, wrong in cursor.fetchall()])
        cursor.execute("drop table listed, judged")
        record(
            action="meetings.listed", by=by, detail={"added": added, "known": known, "wrong": taken.wrong},
        )  # fmt: skip
    return taken


def _one(cursor: Any) -> Any:
    return cursor.fetchone()[0]


def _rows(data: bytes) -> list[list[str]]:
    """The lines in the order of COLUMNS. A file of the wrong letters is read as far as it goes: its lines are wrong."""
    lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace")))
    names = [name.strip().lower() for name in lines.fieldnames or []]
    lines.fieldnames = names
    for column in ("committee", "held_on"):
        if column not in names:
            raise Refusal("meetings_file_wrong", column=column)
    return [[(row.get(column) or "").replace("\x00", "") for column in COLUMNS] for row in lines]
