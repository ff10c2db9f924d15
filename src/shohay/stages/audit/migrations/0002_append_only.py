"""The database refuses to change or remove events."""

from django.db import migrations

REFUSE = """
create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only: % of audit_event is refused', tg_op
    using hint = 'write a new event instead';
end $$;
create trigger append_only before update or delete or truncate on audit_event
  for each statement execute function audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, "drop trigger append_only on audit_event; drop function audit_refuse();")]
