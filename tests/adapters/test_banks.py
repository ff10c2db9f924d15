"""The pretended bank over HTTP, and the mishaps of its world."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from shohay.adapters import banks as adapter
from shohay.adapters.banks import Mishaps, MockBank, iban
from shohay.core.messages import Refusal
from tests.adapters import bank as banks

PAYMENT = (
    "<CdtTrfTxInf><PmtId><EndToEndId>{id}</EndToEndId></PmtId><CdtrAcct><Id><Othr><Id>{number}</Id></Othr></Id>"
    "</CdtrAcct></CdtTrfTxInf>"
)


def file_of(count: int) -> bytes:
    lines = "".join(PAYMENT.format(id=f"OAA-202607-R-{n:08d}", number=f"017{n:08d}") for n in range(count))
    return f"<Document>{lines}</Document>".encode()


@pytest.mark.parametrize("call", ["submit", "letters", "advance"])
def test_a_bank_that_is_down_says_so(call):
    bank = MockBank("http://127.0.0.1:9")
    with pytest.raises(Refusal) as refused:
        {
            "submit": lambda: bank.submit(b""),
            "letters": lambda: list(bank.letters()),
            "advance": lambda: bank.advance(1),
        }[call]()
    assert refused.value.code == "bank_down"
    assert not bank.ready()


def test_furnished_twice_is_furnished_once(tmp_path: Path):
    with banks.running(tmp_path) as bank:
        bank.open_account(banks.PAYING_ACCOUNT, "again", 5)
        assert bank.balance(banks.PAYING_ACCOUNT) == banks.OPENING
        with pytest.raises(Refusal) as refused:
            bank.advance(10_000)
        assert refused.value.code == "bank_refused"
        assert bank.submit(b"not a payment file").status == "RJCT"


def test_only_what_was_read_leaves_the_mailbox(tmp_path: Path):
    with banks.running(tmp_path) as bank:
        bank.advance(2)  # statements of five accounts
        waiting = list(bank.letters())
        assert len(waiting) > 2
        bank.done([waiting[0].key])
        assert [letter.key for letter in bank.letters()] == [letter.key for letter in waiting[1:]]
        bank.done([])
        assert len(list(bank.letters())) == len(waiting) - 1


def test_mishaps_fall_on_the_same_payments_whenever_they_are_drawn():
    ids = [f"OAA-202607-R-{n:08d}" for n in range(20_000)]
    hit = [id_ for id_ in ids if adapter._draw(id_, "returned") < 14]
    assert hit == [id_ for id_ in ids if adapter._draw(id_, "returned") < 14]
    assert 200 < len(hit) < 360  # 1.4 in a hundred
    reasons = {adapter._reason(id_) for id_ in ids}
    assert reasons == set(adapter.RETURN_REASONS)
    assert sum(adapter.RETURN_REASONS.values()) == 100


def test_closed_accounts_are_written_once(tmp_path: Path):
    database = tmp_path / "bank.sqlite"
    with sqlite3.connect(database) as made:
        made.execute("create table account (id text primary key, name text, iban text, currency text, closed integer)")
    made.close()
    mishaps = Mishaps(database, closed_per_thousand=100)
    first, second = mishaps.close_accounts(file_of(500)), mishaps.close_accounts(file_of(500))
    assert first == second
    assert 25 < first < 80
    with sqlite3.connect(database) as read:
        assert read.execute("select count(*), sum(closed) from account").fetchone() == (first, first)
    read.close()


def test_business_days_step_over_friday_saturday_and_sunday_of_the_bank():
    # its own weekend is Saturday and Sunday; Fridays are told to it as holidays
    assert adapter._business_days_after("2026-11-25", 2, {"2026-11-27"}) == "2026-11-30"


def test_an_iban_has_right_check_digits():
    made = iban("SHOHAY1010100200300")
    moved = made[4:] + made[:4]
    assert int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1
    assert date(2026, 11, 22).weekday() == 6  # the day on which the bank of the tests begins: a Sunday
