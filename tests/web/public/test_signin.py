"""Signing in: with words for every way it can fail."""

from __future__ import annotations

import pytest
from django.test import override_settings

from shohay.stages.accounts.actions import DEMO_PASSWORD
from shohay.stages.accounts.models import User
from tests.factories.world import make_officer, make_places

PAGE = "/office/sign-in?lang=en"


@pytest.fixture
def officer(db) -> User:
    make_places()
    user = make_officer("finance", "finance")
    user.set_password(DEMO_PASSWORD)
    user.save()
    return user


def test_the_demonstration_lists_its_accounts_and_one_press_signs_in(officer, client):
    text = client.get(PAGE).content.decode()
    assert "Finance Division" in text
    assert DEMO_PASSWORD in text
    answer = client.post(PAGE, {"username": "finance", "password": DEMO_PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/office/")
    assert client.get(PAGE).status_code == 302  # already in


@override_settings(SYNTHETIC=False)
def test_real_offices_list_no_accounts(officer, client):
    text = client.get(PAGE).content.decode()
    assert DEMO_PASSWORD not in text
    assert "finance" not in text
    assert "none of these people are real" not in text


def test_a_wrong_password_is_explained_and_the_name_kept(officer, client):
    text = client.post(PAGE, {"username": "finance", "password": "wrong"}).content.decode()
    assert "The name or the password is not right" in text
    assert 'value="finance"' in text
    assert "error-summary" in text


def test_too_many_wrong_passwords_lock_the_name_and_say_how_long(officer, client, settings):
    settings.AXES_FAILURE_LIMIT = 3
    for _ in range(3):
        answer = client.post(PAGE, {"username": "finance", "password": "wrong"})
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.content.decode()
    answer = client.post(PAGE, {"username": "finance", "password": DEMO_PASSWORD})
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("asked", "goes"),
    [("/office/audit/", "/office/audit/"), ("https://evil.example/", "/office/"), ("//evil.example", "/office/")],
)
def test_it_leads_on_to_pages_of_this_site_only(officer, client, asked, goes):
    answer = client.post(PAGE, {"username": "finance", "password": DEMO_PASSWORD, "next": asked})
    assert answer.headers["Location"] == goes


def test_signing_out_needs_a_post(officer, client):
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/office/sign-out").status_code == 405
    assert client.post("/office/sign-out").status_code == 302
    assert client.get(PAGE).status_code == 200
