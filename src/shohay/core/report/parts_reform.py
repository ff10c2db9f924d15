"""How the reform is steered: money for results, the assessment of the system, what surveys say, committees."""

from __future__ import annotations

from typing import Any

from shohay.core.report.model import Block, Chart, Column, Figure, Heading, Part, Series, Table
from shohay.core.report.text import HOLE, Pair, paragraph, pick, sentence
from shohay.core.report.text import plain as flat
from shohay.core.report.words import name_of

Data = dict[str, Any]
DLI_TITLE: Pair = ("ফলাফলভিত্তিক অর্থছাড় (ডিএলআই)", "Disbursement-linked indicators")
CODI_TITLE: Pair = ("ব্যবস্থার মূল্যায়ন (কোডি)", "Assessment of the system (CODI)")
SURVEY_TITLE: Pair = ("জরিপ যা বলে", "What surveys say")
COMMITTEE_TITLE: Pair = ("কমিটি ও সিদ্ধান্ত", "Committees and their decisions")
EXAMPLE: Pair = (
    "এ অধ্যায়ের কিছু বা সব তথ্য প্রদর্শনের জন্য বানানো উদাহরণ; প্রকৃত মূল্যায়ন, দাবি বা জরিপ নয়।",
    "Some or all of this chapter is made up as an example for trials: no real assessment, claim or survey.",
)
AGREEMENT: Pair = (
    "{=name}: {dli.%(code)s.count}টি সূচকের {dli.%(code)s.with_terms}টির শর্ত ঠিক হয়েছে, মূল্য {dli.%(code)s.value} "
    "মিলিয়ন {=currency}। যাচাই করা ফলে অর্জিত {dli.%(code)s.earned} মিলিয়ন, পরিশোধিত {dli.%(code)s.paid} মিলিয়ন; "
    "চুক্তির সর্বোচ্চ সীমা {dli.%(code)s.ceiling} মিলিয়ন।",
    "{=name}: {dli.%(code)s.with_terms} of {dli.%(code)s.count} indicators have terms, worth {dli.%(code)s.value} "
    "million {=currency}. Verified results earned {dli.%(code)s.earned} million, and {dli.%(code)s.paid} million was "
    "paid; the ceiling of the agreement is {dli.%(code)s.ceiling} million.",
)
CODI: Pair = (
    "{codi.year} অর্থবছরের মূল্যায়নে {codi.criteria}টি মানদণ্ডের {codi.fields}টি ক্ষেত্রে স্কোর দেওয়া হয়েছে, মাপ {codi.scale} "
    "ধাপের; মানদণ্ডগুলোর গড় {codi.overall}।",
    "The assessment of {codi.year} scored {codi.fields} fields of {codi.criteria} criteria on a scale of {codi.scale} "
    "levels; the mean of the criteria is {codi.overall}.",
)
LOW: Pair = (
    "{codi.low}টি ক্ষেত্র সবচেয়ে নিচের স্তরে; সেগুলোর জন্য {codi.options}টি সংস্কার প্রস্তাব লেখা হয়েছে।",
    "{codi.low} fields stand at the lowest levels; {codi.options} reforms have been proposed for them.",
)
POOR: Pair = (
    "{=survey}: দারিদ্র্যের হার {survey.%(n)s.headcount.value} (আস্থা-সীমা {survey.%(n)s.headcount.low} থেকে "
    "{survey.%(n)s.headcount.high}); মাঠকাজের মধ্যদিন {survey.%(n)s.day}।",
    "{=survey}: the poverty rate is {survey.%(n)s.headcount.value}, with a confidence interval from "
    "{survey.%(n)s.headcount.low} to {survey.%(n)s.headcount.high}. The middle of the field "
    "work was {survey.%(n)s.day}.",
)
REACH: Pair = (
    "সহায়তা পৌঁছায় {survey.%(n)s.coverage.value} মানুষের কাছে; দরিদ্রদের {survey.%(n)s.under_coverage.value} কিছুই পান না।",
    "Support reaches {survey.%(n)s.coverage.value} of the people; {survey.%(n)s.under_coverage.value} of the poor "
    "receive nothing.",
)
INTERVALS: Pair = (
    "জরিপ কিছু খানাকে জিজ্ঞাসা করে, সবাইকে নয়: সীমা দুটির মধ্যে প্রকৃত মান থাকার সম্ভাবনা বেশি। খুব কম পর্যবেক্ষণের মান দেখানো হয় না।",
    "A survey asks some households, not all: the true value is likely to lie between the two bounds. Figures that too "
    "few observations stand behind are not shown.",
)
MEETINGS: Pair = (
    "{committees.committees}টি কমিটির {committees.required}টি সভা প্রাপ্য ছিল; হয়েছে {committees.held}টি, হয়নি "
    "{committees.missed}টি। {committees.behind}টি কমিটি অন্তত একটি সভা করেনি।",
    "{committees.required} meetings of {committees.committees} committees were due; {committees.held} were held and "
    "{committees.missed} missed. {committees.behind} committees missed at least one.",
)
DECISIONS: Pair = (
    "কমিটিগুলো {decisions.taken}টি সিদ্ধান্ত নিয়েছে: নিষ্পন্ন {decisions.closed}টি, সম্পন্ন বলা হয়েছে {decisions.reported}টি, "
    "চলমান {decisions.open}টি; সময় পার হয়েছে {decisions.late}টির।",
    "The committees took {decisions.taken} decisions: {decisions.closed} are closed, {decisions.reported} reported as "
    "carried out and {decisions.open} open; {decisions.late} are late.",
)
TRAININGS: Pair = (
    "অর্থবছরে {trainings.count}টি প্রশিক্ষণে {trainings.women} জন নারী ও {trainings.men} জন পুরুষ অংশ নিয়েছেন।",
    "In the fiscal year {trainings.women} women and {trainings.men} men took part in {trainings.count} trainings.",
)
LATE: Pair = ("সময় পার হওয়া সিদ্ধান্ত", "Late decisions")
CHART_ALT: Pair = (
    "স্তম্ভচিত্র: মানদণ্ড অনুযায়ী গড় স্কোর। একই সংখ্যা নিচের সারণিতে আছে।",
    "Bar chart: mean score by criterion. The table below has the same numbers.",
)
MEASURES: dict[str, Pair] = {
    "headcount": ("দারিদ্র্যের হার", "Poverty rate"),
    "headcount_lower": ("অতিদারিদ্র্যের হার", "Extreme poverty rate"),
    "gap": ("দারিদ্র্য ব্যবধান", "Poverty gap"),
    "coverage": ("সহায়তার আওতা", "Covered by support"),
    "under_coverage": ("বাদ পড়ার ত্রুটি: দরিদ্রদের মধ্যে যাঁরা পান না", "Exclusion error: poor people who receive nothing"),
    "leakage": ("ভুল অন্তর্ভুক্তির ত্রুটি: প্রাপকদের মধ্যে যাঁরা দরিদ্র নন", "Inclusion error: recipients who are not poor"),
    "adequacy": ("পর্যাপ্ততা: উপকারভোগীর ব্যয়ে সুবিধার অংশ", "Adequacy: benefit in beneficiaries’ consumption"),
    "headcount_reduction": ("সহায়তায় দারিদ্র্যের হার হ্রাস", "Reduction of the poverty rate by support"),
}
LABELS: dict[str, Pair] = {
    "code": ("নম্বর", "Code"), "indicator": ("সূচক", "Indicator"), "year": ("অর্থবছর", "Fiscal year"),
    "value": ("মূল্য, মিলিয়ন", "Value, million"), "earned": ("অর্জিত, মিলিয়ন", "Earned, million"),
    "paid": ("পরিশোধিত, মিলিয়ন", "Paid, million"), "criterion": ("মানদণ্ড", "Criterion"), "mean": ("গড়", "Mean"),
    "before": ("আগের বার", "Time before"), "scored": ("স্কোর পাওয়া ক্ষেত্র", "Fields scored"),
    "fields": ("ক্ষেত্র", "Fields"),
    "measure": ("পরিমাপ", "Measure"), "estimate": ("প্রাক্কলন", "Estimate"), "low": ("নিম্নসীমা", "Lower bound"),
    "high": ("ঊর্ধ্বসীমা", "Upper bound"), "observations": ("পর্যবেক্ষণ", "Observations"),
    "kind": ("কমিটির ধরন", "Committees"),
    "committees": ("কমিটি", "How many"), "required": ("প্রাপ্য সভা", "Meetings due"), "held": ("হয়েছে", "Held"),
    "missed": ("হয়নি", "Missed"), "decision": ("সিদ্ধান্ত", "Decision"), "committee": ("কমিটি", "Committee"),
    "owner": ("দায়িত্ব", "Responsible"), "due": ("নির্ধারিত দিন", "Due"), "score": ("স্কোর", "Score"),
}  # fmt: skip


