"""Payment instructions as ISO 20022 pain.001.001.09, written by the column: no loop over payments.

DuckDB builds the transaction elements of all lines as one column of text; the bytes of that column are the body of
the file. How this profile names accounts:

    bank account    CdtrAcct/Id/Othr: Id = number, SchmeNm/Cd = BBAN
                    CdtrAgt/FinInstnId/ClrSysMmbId/MmbId = routing number, 9 digits
    mobile wallet   CdtrAcct/Id/Othr: Id = wallet number, SchmeNm/Prtry = MFS, Issr = provider (bkash, nagad ...)
                    CdtrAgt/FinInstnId/Othr: Id = provider, SchmeNm/Prtry = MFS

Category purpose SSBE (social security benefit). Amounts in BDT with two decimals.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow import compute as columns

from shohay.core.values import Taka

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
MAX_LINES = 10_000

# what `write` reads: one row a payment; line numbers follow each other without a gap
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
        ("area_code", pa.string()),
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
NAME = r"""case when length(name) <= 140 and not regexp_matches(name, '[\x00-\x1F\x7F\x{FFFE}\x{FFFF}&<>]') then name
     else replace(replace(replace(left(regexp_replace(name, '[\x00-\x1F\x7F\x{FFFE}\x{FFFF}]', ' ', 'g'), 140),
          '&', '&amp;'), '<', '&lt;'), '>', '&gt;') end"""
PLAIN = r"^[0-9A-Za-z ._/-]{1,34}$"  # numbers, providers and codes are of letters and digits; anything else is refused

LINES = """
select '<CdtTrfTxInf><PmtId><EndToEndId>' || end_to_end_id || '</EndToEndId></PmtId><Amt><InstdAmt Ccy="BDT">'
       || (amount_poisha // 100) || '.' || lpad((amount_poisha % 100)::varchar, 2, '0')
       || '</InstdAmt></Amt><CdtrAgt><FinInstnId>'
       || case when account_kind = 'mfs'
               then '<Othr><Id>' || provider || '</Id><SchmeNm><Prtry>MFS</Prtry></SchmeNm></Othr>'
               else '<ClrSysMmbId><MmbId>' || routing_number || '</MmbId></ClrSysMmbId>' end
       || '</FinInstnId></CdtrAgt><Cdtr><Nm>' || {name} || '</Nm></Cdtr><CdtrAcct><Id><Othr><Id>' || number || '</Id>'
       || case when account_kind = 'mfs'
               then '<SchmeNm><Prtry>MFS</Prtry></SchmeNm><Issr>' || provider || '</Issr>'
               else '<SchmeNm><Cd>BBAN</Cd></SchmeNm>' end
       || '</Othr></Id></CdtrAcct><RmtInf><Ustrd>{remittance}</Ustrd></RmtInf></CdtTrfTxInf>\n' as xml,
       amount_poisha
from payments order by line_no
"""

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


def write(payments: pa.Table, order: Order, folder: Path, max_lines: int = MAX_LINES) -> Iterator[Written]:
    """Write the payments (columns: COLUMNS, in any order) as files of ``max_lines`` at most; yield each.

    A file appears under its name only when it is whole, so a stop in the middle leaves none half written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if payments.num_rows == 0:
        return
    first_line = int(columns.min(payments["line_no"]).as_py())
    xml, amounts = _elements(payments, order)
    offsets = np.frombuffer(xml.buffers()[1], dtype=np.int64)[xml.offset : xml.offset + len(xml) + 1]
    body = memoryview(xml.buffers()[2])
    for sequence, start in enumerate(range(0, len(xml), max_lines), 1):
        end = min(start + max_lines, len(xml))
        message_id = message_id_of(order, sequence)
        poisha = int(amounts[start:end].sum())
        path = folder / f"{message_id}.xml"
        head = _head(order, message_id, end - start, poisha)
        digest = _save(path, [head, body[offsets[start] : offsets[end]], FOOT])
        yield Written(sequence, message_id, path, digest, first_line + start, end - start, poisha)


def message_id_of(order: Order, sequence: int) -> str:
    """The number of a file: the same payroll with the same lines always gives the same, so the bank knows a repeat."""
    return f"SHY-{order.series}{order.payroll}-{sequence:04d}-{order.stamp[:8]}"


def _elements(payments: pa.Table, order: Order) -> tuple[pa.LargeStringArray, np.ndarray]:
    """The transaction elements in the order of the lines, and their amounts."""
    _refuse_strange(payments)
    query = LINES.format(name=NAME, remittance=escape(f"{order.programme} {order.period}"))
    with duckdb.connect() as engine:
        engine.execute("set threads = 2; set preserve_insertion_order = true")
        engine.register("payments", payments)
        table = engine.execute(query).to_arrow_table()
    xml = table["xml"].cast(pa.large_string()).combine_chunks()
    if xml.null_count:
        raise ValueError(f"{xml.null_count} payments lack a name, an account or a routing number")
    return xml, table["amount_poisha"].to_numpy()


def _refuse_strange(payments: pa.Table) -> None:
    """ValueError when a number, provider or routing number could break the file; empty ones belong to another kind."""
    for name in ("number", "provider", "routing_number"):
        found = payments[name] if name == "number" else columns.unique(payments[name])
        fits = columns.or_(columns.equal(found, ""), columns.match_substring_regex(found, PLAIN))
        if not columns.all(fits, skip_nulls=True).as_py():
            raise ValueError(f"a value of {name} cannot stand in a payment file")


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


def _save(path: Path, parts: list[bytes | memoryview]) -> str:
    digest = hashlib.sha256()
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        for piece in parts:
            file.write(piece)
            digest.update(piece)
    part.rename(path)
    path.chmod(0o600)  # account numbers stand in it
    return digest.hexdigest()
