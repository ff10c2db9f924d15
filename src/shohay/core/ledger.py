"""The ledger: a chart of accounts, transfers that balance by themselves, balances by folding, payment states.

A transfer moves one amount from the account it credits to the account it debits, so every row balances and a
ledger of such rows cannot be out of balance (the model of TigerBeetle). All amounts are integer poisha.

    commit   a payroll line is owed            debit budget:OAA      credit payable:OAA
    send     the instruction goes to the bank  debit payable:OAA     credit bank:clearing
    settle   the bank took the money           debit bank:clearing   credit bank:account
    reject   the bank refused the instruction  debit bank:clearing   credit returned:OAA
    return   the money came back               debit bank:account    credit returned:OAA
    again    what bounced is owed once more    debit returned:OAA    credit payable:OAA
    release  what bounced is owed no longer    debit returned:OAA    credit budget:OAA
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

BANK_CLEARING = "bank:clearing"  # instructed, not yet answered; empty when the bank has answered everything
BANK_ACCOUNT = "bank:account"  # the account that pays; minus its balance is what left it, as its statement says

# kind -> (debit, credit); {} stands for the programme
CHART: Mapping[str, tuple[str, str]] = {
    "commit": ("budget:{}", "payable:{}"),
    "send": ("payable:{}", BANK_CLEARING),
    "settle": (BANK_CLEARING, BANK_ACCOUNT),
    "reject": (BANK_CLEARING, "returned:{}"),
    "return": (BANK_ACCOUNT, "returned:{}"),
    "again": ("returned:{}", "payable:{}"),
    "release": ("returned:{}", "budget:{}"),
}

# state -> states that may follow; the generated state diagram and every set-based update read this table
PAYMENT_STATES: Mapping[str, tuple[str, ...]] = {
    "due": ("sent",),
    "sent": ("accepted", "rejected", "paid"),  # a bank may report the booking before the acceptance
    "accepted": ("paid", "rejected"),  # an account closed between acceptance and settlement rejects late
    "paid": ("returned",),
    "rejected": (),
    "returned": (),
}
PAYROLL_STATES: Mapping[str, tuple[str, ...]] = {
    "prepared": ("approved",),
    "approved": ("sent",),
    "sent": ("answered",),
    "answered": ("reconciled",),
    "reconciled": ("answered",),  # a return that comes after all was reconciled opens it again
}

END_TO_END_LIMIT = 35  # ISO 20022 Max35Text


class Transfer(NamedTuple):
    """One movement; ``amount`` in poisha, above zero."""

    kind: str
    debit: str
    credit: str
    amount: int


def sides(kind: str, programme: str) -> tuple[str, str]:
    """The accounts that a movement of ``kind`` debits and credits; KeyError for an unknown kind."""
    debit, credit = CHART[kind]
    return debit.format(programme), credit.format(programme)


def transfer(kind: str, programme: str, amount: int) -> Transfer:
    """A movement of ``amount`` poisha; ValueError unless it is above zero."""
    if amount <= 0:
        raise ValueError("a transfer moves an amount above zero; book the opposite movement instead")
    return Transfer(kind, *sides(kind, programme), amount)


def fold(transfers: Iterable[Transfer]) -> dict[str, int]:
    """Balances by account, debits less credits, in poisha; they always sum to zero."""
    balances: dict[str, int] = {}
    for moved in transfers:
        balances[moved.debit] = balances.get(moved.debit, 0) + moved.amount
        balances[moved.credit] = balances.get(moved.credit, 0) - moved.amount
    return balances


def states_before(state: str) -> tuple[str, ...]:
    """The payment states from which ``state`` may be reached."""
    return tuple(before for before, after in PAYMENT_STATES.items() if state in after)


def end_to_end_id(programme: str, period_start: str, kind: str, enrolment: int) -> str:
    """The number of a payment on its whole way, the same whenever it is computed.

    Programme and kind (each cut at 8), year and month of the period (``period_start`` as YYYY-MM-DD), enrolment:
    the enrolment, period and kind make it unique; the programme is for people.
    """
    made = f"{programme[:8]}-{period_start[:4]}{period_start[5:7]}-{kind[:8].upper()}-{enrolment:08d}"
    if len(made) > END_TO_END_LIMIT:
        raise ValueError(f"longer than {END_TO_END_LIMIT} characters: {made}")
    return made
