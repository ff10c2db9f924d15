"""Writing dated facts: the one way in which history grows. Set-based: the same four statements for one fact or many.

``write`` closes what was believed about the days in question, writes the new value, writes again what the old value
still says about the days around it, and brings the present (registry_person, registry_household, registry_membership)
in line. Callers hold the transaction and the audit event.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone

from shohay.stages.registry import dated_facts
from shohay.stages.registry.dated_facts import UNTIL_NEXT, Put
from shohay.stages.registry.models import Household, Person


@dataclass(frozen=True)
class Origin:
    """Where values come from and who stands for them; models_history.Dated.Source."""

    source: str
    ref: str = ""
    recorded_by: str = ""
    checked_by: str = ""


COLUMNS = "person_id, household_id, area_code, fact, value, valid, known, source, source_ref, recorded_by, checked_by"
# the puts of this call as rows, each with what the present row says, for a first change
PUTS = """
with p (person_id, household_id, area_code, fact, value, start_on, end_on, base, base_from, base_at, base_ref,
        fresh) as (
  select * from unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::jsonb[], %s::date[], %s::text[]::date[],
                       %s::jsonb[], %s::date[], %s::timestamptz[], %s::text[], %s::boolean[]))
"""
SAME = "d.fact = p.fact and (d.person_id = p.person_id or d.household_id = p.household_id)"
LATEST = f"{PUTS} select max(lower(d.known)) from p join registry_dated d on {SAME}"
# what the first record said, when this is the first change of the fact; mostly nobody wrote down since when
BASE = f"""
{PUTS} insert into registry_dated ({COLUMNS})
select p.person_id, p.household_id, p.area_code, p.fact, p.base, daterange(p.base_from, null),
       tstzrange(least(p.base_at, %s::timestamptz - interval '1 microsecond'), null),
       case when p.base_ref = '' then 'operator' else 'file' end, p.base_ref, '', ''
from p where not p.fresh and not exists (select 1 from registry_dated d where {SAME})
"""
# a value without an end holds until the next change that is known
NEXT = f"""
{PUTS} select p.person_id, p.household_id, p.fact, min(lower(d.valid)) from p join registry_dated d on {SAME}
where p.end_on = 'infinity' and upper_inf(d.known) and not lower_inf(d.valid)
  and (p.start_on is null or lower(d.valid) > p.start_on)
group by 1, 2, 3
"""
CLOSE = f"""
{PUTS} update registry_dated d set known = tstzrange(lower(d.known), %s::timestamptz) from p
where {SAME} and upper_inf(d.known) and d.valid && daterange(p.start_on, p.end_on)
returning d.person_id, d.household_id, d.area_code, d.fact, d.value::text, d.valid::text,
          d.source, d.source_ref, d.recorded_by, d.checked_by, daterange(p.start_on, p.end_on)::text
"""
# the days before and after the new value, as they were believed, known anew from now on
REST = f"""
insert into registry_dated ({COLUMNS})
select c.person_id, c.household_id, c.area_code, c.fact, c.value, part, tstzrange(%s::timestamptz, null),
       c.source, c.source_ref, c.recorded_by, c.checked_by
from unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::jsonb[], %s::daterange[], %s::text[], %s::text[],
            %s::text[], %s::text[], %s::daterange[])
       as c (person_id, household_id, area_code, fact, value, valid, source, source_ref, recorded_by, checked_by, taken)
     cross join unnest(datemultirange(c.valid) - datemultirange(c.taken)) as part
"""
NEW = f"""
{PUTS} insert into registry_dated ({COLUMNS})
select p.person_id, p.household_id, p.area_code, p.fact, p.value, daterange(p.start_on, p.end_on),
       tstzrange(%s::timestamptz, null), %s, %s, %s, %s
