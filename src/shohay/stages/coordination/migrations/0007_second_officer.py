"""Decisions concern promises of chapters and of clusters; an edition is published by another than who made it."""

import django.db.models.deletion
from django.db import migrations, models

REFUSE = """
create function coordination_publication_second() returns trigger language plpgsql as $$
begin
  if exists (select from coordination_edition e where e.id = new.edition_id and e.made_by = new.published_by) then
    raise exception 'who made an edition does not publish it'
      using errcode = 'check_violation', constraint = 'coordination_publication_four_eyes';
  end if;
  return new;
end $$;
create trigger four_eyes before insert or update on coordination_publication
  for each row execute function coordination_publication_second();
"""
UNDO = "drop trigger four_eyes on coordination_publication; drop function coordination_publication_second();"


class Migration(migrations.Migration):
    dependencies = [("coordination", "0006_checks")]

    operations = [
        migrations.AlterField(
            model_name="decisionaction",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="coordination.planitem"
            ),
        ),
        migrations.RunSQL(REFUSE, UNDO),
    ]
