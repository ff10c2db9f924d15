"""A person's payments are found through their enrolments: a million payments a minute are not entered by person too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_again")]
    operations = [migrations.RemoveIndex(model_name="payment", name="payments_pa_person__493e44_idx")]
