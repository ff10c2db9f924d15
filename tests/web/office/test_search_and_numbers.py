"""Nobody browses the registry; the numbers of a person are masked until revealed one at a time, and never logged."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.sessions.models import Session

from shohay.bulk import sealing
from shohay.stages.audit.models import Event
from shohay.stages.registry.models import Account, Identity
from shohay.stages.registry.queries import key_ring

NID, WALLET = "19521234567890123", "01712345678"


@pytest.fixture
def numbered(world) -> None:
    """Amena has an identity number and a wallet."""
    ring = key_ring()
    Identity.objects.create(
        person=world.amena, kind="nid17", sealed=sealing.seal(ring, "nid17", sealing.IDENTITY, NID),
        digest=sealing.digest(ring, "nid17", NID),
    )  # fmt: skip
    Account.objects.create(
        person=world.amena, kind="mfs", provider="bkash", valid_from=date(2026, 7, 1),
        sealed=sealing.seal(ring, "mfs", sealing.ACCOUNT, WALLET), digest=sealing.digest(ring, "mfs", WALLET),
    )  # fmt: skip


@pytest.mark.parametrize("asked", ["", "?q=", "?q=%E0%A6%95", "?area=554952", "?q=&area=55495217"])
def test_nobody_is_shown_before_a_name_or_number_is_sought(sit, world, asked):
    page = sit("upazila_officer").get(f"/office/people/{asked}").content.decode()
    for name in ("Amena", "Karim", "Rahim", "আমেনা", "করিম"):
        assert name not in page


def test_a_number_finds_its_person_and_is_not_shown(sit, world, numbered):
    page = sit("upazila_officer").post("/office/people/", {"q": NID}, follow=True).content.decode()
    assert "Mst. Amena Begum" in page
    assert page.count(f'value="{NID}"') == 1  # in the box in which it was typed
    words = re.sub(r"<[^>]+>", " ", page)
    assert (NID in words, WALLET in page) == (False, False)


BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


@pytest.mark.parametrize(
    "typed",
    [
        NID,
        NID.translate(BANGLA),
        f" {NID[:4]} {NID[4:]} ",
        WALLET,
        f"+88{WALLET}",
        "০১৭১২-৩৪৫৬৭৮",
        f"Amena {NID}",
        "017\u200b12345678",
    ],
)
def test_a_number_stands_in_no_address_and_opens_again(sit, world, numbered, typed):
    desk = sit("upazila_officer")
    sent = desk.post("/office/people/", {"q": typed, "area": "554952"})
    assert (sent.status_code, sent["Location"]) == (302, "/office/people/?asked=1&area=554952")
    first, again = desk.get(sent["Location"]), desk.get(sent["Location"])  # as "back" does
    if "Amena " not in typed:
        assert "Mst. Amena Begum" in again.content.decode()
    assert first.content.decode().count("<tr") == again.content.decode().count("<tr")
    kept = [str(one.get_decoded()) for one in Session.objects.all()]
    assert any("people_asked" in one for one in kept)
    assert not any(NID in one or WALLET in one or typed.strip() in one for one in kept)


def test_a_name_has_an_address_of_its_own(sit, world):
    sent = sit("upazila_officer").post("/office/people/", {"q": "Amena Begum 2", "area": ""})
    assert (sent.status_code, sent["Location"]) == (302, "/office/people/?q=Amena+Begum+2")


@pytest.mark.parametrize("typed", [NID, NID.translate(BANGLA), "0171-2345678", f"{'x' * 400}{NID}"])
def test_a_number_in_the_address_is_not_looked_for(sit, world, numbered, typed):
    desk = sit("upazila_officer")
    answer = desk.get("/office/people/", {"q": typed})
    assert (answer.status_code, answer["Location"]) == (302, "/office/people/?asked=typed")
    page = desk.get(answer["Location"])
    assert page.status_code == 422
    said = page.content.decode()
    assert "Type the number in the box below" in said
    assert (typed in said, "Amena" in said) == (False, False)


def test_the_last_ten_numbers_are_kept_and_only_in_their_session(sit, world, numbered):
    desk = sit("upazila_officer")
    for n in range(11):
        desk.post("/office/people/", {"q": f"{10**9 + n}"})
    assert 'value="1000000010"' in desk.get("/office/people/?asked=11").content.decode()
    assert 'value="1000000001"' in desk.get("/office/people/?asked=2").content.decode()
    for which in ("1", "12", "x", ""):
        gone = desk.get("/office/people/", {"asked": which})
        assert gone.status_code == 422
        assert "no longer kept" in gone.content.decode()
    assert "no longer kept" in sit("upazila_officer").get("/office/people/?asked=11").content.decode()


@pytest.mark.parametrize("page", ["/office/", "/office/people/"])
def test_every_form_that_finds_people_is_posted(sit, world, page):
    forms = re.findall(r"<form[^>]*role=\"search\"[^>]*>", sit("upazila_officer").get(page).content.decode())
    assert len(forms) == 2
    assert all('method="post"' in form and 'action="/office/people/"' in form for form in forms)


def test_a_record_masks_numbers_and_shows_one_when_asked_for_a_reason(opened, world, numbered):
    desk = opened("upazila_officer")
    record = f"/office/people/{world.amena.pk}/"
    before = desk.get(record).content.decode()
    assert (NID in before, WALLET in before) == (False, False)
    assert NID[-3:] in before
    asked = {"what": f"identity:{world.amena.identities.get().pk}", "reason": "letter 7"}
    shown = desk.post(f"{record}reveal", asked, follow=True).content.decode()
    assert (NID in shown, WALLET in shown) == (True, False)
    after = desk.get(record).content.decode()
    assert NID not in after
    event = Event.objects.order_by("-seq")[0]
    assert (event.actor, event.reason, event.subject_id) == ("upazila_officer", "letter 7", str(world.amena.pk))


def test_of_two_numbers_the_chosen_one_is_shown(opened, world, numbered):
    ring, second = key_ring(), "9876543210"
    Identity.objects.create(
        person=world.amena, kind="nid10", sealed=sealing.seal(ring, "nid10", sealing.IDENTITY, second),
        digest=sealing.digest(ring, "nid10", second),
    )  # fmt: skip
    desk, record = opened("upazila_officer"), f"/office/people/{world.amena.pk}/"
    offered = re.findall(r'<option value="(identity:\d+)"[^>]*>([^<]+)', desk.get(record).content.decode())
    assert [mask[-3:] for _, mask in offered] == [NID[-3:], second[-3:]]
    first = desk.post(f"{record}reveal", {"what": offered[0][0], "reason": "letter 7"}).content.decode()
    assert (NID in first, second in first) == (True, False)
    elsewhere = {"what": f"identity:{10**9}", "reason": "letter 7"}
    assert desk.post(f"{record}reveal", elsewhere).status_code == 422


def test_no_number_and_no_name_stands_in_the_log(opened, sit, world, numbered):
    opened("upazila_officer").post(
        f"/office/people/{world.amena.pk}/reveal", {"what": "account", "reason": "letter 8"}, follow=True
    )
    logged = str(list(Event.objects.values()))
    page = sit("auditor").get("/office/audit/").content.decode()
    for personal in (NID, WALLET, "আমেনা", "Amena"):
        assert personal not in logged
        assert personal not in page
