"""Payrolls that pay nobody, reconciling with what does not agree, and what officers read of payments."""

from __future__ import annotations

import pytest
from django.utils import timezone

from shohay.stages.accounts.queries import officer_of
from shohay.stages.payments.models import Payment, Payroll, Transfer
from shohay.stages.results.models import Figure
from shohay.web.office.accounts.tasks import tasks
from tests.web.office.test_actions import last


@pytest.fixture
def empty(world):
    """A payroll in which everybody was held back."""
    return Payroll.objects.create(
        cycle=world.bare_cycle, lines=0, amount_poisha=0, held_back={"no_account": 3}, definition_sha256="f" * 64,
        input_path="payrolls/w", input_sha256="1" * 64, result_sha256="2" * 64, prepared_by="manager",
        prepared_at=timezone.now(),
    )  # fmt: skip


def test_a_payroll_that_pays_nobody_says_why_and_waits_for_nobody(empty, sit, world):
    desk, page = sit("payroll_approver"), f"/office/payrolls/{empty.pk}/"
    shown = desk.get(page).content.decode()
    for told in ("Nothing to pay", "All 3 beneficiaries of the period are held back", "waits for nobody", "no account"):
        assert told in shown, told
    assert "Prepared, waits for approval" not in shown
    assert "Approve the payroll" not in shown
    answer = desk.post(page + "approve")
    assert answer.status_code == 422
    assert "nothing to approve" in answer.content.decode()
    empty.refresh_from_db()
    assert empty.state == "prepared"


@pytest.mark.parametrize(
    ("role", "state"), [("payroll_approver", "prepared"), ("finance", "approved"), ("finance", "answered")]
)
def test_it_is_counted_on_no_desk_and_found_under_its_own_name(role, state, empty, sit, world):
    Payroll.objects.update(state=state)
    assert [task.number for task in tasks(officer_of(role)) if task.name == "payrolls"] == [1]
    waiting = sit(role).get(f"/office/payrolls/?state={state}").content.decode()
    done = sit(role).get("/office/payrolls/?state=nothing_to_pay").content.decode()
    assert f'href="/office/payrolls/{empty.pk}/"' not in waiting
    assert f'href="/office/payrolls/{empty.pk}/"' in done
    assert f'href="/office/payrolls/{world.payroll.pk}/"' not in done


def test_nobody_on_the_programme_is_another_reason(empty, sit, world):
    Payroll.objects.filter(pk=empty.pk).update(held_back={})
    shown = sit("payroll_approver").get(f"/office/payrolls/{empty.pk}/").content.decode()
    assert "Nobody was on this programme in these months" in shown


def test_what_does_not_agree_is_told_and_nothing_is_called_reconciled(sit, world):
    """Two payments that came back, of which the ledger knows nothing but that they were owed."""
    Payroll.objects.update(state="answered")
    desk, page = sit("finance"), f"/office/payrolls/{world.payroll.pk}/"
    assert desk.post(page + "reconcile").status_code == 302
    assert last("payroll.compared").detail["balanced"] is False
    shown = desk.get(page).content.decode()
    for told in (
        "Compared by Officer finance",
        "not reconciled yet",
        "What does not agree",
        "Returned: ledger / payments",
    ):
        assert told in shown, told
    assert "Committed: ledger / payroll" not in shown  # that agrees
    assert "platform, bank and ledger agree" not in shown
    world.payroll.refresh_from_db()
    assert world.payroll.state == "answered"


def test_a_payroll_whose_money_is_all_accounted_for_is_reconciled(sit, world):
    """Both payments were turned down by the bank: nothing was debited, and the ledger says the same."""
    Payroll.objects.update(state="answered")
    Payment.objects.update(state="rejected")
    for kind, debit, credit in (("send", "payable:OAA", "bank:clearing"), ("reject", "bank:clearing", "returned:OAA")):
        Transfer.objects.create(
            booked_at=timezone.now(), kind=kind, debit=debit, credit=credit, amount_poisha=390_000, payroll=world.payroll
        )  # fmt: skip
    desk, page = sit("finance"), f"/office/payrolls/{world.payroll.pk}/"
    assert desk.post(page + "reconcile").status_code == 302
    assert last("payroll.reconciled").actor == "finance"
    world.payroll.refresh_from_db()
    assert (world.payroll.state, world.payroll.reconciled_by) == ("reconciled", "finance")
    assert "platform, bank and ledger agree" in desk.get(page).content.decode()


# ------------------------------------------------------------------------------------------------ the dashboard


def test_officers_read_what_was_paid_where_nothing_came_back(sit, world):
    for name, group, value in [
        ("beneficiaries", "", 3), ("payments", "", 3), ("payments", "state:paid", 3),
        ("payment_poisha", "state:paid", 540_000),
    ]:  # fmt: skip
        Figure.objects.create(
            name=name, group=group, value=value, persons=3, area_code="", programme_code="", computed_at=timezone.now(),
        )  # fmt: skip
    page = sit("cabinet").get("/office/dashboard/").content.decode()
    assert "Of 3 payments, 3 have reached them" in page
