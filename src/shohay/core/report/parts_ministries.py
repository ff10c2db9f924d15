"""A chapter for every ministry: its money, its series where there is one, its programmes and its promises."""

from __future__ import annotations

from typing import Any

from shohay.core.report.model import Block, Chart, Column, Figure, Heading, Part, Series, Table
from shohay.core.report.parts_budget import CRORE, label
from shohay.core.report.parts_budget import source as budget_source
from shohay.core.report.parts_plan import item_table
from shohay.core.report.text import Pair, paragraph, pick, sentence
from shohay.core.report.text import plain as flat
from shohay.core.report.words import name_of, word

Data = dict[str, Any]
TITLE: Pair = ("মন্ত্রণালয় ও বিভাগের অধ্যায়", "Chapters of ministries and divisions")
MONEY: Pair = (
    "{chapter.%(code)s.programmes}টি কর্মসূচি, বরাদ্দ {chapter.%(code)s.budget} (মোট বরাদ্দের {chapter.%(code)s.share}), "
    "তালিকাভুক্ত উপকারভোগী {chapter.%(code)s.people}।",
    "{chapter.%(code)s.programmes} programmes with a budget of {chapter.%(code)s.budget} "
    "({chapter.%(code)s.share} of "
    "the whole) and {chapter.%(code)s.people} listed beneficiaries.",
)
NO_MONEY: Pair = ("এ অর্থবছরের তালিকায় এর কোনো কর্মসূচি নেই।", "It has no programme in the list of this fiscal year.")
PROMISES: Pair = (
    "কর্মপরিকল্পনায় প্রতিশ্রুতি {plan.%(code)s.promised}টি: সম্পন্ন {plan.%(code)s.completed}টি, সময় "
    "পার {plan.%(code)s.late}টি, "
    "নির্দিষ্ট দিন নেই {plan.%(code)s.continuous}টি।",
    "It made {plan.%(code)s.promised} promises in the action plan: {plan.%(code)s.completed} completed, "
    "{plan.%(code)s.late} late, {plan.%(code)s.continuous} without a fixed day.",
)
NO_PROMISE: Pair = ("কর্মপরিকল্পনায় এর কোনো প্রতিশ্রুতি নেই।", "It has no promise in the action plan.")
GROWN: Pair = (
    "{series.%(code)s.first.year} অর্থবছরে বরাদ্দ ছিল {series.%(code)s.first.budget}; {series.%(code)s.last.year} অর্থবছরে "
    "{series.%(code)s.last.budget}, চলতি মূল্যে {series.%(code)s.times} গুণ।",
    "Its budget was {series.%(code)s.first.budget} in {series.%(code)s.first.year} and "
    "{series.%(code)s.last.budget} in "
    "{series.%(code)s.last.year}: {series.%(code)s.times} times as much in money of the day.",
)
SERIES: Pair = ("অর্থবছর অনুযায়ী বাজেট ও উপকারভোগী", "Budget and beneficiaries by fiscal year")
SERIES_ALT: Pair = (
    "রেখাচিত্র: {=ministry}, অর্থবছর অনুযায়ী বাজেট। একই সংখ্যা নিচের সারণিতে আছে।",
    "Line chart: budget of {=ministry} by fiscal year. The table below has the same numbers.",
)
PROGRAMMES: Pair = ("কর্মসূচি", "Programmes")
ITEMS: Pair = ("কর্মপরিকল্পনার প্রতিশ্রুতি", "Promises of the action plan")
REAL: Pair = ("শেষ বছরের মূল্যে (কোটি টাকা)", "At prices of the last year (crore taka)")
NOTE: Pair = ("মন্তব্য", "Note")
DOUBTFUL: Pair = ("ধারা ভাঙে; যেমন ছাপা", "Breaks the series; as printed")
LISTED: Pair = ("তালিকার যোগফল; ছাপায় অন্য সংখ্যা", "Sum of the list; printed otherwise")
YEAR: Pair = ("অর্থবছর", "Fiscal year")


def ministries(data: Data, language: str) -> Part:
    """All of them, in the order of the catalogue."""
    title = pick(TITLE, language)
    items: dict[str, list[Data]] = {}
    for item in data["items"]:
        items.setdefault(item["ministry"], []).append(item)
    programmes: dict[str, list[Data]] = {}
    for row in data["programmes"]:
        programmes.setdefault(row["ministry"], []).append(row)
    blocks: list[Block] = [Heading(1, title, "ministries")]
    for row in data["ministries"]:
        blocks += _chapter(data, row, programmes.get(row["code"], []), items.get(row["code"], []), language)
    return Part(title, tuple(blocks))


def _of(pair: Pair, code: str) -> Pair:
    return pair[0] % {"code": code}, pair[1] % {"code": code}


def _chapter(data: Data, row: Data, programmes: list[Data], items: list[Data], language: str) -> list[Block]:
    code, figures, name = row["code"], data["figures"], name_of(row, language)
    blocks: list[Block] = [
        Heading(2, name, f"ministry-{code}"),
        paragraph(_of(MONEY, code) if programmes else NO_MONEY, figures, language),
    ]
    if code in data["series"]:
        blocks += _series(data, code, name, language)
    if programmes:
        blocks.append(_programmes(data, row, programmes, language))
    blocks.append(paragraph(_of(PROMISES, code) if items else NO_PROMISE, figures, language))
    if items:
        caption = f"{name}: {pick(ITEMS, language)}"
        blocks.append(item_table(data, f"table-items-{code}", caption, items, language))
    return blocks


def _series(data: Data, code: str, name: str, language: str) -> list[Block]:
    rows = data["series"][code]
    caption = f"{name}: {pick(SERIES, language)}"
    chart = Chart(
        "line", tuple(row["year"] for row in rows),
        (Series(label("budget", language), tuple(row["budget"] for row in rows)),), pick(CRORE, language), "crore",
    )  # fmt: skip
    columns = (
        Column(pick(YEAR, language), "year", 1), Column(label("budget", language), "crore", 1),
        Column(pick(REAL, language), "crore", 1.3), Column(label("people", language), "lakh", 1),
        Column(pick(NOTE, language), "text", 1),
    )  # fmt: skip
    lines = tuple((row["year"], row["budget"], row["real"], row["people"], _note(row, language)) for row in rows)
    alt = flat(sentence(SERIES_ALT, {}, language, ministry=name))
    return [
        paragraph(_of(GROWN, code), data["figures"], language),
        Figure(f"figure-series-{code}", caption, alt, chart, budget_source(data, language)),
        Table(f"table-series-{code}", caption, columns, lines, source=budget_source(data, language)),
    ]


def _note(row: Data, language: str) -> str:
    return pick(DOUBTFUL if row["doubtful"] else LISTED, language) if row["doubtful"] or row["list"] else ""


def _programmes(data: Data, row: Data, rows: list[Data], language: str) -> Table:
    caption = f"{name_of(row, language)}: {pick(PROGRAMMES, language)}"
    columns = (
        Column(label("programme", language), "name", 5), Column(label("type", language), "name", 1.8),
        Column(label("budget", language), "crore", 1.7), Column(label("people", language), "lakh", 1.6),
    )  # fmt: skip
    lines = tuple((name_of(one, language), word(one["type"], language), one["budget"], one["people"]) for one in rows)
    total = (label("total", language), "", row["budget"], row["people"])
    return Table(f"table-programmes-{row['code']}", caption, columns, lines, total, budget_source(data, language))
