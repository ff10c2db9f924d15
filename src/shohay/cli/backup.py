"""shohay backup, restore: the database and the files it speaks of, in one encrypted file (age format).

The keys that open identity numbers are not in it unless asked for: whoever finds a backup and its key should still
not read a single number. The backup's own key is an age identity; give the public part of one kept elsewhere with
``--recipient``. Without one (never in production) a key is made once and kept in VAR/secrets/backup.key.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from shohay.cli.ready import ready

FORMAT = 1
LEFT_OUT = {"postgres", "postgres.lock", "tmp", "static", "secrets"}
BLOCK = 1 << 20
OLDEST = 18  # pg_dump refuses a server newer than itself


def register(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write; must not exist.")],
    recipient: Annotated[str, typer.Option(envvar="SHOHAY_BACKUP_RECIPIENT", help="age1...: who can open it.")] = "",
    with_keys: Annotated[bool, typer.Option(help="Put the keys of identity numbers in as well.")] = False,
) -> None:
    """Write database and files to FILE, encrypted."""
    ready()
    from django.conf import settings

    to = _recipient(settings, recipient)
    if file.exists():
        _stop(f"{file} exists; give another name")
    # the database first: files are never changed, so every file that the dump speaks of is there afterwards
    with tempfile.TemporaryDirectory(dir=_folder(settings.VAR)) as place:
        dump = Path(place) / "database.dump"
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}", _address(settings))
        unfinished = file.with_name(file.name + ".part")
        with unfinished.open("wb") as sealed:
            os.chmod(unfinished, 0o600)
            _encrypt(lambda sink: _write_tar(sink, settings, dump, with_keys), sealed, to)
        unfinished.rename(file)
    typer.echo(f"{file}\t{file.stat().st_size} bytes")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `shohay backup` wrote.")],
    key: Annotated[Path | None, typer.Option(help="File with the age identity that opens it.")] = None,
    force: Annotated[bool, typer.Option(help="Replace a database that holds events.")] = False,
) -> None:
    """Put database and files back as they were."""
    ready()
    from django.conf import settings

    if not force and _events(settings):
        _stop("this database holds events already; use --force to replace it")
    with tempfile.TemporaryDirectory(dir=_folder(settings.VAR)) as place:
        folder = Path(place)
        _decrypt(file, _identity(settings, key), folder)
        manifest = json.loads((folder / "manifest.json").read_text())
        if manifest["format"] != FORMAT:
            _stop(f"this backup has format {manifest['format']}, this version reads {FORMAT}")
        if not manifest["with_keys"] and manifest["keys"] != _fingerprint(settings):
            _stop("the keys here are not those of the backup: put back SHOHAY_KEY_RING, SHOHAY_DIGEST_KEY first")
        _restore_database(settings, folder / "database.dump")
        _restore_files(folder / "var", settings.VAR)
    typer.echo(f"restored: {manifest['made_at']}, {_events(settings)} events")


def _write_tar(sink: BinaryIO, settings: Any, dump: Path, with_keys: bool) -> None:
    """Manifest, dump and files as one tar stream."""
    manifest = {
        "format": FORMAT, "made_at": datetime.now(UTC).isoformat(),
        "keys": _fingerprint(settings), "with_keys": with_keys,
    }  # fmt: skip
    note = dump.with_name("manifest.json")
    note.write_text(json.dumps(manifest))
    with tarfile.open(fileobj=sink, mode="w|") as tar:
        tar.add(note, "manifest.json")
        tar.add(dump, "database.dump")
        left_out = LEFT_OUT - ({"secrets"} if with_keys else set())
        for path in sorted(settings.VAR.iterdir()):
            if path.name not in left_out:
                tar.add(path, f"var/{path.name}", filter=_without_backup_key)


def _without_backup_key(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if member.name == "var/secrets/backup.key" else member


def _restore_database(settings: Any, dump: Path) -> None:
    """Fill a new database beside the old one, then change their places: a failure leaves the old one."""
    import psycopg
    from psycopg import sql

    name = settings.DATABASES["default"]["NAME"]
    fresh = f"{name}_restored"
    with psycopg.connect(_address(settings, "postgres"), autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(fresh)))
        server.execute(sql.SQL("create database {}").format(sql.Identifier(fresh)))
        server.execute(_web_role())
    _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={_address(settings, fresh)}", str(dump))
    with psycopg.connect(_address(settings, fresh), autocommit=True) as database:
        database.execute(_web_role())
    with psycopg.connect(_address(settings, "postgres"), autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        server.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(fresh), sql.Identifier(name)))


def _web_role() -> str:
    from shohay.stages.accounts.rls import CREATE_ROLE

    return CREATE_ROLE


def _restore_files(source: Path, var: Path) -> None:
    """Move the files into place; one that is there already is the same one, its name being its hash."""
    if not source.is_dir():
        return
    for path in sorted(source.rglob("*")):
        target = var / path.relative_to(source)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            shutil.move(path, target)


def _encrypt(write: Callable[[BinaryIO], None], sealed: BinaryIO, recipient: Any) -> None:
    """Stream what ``write`` writes into ``sealed``; the open text never touches the disk."""
    import pyrage

    with _pipe(write) as source:
        pyrage.encrypt_io(source, sealed, [recipient])


def _decrypt(file: Path, identity: Any, folder: Path) -> None:
    import pyrage

    def write(sink: BinaryIO) -> None:
        with file.open("rb") as sealed:
            pyrage.decrypt_io(sealed, sink, [identity])

    with _pipe(write) as source, tarfile.open(fileobj=source, mode="r|") as tar:
        for member in tar:
            _extract(tar, member, folder)


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """One member, below ``folder``. Debian 12's Python 3.11.2 has no extraction filter, so the rule stands here too."""
    parts = Path(member.name).parts
    if not (member.isfile() or member.isdir()) or member.name.startswith("/") or ".." in parts:
        _stop(f"the backup holds {member.name!r}, which no backup of ours holds; nothing was restored")
    if hasattr(tarfile, "data_filter"):
        tar.extract(member, folder, filter="data")
    else:
        tar.extract(member, folder, set_attrs=False)


