"""A row changed, taken out or cut off behind the back of the log is found, by its number."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError, ProgrammingError
from typer.testing import CliRunner

from shohay.cli.main import app
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.actions import record
from shohay.stages.audit.queries import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def events() -> None:
    for number in range(1, 6):
        record(action="list.approved", by=SYSTEM, subject=("list", number), detail={"selected": number, "নাম": "ক"})


def behind_its_back(statement: str) -> None:
    """What somebody with the database's password could do."""
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_event disable trigger append_only")
        cursor.execute(statement)
        cursor.execute("alter table audit_event enable trigger append_only")


def test_the_untouched_log_holds():
    assert verify() == (5, None, "")


@pytest.mark.parametrize(
    ("statement", "seq", "problem"),
    [
        ("update audit_event set detail = jsonb_set(detail, '{selected}', '9') where seq = 3", 3, "changed"),
        ("update audit_event set actor = 'somebody' where seq = 1", 1, "changed"),
        ("update audit_event set at = at + interval '1 second' where seq = 5", 5, "changed"),
        ("delete from audit_event where seq = 2", 2, "missing"),
        ("delete from audit_event where seq = 5", 5, "cut_off"),
        ("update audit_event set hash = repeat('a', 64) where seq = 4", 4, "changed"),
    ],
)
def test_what_was_done_behind_its_back_is_found_by_number(statement: str, seq: int, problem: str):
    behind_its_back(statement)
    found = verify()
    assert (found.broken_at, found.problem) == (seq, problem)
    told = CliRunner().invoke(app, ["audit", "verify"])
    assert told.exit_code == 1
    assert told.stdout.startswith(f"{seq}\t{problem}\t")


def test_the_command_says_that_the_log_is_whole():
    told = CliRunner().invoke(app, ["audit", "verify"], env={"SHOHAY_LANGUAGE": "en"})
    assert (told.exit_code, told.stdout) == (0, "whole: 5 events\n")


@pytest.mark.parametrize(
    "statement",
    ["update audit_event set actor = 'x'", "delete from audit_event", "truncate audit_event"],
)
def test_the_database_refuses_to_change_the_log(statement: str):
    with pytest.raises((InternalError, ProgrammingError), match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert verify().events == 5
