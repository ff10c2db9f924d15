"""SQL by which a programme's list meets the registry."""

from __future__ import annotations

CREATE = """
drop table if exists pg_temp.listed, pg_temp.said, pg_temp.matched;
create temporary table listed (
    line bigint, programme_code text, area_code varchar(12) collate "C", name_bn text, name_key text collate "C",
    mother_name text, birth_date date, digest text, register_number text, since date, account_digest text)
    on commit drop;
create temporary table said (line bigint, "column" text, code text, is_warning boolean) on commit drop;
"""
# by number anywhere in the union's upazila; else the only one of that name and birth date in the union
FOUND = """
create temporary table matched on commit drop as
select l.*, p.id as person, p.area_code as lives, p.death_date, p.best, coalesce(p.times, 0) as times
from listed l
left join lateral (
  select c.*, count(*) over (partition by c.best) as times from (
    select p.id, p.area_code, p.death_date, 1 as best
    from registry_identity i join registry_person p on p.id = i.person_id
    where i.digest = decode(l.digest, 'hex') and i.withdrawn_at is null and p.duplicate_of_id is null
      and left(p.area_code, 6) = left(l.area_code, 6)
    union all
    select p.id, p.area_code, p.death_date, 2 from registry_person p
    where p.area_code = l.area_code and l.name_key <> '' and p.name_key = l.name_key and p.birth_date = l.birth_date
      and p.duplicate_of_id is null
  ) c order by c.best, c.id limit 1) p on true
"""
NOT_FOUND = """
insert into said
select line, case when digest is not null then 'id_number' else 'name_bn' end,
       case when person is null then 'person_unmatched' when times > 1 then 'person_ambiguous'
            else 'person_is_dead' end, false
from matched where person is null or times > 1 or death_date is not null
"""
KEEP = """
insert into registry_declared (upload_id, line, programme_code, person_id, area_code, matched_by, name_bn, birth_date,
    register_number, since, same_account, state, proposed_by, proposed_at, decided_by, reason)
select distinct on (f.person, f.programme_code) %(upload)s, f.line, f.programme_code, f.person, f.lives,
       case f.best when 1 then 'number' else 'name' end, f.name_bn, f.birth_date, f.register_number, f.since,
       case when f.account_digest is not null and a.digest is not null
            then a.digest = decode(f.account_digest, 'hex') end,
       'proposed', %(by)s, %(at)s, '', ''
from matched f left join registry_account a on a.person_id = f.person and a.valid_to is null
where f.line not in (select line from said)
order by f.person, f.programme_code, f.line
on conflict do nothing
"""
ALREADY = """
insert into said
select f.line, 'programme_code', 'declared_already', true from matched f
where f.line not in (select line from said)
  and not exists (select 1 from registry_declared d where d.upload_id = %(upload)s and d.line = f.line)
"""
