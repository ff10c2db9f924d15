"""Frozen editions of reports; the database refuses to change or remove them."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("coordination_edition", "coordination_editionfile", "coordination_publication")
REFUSE = """
create function coordination_edition_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'an edition is frozen: % of % is refused', tg_op, tg_table_name
    using hint = 'make another edition instead';
end $$;
""" + "".join(
    f"create trigger frozen before update or delete or truncate on {table}"
    " for each statement execute function coordination_edition_refuse();"
    for table in TABLES
)
UNDO = "".join(f"drop trigger frozen on {table};" for table in TABLES) + "drop function coordination_edition_refuse();"


class Migration(migrations.Migration):
    dependencies = [
        ("coordination", "0003_plan"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("fiscal_year", models.CharField(max_length=7)),
                ("as_of", models.DateField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("synthetic", models.BooleanField()),
                ("made_by", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "sha256"), name="coordination_edition_once")],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("published_by", models.CharField(max_length=150)),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="coordination.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EditionFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=2)),
                ("format", models.CharField(max_length=4)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("made_by", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="coordination.edition"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "language", "format"), name="coordination_edition_file_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("format__in", ("pdf", "html", "xlsx")), ("language__in", ("bn", "en")), ("size__gt", 0)
                        ),
                        name="coordination_edition_file_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REFUSE, UNDO),
    ]
