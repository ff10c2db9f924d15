"""People, payments and complaints: what the platform itself has counted, with the map of districts."""

from __future__ import annotations

from typing import Any

from shohay.core.report.model import Block, Chart, Column, Figure, Heading, Paragraph, Part, Series, Table
from shohay.core.report.parts_budget import label
from shohay.core.report.parts_summary import PAID, PEOPLE, quotable
from shohay.core.report.text import Pair, joined, paragraph, pick, sentence
from shohay.core.report.text import plain as flat
from shohay.core.report.words import name_of, word

Data = dict[str, Any]
TITLE: Pair = ("মানুষ, পরিশোধ ও অভিযোগ", "People, payments and complaints")
APPLIED: Pair = (
    "আবেদন {delivery.applied}টি; অন্তর্ভুক্ত {delivery.enrolled}টি।",
    "{delivery.applied} applications were taken and {delivery.enrolled} enrolments made.",
)
RETURNS: Pair = (
    "ব্যাংক থেকে ফেরত এসেছে {delivery.returns}টি পরিশোধ।",
    "{delivery.returns} payments were returned by banks.",
)
GRIEVANCES: Pair = ("অভিযোগ এসেছে {delivery.grievances}টি।", "{delivery.grievances} complaints were filed.")
ANSWERED: Pair = (
    "সময়মতো জবাব পেয়েছে {delivery.answered_in_time}।",
    "{delivery.answered_in_time} of them were answered in time.",
)
SMALL: Pair = (
    "পাঁচ জনের কম মানুষের সংখ্যা দেখানো হয় না; সেখানে ‘–’ চিহ্ন আছে।",
    "Numbers that fewer than five people stand behind are not shown; “–” stands there.",
)
SYNTHETIC: Pair = (
    "এ অধ্যায়ের মানুষ ও পরিশোধ কৃত্রিম: পরীক্ষার জন্য বানানো, বাস্তব কারও নয়।",
    "The people and payments of this chapter are synthetic: made for trials, nobody real.",
)
SOURCE: Pair = ("উৎস: এই প্ল্যাটফর্মের গণনা, {delivery.day}", "Source: counted by this platform, {delivery.day}")
MAP: Pair = (
    "নিবন্ধিত মানুষের মধ্যে কর্মসূচিতে থাকা অংশ, জেলা অনুযায়ী",
    "People on a programme, of the people in the registry, by district",
)
BOUNDARIES: Pair = (
    "সীমানা: জাতিসংঘের ওসিএইচএ / বাংলাদেশ পরিসংখ্যান ব্যুরো (সিওডি-এবি), সরলীকৃত; কোনো স্থানের আইনগত "
    "অবস্থান নির্দেশ করে না। ধূসর: সংখ্যা নেই।",
    "Boundaries: UN OCHA / Bangladesh Bureau of Statistics (COD-AB), simplified; no statement about the "
    "legal status of any place. Grey: no figure.",
)
MAP_ALT: Pair = (
    "বাংলাদেশের জেলার মানচিত্র: রং যত গাঢ়, অংশ তত বেশি। একই সংখ্যা নিচের সারণিতে আছে।",
    "Map of the districts of Bangladesh: the darker, the larger the share. The table below has the same numbers.",
)
PAY_ALT: Pair = (
    "স্তম্ভচিত্র: অবস্থা অনুযায়ী পরিশোধের সংখ্যা। একই সংখ্যা নিচের সারণিতে আছে।",
    "Bar chart: payments by state. The table below has the same numbers.",
)
BY_PROGRAMME: Pair = ("কর্মসূচি অনুযায়ী যোগ্য, অন্তর্ভুক্ত ও পরিশোধিত", "Eligible, enrolled and paid, by programme")
BY_STATE: Pair = ("অবস্থা অনুযায়ী পরিশোধ", "Payments by state")
BY_REASON: Pair = ("পরিশোধ ফেরতের কারণ", "Why payments came back")
LABELS: dict[str, Pair] = {
    "eligible": ("যোগ্য", "Eligible"), "enrolled": ("অন্তর্ভুক্ত", "Enrolled"), "coverage": ("আওতা", "Coverage"),
    "women": ("নারী", "Women"), "paid": ("পরিশোধিত", "Paid"), "amount": ("টাকা", "Taka"),
    "state": ("অবস্থা", "State"), "payments": ("পরিশোধ", "Payments"), "reason": ("কারণ", "Reason"),
    "district": ("জেলা", "District"), "persons": ("নিবন্ধনে", "In the registry"),
    "beneficiaries": ("কর্মসূচিতে", "On a programme"), "share": ("অংশ", "Share"),
}  # fmt: skip


