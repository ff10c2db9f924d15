"""Files attached as evidence; the database refuses to change or remove a row, as it does for the log."""

from django.db import migrations, models

REFUSE = """
create function audit_evidence_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'evidence is never changed or removed: % of audit_evidence is refused', tg_op
    using hint = 'attach another file instead';
end $$;
create trigger append_only before update or delete or truncate on audit_evidence
  for each statement execute function audit_evidence_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_work_cancel")]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("file_name", models.CharField(max_length=150)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.BigIntegerField()),
                ("title", models.CharField(blank=True, max_length=200)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=80)),
                ("uploaded_by", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_type", "subject_id", "sha256"), name="audit_evidence_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="audit_evidence_not_empty"),
                ],
            },
        ),
        migrations.RunSQL(REFUSE, "drop trigger append_only on audit_evidence; drop function audit_evidence_refuse();"),
    ]
