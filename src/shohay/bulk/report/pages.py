"""A report as PDF: tagged (PDF/UA-1), its own fonts, the same bytes each time; by typst and the template report.typ."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from shohay.bulk.report import charts
from shohay.bulk.report.fonts import FAMILIES, FOLDER
from shohay.core.report.model import Block, Document, Figure, Heading, Listing, Paragraph, Table
from shohay.core.report.text import pick, plain, shown

TEMPLATE = Path(__file__).with_name("report.typ")
Report = Callable[[int, int], None]  # charts drawn, charts in all


def pdf(document: Document, *, report: Report | None = None) -> bytes:
    """The bytes of the PDF."""
    return _set(document, report, "pdf")[0]


def pages(document: Document, resolution: float = 70.0) -> list[bytes]:
    """Each page as a PNG, to look at."""
    return _set(document, None, "png", resolution)


def _set(document: Document, report: Report | None, form: str, resolution: float = 70.0) -> list[bytes]:
    import typst

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        pictures = _draw(document, folder, report)
        (folder / "document.json").write_text(
            json.dumps(_plain(document, pictures), ensure_ascii=False), encoding="utf-8"
        )
        (folder / "report.typ").write_bytes(TEMPLATE.read_bytes())
        more = {"pdf_standards": "ua-1"} if form == "pdf" else {"ppi": resolution}
        found: Any = typst.compile(  # type: ignore[call-overload]  # its stubs know no Any
            folder / "report.typ", root=folder, font_paths=_fonts(), format=form, timestamp=_moment(document), **more
        )
    return found if isinstance(found, list) else [found]


def _moment(document: Document) -> datetime:
    """The day of the figures, as the day on which the file says it was made: the same data give the same file."""
    return datetime.fromisoformat(document.day).replace(tzinfo=UTC)


@cache
def _fonts() -> Any:
    """Only the bundled fonts: what stands on a page does not depend on the machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])


def _draw(document: Document, folder: Path, report: Report | None) -> dict[str, str]:
    """Every chart as a file of ``folder``: id -> name of the file."""
    figures = [block for block in document.blocks() if isinstance(block, Figure)]
    for number, block in enumerate(figures):
        if report:
            report(number, len(figures))
        (folder / f"{block.id}.svg").write_bytes(charts.svg(block.chart, document.language))
    return {block.id: f"{block.id}.svg" for block in figures}


def _plain(document: Document, pictures: dict[str, str]) -> dict[str, Any]:
    """The document as the template reads it: every cell as it stands on the page."""
    return {
        "title": document.title, "subtitle": document.subtitle, "language": document.language,
        "label": document.label, "facts": document.facts, "fonts": FAMILIES,
        "author": pick(("সহায়", "Shohay"), document.language),
        "contents": pick(("সূচি", "Contents"), document.language),
        "blocks": _quiet([_block(block, document.language, pictures) for block in document.blocks()]),
    }  # fmt: skip


def _quiet(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A caption that only repeats the heading or the caption above it is not set again."""
    above = ""
    for block in blocks:
        if block["is"] == "heading":
            above = block["text"]
        elif "caption" in block:
            block["caption"], above = ("" if block["caption"] == above else block["caption"]), block["caption"]
    return blocks


def _block(block: Block, language: str, pictures: dict[str, str]) -> dict[str, Any]:
    match block:
        case Heading():
            return {"is": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"is": "paragraph", "text": plain(block.runs), "tone": block.tone}
        case Listing():
            return {"is": "list", "items": [plain(item) for item in block.items]}
        case Table():
            return _table(block, language)
        case Figure():
            return {"is": "figure", "caption": block.caption, "alt": block.alt, "source": block.source,
                    "file": pictures[block.id]}  # fmt: skip


def _table(block: Table, language: str) -> dict[str, Any]:
    def cells(row: tuple[Any, ...]) -> list[str]:
        return [shown(value, column.kind, language) for column, value in zip(block.columns, row, strict=True)]

    return {
        "is": "table", "caption": block.caption, "source": block.source,
        "columns": [
            {"label": column.label, "width": column.width, "number": column.is_number} for column in block.columns
        ],
        "rows": [cells(row) for row in block.rows], "total": cells(block.total) if block.total else [],
    }  # fmt: skip
