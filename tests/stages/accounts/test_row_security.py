"""Row security binds a web request, and comes back whatever happens while it is lifted."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from shohay.core.messages import Refusal
from shohay.stages.accounts import rls
from shohay.stages.accounts.officer import Officer

pytestmark = pytest.mark.django_db
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
