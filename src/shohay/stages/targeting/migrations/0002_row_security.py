from django.db import migrations

from shohay.stages.accounts.rls import protect


class Migration(migrations.Migration):
    dependencies = [("targeting", "0001_initial"), ("accounts", "0002_web_role")]
    operations = [
        protect("targeting_application", programme="programme_code"),
        protect("targeting_decision", programme="programme_code"),
        protect("targeting_selectionlist", programme="programme_code"),
    ]
