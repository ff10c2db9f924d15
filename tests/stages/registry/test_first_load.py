"""A load larger than the registry builds the indexes after its rows; whatever happens, they are all there afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from shohay.stages.registry import actions, first_load
from shohay.stages.registry.models import Account, Household, Identity, Membership, Person
from tests.household_files import UNION, household, row
from tests.stages.registry.conftest import OPERATOR

pytestmark = pytest.mark.django_db

KEYS = """
select tablename::text, indexdef from pg_indexes where tablename = any(%s)
union all
select conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
where conrelid::regclass::text = any(%s)
union all
select adrelid::regclass::text, pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid::regclass::text = any(%s)
order by 1, 2
"""
ROWS = [
    row("H1", 1, id_kind="nid17", id_number="19601234567890123"),
    row("H1", 2, account_kind="mfs", account_provider="bkash", account_number="01712345678"),
    *household("H2"),
    row("H3", 1, id_kind="nid10", id_number="1234567890", name_en='"Quote", comma', address="গ্রাম, পাড়া"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "INDEXES_FROM", 1)


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each load, whether it had the tables for itself."""
    seen: list[bool] = []
    original = first_load.set_aside

    def watched(*args: Any) -> first_load.Aside:
        aside = original(*args)
        seen.append(aside.whole)
        return aside

    monkeypatch.setattr(actions, "set_aside", watched)
    return seen


def keys() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [actions.TABLES] * 3)
        return cursor.fetchall()


def content() -> list[list[tuple[Any, ...]]]:
    """What was loaded, without ids and seals, which differ from load to load."""
    people = Person.objects.order_by("household__reference", "line_no")
    homes = Household.objects.order_by("reference")
    return [
        list(homes.values_list("reference", "area_code", "address_bn", "rooms", "fingerprint", "upload_id")),
        list(people.values_list("household__reference", "line_no", "name_bn", "name_en", "birth_date", "upload_id")),
        list(Membership.objects.order_by("person__household__reference", "person__line_no").values_list("relation")),
        list(Identity.objects.order_by("kind").values_list("person__line_no", "kind", "digest")),
        list(Account.objects.values_list("person__line_no", "provider", "digest", "holder_name")),
    ]


@contextmanager
def reader() -> Iterator[None]:
    """Somebody else's transaction that has read the table of people and still goes on."""
    params = connection.get_connection_params()
    kept = {name: params[name] for name in ("dbname", "host", "user", "port", "password") if params.get(name)}
    with psycopg.connect(**kept) as other:
        other.execute("select count(*) from registry_person")
        yield


def test_keys_and_defaults_are_back_and_the_rows_are_the_same(checked, dropped, monkeypatch):
    upload, before = checked(ROWS), keys()
    monkeypatch.setattr(actions, "INDEXES_FROM", 1_000_000)
    undo = transaction.savepoint()
    actions.admit(upload=upload, by=OPERATOR)
    row_by_row = content()
    transaction.savepoint_rollback(undo)
    monkeypatch.setattr(actions, "INDEXES_FROM", 1)
    actions.admit(upload=upload, by=OPERATOR)
    assert dropped == [True]
    assert content() == row_by_row
    assert all(one.recorded_at for one in [*Person.objects.all(), *Household.objects.all()])
    assert keys() == before
    assert len(before) > 30


def test_a_later_smaller_load_leaves_the_tables_to_the_readers(checked, dropped):
    actions.admit(upload=checked(ROWS), by=OPERATOR)
    actions.admit(upload=checked(household("H9")), by=OPERATOR)
    assert dropped == [True, False]
    assert Person.objects.filter(household__reference="H9", household__area_code=UNION).count() == 3


def test_a_load_that_breaks_leaves_indexes_and_no_rows(checked, dropped, monkeypatch):
    upload, before = checked(ROWS), keys()

    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "_finish", broken)
    with pytest.raises(ZeroDivisionError):
        actions.admit(upload=upload, by=OPERATOR)
    assert dropped == [True]
    assert Person.objects.count() == 0
    assert keys() == before


def test_a_reader_who_stays_is_not_waited_for(checked, dropped, monkeypatch):
    monkeypatch.setattr(first_load, "PATIENCE", "50ms")
    upload = checked(ROWS)
    with reader():
        counts = actions.admit(upload=upload, by=OPERATOR)
    assert dropped == [False]
    assert (counts["persons"], Person.objects.count()) == (6, 6)
    with connection.cursor() as cursor:
        cursor.execute("show lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_where_row_checks_stay_the_load_is_as_right(checked, dropped, monkeypatch):
    monkeypatch.setattr(actions, "_without_row_checks", lambda cursor: False)
    actions.admit(upload=checked(ROWS), by=OPERATOR)
    assert dropped == []
    assert Person.objects.count() == Membership.objects.count() == 6
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # the keys to households that came after the people hold