@contextmanager
def _pipe(write: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """A reader of what ``write`` writes in a thread of its own; its failure is raised here."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            with os.fdopen(writing, "wb", BLOCK) as sink:
                write(sink)
        except BaseException as error:  # raised again below, in the thread that waits
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        with os.fdopen(reading, "rb", BLOCK) as source:
            yield source
            while source.read(BLOCK):  # tar ends before the padding does
                pass
    except BaseException:
        thread.join()
        # a reader that gives up breaks the writer's pipe: then its own failure is the one to tell
        if failed and not isinstance(failed[0], BrokenPipeError):
            raise failed[0] from None
        raise
    thread.join()
    if failed:
        raise failed[0]


def _recipient(settings: Any, recipient: str) -> Any:
    from pyrage import x25519

    if recipient:
        return x25519.Recipient.from_str(recipient)
    if settings.PRODUCTION:
        _stop("give --recipient age1...: a backup that only this server can open is no backup")
    path = settings.VAR / "secrets" / "backup.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(str(x25519.Identity.generate()))
        typer.echo(f"keep a copy of {path} elsewhere: only it opens this backup", err=True)
    return x25519.Identity.from_str(path.read_text().strip()).to_public()


def _identity(settings: Any, key: Path | None) -> Any:
    from pyrage import x25519

    path = key or settings.VAR / "secrets" / "backup.key"
    if not path.exists():
        _stop(f"{path} is not there; give the key file of the backup with --key")
    lines = [line for line in path.read_text().split() if line.startswith("AGE-SECRET-KEY-")]
    return x25519.Identity.from_str(lines[0])


def _fingerprint(settings: Any) -> str:
    """Tells whether two places hold the same keys, and nothing about the keys."""
    from shohay.bulk import sealing

    made = sealing.kept(settings.KEY_FOLDER) if settings.KEY_FOLDER else None
    ring, digest = (made.text, made.digest_key) if made else (settings.KEY_RING, settings.DIGEST_KEY)
    return hashlib.sha256(f"{ring} {digest}".encode()).hexdigest()[:16]


def _events(settings: Any) -> int:
    """Events in the audit log; 0 where there is no table yet."""
    import psycopg

    with psycopg.connect(_address(settings)) as database:
        table = database.execute("select to_regclass('audit_event')").fetchone()
        if table is None or table[0] is None:
            return 0
        row = database.execute("select count(*) from audit_event").fetchone()
    return row[0] if row else 0


def _address(settings: Any, name: str = "") -> str:
    """The database as a connection string; another database of the same server when named."""
    from psycopg.conninfo import make_conninfo

    found = settings.DATABASES["default"]
    wanted = {
        "host": found["HOST"], "port": found["PORT"], "user": found["USER"], "dbname": name or found["NAME"],
        **found.get("OPTIONS", {}),
    }  # fmt: skip
    if found["PASSWORD"]:  # libpq reads it here; on a command line everybody on the machine could
        os.environ["PGPASSWORD"] = found["PASSWORD"]
    return make_conninfo(**{key: value for key, value in wanted.items() if value not in ("", None)})


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL."""
    try:
        subprocess.run([_program(program), *arguments], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        _stop(f"{program}: {error.stderr.strip()[-2000:]}")


def _program(name: str) -> str:
    """The one on the path when it is of PostgreSQL 18 or later (it speaks TLS), else the private server's."""
    if found := shutil.which(name):
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        version = re.search(r"\) (\d+)", said)
        if version and int(version[1]) >= OLDEST:
            return found
    return str(import_module("shohay.config.postgres").binaries() / name)


def _folder(var: Path) -> Path:
    folder = var / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _stop(text: str) -> None:
    typer.echo(text, err=True)
    raise typer.Exit(1)