def words(name: str, language: str) -> str:
    return pick(LABELS[name], language)


def delivery(data: Data, language: str) -> Part | None:
    """None where nothing has been computed."""
    found, figures = data["delivery"], data["figures"]
    if found is None:
        return None
    title = pick(TITLE, language)
    said = [
        sentence(pair, figures, language)
        for pair in (PEOPLE, APPLIED, PAID, RETURNS, GRIEVANCES, ANSWERED)
        if quotable(pair, figures)
    ]
    blocks: list[Block] = [Heading(1, title, "delivery"), Paragraph(joined(*said))]
    if data["report"]["synthetic"]:
        blocks.append(paragraph(SYNTHETIC, figures, language, "note"))
    blocks.append(paragraph(SMALL, figures, language, "note"))
    source = flat(sentence(SOURCE, figures, language))
    blocks += _programmes(found["programmes"], language, source)
    blocks += _payments(found, language, source)
    blocks += _map(found["districts"], language, source)
    return Part(title, tuple(blocks))


def _programmes(rows: list[Data], language: str, source: str) -> list[Block]:
    kinds = {"eligible": "count", "enrolled": "count", "coverage": "share", "women": "share", "payments": "count",
             "paid": "count", "amount": "taka"}  # fmt: skip
    columns = (
        Column(label("programme", language), "name", 4),
        *(Column(words(name, language), kind, 1.4) for name, kind in kinds.items()),
    )
    lines = tuple((name_of(row, language), *(row[name] for name in kinds)) for row in rows)
    return [Table("table-coverage", pick(BY_PROGRAMME, language), columns, lines, source=source)] if lines else []


def _payments(found: Data, language: str, source: str) -> list[Block]:
    states = found["payments"]
    blocks: list[Block] = []
    columns: tuple[Column, ...]
    lines: tuple[tuple[Any, ...], ...]
    title = pick(BY_STATE, language)
    if states:
        chart = Chart(
            "bar", tuple(word(row["state"], language) for row in states),
            (Series(words("payments", language), tuple(row["payments"] for row in states)),),
        )  # fmt: skip
        columns = (
            Column(words("state", language), "name", 3), Column(words("payments", language), "count"),
            Column(words("amount", language), "taka"),
        )  # fmt: skip
        lines = tuple((word(row["state"], language), row["payments"], row["amount"]) for row in states)
        blocks += [
            Figure("figure-payments", title, pick(PAY_ALT, language), chart, source),
            Table("table-payments", title, columns, lines, source=source),
        ]
    if found["returns"]:
        columns = (Column(words("reason", language), "name", 4), Column(words("payments", language), "count"))
        lines = tuple((name_of(row, language), row["payments"]) for row in found["returns"])
        blocks.append(Table("table-returns", pick(BY_REASON, language), columns, lines, source=source))
    return blocks


def _map(rows: list[Data], language: str, source: str) -> list[Block]:
    """The districts with a figure as a table; all of them on the map, grey without one."""
    if all(row["share"] is None for row in rows):
        return []
    title = pick(MAP, language)
    chart = Chart(
        "map", tuple(row["code"] for row in rows),
        (Series(words("share", language), tuple(row["share"] for row in rows)),), "", "share",
    )  # fmt: skip
    columns = (
        Column(words("district", language), "name", 3), Column(words("persons", language), "count"),
        Column(words("beneficiaries", language), "count"), Column(words("share", language), "share"),
    )  # fmt: skip
    known = sorted((row for row in rows if row["persons"]), key=lambda row: -(row["share"] or 0))
    lines = tuple((name_of(row, language), row["persons"], row["beneficiaries"], row["share"]) for row in known)
    return [
        Figure("figure-map", title, pick(MAP_ALT, language), chart, pick(BOUNDARIES, language)),
        Table("table-map", title, columns, lines, source=source),
    ]