from p
"""


def write(puts: Sequence[Put], *, origin: Origin) -> dict[str, int]:
    """Write the values and bring the present in line; one put a subject and fact. Counts of what was written."""
    if not puts:
        return {"facts": 0}
    rows = _rows(puts)
    with connection.cursor() as cursor:
        at = _moment(cursor, rows)
        cursor.execute(BASE, [*rows, at])
        rows[6] = _ends(cursor, rows, puts)
        cursor.execute(CLOSE, [*rows, at])
        closed = cursor.fetchall()
        if closed:
            cursor.execute(REST, [at, *(list(column) for column in zip(*closed, strict=True))])
        cursor.execute(NEW, [*rows, at, origin.source, origin.ref, origin.recorded_by, origin.checked_by])
    present(puts)
    return {"facts": len(puts), "superseded": len(closed)}


def _rows(puts: Sequence[Put]) -> list[list[Any]]:
    """The puts as columns, in the order of PUTS."""
    keys = [(put.person_id, put.household_id, put.fact) for put in puts]
    assert len(set(keys)) == len(keys), "one value a fact and call"
    people = Person.objects.in_bulk([put.person_id for put in puts if put.person_id])
    households = Household.objects.in_bulk([put.household_id for put in puts if put.household_id])
    rows = []
    for put in puts:
        subject: Any = people[put.person_id] if put.person_id else households[put.household_id or 0]
        base = (dated_facts.of_person if put.person_id else dated_facts.of_household)(subject, put.fact)
        end = "infinity" if put.end == UNTIL_NEXT else put.end and put.end.isoformat()
        rows.append(
            (
                put.person_id, put.household_id, put.area_code, put.fact, json.dumps(put.value), put.start, end,
                json.dumps(base), dated_facts.since(put.fact, base), subject.recorded_at, str(subject.upload_id or ""),
                put.fresh,
            )
        )  # fmt: skip
    return [list(column) for column in zip(*rows, strict=True)]


def _moment(cursor: Any, rows: list[list[Any]]) -> datetime:
    """Now, or just after what these subjects were last known by: a clock set back must not undo the order."""
    cursor.execute(LATEST, rows)
    latest = cursor.fetchone()[0]
    now = timezone.now()
    return now if latest is None or latest < now else latest + timedelta(microseconds=1)


def _ends(cursor: Any, rows: list[list[Any]], puts: Sequence[Put]) -> list[date | None]:
    """The end of each put: as given, or the next change that is known, or none."""
    cursor.execute(NEXT, rows)
    following = {(person, household, fact): day for person, household, fact, day in cursor.fetchall()}
    return [
        following.get((put.person_id, put.household_id, put.fact)) if put.end == UNTIL_NEXT else put.end for put in puts
    ]


# --------------------------------------------------------------------------------------------- the present


def present(puts: Sequence[Put]) -> None:
    """Set the present columns of every touched fact from the value that holds today."""
    today = timezone.localdate()
    for model, columns, key in (
        (Person, dated_facts.PERSON, "person_id"),
        (Household, dated_facts.HOUSEHOLD, "household_id"),
    ):
        for fact in dict.fromkeys(put.fact for put in puts if getattr(put, key)):
            if fact in columns:
                ids = [getattr(put, key) for put in puts if put.fact == fact and getattr(put, key)]
                _set_columns(model, key, fact, columns[fact], ids, today)
    members = [put.person_id for put in puts if put.fact == "membership" and put.person_id]
    if members:
        _set_memberships(members, today)


def _set_columns(
    model: type[models.Model], key: str, fact: str, columns: Sequence[str], ids: list[int], today: date
) -> None:
    assignments = ", ".join(f"{name} = {_read(model, name)}" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {model._meta.db_table} t set {assignments} from registry_dated d where d.{key} = t.id"
            " and d.fact = %s and upper_inf(d.known) and d.valid @> %s::date and t.id = any(%s)",
            [fact, today, ids],
        )


def _read(model: type[models.Model], name: str) -> str:
    """The column's value out of the JSON, in the column's type; a text that is missing is ''."""
    field = model._meta.get_field(name)
    if isinstance(field, models.JSONField):
        return f"coalesce(d.value->'{name}', '[]')"
    if isinstance(field, models.CharField):
        return f"coalesce(d.value->>'{name}', '')"
    kind = field.db_type(connection)
    read = f"(d.value->>'{name}')::{kind}"
    return f"coalesce({read}, false)" if isinstance(field, models.BooleanField) and not field.null else read


# rows of the past and the open one, as they are believed now; NULL: nobody wrote down since when
MEMBERSHIPS = """
insert into registry_membership (person_id, household_id, relation, valid_from, valid_to)
select d.person_id, (d.value->>'household')::bigint, d.value->>'relation', lower(d.valid), upper(d.valid)
from registry_dated d where d.person_id = any(%s) and d.fact = 'membership' and upper_inf(d.known)
  and d.value->>'household' is not null
order by d.person_id, lower(d.valid) nulls first
"""
MOVED = """
update registry_person p set household_id = (d.value->>'household')::bigint, relation = d.value->>'relation',
  area_code = h.area_code,
  line_no = case when p.household_id = h.id then p.line_no else (
    select coalesce(max(o.line_no), 0) from registry_person o where o.household_id = h.id) + place.number end
from registry_dated d join registry_household h on h.id = (d.value->>'household')::bigint,
     (select id, row_number() over (order by line_no, id) as number from registry_person where id = any(%(ids)s)) place
where d.person_id = p.id and place.id = p.id and d.fact = 'membership' and upper_inf(d.known)
  and d.valid @> %(today)s::date and p.id = any(%(ids)s)
"""


# whoever was registered without a membership (by a tool, not by a load) gets the one that the present row tells
MISSING = """
insert into registry_membership (person_id, household_id, relation, valid_from)
select p.id, p.household_id, p.relation, p.recorded_at::date from registry_person p
where p.household_id in (select household_id from registry_person where id = any(%s)) and p.death_date is null
  and not exists (select 1 from registry_membership m where m.person_id = p.id and m.valid_to is null)
  and not exists (select 1 from registry_dated d where d.person_id = p.id and d.fact = 'membership')
"""


def _set_memberships(people: list[int], today: date) -> None:
    """The projection of who lives where: written anew for these people, checked by the keys of the table."""
    with connection.cursor() as cursor:
        cursor.execute(MISSING, [people])
        for part in ("valid_to is null", "valid_to is not null"):  # each by an index of its own: there is no whole one
            cursor.execute(f"delete from registry_membership where person_id = any(%s) and {part}", [people])
        cursor.execute(MOVED, {"ids": people, "today": today})
        cursor.execute(MEMBERSHIPS, [people])
        cursor.execute(MISSING, [people])  # of the households that they came to
