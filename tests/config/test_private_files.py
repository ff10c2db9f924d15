"""What the commands write under VAR can be read by their user alone, whatever the shell's umask is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from shohay.config import postgres
from tests import databases
from tests.conftest import TEST_VAR
from tests.household_files import data, household

SHOHAY = str(Path(sys.executable).with_name("shohay"))
PLACES = """
from shohay.cli.ready import ready
ready()
from tests.stages.registry.conftest import make_places
make_places()
"""


@pytest.fixture
def office(tmp_path: Path, django_db_blocker):
    """A database and a folder of their own; commands run with an open umask."""
    name = f"private_{os.getpid()}"
    environment = {**os.environ, "DATABASE_URL": postgres.url(TEST_VAR, name), "SHOHAY_VAR": str(tmp_path / "var")}
    root = Path(__file__).resolve().parents[2]

    def run(*command: str) -> None:
        done = subprocess.run(
            ["sh", "-c", 'umask 022 && exec "$@"', "sh", *command], env=environment, cwd=root, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    with django_db_blocker.unblock():
        template = databases.migrated()
    with psycopg.connect(postgres.url(TEST_VAR, "postgres"), autocommit=True) as server:
        server.execute(f"create database {name} template {template}")
        yield run
        server.execute(f"drop database if exists {name} with (force)")


@pytest.mark.heavy
def test_uploads_and_snapshots_are_closed_to_others(office, tmp_path: Path):
    file = tmp_path / "file.csv"
    file.write_bytes(data(household("H1", id_kind="nid10", id_number="1234567890")))
    office(sys.executable, "-c", PLACES)
    office(SHOHAY, "import", str(file))
    office(SHOHAY, "snapshot")
    written = [path for path in (tmp_path / "var").rglob("*") if path.is_file()]
    assert {"names.parquet", "persons.parquet"} <= {path.name for path in written}
    assert [str(path) for path in written if path.stat().st_mode & 0o077] == []
