"""The results framework: every indicator with its value and its target."""

from __future__ import annotations

from typing import Any

from shohay.core.report.model import Block, Column, Heading, Part, Table
from shohay.core.report.text import Pair, paragraph, pick
from shohay.core.report.words import name_of, unit, word

Data = dict[str, Any]
TITLE: Pair = ("ফলাফল কাঠামো ও সূচক", "Results framework and indicators")
INTRO: Pair = (
    "{indicators.count}টি সূচকের {indicators.core}টি মূল সূচক। অর্জিত {indicators.met}টি, পথে আছে {indicators.on_track}টি, "
    "পিছিয়ে {indicators.behind}টি; মান নেই {indicators.no_value}টির।",
    "Of {indicators.count} indicators, {indicators.core} are core. {indicators.met} are met, {indicators.on_track} on "
    "track, {indicators.behind} behind; {indicators.no_value} have no value.",
)
EMPTY: Pair = (
    "মান না থাকার অর্থ খারাপ ফল নয়: প্ল্যাটফর্ম তা গণনা করেনি এবং দায়িত্বপ্রাপ্ত দপ্তর এখনো জমা দেয়নি।",
    "No value does not mean a bad result: the platform has not computed it and the office in charge has "
    "not sent it yet.",
)
LEVELS = ("impact", "outcome", "output", "input")
LABELS: dict[str, Pair] = {
    "code": ("নম্বর", "Code"), "indicator": ("সূচক", "Indicator"), "level": ("স্তর", "Level"), "unit": ("একক", "Unit"),
    "value": ("মান", "Value"), "target": ("লক্ষ্য", "Target"), "state": ("অবস্থা", "State"), "source": ("উৎস", "Source"),
}  # fmt: skip


def results(data: Data, language: str) -> Part:
    """One table a level."""
    title = pick(TITLE, language)
    blocks: list[Block] = [
        Heading(1, title, "indicators"), paragraph(INTRO, data["figures"], language),
        paragraph(EMPTY, data["figures"], language, "note"),
    ]  # fmt: skip
    widths = {"code": 0.9, "indicator": 5, "unit": 1, "value": 1.2, "target": 1.2, "state": 1.4, "source": 1.8}
    columns = tuple(
        Column(pick(LABELS[name], language), "decimal" if name in ("value", "target") else "name", width)
        for name, width in widths.items()
    )
    for level in LEVELS:
        rows = tuple(_row(row, language) for row in data["indicators"] if row["level"] == level)
        if rows:
            caption = word(level, language)
            blocks.append(Heading(2, caption, f"level-{level}"))
            blocks.append(Table(f"table-{level}", caption, columns, rows))
    return Part(title, tuple(blocks))


def _row(row: Data, language: str) -> tuple[Any, ...]:
    return (
        row["code"], name_of(row, language), unit(row["unit"], language), row["value"], row["target"],
        word(row["state"], language), source_of(row, language),
    )  # fmt: skip


def source_of(row: Data, language: str) -> str:
    """Where the value came from, or would come from."""
    source = row.get("source", "")
    return word(source, language) if source in ("computed", "submitted") else str(source or "–")
