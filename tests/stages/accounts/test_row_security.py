"""Row security binds a web request, and comes back whatever happens while it is lifted."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from shohay.core.messages import Refusal
from shohay.stages.accounts import rls
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry.models import Person
from tests.factories.world import HERE, THERE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_small_world")]
OFFICER = Officer("upazila", "upazila_officer", ("554908",), ("OAA",))


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        return str(cursor.fetchone()[0])


def test_a_request_works_as_the_bound_role():
    with transaction.atomic():
        rls.enter(OFFICER)
        assert role() == rls.WEB_ROLE
        with rls.lifted():
            assert role() == "none"
        assert role() == rls.WEB_ROLE


def fail() -> None:
    raise Refusal("reason_missing")


def test_a_refusal_inside_gives_the_role_back():
    with transaction.atomic():
        rls.enter(OFFICER)
        with pytest.raises(Refusal), rls.lifted():
            fail()
        assert role() == rls.WEB_ROLE


def test_a_database_error_inside_gives_the_role_back():
    with transaction.atomic():
        rls.enter(OFFICER)
        with pytest.raises(Exception, match="division by zero"), rls.lifted(), connection.cursor() as cursor:
            cursor.execute("select 1 / 0")
        assert role() == rls.WEB_ROLE


PROTECTED = [
    "registry_household", "registry_person", "registry_membership", "registry_identity", "registry_account",
    "targeting_application", "targeting_decision", "targeting_selectionlist", "enrolment_enrolment",
    "payments_payment", "grievance_grievance",
]  # fmt: skip


def seen(table: str) -> int:
    """Rows that plain SQL finds, without any filter of ours."""
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def test_the_database_itself_hides_other_upazilas_and_programmes(world):
    elsewhere = Officer("nowhere", "upazila_officer", ("10",), ("",))
    other_programme = Officer("other", "programme_manager", ("",), ("PESP",))
    everything = {table: seen(table) for table in PROTECTED}
    assert everything["registry_person"] > 1
    assert everything["payments_payment"] > 0
    with transaction.atomic():
        rls.enter(Officer("here", "upazila_officer", (HERE,), ("",)))
        assert 0 < seen("registry_person") < everything["registry_person"]
        assert 0 < seen("registry_household") < everything["registry_household"]
    with transaction.atomic():
        rls.enter(elsewhere)
        assert {table: seen(table) for table in PROTECTED} == dict.fromkeys(PROTECTED, 0)
    with transaction.atomic():
        rls.enter(other_programme)
        assert seen("payments_payment") == seen("enrolment_enrolment") == seen("targeting_decision") == 0
        assert seen("registry_person") == everything["registry_person"]


def test_the_database_refuses_to_write_outside_the_area(world):
    person = Person.objects.filter(area_code__startswith=THERE)[:1].get()
    with transaction.atomic():
        rls.enter(Officer("here", "upazila_officer", (HERE,), ("",)))
        with connection.cursor() as cursor:
            cursor.execute("update registry_person set name_en = 'x' where id = %s", [person.pk])
            assert cursor.rowcount == 0


def test_every_table_with_a_person_is_protected():
    """A new table about people must get a policy of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
            " where c.relkind = 'r' and a.attname = 'person_id' and not a.attisdropped and not c.relrowsecurity"
        )
        assert cursor.fetchall() == []
