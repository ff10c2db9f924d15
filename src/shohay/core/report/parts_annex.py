"""The annexes: how good the data are, every figure that the text quotes with its source, and the sources."""

from __future__ import annotations

from typing import Any

from shohay.core.report.model import Block, Column, Heading, Inline, Listing, Paragraph, Part, Table
from shohay.core.report.text import Pair, paragraph, pick, said, sentence
from shohay.core.report.words import name_of, word

Data = dict[str, Any]
QUALITY: Pair = ("তথ্যের মান", "Quality of the data")
FIGURES: Pair = ("উদ্ধৃত সংখ্যা", "Figures quoted")
SOURCES: Pair = ("উৎস", "Sources")
QUALITY_INTRO: Pair = (
    "প্ল্যাটফর্মের পরীক্ষক এ প্রতিবেদনের তথ্য নিয়ম ধরে পড়েছে: ভুল {quality.errors}টি, সতর্কতা {quality.warnings}টি।",
    "The platform’s checker has read the data of this report by its rules: {quality.errors} errors, "
    "{quality.warnings} warnings.",
)
RULES: Pair = ("নিয়ম অনুযায়ী যা পাওয়া গেছে", "What was found, by rule")
EACH: Pair = ("প্রতিটি প্রাপ্তি, সময় পার হওয়া কাজ বাদে", "Each finding, late promises apart")
CLEAN: Pair = ("কোনো অসংগতি পাওয়া যায়নি।", "No contradiction was found.")
MISSING: Pair = ("এ সংস্করণে যা নেই:", "What this edition does not have:")
FIGURES_INTRO: Pair = (
    "প্রতিবেদনের বাক্যে যত সংখ্যা আছে তার প্রতিটি নিচে: কোন প্রশ্নের উত্তর থেকে এসেছে তা সহ। এর বাইরে কোনো সংখ্যা বাক্যে লেখা যায় না।",
    "Every number in the sentences of this report stands below with the query that it came from. No other number can "
    "be written into a sentence.",
)
LIST: tuple[Pair, ...] = (
    ("কর্মসূচি, মন্ত্রণালয়, বাজেট ও কর্মপরিকল্পনা: জাতীয় সামাজিক নিরাপত্তা কৌশলের অগ্রগতি প্রতিবেদন, {year} অর্থবছর।",
     "Programmes, ministries, budgets and action plan: progress report of the National Social Security "
     "Strategy, fiscal year {year}."),
    ("স্থান ও সীমানা: বাংলাদেশ পরিসংখ্যান ব্যুরো; সীমানার রেখা জাতিসংঘের ওসিএইচএ প্রকাশিত, সরলীকৃত।",
     "Places and boundaries: Bangladesh Bureau of Statistics; lines published by UN OCHA, simplified."),
    ("মানুষ, পরিশোধ ও অভিযোগ: এই প্ল্যাটফর্মের নিজের নিবন্ধন থেকে গণনা; পাঁচের কম মানুষের সংখ্যা বাদ।",
     "People, payments and complaints: counted from this platform’s own registers; numbers behind fewer "
     "than five people left out."),
)  # fmt: skip
GAPS: dict[str, Pair] = {
    "delivery": ("মানুষ, পরিশোধ ও অভিযোগের গণনা এখনো হয়নি।",
                 "People, payments and complaints have not been computed yet."),
    "series": (
        "{ministries.count}টি মন্ত্রণালয় ও বিভাগের মধ্যে {ministries.with_series}টির আগের বছরের বাজেট আছে।",
        "Budgets of earlier years are there for {ministries.with_series} of {ministries.count} "
        "ministries and divisions.",
    ),
    "indicators": (
        "{indicators.count}টি সূচকের {indicators.no_value}টির মান নেই।",
        "{indicators.no_value} of {indicators.count} indicators have no value.",
    ),
    "days": ("{plan.without_day}টি প্রতিশ্রুতির নির্দিষ্ট দিন নেই, তাই সেগুলো কখনো ‘সময় পার’ হয় না।",
             "{plan.without_day} promises have no fixed day, so they never become late."),
}  # fmt: skip
LABELS: dict[str, Pair] = {
    "figure": ("সংখ্যার নাম", "Figure"), "value": ("মান", "Value"), "query": ("কোথা থেকে", "From"),
    "rule": ("নিয়ম", "Rule"), "count": ("কতবার", "Times"), "severity": ("গুরুত্ব", "Severity"),
    "finding": ("কী পাওয়া গেছে", "Finding"),
}  # fmt: skip


