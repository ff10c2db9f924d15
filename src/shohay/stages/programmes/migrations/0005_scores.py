"""Versions of score formulas, the days on which each was in force, and the drift of scores."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
alter table programmes_scoreuse add constraint programmes_score_one_a_day
  exclude using gist (daterange(valid_from, valid_to) with &&);
create function programmes_score_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'an installed formula and the days of its use are never removed';
  elsif tg_table_name = 'programmes_scoreversion' then
    raise exception 'an installed formula is never changed' using hint = 'install a new document instead';
  elsif (old.version_id, old.valid_from, old.activated_by) is distinct from
        (new.version_id, new.valid_from, new.activated_by)
     or (old.valid_to is not null and old.valid_to <> new.valid_to) then
    raise exception 'the use of a formula is ended, never rewritten';
  end if;
  return new;
end $$;
create trigger kept before update or delete on programmes_scoreversion
  for each row execute function programmes_score_kept();
create trigger kept before update or delete on programmes_scoreuse
  for each row execute function programmes_score_kept();
insert into programmes_scoreversion (code, kind, document, text, sha256, synthetic, card_sha256, note, installed_by,
                                     installed_at)
select code, coalesce(document ->> 'kind', 'points'), document, document::text, sha256, false, '', '', 'release',
       installed_at
from programmes_scoreformula;
insert into programmes_scoreuse (version_id, valid_from, installed_by, activated_by, activated_at)
select v.id, (f.installed_at at time zone 'Asia/Dhaka')::date, 'release', f.installed_by, f.installed_at
from programmes_scoreformula f join programmes_scoreversion v on v.sha256 = f.sha256
where f.code = 'ppi_2013' and f.installed_by <> 'release';
"""
FORGET = """
drop trigger kept on programmes_scoreversion;
drop trigger kept on programmes_scoreuse;
drop function programmes_score_kept();
alter table programmes_scoreuse drop constraint programmes_score_one_a_day;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0004_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScoreDrift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("formula_code", models.CharField(max_length=40)),
                ("formula_sha256", models.CharField(max_length=64)),
                ("before_sha256", models.CharField(max_length=64)),
                ("before_on", models.DateField()),
                ("after_sha256", models.CharField(max_length=64)),
                ("after_on", models.DateField()),
                ("psi", models.FloatField()),
                ("ks", models.FloatField()),
                (
                    "level",
                    models.CharField(
                        choices=[("steady", "Steady"), ("watch", "Watch"), ("shifted", "Shifted")], max_length=10
                    ),
                ),
                ("result", models.JSONField()),
                ("computed_by", models.CharField(max_length=150)),
                ("computed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("formula_sha256", "before_sha256", "after_sha256"), name="programmes_score_drift_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=12)),
                ("document", models.JSONField()),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("synthetic", models.BooleanField(default=False)),
                ("card", models.JSONField(null=True)),
                ("card_sha256", models.CharField(blank=True, max_length=64)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("installed_by", models.CharField(max_length=150)),
                ("installed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("card__isnull", True), ("card_sha256", "")),
                            models.Q(("card__isnull", False), models.Q(("card_sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="programmes_score_card_hashed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("installed_by", models.CharField(max_length=150)),
                ("activated_by", models.CharField(max_length=150)),
                ("activated_at", models.DateTimeField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="programmes.scoreversion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("activated_by", models.F("installed_by")), _negated=True),
                        name="programmes_score_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="programmes_score_use_forward",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