def words(name: str, language: str) -> str:
    return pick(LABELS[name], language)


def reform(data: Data, language: str) -> list[Part]:
    """The chapters of which there is something to say, in their order."""
    made = (dlis(data, language), codi(data, language), surveys(data, language), committees(data, language))
    return [part for part in made if part is not None]


def _example(rows: list[Data], language: str) -> list[Block]:
    return [paragraph(EXAMPLE, {}, language, "note")] if any(row["example"] for row in rows) else []


def _of(pair: Pair, **names: object) -> Pair:
    return pair[0] % names, pair[1] % names


def dlis(data: Data, language: str) -> Part | None:
    """Each agreement in a sentence, its indicators in a table."""
    rows = [row for row in data["agreements"] if row["items"]]
    if not rows:
        return None
    title = pick(DLI_TITLE, language)
    blocks: list[Block] = [Heading(1, title, "dlis"), *_example(rows, language)]
    columns = (
        Column(words("code", language), "code", 1.6), Column(words("indicator", language), "name", 5),
        Column(words("year", language), "year", 1.2),
        *(Column(words(name, language), "decimal", 1.3) for name in ("value", "earned", "paid")),
    )  # fmt: skip
    for number, row in enumerate(rows, start=1):
        name = name_of(row, language)
        said = _of(AGREEMENT, code=row["code"])
        blocks.append(paragraph(said, data["figures"], language, name=name, currency=row["currency"]))
        lines = tuple(
            (one["code"], name_of(one, language, "definition"), one["year"] or None, one["value"], one["earned"],
             one["paid"])
            for one in row["items"]
        )  # fmt: skip
        blocks.append(Table(f"table-dli-{number}", name, columns, lines))
    return Part(title, tuple(blocks))


