"""The SQL of who is selected and may not be enrolled: one reason each, the gravest first.

One table of judgements serves both: who has no reason is enrolled, who has one is written down with it. So everybody
selected is either enrolled or told why not.
"""

from __future__ import annotations

from typing import Any

PERIOD = "daterange(%(on)s, null)"

# What stands in the way of each of the selected; who was enrolled from this list before is not asked again.
REASONS = f"""
select d.person_id, d.household_id, d.programme_code, d.area_code, d.rank,
       case when p.death_date is not null then 'died' when p.duplicate_of_id is not null then 'duplicate'
            when own.id is not null then 'on_programme' when mine.id is not null then 'person_holds'
            when theirs.id is not null then 'household_holds' end as reason,
       coalesce(own.programme_code, mine.programme_code, theirs.programme_code, '') as other_programme,
       coalesce(own.person_id, mine.person_id, theirs.person_id) as holder_id
from targeting_decision d
join registry_person p on p.id = d.person_id
left join lateral (select e.id, e.programme_code, e.person_id from enrolment_enrolment e
    where e.person_id = d.person_id and e.programme_code = d.programme_code and e.valid && {PERIOD}
    order by e.id limit 1) own on true
left join lateral (select e.id, e.programme_code, e.person_id from enrolment_enrolment e
    where e.person_id = d.person_id and e.programme_code = any (%(by_person)s) and e.valid && {PERIOD}
    order by e.id limit 1) mine on true
left join lateral (select e.id, e.programme_code, e.person_id from enrolment_enrolment e
    where e.household_id = d.household_id and e.programme_code = any (%(by_household)s) and e.valid && {PERIOD}
    order by e.id limit 1) theirs on true
where d.selection_list_id = %(list)s and d.selected
  and not exists (select 1 from enrolment_enrolment e
                  where e.selection_list_id = d.selection_list_id and e.person_id = d.person_id)
"""

JUDGE = f"create temp table judged on commit drop as {REASONS}"

NOTE = """
insert into enrolment_leftout (selection_list_id, person_id, household_id, programme_code, area_code, rank, reason,
       other_programme, holder_id, noted_at, noted_by)
select %(list)s, person_id, household_id, programme_code, area_code, rank, reason, other_programme, holder_id, %(at)s,
       %(by)s
from judged where reason is not null order by rank
"""


def judge(cursor: Any, values: dict[str, Any]) -> None:
    """Inside a transaction: the selected not yet enrolled from the list, into ``judged``, reason NULL = free."""
    cursor.execute("drop table if exists judged")
    cursor.execute(JUDGE, values)


def note(cursor: Any, values: dict[str, Any]) -> int:
    """Write down anew who was left out of the list; how many."""
    cursor.execute("delete from enrolment_leftout where selection_list_id = %(list)s", values)
    cursor.execute(NOTE, values)
    noted = int(cursor.rowcount)
    cursor.execute("drop table judged")
    return noted
