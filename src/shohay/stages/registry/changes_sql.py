"""SQL by which the values of a file meet the registry: whom each row is about, what differs, which events to tell."""

from __future__ import annotations

CREATE = """
drop table if exists pg_temp.wanted, pg_temp.said, pg_temp.who, pg_temp.fit, pg_temp.told;
create temporary table wanted (
    line bigint, area_code varchar(12) collate "C", reference text, line_no int, digest text, name_key text collate "C",
    birth_date date, level text, fact text, "column" text, value text, since date, evidence_kind text,
    evidence_number text) on commit drop;
create temporary table said (line bigint, "column" text, code text, is_warning boolean) on commit drop;
"""
# by number within the union; else by the line of the form where name or birth date agree; else by the name alone
WHO = """
create temporary table who on commit drop as
select w.line, w.area_code, h.id as home, h.closed_on, w.reference, p.id as person, p.household_id, p.birth_date,
       p.death_date, coalesce(p.times, 0) as times
from (select distinct line, area_code, reference, line_no, digest, name_key, birth_date from wanted) w
left join registry_household h on h.area_code = w.area_code and h.reference = w.reference
left join lateral (
  select c.*, count(*) over (partition by c.best) as times from (
    select p.id, p.household_id, p.birth_date, p.death_date, 1 as best
    from registry_identity i join registry_person p on p.id = i.person_id
    where i.digest = decode(w.digest, 'hex') and i.withdrawn_at is null and p.duplicate_of_id is null
      and p.area_code = w.area_code and (h.id is null or p.household_id = h.id)
    union all
    select p.id, p.household_id, p.birth_date, p.death_date, 2 from registry_person p
    where p.household_id = h.id and p.line_no = w.line_no
      and (w.name_key is null or p.name_key = w.name_key or p.birth_date = w.birth_date)
    union all
    select p.id, p.household_id, p.birth_date, p.death_date, 3 from registry_person p
    where p.household_id = h.id and w.name_key <> '' and p.name_key = w.name_key
  ) c order by c.best, c.id limit 1) p on true
"""
NOT_FOUND = """
insert into said select distinct on (t.line) t.line, t.col, t.code, {warning} from (
  select w.line, case when o.reference is not null and o.home is null then 'household_unmatched'
                      when o.home is not null and o.closed_on is not null then 'household_unmatched'
                      when w.level = 'person' and o.person is null then {nobody}
                      when w.level = 'person' and o.times > 1 then 'person_ambiguous'
                      when w.level = 'person' and o.death_date is not null then 'person_is_dead'
                      when w.level = 'person' and w.since < o.birth_date then 'since_before_birth' end as code,
         case when w.level = 'person' then 'line_no' else 'household_reference' end as col
  from wanted w join who o using (line)) t
where t.code is not null order by t.line, t.code
"""
# members that the file no longer names, told once beside the head
GONE = """
insert into said
select o.line, 'line_no', 'member_gone', true
from (select min(line) as line, home from who where home is not null group by home) o
where exists (select 1 from registry_person p where p.household_id = o.home and p.death_date is null
              and p.id not in (select person from who where person is not null))
"""
# a value that differs from the present row of its subject; what does not differ is nothing new
FIT = """
create temporary table fit on commit drop as
select w.line, w.level, w.fact, w."column", w.value::jsonb as value, w.since, w.evidence_kind, w.evidence_number,
       case when w.level = 'person' then o.person end as person, coalesce(o.home, o.household_id) as household
from wanted w join who o using (line)
left join registry_household h on w.level = 'household' and h.id = coalesce(o.home, o.household_id)
left join registry_person p on w.level = 'person' and p.id = o.person
where w."column" <> '' and w.line not in (select line from said where code <> 'member_gone')
  and w.value::jsonb is distinct from coalesce(to_jsonb(h), to_jsonb(p)) -> w."column"
  and coalesce(o.home, o.household_id) is not null
"""
# an approximate birth date alone is no change: it goes with the date
ONLY_APPROXIMATE = """
delete from fit f where f."column" = 'birth_date_approximate'
  and not exists (select 1 from fit o where o.line = f.line and o."column" = 'birth_date')
"""
NOTHING_NEW = """
insert into said select distinct w.line, 'new_value', 'nothing_new', true from wanted w
where w.line not in (select line from fit) and w.line not in (select line from said)
"""
TOLD = """
create temporary table told on commit drop as
select g.*, case g.kind
    when 'circumstances' then g.values
    when 'move' then jsonb_build_object('address_bn', h.address_bn, 'area_type', h.area_type) || g.values
    when 'pregnancy' then jsonb_build_object('person', g.person, 'is_pregnant', p.is_pregnant,
                                             'pregnancy_month', p.pregnancy_month, 'pregnancy_order', p.pregnancy_order,
                                             'has_anc_card', p.has_anc_card) || g.values
    when 'school' then jsonb_build_object('person', g.person, 'school_level', p.school_level, 'school_class',
                                          p.school_class, 'school_listed', p.school_listed) || g.values
    when 'work' then jsonb_build_object('person', g.person) || g.values
    else jsonb_build_object('person', g.person, 'fact', g.fact, 'values', g.values) end as details
from (select household, person, kind, case when kind = 'correction' then fact end as fact, since, evidence_kind,
             evidence_number, min(line) as line, jsonb_object_agg("column", value) as values
      from (select *, case when fact = 'address' then 'move' when level = 'household' then 'circumstances'
                           when fact = 'schooling' then 'school' when fact = 'pregnancy' then 'pregnancy'
                           when fact in ('work', 'income') then 'work' else 'correction' end as kind from fit) f
      group by 1, 2, 3, 4, 5, 6, 7) g
left join registry_person p on p.id = g.person
left join registry_household h on h.id = g.household
"""
WAITING = """
with again as (
  delete from told t using registry_lifeevent e
  where e.household_id = t.household and e.state = 'proposed' and e.kind = t.kind and e.details = t.details
  returning t.line)
insert into said select distinct line, 'new_value', 'change_waiting', true from again
"""
PROPOSE = """
insert into registry_lifeevent (kind, state, household_id, area_code, to_area_code, happened_on, details, evidence_kind,
    evidence_number, evidence_note, evidence_sha256, channel, upload_id, upload_line, household_version, proposed_by,
    proposed_at, decided_by, reason, counts)
select t.kind, 'proposed', t.household, h.area_code, '', t.since, t.details, t.evidence_kind,
       left(t.evidence_number, 80), '', '', 'file', %(upload)s, t.line,
       h.version + row_number() over (partition by t.household order by t.line, t.kind, t.fact, t.person),
       %(by)s, %(at)s, '', '', '{}'
from told t join registry_household h on h.id = t.household
order by t.line, t.kind, t.fact
"""
ABOUT = """
insert into registry_eventperson (event_id, person_id, part)
select id, (details->>'person')::bigint, 'subject' from registry_lifeevent
where upload_id = %(upload)s and details->>'person' is not null
"""
VERSIONS = """
update registry_household h set version = h.version + t.times
from (select household, count(*) as times from told group by household) t where h.id = t.household
"""
