from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="work",
            name="cancel_asked_by",
            field=models.CharField(blank=True, default="", max_length=150),
        ),
    ]
