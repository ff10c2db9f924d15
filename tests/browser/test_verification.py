"""Verification in a browser: started on the page, carried out by a worker against a pretended party, worked through."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.adapters import parties
from tests.household_files import row

UPAZILA, UNION = "554952", "55495217"
FILL = """
from shohay.cli.ready import ready; ready()
from django.conf import settings
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.intake import actions as intake
from shohay.stages.registry import actions
upload = intake.receive(data=settings.VAR / "verify" / "households.csv", file_name="v.csv", area_code="", by=SYSTEM)
actions.admit(upload=intake.check(upload=upload, by=SYSTEM), by=SYSTEM)
"""
WORK = """
from shohay.cli.ready import ready; ready()
from procrastinate.contrib.django import app
with app.replace_connector(app.connector.get_worker_connector()):
    app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, queues=["work"])
"""


@pytest.fixture(scope="module")
def asked_about(site: Any) -> Path:
    """Eight people of one union; the commission knows another birth date of one of them."""
    rows = [
        row(f"V{n}", 1, union_code=UNION, id_kind="nid10", id_number=f"{5550000000 + n}", birth_date="1955-01-05")
        for n in range(8)
    ]
    truth = [{"kind": "wrong_age", "household_reference": "V3", "line_no": 1, "detail": "1963-06-05"}]
    world = parties.make_world(site.folder / "verify", rows, truth)
    site.run("-c", FILL)
    return world


@pytest.mark.heavy
@pytest.mark.parametrize(("language", "width"), [("bn", 360), pytest.param("en", 1280, marks=pytest.mark.heavy)])
def test_started_on_the_page_and_worked_through(office, axe, site, asked_about, language, width):
    # the second language asks another party, since the answers of the first still count
    party = {"bn": "nid", "en": "civil_registration"}[language]
    page = office("upazila", "/office/verification/", language=language, width=width)
    axe(page)
    page.check(f"input[name=party][value={party}]")
    page.select_option("select[name=area]", UNION)
    page.click("main form[action$='/verification/start'] button")
    page.wait_for_url("**/office/verification/*/")
    assert page.locator(".job").count() == 1
    with parties.running(party, asked_about) as simulator:
        environment = {
            **site.environment, f"SHOHAY_PARTY_{party.upper()}_URL": simulator.url, "SHOHAY_PARTY_KEY": parties.KEY,
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", WORK], env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr[-2000:]
        assert simulator.counts["records"] == 8
    page.reload()
    tiles = page.locator(".tile .value").all_inner_texts()
    assert tiles[:2] == (["৮", "৮"] if language == "bn" else ["8", "8"])
    axe(page)
    page.goto(f"{site.url}/office/findings/?source={party}&code=birth_date_differs")
    axe(page)
    page.click("main table a >> nth=0")
    axe(page)
    page.check("input[name=decision][value=referred]")
    page.fill("textarea[name=note]", "card seen, letter sent")
    page.click("main form[action$='/decide'] button")
    page.wait_for_url("**/office/findings/")
    assert page.locator(".messages, [role=status]").count() >= 1


def test_the_environment_is_that_of_the_site(site):
    """The worker above must not reach the database of the tests themselves."""
    assert site.environment["DATABASE_URL"] != os.environ["DATABASE_URL"]
