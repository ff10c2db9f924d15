"""Headings: numbers twice, left out or going back, contents that differ, chapters that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shohay.core.checking.context import Report
from shohay.core.checking.document import Section
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.text import key

NUMBER = Rule(
    "section.number", "error", "অনুচ্ছেদের নম্বরে অসংগতি", "Section numbers out of order",
    "{before}-এর পরে {reported}; হওয়ার কথা {expected}।", "After {before} comes {reported}; {expected} was due.",
)  # fmt: skip
TWICE = Rule(
    "section.twice", "error", "একই নম্বরের দুই অনুচ্ছেদ", "A section number used twice",
    "{reported} নম্বর আগেও ব্যবহৃত হয়েছে: “{expected}”।", "The number {reported} is used already, by \"{expected}\".",
)  # fmt: skip
TITLE = Rule(
    "section.title", "warning", "সূচিপত্র ও শিরোনাম ভিন্ন", "Contents and heading differ",
    "সূচিপত্রে {number} “{expected}”, শিরোনামে “{reported}”।", "The contents call {number} \"{expected}\", the heading \"{reported}\".",
)  # fmt: skip
MISSING = Rule(
    "section.missing", "error", "সূচিপত্রের অনুচ্ছেদ নেই", "A section of the contents that is not there",
    "সূচিপত্রের “{reported}” প্রতিবেদনে নেই।", "\"{reported}\" of the contents is not in the report.",
)  # fmt: skip
UNLISTED = Rule(
    "section.unlisted", "warning", "সূচিপত্রে নেই", "A section that the contents leave out",
    "“{reported}” সূচিপত্রে নেই।", "\"{reported}\" is not in the contents.",
)  # fmt: skip
PAGE = Rule(
    "section.page", "warning", "সূচিপত্রের পৃষ্ঠা নম্বর উল্টো", "Page numbers of the contents go back",
    "“{name}”-এর পৃষ্ঠা {reported}, আগেরটির {expected}।", "\"{name}\" is on page {reported}, the one before it on {expected}.",
)  # fmt: skip
NO_CHAPTER = Rule(
    "section.no-chapter", "warning", "সারণিতে আছে, অধ্যায় নেই", "In the table, and no chapter",
    "“{reported}” মন্ত্রণালয়গুলোর সারণিতে আছে, কিন্তু কোনো অধ্যায় নেই।", "\"{reported}\" is in the table of ministries and has no chapter.",
)  # fmt: skip
NO_TABLE = Rule(
    "section.no-table", "note", "উল্লিখিত সারণি নেই", "A table that is spoken of and not there",
    "“{reported}” বলা হয়েছে, কিন্তু এ অনুচ্ছেদে কোনো সারণি নেই।", "\"{reported}\" is spoken of, and the section has no table.",
)  # fmt: skip
PROMISED = Rule(
    "section.promised", "note", "শিরোনামে আছে, লেখায় নেই", "Promised by the title and not there",
    "শিরোনামে “{expected}” আছে, কিন্তু অনুচ্ছেদে তা নেই।", "The title promises \"{expected}\", and no section has it.",
)  # fmt: skip
RULES = (NUMBER, TWICE, TITLE, MISSING, UNLISTED, PAGE, NO_CHAPTER, NO_TABLE, PROMISED)

THIS_TABLE = re.compile(
    r"\b(this table|the following table|the table below|table below)\b|নিচের সারণি|নিম্নের সারণি|এ সারণি", re.I
)


def check(report: Report) -> Iterator[Finding]:
    """Numbers, then the contents, then what is missing."""
    yield from _numbers([row for row in report.document.sections if row.number])
    yield from _contents(report)
    yield from _chapters(report)
    yield from _tables(report)
    yield from _promised(report.document.sections)


def _numbers(sections: list[Section]) -> Iterator[Finding]:
    used: dict[str, Section] = {}
    last: dict[str, int] = {}
    for section in sections:
        if section.number in used:
            yield TWICE.at(section.line, reported=section.number, expected=used[section.number].title)
            continue
        used[section.number] = section
        parent, _dot, end = section.number.rpartition(".")
        before, number = last.get(parent, 0), int(end)
        if number != before + 1 and (before or number > 1):
            due = f"{parent}.{before + 1}" if parent else str(before + 1)
            earlier = f"{parent}.{before}" if parent and before else parent or str(before)
            yield NUMBER.at(section.line, reported=section.number, expected=due, before=earlier)
        last[parent] = max(number, before)


def _contents(report: Report) -> Iterator[Finding]:
    document, page = report.document, 0
    headed = {section.number: section for section in document.sections if section.number}
    for row in document.contents:
        if row.page < page:
            yield PAGE.at(row.line, reported=str(row.page), expected=str(page), name=row.title)
        page = max(page, row.page)
        section = headed.get(row.number)
        if section is None:
            if headed:
                yield MISSING.at(row.line, reported=f"{row.number} {row.title}", expected=("অনুচ্ছেদ", "a section"))
        elif key(section.title) != key(row.title):
            yield TITLE.at(section.line, reported=section.title, expected=row.title, number=row.number)
    listed = {row.number for row in document.contents}
    deepest = max((number.count(".") for number in listed), default=-1)
    for section in document.sections:
        if listed and section.number and section.number not in listed and section.number.count(".") <= deepest:
            yield UNLISTED.at(
                section.line,
                reported=f"{section.number} {section.title}",
                expected=("সূচিপত্রের পঙ্‌ক্তি", "a line of the contents"),
            )


def _chapters(report: Report) -> Iterator[Finding]:
    """Only where most ministries of the table do have one."""
    listed = [row for row in report.names.ministries if row.line] if report.names.own_ministries else []
    with_chapter = {section.entity for section in report.document.sections if section.entity}
    without = [row for row in listed if row.name not in with_chapter]
    if listed and len(without) * 5 < len(listed):
        for row in without:
            yield NO_CHAPTER.at(row.line, reported=row.name, expected=("অধ্যায়", "a chapter"))


def _tables(report: Report) -> Iterator[Finding]:
    """The first sentence of a section that speaks of its table."""
    holding = {id(table.section) for table in report.document.tables}
    told: set[int] = set()
    if len(report.document.tables) < 2:
        return
    for paragraph in report.document.paragraphs:
        section = paragraph.section
        match = THIS_TABLE.search(paragraph.text)
        if match and section is not None and section.number and id(section) not in holding and id(section) not in told:
            told.add(id(section))
            yield NO_TABLE.at(paragraph.line_at(match.start()), reported=match.group(), expected=("সারণি", "a table"))


def _promised(sections: list[Section]) -> Iterator[Finding]:
    """'Conclusion and Recommendations' whose only part is '4.1 Conclusion'."""
    for section in sections:
        children = [row for row in sections if section.number and row.number.startswith(f"{section.number}.")]
        parts = re.split(r"\s+and\s+|\s+&\s+|\s+ও\s+|\s+এবং\s+", section.title)
        if len(children) != 1 or len(parts) != 2:
            continue
        absent = [part for part in parts if key(part) not in key(children[0].title)]
        if len(absent) == 1:
            yield PROMISED.at(section.line, reported=section.title, expected=absent[0])