def codi(data: Data, language: str) -> Part | None:
    """The vector of criteria first, the mean beside it, the time before next to it."""
    found, figures = data["codi"], data["figures"]
    if found is None or "codi.overall" not in figures:
        return None
    title = pick(CODI_TITLE, language)
    rows = found["criteria"]
    names = ("mean", *(["before"] if "codi.before" in figures else []))
    columns = (
        Column(words("criterion", language), "name", 4), *(Column(words(name, language), "decimal") for name in names),
        *(Column(words(name, language), "count") for name in ("scored", "fields")),
    )  # fmt: skip
    lines = tuple(
        (name_of(row, language), *(row[name] for name in names), row["scored"], row["fields"]) for row in rows
    )
    series = [Series(words(name, language), tuple(row[name] for row in rows)) for name in names]
    chart = Chart(
        "bar", tuple(name_of(row, language) for row in rows), tuple(series[:1]), words("score", language), "decimal"
    )
    blocks: tuple[Block, ...] = (
        Heading(1, title, "codi"), *_example([found], language), paragraph(CODI, figures, language),
        paragraph(LOW, figures, language), Figure("figure-codi", title, flat(sentence(CHART_ALT, {}, language)), chart),
        Table("table-codi", title, columns, lines),
    )  # fmt: skip
    return Part(title, blocks)


def surveys(data: Data, language: str) -> Part | None:
    """Each round: poverty and reach in sentences, every share with its interval in a table."""
    if not data["surveys"]:
        return None
    title, figures = pick(SURVEY_TITLE, language), data["figures"]
    blocks: list[Block] = [Heading(1, title, "surveys"), *_example(data["surveys"], language)]
    columns = (
        Column(words("measure", language), "name", 4.5),
        *(Column(words(name, language), "share", 1.2) for name in ("estimate", "low", "high")),
        Column(words("observations", language), "count", 1.2),
    )  # fmt: skip
    for row in data["surveys"]:
        name, place = name_of(row, language), row["place"]
        for pair in (POOR, REACH):
            said = _of(pair, n=place)
            if _known(said, figures):
                blocks.append(paragraph(said, figures, language, survey=name))
        lines = tuple(
            (pick(MEASURES[one["name"]], language), one["value"], one["low"], one["high"], one["observations"])
            for one in row["measures"]
        )
        blocks.append(Table(f"table-survey-{place}", name, columns, lines))
    blocks.append(paragraph(INTERVALS, figures, language, "note"))
    return Part(title, tuple(blocks))


def _known(pair: Pair, figures: Data) -> bool:
    """Whether every figure of a sentence was computed: one that few observations stand behind was not."""
    return all(hole[1] or hole[2] in figures for hole in HOLE.finditer(pair[1]))


def committees(data: Data, language: str) -> Part | None:
    """Meetings due, held and missed; decisions and what became of them; trainings."""
    if not data["committees"]:
        return None
    title, figures = pick(COMMITTEE_TITLE, language), data["figures"]
    names = ("committees", "required", "held", "missed")
    columns = (
        Column(words("kind", language), "name", 4), *(Column(words(name, language), "count", 1.2) for name in names)
    )  # fmt: skip
    lines = tuple((name_of(row, language), *(row[name] for name in names)) for row in data["committees"])
    blocks: list[Block] = [
        Heading(1, title, "committees"), paragraph(MEETINGS, figures, language),
        paragraph(DECISIONS, figures, language),
    ]  # fmt: skip
    blocks += [paragraph(TRAININGS, figures, language)] if figures["trainings.count"]["value"] else []
    blocks.append(Table("table-committees", title, columns, lines))
    if data["decisions"]:
        caption = pick(LATE, language)
        blocks += [Heading(2, caption, "late-decisions"), _late(data["decisions"], caption, language)]
    return Part(title, tuple(blocks))


def _late(rows: list[Data], caption: str, language: str) -> Table:
    columns = (
        Column(words("decision", language), "name", 4.5), Column(words("committee", language), "name", 2.5),
        Column(words("owner", language), "name", 2.5), Column(words("due", language), "day", 1.6),
    )  # fmt: skip
    lines = tuple(
        (row["text"], name_of(row, language, "committee"), name_of(row, language, "owner"), row["due"]) for row in rows
    )
    return Table("table-late-decisions", caption, columns, lines)
