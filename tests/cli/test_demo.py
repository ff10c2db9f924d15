"""The demo ends its chain from nothing, goes on after being killed, and serves what it counted."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psycopg
import pytest
from typer.testing import CliRunner

from shohay.cli import demo
from shohay.cli.chain import STEPS, step_named
from shohay.cli.main import app
from shohay.cli.world import World
from shohay.config import postgres
from shohay.core.bangla import group
from shohay.stages.audit.models import Work
from shohay.stages.results.queries import CHAIN, chain_steps
from tests.conftest import TEST_VAR

SHOHAY = str(Path(sys.executable).with_name("shohay"))
HOUSEHOLDS = "400"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Place:
    """A database, a folder and a bank of its own."""

    def __init__(self, name: str, var: Path) -> None:
        self.var, self.address = var, postgres.url(TEST_VAR, name)
        self.environment = {
            **os.environ, "DATABASE_URL": self.address, "SHOHAY_VAR": str(var),
            "SHOHAY_BANK_URL": f"http://127.0.0.1:{free_port()}", "SHOHAY_LANGUAGE": "en",
        }  # fmt: skip

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [SHOHAY, *arguments], env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        child = self.start(*arguments)
        said, _ = child.communicate(timeout=900)
        return child.returncode, said

    def ask(self, question: str) -> int:
        with psycopg.connect(self.address) as database:
            row = database.execute(question).fetchone()
        return int(row[0]) if row else 0


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    name = f"demo_{os.getpid()}"
    with psycopg.connect(postgres.url(TEST_VAR, "postgres"), autocommit=True) as server:
        server.execute(f"create database {name}")
        made = Place(name, tmp_path)
        yield made
        made.run("bank", "stop")
        server.execute(f"drop database if exists {name} with (force)")


@pytest.mark.heavy
def test_killed_at_a_dozen_moments_it_completes_and_every_number_fits(place: Place):
    """kill -9 as each third link begins; in the end the chain is whole, paid once, and the log holds."""
    arguments = ("demo", "--households", HOUSEHOLDS, "--no-serve")
    for step in STEPS[1::3]:
        child = place.start(*arguments)
        wait_until_begun(place, step.code, child)
        child.send_signal(signal.SIGKILL)
        child.communicate()
    code, said = place.run(*arguments)
    assert code == 0, said
    steps = json.loads((place.var / "demo.json").read_text())
    assert [row["step"] for row in steps] == [step.code for step in STEPS]
    # of so few households nobody may have reached the end of a benefit
    assert [row["step"] for row in steps if not row["rows_out"] and row["step"] != "transitions"] == []
    assert [set(row) for row in steps] == [{"step", "rows_in", "rows_out", "seconds"}] * len(STEPS)
    by = {row["step"]: row for row in steps}
    assert by["admit"]["rows_out"] == place.ask("select count(*) from registry_person")
    assert by["enrol"]["rows_out"] == place.ask("select count(*) from enrolment_enrolment")
    assert by["reconcile"]["rows_out"] == place.ask("select count(*) from payments_payment")
    assert place.ask("select count(*) from payments_payment where state in ('due', 'sent', 'accepted')") == 0
    assert place.ask("select count(*) from linkage_merge where proposed_by <> 'matcher'") == 1
    assert place.run("audit", "verify")[0] == 0
    assert place.run("replay", "D1")[0] == 0
    assert place.run("replay", "P1")[0] == 0
    assert place.run("check", "reference")[0] == 0
    code, said = place.run(*arguments)
    assert (code, "done already" in said) == (0, True)


def wait_until_begun(place: Place, code: str, child: subprocess.Popen[str]) -> None:
    """Until the link has a row that says it is at work."""
    until = time.monotonic() + 300
    while time.monotonic() < until and child.poll() is None:
        try:
            if place.ask(f"select count(*) from audit_work where name = '{CHAIN}' and subject = '{code}'"):
                return
        except psycopg.errors.UndefinedTable:
            pass
        time.sleep(0.05)
    raise AssertionError(f"{code} did not begin")


@pytest.mark.heavy
def test_it_serves_web_worker_and_bank_until_it_is_told_to_end(place: Place):
    port = free_port()
    child = place.start("demo", "--households", HOUSEHOLDS, "--address", f"127.0.0.1:{port}")
    assert child.stdout is not None
    said: list[str] = []
    for line in child.stdout:
        said.append(line)
        if "auditor" in line:
            break
    assert "shohay-demo-2026" in "".join(said)
    the_screens_show_the_numbers(place, f"http://127.0.0.1:{port}")
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=60)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def the_screens_show_the_numbers(place: Place, site: str) -> None:
    """What demo.json counts is what the Cabinet Division's officer and everybody read, and what the database holds."""
    steps = json.loads((place.var / "demo.json").read_text())
    browser = build_opener(HTTPCookieProcessor(CookieJar()))

    def page(path: str, **sent: str) -> str:
        asked = Request(site + path, data=urlencode(sent).encode() if sent else None, headers={"Referer": site})
        return browser.open(asked, timeout=60).read().decode()

    token = re.findall(r'name="csrfmiddlewaretoken" value="(.*?)"', page("/office/sign-in?lang=en"))[0]
    page("/office/sign-in", username="cabinet", password="shohay-demo-2026", csrfmiddlewaretoken=token)
    cells = r'<td class="number">(.*?)</td><td class="number">(.*?)</td><td class="number">'
    shown = re.findall(rf'<td class="text">.*?</td>{cells}', page("/office/chain/"))
    assert shown == [(group(row["rows_in"]), group(row["rows_out"])) for row in steps]
    by = {row["step"]: row["rows_out"] for row in steps}
    for dashboard in (page("/dashboard/"), page("/office/dashboard/")):
        text = re.sub(r"<[^>]+>", " ", dashboard)
        assert re.search(rf"(?<![\d,]){group(by['reconcile'])}(?![\d,])", text)
    figure = "select value from results_figure where name = '{}' and area_code = programme_code and \"group\" = ''"
    twice = place.ask("select count(*) from registry_person where duplicate_of_id is not null")
    for name, counted in (
        ("persons", by["admit"] - twice), ("applied", by["applications"]), ("enrolled", by["enrol"]),
        ("payments", by["reconcile"]),
    ):  # fmt: skip
        assert place.ask(figure.format(name)) == counted, name


