"""Balances by folding, the chart, and the life of a payment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core import ledger

PROGRAMMES = st.sampled_from(["OAA", "WDA", "FAMCARD"])
TRANSFERS = st.lists(
    st.builds(ledger.transfer, st.sampled_from(sorted(ledger.CHART)), PROGRAMMES, st.integers(1, 10**12)), max_size=40
)


@given(TRANSFERS)
def test_balances_always_sum_to_zero(transfers):
    assert sum(ledger.fold(transfers).values()) == 0


@given(TRANSFERS, TRANSFERS)
def test_folding_in_parts_is_folding_the_whole(first, second):
    whole, parts = ledger.fold(first + second), (ledger.fold(first), ledger.fold(second))
    assert whole == {name: sum(part.get(name, 0) for part in parts) for name in whole}


def test_the_life_of_a_payment_that_arrives():
    moved = [ledger.transfer(kind, "OAA", 195_000) for kind in ("commit", "send", "settle")]
    assert ledger.fold(moved) == {
        "budget:OAA": 195_000, "payable:OAA": 0, "bank:clearing": 0, "bank:account": -195_000,
    }  # fmt: skip


@pytest.mark.parametrize("way", [("commit", "send", "reject"), ("commit", "send", "settle", "return")])
def test_what_bounces_is_owed_again_until_released(way):
    moved = [ledger.transfer(kind, "OAA", 100) for kind in way]
    balances = ledger.fold(moved)
    assert balances["returned:OAA"] == -100
    assert balances["bank:clearing"] == balances.get("bank:account", 0) == 0
    assert set(ledger.fold([*moved, ledger.transfer("release", "OAA", 100)]).values()) == {0}


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_is_above_zero(amount):
    with pytest.raises(ValueError, match="above zero"):
        ledger.transfer("commit", "OAA", amount)


def test_every_state_can_be_reached_and_the_table_names_no_other():
    reached, waiting = set(), ["due"]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting += [after for after in ledger.PAYMENT_STATES[state] if after not in reached]
    assert reached == set(ledger.PAYMENT_STATES)
    assert ledger.states_before("paid") == ("sent", "accepted")


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ_", min_size=1, max_size=20), st.integers(1, 10**10 - 1))
def test_numbers_fit_the_bank_s_field(code, enrolment):
    number = ledger.end_to_end_id(code, "2026-07-01", "regular", enrolment)
    assert len(number) <= 35
    assert number == ledger.end_to_end_id(code, "2026-07-01", "regular", enrolment)


def test_a_number_too_long_is_an_error():
    with pytest.raises(ValueError, match="longer"):
        ledger.end_to_end_id("ABCDEFGHIJKL", "2026-07-01", "abcdefghij", 10**15)
