"""Whole names are found anywhere by an index that begins with the name; one that begins with the area looks into
every union of the country."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_intake_every_kind")]
    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["name_key", "area_code"], name="registry_person_name"),
        )
    ]
