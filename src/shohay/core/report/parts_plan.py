"""The action plan: counts of promises, what is late, and the five clusters."""

from __future__ import annotations

from datetime import date
from typing import Any

from shohay.core.report.model import Block, Chart, Column, Figure, Heading, Part, Series, Table
from shohay.core.report.parts_budget import label
from shohay.core.report.text import Pair, paragraph, pick, sentence, shown
from shohay.core.report.text import plain as flat
from shohay.core.report.words import name_of, timeframe, word

Data = dict[str, Any]
STATES = ("completed", "stopped", "late", "continuous", "in_time")
PLAN_TITLE: Pair = ("কর্মপরিকল্পনার অবস্থা", "State of the action plan")
LATE_TITLE: Pair = ("সময় পার হওয়া কাজ", "Late promises")
CLUSTER_TITLE: Pair = ("বিষয়ভিত্তিক ক্লাস্টার", "Thematic clusters")
SOURCE: Pair = (
    "উৎস: জাতীয় সামাজিক নিরাপত্তা কৌশলের কর্মপরিকল্পনা; অবস্থা {day} তারিখে দিন ও প্রমাণ থেকে নির্ণীত",
    "Source: action plan of the National Social Security Strategy; states follow from days and evidence on {day}",
)
INTRO: Pair = (
    "মোট {plan.promised}টি প্রতিশ্রুতি: সম্পন্ন {plan.completed}টি, বন্ধ {plan.stopped}টি, সময় পার {plan.late}টি, "
    "অবিরাম বা দিন নেই {plan.continuous}টি, এখনো সময় আছে {plan.in_time}টি। অন্তত একটি কাজের সময় পার "
    "হয়েছে এমন মন্ত্রণালয় ও বিভাগ "
    "{plan.ministries_late}টি।",
    "Of {plan.promised} promises, {plan.completed} are completed, {plan.stopped} stopped, {plan.late} late, "
    "{plan.continuous} continuous or without a day and {plan.in_time} not yet due. "
    "{plan.ministries_late} ministries or "
    "divisions have at least one late promise.",
)
LATE: Pair = (
    "নিচে সব সময় পার হওয়া প্রতিশ্রুতি, সবচেয়ে পুরোনোটি আগে। দিন গণনা {day} পর্যন্ত।",
    "Every late promise follows, the oldest first. Days are counted up to {day}.",
)
CLUSTERS: Pair = (
    "{clusters.count}টি ক্লাস্টারের পরিকল্পনায় {clusters.promised}টি সারি আছে; {clusters.late}টির সময় পার হয়েছে।",
    "The plans of the {clusters.count} clusters have {clusters.promised} rows; {clusters.late} are late.",
)
ALT: Pair = (
    "স্তূপীকৃত স্তম্ভচিত্র: {=what}। একই সংখ্যা নিচের সারণিতে আছে।",
    "Stacked bar chart: {=what}. The table below has the same numbers.",
)
MOVED_TITLE: Pair = ("কী নড়েছে", "What has moved")
MOVED: Pair = (
    "{moved.since} তারিখের সঙ্গে {day} তারিখের তুলনা: {moved.count}টি কাজ, তার {moved.verified}টিতে যাচাই করা অগ্রগতি আছে।",
    "{moved.since} compared with {day}: {moved.count} rows, {moved.verified} of them with verified progress.",
)
LABELS: dict[str, Pair] = {
    "was": ("ছিল", "Was"), "now": ("এখন", "Now"),
    "promise": ("প্রতিশ্রুত কাজ", "Promise"), "indicator": ("কর্মসম্পাদন সূচক", "Performance indicator"),
    "due": ("নির্ধারিত দিন", "Due"), "days": ("কত দিন পার", "Days late"), "state": ("অবস্থা", "State"),
    "status": ("মন্ত্রণালয়ের ভাষ্য", "As reported"), "code": ("নম্বর", "Code"), "theme": ("বিষয়", "Theme"),
    "responsible": ("দায়িত্ব", "Responsible"),
}  # fmt: skip


def words(name: str, language: str) -> str:
    return pick(LABELS[name], language)


def source(data: Data, language: str) -> str:
    return flat(sentence(SOURCE, data["figures"], language))


def _count_columns(head: str, language: str) -> tuple[Column, ...]:
    return (Column(head, "name", 4), *(Column(word(name, language), "count", 1.3) for name in ("promised", *STATES)))


def _counts(row: Data) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("promised", *STATES))


def plan(data: Data, language: str) -> Part:
    """Counts by ministry and theme, with a chart of where the promises stand."""
    title, figures = pick(PLAN_TITLE, language), data["figures"]
    total = (label("total", language), *(figures[f"plan.{name}"]["value"] for name in ("promised", *STATES)))
    by_ministry = pick(("মন্ত্রণালয় অনুযায়ী প্রতিশ্রুতির অবস্থা", "Promises by ministry"), language)
    by_theme = pick(("বিষয় অনুযায়ী প্রতিশ্রুতির অবস্থা", "Promises by theme"), language)
    ministries = tuple(
        (name_of(row, language), *_counts(row["plan"])) for row in data["ministries"] if row["plan"]["promised"]
    )
    themes = tuple((word(row["name"], language), *_counts(row)) for row in data["themes"])
    chart = Chart(
        "stacked", tuple(row[0] for row in themes),
        tuple(Series(word(name, language), tuple(row[2 + at] for row in themes)) for at, name in enumerate(STATES)),
    )  # fmt: skip
    alt, below = flat(sentence(ALT, {}, language, what=by_theme)), source(data, language)
    theme_columns = _count_columns(words("theme", language), language)
    ministry_columns = _count_columns(label("ministry", language), language)
    blocks: tuple[Block, ...] = (
        Heading(1, title, "plan"),
        paragraph(INTRO, figures, language),
        Figure("figure-themes", by_theme, alt, chart, below),
        Table("table-themes", by_theme, theme_columns, themes, total, below),
        Table("table-plan", by_ministry, ministry_columns, ministries, total, below),
        *moved(data, language),
    )  # fmt: skip
    return Part(title, blocks)


