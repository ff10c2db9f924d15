"""From an approved payroll to the bank and back, with a real mock-bank process."""

from __future__ import annotations

import pytest

from shohay.adapters import banks as adapter
from shohay.adapters.banks import Mishaps, MockBank
from shohay.core.messages import Refusal
from shohay.stages.audit.models import Event
from shohay.stages.payments import actions, queries
from shohay.stages.payments.models import BankMessage, Payment, Payroll, Transfer
from shohay.stages.payments.paths import var
from tests.adapters import bank as banks
from tests.stages.payments import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(tmp_path):
    with banks.running(tmp_path / "bank") as running:
        yield running


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Payment.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def balance(account: str) -> int:
    return next((row["balance"] for row in queries.balances() if row["account"] == account), 0)


def send_all(payroll: Payroll, bank: MockBank, max_lines: int = 4):
    files = actions.write_files(payroll=payroll, by=world.FINANCE, max_lines=max_lines)
    for file in files:
        actions.send(payment_file=file, bank=bank, by=world.FINANCE)
    return files


def test_paid_and_reconciled(approved: Payroll, bank: MockBank):
    files = send_all(approved, bank)
    assert [file.lines for file in files] == [4, 2]
    assert states() == {"sent": 6}
    assert balance("bank:clearing") == -approved.amount_poisha

    bank.advance(1)  # the bank rests on Sunday and books on Monday
    counts = actions.take_answers(bank=bank, by=world.FINANCE)

    assert counts["pain.002"] == 2
    assert states() == {"paid": 6}
    assert bank.balance("1010100200300") == banks.OPENING - approved.amount_poisha
    assert balance("bank:account") == -approved.amount_poisha
    assert balance("bank:clearing") == 0

    report = actions.reconcile(payroll=approved, by=world.FINANCE)
    assert report["balanced"]
    assert report["open"] == 0
    assert all(check["holds"] for check in report["checks"])
    assert Payroll.objects.get().state == "reconciled"
    assert Event.objects.filter(action="payroll.reconciled").count() == 1


def test_statement_of_the_bank_agrees_with_the_ledger(approved: Payroll, bank: MockBank):
    send_all(approved, bank)
    bank.advance(3)
    actions.take_answers(bank=bank, by=world.FINANCE)
    report = actions.reconcile(payroll=approved, by=world.FINANCE)
    assert report["statement"] == {"statement": approved.amount_poisha, "ledger": approved.amount_poisha}


def test_answers_taken_twice_change_nothing(approved: Payroll, bank: MockBank):
    send_all(approved, bank)
    bank.advance(1)
    letters = list(bank.letters())
    actions.take_answers(bank=bank, by=world.FINANCE)
    before = (Transfer.objects.count(), BankMessage.objects.count(), Event.objects.count())
    for letter in letters:
        assert actions.take_answer(data=letter.data, by=world.FINANCE) is None
    assert list(bank.letters()) == []
    assert (Transfer.objects.count(), BankMessage.objects.count(), Event.objects.count()) == before


def test_closed_accounts_are_rejected_and_returns_come_back(approved: Payroll, bank: MockBank, tmp_path, monkeypatch):
    first, second = Payment.objects.order_by("id")[:2]
    numbers = {first.end_to_end_id: "closed", second.end_to_end_id: "returned"}

    monkeypatch.setattr(
        adapter, "_draw", lambda id_, what: 0 if numbers.get(id_) == what else 30 if what == "reason" else 999
    )
    bank.mishaps = Mishaps(tmp_path / "bank" / "bank.sqlite")
    send_all(approved, bank)
    bank.advance(1)
    actions.take_answers(bank=bank, by=world.FINANCE)
    assert states() == {"paid": 5, "rejected": 1}
    first.refresh_from_db()
    assert (first.state, first.reason_code) == ("rejected", "AC04")

    bank.advance(5)
    actions.take_answers(bank=bank, by=world.FINANCE)
    second.refresh_from_db()
    assert (second.state, second.reason_code) == ("returned", "AC04")
    assert states() == {"paid": 4, "rejected": 1, "returned": 1}
    assert balance("returned:OAA") == -(first.amount_poisha + second.amount_poisha)
    assert bank.balance("1010100200300") == banks.OPENING + balance("bank:account")
    report = actions.reconcile(payroll=approved, by=world.FINANCE)
    assert report["balanced"], report
    assert report["statement"]["statement"] == report["statement"]["ledger"]
    bounces = queries.bounces(world.FINANCE)
    assert {(row["state"], row["code"], row["lines"]) for row in bounces} == {
        ("rejected", "AC04", 1), ("returned", "AC04", 1),
    }  # fmt: skip
    assert bounces[0]["words"].bn == "হিসাবটি বন্ধ"


