"""A private PostgreSQL for the tests, sockets closed but for loopback, and the things most tests need."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

os.environ["SHOHAY_SYNTHETIC"] = "1"
if "PYTEST_XDIST_WORKER" not in os.environ and "SHOHAY_TEST_VAR" not in os.environ:
    os.environ["SHOHAY_TEST_VAR"] = tempfile.mkdtemp(prefix="shohay-test-")
TEST_VAR = Path(os.environ["SHOHAY_TEST_VAR"])
# each worker has files of its own, all share one PostgreSQL
VAR = TEST_VAR / os.environ.get("PYTEST_XDIST_WORKER", "main")
(VAR / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
os.environ["SHOHAY_VAR"] = str(VAR)
# here and not in pyproject.toml: pytest-django would read the settings before the lines above said where things are
os.environ["DJANGO_SETTINGS_MODULE"] = "shohay.config.settings"

from shohay.config import postgres  # noqa: E402

if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = postgres.url(TEST_VAR)

FAST_AND_LOOSE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "256MB"}
REAL_CONNECT = socket.socket.connect

django.setup()
# a good hash of a password takes a tenth of a second on purpose; sign-ins in a browser still make the real ones
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


from tests import databases  # noqa: E402 - it needs Django set up, and the folder above

small_world, in_small_world, world = databases.small_world, databases.in_small_world, databases.world


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        postgres.start(TEST_VAR, FAST_AND_LOOSE)
        _create_web_role()
        if config.getoption("dist", "no") != "no":
            # workers inherit the environment, and pytest-django would read the settings before this file gave the
            # worker files of its own
            del os.environ["DJANGO_SETTINGS_MODULE"]


def _create_web_role() -> None:
    """Roles belong to the whole server: two workers that migrate at once must not both make it."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("create role shohay_web nologin")


# one worker runs all of these: another would start a browser, make a population or an installation anew
TOGETHER = (
    "tests/browser/",
    "tests/bulk/spark/",
    "tests/bulk/synth/",
    "tests/bulk/test_determination.py",
    "tests/cli/test_backup.py",
)


class Together(LoadScopeScheduling):
    """Each test by itself, but for those TOGETHER. (xdist's groups change a name that pytest 9 no longer reads.)"""

    def _split_scope(self, nodeid: str) -> str:
        return next((part for part in TOGETHER if nodeid.startswith(part)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        postgres.stop(TEST_VAR)
        shutil.rmtree(TEST_VAR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """Each worker's database is a copy of one that is migrated once."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated()


def _only_loopback(self: socket.socket, address: object) -> None:
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise RuntimeError(f"tests may not reach {address}")
    REAL_CONNECT(self, address)


@pytest.fixture(autouse=True)
def closed_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing outside this machine answers a test."""
    monkeypatch.setattr(socket.socket, "connect", _only_loopback)


@pytest.fixture(autouse=True)
def bangla_first() -> None:
    """A page that an earlier test read in English leaves its language behind in this thread."""
    translation.activate("bn")


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The documents beside the checkout; tests that need them are skipped where they are absent."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared, which this checkout does not have")
    return folder