def moved(data: Data, language: str) -> list[Block]:
    """What has another state than some weeks before, or news that was verified."""
    title = pick(MOVED_TITLE, language)
    ministries = {row["code"]: name_of(row, language) for row in data["ministries"]}
    columns = (
        Column(words("code", language), "code", 1.1), Column(label("ministry", language), "name", 2.6),
        Column(words("promise", language), "name", 4.2), Column(words("was", language), "state", 1.6),
        Column(words("now", language), "state", 1.6),
    )  # fmt: skip
    rows = tuple(
        (row["code"], ministries.get(row["ministry"], "–"), name_of(row, language, "activity"),
         word(row["was"], language), word(row["now"], language))
        for row in data["moved"]
    )  # fmt: skip
    blocks: list[Block] = [Heading(2, title, "moved"), paragraph(MOVED, data["figures"], language)]
    return [*blocks, Table("table-moved", title, columns, rows, source=source(data, language))] if rows else blocks


def late(data: Data, language: str) -> Part:
    """Every late promise of the ministries, the oldest first."""
    title = pick(LATE_TITLE, language)
    day = date.fromisoformat(data["report"]["as_of"])
    ministries = {row["code"]: name_of(row, language) for row in data["ministries"]}
    items = sorted((row for row in data["items"] if row["state"] == "late"), key=lambda row: (row["due"], row["code"]))
    columns = (
        Column(words("code", language), "code", 1.1), Column(label("ministry", language), "name", 2.6),
        Column(words("promise", language), "name", 4.2), Column(words("due", language), "day", 1.8),
        Column(words("days", language), "count", 1), Column(words("status", language), "state", 1.2),
    )  # fmt: skip
    rows = tuple(
        (row["code"], ministries.get(row["ministry"], row["ministry"]), name_of(row, language, "activity"), row["due"],
         (day - date.fromisoformat(row["due"])).days, word(row["status"], language))
        for row in items
    )  # fmt: skip
    blocks: tuple[Block, ...] = (
        Heading(1, title, "late"), paragraph(LATE, data["figures"], language),
        Table("table-late", title, columns, rows, source=source(data, language)),
    )  # fmt: skip
    return Part(title, blocks)


def clusters(data: Data, language: str) -> Part:
    """Each cluster with the rows of its plan."""
    title, figures = pick(CLUSTER_TITLE, language), data["figures"]
    counts = tuple((word(row["name"], language), *_counts(row)) for row in data["clusters"])
    blocks: list[Block] = [
        Heading(1, title, "clusters"), paragraph(CLUSTERS, figures, language),
        Table("table-clusters", title, _count_columns(label("cluster", language), language), counts,
              source=source(data, language)),
    ]  # fmt: skip
    for number, row in enumerate(data["clusters"], start=1):
        name = word(row["name"], language)
        blocks.append(Heading(2, name, f"cluster-{number}"))
        blocks.append(item_table(data, f"table-cluster-{number}", name, row["items"], language, responsible=True))
    return Part(title, tuple(blocks))


def item_table(
    data: Data, id_: str, caption: str, items: list[Data], language: str, *, responsible: bool = False
) -> Table:
    """Rows of the plan: what was promised, by when, where it stands, what its ministry calls it."""
    columns = (
        Column(words("code", language), "code", 1.1), Column(words("promise", language), "name", 3.6),
        Column(words("responsible" if responsible else "indicator", language), "name", 3.2),
        Column(words("due", language), "text", 1.8), Column(words("state", language), "state", 1.3),
        Column(words("status", language), "state", 1.2),
    )  # fmt: skip
    rows = tuple(
        (row["code"], name_of(row, language, "activity"),
         responsible_of(data, row, language) if responsible else name_of(row, language, "indicator"),
         due(row, language), word(row["state"], language), word(row["status"], language))
        for row in items
    )  # fmt: skip
    return Table(id_, caption, columns, rows, source=source(data, language))


def due(row: Data, language: str) -> str:
    """The promised day; a promise without one shows its timeframe as it is written."""
    return shown(row["due"], "day", language) if row["due"] else timeframe(row["timeframe"], language)


def responsible_of(data: Data, row: Data, language: str) -> str:
    """The offices in charge; the plan has their English names, known ones are given in Bangla too."""
    text = str(row["responsible"] or "–")
    if language == "bn":
        for ministry in sorted(data["ministries"], key=lambda one: -len(one["name_en"])):
            text = text.replace(ministry["name_en"], ministry["name_bn"])
    return text
