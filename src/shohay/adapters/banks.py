"""The bank of the demo and the tests: the PyPI package mock-bank, a process of its own, spoken to over HTTP.

``MockBank`` is a core.bank.BankPort plus the controls that only a pretended bank has: its accounts, its clock.
``Mishaps`` is the synthetic world's part: which receiving accounts turn out closed and which payments come back.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from shohay.core.bank import Letter, Receipt
from shohay.core.messages import Refusal

BANK_MEMBER = "999999992"  # mock-bank's own number in the clearing system
WANTED = ("pain.002", "pacs.004", "camt.054", "camt.053")
WEEKEND = (5, 6)  # mock-bank's own: Saturday and Sunday; Fridays are told to it as holidays


class MockBank:
    """mock-bank at ``url``; with ``mishaps`` some payments fail, as in life."""

    def __init__(self, url: str, mishaps: Mishaps | None = None, timeout: float = 300) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self.mishaps, self.timeout = mishaps, timeout

    def submit(self, data: bytes) -> Receipt:
        if self.mishaps:
            self.mishaps.close_accounts(data)
        status, answer = self._json("POST", "/payments", data, "application/xml")
        if "status" not in answer:
            raise Refusal("bank_refused", why=str(answer.get("error", status))[:200])
        if self.mishaps:
            self.mishaps.plan_returns(data)
        return Receipt(answer["status"], answer.get("reason") or "", (answer.get("reason_text") or "")[:300])

    def letters(self) -> Iterator[Letter]:
        _, waiting = self._json("GET", "/_mock/mailbox?leave")
        for row in waiting:
            if row["type"].startswith(WANTED):
                yield Letter(str(row["id"]), row["body"].encode())

    def done(self, keys: Iterable[str]) -> None:
        """Empty the mailbox; what arrived meanwhile and was not read yet is put back."""
        read = set(keys)
        if not read:
            return
        _, taken = self._json("GET", "/_mock/mailbox")
        for row in taken:
            if str(row["id"]) not in read and row["type"].startswith(WANTED):
                self._json("POST", f"/_mock/mailbox/{row['id']}/unread")

    # --- controls of a pretended bank

    def ready(self) -> bool:
        """Whether the bank answers."""
        try:
            return self._json("GET", "/_mock/health")[0] == 200
        except Refusal:
            return False

    def open_account(self, number: str, name: str, balance_poisha: int) -> None:
        """The account that pays; nothing happens when the bank holds it already."""
        if any(account["account_number"] == number for account in self._json("GET", "/_mock/accounts")[1]):
            return
        fields = {
            "id": f"GOB-{number}",
            "name": name,
            "iban": iban(f"SHOHAY{number}"),
            "currency": "BDT",
            "balance": balance_poisha,
            "account_number": number,
        }
        status, answer = self._json("POST", "/_mock/accounts", json.dumps(fields).encode(), "application/json")
        if status != 201:
            raise Refusal("bank_refused", why=str(answer.get("error", status))[:200])

    def change_account(self, number: str, **fields: Any) -> None:
        """Set fields of an account the bank holds, such as behaviour='return-later'."""
        self._json("PATCH", f"/_mock/accounts/GOB-{number}", json.dumps(fields).encode(), "application/json")

    def balance(self, number: str) -> int:
        """Poisha in the account now."""
        return int(self._json("GET", f"/_mock/accounts/GOB-{number}")[1]["balance"])

    def close_fridays(self, first: date, weeks: int = 60) -> None:
        """Bangladesh rests on Friday and Saturday; the Fridays are holidays to this bank."""
        friday = first + timedelta(days=(4 - first.weekday()) % 7)
        days = [(friday + timedelta(weeks=week)).isoformat() for week in range(weeks)]
        self._json("PUT", "/_mock/holidays", json.dumps(days).encode(), "application/json")

    def advance(self, days: int) -> dict[str, Any]:
        """Let ``days`` pass at the bank: bookings, statements and returns that fall due happen."""
        status, answer = self._json("POST", f"/_mock/advance?days={days}")
        if status != 200:
            raise Refusal("bank_refused", why=str(answer.get("error", status))[:200])
        return dict(answer)

    def _json(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, Any]:
        connection = HTTPConnection(self.host, self.port, timeout=self.timeout)
        try:
            connection.request(method, path, body or None, {"Content-Type": kind} if kind else {})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, HTTPException, ValueError) as error:
            raise Refusal("bank_down", why=f"{type(error).__name__}: {error}") from error
        finally:
            connection.close()


# reason -> share of returns, in percent. No series of bounce-backs is published for Bangladesh (facts/bangladesh.md B);
# what is published are the causes: wrong and dormant accounts, wallets whose PIN was never set, dead holders.
RETURN_REASONS = {"AC01": 24, "AC04": 20, "AC06": 30, "MD07": 12, "BE04": 8, "MS02": 6}


class Mishaps:
    """What goes wrong after the money leaves, chosen by the payment's number, so that a rerun goes the same way.

    mock-bank can refuse or return one named payment at a time through its control interface; a payroll has
    hundreds. So this writes what the world has done to it straight into the bank's own database (SQLite, its --db),
    and the bank reports it in its own way: AC04 in the pain.002, a pacs.004 and a credit two business days later.
    """

    def __init__(self, database: Path, closed_per_thousand: int = 6, returned_per_thousand: int = 14) -> None:
        self.database = database
        self.closed, self.returned = closed_per_thousand, returned_per_thousand

    def close_accounts(self, data: bytes) -> int:
        """Some receiving accounts of this file are closed: the bank will reject payments to them. How many."""
        hit = [(number, number) for id_, number in _transactions(data) if _draw(id_, "closed") < self.closed]
        with sqlite3.connect(self.database, timeout=30) as bank:
            bank.executemany(
                "insert or ignore into account (id, name, iban, currency, closed)"
                " values ('closed-' || ?, 'closed account', ?, 'BDT', 1)",
                hit,
            )
        bank.close()
        return len(hit)

    def plan_returns(self, data: bytes, after: int = 2) -> int:
        """Some accepted payments of this file will come back ``after`` business days after they settled."""
        plans = [(_reason(id_), id_) for id_, _ in _transactions(data) if _draw(id_, "returned") < self.returned]
        with sqlite3.connect(self.database, timeout=30) as bank:
            rest = {row[0] for row in bank.execute("select day from holiday")}
            days = bank.execute("select distinct settlement_date from payment where settlement_date is not null")
            due = {row[0]: _business_days_after(row[0], after, rest) for row in days.fetchall()}
            bank.execute("create temp table due (settled text primary key, back text)")
            bank.executemany("insert into due values (?, ?)", due.items())
            bank.executemany(
                "update payment set return_due = (select back from due where settled = settlement_date),"
                " return_reason = ? where end_to_end_id = ? and status = 'accepted' and returned_at is null",
                plans,
            )
        bank.close()
        return len(plans)


def _transactions(data: bytes) -> Iterator[tuple[str, str]]:
    """(EndToEndId, receiving account number) of each payment in a pain.001."""
    for _, element in etree.iterparse(BytesIO(data), tag="{*}CdtTrfTxInf", resolve_entities=False, no_network=True):
        id_ = element.findtext("{*}PmtId/{*}EndToEndId") or ""
        yield id_, element.findtext("{*}CdtrAcct/{*}Id/{*}Othr/{*}Id") or ""
        element.clear()


def _draw(end_to_end_id: str, what: str) -> int:
    """0 to 999, always the same for one payment."""
    return int.from_bytes(hashlib.sha256(f"{what}:{end_to_end_id}".encode()).digest()[:4]) % 1000


def _reason(end_to_end_id: str) -> str:
    point, reasons = _draw(end_to_end_id, "reason") % 100, list(RETURN_REASONS.items())
    for code, share in reasons:
        point -= share
        if point < 0:
            return code
    return reasons[-1][0]


def _business_days_after(day: str, count: int, rest: set[str]) -> str:
    at = date.fromisoformat(day)
    while count:
        at += timedelta(days=1)
        if at.weekday() not in WEEKEND and at.isoformat() not in rest:
            count -= 1
    return at.isoformat()


def iban(bban: str, country: str = "BD") -> str:
    """A number of IBAN's shape with right check digits. Bangladesh has no IBAN; mock-bank insists on one."""
    digits = "".join(str(int(letter, 36)) for letter in f"{bban}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{bban}"


def demo_bank(url: str, var: Path) -> MockBank:
    """The bank that `shohay bank start` runs: with mishaps, when its database is on this machine."""
    database = var / "bank" / "bank.sqlite"
    return MockBank(url, Mishaps(database) if database.exists() else None)
