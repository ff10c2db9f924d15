"""A database in which commits are real, for what runs in other threads and processes; emptied afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

# tables with a trigger of ours on TRUNCATE (bit 5 of tgtype)
GUARDED = "select distinct tgrelid::regclass::text from pg_trigger where not tgisinternal and tgtype & 32 > 0"


def _triggers(what: str) -> None:
    """The log and the ledger refuse to be emptied; emptying the test database is the one time they must not."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        for (table,) in cursor.fetchall():
            cursor.execute(f"alter table {table} {what} trigger user")


@pytest.fixture
def _guards_back(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _triggers("enable")


@pytest.fixture
def committed(_guards_back: None, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # the threads of a worker must not keep connections to a database that will be dropped
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from procrastinate_events; delete from procrastinate_jobs; delete from procrastinate_workers"
        )
    _triggers("disable")
