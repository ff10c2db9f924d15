"""A report as a model: lines become sections, paragraphs, sentences and tables with columns that are understood.

A line with tabs (or with at least two '|') is a table row. Nothing here judges; the rules do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from shohay.core.checking.columns import is_header, roles_of, tidy_header
from shohay.core.checking.text import clean, key, squeeze

HEADING = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?P<title>\D.*)$")
CHAPTER = re.compile(
    r"^(?:chapter|section|part|অধ্যায়|অনুচ্ছেদ|পরিচ্ছেদ)\s+(?P<number>\d{1,2})\s*[:.\-]?\s*(?P<title>.*)$", re.I
)
CONTENTS = re.compile(r"^(table of )?contents$|^সূচি(পত্র)?$", re.I)
CONTENTS_ROW = re.compile(r"^(?P<number>\d+(?:\.\d+)*)\.?\s+(?P<title>.+?)[.\s\u2026]*\s(?P<page>\d{1,4})$")
SENTENCE_END = re.compile(
    r"(?<=[.!?।])(?<!\b[A-Z]\.)(?<!No\.)(?<!Tk\.)(?<!vs\.)(?<!i\.e\.)(?<!e\.g\.)[\"')]*\s+(?=[\"'(]*[A-Z\u0980-\u09ff\d])"
)
RULE_ROW = re.compile(r"^[-=_:\s|]+$")


@dataclass
class Row:
    """A table row: where it stands, its cells as printed, and its cells by the role of their column."""

    line: int
    cells: list[str]
    table: Table
    group: str = ""  # the heading row it stands under: a cluster, a stage
    after_break: bool = False  # the first row after an empty line: a page may have ended here

    def get(self, role: str) -> str:
        """The cell of a role, '' where the table has no such column or the row is short."""
        at = self.table.roles.index(role) if role in self.table.roles else -1
        return self.cells[at] if 0 <= at < len(self.cells) else ""


@dataclass
class Table:
    """Rows under one header. ``kind``: plan, series, ministries, programmes or other."""

    line: int
    header: list[str]
    roles: list[str]
    kind: str
    section: Section | None = None
    rows: list[Row] = field(default_factory=list)
    headerless: bool = False
    split_headers: list[int] = field(default_factory=list)

    @property
    def line_end(self) -> int:
        return self.rows[-1].line if self.rows else self.line


@dataclass
class Section:
    """A numbered heading and its place."""

    number: str
    title: str
    line: int
    entity: str = ""  # the key of the ministry it is about, set by names.py

    @property
    def level(self) -> int:
        return self.number.count(".") + 1


@dataclass
class Paragraph:
    """Running text; lines that a page break cut in two are one paragraph."""

    parts: list[tuple[int, str]]  # line number, cleaned text
    section: Section | None

    @property
    def line(self) -> int:
        return self.parts[0][0]

    @cached_property
    def text(self) -> str:
        return " ".join(text for _line, text in self.parts)

    def line_at(self, offset: int) -> int:
        """The line on which the character at ``offset`` of ``text`` stands."""
        starts, at = [], 0
        for _line, text in self.parts:
            starts.append(at)
            at += len(text) + 1
        return self.parts[max(0, bisect_right(starts, offset) - 1)][0]

    @cached_property
    def sentences(self) -> list[Sentence]:
        found, at = [], 0
        for match in [*SENTENCE_END.finditer(self.text), None]:
            end = match.start() if match else len(self.text)
            text = self.text[at:end]
            if text.strip():
                found.append(Sentence(text, at, self))
            at = match.end() if match else end
        return found


@dataclass
class Sentence:
    """One sentence and where it begins in its paragraph."""

    text: str
    offset: int
    paragraph: Paragraph

    def line(self, at: int = 0) -> int:
        return self.paragraph.line_at(self.offset + at)


@dataclass
class ContentsRow:
    """A line of the table of contents."""

    line: int
    number: str
    title: str
    page: int


@dataclass
class Document:
    """A whole report."""

    lines: list[str]
    sections: list[Section] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    contents: list[ContentsRow] = field(default_factory=list)
    front: list[str] = field(default_factory=list)  # the lines before the first section: the title page

    def of_kind(self, *kinds: str) -> list[Table]:
        return [table for table in self.tables if table.kind in kinds]

    def section_of(self, line: int) -> Section | None:
        found = None
        for section in self.sections:
            if section.line > line:
                break
            found = section
        return found

    def text(self, line: int) -> str:
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""


def parse(lines: list[str], headings: frozenset[int] = frozenset()) -> Document:
    """Read the lines of a report. ``headings``: line numbers that the file itself marks as headings."""
    document = Document(list(lines))
    _Reader(document, headings).read()
    return document


class _Reader:
    """One pass over the lines; what is open (table, paragraph, section) is kept here."""

    def __init__(self, document: Document, headings: frozenset[int]) -> None:
        self.document, self.marked = document, headings
        self.section: Section | None = None
        self.table: Table | None = None
        self.group = ""
        self.pending: tuple[int, str] | None = None  # a short line that may be a heading inside a table
        self.blank = True
        self.last_plan: Table | None = None

    def read(self) -> None:
        after = self._contents()
        for no, raw in enumerate(self.document.lines, 1):
            if no in after:
                continue
            text = squeeze(clean(raw.replace("\t", " ")))
            if not text or RULE_ROW.match(text):
                self.blank = self.blank or not text
                continue
            cells = cells_of(raw)
            if len(cells) > 1:
                self._row(no, cells)
            else:
                self._text(no, text)
            self.blank = False
        self._flush()

    def _contents(self) -> set[int]:
        """The lines of the table of contents, read into the document."""
        taken: set[int] = set()
        lines = self.document.lines
        start = next((no for no, raw in enumerate(lines) if CONTENTS.match(squeeze(clean(raw)))), None)
        if start is None:
            return taken
        taken.add(start + 1)
        for no in range(start + 1, len(lines)):
            text = squeeze(clean(lines[no].replace("\t", " ").replace("|", " ")))
            row = CONTENTS_ROW.match(text)
            if row:
                title = re.sub(r"[.\s\u2026]+$", "", row["title"])
                self.document.contents.append(ContentsRow(no + 1, row["number"], title, int(row["page"])))
            elif text and not re.fullmatch(r"\D.*?[.\s]\d{1,4}", text):
                break
            taken.add(no + 1)
        return taken

    def _text(self, no: int, text: str) -> None:
        heading = self._heading(no, text)
        if heading:
            self._flush()
            self.section, self.table, self.group = heading, None, ""
            self.document.sections.append(heading)
            return
        if self.section is None and len(self.document.front) < 40:
            self.document.front.append(text)
        if self.table is not None and len(text) < 80 and not re.search(r"[.!?।:]$", text) and self.pending is None:
            self.pending = (no, text)
            return
        self._flush()
        self.table, self.group = None, ""
        self._paragraph(no, text)

    def _flush(self) -> None:
        if self.pending:
            self._paragraph(*self.pending)
            self.pending, self.table, self.group = None, None, ""

    def _paragraph(self, no: int, text: str) -> None:
        paragraphs = self.document.paragraphs
        last = paragraphs[-1] if paragraphs else None
        open_end = last is not None and not re.search(r"[.!?।:;\"')\]]$", last.text) and len(last.text) > 80
        if last and open_end and last.section is self.section and re.match(r"[a-z\u0980-\u09ff(]", text):
            last.parts.append((no, text))
            last.__dict__.pop("text", None)
            return
        paragraphs.append(Paragraph([(no, text)], self.section))

    def _heading(self, no: int, text: str) -> Section | None:
        found = HEADING.match(text) or CHAPTER.match(text)
        if not found:
            return Section("", text, no) if no in self.marked else None
        number, title = found["number"], found["title"].strip()
        if no not in self.marked and not self._may_head(number, title):
            return None
        return Section(number, title, no)

    def _may_head(self, number: str, title: str) -> bool:
        if len(title) > 110 or re.search(r"[.!?;,।]$", title) or not title or len(title.split()) > 16:
            return False
        if title[0].islower() or re.match(r"(%|per cent|percent|crore|lakh|শতাংশ|কোটি|লাখ|টি\b)", title):
            return False
        if "." in number:
            return True
        listed = {row.number for row in self.document.contents}
        if listed:
            return number in listed and any(key(row.title) == key(title) for row in self.document.contents)
        tops = [int(section.number) for section in self.document.sections if section.number.isdigit()]
        wanted = tops[-1] + 1 if tops else 1
        return int(number) in (wanted, wanted - 1, wanted + 1) and not self._numbered_list(number)

    def _numbered_list(self, number: str) -> bool:
        """Items of a list stand close together; headings have text between them."""
        return bool(self.document.sections) and not self.blank

    def _row(self, no: int, cells: list[str]) -> None:
        cells, split = tidy_header(cells)
        if is_header(cells):
            self._header(no, cells, split)
            return
        if self.pending:  # the short line stood inside the table: it names the rows below it
            same = self.table is not None and len(self.table.roles) >= len(_filled(cells)) and self.table.kind == "plan"
            if same:
                self.group, self.pending = self.pending[1], None
            else:
                self._flush()
        if self.table is None:
            self._headerless(no, cells)
        assert self.table is not None
        if _only_first(cells) and self.table.kind == "plan" and len(cells) > 3:
            self.group = cells[0]
            return
        self.table.rows.append(Row(no, cells, self.table, self.group, after_break=self.blank))

    def _header(self, no: int, cells: list[str], split: bool) -> None:
        roles, kind = roles_of(cells)
        repeated = self.table is not None and self.table.roles == roles and self.pending is None
        if not repeated:
            self._flush()
            self.table = Table(no, cells, roles, kind, self.section)
            self.group = ""
            self.document.tables.append(self.table)
        assert self.table is not None
        if kind == "plan":
            self.last_plan = self.table
        if split:
            self.table.split_headers.append(no)

    def _headerless(self, no: int, cells: list[str]) -> None:
        """A table that lost its header: the header of the last plan fits when the number of columns does."""
        known = self.last_plan
        if known is not None and len(cells) == len(known.roles):
            self.table = Table(no, known.header, known.roles, "plan", self.section, headerless=True)
        else:
            self.table = Table(no, [], ["" for _cell in cells], "other", self.section, headerless=True)
        self.document.tables.append(self.table)


def cells_of(raw: str) -> list[str]:
    """The cells of a line: by tabs, or by '|' where there are at least two and no tab."""
    if "\t" in raw:
        return [squeeze(clean(cell)) for cell in raw.rstrip("\r\n").split("\t")]
    if raw.count("|") >= 2:
        return [squeeze(clean(cell)) for cell in raw.strip().strip("|").split("|")]
    return [raw]


def _filled(cells: list[str]) -> list[str]:
    return [cell for cell in cells if cell]


def _only_first(cells: list[str]) -> bool:
    return bool(cells[0]) and not any(cells[1:]) and not cells[0].isdigit() and len(cells[0]) > 3
