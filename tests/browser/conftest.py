"""A real server and a real browser.

``site`` is a web process of its own on loopback, with a database of its own inside the PostgreSQL of the tests,
filled with the reference data and the demo officers. It is not the test's process: a flush between tests would not
pass the tables that refuse to be emptied, and Playwright's event loop would forbid Django's ORM beside it.

    def test_x(visit, axe): page = visit("/", width=360, language="bn"); axe(page)
    def test_y(office, axe): page = office("finance", "/office/ledger/", language="en")
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psycopg
import pytest

from shohay.stages.accounts.actions import DEMO_PASSWORD
from tests import databases

CHROMIUM = os.environ.get("SHOHAY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
DEMO_UPAZILAS = '["554952", "504130"]'
MAKE_OFFICERS = f"""
from shohay.cli.ready import ready; ready()
from shohay.stages.accounts.actions import demo_officers
from shohay.stages.accounts.officer import SYSTEM
demo_officers(upazilas={DEMO_UPAZILAS}, by=SYSTEM)
"""


def pytest_itemcollected(item: pytest.Item) -> None:
    if Path(__file__).parent in item.path.parents:
        item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """A running server: ``url``, and ``run`` for a command of it (``site.run("-m", "shohay.cli.main", "load", ...)``)."""

    url: str
    environment: dict[str, str]
    folder: Path

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def shohay(self, *arguments: str) -> str:
        """A ``shohay`` command on the database of the site."""
        return self.run("-c", "from shohay.cli.main import app; app()", *arguments)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Site]:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed: apt-get install chromium, or set SHOHAY_CHROMIUM to its path")
    folder = tmp_path_factory.mktemp("site")
    (folder / "static").mkdir()
    name = f"shohay_browser_{os.getpid()}"
    owner = os.environ["DATABASE_URL"]
    with django_db_blocker.unblock(), psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f'create database "{name}" template {databases.with_reference()}')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ, "SHOHAY_VAR": str(folder), "SHOHAY_SYNTHETIC": "1", "PYTHONWARNINGS": "ignore",
        "DATABASE_URL": owner.replace(psycopg.conninfo.conninfo_to_dict(owner)["dbname"], name, 1),
    }  # fmt: skip
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    made = Site(f"http://127.0.0.1:{port}", environment, folder)
    made.run("-c", MAKE_OFFICERS)
    server = _serve(made, port)
    try:
        yield made
    finally:
        server.terminate()
        server.wait(timeout=20)
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(f'drop database "{name}" with (force)')


def _serve(site: Site, port: int) -> subprocess.Popen[bytes]:
    """The web process, once it answers."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "error",
               "shohay.config.wsgi"]  # fmt: skip
    server = subprocess.Popen(command, env=site.environment, cwd=site.folder)
    for _ in range(200):
        try:
            with urlopen(f"{site.url}/sources/", timeout=5):
                return server
        except OSError:
            assert server.poll() is None, "the web process ended at once"
            time.sleep(0.1)
    server.kill()
    raise AssertionError("the web process did not answer within twenty seconds")


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Any]:
    """Chromium. Of the module, not the session: its event loop must be gone before other tests use the ORM."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(site: Site, browser: Any) -> Iterator[Callable[..., Any]]:
    """``visit(path, width=1280, language="bn", script=True)`` opens a page in a fresh browser; a message on the
    console or an error of a script fails the test."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def at(path: str, *, width: int = 1280, language: str = "bn", script: bool = True) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if line.type in ("error", "warning") else None)
        page.goto(site.url + path)
        return page

    yield at
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def office(visit: Callable[..., Any], site: Site) -> Callable[..., Any]:
    """``office("finance", "/office/ledger/", width=…, language=…)``: a page as a demo officer sees it."""

    def at(username: str, path: str = "/office/", **how: Any) -> Any:
        page = visit("/office/sign-in", **how)
        page.fill("#id_username", username)
        page.fill("#id_password", DEMO_PASSWORD)
        page.click("main form button.btn-primary")
        page.wait_for_url(f"{site.url}/office/**")
        if path != "/office/":
            page.goto(site.url + path)
        return page

    return at


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], None]:
    """``axe(page)`` fails on any breach of the accessibility rules, and on a page wider than its window."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Any) -> None:
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], page.url
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{page.url} is {wider} pixels wider than its window"

    return check
