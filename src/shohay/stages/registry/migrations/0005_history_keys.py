"""What the database itself refuses about the past: overlaps, two households at once, two heads, changed history.

The triggers of registry_membership do not fire for bulk loads (session_replication_role = replica, docs/adr/0006):
rows that a load makes are one open row a person, held by a partial unique index.
"""

from django.db import migrations

from shohay.stages.accounts.rls import AREA_TEST, protect

MARRIAGE = """
alter table registry_marriage add constraint registry_marriage_wife_once
  unique (wife_id, valid without overlaps);
-- a second wife only with a permission written down
alter table registry_marriage add constraint registry_marriage_husband_once
  exclude using gist (husband_id with =, valid with &&) where (permission = '');
"""

APPEND_ONLY = """
create function registry_dated_keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if upper_inf(old.known) and not upper_inf(new.known) and lower(new.known) = lower(old.known)
       and (new.id, new.area_code, new.fact, new.value, new.valid, new.source, new.source_ref, new.recorded_by,
            new.checked_by) is not distinct from
           (old.id, old.area_code, old.fact, old.value, old.valid, old.source, old.source_ref, old.recorded_by,
            old.checked_by)
       and new.person_id is not distinct from old.person_id
       and new.household_id is not distinct from old.household_id then
      return new;
    end if;
  end if;
  raise exception 'history is append-only: % of registry_dated is refused', tg_op
    using hint = 'close what was known and write a new row';
end $$;
create trigger append_only before update or delete on registry_dated
  for each row execute function registry_dated_keep();
create trigger append_only_all before truncate on registry_dated
  for each statement execute function registry_dated_keep();
"""

# the functions run as the owner: row security must not hide the other household from the check
MEMBERSHIP = """
alter table registry_membership add constraint registry_membership_closed_once
  exclude using gist (person_id with =, daterange(valid_from, valid_to) with &&) where (valid_to is not null);
create function registry_membership_alone() returns trigger language plpgsql security definer
  set search_path = public as $$
begin
  perform 1 from registry_person where id = new.person_id for update;  -- of two at once, the second waits and sees
  if exists (select 1 from registry_membership m where m.person_id = new.person_id and m.id <> new.id
               and m.valid_to is null and daterange(m.valid_from, null) && daterange(new.valid_from, new.valid_to))
     or exists (select 1 from registry_membership m where m.person_id = new.person_id and m.id <> new.id
               and m.valid_to is not null
               and daterange(m.valid_from, m.valid_to) && daterange(new.valid_from, new.valid_to)) then
    raise exception 'person % would be in two households at once', new.person_id
      using errcode = 'exclusion_violation', constraint = 'registry_membership_alone';
  end if;
  return new;
end $$;
create trigger alone before insert or update on registry_membership
  for each row execute function registry_membership_alone();

create function registry_membership_head() returns trigger language plpgsql security definer
  set search_path = public as $$
declare
  place bigint;
  members int;
  heads int;
begin
  foreach place in array array[case when tg_op <> 'DELETE' then new.household_id end,
                               case when tg_op <> 'INSERT' then old.household_id end] loop
    select count(*), count(*) filter (where m.relation = 'head') into members, heads
      from registry_person p join registry_membership m on m.person_id = p.id and m.valid_to is null
      where p.household_id = place and m.household_id = place;
    if heads > 1 or (members > 0 and heads = 0) then
      raise exception 'household % would have % heads', place, heads
        using errcode = 'check_violation', constraint = 'registry_membership_one_head';
    end if;
  end loop;
  return null;
end $$;
create constraint trigger one_head after insert or update or delete on registry_membership
  deferrable initially deferred for each row execute function registry_membership_head();
"""

EVENT_MINE = f"({AREA_TEST.format(column='area_code')} or {AREA_TEST.format(column='to_area_code')})"
DATED_MINE = (
    f"({AREA_TEST.format(column='area_code')}"
    " or exists (select 1 from registry_person p where p.id = person_id)"
    " or exists (select 1 from registry_household h where h.id = household_id))"
)
PEOPLE_MINE = "exists (select 1 from registry_lifeevent e where e.id = event_id)"
MARRIAGE_MINE = "exists (select 1 from registry_person p where p.id in (husband_id, wife_id))"


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_history"), ("accounts", "0002_web_role")]
    operations = [
        migrations.RunSQL(
            MARRIAGE,
            "alter table registry_marriage drop constraint registry_marriage_wife_once;"
            "alter table registry_marriage drop constraint registry_marriage_husband_once;",
        ),
        migrations.RunSQL(
            APPEND_ONLY,
            "drop trigger append_only on registry_dated; drop trigger append_only_all on registry_dated;"
            "drop function registry_dated_keep();",
        ),
        migrations.RunSQL(
            MEMBERSHIP,
            "drop trigger one_head on registry_membership; drop trigger alone on registry_membership;"
            "drop function registry_membership_head(); drop function registry_membership_alone();"
            "alter table registry_membership drop constraint registry_membership_closed_once;",
        ),
        protect("registry_dated", through=DATED_MINE),
        protect("registry_lifeevent", through=EVENT_MINE),
        protect("registry_eventperson", through=PEOPLE_MINE),
        protect("registry_marriage", through=MARRIAGE_MINE),
    ]
