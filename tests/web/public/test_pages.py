"""The pages that everybody may read, in both languages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from shohay.stages.programmes.models import Programme
from shohay.stages.results.models import Figure

PAGES = ["/", "/programmes/", "/programmes/OAA/", "/dashboard/", "/plan/", "/sources/", "/data/", "/citizen/may-i/",
         "/citizen/complaint/", "/citizen/track/", "/office/sign-in"]  # fmt: skip


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_in_its_language_with_one_h1_and_a_strict_policy(catalogue, client, path, language):
    answer = client.get(path, {"lang": language})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in text
    assert text.count("<h1") == 1
    assert ("সহায়" in text) == (language == "bn")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert all(piece.startswith((" src=", ' id="')) for piece in text.split("<script")[1:])


def test_the_language_is_remembered_and_an_unknown_one_is_bangla(client, db):
    client.get("/?lang=en")
    assert '<html lang="en">' in client.get("/sources/").content.decode()
    assert '<html lang="bn">' in Client().get("/?lang=fr").content.decode()


def test_the_catalogue_is_searched_and_filtered_and_says_when_nothing_fits(catalogue, client):
    assert "বিধবা ভাতা" in (found := client.get("/programmes/", {"q": "বিধবা"}).content.decode())
    assert "বয়স্ক ভাতা" not in found
    assert "Widow Allowance" in client.get("/programmes/", {"q": "wIDOW", "lang": "en"}).content.decode()
    assert "মেলে এমন কর্মসূচি নেই" in client.get("/programmes/", {"type": "pension", "lang": "bn"}).content.decode()


def test_a_programme_page_says_who_may_get_it_and_what_it_gave(catalogue, client):
    text = client.get("/programmes/OAA/?lang=en").content.decode()
    assert "A man of at least 65 or a woman of at least 62 years" in text
    assert "Own yearly income of at most Tk 10,000" in text
    for rate in ("৳\u00a0400", "৳\u00a0500", "৳\u00a0600", "৳\u00a0650"):
        assert rate in text
    assert "Recorded once" not in text  # of no use to who reads


def test_a_programme_without_rules_says_so(catalogue, client):
    Programme.objects.create(
        code="NEW", order=9, ministry_id="MoSW", name_bn="নতুন", name_en="New", lifecycle_stage="old_age",
        thematic_cluster="Social Allowance", type="food",
    )  # fmt: skip
    assert "not yet in this system in words" in client.get("/programmes/NEW/?lang=en").content.decode()


def test_an_unknown_page_and_programme_say_what_to_do_next(client, db):
    for path in ("/programmes/NONE/", "/nothing/here"):
        answer = client.get(path + "?lang=en")
        assert answer.status_code == 404
        assert "start from the home page" in answer.content.decode()


def test_a_broken_form_token_is_explained(db):
    answer = Client(enforce_csrf_checks=True).post("/citizen/complaint/?lang=en", {"category": "other"})
    assert answer.status_code == 403
    assert "open the page again" in answer.content.decode()


def test_an_error_of_ours_is_explained_without_any_context():
    from django.template.loader import render_to_string

    assert "কয়েক মিনিট পর আবার চেষ্টা করুন" in render_to_string("500.html")


def _figure(name, value, area="", programme="", group="", persons=None):
    Figure.objects.create(
        name=name, area_code=area, programme_code=programme, group=group, value=value, computed_at=timezone.now(),
        persons=int(value) if persons is None else persons,
    )  # fmt: skip


def test_the_dashboard_shows_coverage_and_leaves_few_people_out(catalogue, client):
    for area, persons, on_programme in (("5549", 400, 120), ("5041", 90, 3)):
        _figure("persons", persons, area)
        _figure("beneficiaries", on_programme, area)
    _figure("payments", 77, group="state:paid")
    text = client.get("/dashboard/?lang=en").content.decode()
    assert "30.0%" in text
    assert "Kushtia" in text
    assert "3.3%" not in text
    assert '"value": null' in text
    assert "Paid" in text


def test_the_dashboard_before_any_figure_says_what_will_come(catalogue, client):
    assert "No figures about people yet" in client.get("/dashboard/?lang=en").content.decode()


def test_boundaries_come_as_bundled_and_nothing_else_does(client, db):
    answer = client.get("/boundaries/districts.geojson")
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert b"".join(answer.streaming_content).startswith(b'{"type":"FeatureCollection"')
    assert client.get("/boundaries/SOURCE.geojson").status_code == 404
    part = client.get("/boundaries/upazilas-5549.geojson").json()
    assert len(part["features"]) == 9  # Kurigram
    assert {one["properties"]["code"][:4] for one in part["features"]} == {"5549"}
    for wrong in ("upazilas-55", "upazilas-9999", "upazilas-55490", "districts-5549", "upazilas-..%2f"):
        assert client.get(f"/boundaries/{wrong}.geojson").status_code == 404
