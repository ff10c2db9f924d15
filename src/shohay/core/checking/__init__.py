"""The checker: a draft report goes in, its contradictions come out, each with its line, rule and expected value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

from shohay.core.bangla import to_bangla_digits
from shohay.core.checking import (
    rules_arithmetic,
    rules_cells,
    rules_counts,
    rules_dates,
    rules_duplicates,
    rules_names,
    rules_orderings,
    rules_sections,
    rules_series,
    rules_status,
    rules_totals,
    rules_units,
    rules_values,
)
from shohay.core.checking.context import Report, report_of
from shohay.core.checking.document import Document, Section, parse
from shohay.core.checking.finding import SEVERITIES, Finding, Rule, summary
from shohay.core.checking.names import Known

__all__ = [
    "OF_DATA",
    "RULES",
    "SEVERITIES",
    "Document",
    "Finding",
    "Known",
    "Report",
    "Rule",
    "check",
    "check_lines",
    "parse",
    "summary",
]

FAMILIES = (
    rules_values, rules_orderings, rules_totals, rules_arithmetic, rules_counts, rules_series, rules_units,
    rules_duplicates, rules_dates, rules_status, rules_cells, rules_names, rules_sections,
)  # fmt: skip
# what can be asked of rows of a database too: no prose, no headings, no cells that moved
OF_DATA = (rules_totals, rules_series, rules_units, rules_duplicates, rules_dates, rules_status)
RULES: dict[str, Rule] = {rule.code: rule for family in FAMILIES for rule in family.RULES}


def check(
    document: Document,
    known: Known | None = None,
    *,
    year: str = "",
    as_of: date | None = None,
    families: Sequence[ModuleType] = FAMILIES,
) -> list[Finding]:
    """Every finding of every rule, in the order of the lines, with the place in words.

    ``known`` is the platform's data (None: only the document itself); ``year`` or the day ``as_of`` say what the title
    page does not.
    """
    report = report_of(document, known, year=year, as_of=as_of)
    found = [finding for family in families for finding in family.check(report)]
    return placed(document, found)


def check_lines(
    lines: Iterable[str], known: Known | None = None, *, year: str = "", headings: frozenset[int] = frozenset()
) -> list[Finding]:
    """The same for plain lines."""
    return check(parse(list(lines), headings), known, year=year)


def placed(document: Document, findings: Iterable[Finding]) -> list[Finding]:
    """In the order of the lines, each once, with its section and table or paragraph in both languages."""
    tables = [(table.line, table.line_end) for table in document.tables]
    rows = {(finding.line, finding.rule, finding.reported, finding.en): finding for finding in findings}
    ordered = sorted(rows.values(), key=lambda row: (row.line, SEVERITIES.index(row.severity), row.rule))
    return [replace(row, **_place(document, tables, row)) for row in ordered]


def _place(document: Document, tables: list[tuple[int, int]], finding: Finding) -> dict[str, Any]:
    section = document.section_of(finding.line)
    contents = {row.line for row in document.contents}
    within = any(first <= finding.line <= last for first, last in tables)
    if finding.line in contents:
        what = ("সূচিপত্র", "contents")
    elif section is not None and section.line == finding.line:
        what = ("শিরোনাম", "heading")
    else:
        what = ("সারণি", "table") if within else ("অনুচ্ছেদ", "paragraph")
    excerpt = " ".join(document.text(finding.line).replace("\t", " | ").split())
    return {
        "place_bn": f"{_title(section, bangla=True)}{what[0]}, পঙ্‌ক্তি {to_bangla_digits(str(finding.line))}",
        "place_en": f"{_title(section)}{what[1]}, line {finding.line}",
        "excerpt": excerpt if len(excerpt) <= 280 else excerpt[:277] + "…",
    }


def _title(section: Section | None, *, bangla: bool = False) -> str:
    if section is None:
        return ""
    number = to_bangla_digits(section.number) if bangla else section.number
    return f"{number} {section.title}: ".lstrip()
