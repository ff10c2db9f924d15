from django.db import migrations

from shohay.stages.accounts.rls import protect


class Migration(migrations.Migration):
    dependencies = [("grievance", "0001_initial"), ("accounts", "0002_web_role")]
    operations = [protect("grievance_grievance", programme="programme_code")]
