"""Payment instructions as ISO 20022 pain.001.001.09, written by the column: no loop over payments.

Arrow builds the transaction elements of many lines as one column of text; the bytes of that column are the body of
the file. How this profile names accounts:

    bank account    CdtrAcct/Id/Othr: Id = number, SchmeNm/Cd = BBAN
                    CdtrAgt/FinInstnId/ClrSysMmbId/MmbId = routing number, 9 digits
    mobile wallet   CdtrAcct/Id/Othr: Id = wallet number, SchmeNm/Prtry = MFS, Issr = provider (bkash, nagad ...)
                    CdtrAgt/FinInstnId/Othr: Id = provider, SchmeNm/Prtry = MFS

Category purpose SSBE (social security benefit). Amounts in BDT with two decimals.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pyarrow as pa
from pyarrow import compute as columns

from shohay.bulk.ahead import ahead
from shohay.core.values import Taka

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
MAX_LINES = 10_000

# what `write` reads: one row a payment; lines are numbered from 1 without a gap
COLUMNS = pa.schema(
    [
        ("line_no", pa.int64()),
        ("end_to_end_id", pa.string()),
        ("amount_poisha", pa.int64()),
        ("name", pa.string()),
        ("account_kind", pa.string()),  # mfs | bank
        ("provider", pa.string()),
        ("routing_number", pa.string()),
        ("number", pa.string()),  # opened for the file, kept nowhere else
    ]
)


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who pays: the account of the programme at the paying bank."""

    name: str
    account: str
    bank_member: str  # the paying bank's number in the clearing system


@dataclass(frozen=True, slots=True)
class Order:
    """What all files of a payroll share."""

    payroll: int
    programme: str
    period: str  # for the remittance line: 2026-07
    day: date  # requested execution
    created: datetime
    stamp: str  # of the payroll's result: keeps message numbers of different contents apart
    debtor: Debtor
    series: str = "P"  # what is numbered: P a payroll, S a supplement of payments made again


@dataclass(frozen=True, slots=True)
class Written:
    """One file: ``lines`` payments from line ``first_line`` on."""

    sequence: int
    message_id: str
    path: Path
    sha256: str
    first_line: int
    lines: int
    poisha: int


# XML 1.0 cannot carry control characters; names are cut to 140 before escaping. Most names need none of it.
UNFIT = r"[\x00-\x1F\x7F\x{FFFE}\x{FFFF}]"
NEEDS_CARE = r"[\x00-\x1F\x7F\x{FFFE}\x{FFFF}&<>]"
NAME_LENGTH = 140
PLAIN = r"^[0-9A-Za-z ._/-]{1,34}$"  # numbers, providers and codes are of letters and digits; anything else is refused

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="{namespace}"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>{message_id}</MsgId><CreDtTm>{created}</CreDtTm><NbOfTxs>{lines}</NbOfTxs><CtrlSum>{total}</CtrlSum>\
<InitgPty><Nm>{debtor}</Nm></InitgPty></GrpHdr>
<PmtInf><PmtInfId>{message_id}</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>{lines}</NbOfTxs><CtrlSum>{total}</CtrlSum>\
<PmtTpInf><CtgyPurp><Cd>SSBE</Cd></CtgyPurp></PmtTpInf><ReqdExctnDt><Dt>{day}</Dt></ReqdExctnDt>\
<Dbtr><Nm>{debtor}</Nm></Dbtr><DbtrAcct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>BDT</Ccy></DbtrAcct>\
<DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>{member}</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>
"""
FOOT = b"</PmtInf></CstmrCdtTrfInitn></Document>\n"


def write(parts: Iterable[pa.Table], order: Order, folder: Path, max_lines: int = MAX_LINES) -> Iterator[Written]:
    """Write the payments (columns: COLUMNS, in any order) as files of ``max_lines`` at most; yield each.

    ``parts`` are taken one after another in the caller's thread while two others make and write what came before.
    A file appears under its name only when it is whole, so a stop in the middle leaves none half written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        some = (part for part in parts if part.num_rows)
        elements = _in_line_order(ahead(pool, partial(_elements, order=order), some))
        files = enumerate(_cut(elements, max_lines), 1)
        yield from ahead(pool, lambda file: _save(*file, order=order, folder=folder), files)


def message_id_of(order: Order, sequence: int) -> str:
    """The number of a file: the same payroll with the same lines always gives the same, so the bank knows a repeat."""
    return f"SHY-{order.series}{order.payroll}-{sequence:04d}-{order.stamp[:8]}"


def _elements(payments: pa.Table, order: Order) -> pa.Table:
    """The transaction elements of the payments: line_no, amount_poisha, xml; in the order of the lines."""
    _refuse_strange(payments)
    line_no = payments["line_no"].to_numpy()
    if not (line_no[1:] > line_no[:-1]).all():
        payments = payments.sort_by("line_no")
    xml = _xml(payments.combine_chunks(), escape(f"{order.programme} {order.period}"))
    if xml.null_count:
        raise ValueError(f"{xml.null_count} payments lack a name, an account or a routing number")
    return payments.select(["line_no", "amount_poisha"]).append_column("xml", xml.cast(pa.large_string()))


