"""Filing a complaint without signing in, and following it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from shohay.stages.audit.models import Event
from shohay.stages.grievance.models import Grievance, Reply
from shohay.web.citizen.complaint import SALT, secret_word

STORY = "তিন মাস ধরে বয়স্ক ভাতার টাকা আসেনি।"


def _said(response) -> str:
    return response.content.decode().split('name="said" value="')[1].split('"')[0]


def _to_the_end(client, **changes) -> tuple[object, str]:
    """Through the three pages; returns the summary and what it will send."""
    steps = [("/citizen/complaint/", {"category": "payment_missing"}), (None, {"district": "5549"})]
    response = client.get("/citizen/complaint/")
    for path, typed in steps:
        response = client.post(path or response.headers["Location"], {"said": _said(response), **typed})
        assert response.status_code == 302
        address = response.headers["Location"]
        response = client.get(address)
        response.headers["Location"] = address
    typed = {"area_code": "554952", "programme_code": "OAA", "text": STORY, "contact": "০১৭১২-৩৪৫৬৭৮", **changes}
    summary = client.post(response.headers["Location"], {"said": _said(response), **typed})
    return summary, _said(summary)


def test_a_complaint_is_filed_with_number_clock_and_sealed_phone(catalogue, client):
    summary, said = _to_the_end(client)
    assert STORY in summary.content.decode()
    response = client.post("/citizen/complaint/check", {"said": said, "send": "1"})
    (filed,) = Grievance.objects.all()
    assert response.headers["Location"] == "/citizen/complaint/receipt/"  # number and word only in a cookie of it
    assert response.cookies["receipt"]["path"] == "/citizen/complaint/receipt/"
    assert response.cookies["receipt"]["httponly"]
    assert (filed.category, filed.programme_code, filed.area_code) == ("payment_missing", "OAA", "554952")
    assert (filed.text, filed.channel, filed.state, filed.filed_by) == (STORY, "online", "filed", "")
    assert b"01712345678" not in bytes(filed.contact_sealed)
    assert filed.due_on > timezone.localdate()
    assert Event.objects.filter(subject_id=str(filed.number)).count() <= 1
    receipt = client.get(response.headers["Location"]).content.decode()
    assert filed.number in receipt
    assert secret_word(filed.number) in receipt


def test_nothing_is_filed_before_it_is_sent(catalogue, client):
    _to_the_end(client)
    assert not Grievance.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "কী ঘটেছে লিখুন।"),
        ({"text": "ছোট"}, "আরেকটু লিখুন"),
        ({"contact": "12345"}, "মোবাইল নম্বরে ১১টি অঙ্ক থাকে"),
        ({"area_code": "504130"}, "error-summary"),  # of another district
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(catalogue, client, changes, said):
    response, _ = _to_the_end(client, **changes)
    text = response.content.decode()
    assert said in text
    assert "error-summary" in text
    assert (changes.get("text", STORY)) in text


def test_each_page_sent_empty_says_what_is_missing(catalogue, client):
    response = client.post("/citizen/complaint/", {"said": ""})
    assert "যেটি সবচেয়ে কাছাকাছি" in response.content.decode()
    response = client.post("/citizen/complaint/", {"category": "other"})
    response = client.post(response.headers["Location"], {})
    assert "জেলা বেছে নিন।" in response.content.decode()


def test_steps_begin_at_the_beginning_and_a_changed_parcel_counts_for_nothing(catalogue, client):
    for path in ("where", "details", "check"):
        assert client.get(f"/citizen/complaint/{path}").headers["Location"] == "/citizen/complaint/"
    _, said = _to_the_end(client)
    assert client.post("/citizen/complaint/check", {"said": said[:-2] + "xx", "send": "1"}).status_code == 302
    assert not Grievance.objects.exists()


def test_the_story_and_the_phone_never_stand_in_an_address(catalogue, client):
    summary, _ = _to_the_end(client)
    addresses = [piece.split('"')[0] for piece in summary.content.decode().split('href="')[1:]]
    parcels = [unquote(address.split("said=")[1].split("&")[0]) for address in addresses if "said=" in address]
    assert parcels
    for parcel in parcels:
        assert not {"text", "contact"} & signing.loads(parcel, salt=SALT).keys()


@pytest.fixture
def answered(catalogue, client) -> Grievance:
    _, said = _to_the_end(client)
    client.post("/citizen/complaint/check", {"said": said, "send": "1"})
    grievance = Grievance.objects.get()
    Reply.objects.create(
        grievance=grievance, outcome="upheld", text="টাকা আবার পাঠানো হয়েছে।", answered_by="x", answered_at=timezone.now()
    )
    Grievance.objects.update(state="answered")
    return grievance


def test_the_number_shows_the_state_and_the_secret_word_the_texts(answered, client):
    number, code = answered.number, secret_word(answered.number)
    alone = client.post("/citizen/track/", {"number": number}).content.decode()
    assert "উত্তর দেওয়া হয়েছে" in alone
    assert "টাকা আবার পাঠানো" not in alone
    assert STORY not in alone
    wrong = client.post("/citizen/track/", {"number": number, "code": "AAAAAAAA"}).content.decode()
    assert "টাকা আবার পাঠানো" not in wrong
    both = client.post("/citizen/track/", {"number": number.lower(), "code": code.lower()}).content.decode()
    assert "টাকা আবার পাঠানো" in both
    assert STORY in both


def test_a_number_typed_in_bangla_digits_is_found_and_a_wrong_one_explained(answered, client):
    from shohay.core.bangla import to_bangla_digits

    typed = to_bangla_digits(answered.number)
    assert answered.number in client.post("/citizen/track/", {"number": typed}).content.decode()
    assert "এই নম্বরে কোনো অভিযোগ নেই" in client.post("/citizen/track/", {"number": "G-1"}).content.decode()


def test_number_and_word_never_stand_in_an_address(answered, client):
    number, code = answered.number, secret_word(answered.number)
    page = client.get("/citizen/track/", {"number": number, "code": code}).content.decode()
    assert number not in page.split("<main")[1]  # an old link shows the empty form
    client.cookies["receipt"] = signing.dumps(number, salt=SALT)
    receipt = client.get("/citizen/complaint/receipt/").content.decode()
    assert number in receipt
    assert code in receipt
    assert 'method="post" action="/citizen/track/"' in receipt
    assert "?number=" not in receipt
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/citizen/track/", {"number": number}).status_code == 403


def test_a_receipt_is_shown_to_the_browser_that_filed_alone(answered, client):
    client.cookies["receipt"] = signing.dumps(answered.number, salt="another")
    assert client.get("/citizen/complaint/receipt/").status_code == 302
    assert Client().get("/citizen/complaint/receipt/").status_code == 302
