"""The database and the schema are there, and every test process has files of its own."""

import os

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_postgresql_18_with_every_migration():
    assert connection.cursor().execute("show server_version").fetchone()[0].startswith("18")


@pytest.mark.parametrize("turn", range(4))
def test_files_of_its_own(turn: int):
    assert settings.VAR.name == os.environ.get("PYTEST_XDIST_WORKER", "main")
