"""A published definition is never changed or removed."""

from django.db import migrations

REFUSE = """
create function programmes_refuse() returns trigger language plpgsql as $$
begin
  if old.state = 'published' then
    raise exception 'a published definition is immutable'
      using hint = 'publish a new version of the document instead';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger immutable before update or delete on programmes_definition
  for each row execute function programmes_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSE, "drop trigger immutable on programmes_definition; drop function programmes_refuse();")
    ]
