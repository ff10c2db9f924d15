"""Money: the year's budget by ministry, type, cluster and stage of life; and the list of programmes."""

from __future__ import annotations

from typing import Any

from shohay.core.report.model import Block, Chart, Column, Figure, Heading, Part, Series, Table
from shohay.core.report.text import Pair, paragraph, pick, sentence
from shohay.core.report.text import plain as flat
from shohay.core.report.words import name_of, word

Data = dict[str, Any]
TITLE: Pair = ("বাজেট ও কর্মসূচি", "Budget and programmes")
LIST_TITLE: Pair = ("কর্মসূচির তালিকা", "List of programmes")
CRORE: Pair = ("কোটি টাকা", "crore taka")
SHOWN = 12  # ministries with a bar of their own; the others are one bar
CATALOGUE: Pair = (
    "উৎস: জাতীয় সামাজিক নিরাপত্তা কৌশলের কর্মসূচির তালিকা, {year} অর্থবছর",
    "Source: list of programmes of the National Social Security Strategy, fiscal year {year}",
)
INTRO: Pair = (
    "বরাদ্দের যোগফল কর্মসূচির সারি থেকে হিসাব করা: {programmes.count}টি কর্মসূচি, {budget.total}, উপকারভোগী {people.total}।",
    "All totals are added up from the rows of the programmes: {programmes.count} programmes, {budget.total}, "
    "{people.total} beneficiaries.",
)
GROUPS: tuple[tuple[str, Pair, Pair], ...] = (
    ("type", ("ধরন", "Type"), ("ধরন অনুযায়ী বাজেট", "Budget by type of programme")),
    ("cluster", ("ক্লাস্টার", "Cluster"), ("ক্লাস্টার অনুযায়ী বাজেট", "Budget by cluster")),
    ("stage", ("জীবনচক্রের ধাপ", "Stage of life"), ("জীবনচক্রের ধাপ অনুযায়ী বাজেট", "Budget by stage of life")),
)
ALT: Pair = (
    "অনুভূমিক স্তম্ভচিত্র: {=what}। সবচেয়ে বড় স্তম্ভ {=first}, সবচেয়ে ছোট {=last}। একই সংখ্যা পাশের সারণিতে আছে।",
    "Horizontal bar chart: {=what}. The longest bar is {=first}, the shortest {=last}. The table beside "
    "it has the same numbers.",
)
SHARES: Pair = ("জাতীয় বাজেট ও জিডিপির পাশে", "Beside the national budget and GDP")
COUNTED: Pair = ("কী গণনায়", "What is counted")
OF_BUDGET: Pair = ("জাতীয় বাজেটের অংশ", "Share of the national budget")
OF_GDP: Pair = ("জিডিপির অংশ", "Share of GDP")
LABELS: dict[str, Pair] = {
    "ministry": ("মন্ত্রণালয় বা বিভাগ", "Ministry or division"), "programmes": ("কর্মসূচির সংখ্যা", "Number of programmes"),
    "budget": ("বাজেট (কোটি টাকা)", "Budget (crore taka)"), "people": ("উপকারভোগী (লাখ)", "Beneficiaries (lakh)"),
    "share": ("অংশ", "Share"), "total": ("মোট", "Total"), "programme": ("কর্মসূচি", "Programme"), "type": ("ধরন", "Type"),
    "stage": ("জীবনচক্রের ধাপ", "Stage of life"), "cluster": ("ক্লাস্টার", "Cluster"), "no": ("নং", "No."),
}  # fmt: skip


def label(name: str, language: str) -> str:
    return pick(LABELS[name], language)


def source(data: Data, language: str) -> str:
    return flat(sentence(CATALOGUE, data["figures"], language))


def budget(data: Data, language: str) -> Part:
    """Totals, then one table and one chart for each way to cut them."""
    title = pick(TITLE, language)
    by_ministry: Pair = ("মন্ত্রণালয় অনুযায়ী বাজেট", "Budget by ministry")
    ministries = sorted(data["ministries"], key=lambda row: -row["budget"])
    named = [{**row, "name": name_of(row, language)} for row in ministries]
    blocks: list[Block] = [Heading(1, title, "budget"), paragraph(INTRO, data["figures"], language)]
    blocks.append(Heading(2, pick(by_ministry, language), "budget-ministry"))
    blocks += _both(
        data, language, "ministry", by_ministry, label("ministry", language), named, bars=_grouped(named, language)
    )
    for name, head, caption in GROUPS:
        rows = [{**row, "name": word(row["name"], language)} for row in data["by"][name]]
        blocks.append(Heading(2, pick(caption, language), f"budget-{name}"))
        blocks += _both(data, language, name, caption, pick(head, language), rows)
    return Part(title, (*blocks, *_shares(data, language)))


