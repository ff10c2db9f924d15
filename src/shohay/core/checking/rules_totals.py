"""Sums: total rows, total columns, shares, the ministries' totals against their programmes, totals in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from math import sqrt
from typing import Any

from shohay.core.checking.claims import clean_amounts, measure_of
from shohay.core.checking.context import MEASURE_WORDS, Report, first_words, numeric_columns
from shohay.core.checking.document import Row, Table
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.names import Entity, is_total, ministry_words
from shohay.core.checking.rules_values import amount_in, same, with_unit
from shohay.core.checking.text import clean, number_of, printed

ROW = Rule(
    "total.row", "error", "মোট সারির যোগফল মেলে না", "A total row that is not the sum",
    "“{column}” কলামের মোট {reported} লেখা হয়েছে; সারিগুলোর যোগফল {expected}।",
    "The total of \"{column}\" is printed as {reported}; the rows add up to {expected}.",
)  # fmt: skip
COLUMN = Rule(
    "total.column", "error", "মোট কলামের যোগফল মেলে না", "A total column that is not the sum",
    "“{name}” সারির মোট {reported} লেখা হয়েছে; ঘরগুলোর যোগফল {expected}।",
    "The total of the row \"{name}\" is printed as {reported}; its cells add up to {expected}.",
)  # fmt: skip
SHARE = Rule(
    "total.share", "error", "শতাংশ মেলে না", "A share that is not the value's",
    "“{name}”-এর অংশ {reported} লেখা হয়েছে; হিসাবে {expected} শতাংশ।",
    "The share of \"{name}\" is printed as {reported}; worked out it is {expected} per cent.",
)  # fmt: skip
HUNDRED = Rule(
    "total.hundred", "error", "শতাংশের যোগফল ১০০ নয়", "Shares that do not add up to 100",
    "শতাংশগুলোর যোগফল {reported}; হওয়ার কথা ১০০।", "The shares add up to {reported} instead of 100.",
)  # fmt: skip
MINISTRY = Rule(
    "total.ministry", "error", "মন্ত্রণালয়ের মোট কর্মসূচির যোগফলের সঙ্গে মেলে না", "A ministry's total that is not its programmes' sum",
    "{name}: {measure} {reported} লেখা হয়েছে; তালিকার কর্মসূচিগুলো থেকে পাওয়া যায় {expected}।",
    "{name}: its {measure} is printed as {reported}; its programmes in the list give {expected}.",
)  # fmt: skip
TEXT = Rule(
    "total.text", "error", "লেখায় উল্লিখিত মোট সারণির সঙ্গে মেলে না", "A total in the text that the table denies",
    "মোট {measure} {reported} লেখা হয়েছে; সারণির যোগফল {expected}।",
    "The total {measure} is printed as {reported}; the table adds up to {expected}.",
)  # fmt: skip
RULES = (ROW, COLUMN, SHARE, HUNDRED, MINISTRY, TEXT)

TOTAL_WORD = re.compile(r"\b(total|altogether|in all|combined|overall)\b|মোট|সর্বমোট", re.I)
OTHER_TOTAL = re.compile(r"national budget|gdp|per ?cent of|government'?s? (?:total )?budget|জাতীয় বাজেট|জিডিপি", re.I)


def check(report: Report) -> Iterator[Finding]:
    """Tables first, then the list of programmes against the table of ministries, then sentences."""
    for table in report.document.tables:
        if table.kind == "plan" or len(table.rows) < 2:
            continue
        columns = numeric_columns(table)
        yield from _total_rows(table, columns)
        yield from _total_column(table, columns)
        yield from _shares(table, columns)
    yield from _ministries(report)
    yield from _sentences(report)


def slack(count: int, places: int) -> Decimal:
    """How far a sum of rounded numbers may stand from the rounded sum."""
    return Decimal(1).scaleb(-places) * Decimal(str(0.5 + sqrt(max(count, 1))))


def decimals(cell: str) -> int:
    return len(clean(cell).partition(".")[2].rstrip("% )"))


def _cell(row: Row, at: int) -> Decimal | None:
    return number_of(row.cells[at]) if at < len(row.cells) else None


def _total_rows(table: Table, columns: list[int]) -> Iterator[Finding]:
    everything: list[Row] = []
    since: list[Row] = []
    for row in table.rows:
        if not is_total(first_words(row)):
            everything.append(row)
            since.append(row)
            continue
        for at in columns:
            printed_total = _cell(row, at)
            if printed_total is None or table.roles[at].startswith("share"):
                continue
            yield from _one_total(table, row, at, printed_total, (since, everything))
        since = []


def _one_total(
    table: Table, row: Row, at: int, total: Decimal, groups: tuple[list[Row], list[Row]]
) -> Iterator[Finding]:  # fmt: skip
    sums = []
    for rows in groups:
        values = [value for part in rows if (value := _cell(part, at)) is not None]
        if len(values) < 2:
            continue
        sums.append(sum(values, Decimal(0)))
        if abs(sums[-1] - total) <= slack(len(values), decimals(row.cells[at])):
            return
    if sums:
        column = table.header[at] if at < len(table.header) else str(at + 1)
        best = min(sums, key=lambda value: abs(value - total))
        yield ROW.at(row.line, reported=row.cells[at], expected=printed(best), column=column)


def _total_column(table: Table, columns: list[int]) -> Iterator[Finding]:
    """Only where most rows do add up: then the column is their sum, and the others are wrong."""
    totals = [at for at in columns if table.roles[at] == "total"]
    parts = [at for at in columns if at not in totals and not table.roles[at].startswith("share")]
    if len(totals) != 1 or len(parts) < 2:
        return
    wrong, right = [], 0
    for row in table.rows:
        cells = [_cell(row, at) for at in [*parts, totals[0]]]
        values = [value for value in cells if value is not None]
        if len(values) != len(cells):
            continue
        summed = sum(values[:-1], Decimal(0))
        if abs(summed - values[-1]) <= slack(len(parts), decimals(row.cells[totals[0]])):
            right += 1
        else:
            wrong.append((row, summed))
    if right > 2 * len(wrong):
        for row, summed in wrong:
            yield COLUMN.at(row.line, reported=row.cells[totals[0]], expected=printed(summed), name=first_words(row))


def _shares(table: Table, columns: list[int]) -> Iterator[Finding]:
    rows = [row for row in table.rows if not is_total(first_words(row))]
    for at in (at for at in columns if table.roles[at].startswith("share")):
        values = [(row, value) for row in rows if (value := _cell(row, at)) is not None]
        summed = sum((value for _row, value in values), Decimal(0))
        wrong = _wrong_shares(rows, at, columns, table)
        if wrong is not None:
            yield from wrong
        elif len(values) >= 3 and Decimal(80) < summed < Decimal(120):
            allowed = max(slack(len(values), decimals(values[0][0].cells[at])), Decimal("0.5"))
            if abs(summed - 100) > allowed:
                yield HUNDRED.at(
                    values[0][0].line, reported=printed(summed), expected="100", line_end=values[-1][0].line
                )


def _wrong_shares(rows: list[Row], at: int, columns: list[int], table: Table) -> list[Finding] | None:
    """The rows whose share is not that of the column which most shares follow; None when no column does."""
    for base in (
        column for column in columns if column != at and table.roles[column] in ("budget", "beneficiaries", "actual")
    ):
        pairs = [
            (row, share, value)
            for row in rows
            if (share := _cell(row, at)) is not None and (value := _cell(row, base)) is not None
        ]
        total = sum((value for _row, _share, value in pairs), Decimal(0))
        if not total or len(pairs) < 3:
            continue
        step = Decimal(1).scaleb(-min(decimals(row.cells[at]) for row, _s, _v in pairs))
        wrong = [(row, value / total * 100) for row, share, value in pairs if abs(value / total * 100 - share) > step]
        if len(wrong) * 3 < len(pairs):
            return [
                SHARE.at(row.line, reported=row.cells[at], expected=printed(right), name=first_words(row))
                for row, right in wrong
            ]
    return None


def _ministries(report: Report) -> Iterator[Finding]:
    names = report.names
    if not names.own_ministries or not names.programmes or not names.programme_tables:
        return
    sums: dict[int, dict[str, Decimal]] = {}
    counts: dict[int, int] = {}
    for programme in names.programmes:
        owner = names.ministry_named(programme.owner) if programme.owner else None
        if owner is None:
            continue
        counts[id(owner)] = counts.get(id(owner), 0) + 1
        into = sums.setdefault(id(owner), {"budget": Decimal(0), "beneficiaries": Decimal(0)})
        for measure in into:
            into[measure] += programme.values.get(measure, Decimal(0))
    listed = [row for row in names.ministries if row.line]
    with_programmes = [row for row in listed if row.values.get("programmes") or row.values.get("budget")]
    if sum(1 for row in with_programmes if id(row) in counts) * 10 < len(with_programmes) * 7:
        return  # the list is of some ministries only
    for row in listed:
        yield from _one_ministry(row, counts.get(id(row), 0), sums.get(id(row), {}))


def _one_ministry(row: Entity, count: int, sums: dict[str, Decimal]) -> Iterator[Finding]:
    shown: dict[str, Any] = {"name": row.pair}
    claimed = row.values.get("programmes")
    if claimed is not None and claimed != count:
        yield MINISTRY.at(
            row.line, reported=printed(claimed, 0), expected=str(count), measure=MEASURE_WORDS["programmes"], **shown
        )
    for measure in ("budget", "beneficiaries"):
        value = row.values.get(measure)
        if value is None:
            continue
        summed = sums.get(measure, Decimal(0))
        if abs(summed - value) > slack(count, max(row.places.get(measure, 2), 1)) / 3:
            yield MINISTRY.at(
                row.line, reported=with_unit(value, measure), expected=with_unit(summed, measure),
                measure=MEASURE_WORDS[measure], **shown,
            )  # fmt: skip


def _sentences(report: Report) -> Iterator[Finding]:
    """'A total of 1,36,025.64 crore taka' with nobody named: the whole table."""
    rows = [row for row in report.names.ministries if row.line and ministry_words(row.name)]
    if len(rows) < 3:
        return
    for paragraph in report.document.paragraphs:
        if paragraph.section is not None and paragraph.section.entity:
            continue
        for sentence in paragraph.sentences:
            text = sentence.text
            word = TOTAL_WORD.search(text)
            if not word or OTHER_TOTAL.search(text) or report.names.mentions(text) or re.search(r"\b20\d\d\b", text):
                continue
            for amount in clean_amounts(text):
                measure = measure_of(text, amount)
                values = [row.values[measure] for row in rows if measure in row.values] if measure else []
                if not values or measure == "programmes" or amount.bound in ("over", "under"):
                    continue
                whole, claimed = sum(values, Decimal(0)), amount_in(amount, measure)
                if whole / 2 < claimed < whole * 2 and not same(amount, claimed, whole, measure):
                    yield TEXT.at(
                        sentence.line(amount.start), reported=text[amount.start : amount.end],
                        expected=with_unit(whole, measure), measure=MEASURE_WORDS[measure],
                    )  # fmt: skip
