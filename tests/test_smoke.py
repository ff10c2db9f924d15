"""The database and the schema are there."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_postgresql_18_with_every_migration():
    assert connection.cursor().execute("show server_version").fetchone()[0].startswith("18")
