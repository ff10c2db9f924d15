"""The progress report of the strategy, made of its data: pure, so the same data give the same document."""

from __future__ import annotations

from typing import Any

from shohay.core.report import parts_annex, parts_budget, parts_delivery, parts_plan, parts_reform, parts_results
from shohay.core.report.model import Document, Part
from shohay.core.report.parts_ministries import ministries
from shohay.core.report.parts_summary import summary
from shohay.core.report.text import Pair, digits, pick, shown

Data = dict[str, Any]
TITLE: Pair = (
    "জাতীয় সামাজিক নিরাপত্তা কৌশল: অগ্রগতি প্রতিবেদন",
    "National Social Security Strategy: progress report",
)
YEAR: Pair = ("অর্থবছর", "Fiscal year")
FACTS: tuple[Pair, ...] = (
    ("যে দিনের অবস্থা", "State as of"),
    ("সংস্করণের চিহ্ন", "Edition"),
    ("তৈরি করেছে", "Made by"),
)
MAKER: Pair = ("সহায় প্ল্যাটফর্ম, তথ্য থেকে স্বয়ংক্রিয়ভাবে", "The Shohay platform, from its data")
SYNTHETIC: Pair = (
    "পরীক্ষামূলক সংস্করণ: মানুষ ও পরিশোধ কৃত্রিম, কিছু জমা তথ্য উদাহরণ",
    "Trial edition: people and payments are synthetic, some submitted figures are examples",
)


def compose(data: Data, language: str, sha256: str) -> Document:
    """The whole report in 'bn' or 'en'; ``sha256`` is that of the data, shown on the cover."""
    parts: list[Part] = [summary(data, language), parts_budget.budget(data, language)]
    delivery = parts_delivery.delivery(data, language)
    parts += [delivery] if delivery else []
    parts += [
        parts_results.results(data, language),
        *parts_reform.reform(data, language),
        parts_plan.plan(data, language),
        parts_plan.clusters(data, language),
        ministries(data, language),
        parts_plan.late(data, language),
        parts_budget.programmes(data, language),
        parts_annex.quality(data, language),
        parts_annex.sources(data, language),
    ]
    keys = parts_annex.quoted(tuple(parts))
    parts.append(parts_annex.figures(data, keys, language))
    about = data["report"]
    values = (shown(about["as_of"], "day", language), sha256[:16], pick(MAKER, language))
    return Document(
        title=pick(TITLE, language),
        subtitle=f"{pick(YEAR, language)} {digits(about['year'], language)}",
        language=language,
        label=pick(SYNTHETIC, language) if about["synthetic"] else "",
        day=about["as_of"],
        facts=tuple((pick(pair, language), value) for pair, value in zip(FACTS, values, strict=True)),
        parts=tuple(parts),
    )
