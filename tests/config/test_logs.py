"""Neither our log nor PostgreSQL's quotes a person when something breaks."""

from __future__ import annotations

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.utils import DataError
from django.utils.module_loading import import_string

from shohay.config.logs import Line, without_values
from shohay.stages.registry.models import Person
from tests.conftest import TEST_VAR
from tests.factories.world import UNION_HERE, make_person

NAME, NUMBER = "রহিমা-নামটি-থাকে-না", "19601234567890123"


def broken_row() -> None:
    """A second person on the same line of a household: PostgreSQL quotes the key in its DETAIL."""
    first = make_person(UNION_HERE, name_bn=NAME)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into registry_person select (p).* from (select p from registry_person p where id = %s) x",
            [first.pk],
        )


def written(failed: object, said: str = "work %s broke") -> str:
    """The line as the settings ask for it: every handler has the one formatter, and that is ours."""
    asked = settings.LOGGING["formatters"]
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == set(asked) == {"line"}
    assert import_string(asked["line"]["()"]) is Line
    record = logging.LogRecord("shohay", logging.ERROR, __file__, 1, said, (7,), failed)
    return Line(asked["line"]["format"]).format(record)


@pytest.mark.django_db
def test_a_traceback_in_our_log_leaves_the_row_out():
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "create temporary table t (name text, age int check (age > 0)); insert into t values (%s, 0)", [NAME]
            )
    except IntegrityError:
        failed = sys.exc_info()
    assert NAME in str(failed[1])  # PostgreSQL does say it
    line = written(failed)
    assert "work 7 broke" in line
    assert "violates check constraint" in line
    assert "Traceback" in line
    assert NAME not in line


@pytest.mark.django_db
def test_nor_the_value_that_does_not_fit():
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select %s::date", [NUMBER + "x"])
    except DataError:
        failed = sys.exc_info()
    line = written(failed)
    assert "date" in line
    assert NUMBER not in line


@pytest.mark.django_db
def test_the_log_of_the_private_postgresql_leaves_row_and_statement_out():
    log = TEST_VAR / "postgres" / "server.log"
    before = log.stat().st_size
    with pytest.raises(IntegrityError), transaction.atomic():
        broken_row()
    with pytest.raises(DataError), transaction.atomic():
        list(Person.objects.extra(where=[f"name_bn = '{NAME}' and birth_date > '{NUMBER}'"]))
    with log.open(encoding="utf-8") as file:
        file.seek(before)
        said = file.read()
    assert "violates unique constraint" in said
    assert NAME not in said
    assert "insert into" not in said


def test_an_ordinary_line_is_left_as_it_is():
    assert without_values('14 rows: list "OAA" done') == '14 rows: list "OAA" done'
    hinted = "psycopg.Error: no\nDETAIL:  Failing row contains (ক).\nHINT:  Ask another officer."
    assert without_values(hinted) == "psycopg.Error: no\nHINT:  Ask another officer."
    two = "Traceback one\npsycopg.Error: no\nDETAIL:  Failing row contains (ক,\nখ).\n\nDuring handling\nTraceback two"
    assert without_values(two) == "Traceback one\npsycopg.Error: no\n\nDuring handling\nTraceback two"
