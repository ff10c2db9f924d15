"""A draft report's file as lines of text, in the order of the page: .txt, .docx and .html; table rows have tabs.

The checker counts lines from 1 in what comes out here. Raises Refusal check_file_* in both languages.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from shohay.core.messages import Refusal

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_MIB = 20
LARGEST_XML = 80 * 2**20  # of a document's text once unpacked
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLOCKS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote", "pre", "figcaption", "caption", "title"]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
SKIPPED = frozenset(["script", "style", "nav", "head", "template", "svg", "noscript", "button", "select"])


class Text(NamedTuple):
    """Lines, and the numbers (from 1) of those that the file itself marks as headings."""

    lines: list[str]
    headings: frozenset[int]


def read(data: bytes, name: str) -> Text:
    """The lines of a file; its kind is told by its bytes, not its name."""
    if len(data) > LARGEST_MIB * 2**20:
        raise Refusal("check_file_big", file=name, limit=LARGEST_MIB)
    if data[:4] == b"PK\x03\x04":
        found = _docx(data, name)
    elif data[:4] == b"%PDF":
        raise Refusal("check_file_pdf", file=name)
    elif data[:4] == b"\xd0\xcf\x11\xe0" or data[:8] == b"\x89PNG\r\n\x1a\n" or data[:3] == b"\xff\xd8\xff":
        raise Refusal("check_file_kind", file=name)
    else:
        text = _decoded(data, name)
        start = text[:2000].lstrip("\ufeff \r\n\t").casefold()
        found = (
            _html(text, name)
            if start.startswith(("<!doctype html", "<html", "<?xml"))
            else Text(_lines(text), frozenset())
        )
    if not any(line.strip() for line in found.lines):
        raise Refusal("check_file_empty", file=name)
    return found


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _decoded(data: bytes, name: str) -> str:
    """UTF-8 with or without its mark, UTF-16 by its mark; anything else is no text of ours."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                break
            if "\x00" in text:
                break
            return text
    raise Refusal("check_file_kind", file=name)


def _docx(data: bytes, name: str) -> Text:
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise Refusal("check_file_kind", file=name)
            if archive.getinfo("word/document.xml").file_size > LARGEST_XML:
                raise Refusal("check_file_big", file=name, limit=LARGEST_MIB)
            xml = archive.read("word/document.xml")
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise Refusal("check_file_broken", file=name) from error
    lines: list[str] = []
    headings: set[int] = set()
    body = root.find(f"{W}body")
    _docx_blocks(body if body is not None else root, lines, headings)
    return Text(lines, frozenset(headings))


def _docx_blocks(parent: _Element, lines: list[str], headings: set[int]) -> None:
    for child in parent:
        if child.tag == f"{W}p":
            style = child.find(f"{W}pPr/{W}pStyle")
            if style is not None and str(style.get(f"{W}val", "")).casefold().startswith(("heading", "title")):
                headings.add(len(lines) + 1)
            lines.append(_docx_text(child))
        elif child.tag == f"{W}tbl":
            for row in child.iter(f"{W}tr"):
                lines.append("\t".join(_docx_cells(row)))
            lines.append("")
        elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
            _docx_blocks(child, lines, headings)


def _docx_cells(row: _Element) -> list[str]:
    """The cells of a row; one that spans columns leaves the others empty, one merged from above is empty."""
    cells: list[str] = []
    for cell in row.iterchildren(f"{W}tc"):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        going_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        text = " ".join(filter(None, (_docx_text(part) for part in cell.iterchildren(f"{W}p"))))
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        wide = int(span.get(f"{W}val", "1")) if span is not None and str(span.get(f"{W}val", "1")).isdigit() else 1
        cells += ["" if going_on else text, *[""] * (min(wide, 60) - 1)]
    return cells


def _docx_text(paragraph: _Element) -> str:
    parts = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        parts.append((node.text or "") if node.tag == f"{W}t" else " ")
    return "".join(parts).replace("\t", " ").replace("\n", " ")


def _html(text: str, name: str) -> Text:
    from lxml import etree, html

    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("check_file_broken", file=name) from error
    lines: list[str] = []
    headings: set[int] = set()
    _html_blocks(root, lines, headings)
    return Text(lines, frozenset(headings))


def _html_blocks(parent: _Element, lines: list[str], headings: set[int]) -> None:
    for child in parent.iterchildren():
        if not isinstance(child.tag, str) or child.tag in SKIPPED:
            continue
        if child.tag == "table":
            for row in child.iter("tr"):
                cells = []
                for cell in row.iterchildren("td", "th"):
                    wide = str(cell.get("colspan", "1"))
                    cells += [_flat(cell), *[""] * (min(int(wide), 60) - 1 if wide.isdigit() else 0)]
                lines.append("\t".join(cells))
            lines.append("")
        elif child.tag in BLOCKS:
            if child.tag in HEADINGS:
                headings.add(len(lines) + 1)
            lines += [_flat(child), ""]
        else:
            _html_blocks(child, lines, headings)


def _flat(node: _Element) -> str:
    return " ".join("".join(str(part) for part in node.itertext()).split())
