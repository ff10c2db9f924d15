"""What a bank answers, read as a stream into one table: pain.002, pacs.004, camt.054 and the balances of camt.053.

Any version of these messages is read: elements are found by their local names. Entities, DTDs and network access
are off; a file that carries a DTD is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from lxml import etree

# event: accepted | rejected (pain.002), returned (pacs.004), debited | credited (camt.054)
ENTRIES = pa.schema(
    [
        ("end_to_end_id", pa.string()),
        ("event", pa.string()),
        ("amount_poisha", pa.int64()),  # null in pain.002
        ("reason_code", pa.string()),
    ]
)

ROOTS = {
    "CstmrPmtStsRpt": "pain.002",
    "PmtRtr": "pacs.004",
    "BkToCstmrDbtCdtNtfctn": "camt.054",
    "BkToCstmrStmt": "camt.053",
}
ACCEPTED = ("ACCP", "ACSP", "ACTC", "ACWC", "ACSC", "ACCC", "ACFC")


class Unreadable(ValueError):
    """The message is not XML, or not one of the four kinds; the text says which."""


@dataclass
class Answer:
    """One message: its kind, its number, the file it answers, the entries, and balances in poisha for a camt.053."""

    kind: str
    message_id: str = ""
    original_message_id: str = ""
    group_status: str = ""
    group_reason: str = ""
    entries: pa.Table = field(default_factory=ENTRIES.empty_table)
    account: str = ""  # the account that a notification or statement is about
    balances: dict[str, int] = field(default_factory=dict)  # OPBD, CLBD


def read(data: bytes) -> Answer:
    """The message in ``data``; Unreadable when it is none of the four kinds."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise Unreadable("it carries a DTD")
    try:
        return _read(data)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"not XML: {error}") from error
    except (InvalidOperation, ValueError) as error:
        raise Unreadable(str(error)) from error


def _read(data: bytes) -> Answer:
    answer: Answer | None = None
    rows = Rows()
    for element in _elements(data):
        if answer is None:  # each of the four messages begins with its group header
            parent = element.getparent()
            kind = ROOTS.get(etree.QName(parent).localname) if parent is not None else None
            if kind is None:
                break
            answer = Answer(kind)
        READERS[etree.QName(element).localname](element, answer, rows)
        _forget(element)
    if answer is None:
        raise Unreadable("not a pain.002, pacs.004, camt.054 or camt.053")
    answer.entries = rows.table()
    return answer


def _elements(data: bytes) -> Iterator[Any]:
    """The elements that have a reader, each when it is complete; a file that is no XML raises XMLSyntaxError."""
    parsed = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{name}" for name in READERS],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in parsed:
        yield element


def _forget(element: Any) -> None:
    """Free what was read, so that memory does not grow with the file."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


class Rows:
    """The columns of the entries while they are collected."""

    def __init__(self) -> None:
        self.columns: tuple[list[Any], ...] = ([], [], [], [])

    def add(self, end_to_end_id: str, event: str, amount: int | None, reason: str) -> None:
        for column, value in zip(self.columns, (end_to_end_id, event, amount, reason), strict=True):
            column.append(value)

    def table(self) -> pa.Table:
        return pa.table(list(self.columns), schema=ENTRIES)


def _header(element: Any, answer: Answer, rows: Rows) -> None:
    answer.message_id = _text(element, "MsgId")


def _group(element: Any, answer: Answer, rows: Rows) -> None:
    answer.original_message_id = _text(element, "OrgnlMsgId")
    answer.group_status = _text(element, "GrpSts")
    answer.group_reason = _text(element, "StsRsnInf", "Rsn", "Cd")


def _status(element: Any, answer: Answer, rows: Rows) -> None:
    status = _text(element, "TxSts")
    event = "accepted" if status in ACCEPTED else "rejected" if status == "RJCT" else ""
    if event:  # PDNG and RCVD decide nothing
        rows.add(_text(element, "OrgnlEndToEndId"), event, None, _text(element, "StsRsnInf", "Rsn", "Cd"))


def _return(element: Any, answer: Answer, rows: Rows) -> None:
    amount = _child(element, "RtrdIntrBkSttlmAmt")
    reason = _text(element, "RtrRsnInf", "Rsn", "Cd")
    rows.add(_text(element, "OrgnlEndToEndId"), "returned", _poisha(amount.text), reason)


def _entry(element: Any, answer: Answer, rows: Rows) -> None:
    """An entry of a notification; one of a statement repeats it and is only summed there."""
    if answer.kind != "camt.054":
        return
    for details in element.iter("{*}TxDtls"):
        side = _text(details, "CdtDbtInd") or _text(element, "CdtDbtInd")
        amount = _child(details, "Amt") if _child(details, "Amt") is not None else _child(element, "Amt")
        event = "debited" if side == "DBIT" else "credited"
        reason = _text(details, "RtrInf", "Rsn", "Cd")
        rows.add(_text(details, "Refs", "EndToEndId"), event, _poisha(amount.text), reason)


def _account(element: Any, answer: Answer, rows: Rows) -> None:
    answer.account = _text(element, "Id", "IBAN") or _text(element, "Id", "Othr", "Id")


def _balance(element: Any, answer: Answer, rows: Rows) -> None:
    code = _text(element, "Tp", "CdOrPrtry", "Cd")
    sign = -1 if _text(element, "CdtDbtInd") == "DBIT" else 1
    answer.balances[code] = sign * _poisha(_text(element, "Amt"))


READERS = {
    "GrpHdr": _header,
    "OrgnlGrpInfAndSts": _group,
    "OrgnlGrpInf": _group,
    "TxInfAndSts": _status,
    "TxInf": _return,
    "Ntry": _entry,
    "Acct": _account,
    "Bal": _balance,
}


def _child(element: Any, name: str) -> Any:
    return element.find(f"{{*}}{name}")


def _text(element: Any, *path: str) -> str:
    for name in path:
        element = _child(element, name)
        if element is None:
            return ""
    return (element.text or "").strip()


def _poisha(text: str) -> int:
    """'1250.5' taka as 125050 poisha; more than two decimals is an error."""
    amount = Decimal(text) * 100
    if amount != amount.to_integral_value():
        raise ValueError(f"an amount in parts of a poisha: {text}")
    return int(amount)


def totals(paths: list[Path], numbers: pa.Table) -> dict[str, int]:
    """Poisha debited and credited for the payments in ``numbers`` by the entries kept in ``paths`` (Parquet)."""
    with duckdb.connect() as engine:
        engine.execute("set threads = 2")
        engine.register("numbers", numbers)
        if not paths:
            return {"debited": 0, "credited": 0}
        files = [str(path) for path in paths]
        found = engine.execute(
            "select event, cast(sum(amount_poisha) as bigint) from"
            " (select distinct end_to_end_id, event, amount_poisha from read_parquet(?)) e"
            " semi join numbers using (end_to_end_id) group by event",
            [files],
        ).fetchall()
    sums = dict(found)
    return {event: int(sums.get(event, 0)) for event in ("debited", "credited")}
