"""A payment that bounced is paid again on a corrected account: the same payment, never twice, the ledger balanced."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.adapters.banks import Mishaps
from shohay.core import ledger
from shohay.core.bank import Letter, Receipt
from shohay.core.messages import Refusal
from shohay.stages.audit.models import Event
from shohay.stages.payments import actions, actions_again, queries, queries_again, rows_again
from shohay.stages.payments.actions_answers import _effects
from shohay.stages.payments.models import Payment, Payroll, Transfer
from shohay.stages.payments.models_again import Attempt, Supplement
from shohay.stages.registry import actions_accounts
from shohay.stages.registry.models import Account, Person
from shohay.stages.registry.models_accounts import AccountChange
from tests.adapters import bank as banks
from tests.stages.payments import world
from tests.stages.payments.test_bank_round import balance, send_all

pytestmark = pytest.mark.django_db

NEW = iter(range(10_000_000, 99_999_999))


@pytest.fixture
def bank(tmp_path):
    with banks.running(tmp_path / "bank") as running:
        yield running


def wallet() -> str:
    return f"018{next(NEW):08d}"


def corrected(person: Person, number: str = "") -> AccountChange:
    change = actions_accounts.propose_account(
        person=person, kind="mfs", provider="nagad", number=number or wallet(), reason="বিকাশ হিসাব বন্ধ", by=world.UPAZILA
    )
    return actions_accounts.approve_account(change=change, by=world.UPAZILA_2)


def bounce(
    approved: Payroll, state: str = "rejected", reason: str = "AC04", many: int = 2, back: bool = True
) -> list[Payment]:
    """The first payments of the payroll came back, as if the bank had said so."""
    actions.write_files(payroll=approved, by=world.FINANCE)
    payments = list(Payment.objects.order_by("id"))
    kinds = {"rejected": ["send", "reject"], "returned": ["send", "settle", "return"]}[state][: None if back else -1]
    for payment in payments:
        went = payment in payments[:many]
        for kind in kinds if went else ["send", "settle"]:
            debit, credit = ledger.sides(kind, "OAA")
            Transfer.objects.create(
                booked_at=world.AT, kind=kind, debit=debit, credit=credit, amount_poisha=payment.amount_poisha,
                payroll=approved, payment=payment,
            )  # fmt: skip
        payment.state, payment.reason_code = (state, reason) if went else ("paid", "")
        payment.save()
    Payroll.objects.update(state="answered")
    return payments[:many]


def proposed() -> Supplement:
    return actions_again.propose_again(programme_code="OAA", by=world.MANAGER)


def approved_again() -> Supplement:
    return actions_again.approve_again(supplement=proposed(), by=world.APPROVER)


# ------------------------------------------------------------------------------------------------ the account


def test_a_changed_account_is_in_force_when_a_second_officer_says_so(cycle, sunday):
    person = world.beneficiary().person
    before = Account.objects.get(person=person)
    change = actions_accounts.propose_account(
        person=person, kind="mfs", provider="Nagad", number="+88 ০১৮১২৩৪৫৬৭৮", reason="হিসাব বন্ধ", by=world.UPAZILA
    )
    assert Account.objects.get(person=person, valid_to=None).pk == before.pk
    with pytest.raises(Refusal) as refused:
        actions_accounts.approve_account(change=change, by=world.UPAZILA)
    assert refused.value.code == "same_person"
    actions_accounts.approve_account(change=change, by=world.UPAZILA_2)
    after = Account.objects.get(person=person, valid_to=None)
    assert (after.provider, after.valid_from) == ("nagad", date(2026, 11, 22))
    before.refresh_from_db()
    assert before.valid_to == date(2026, 11, 22)
    assert [event.action for event in Event.objects.filter(action__startswith="account.").order_by("seq")] == [
        "account.proposed", "account.changed",
    ]  # fmt: skip
    assert "01812345678" not in str(list(Event.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize(
    ("kind", "number", "routing", "code"),
    [("mfs", "01212345678", "", "wallet_number_wrong"), ("bank", "12345", "123456789", "bank_number_wrong"),
     ("bank", "1234567", "12345", "routing_wrong")],
)  # fmt: skip
def test_numbers_of_the_wrong_shape(kind, number, routing, code, cycle):
    person = world.beneficiary().person
    with pytest.raises(Refusal) as refused:
        actions_accounts.propose_account(
            person=person, kind=kind, provider="x", number=number, routing_number=routing, reason="r", by=world.UPAZILA
        )
    assert refused.value.code == code
    assert not AccountChange.objects.exists()


def test_one_change_waits_at_a_time_and_a_refused_one_changes_nothing(cycle):
    person = world.beneficiary().person
    propose = lambda: actions_accounts.propose_account(  # noqa: E731
        person=person, kind="mfs", provider="nagad", number=wallet(), reason="r", by=world.UPAZILA
    )
    change = propose()
    with pytest.raises(Refusal) as refused:
        propose()
    assert refused.value.code == "account_change_waits"
    actions_accounts.refuse_account(change=change, reason="নাম মেলে না", by=world.UPAZILA_2)
    assert Account.objects.get(person=person, valid_to=None).provider == "bkash"
    propose()


# ------------------------------------------------------------------------------------------------ gathering


def test_what_bounced_is_told_by_where_it_stands(approved):
    first, second = bounce(approved)
    assert [(row["code"], row["lines"], row["same_account"], row["ready"]) for row in
            queries_again.bounces_standing(world.MANAGER)] == [("AC04", 2, 2, 0)]  # fmt: skip
    with pytest.raises(Refusal) as refused:
        proposed()
    assert refused.value.code == "nothing_to_pay_again"
    corrected(first.person)
    corrected(second.person)
    Person.objects.filter(pk=second.person_id).update(death_date=date(2026, 11, 1))
    (row,) = queries_again.bounces_standing(world.MANAGER)
    assert (row["ready"], row["dead"]) == (1, 1)
    assert queries_again.ready_by_programme(world.MANAGER) == [
        {"code": "OAA", "lines": 1, "poisha": first.amount_poisha}
    ]
    made = proposed()
    assert (made.lines, made.reasons) == (1, {"AC04": 1})
    assert queries_again.bounces_standing(world.MANAGER)[0]["on_its_way"] == 1
    with pytest.raises(Refusal):
        proposed()  # nothing is left to gather


def test_money_that_the_bank_still_has_waits(approved):
    first, _ = bounce(approved, back=False)
    corrected(first.person)
    assert queries_again.bounces_standing(world.MANAGER)[0]["not_back"] == 2


def test_the_database_refuses_a_second_open_attempt(approved):
    first, _ = bounce(approved)
    corrected(first.person)
    proposed()
    attempt = Attempt.objects.get()
    attempt.pk, attempt.number, attempt.end_to_end_id = None, 3, "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save(force_insert=True)


def test_a_withdrawn_supplement_leaves_its_payments_to_the_next(approved):
    first, _ = bounce(approved)
    corrected(first.person)
    actions_again.withdraw_again(supplement=proposed(), reason="ভুল কর্মসূচি", by=world.MANAGER)
    made = approved_again()
    assert list(made.attempts.values_list("number", flat=True)) == [3]
    with pytest.raises(Refusal):
        actions_again.withdraw_again(supplement=made, reason="r", by=world.MANAGER)


def test_whoever_proposed_may_not_approve(approved):
    first, _ = bounce(approved)
    corrected(first.person)
    made = proposed()
    Supplement.objects.update(prepared_by=world.APPROVER.username)
    with pytest.raises(Refusal) as refused:
        actions_again.approve_again(supplement=made, by=world.APPROVER)
    assert refused.value.code == "same_person"


# ------------------------------------------------------------------------------------------------ the whole way


@pytest.mark.parametrize("how", ["closed", "returned"])
def test_bounced_corrected_paid_again_and_reconciled(how, approved: Payroll, bank, tmp_path):
    bank.mishaps = Mishaps(tmp_path / "bank" / "bank.sqlite", *((1000, 0) if how == "closed" else (0, 1000)))
    send_all(approved, bank)
    for _ in range(8):
        bank.advance(1)
    actions.take_answers(bank=bank, by=world.FINANCE)
    actions.take_answers(bank=bank, by=world.FINANCE)
    assert set(Payment.objects.values_list("state", flat=True)) == {"rejected" if how == "closed" else "returned"}
    assert actions.reconcile(payroll=approved, by=world.FINANCE)["balanced"]
    owed = balance("returned:OAA")
    for person in Person.objects.filter(payments__isnull=False):
        corrected(person)
    bank.mishaps = None
    made = approved_again()
    assert balance("returned:OAA") == 0
    assert balance("payable:OAA") == owed == -made.amount_poisha
    (file,) = actions_again.write_again(supplement=made, by=world.FINANCE)
    assert file.message_id.startswith(f"SHY-S{made.pk}-")
    assert actions_again.write_again(supplement=made, by=world.FINANCE) == [file]
    for _ in range(2):  # twice goes out once
        actions_again.send_again(file=file, bank=bank, by=world.FINANCE)
    for _ in range(8):
        bank.advance(1)
    for _ in range(2):
        actions.take_answers(bank=bank, by=world.FINANCE)
    assert set(Payment.objects.values_list("state", "reason_code")) == {("paid", "")}
    report = actions_again.reconcile_again(supplement=made, by=world.FINANCE)
    assert (report["balanced"], report["open"]) == (True, 0), report
    assert Supplement.objects.get().state == "reconciled"
    assert actions.reconcile(payroll=approved, by=world.FINANCE)["balanced"]  # the first round still agrees
    assert sum(row["balance"] for row in queries.balances()) == 0
    assert (balance("returned:OAA"), balance("bank:clearing"), balance("payable:OAA")) == (0, 0, 0)
    assert queries_again.bounces_standing(world.MANAGER) == []
    assert Payment.objects.count() == 6
    assert Transfer.objects.filter(kind="settle", attempt__isnull=False).count() == 6


class Paper:
    """A bank that takes everything and says nothing."""

    def submit(self, data: bytes) -> Receipt:
        return Receipt("ACCP")

    def letters(self):
        return iter(list[Letter]())

    def done(self, keys) -> None:
        return None


def answer(supplement: Supplement, event: str, reason: str = "AC01") -> None:
    """What rows_again does with one kind of news about every attempt of the supplement."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "create temp table answer (end_to_end_id text, event text, amount_poisha bigint, reason_code text)"
        )
        cursor.execute(
            "insert into answer select end_to_end_id, %s, null, %s from payments_attempt where supplement_id = %s",
            [event, reason, supplement.pk],
        )
        rows_again.apply(cursor, *_effects(), timezone.now())
        cursor.execute("drop table answer")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["accepted", "debited", "rejected", "returned", "credited"]), max_size=7), st.booleans()
)
def test_whatever_the_bank_says_in_whatever_order_the_ledger_balances(approved, own_var, news, again):
    with transaction.atomic():
        first, _ = bounce(approved)
        corrected(first.person)
        made = approved_again()
        (file,) = actions_again.write_again(supplement=made, by=world.FINANCE)
        actions_again.send_again(file=file, bank=Paper(), by=world.FINANCE)
        for event in news * (2 if again else 1):
            answer(made, event)
        attempt, payment = Attempt.objects.get(), Payment.objects.get(pk=first.pk)
        if attempt.state in ("paid", "rejected", "returned"):
            assert (payment.state, payment.reason_code) == (attempt.state, attempt.reason_code)
        else:
            assert payment.state == "rejected"
        assert sum(row["balance"] for row in queries.balances()) == 0
        for kind in ("again", "send", "settle", "reject", "return"):
            assert Transfer.objects.filter(attempt=attempt, kind=kind).count() <= 1
        settled = Transfer.objects.filter(attempt=attempt, kind="settle").exists()
        assert not (settled and Transfer.objects.filter(attempt=attempt, kind="reject").exists())
        transaction.set_rollback(True)
