"""What the platform asks of a bank, whoever it is: an adapter gives it, a test may fake it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol


class Receipt(NamedTuple):
    """What the bank said when it was handed a file: ACCP, PART or RJCT, and for RJCT the reason code."""

    status: str
    reason: str = ""
    text: str = ""

    @property
    def had_it_already(self) -> bool:
        return self.reason == "DUPL"


class Letter(NamedTuple):
    """A message that waits at the bank: ``key`` tells the bank which one has been taken, ``data`` is the XML."""

    key: str
    data: bytes


class BankPort(Protocol):
    """A bank that takes pain.001 and answers. Each method raises Refusal('bank_down') when it cannot be reached."""

    def submit(self, data: bytes) -> Receipt:
        """Hand over one instruction file."""
        ...

    def letters(self) -> Iterator[Letter]:
        """The messages that wait, oldest first; they go on waiting until ``done``."""
        ...

    def done(self, keys: Iterable[str]) -> None:
        """Say that these messages have been kept and need not wait any more."""
        ...
