"""Who may see whom: households and people by area, what hangs on a person through the person."""

from django.db import migrations

from shohay.stages.accounts.rls import protect

MINE = "exists (select 1 from registry_person p where p.id = person_id)"


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("accounts", "0002_web_role")]
    operations = [
        protect("registry_household"),
        protect("registry_person"),
        protect("registry_membership", through=MINE),
        protect("registry_identity", through=MINE),
        protect("registry_account", through=MINE),
    ]