def _xml(payments: pa.Table, remittance: str) -> pa.ChunkedArray:
    """One text a payment, NULL where something is missing: all its pieces laid end to end in one go."""
    join, is_wallet = columns.binary_join_element_wise, columns.equal(payments["account_kind"], "mfs")
    provider, routing = payments["provider"], payments["routing_number"]
    taka = columns.divide(payments["amount_poisha"], 100)
    poisha = columns.subtract(payments["amount_poisha"], columns.multiply(taka, 100))
    agent = columns.if_else(
        is_wallet,
        join("<Othr><Id>", provider, "</Id><SchmeNm><Prtry>MFS</Prtry></SchmeNm></Othr>", ""),
        join("<ClrSysMmbId><MmbId>", routing, "</MmbId></ClrSysMmbId>", ""),
    )
    scheme = columns.if_else(
        is_wallet,
        join("<SchmeNm><Prtry>MFS</Prtry></SchmeNm><Issr>", provider, "</Issr>", ""),
        "<SchmeNm><Cd>BBAN</Cd></SchmeNm>",
    )
    return join(
        "<CdtTrfTxInf><PmtId><EndToEndId>", payments["end_to_end_id"],
        '</EndToEndId></PmtId><Amt><InstdAmt Ccy="BDT">', taka.cast(pa.string()),
        ".", columns.utf8_lpad(poisha.cast(pa.string()), 2, "0"),
        "</InstdAmt></Amt><CdtrAgt><FinInstnId>", agent,
        "</FinInstnId></CdtrAgt><Cdtr><Nm>", _names(payments["name"]),
        "</Nm></Cdtr><CdtrAcct><Id><Othr><Id>", payments["number"], "</Id>", scheme,
        f"</Othr></Id></CdtrAcct><RmtInf><Ustrd>{remittance}</Ustrd></RmtInf></CdtTrfTxInf>\n", "",
    )  # fmt: skip


def _names(names: pa.ChunkedArray) -> pa.ChunkedArray:
    """Names as XML may carry them."""
    strange = columns.or_(
        columns.greater(columns.utf8_length(names), NAME_LENGTH), columns.match_substring_regex(names, NEEDS_CARE)
    )
    if not columns.any(strange).as_py():
        return names
    mended = columns.replace_substring_regex(names.filter(strange), UNFIT, " ")
    mended = columns.utf8_slice_codeunits(mended, 0, NAME_LENGTH)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        mended = columns.replace_substring(mended, character, entity)
    return columns.replace_with_mask(names.combine_chunks(), strange.combine_chunks(), mended.combine_chunks())


def _refuse_strange(payments: pa.Table) -> None:
    """ValueError when a number, provider or routing number could break the file; empty ones belong to another kind."""
    for name in ("number", "provider", "routing_number"):
        found = payments[name] if name == "number" else columns.unique(payments[name])
        fits = columns.or_(columns.equal(found, ""), columns.match_substring_regex(found, PLAIN))
        if not columns.all(fits, skip_nulls=True).as_py():
            raise ValueError(f"a value of {name} cannot stand in a payment file")


def _in_line_order(parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The parts as they come while each goes on where the last one ended; all others at the end, sorted.

    ValueError when a line is missing: the files would then not hold the payments that they are said to hold.
    """
    expected, later = 1, []
    for part in parts:
        if _goes_on(part, expected):
            expected += part.num_rows
            yield part
        else:
            later.append(part)
    if later:
        rest = pa.concat_tables(later).sort_by("line_no").combine_chunks()
        if not _goes_on(rest, expected):
            raise ValueError(f"a line is missing or twice there from line {expected} on")
        yield rest


def _goes_on(part: pa.Table, expected: int) -> bool:
    return bool((part["line_no"].to_numpy() == np.arange(expected, expected + part.num_rows)).all())


def _cut(parts: Iterable[pa.Table], size: int) -> Iterator[pa.Table]:
    """The same rows in tables of ``size``, the last one of what is left."""
    rest: pa.Table | None = None
    for part in parts:
        rest = pa.concat_tables([rest, part]) if rest else part
        while rest.num_rows >= size:
            yield rest.slice(0, size)
            rest = rest.slice(size)
    if rest:
        yield rest


def _save(sequence: int, elements: pa.Table, order: Order, folder: Path) -> Written:
    message_id = message_id_of(order, sequence)
    first_line, lines = elements["line_no"][0].as_py(), elements.num_rows
    poisha = int(columns.sum(elements["amount_poisha"]).as_py())
    path, part, digest = folder / f"{message_id}.xml", folder / f"{message_id}.part", hashlib.sha256()
    head: bytes | memoryview = _head(order, message_id, lines, poisha)
    pieces = [head, *map(_bytes, elements["xml"].chunks), FOOT]
    with part.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
    part.chmod(0o600)  # account numbers stand in it
    part.rename(path)
    return Written(sequence, message_id, path, digest.hexdigest(), first_line, lines, poisha)


def _bytes(texts: pa.LargeStringArray) -> memoryview:
    """The texts end to end, as they lie in memory."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int64)
    return memoryview(texts.buffers()[2])[offsets[texts.offset] : offsets[texts.offset + len(texts)]]


def _head(order: Order, message_id: str, lines: int, poisha: int) -> bytes:
    return HEAD.format(
        namespace=NAMESPACE,
        message_id=message_id,
        created=order.created.replace(microsecond=0, tzinfo=None).isoformat(),
        lines=lines,
        total=Taka(poisha),
        debtor=escape(order.debtor.name[:140]),
        day=order.day.isoformat(),
        account=escape(order.debtor.account),
        member=escape(order.debtor.bank_member),
    ).encode()
