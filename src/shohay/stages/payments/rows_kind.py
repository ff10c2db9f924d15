"""The SQL of goods: who gets a ration, and what came back about who collected; set-based, on one cursor."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from shohay.core.entitlement import GoodsLine
from shohay.core.facts import FACTS
from shohay.core.rations import NUMBER_SQL
from shohay.stages.accounts.rls import lifted

TYPES = {"bool": "boolean", "number": "numeric", "text": "text", "date": "date"}

# One row for each line of the schedule that an enrolment might be owed in the period.
LINE = """
select e.id as enrolment_id, e.person_id, e.household_id, e.area_code, '{kind}' as kind, '{unit}' as item,
       ({due}) as due, {grams} as grams, {price}::bigint as price, '{of}' = 'household' as of_household,
       p.death_date is not null as dead, p.duplicate_of_id is not null as again
from enrolment_enrolment e join registry_person p on p.id = e.person_id
where e.programme_code = %(code)s and e.area_code like %(area)s
  and e.valid && daterange(%(first)s, %(end)s)
"""

# Several lines of one kind add up. The reasons stand in the order in which they are given; a second card of the same
# household gets nothing where the goods are the household's.
JUDGED = """
create temp table judged on commit drop as
with lines as ({lines}),
owed as (
  select enrolment_id, person_id, household_id, area_code, kind, min(item) as item, bool_or(dead) as dead,
         bool_or(again) as again, bool_or(of_household) as of_household,
         bool_or(due is null or grams is null) as unknown, sum(grams) filter (where due)::bigint as grams,
         sum(grams * price / 1000) filter (where due)::bigint as price_poisha
  from lines where due is not false group by enrolment_id, person_id, household_id, area_code, kind),
placed as (
  select *, row_number() over (partition by household_id, kind order by dead, again, enrolment_id) as place from owed)
select o.*, case when exists (select 1 from payments_ration r where r.enrolment_id = o.enrolment_id
                              and r.period_start = %(first)s and r.kind = o.kind) then 'already_listed'
                 when dead then 'dead' when again then 'duplicate' when unknown or grams is null then 'amount_unknown'
                 when of_household and (place > 1 or exists (
                      select 1 from payments_ration r join enrolment_enrolment e on e.id = r.enrolment_id
                      where e.household_id = o.household_id and r.programme_code = %(code)s
                        and r.period_start = %(first)s and r.kind = o.kind)) then 'household_listed' end as reason
from placed o
"""

TOTALS = """
select left(area_code, 6) as upazila, count(*) filter (where reason is null), coalesce(sum(grams) filter
       (where reason is null), 0)::bigint, coalesce(sum(price_poisha) filter (where reason is null), 0)::bigint,
       coalesce(jsonb_object_agg(reason, held) filter (where reason is not null and place_of_reason = 1), '{}')
from (select *, count(*) over (partition by left(area_code, 6), reason) as held,
             row_number() over (partition by left(area_code, 6), reason order by enrolment_id, kind) as place_of_reason
      from judged) j
group by 1 order by 1
"""

INSERT = f"""
insert into payments_ration (distribution_id, line_no, number, enrolment_id, person_id, household_id, programme_code,
       area_code, period_start, kind, item, grams, price_poisha, state, given_grams, reason, recorded_by)
select d.id, j.line_no, {NUMBER_SQL.format(list="d.id", line="j.line_no")}, j.enrolment_id, j.person_id, j.household_id,
       %(code)s, j.area_code, %(first)s, j.kind, j.item, j.grams, j.price_poisha, 'due', 0, '', ''
from (select *, row_number() over (partition by left(area_code, 6) order by area_code, household_id, enrolment_id, kind)
             as line_no from judged where reason is null) j
join payments_distribution d on d.cycle_id = %(cycle)s and d.area_code = left(j.area_code, 6) and d.state = 'prepared'
     and d.id = any (%(made)s)
