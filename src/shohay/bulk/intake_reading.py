"""From the bytes that arrived to rows of text: encoding, separator, headings; whatever kind of file it is.

The result is a UTF-8 CSV whose columns are known. Anything that makes the whole file useless is a ``Refusal``.
"""

from __future__ import annotations

import codecs
import csv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shohay.bulk.intake_kinds import json_to_csv, odk_to_csv, parquet_to_csv
from shohay.bulk.intake_template import Template, fold_heading
from shohay.core.messages import Refusal

BLOCK = 4 << 20  # the longest first line
DECODED = 64 << 10  # bytes decoded at once: what fits the processor's cache is decoded twice as fast
ZIP_MAGIC = b"PK\x03\x04"
SPREADSHEET_MAGIC = (ZIP_MAGIC, b"\xd0\xcf\x11\xe0")
LENIENT = ("json", "odk")  # forms leave out what nobody answered: only required columns must be there
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


@dataclass(frozen=True)
class Opened:
    """A UTF-8 CSV of what arrived, its headings not yet understood."""

    path: Path
    header: list[str]
    delimiter: str
    encoding: str


def open_source(path: Path, template: Template, work: Path, columns: Sequence[str] = ()) -> Source:
    """Find out what ``path`` is and make it readable; temporary files go to ``work``.

    ``columns``: the template's code of each heading by place ('' = left aside), as an officer mapped them; then only
    required columns must be there. Raises Refusal: file_empty, file_not_a_table, file_encoding, file_bijoy,
    file_columns_missing, file_column_twice, file_no_rows, and for each kind of file that it is broken.
    """
    opened = open_file(path, template, work)
    codes, unknown = _columns(opened, template, columns)
    return Source(opened.path, opened.delimiter, codes, opened.encoding, unknown)


def open_file(path: Path, template: Template, work: Path) -> Opened:
    """What open_source does before it looks at the headings."""
    with path.open("rb") as file:
        start = file.read(64 * 1024)
    if not start.strip(b"\x00\xef\xbb\xbf\xff\xfe \r\n\t"):
        raise Refusal("file_empty")
    for magic, name in OTHER_MAGIC.items():
        if start.startswith(magic):
            raise Refusal("file_not_a_table", kind=name)
    path, encoding = _as_csv(path, start, template, work)
    header, delimiter = _header(path)
    return Opened(path, header, delimiter, encoding)


def _as_csv(path: Path, start: bytes, template: Template, work: Path) -> tuple[Path, str]:
    """The file as UTF-8 CSV, and what it was."""
    if start.startswith(b"PAR1"):
        return parquet_to_csv(path, work / "parquet.csv"), "parquet"
    if start.startswith(ZIP_MAGIC) and _holds_csv(path):
        return odk_to_csv(path, template, work), "odk"
    if start.startswith(SPREADSHEET_MAGIC):
        return _spreadsheet_to_csv(path, work / "sheet.csv"), "xlsx"
    if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"[", b"{"):
        return json_to_csv(path, template, work / "json.csv"), "json"
    encoding = _encoding(path, start)
    if encoding in ("utf-8", "utf-8-sig"):
        return path, encoding
    return _transcode(path, encoding, work / "utf8.csv"), encoding


def _holds_csv(path: Path) -> bool:
    """A zip of CSVs, as ODK Central exports a form with its repeats; a spreadsheet is a zip of other things."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(".csv") for name in archive.namelist())
    except zipfile.BadZipFile:
        return False


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


def understood(header: Sequence[str], template: Template) -> list[str]:
    """The template's code of each heading, '' for one that it does not know."""
    known = {heading: column.code for column in template.columns for heading in column.headings()}
    return [known.get(fold_heading(heading), "") for heading in header]


def _columns(opened: Opened, template: Template, mapped: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The code of each heading; every column of the template must be there, once (required ones where mapped)."""
    header = opened.header
    fits = len(mapped) == len(header)
    columns = tuple(mapped) if fits else tuple(understood(header, template))
    lenient = fits or opened.encoding in LENIENT
    missing = [c for c in template.columns if c.code not in columns and (c.required or not lenient)]
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
