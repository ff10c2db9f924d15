"""The blocks of a report. Numbers in a text are runs that name the figure they show; cells keep their raw value.

A figure is ``{"value", "kind", "from"}`` under a key in the data of the edition; the kinds are those of
shohay.core.report.text. A document holds nothing that its writer would have to look up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence: plain words, a name out of the data, or the value of the figure ``key``."""

    text: str
    key: str = ""
    name: bool = False


Inline = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 is a chapter; ``id`` is unique in the document, so that pages can point to it."""

    level: int
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``tone``: '' for text, lead for the news on top, note for what must be borne in mind."""

    runs: Inline
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """``kind`` as of a figure, or text, name; ``width`` is the share of the line it gets beside the others."""

    label: str
    kind: str = "text"
    width: float = 1.0

    @property
    def is_number(self) -> bool:
        return self.kind not in ("text", "name", "day", "state", "code", "year")


@dataclass(frozen=True, slots=True)
class Table:
    """``total`` is the last line, of the same columns; ``source`` says where the rows come from."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: tuple[Any, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: bar, stacked, column, line (labels and series) or map (labels are codes of districts, one series).

    ``values`` is the kind of the values (core.report.text), ``unit`` what stands at the axis.
    """

    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    values: str = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption, and ``alt``: what it shows, for who cannot see it."""

    id: str
    caption: str
    alt: str
    chart: Chart
    source: str = ""


Block = Heading | Paragraph | Listing | Table | Figure


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter; ``sheet`` is the name of its sheet in a workbook."""

    sheet: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """``label`` stands on the cover and on every page ('' = nothing to say); ``facts`` are lines of the cover; ``day``
    (ISO) is that of the figures."""

    title: str
    subtitle: str
    language: str
    label: str
    day: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...] = field(default=())

    def blocks(self) -> Iterator[Block]:
        for part in self.parts:
            yield from part.blocks


def texts(document: Document) -> Iterator[Inline]:
    """Every sentence of the document, those of lists too."""
    for block in document.blocks():
        if isinstance(block, Paragraph):
            yield block.runs
        elif isinstance(block, Listing):
            yield from block.items
