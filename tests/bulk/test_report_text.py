"""Draft reports as files: text in its encodings, DOCX, HTML, and files that are none of them."""

from __future__ import annotations

import io
import zipfile

import pytest

from shohay.bulk.report_text import read
from shohay.core.messages import Refusal

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
        )
    return file.getvalue()


def paragraph(text: str, style: str = "") -> str:
    before = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_its_encodings(encoding: str) -> None:
    assert read("ভাতা\r\nক\tখ\r\n".encode(encoding), "x.txt").lines == ["ভাতা", "ক\tখ", ""]


def test_docx_keeps_the_order_of_paragraphs_and_tables() -> None:
    """A merged cell leaves its row's other cells in their columns."""
    table = (
        f"<w:tbl><w:tr>{cell('SL')}{cell('Activities')}</w:tr>"
        f"<w:tr>{cell('1', '<w:vMerge w:val=&quot;restart&quot;/>'.replace('&quot;', chr(34)))}{cell('Do')}</w:tr>"
        f"<w:tr>{cell('1', '<w:vMerge/>')}{cell('Go on')}</w:tr>"
        f"<w:tr>{cell('wide', '<w:gridSpan w:val=&quot;2&quot;/>'.replace('&quot;', chr(34)))}</w:tr></w:tbl>"
    )
    text = read(docx(paragraph("Overview", "Heading1") + paragraph("Before") + table + paragraph("After")), "x.docx")
    assert text.lines == ["Overview", "Before", "SL\tActivities", "1\tDo", "\tGo on", "wide\t", "", "After"]
    assert text.headings == {1}


def test_html_without_its_menus_and_scripts() -> None:
    page = b"<!doctype html><html><head><title>t</title></head><body><nav><p>menu</p></nav><h1>Report</h1><p>Text <b>here</b>.</p><table><tr><th>A</th><th>B</th></tr><tr><td colspan=2>x</td></tr></table><script>no()</script></body></html>"
    text = read(page, "x.html")
    assert [line for line in text.lines if line] == ["Report", "Text here.", "A\tB", "x\t"]
    assert text.lines.index("Report") + 1 in text.headings


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "check_file_empty"), (b"  \n\t\n", "check_file_empty"), (b"%PDF-1.7 ...", "check_file_pdf"),
        (b"\x00\x01\x02", "check_file_kind"), (b"\xff\xd8\xff\xe0", "check_file_kind"), (b"PK\x03\x04broken", "check_file_broken"),
        (docx("<w:p>")[:200], "check_file_broken"), (docx("<w:p>"), "check_file_broken"), (b"\xe0\xa6 latin \xe9", "check_file_kind"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read(data: bytes, code: str) -> None:
    """The refusal says why and what to do, in both languages."""
    with pytest.raises(Refusal) as refused:
        read(data, "draft")
    assert refused.value.code == code
    assert "draft" in refused.value.say("bn")
    assert "draft" in refused.value.say("en")


def test_a_zip_that_is_no_document() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(Refusal) as refused:
        read(file.getvalue(), "a.zip")
    assert refused.value.code == "check_file_kind"