@pytest.mark.django_db
def test_only_what_has_not_ended_is_done_again():
    for step in STEPS[:3]:
        Work.objects.create(name=CHAIN, subject=step.code, state="done", started_by="system", result={"seconds": 1})
    Work.objects.create(name=CHAIN, subject=STEPS[3].code, state="running", started_by="system")
    assert [step.code for step in demo._missing()] == [step.code for step in STEPS[3:]]
    assert [row["step"] for row in chain_steps()] == [step.code for step in STEPS[:3]]


@pytest.mark.django_db
def test_another_population_in_the_same_folder_is_refused():
    world = demo._world(500, 7)
    assert (world.households, world.seed) == (500, 7)
    assert demo._world(500, 7).today == world.today
    told = CliRunner().invoke(app, ["demo", "--households", "600", "--seed", "7", "--no-serve"])
    assert told.exit_code == 1
    assert "500 households" in told.output


@pytest.mark.django_db
def test_where_people_are_real_there_is_no_demo(settings):
    settings.SYNTHETIC = False
    told = CliRunner().invoke(app, ["demo", "--no-serve"])
    assert told.exit_code == 1
    assert "do not exist" in told.output


def test_every_link_has_a_name_in_both_languages():
    codes = [step.code for step in STEPS]
    assert len(set(codes)) == len(codes)
    for step in STEPS:
        assert step_named(step.code) is step
        assert any("\u0980" <= letter <= "\u09ff" for letter in step.bn)
        assert step.en.isascii()
    assert step_named("nothing") is None


@pytest.mark.parametrize(
    ("today", "first", "end"),
    [("2026-11-22", "2026-07-01", "2026-10-01"), ("2027-01-01", "2026-10-01", "2027-01-01"),
     ("2026-03-31", "2025-10-01", "2026-01-01"), ("2026-07-01", "2026-04-01", "2026-07-01")],
)  # fmt: skip
def test_the_last_whole_quarter_is_paid(today: str, first: str, end: str, tmp_path: Path):
    from datetime import date

    world = World(100, 1, date.fromisoformat(today), tmp_path, "")
    assert (world.quarter.first.isoformat(), world.quarter.end.isoformat()) == (first, end)
    month = world.period("monthly")
    assert (month.months, month.end) == (1, world.quarter.end)
