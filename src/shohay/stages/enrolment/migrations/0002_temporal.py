"""No two overlapping enrolments of one person in one programme (PostgreSQL 18 temporal key); row security."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

from shohay.stages.accounts.rls import protect


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0001_initial"), ("accounts", "0002_web_role")]
    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(
            "alter table enrolment_enrolment add constraint enrolment_no_overlap"
            " unique (person_id, programme_code, valid without overlaps);",
            "alter table enrolment_enrolment drop constraint enrolment_no_overlap;",
        ),
        protect("enrolment_enrolment", programme="programme_code"),
    ]
