"""The summary of the progress report: the news in sentences, each number a computed figure."""

from __future__ import annotations

from typing import Any

from shohay.core.report.model import Block, Heading, Listing, Part
from shohay.core.report.text import HOLE, Pair, paragraph, pick, sentence
from shohay.core.report.words import name_of, word

Data = dict[str, Any]

NEWS: Pair = (
    "{day} তারিখে কর্মপরিকল্পনার {plan.promised}টি প্রতিশ্রুতির মধ্যে {plan.late}টির ({plan.late_share}) নির্ধারিত দিন পার হয়েছে, "
    "কিন্তু কাজ শেষ হয়নি; শেষ হয়েছে {plan.completed}টি।",
    "On {day}, {plan.late} of the {plan.promised} promises of the action plan ({plan.late_share}) are "
    "past their day and "
    "not completed; {plan.completed} are completed.",
)
CALLED: Pair = (
    "সময় পার হওয়া প্রতিশ্রুতির মধ্যে {plan.late_called_in_progress}টি মন্ত্রণালয়ের হিসাবে এখনো ‘চলমান’। "
    "এ প্রতিবেদনে কোনো কাজের অবস্থা তার দিন ও প্রমাণ থেকে নির্ণয় করা হয়, দেওয়া নাম থেকে নয়।",
    "Of those past their day, {plan.late_called_in_progress} are still called “in progress” by their "
    "ministries. Here the "
    "state of a promise follows from its day and its evidence, not from what it is called.",
)
BUDGET: Pair = (
    "{year} অর্থবছরে {ministries.count}টি মন্ত্রণালয় ও বিভাগের {programmes.count}টি কর্মসূচির বরাদ্দ {budget.total}। "
    "তালিকায় উপকারভোগী {people.total}; একজন একাধিক কর্মসূচিতে গণনায় থাকতে পারেন।",
    "In the fiscal year {year} the {programmes.count} programmes of {ministries.count} ministries and divisions have a "
    "budget of {budget.total}. The list counts {people.total} beneficiaries; one person may be counted "
    "in several programmes.",
)
LARGEST: Pair = (
    "বরাদ্দে সবার ওপরে {=ministry}: {chapter.%(code)s.budget}, মোট বরাদ্দের {chapter.%(code)s.share}।",
    "The largest budget is that of the {=ministry}: {chapter.%(code)s.budget}, {chapter.%(code)s.share} of the whole.",
)
TYPE: Pair = (
    "কর্মসূচির ধরনের মধ্যে সবচেয়ে বেশি বরাদ্দ ‘{=type}’ ধরনে: {by.type.1.budget} ({by.type.1.share})।",
    "Among the types of programmes the most money goes to “{=type}”: {by.type.1.budget} ({by.type.1.share}).",
)
SHARES: Pair = (
    "এ বরাদ্দ জাতীয় বাজেটের {shares.all.of_budget}; সরকারি পেনশন বাদ দিলে {shares.without_pensions.of_budget}।",
    "That is {shares.all.of_budget} of the national budget; {shares.without_pensions.of_budget} without "
    "government pensions.",
)
GDP: Pair = ("বরাদ্দ জিডিপির {shares.all.of_gdp}।", "The budget is {shares.all.of_gdp} of GDP.")
PROVEN: Pair = (
    "{plan.updated}টি প্রতিশ্রুতির অগ্রগতি প্রমাণসহ যাচাই হয়েছে; {plan.unproven}টি সম্পন্ন বলা হয়েছে, কিন্তু প্রমাণ আসেনি।",
    "Progress on {plan.updated} promises has been verified with evidence; {plan.unproven} are said to be completed "
    "and no evidence has come.",
)
MOVED: Pair = (
    "{moved.since} তারিখের পর {moved.count}টি কাজের অবস্থা বদলেছে বা অগ্রগতি যাচাই হয়েছে; নতুন করে "
    "{moved.late}টির সময় পার হয়েছে।",
    "Since {moved.since}, {moved.count} rows of the plans have changed their state or had progress "
    "verified; {moved.late} "
    "became late.",
)
CLUSTERS: Pair = (
    "{clusters.count}টি বিষয়ভিত্তিক ক্লাস্টারের {clusters.promised}টি কাজের মধ্যে {clusters.late}টির সময় পার হয়েছে।",
    "Of the {clusters.promised} rows in the plans of the {clusters.count} thematic clusters, "
    "{clusters.late} are past their day.",
)
PEOPLE: Pair = (
    "প্ল্যাটফর্মের নিবন্ধনে আছেন {delivery.persons} জন মানুষ, কর্মসূচিতে আছেন {delivery.beneficiaries} জন।",
    "The platform’s registry holds {delivery.persons} people; {delivery.beneficiaries} of them are on a programme.",
)
PAID: Pair = (
    "{delivery.payments}টি পরিশোধের মধ্যে {delivery.paid}টি ({delivery.paid_share}) মানুষের হাতে "
    "পৌঁছেছে: {delivery.paid_poisha}।",
    "Of {delivery.payments} payments, {delivery.paid} ({delivery.paid_share}) have reached people: "
    "{delivery.paid_poisha}.",
)
INDICATORS: Pair = (
    "ফলাফল কাঠামোর {indicators.count}টি সূচকের মধ্যে {indicators.no_value}টির কোনো মান এখনো নেই।",
    "Of the {indicators.count} indicators of the results framework, {indicators.no_value} have no value yet.",
)
TITLE: Pair = ("সারসংক্ষেপ", "Summary")


def summary(data: Data, language: str) -> Part:
    """What a reader must know who reads one page."""
    figures = data["figures"]

    def item(pair: Pair, **names: str) -> Any:
        return sentence(pair, figures, language, **names)

    items = [item(CALLED), item(PROVEN), item(MOVED), item(BUDGET)]
    items += [item(pair) for pair in (SHARES, GDP) if quotable(pair, figures)]
    if data["ministries"]:
        first = max(data["ministries"], key=lambda row: row["budget"])
        pair = (LARGEST[0] % {"code": first["code"]}, LARGEST[1] % {"code": first["code"]})
        items.append(item(pair, ministry=name_of(first, language)))
    if data["by"]["type"]:
        items.append(item(TYPE, type=word(data["by"]["type"][0]["name"], language)))
    if data["clusters"]:
        items.append(item(CLUSTERS))
    items += [item(pair) for pair in (PEOPLE, PAID) if quotable(pair, figures)]
    items.append(item(INDICATORS))
    blocks: tuple[Block, ...] = (
        Heading(1, pick(TITLE, language), "summary"),
        paragraph(NEWS, figures, language, "lead"),
        Listing(tuple(items)),
    )
    return Part(pick(TITLE, language), blocks)


def quotable(pair: Pair, figures: Data) -> bool:
    """Whether every figure of the sentence has been computed: a sentence with a hole is not said."""
    return all(hole[1] or hole[2] in figures for hole in HOLE.finditer(pair[0]))