def quality(data: Data, language: str) -> Part:
    """What the checker found in the data, and what is missing."""
    title, figures = pick(QUALITY, language), data["figures"]
    blocks: list[Block] = [Heading(1, title, "quality")]
    if "quality.errors" in figures:
        blocks.append(paragraph(QUALITY_INTRO, figures, language))
        blocks += _checked(data, language) if data["rules"] else [paragraph(CLEAN, figures, language)]
    gaps = [sentence(GAPS[name], figures, language) for name in _missing(data)]
    blocks += [paragraph(MISSING, figures, language), Listing(tuple(gaps))]
    return Part(title, tuple(blocks))


def _missing(data: Data) -> list[str]:
    figures = data["figures"]
    return [
        name
        for name, is_missing in (
            ("delivery", data["delivery"] is None),
            ("series", figures["ministries.with_series"]["value"] < figures["ministries.count"]["value"]),
            ("indicators", figures["indicators.no_value"]["value"] > 0),
            ("days", figures["plan.without_day"]["value"] > 0),
        )
        if is_missing
    ]


def _checked(data: Data, language: str) -> list[Block]:
    """How often each rule found something, then each finding that has no chapter of its own."""
    title = pick(RULES, language)
    columns = (
        Column(pick(LABELS["finding"], language), "name", 6), Column(pick(LABELS["severity"], language), "state", 1.5),
        Column(pick(LABELS["count"], language), "count", 1),
    )  # fmt: skip
    rows = tuple((name_of(row, language), word(row["severity"], language), row["count"]) for row in data["rules"])
    blocks: list[Block] = [Table("table-rules", title, columns, rows)]
    return [*blocks, _findings(data, pick(EACH, language), language)] if data["findings"] else blocks


def _findings(data: Data, title: str, language: str) -> Table:
    columns = (
        Column(pick(LABELS["severity"], language), "state", 1), Column(pick(LABELS["rule"], language), "code", 1.5),
        Column(pick(LABELS["finding"], language), "text", 6),
    )  # fmt: skip
    rows = tuple(
        (word(row["severity"], language), row["rule"], row["bn"] if language == "bn" else row["en"])
        for row in data["findings"]
    )
    return Table("table-findings", title, columns, rows)


def quoted(parts: tuple[Part, ...]) -> list[str]:
    """Keys of the figures that the sentences of these parts show, in the order of the text, each once."""
    keys: dict[str, None] = {}
    for part in parts:
        for block in part.blocks:
            inlines: tuple[Inline, ...] = ()
            if isinstance(block, Paragraph):
                inlines = (block.runs,)
            elif isinstance(block, Listing):
                inlines = block.items
            keys |= {run.key: None for inline in inlines for run in inline if run.key}
    return list(keys)


def figures(data: Data, keys: list[str], language: str) -> Part:
    """The appendix of figures: name (one word, so that it reads as no sentence), value as it is quoted, query."""
    title = pick(FIGURES, language)
    columns = (
        Column(pick(LABELS["figure"], language), "code", 3), Column(pick(LABELS["value"], language), "text", 2),
        Column(pick(LABELS["query"], language), "code", 3),
    )  # fmt: skip
    known = data["figures"]
    rows = tuple(
        (key.replace(".", "_"), said(known[key]["value"], known[key]["kind"], language),
         known[key]["from"].replace(".", "_"))
        for key in keys
    )  # fmt: skip
    blocks: tuple[Block, ...] = (
        Heading(1, title, "figures"), paragraph(FIGURES_INTRO, known, language),
        Table("table-figures", title, columns, rows),
    )  # fmt: skip
    return Part(title, blocks)


def sources(data: Data, language: str) -> Part:
    title = pick(SOURCES, language)
    items = tuple(sentence(pair, data["figures"], language) for pair in LIST)
    return Part(title, (Heading(1, title, "sources"), Listing(items)))
