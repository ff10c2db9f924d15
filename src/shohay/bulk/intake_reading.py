"""From the bytes that arrived to rows of text: encoding, separator, headings; CSV and spreadsheets alike.

The result is a UTF-8 CSV whose columns are known. Anything that makes the whole file useless is a ``Refusal``.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shohay.bulk.intake_template import Template, fold_heading
from shohay.core.messages import Refusal

BLOCK = 4 << 20  # the longest first line
DECODED = 64 << 10  # bytes decoded at once: what fits the processor's cache is decoded twice as fast
SPREADSHEET_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
OTHER_MAGIC = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"\x1f\x8b": "GZIP", b"Rar!": "RAR"}
# signs that Bijoy (SutonnyMJ) text shows everywhere once its bytes are read as Windows-1252: e-kar, joined forms.
# Accented letters and curly quotation marks are left out: Latin text has them too.
BIJOY_SIGNS = frozenset("†‡ˆ‰Š‹Œ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶¸¹º»¼½¾¿")
TOO_LONG_NUMBER = 1e15  # a spreadsheet keeps 15 digits of a number: longer ones are damaged


@dataclass(frozen=True)
class Source:
    """Text that DuckDB can read: a UTF-8 CSV, and what each of its columns means ('' = unknown to the template)."""

    path: Path
    delimiter: str
    columns: tuple[str, ...]
    encoding: str
    unknown: tuple[str, ...]  # headings that the template does not know; their cells are left aside


def open_source(path: Path, template: Template, work: Path) -> Source:
    """Find out what ``path`` is and make it readable; temporary files go to ``work``.

    Raises Refusal: file_empty, file_not_a_table, file_encoding, file_bijoy, file_columns_missing, file_column_twice,
    file_no_rows, file_spreadsheet_broken.
    """
    with path.open("rb") as file:
        start = file.read(64 * 1024)
    if not start.strip(b"\x00\xef\xbb\xbf\xff\xfe \r\n\t"):
        raise Refusal("file_empty")
    for magic, name in OTHER_MAGIC.items():
        if start.startswith(magic):
            raise Refusal("file_not_a_table", kind=name)
    if start.startswith(SPREADSHEET_MAGIC):
        path, encoding = _spreadsheet_to_csv(path, work / "sheet.csv"), "xlsx"
    else:
        encoding = _encoding(path, start)
        if encoding not in ("utf-8", "utf-8-sig"):
            path = _transcode(path, encoding, work / "utf8.csv")
    header, delimiter = _header(path)
    columns, unknown = _columns(header, template)
    return Source(path, delimiter, columns, encoding, unknown)


def _encoding(path: Path, start: bytes) -> str:
    """utf-8, utf-8-sig or utf-16; everything else is refused with advice."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _walk(path, "utf-16")
        return "utf-16"
    if b"\x00" in start:
        little = start[1::2].count(0) >= start[0::2].count(0)
        _walk(path, guess := "utf-16-le" if little else "utf-16-be")
        return guess
    try:
        _walk(path, "utf-8")
    except Refusal:
        if looks_like_bijoy(start.decode("cp1252", errors="ignore")):
            raise Refusal("file_bijoy") from None
        raise
    return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"


def _walk(path: Path, encoding: str) -> None:
    """Read the whole file once in ``encoding``; Refusal('file_encoding') where it does not fit."""
    for _ in _decoded(path, encoding):
        pass


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder, done = codecs.getincrementaldecoder(encoding)(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(DECODED):
                yield decoder.decode(block)
                done += len(block)
            yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Refusal("file_encoding", place=done + error.start) from error


def _transcode(path: Path, encoding: str, out: Path) -> Path:
    with out.open("w", encoding="utf-8", newline="") as file:
        for text in _decoded(path, encoding):
            file.write(text)
    return out


def looks_like_bijoy(text: str) -> bool:
    """Whether text without Bangla letters carries the signs that Bijoy fonts borrow: a fifth of what is not ASCII."""
    other = [letter for letter in text if letter > "\x7f" and not letter.isspace()]
    if not other or any("\u0980" <= letter <= "\u09ff" for letter in other):
        return False
    return sum(letter in BIJOY_SIGNS for letter in other) * 5 >= len(other)


def _header(path: Path) -> tuple[list[str], str]:
    """The headings and the separator: the one among , ; tab that the first line has most of."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline(BLOCK)
        more = file.read(1)
    delimiter = max(",;\t|", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    if not more:
        raise Refusal("file_no_rows")
    return header, delimiter


def _columns(header: list[str], template: Template) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The template's code of each heading; every column of the template must be there, once."""
    known = {heading: column.code for column in template.columns for heading in column.headings()}
    columns = tuple(known.get(fold_heading(heading), "") for heading in header)
    missing = [column for column in template.columns if column.code not in columns]
    if missing:
        if looks_like_bijoy(" ".join(header)):
            raise Refusal("file_bijoy")
        raise Refusal("file_columns_missing", columns=", ".join(f"{column.bn} ({column.code})" for column in missing))
    twice = sorted({code for code in columns if code and columns.count(code) > 1})
    if twice:
        raise Refusal("file_column_twice", columns=", ".join(twice))
    unknown = tuple(heading for heading, code in zip(header, columns, strict=True) if not code and heading.strip())
    return columns, unknown


def _spreadsheet_to_csv(path: Path, out: Path) -> Path:
    """The first sheet as CSV. Cells come as values: a formula is never run, only its stored result is read."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(path)
        sheet = book.get_sheet_by_index(0)
        if not sheet.height:
            raise Refusal("file_empty")
        with out.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([cell_text(cell) for cell in row] for row in sheet.iter_rows())
    except python_calamine.PasswordError as error:
        raise Refusal("file_locked") from error
    except (python_calamine.CalamineError, OSError) as error:
        raise Refusal("file_spreadsheet_broken") from error
    return out


def cell_text(cell: object) -> str:
    """What a spreadsheet cell says: whole numbers without '.0', days in ISO form, damaged long numbers left visible."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        if abs(cell) >= TOO_LONG_NUMBER:
            return f"{cell:.14E}"
        return str(int(cell)) if float(cell).is_integer() else repr(cell)
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())[:10]
    return str(cell)
