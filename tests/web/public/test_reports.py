"""Published reports, and what stands beside each open data set."""

from __future__ import annotations

from datetime import date

import pytest

from shohay.api.opendata import SETS
from shohay.core import open_data
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.coordination import actions_editions, queries_editions
from tests.factories.world import make_programmes

pytestmark = pytest.mark.django_db


def test_only_what_was_published_is_read(client):
    make_programmes()
    row = actions_editions.make_edition(
        year="2024-25", as_of=date(2026, 11, 22), languages=["en"], formats=["html"], by=SYSTEM
    )
    client.cookies["language"] = "en"
    assert "No report has been published yet" in client.get("/reports/").content.decode()
    assert client.get(f"/reports/{row.pk}/en.html").status_code == 404
    actions_editions.publish_edition(edition=row, by=Officer("cabinet", "cabinet", ("",)))
    assert f"/reports/{row.pk}/en.html" in client.get("/reports/").content.decode()
    answer = client.get(f"/reports/{row.pk}/en.html")
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert client.get(f"/reports/{row.pk}/bn.pdf").status_code == 404
    queries_editions.file_path(row.sha256, "en", "html").write_bytes(b"changed")
    assert client.get(f"/reports/{row.pk}/en.html").status_code == 404


def test_every_set_and_every_column_is_described(client):
    assert SETS.keys() == open_data.ABOUT.keys()
    for name, found in SETS.items():
        answer = client.get(f"/api/v1/open/{name}/metadata.json")
        given = answer.json()
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert [column["name"] for column in given["columns"]] == list(found.columns)
        assert all(column["bn"] != column["name"] and column["en"] for column in given["columns"]), name
        assert given["license"]["name"] == open_data.LICENCE
    assert client.get("/api/v1/open/people/metadata.json").status_code == 404


def test_the_page_says_what_each_set_is_and_its_licence(client):
    page = client.get("/data/").content.decode()
    assert all(about.bn in page for about in open_data.ABOUT.values())
    assert open_data.LICENCE in page