order by d.id, j.line_no
"""


def judge(lines: list[GoodsLine], values: dict[str, Any]) -> list[tuple[str, int, int, int, dict[str, int]]]:
    """Fill ``judged``; for each upazila: code, rations, grams, poisha, reason -> held back."""
    union = " union all ".join(
        LINE.format(kind=one.kind, unit=one.unit, due=one.due, grams=one.grams, price=one.price, of=one.of)
        for one in lines
    )
    with connection.cursor() as cursor:
        cursor.execute(JUDGED.format(lines=union), values)
        cursor.execute("analyze judged")
        cursor.execute(TOTALS)
        return [(*row, json.loads(held)) for *row, held in cursor.fetchall()]


def fact_column(name: str) -> str:
    """Where an enrolment keeps a fact that the schedule reads."""
    return f"(e.facts->>'{name}')::{TYPES[FACTS[name].kind]}"


def insert(values: dict[str, Any]) -> int:
    """Make the rations of the lists ``made`` from ``judged``; how many."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        inserted = int(cursor.rowcount)
        cursor.execute("drop table judged")
    return inserted


# ------------------------------------------------------------------------------------------------ who collected

STAGE = """
create temp table handed (line integer, number text, given boolean, grams bigint, given_on date, reason text)
 on commit drop
"""

# ``handed`` holds rows that read well; what is wrong with them shows only beside the list.
COMPARE = """
create temp table compared on commit drop as
select h.line, h.number, h.given, h.given_on, r.id,
       case when h.given then coalesce(h.grams, r.grams) else 0 end as given_grams,
       case when h.given and coalesce(h.grams, r.grams) >= r.grams then ''
            when h.given then coalesce(nullif(h.reason, ''), 'short_stock')
            else coalesce(nullif(h.reason, ''), 'not_collected') end as reason,
       case when r.id is null then 'handover_unknown'
            when h.given and h.grams > r.grams then 'handover_too_much'
            when h.given and h.given_on < r.period_start then 'handover_early'
            when r.state <> 'due' and (r.state = 'given') is distinct from h.given then 'handover_already'
            when r.state = 'given' and r.given_grams <> coalesce(h.grams, r.grams) then 'handover_already'
            when r.state <> 'due' then 'unchanged' end as verdict
from handed h
left join payments_ration r on r.number = h.number and r.distribution_id = %(distribution)s
     and r.area_code like any (%(areas)s)
"""

APPLY = """
update payments_ration r
set state = case when c.given then 'given' else 'not_given' end, given_grams = c.given_grams,
    given_on = case when c.given then c.given_on end, reason = c.reason, recorded_by = %(by)s, recorded_at = %(at)s
from compared c where c.id = r.id and c.verdict is null and r.state = 'due'
"""

CLOSE = """
update payments_ration set state = 'not_given', reason = 'not_collected', recorded_by = %(by)s, recorded_at = %(at)s
where distribution_id = %(distribution)s and state = 'due'
"""

# the counts of a list are those of its rations, reckoned again after each change
RECOUNT = """
update payments_distribution d
set given = c.given, given_grams = c.given_grams, given_poisha = c.given_poisha, not_given = c.not_given
from (select count(*) filter (where state = 'given') as given, coalesce(sum(given_grams), 0) as given_grams,
             coalesce(sum(price_poisha * given_grams / grams), 0) as given_poisha,
             coalesce((select jsonb_object_agg(reason, rations) from (
                 select reason, count(*) as rations from payments_ration
                 where distribution_id = %(distribution)s and state = 'not_given' group by reason) why), '{}')
               as not_given
      from payments_ration where distribution_id = %(distribution)s) c
where d.id = %(distribution)s
"""


def recount(cursor: Any, distribution: int) -> None:
    """Bring the counts of a list in step with all its rations, those of other unions than the officer's too."""
    with lifted():
        cursor.execute(RECOUNT, {"distribution": distribution})
