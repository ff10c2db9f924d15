"""What the links of the chain share: who acts, which day it is, what is paid, which bank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from shohay.adapters.banks import MockBank
    from shohay.core.values import Period
    from shohay.stages.accounts.officer import Officer

Progress = Callable[[str, int, int], None]  # step, rows done, rows in all


class Counted(NamedTuple):
    """What went into a link and what came out."""

    rows_in: int
    rows_out: int


@dataclass
class World:
    """What the links share; each finds in the database what the ones before it left."""

    households: int
    seed: int
    today: date
    var: Path
    bank_url: str
    _officers: dict[str, Officer] = field(default_factory=dict)

    def officer(self, username: str) -> Officer:
        """A demo officer by sign-in name."""
        from shohay.stages.accounts.queries import officer_of

        if username not in self._officers:
            self._officers[username] = officer_of(username)
        return self._officers[username]

    @cached_property
    def bank(self) -> MockBank:
        from shohay.adapters.banks import demo_bank

        return demo_bank(self.bank_url, self.var)

    @property
    def quarter(self) -> Period:
        """The last whole quarter before today: what is paid."""
        from shohay.core.values import Period

        end = date(self.today.year, (self.today.month - 1) // 3 * 3 + 1, 1)
        last = end - timedelta(days=1)
        return Period(date(last.year, last.month - 2, 1), end)

    def period(self, rhythm: str) -> Period:
        """The period paid to a programme of this rhythm: the last month, quarter or half-year that ended."""
        from shohay.core.values import Period

        quarter = self.quarter
        if rhythm == "monthly":
            last = quarter.end - timedelta(days=1)
            return Period(last.replace(day=1), quarter.end)
        return quarter
