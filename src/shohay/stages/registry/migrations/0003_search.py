"""levenshtein() for the words of a name that somebody misspells."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_row_security")]
    operations = [migrations.RunSQL("create extension if not exists fuzzystrmatch", "drop extension fuzzystrmatch")]
