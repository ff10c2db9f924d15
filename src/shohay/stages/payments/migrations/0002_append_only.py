"""Transfers are never changed; payments are seen by area and programme."""

from django.db import migrations

from shohay.stages.accounts.rls import protect

REFUSE = """
create function payments_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % of payments_transfer is refused', tg_op
    using hint = 'book a transfer back instead';
end $$;
create trigger append_only before update or delete or truncate on payments_transfer
  for each statement execute function payments_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("accounts", "0002_web_role")]
    operations = [
        migrations.RunSQL(REFUSE, "drop trigger append_only on payments_transfer; drop function payments_refuse();"),
        # a payment changes its state three times: room in each page keeps the new row beside the old one, so that
        # no index has to be touched
        migrations.RunSQL("alter table payments_payment set (fillfactor = 60)", migrations.RunSQL.noop),
        protect("payments_payment", programme="programme_code"),
    ]
