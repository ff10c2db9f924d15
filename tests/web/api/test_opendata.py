"""Open data: every set as JSON and CSV, few people never given away."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone

from shohay.api.opendata import SETS
from shohay.stages.programmes.models import Programme
from shohay.stages.results.models import Figure


@pytest.mark.parametrize("name", sorted(SETS))
def test_each_set_says_the_same_as_json_and_csv(catalogue, client, name):
    given = client.get(f"/api/v1/open/{name}.json").json()
    answer = client.get(f"/api/v1/open/{name}.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == given["columns"] == list(SETS[name].columns)
    assert len(rows) - 1 == len(given["rows"])
    assert given["source"]
    assert answer.headers["Content-Disposition"].endswith(f'"shohay-{name}.csv"')


def test_the_index_and_the_page_list_every_set(catalogue, client):
    assert client.get("/api/v1/open/").json().keys() == SETS.keys()
    page = client.get("/data/").content.decode()
    assert all(f"/api/v1/open/{name}.csv" in page for name in SETS)


def test_few_people_are_left_out(catalogue, client):
    for name, value in (("eligible", 9), ("enrolled", 3), ("coverage", 1 / 3)):
        for area in ("", "5549"):
            Figure.objects.create(
                name=name, area_code=area, programme_code="OAA", value=value, persons=3 if name != "eligible" else 9,
                computed_at=timezone.now(),
            )  # fmt: skip
    (row,) = client.get("/api/v1/open/coverage.json").json()["rows"]
    assert row[:2] == ["OAA", "5549"]
    assert row[3] is None
    assert row[4] is None


def test_a_name_that_looks_like_a_formula_is_disarmed_in_csv(catalogue, client):
    Programme.objects.filter(code="OAA").update(name_en='=HYPERLINK("http://x")')
    assert ",'=HYPERLINK" in client.get("/api/v1/open/programmes.csv").content.decode().replace("\"'=", ",'=")
    assert client.get("/api/v1/open/programmes.json").json()["rows"][0][3].startswith("=")


def test_unknown_sets_and_writes_are_refused(client, db):
    assert client.get("/api/v1/open/people.json").status_code == 404
    assert client.post("/api/v1/open/programmes.json").status_code == 405
