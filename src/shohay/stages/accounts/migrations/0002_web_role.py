"""The database role of the web process, bound by row security."""

from django.db import migrations

from shohay.stages.accounts.rls import CREATE_ROLE


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("audit", "0002_append_only"), ("sessions", "0001_initial")]
    operations = [migrations.RunSQL(CREATE_ROLE, migrations.RunSQL.noop)]
