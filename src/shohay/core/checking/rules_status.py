"""Status against date and words: past its deadline and still in progress, done and in progress, claims about the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from shohay.core.bangla import date_text
from shohay.core.bangla_text import to_bangla_digits
from shohay.core.checking.context import Report, short
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.plan import Item

LATE = Rule(
    "status.late", "warning", "মেয়াদ শেষ, তবু চলমান", "Past its deadline and still in progress",
    "সময়সীমা {expected} পেরিয়ে গেছে ({day}), অবস্থা “{reported}”: “{name}”।",
    "The deadline {expected} has passed ({day}), and the status is \"{reported}\": \"{name}\".",
)  # fmt: skip
DONE = Rule(
    "status.done", "error", "সময়সীমায় সম্পন্ন, অবস্থায় নয়", "Done by its deadline cell, not by its status",
    "সময়সীমার ঘরে “{expected}”, কিন্তু অবস্থা “{reported}”: “{name}”।",
    "The deadline cell says \"{expected}\", the status \"{reported}\": \"{name}\".",
)  # fmt: skip
NOT_APPLICABLE = Rule(
    "status.not-applicable", "warning", "প্রযোজ্য নয়, তবু চলমান", "Not applicable and still in progress",
    "সময়সীমা “{expected}”, কিন্তু অবস্থা “{reported}”: “{name}”।",
    "The deadline is \"{expected}\", and the status \"{reported}\": \"{name}\".",
)  # fmt: skip
ENDLESS = Rule(
    "status.endless", "warning", "ধারাবাহিক কাজ সম্পন্ন দেখানো", "A continuous duty that is called completed",
    "সময়সীমা “{expected}”, কিন্তু অবস্থা “{reported}”: “{name}”।",
    "The deadline is \"{expected}\", and the status \"{reported}\": \"{name}\".",
)  # fmt: skip
CLAIM = Rule(
    "status.claim", "error", "অগ্রগতির সামগ্রিক দাবি সারণিতে টেকে না", "A claim about progress that the tables deny",
    "“{reported}” বলা হয়েছে; কিন্তু {day} পর্যন্ত যেগুলোর সময়সীমা শেষ, সেই {expected}।",
    "\"{reported}\" is claimed; of those due by {day}, {expected}.",
)  # fmt: skip
COUNT = Rule(
    "status.count", "error", "অবস্থা অনুযায়ী সংখ্যা মেলে না", "A number by status that the tables deny",
    "“{reported}” বলা হয়েছে; সারণিতে {expected}।", "\"{reported}\" is claimed; the tables have {expected}.",
)  # fmt: skip
RULES = (LATE, DONE, NOT_APPLICABLE, ENDLESS, CLAIM, COUNT)

UNFINISHED = ("progress", "open")
ON_TIME = re.compile(
    r"(?P<who>majority|most|all|almost all|nearly all|অধিকাংশ|সবগুলো|সকল)\b[^.;]*?(?P<what>within (?:the )?(?:\w+ )?(?:time ?frames?|deadlines?|schedule|time)|on (?:track|schedule|time)|as (?:scheduled|planned)|in time|নির্ধারিত সময়ে|যথাসময়ে)",
    re.I,
)  # fmt: skip
STATES = {
    "completed": r"completed|achieved|accomplished|সম্পন্ন", "progress": r"in[- ]progress|ongoing|under implementation|চলমান",
    "stopped": r"stopped|discontinued|cancelled|স্থগিত|বন্ধ", "continuous": r"continuous|ধারাবাহিক",
}  # fmt: skip
BY_STATUS = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,4})(?:টি)?\s+(?:of (?:them|these)\s+)?(?P<thing>(?:action|activit|indicator|item|milestone|target|কার্যক্রম|সূচক)\w*)?\s*(?:items? )?(?:have been|has been|had been|are|is|were|was|remain\w*|stand)?\s*(?:fully |now |still )?(?P<state>"
    + "|".join(STATES.values()) + r")\b", re.I,
)  # fmt: skip


def check(report: Report) -> Iterator[Finding]:
    """Row by row, then sentences about all of them."""
    for item in report.items:
        found = _row(report, item)
        if found:
            yield found
    yield from _claims(report)


def _row(report: Report, item: Item) -> Finding | None:
    shown: dict[str, Any] = {"reported": item.status, "expected": item.timeframe, "name": short(item.words)}
    if item.state in UNFINISHED and item.when.kind == "done":
        return DONE.at(item.line, **shown)
    if item.state in UNFINISHED and item.when.kind == "na":
        return NOT_APPLICABLE.at(item.line, **shown)
    if item.state == "completed" and item.when.kind in ("continuous", "periodic"):
        return ENDLESS.at(item.line, **shown)
    if is_late(report, item):
        assert report.as_of is not None
        day = (date_text(report.as_of, "bn"), date_text(report.as_of, "en"))
        return LATE.at(item.line, day=day, **shown)
    return None


def is_late(report: Report, item: Item) -> bool:
    """Due on or before the day the report speaks of, and neither completed nor stopped."""
    return bool(report.as_of and item.when.due and item.when.due <= report.as_of and item.state in UNFINISHED)


def _claims(report: Report) -> Iterator[Finding]:
    items = report.own_items()
    if report.as_of is None or len(items) < 5:
        return
    due = [item for item in items if item.when.due and item.when.due <= report.as_of]
    late = [item for item in due if is_late(report, item)]
    day = (date_text(report.as_of, "bn"), date_text(report.as_of, "en"))
    for paragraph in report.document.paragraphs:
        for sentence in paragraph.sentences:
            match = ON_TIME.search(sentence.text)
            every = match is not None and re.match("all|সব|সকল", match["who"], re.I)
            if match and len(due) >= 5 and len(late) > (0 if every else len(due) / 2):
                yield CLAIM.at(
                    sentence.line(match.start()), reported=short(match.group(), 90), day=day,
                    expected=(
                        f"{to_bangla_digits(str(len(due)))}টির মধ্যে {to_bangla_digits(str(len(late)))}টি শেষ হয়নি",
                        f"{len(late)} of {len(due)} are not finished",
                    ),
                )  # fmt: skip
            yield from _counts(sentence.text, sentence.line(), items)


def _counts(text: str, line: int, items: list[Item]) -> Iterator[Finding]:
    for match in BY_STATUS.finditer(text):
        if not match["thing"] and not re.search("action|activit|indicator|কার্যক্রম|সূচক", text, re.I):
            continue
        state = next(name for name, pattern in STATES.items() if re.fullmatch(pattern, match["state"], re.I))
        actual, number = sum(1 for item in items if item.state == state), int(match["number"])
        if number != actual and number <= 2 * len(items):
            yield COUNT.at(line, reported=match.group(), expected=str(actual))
