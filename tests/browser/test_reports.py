"""The Cabinet Division makes a progress report on the page, opens it, and reads the dashboards of the reform."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WORK = """
from shohay.cli.ready import ready; ready()
from procrastinate.contrib.django import app
with app.replace_connector(app.connector.get_worker_connector()):
    app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, queues=["work"])
"""


@pytest.mark.heavy
def test_cabinet_makes_a_report_and_opens_it(office, axe, site):
    page = office("cabinet", "/office/reports/", language="bn", width=360)
    axe(page)
    page.select_option("select[name=year]", "2024-25")
    page.click("main form[action$='/reports/make'] button")
    page.wait_for_url("**/office/reports/")
    assert page.locator(".job").count() == 1
    done = subprocess.run([sys.executable, "-c", WORK], env={**site.environment, **os.environ, **site.environment},
                          capture_output=True, text=True, timeout=300, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    page.goto(f"{site.url}/office/reports/")
    page.locator("td a", has_text="সংস্করণ").first.click()
    page.wait_for_url("**/office/reports/*/")
    axe(page)
    page.click("a[href$='/bn.html']")
    page.wait_for_url("**/bn.html")
    assert "অগ্রগতি প্রতিবেদন" in page.inner_text("h1")
    assert page.locator("figure img[alt]").count() >= 7
    pdf = page.context.request.get(page.url.replace("bn.html", "bn.pdf"))
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF")


def test_dashboards_open_into_each_other_and_into_their_rows(office, axe):
    page = office("cabinet", "/office/dashboard/reform/", language="en", width=1280)
    page.wait_for_selector(".chart[data-drawn]")
    axe(page)
    page.locator("table a[href*='/dashboard/clusters/']").first.click()
    page.wait_for_url("**/dashboard/clusters/*/")
    axe(page)
    page.go_back()
    page.locator("summary", has_text="The same as a table").first.click()
    page.locator("table a[href*='/dashboard/ministries/']").first.click()
    page.wait_for_url("**/dashboard/ministries/*/")
    late = page.locator("a.tile").first
    number = int(late.locator(".value").inner_text())
    late.click()
    page.wait_for_url("**/plan/items/?**")
    assert number > 0
    assert str(number) in page.inner_text("main")
