"""Deadlines: dates that cannot be, dates outside the plan, milestones and steps in the wrong order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from shohay.core.checking.context import Report, short
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.plan import Item
from shohay.core.checking.text import tokens

IMPOSSIBLE = Rule(
    "date.impossible", "error", "অসম্ভব তারিখ", "An impossible date",
    "সময়সীমা “{reported}” হতে পারে না{plan}।", "The deadline \"{reported}\" cannot be{plan}.",
)  # fmt: skip
OUTSIDE = Rule(
    "date.outside-plan", "error", "পরিকল্পনার মেয়াদের বাইরের তারিখ", "A date outside the plan",
    "“{reported}” পরিকল্পনার মেয়াদের ({expected}) বাইরে।", "\"{reported}\" is outside the plan ({expected}).",
)  # fmt: skip
EARLY = Rule(
    "date.starts-before-plan", "note", "পরিকল্পনার আগে শুরু", "Begins before the plan",
    "“{reported}” পরিকল্পনার মেয়াদের ({expected}) আগে শুরু।", "\"{reported}\" begins before the plan ({expected}).",
)  # fmt: skip
BEFORE = Rule(
    "date.before-first-fiscal-year", "note", "পরিকল্পনার প্রথম অর্থবছরের আগের তারিখ", "Before the plan's first fiscal year",
    "“{reported}” পরিকল্পনার প্রথম অর্থবছরের ({expected}) আগে: কাজটি পরিকল্পনা শুরুর আগেই শেষ হওয়ার কথা।",
    "\"{reported}\" is before the plan's first fiscal year ({expected}): due before the plan began.",
)  # fmt: skip
FISCAL = Rule(
    "date.after-last-fiscal-year", "note", "পরিকল্পনার শেষ অর্থবছরের পরের তারিখ", "After the plan's last fiscal year",
    "“{reported}” পরিকল্পনার শেষ অর্থবছরের ({expected}) পরে।", "\"{reported}\" is after the plan's last fiscal year ({expected}).",
)  # fmt: skip
CELL = Rule(
    "date.order-in-cell", "error", "এক ঘরে উল্টো ক্রমের তারিখ", "Dates the wrong way round in one cell",
    "“{reported}”: পরের তারিখটি আগেরটির আগে।", "\"{reported}\": the later date comes first.",
)  # fmt: skip
MILESTONE = Rule(
    "date.milestone-order", "error", "একই কার্যক্রমে উল্টো ক্রমের মাইলফলক", "Milestones of one activity out of order",
    "“{name}”-এর সময়সীমা {reported}, কিন্তু একই কার্যক্রমের আগের ধাপের {expected}।",
    "\"{name}\" is due {reported}, and the milestone before it in the same activity {expected}.",
)  # fmt: skip
STEP = Rule(
    "date.step-order", "warning", "আগের ধাপ শেষ হওয়ার আগেই পরের ধাপ", "A step due before the one it builds on",
    "“{name}” {reported}-এর মধ্যে করার কথা, কিন্তু যার ওপর এটি নির্ভর করে সেই “{other}”-এর সময়সীমা {expected}।",
    "\"{name}\" is due {reported}, but \"{other}\", on which it builds, is due {expected}.",
)  # fmt: skip
TOGETHER = Rule(
    "date.pilot-and-rollout", "note", "পাইলট ও পূর্ণ বাস্তবায়ন একই দিনে", "A pilot and its roll-out due together",
    "“{name}” ও তার পাইলট “{other}” দুটিরই সময়সীমা {reported}: পাইলট থেকে শেখার সময় থাকে না।",
    "\"{name}\" and its pilot \"{other}\" are both due {reported}: nothing can be learned from the pilot.",
)  # fmt: skip
RULES = (IMPOSSIBLE, OUTSIDE, EARLY, BEFORE, FISCAL, CELL, MILESTONE, STEP, TOGETHER)

MAKES = re.compile(
    r"^(?:\d+\.\s*|[a-z]\)\s*)?(?:to )?(create|develop|prepare|establish|design|build|formulate|draft|introduce|pilot|enact|set up|make a list|run a pilot|conduct (?:a |the )?(?:\w+ )?study|"
    r"তৈরি|প্রণয়ন|প্রস্তুত|পাইলট)", re.I,
)  # fmt: skip
USES = re.compile(
    r"^(?:\d+\.\s*|[a-z]\)\s*)?(?:to )?(make (?:the )?[\w.]+ (?:database )?(?:accessible|interoperable|available)|link|connect|deploy|give [\w ]+ access|open|integrate|roll|implement|publish|operat|maintain|coordinate and implement|scale|apply|review|upgrade|expand)",
    re.I,
)  # fmt: skip
BUILDS = re.compile(r"(access|interoperable|link|connect|deploy|integrat|roll|implement|scale|upgrade|expand)", re.I)
PILOT, ROLL_OUT = re.compile(r"(?:run a )?pilot|পাইলট", re.I), re.compile(r"roll|scale", re.I)
COMMON = frozenset(
    [
        "program",
        "beneficiary",
        "list",
        "all",
        "online",
        "based",
        "relevant",
        "department",
        "system",
        "different",
        "make",
        "create",
        "develop",
        "prepare",
    ]
)
ENOUGH = 2  # steps of one objective


def check(report: Report) -> Iterator[Finding]:
    """Each deadline by itself, then the order of the deadlines of an activity and of an objective."""
    for item in report.items:
        yield from _single(report, item)
    groups: dict[tuple[int, str, str], list[Item]] = defaultdict(list)
    for item in report.items:
        groups[(id(item.table), item.group, item.serial)].append(item)
    for items in groups.values():
        dated = [item for item in items if item.when.due is not None]
        if len(dated) >= ENOUGH:
            yield from _milestones(items)
            yield from _steps(dated)


def _single(report: Report, item: Item) -> Iterator[Finding]:
    when, first, last = item.when, report.plan_from, report.plan_to
    plan = f"{first}-{last}" if first else ""
    if when.wrong:
        bn, en = (f"; পরিকল্পনা {plan}", f": the plan is of {plan}") if plan else ("", "")
        yield IMPOSSIBLE.at(item.line, reported=item.timeframe, expected=plan or "a real date", plan=(bn, en))
        return
    inverted = when.starts and when.due and when.starts > when.due
    if inverted or (when.kind == "several" and list(when.dates) != sorted(when.dates)):
        yield CELL.at(item.line, reported=item.timeframe, expected=" → ".join(map(_month, sorted(when.dates))))
    if not first:
        return
    outside = [day for day in when.dates if not first <= day.year <= last]
    starts_early = when.kind in ("range", "fiscal") and when.starts is not None and when.starts.year < first
    if when.due is not None and any(day.year > last for day in outside):
        yield OUTSIDE.at(item.line, reported=item.timeframe, expected=plan)
    elif starts_early and when.due is not None and when.due.year >= first:
        yield EARLY.at(item.line, reported=item.timeframe, expected=plan)
    elif outside:
        yield OUTSIDE.at(item.line, reported=item.timeframe, expected=plan)
    elif when.due is not None and when.kind != "year" and when.due > date(last, 6, 30) and _fiscal(report):
        yield FISCAL.at(item.line, reported=item.timeframe, expected=f"{last - 1}-{last % 100:02d}")
    elif when.due is not None and when.kind != "year" and when.due < date(first, 7, 1) and _fiscal(report):
        yield BEFORE.at(item.line, reported=item.timeframe, expected=f"{first}-{(first + 1) % 100:02d}")


def _fiscal(report: Report) -> bool:
    """Most deadlines within the last year stand before July: the plan ends with the fiscal year."""
    days = [item.when.due for item in report.items if item.when.due and item.when.due.year == report.plan_to]
    return len(days) >= 4


def _month(day: date) -> str:
    from shohay.core.bangla import month_text

    return month_text(day, "en")


def _milestones(items: list[Item]) -> Iterator[Finding]:
    """Rows under one merged activity cell are its milestones, in order."""
    before: Item | None = None
    for item in items:
        continues = before is not None and not item.own.get("activity") and not item.own.get("objective")
        if continues and before is not None and before.when.due and item.when.due and item.when.due < before.when.due:
            yield MILESTONE.at(item.line, reported=item.timeframe, expected=before.timeframe, name=short(item.words))
        if item.own.get("activity") or (item.when.due and continues):
            before = item
        elif not continues:
            before = None


def _steps(items: list[Item]) -> Iterator[Finding]:
    for no, item in enumerate(items):
        activity = item.own.get("activity", "")
        if not USES.match(activity) or item.when.due is None:
            continue
        for earlier in items[:no]:
            made = earlier.own.get("activity", "")
            if earlier.when.due is None or earlier.when.due < item.when.due or not _builds(activity, made):
                continue
            shown: dict[str, Any] = {"reported": item.timeframe, "name": short(activity), "other": short(made)}
            if earlier.when.due > item.when.due:
                yield STEP.at(item.line, expected=earlier.timeframe, **shown)
                break
            if PILOT.match(made) and ROLL_OUT.match(activity):
                yield TOGETHER.at(item.line, expected=("পাইলটের পরে", "after the pilot"), **shown)


def _builds(later: str, earlier: str) -> bool:
    """The later step uses what the earlier one makes: they share its name; a review comes after the lists."""
    if not MAKES.match(earlier):
        return False
    shared = (set(tokens(later)) & set(tokens(earlier))) - COMMON
    if BUILDS.search(later) and any(len(word) >= 3 for word in shared):
        return True
    return bool(re.match(r"review\b.*\b(proposal|list|report|result|consolidation)", later, re.I)) and "list" in tokens(
        earlier
    )