def _shares(data: Data, language: str) -> list[Block]:
    """The year beside GDP and the national budget, wide and narrow."""
    if not data["shares"]:
        return []
    title = pick(SHARES, language)
    columns = (
        Column(pick(COUNTED, language), "name", 3), Column(label("budget", language), "crore", 2),
        Column(pick(OF_BUDGET, language), "share", 2), Column(pick(OF_GDP, language), "share", 1.5),
    )  # fmt: skip
    rows = tuple(
        (word(row["variant"], language), row["budget"], row["of_budget"], row["of_gdp"]) for row in data["shares"]
    )
    return [Heading(2, title, "shares"), Table("table-shares", title, columns, rows)]


def _grouped(rows: list[Data], language: str) -> list[Data]:
    """The largest rows, the others together as one bar."""
    others = rows[SHOWN:]
    if not others:
        return rows
    name = pick(("অন্য সব", "All others"), language)
    return [*rows[:SHOWN], {"name": name, "budget": round(sum(row["budget"] for row in others), 2)}]


def _both(
    data: Data, language: str, name: str, caption: Pair, head: str, rows: list[Data], bars: list[Data] | None = None
) -> list[Block]:
    """The chart, then its table with the total; nothing where there are no rows."""
    if not rows:
        return []
    drawn = bars or rows
    text = pick(caption, language)
    alt = sentence(
        ALT, {}, language, what=text, first=drawn[0]["name"], last=min(drawn, key=lambda row: row["budget"])["name"]
    )
    chart = Chart(
        "bar", tuple(row["name"] for row in drawn),
        (Series(label("budget", language), tuple(row["budget"] for row in drawn)),), pick(CRORE, language), "crore",
    )  # fmt: skip
    columns = (
        Column(head, "name", 4), Column(label("programmes", language), "count", 1.3),
        Column(label("budget", language), "crore", 2), Column(label("people", language), "lakh", 1.8),
        Column(label("share", language), "share", 1.1),
    )  # fmt: skip
    lines = tuple((row["name"], row["programmes"], row["budget"], row["people"], row["share"]) for row in rows)
    figures = data["figures"]
    total = (label("total", language), figures["programmes.count"]["value"], figures["budget.total"]["value"],
             figures["people.total"]["value"], 1)  # fmt: skip
    return [
        Figure(f"figure-budget-{name}", text, flat(alt), chart, source(data, language)),
        Table(f"table-budget-{name}", text, columns, lines, total, source(data, language)),
    ]


def programmes(data: Data, language: str) -> Part:
    """Every programme of the list with its ministry, type, budget and beneficiaries."""
    title = pick(LIST_TITLE, language)
    ministries = {row["code"]: name_of(row, language) for row in data["ministries"]}
    columns = (
        Column(label("no", language), "count", 0.7), Column(label("programme", language), "name", 5),
        Column(label("ministry", language), "name", 2.6), Column(label("type", language), "name", 1.8),
        Column(label("stage", language), "name", 1.8), Column(label("budget", language), "crore", 1.9),
        Column(label("people", language), "lakh", 2.1),
    )  # fmt: skip
    rows = tuple(
        (number, name_of(row, language), ministries.get(row["ministry"], row["ministry"]), word(row["type"], language),
         word(row["stage"], language), row["budget"], row["people"])
        for number, row in enumerate(data["programmes"], start=1)
    )  # fmt: skip
    figures = data["figures"]
    total = (
        None,
        label("total", language),
        "",
        "",
        "",
        figures["budget.total"]["value"],
        figures["people.total"]["value"],
    )
    table = Table("table-programmes", title, columns, rows, total, source(data, language))
    return Part(title, (Heading(1, title, "programmes"), table))
