"""The SQL of ends and moves: what is asked of everybody, how proposals come in, and what approving them does."""

from __future__ import annotations

# Active and open, and neither in a proposal nor about to be stopped by hand. The head and the pupils of a household are
# looked up only for the programmes whose rules read them.
ASKED = """
select e.id, e.person_id, e.household_id, e.programme_code, e.area_code, lower(e.valid), p.death_date,
       p.duplicate_of_id, away.since, p.sex, p.birth_date, nullif(p.marital_status, ''),
       case p.disability when '' then 'none' when 'unknown' then null else p.disability end, nullif(p.school_level, ''),
       p.annual_income, head.government_salary, pupils.number
from enrolment_enrolment e
join registry_person p on p.id = e.person_id
left join (select person_id, min(lower(valid)) as since from registry_dated
           where fact = 'away' and person_id is not null and upper_inf(known) and upper_inf(valid)
             and value->>'where' = 'abroad' group by 1) away on away.person_id = e.person_id
left join lateral (select h.government_salary from registry_person h
           where h.household_id = e.household_id and h.relation = 'head' and h.death_date is null
           order by h.line_no limit 1) head on e.programme_code in ({head})
left join lateral (select count(*) as number from registry_person m
           where m.household_id = e.household_id and m.death_date is null and m.duplicate_of_id is null
             and m.school_level in ('pre_primary', 'primary')) pupils on e.programme_code in ({pupils})
where e.state = 'active' and upper_inf(e.valid) and lower(e.valid) <= date '{day}' and e.stop_proposed_by = ''
  and not exists (select 1 from enrolment_transition t where t.enrolment_id = e.id and t.state = 'proposed')
"""

STAGE = """
create temp table found (enrolment_id bigint, person_id bigint, household_id bigint, programme_code text,
  area_code text, kind text, reason text, to_programme text, to_person_id bigint, ends_on date) on commit drop
"""
FOUND = ["enrolment_id", "person_id", "household_id", "programme_code", "area_code", "kind", "reason", "to_programme",
         "to_person_id", "ends_on"]  # fmt: skip

# one batch for each programme and upazila that the officer covers
PROPOSE = """
with batches as (
  insert into enrolment_transitionbatch ("on", programme_code, area_code, state, ends, moves, applied, proposed_by,
         proposed_at, decided_by, note)
  select %(on)s, programme_code, left(area_code, 6), 'proposed', count(*) filter (where kind = 'end'),
         count(*) filter (where kind <> 'end'), 0, %(by)s, %(at)s, '', ''
  from found where area_code like any (%(areas)s) and (%(every)s or programme_code = any (%(programmes)s))
  group by programme_code, left(area_code, 6) order by 2, 3
  returning id, programme_code, area_code
), rows as (
  insert into enrolment_transition (batch_id, enrolment_id, person_id, programme_code, area_code, kind, reason,
         to_programme, to_person_id, ends_on, state)
  select b.id, f.enrolment_id, f.person_id, f.programme_code, f.area_code, f.kind, f.reason,
         coalesce(f.to_programme, ''), f.to_person_id, f.ends_on, 'proposed'
  from found f join batches b on b.programme_code = f.programme_code and b.area_code = left(f.area_code, 6)
  order by f.enrolment_id
  returning 1
)
select (select count(*) from batches), (select count(*) from rows)
"""

# What a proposal asks for and can still be done: the enrolment is active, and of a move nothing stands in the way but
# the enrolment that ends. Who keeps another benefit that excludes the new one stays where they are.
JUDGE = """
create temp table moving on commit drop as
select t.id, t.enrolment_id, t.kind, e.household_id as from_household,
       coalesce(t.to_person_id, t.person_id) as person_id, p.household_id, p.area_code,
       case t.kind when 'move' then t.to_programme else t.programme_code end as programme_code,
       greatest(case t.kind when 'end' then t.ends_on else greatest(t.ends_on, %(until)s) end, lower(e.valid) + 1)
         as ends_on, e.facts, e.selection_list_id, e.definition_sha256, nextval('enrolment_enrolment_id_seq') as new_id
from enrolment_transition t
join enrolment_enrolment e on e.id = t.enrolment_id and e.state = 'active' and upper_inf(e.valid)
join registry_person p on p.id = coalesce(t.to_person_id, t.person_id)
where t.batch_id = %(batch)s and t.state = 'proposed'
"""
EXCLUDING = "create temp table excluding (goal text, other text, wide boolean) on commit drop"
BLOCKED = """
delete from moving m using registry_person p
where m.kind <> 'end' and p.id = m.person_id and (p.death_date is not null or p.duplicate_of_id is not null
  or exists (select 1 from enrolment_enrolment o
    where o.person_id = m.person_id and o.id <> m.enrolment_id and o.valid && daterange(m.ends_on, null)
      and (o.programme_code = m.programme_code or (m.kind = 'move' and exists (
        select 1 from excluding x where x.goal = m.programme_code and x.other = o.programme_code))))
  or (m.kind = 'move' and exists (select 1 from enrolment_enrolment o
    join excluding x on x.goal = m.programme_code and x.other = o.programme_code and x.wide
    where o.household_id = m.household_id and o.id <> m.enrolment_id and o.valid && daterange(m.ends_on, null))))
"""
CLOSE = """
update enrolment_enrolment e set valid = daterange(lower(e.valid), m.ends_on), state = 'stopped', stop_on = m.ends_on,
       stop_reason = t.reason, stop_proposed_by = %(proposed_by)s, stop_approved_by = %(by)s
from moving m join enrolment_transition t on t.id = m.id
where e.id = m.enrolment_id
"""
OPEN = """
insert into enrolment_enrolment (id, person_id, household_id, programme_code, area_code, valid, state,
       selection_list_id, definition_sha256, facts, enrolled_at, enrolled_by, stop_reason, stop_proposed_by,
       stop_approved_by)
select new_id, person_id, household_id, programme_code, area_code, daterange(ends_on, null), 'active',
       case kind when 'carry' then selection_list_id end,
       case kind when 'carry' then definition_sha256 else %(definition)s::jsonb ->> programme_code end,
       case kind when 'carry' then facts else '{}'::jsonb end, %(at)s, %(by)s, '', '', ''
from moving where kind <> 'end' order by new_id
"""
SETTLE = """
update enrolment_transition t set state = case when m.id is null then 'skipped' else 'applied' end,
       ends_on = coalesce(m.ends_on, t.ends_on), new_enrolment_id = case when m.kind <> 'end' then m.new_id end
from enrolment_transition old left join moving m on m.id = old.id
where old.batch_id = %(batch)s and old.state = 'proposed' and t.id = old.id
"""
