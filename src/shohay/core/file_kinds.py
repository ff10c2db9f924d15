"""What a file is, told by its bytes and never by its name: the kinds that may stand as evidence."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass

MOST_BYTES = 10 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """``ending`` of the name, and the content type it is handed out with."""

    ending: str
    content_type: str


PDF = Kind("pdf", "application/pdf")
PNG = Kind("png", "image/png")
JPEG = Kind("jpg", "image/jpeg")
XLSX = Kind("xlsx", f"{OFFICE}.spreadsheetml.sheet")
DOCX = Kind("docx", f"{OFFICE}.wordprocessingml.document")
CSV = Kind("csv", "text/csv; charset=utf-8")
KINDS = (PDF, PNG, JPEG, XLSX, DOCX, CSV)

PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_NAME = 150


def kind_of(data: bytes) -> Kind | None:
    """The kind of these bytes, or None when it is none of KINDS.

    A PDF, PNG or JPEG must also end as one: a picture cut off on its way proves nothing. Workbooks and documents
    with macros are none of KINDS.
    """
    tail = data[-1024:]
    if data.startswith(b"%PDF-") and b"%%EOF" in tail:
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in tail:
        return PNG
    if data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in tail:
        return JPEG
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data)
    return CSV if _is_csv(data) else None


def _of_archive(data: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for part, kind in PARTS.items() if part in names), None)


def _is_csv(data: bytes) -> bool:
    """UTF-8 text without control signs and mark-up, whose first line with words has a separator."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if not text.strip() or CONTROL.search(text) or text.lstrip().startswith(("<", "{", "#!", "%!")):
        return False
    first = next(line for line in text.splitlines() if line.strip())
    try:
        return any(len(next(csv.reader([first], delimiter=sign))) > 1 for sign in ",;\t|")
    except csv.Error:
        return False


def clean_name(name: str, kind: Kind) -> str:
    """The name a person gave, without folders and control signs, with the ending of what the file really is."""
    bare = re.split(r"[\\/]", name)[-1]
    bare = "".join(sign for sign in bare if sign.isprintable() and sign not in '"<>:|?*').strip(" .")
    stem = bare.rsplit(".", 1)[0].strip() or "evidence"
    return f"{stem[: LONGEST_NAME - 6]}.{kind.ending}"
