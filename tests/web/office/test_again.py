"""Correcting an account and paying again, on screen."""

from __future__ import annotations

import pytest

from shohay.bulk.sealing import ACCOUNT, digest, seal
from shohay.stages.audit.models import Work
from shohay.stages.payments.models import Payment, Transfer
from shohay.stages.payments.models_again import Attempt, Supplement
from shohay.stages.registry.models import Account
from shohay.stages.registry.models_accounts import AccountChange
from shohay.stages.registry.queries import key_ring
from tests.factories.world import EARLIER
from tests.web.office.test_actions import last


def form(**changes: str) -> dict[str, str]:
    return {
        "kind": "mfs", "provider": "nagad", "number": "০১৮১২৩৪৫৬৭৮", "bank": "", "routing_number": "",
        "reason": "Old wallet closed; seen the new one on her phone", **changes,
    }  # fmt: skip


@pytest.fixture
def no_change(world):
    Attempt.objects.all().delete()
    Supplement.objects.all().delete()
    AccountChange.objects.all().delete()
    Account.objects.all().delete()


def test_an_account_is_corrected_by_two_officers(no_change, opened, sit, world):
    desk, page = opened("upazila_officer"), f"/office/people/{world.amena.pk}/account"
    assert f'href="{page}"' in desk.get(f"/office/people/{world.amena.pk}/").content.decode()
    assert "No account" in desk.get(page).content.decode()
    wrong = desk.post(page + "/propose", form(number="0121"))
    assert wrong.status_code == 422
    assert "A wallet number has 11 digits" in wrong.content.decode()
    assert desk.post(page + "/propose", form()).status_code == 302
    change = AccountChange.objects.get()
    own = desk.get("/office/accounts/").content.decode()
    assert "Another officer must approve" in own
    assert "678" in own
    assert "0181234" not in own
    assert "A change waits already" in desk.get(page).content.decode()
    assert sit("second").post(f"/office/accounts/{change.pk}/approve").status_code == 302
    assert Account.objects.get(person=world.amena, valid_to=None).provider == "nagad"
    assert last("account.changed").actor == "second"
    told = desk.get(f"/office/people/{world.amena.pk}/").content.decode()
    assert "Account changed" in told


def test_a_change_is_refused_with_a_reason(sit, world):
    desk = sit("upazila_officer")
    assert desk.post(f"/office/accounts/{world.change.pk}/refuse", {"reason": ""}).status_code == 422
    assert desk.post(f"/office/accounts/{world.change.pk}/refuse", {"reason": "Not her name"}).status_code == 302
    world.change.refresh_from_db()
    assert (world.change.state, world.change.note) == ("refused", "Not her name")


def test_the_number_is_asked_for_when_the_record_is_open_only(sit, world):
    answer = sit("upazila_officer").get(f"/office/people/{world.amena.pk}/account")
    assert (answer.status_code, answer["Location"]) == (302, f"/office/people/{world.amena.pk}/")


def test_what_came_back_is_gathered_approved_and_sent(no_change, sit, world):
    Account.objects.create(
        person=world.amena, kind="mfs", provider="nagad", sealed=seal(key_ring(), "mfs", ACCOUNT, "01812345678"),
        digest=digest(key_ring(), "mfs", "01812345678"), valid_from="2026-11-22",
    )  # fmt: skip
    for kind, debit, credit in [("return", "bank:account", "returned:OAA")]:
        Transfer.objects.create(
            booked_at=EARLIER, kind=kind, debit=debit, credit=credit, amount_poisha=195_000, payroll=world.payroll,
            payment=world.payment,
        )  # fmt: skip
    manager = sit("programme_manager")
    page = manager.get("/office/returns/").content.decode()
    for told in ("Can be paid again now", "Account to correct", "On its way again"):
        assert told in page, told
    answer = manager.post("/office/supplements/propose", {"programme": "OAA"})
    made = Supplement.objects.get()
    assert answer["Location"] == f"/office/supplements/{made.pk}/"
    assert made.lines == 1
    assert "You gathered these payments" in manager.get(f"/office/supplements/{made.pk}/").content.decode()
    assert (
        "No returned money can be paid again"
        in manager.post("/office/supplements/propose", {"programme": "OAA"}).content.decode()
    )
    approver = sit("payroll_approver")
    assert "Approve 1 payments of" in approver.get(f"/office/supplements/{made.pk}/").content.decode()
    assert approver.post(f"/office/supplements/{made.pk}/approve").status_code == 302
    made.refresh_from_db()
    assert made.approved_by == "payroll_approver"
    assert Transfer.objects.get(kind="again").attempt.payment_id == world.payment.pk
    assert sit("finance").post(f"/office/supplements/{made.pk}/send").status_code == 302
    assert Work.objects.get(name="send_again").subject == f"S{made.pk}"
    assert Payment.objects.get(pk=world.payment.pk).state == "returned"  # until the bank has paid


def test_it_is_taken_back_before_approval(sit, world):
    Attempt.objects.create(
        payment=world.payment, number=2, supplement=world.supplement, account=world.change.account, programme_code="OAA",
        area_code=world.payment.area_code, end_to_end_id="OAA-AGAIN-1-2", before="returned", before_reason="AC04",
        state_at=EARLIER,
    )  # fmt: skip
    desk = sit("programme_manager")
    page = f"/office/supplements/{world.supplement.pk}/"
    assert desk.post(page + "withdraw", {"reason": ""}).status_code == 422
    assert desk.post(page + "withdraw", {"reason": "Wrong programme"}).status_code == 302
    assert "Taken back" in desk.get(page).content.decode()
    assert Attempt.objects.get(payment=world.payment).state == "withdrawn"


def test_officers_of_an_upazila_see_their_own(sit, world):
    mine = sit("upazila_officer").get("/office/supplements/").content.decode()
    assert f"/office/supplements/{world.supplement.pk}/" in mine
    assert f"/office/supplements/{world.supplement_there.pk}/" not in mine
    assert sit("upazila_officer").get(f"/office/supplements/{world.supplement_there.pk}/").status_code == 404
