"""What one officer proposes another approves; the database itself refuses the same officer on both sides."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from shohay.stages.programmes.models import Definition
from tests.factories.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_small_world")]

# row of the small world -> its table, who proposed, who approved
PROPOSALS = {
    "list": ("targeting_selectionlist", "proposed_by", "approved_by"),
    "payroll": ("payments_payroll", "prepared_by", "approved_by"),
    "merge": ("linkage_merge", "proposed_by", "approved_by"),
    "enrolment": ("enrolment_enrolment", "stop_proposed_by", "stop_approved_by"),
}


def sign(world: World, name: str, first: str, second: str) -> None:
    table, proposed, approved = PROPOSALS[name]
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} set {proposed} = %s, {approved} = %s where id = %s",
            [first, second, getattr(world, name).pk],
        )
        assert cursor.rowcount == 1


@pytest.mark.parametrize("name", PROPOSALS)
def test_the_database_refuses_the_same_officer(world: World, name: str):
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        sign(world, name, "karim", "karim")
    sign(world, name, "karim", "salma")
    sign(world, name, "karim", "")  # proposed, not yet approved


def test_nor_does_it_publish_what_its_author_approved(world: World):
    first = world.definition
    values = {"programme_id": "WDA", "document": first.document, "text": "x", "sha256": "0" * 64, "state": "draft"}
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Definition.objects.create(**values, proposed_by="karim", approved_by="karim")
    Definition.objects.create(**values, proposed_by="karim", approved_by="salma")


def test_each_such_rule_of_the_schema_compares_two_officers():
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint where conname ~ 'four_eyes$'"
        )
        rules = dict(cursor.fetchall())
    assert {table for table, _, _ in PROPOSALS.values()} | {"programmes_definition"} <= set(rules)
    for table, rule in rules.items():
        assert rule.count("_by") >= 2, (table, rule)
