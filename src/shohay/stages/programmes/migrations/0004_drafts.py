"""Drafts of programme definitions, with every saved state of them."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
create function programmes_draft_kept() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'programmes_draftrevision' then
    raise exception 'a saved revision of a draft stays as it is';
  elsif old.state in ('published', 'dropped') then
    raise exception 'a draft that has ended stays as it is' using hint = 'begin a new draft instead';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger kept before update or delete on programmes_draftrevision
  for each row execute function programmes_draft_kept();
create trigger kept before update or delete on programmes_definitiondraft
  for each row execute function programmes_draft_kept();
"""
FORGET = """
drop trigger kept on programmes_draftrevision;
drop trigger kept on programmes_definitiondraft;
drop function programmes_draft_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0003_budget"),
    ]

    operations = [
        migrations.CreateModel(
            name="DefinitionDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("base_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("submitted", "Submitted"),
                            ("published", "Published"),
                            ("dropped", "Dropped"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("revision", models.IntegerField(default=1)),
                ("sha256", models.CharField(max_length=64)),
                ("cases", models.TextField(blank=True)),
                ("example", models.BooleanField(default=False)),
                ("started_by", models.CharField(max_length=150)),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("decided_by", models.CharField(blank=True, max_length=150)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="programmes.programme"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("text", models.TextField()),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("what", models.CharField(max_length=40)),
                ("saved_by", models.CharField(max_length=150)),
                ("saved_at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="programmes.definitiondraft",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="definitiondraft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "submitted"])),
                fields=("programme",),
                name="programmes_draft_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="definitiondraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(("decided_by", models.F("started_by")), _negated=True),
                    _connector="OR",
                ),
                name="programmes_draft_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="definitiondraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(models.Q(("decided_by", ""), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="programmes_draft_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="definitiondraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), _negated=True), ("submitted_at__isnull", False), _connector="OR"
                ),
                name="programmes_draft_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftrevision",
            constraint=models.UniqueConstraint(fields=("draft", "number"), name="programmes_draft_revision_once"),
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
