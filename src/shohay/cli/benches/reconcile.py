"""The bank's answers to a payroll, applied, and the payroll reconciled: pain.002 and camt.054 for every file."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from shohay.cli.ready import ready

DEFAULT_ROWS = 1_000_000

STATUS = """<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>S-{id}</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{id}</OrgnlMsgId><GrpSts>ACCP</GrpSts>
</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>{lines}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"""
STATUS_LINE = (
    "'<TxInfAndSts><OrgnlEndToEndId>' || end_to_end_id || '</OrgnlEndToEndId><TxSts>ACCP</TxSts></TxInfAndSts>'"
)
NOTICE = """<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">
<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N-{id}</MsgId></GrpHdr><Ntfctn>{lines}</Ntfctn></BkToCstmrDbtCdtNtfctn>
</Document>"""
NOTICE_LINE = (
    "'<Ntry><Amt Ccy=\"BDT\">' || (amount_poisha / 100.0)::numeric(18, 2) || '</Amt><CdtDbtInd>DBIT</CdtDbtInd>"
    "<NtryDtls><TxDtls><Refs><EndToEndId>' || end_to_end_id || '</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>'"
)


def run(rows: int) -> dict[str, Any]:
    """Send each file to a bank that accepts everything, then apply its answers and reconcile."""
    ready()
    from shohay.cli.benches import _money
    from shohay.core.bank import Letter, Receipt
    from shohay.stages.payments import actions

    class Yes:
        def submit(self, data: bytes) -> Receipt:
            return Receipt("ACCP")

        def letters(self) -> Iterator[Letter]:
            return iter(())

        def done(self, keys: Iterable[str]) -> None:
            pass

    finance = _money.officer("finance")
    with _money.beneficiaries(rows) as preparation:
        payroll = _money.payroll()
        files = actions.write_files(payroll=payroll, by=finance)
        for file in files:
            actions.send(payment_file=file, bank=Yes(), by=finance)
        letters = [
            _letter(file, text, line) for file in files for text, line in ((STATUS, STATUS_LINE), (NOTICE, NOTICE_LINE))
        ]
        started = time.perf_counter()
        for letter in letters:
            actions.take_answer(data=letter, by=finance)
        applied = time.perf_counter()
        report = actions.reconcile(payroll=payroll, by=finance)
        finished = time.perf_counter()
        assert report["balanced"], report
        assert report["open"] == 0, report
        return {
            **preparation,
            "seconds": round(finished - started, 2),
            "answers_seconds": round(applied - started, 2),
            "reconcile_seconds": round(finished - applied, 2),
            "messages": len(letters),
        }


def _letter(file: Any, text: str, line: str) -> bytes:
    """What the bank would write about a file, made by the database in one go."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            f"select string_agg({line}, '' order by id) from payments_payment where id between %s and %s",
            [file.first_payment_id, file.first_payment_id + file.lines - 1],
        )
        (lines,) = cursor.fetchone()
    return text.format(id=file.message_id, lines=lines).encode()
