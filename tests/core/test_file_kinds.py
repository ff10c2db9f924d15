"""What a file is, told by its bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from shohay.core.file_kinds import CSV, DOCX, JPEG, PDF, PNG, XLSX, clean_name, kind_of

PDF_BYTES = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
PNG_BYTES = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"IEND\xaeB`\x82"
JPEG_BYTES = b"\xff\xd8\xff\xe0" + b"\x00" * 40 + b"\xff\xd9"


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF_BYTES, PDF),
        (PNG_BYTES, PNG),
        (JPEG_BYTES, JPEG),
        (archive("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        (archive("[Content_Types].xml", "word/document.xml"), DOCX),
        ("\ufeffক,খ\n১,২\n".encode(), CSV),
        (b"a;b\n1;2\n", CSV),
        (PDF_BYTES[:-8], None),
        (PNG_BYTES[:-8], None),
        (archive("xl/workbook.xml"), None),
        (archive("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), None),
        (archive("run.exe"), None),
        (b"PK\x03\x04 cut off", None),
        (b"MZ\x90\x00 program", None),
        (b"<html><script>a,b</script>", None),
        (b"<svg xmlns='x'>,</svg>", None),
        (b"#!/bin/sh\necho a,b", None),
        (b"only words", None),
        (b"a,b\x00\n", None),
        (b"\xff\xfe,\x00", None),
        (b"", None),
    ],
)
def test_the_kind_follows_from_the_bytes(data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.exe", "report.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\files\\প্রতিবেদন.PDF", "প্রতিবেদন.pdf"),
        ('a"b\r\n.pdf', "ab.pdf"),
        ("", "evidence.pdf"),
        ("x" * 400 + ".pdf", "x" * 144 + ".pdf"),
    ],
)
def test_names_lose_folders_and_signs_and_tell_the_kind(given, kept):
    assert clean_name(given, PDF) == kept