def test_bank_down_leaves_nothing_half_done(approved: Payroll):
    files = actions.write_files(payroll=approved, by=world.FINANCE)
    events = Event.objects.count()
    with pytest.raises(Refusal) as refused:
        actions.send(payment_file=files[0], bank=MockBank("http://127.0.0.1:9"), by=world.FINANCE)
    assert refused.value.code == "bank_down"
    assert states() == {"due": 6}
    assert Event.objects.count() == events
    assert not Transfer.objects.filter(kind="send").exists()


def test_file_that_the_bank_has_already_counts_as_sent(approved: Payroll, bank: MockBank):
    """Stopped between the bank's receipt and our note of it: running again heals it."""
    files = actions.write_files(payroll=approved, by=world.FINANCE)
    assert bank.submit(var(files[0].path).read_bytes()).status == "ACCP"
    assert states() == {"due": 6}
    actions.send(payment_file=files[0], bank=bank, by=world.FINANCE)
    assert states() == {"sent": 6}
    bank.advance(1)
    counts = actions.take_answers(bank=bank, by=world.FINANCE)
    assert counts["pain.002"] == 2  # the answer, and the refusal of the second copy, which changes nothing
    assert states() == {"paid": 6}
    assert actions.reconcile(payroll=approved, by=world.FINANCE)["balanced"]


def test_an_answer_proves_that_a_file_was_sent(approved: Payroll, bank: MockBank):
    files = actions.write_files(payroll=approved, by=world.FINANCE)
    bank.submit(var(files[0].path).read_bytes())
    actions.take_answers(bank=bank, by=world.FINANCE)
    assert states() == {"accepted": 6}
    files[0].refresh_from_db()
    assert files[0].sent_at is not None


def test_answer_for_a_payment_nobody_knows_is_listed(approved: Payroll, bank: MockBank):
    files = actions.write_files(payroll=approved, by=world.FINANCE)
    ours = var(files[0].path).read_bytes()
    strange = ours.replace(b"OAA-202607-REGULAR-", b"OAA-209907-REGULAR-").replace(b"SHY-", b"XXX-")
    bank.submit(strange)
    counts = actions.take_answers(bank=bank, by=world.FINANCE)
    assert counts["unknown"] == 6
    message = BankMessage.objects.get(kind="pain.002")
    assert message.counts["unknown_lines"][0].startswith("OAA-209907")
    assert states() == {"due": 6}


def test_file_rejected_as_a_whole_rejects_its_payments(approved: Payroll, bank: MockBank):
    bank.change_account("1010100200300", behaviour="reject-file")
    send_all(approved, bank)
    actions.take_answers(bank=bank, by=world.FINANCE)
    assert states() == {"rejected": 6}
    assert set(Payment.objects.values_list("reason_code", flat=True)) == {"FF01"}
    assert balance("bank:clearing") == 0
    assert balance("returned:OAA") == -approved.amount_poisha
    report = actions.reconcile(payroll=approved, by=world.FINANCE)
    assert report["balanced"]
    assert Payroll.objects.get().state == "reconciled"


def test_changed_file_is_not_sent(approved: Payroll, bank: MockBank):
    file = actions.write_files(payroll=approved, by=world.FINANCE)[0]
    with var(file.path).open("ab") as path:
        path.write(b" ")
    with pytest.raises(Refusal) as refused:
        actions.send(payment_file=file, bank=bank, by=world.FINANCE)
    assert refused.value.code == "file_changed"
    again = actions.write_files(payroll=approved, by=world.FINANCE)[0]
    assert again.sha256 == file.sha256
    actions.send(payment_file=again, bank=bank, by=world.FINANCE)
    assert states() == {"sent": 6}
