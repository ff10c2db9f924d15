"""What was backed up comes back: rows, files and keys; and only who holds the key can open it."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import psycopg
import pytest
import typer
from pyrage import x25519

from shohay.cli import backup
from shohay.config import postgres
from tests import databases
from tests.conftest import TEST_VAR

SHOHAY = str(Path(sys.executable).with_name("shohay"))
EVENT = """
from shohay.cli.ready import ready
ready()
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.actions import record
record(action="list.approved", by=SYSTEM, detail={"নাম": "রহিমা"})
"""


class Office:
    """An installation with a database and a folder of its own."""

    def __init__(self, name: str, var: Path) -> None:
        self.name, self.var = name, var
        self.environment = {
            **os.environ, "DATABASE_URL": postgres.url(TEST_VAR, name), "SHOHAY_VAR": str(var), "SHOHAY_LANGUAGE": "en",
        }  # fmt: skip

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(arguments, env=self.environment, capture_output=True, text=True, check=False)

    def shohay(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(SHOHAY, *arguments)


@contextmanager
def database(name: str, template: str = "template1") -> Iterator[str]:
    with psycopg.connect(postgres.url(TEST_VAR, "postgres"), autocommit=True) as server:
        server.execute(f"create database {name} template {template}")
        yield name
        for left in (name, f"{name}_restored"):
            server.execute(f"drop database if exists {left} with (force)")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Office]:
    """One that works, with an event and a file."""
    with django_db_blocker.unblock():
        template = databases.migrated()
    with database(f"backup_{os.getpid()}_first", template) as name:
        office = Office(name, tmp_path_factory.mktemp("first"))
        done = office.run(sys.executable, "-c", EVENT)
        assert done.returncode == 0, done.stderr
        (office.var / "intake").mkdir()
        (office.var / "intake" / "abc").write_bytes(b"rows")
        yield office


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Office]:
    """An empty one."""
    with database(f"backup_{os.getpid()}_second") as name:
        yield Office(name, tmp_path / "second")


def test_a_round_trip_brings_back_rows_files_and_keys(first: Office, second: Office, tmp_path: Path):
    file, key = tmp_path / "backup.age", x25519.Identity.generate()
    (tmp_path / "key").write_text(f"# created today\n{key}\n")
    made = first.shohay("backup", str(file), "--recipient", str(key.to_public()), "--with-keys")
    assert made.returncode == 0, made.stderr
    assert file.read_bytes().startswith(b"age-encryption.org")
    assert b"rows" not in file.read_bytes()
    back = second.shohay("restore", str(file), "--key", str(tmp_path / "key"))
    assert back.returncode == 0, back.stderr
    assert "1 events" in back.stdout
    assert second.shohay("audit", "verify").stdout == "whole: 1 events\n"
    assert (second.var / "intake" / "abc").read_bytes() == b"rows"
    assert (second.var / "secrets" / "seal_key").read_text() == (first.var / "secrets" / "seal_key").read_text()


@pytest.mark.heavy
def test_what_would_do_harm_is_refused_and_nothing_changes(first: Office, second: Office, tmp_path: Path):
    file = tmp_path / "backup.age"
    assert first.shohay("backup", str(file)).returncode == 0
    again = first.shohay("backup", str(file))
    assert (again.returncode, "exists" in again.stderr) == (1, True)
    full = first.shohay("restore", str(file))
    assert (full.returncode, "--force" in full.stderr) == (1, True)
    no_key = second.shohay("restore", str(file))
    assert (no_key.returncode, "--key" in no_key.stderr) == (1, True)
    # the keys of identity numbers are not in this backup, and the other office has others
    other = second.shohay("restore", str(file), "--key", str(first.var / "secrets" / "backup.key"))
    assert (other.returncode, "SHOHAY_KEY_RING" in other.stderr) == (1, True)
    assert "events" not in other.stdout
    assert first.shohay("audit", "verify").stdout == "whole: 1 events\n"


@pytest.mark.parametrize("with_filter", [True, False], ids=["this Python", "the 3.11.2 of Debian 12"])
def test_a_member_is_taken_out_below_the_folder_only(tmp_path: Path, monkeypatch, capsys, with_filter: bool):
    if not with_filter:
        monkeypatch.delattr(tarfile, "data_filter", raising=False)
    (tmp_path / "file").write_text("rows")
    out = tmp_path / "out"
    for name, ends_well in (("var/intake/abc", True), ("../abc", False), ("/abc", False), ("var/../../abc", False)):
        with tarfile.open(tmp_path / "one.tar", "w") as tar:
            member = tar.gettarinfo(tmp_path / "file")
            member.name = name
            tar.addfile(member, (tmp_path / "file").open("rb"))
        with tarfile.open(tmp_path / "one.tar") as tar, nullcontext() if ends_well else pytest.raises(typer.Exit):
            backup._extract(tar, tar.getmembers()[0], out)
    assert [path.read_text() for path in tmp_path.rglob("abc")] == ["rows"]
    assert "which no backup of ours holds" in capsys.readouterr().err


def test_what_broke_the_reader_is_told_not_the_pipe_that_it_left():
    def write(sink) -> None:
        while True:
            sink.write(b"x" * 1_000_000)

    with pytest.raises(ValueError, match="the true reason"), backup._pipe(write):
        raise ValueError("the true reason")
