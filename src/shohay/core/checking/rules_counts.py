"""Counts that are announced against what is found: ministries, objectives, programmes, clusters, listed parts, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shohay.core.bangla_text import to_bangla_digits
from shohay.core.checking.context import Report, short
from shohay.core.checking.document import Paragraph, Sentence, Table
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.text import WORDS, small_number

ROWS = Rule(
    "count.rows", "error", "ঘোষিত সংখ্যা সারণির সঙ্গে মেলে না", "A number announced and another found",
    "{reported} ঘোষণা করা হয়েছে; সারণিতে পাওয়া যায় {expected}।", "{reported} are announced; the tables have {expected}.",
)  # fmt: skip
MINISTRIES = Rule(
    "count.ministries", "warning", "মন্ত্রণালয়ের সংখ্যা মেলে না", "The number of ministries differs",
    "{reported} মন্ত্রণালয়/বিভাগের কথা বলা হয়েছে; সারণিতে আছে {expected}{extra}।",
    "{reported} are spoken of; the table lists {expected}{extra}.",
)  # fmt: skip
CHAPTER = Rule(
    "count.chapter", "error", "অধ্যায়ে বলা কর্মসূচির সংখ্যা মেলে না", "A chapter's number of programmes",
    "{name}: {reported} আছে বলা হয়েছে; সারণিতে {expected}।",
    "{name} is said to have {reported}; the table gives it {expected}.",
)  # fmt: skip
LISTED = Rule(
    "count.listed", "error", "ঘোষিত সংখ্যা আর তালিকা মেলে না", "A number announced and a list of another length",
    "“{reported}” বলা হয়েছে, কিন্তু তালিকায় আছে {expected}।", "\"{reported}\" are announced, and {expected} are listed.",
)  # fmt: skip
SERIAL = Rule(
    "count.serial", "warning", "ক্রমিক নম্বরে অসংগতি", "Serial numbers out of order",
    "আগের ক্রমিক {before}, এরপর {reported}; হওয়ার কথা {expected}।",
    "After number {before} comes {reported}; {expected} was due.",
)  # fmt: skip
RULES = (ROWS, MINISTRIES, CHAPTER, LISTED, SERIAL)

THINGS_BN = {
    "programmes in the list": "তালিকাভুক্ত কর্মসূচি", "programmes by ministry": "মন্ত্রণালয়ভিত্তিক কর্মসূচি",
    "clusters": "গুচ্ছ", "rows of indicators": "সূচকের সারি", "rows in all": "সারি", "objectives": "উদ্দেশ্য",
    "activities": "কার্যক্রম",
}  # fmt: skip
NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\s?টি)?|" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"
THINGS = re.compile(
    rf"(?<![\d.,/]){NUMBER}[\s-]+(?P<between>(?:(?!and\b|of\b)[a-z]+[\s-]+){{0,3}}?)"
    r"(?P<thing>ministries|line ministries|divisions|objectives|targets|actions?(?: items)?|activities|performance indicators|milestones|clusters|programmes|programs|"
    r"মন্ত্রণালয়|উদ্দেশ্য|কার্যক্রম|কর্মসূচি|সূচক|ক্লাস্টার|গুচ্ছ)", re.I,
)  # fmt: skip
OWN = re.compile(
    rf"(?:the|this|our|it(?:self)?) (?:ministry|division) (?:currently |now )?(?:has|have|implements|operates|runs|manages) (?:only |just )?{NUMBER} (?:[a-z]+ ){{0,3}}?(?:programmes|programs)",
    re.I,
)
# what reports count and then list: a number before another word is no announcement
PARTS = (
    r"(?:(?!to\b|into\b|in\b|of\b|by\b|for\b)[a-z-]+\s+){0,3}(?:clusters|components|parts|areas|objectives|pillars|ministries|divisions|"
    r"programmes|programs|phases|goals|strategies|priorities|challenges|committees|stages|categories|districts|sectors|"
    r"principles|dimensions|criteria|themes|chapters|sections|groups|types|outcomes|reforms|recommendations|agencies)"
    r"|গুচ্ছ|অংশ|উপাদান|মন্ত্রণালয়|কর্মসূচি|ধাপ|ক্ষেত্র|লক্ষ্য|উদ্দেশ্য|চ্যালেঞ্জ"
)
DASH_LIST = re.compile(
    rf"(?<![\d.,]){NUMBER}\s+(?P<thing>{PARTS})(?:\s*[:]\s*|\s+-\s*|\s*-\s+|-)(?P<list>[A-Z\u0980-\u09ff][^.:;]*)", re.I
)
COLON_END = re.compile(rf"(?<![\d.,]){NUMBER}\s+(?P<thing>{PARTS})\s*:$", re.I)
LABEL = re.compile(r"^(?:[-•*]\s*)?(?:\(?\w{1,3}[.)]\s+)?[A-Z\u0980-\u09ff][\w \u0980-\u09ff'&/-]{2,60}:\s+\S")
BULLET = re.compile(r"^(?:[-•*▪–]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)")


class Claim(NamedTuple):
    """A number of things, and where it is said."""

    number: int
    thing: str
    words: str
    line: int


def check(report: Report) -> Iterator[Finding]:
    """Sentences, then cells that speak of the ministry itself, then lists, then serial numbers."""
    for claim in _claims(report):
        found = (
            _ministries(report, claim)
            if re.search("ministr|division|মন্ত্রণালয়", claim.thing, re.I)
            else _rows(report, claim)
        )
        if found:
            yield found
    yield from _own_programmes(report)
    yield from _lists(report)
    for table in report.document.of_kind("plan"):
        yield from _serials(table)


def _sentences(report: Report) -> Iterator[Sentence]:
    return (sentence for paragraph in report.document.paragraphs for sentence in paragraph.sentences)


def _claims(report: Report) -> Iterator[Claim]:
    texts: list[tuple[str, int]] = []
    for sentence in _sentences(report):
        for match in THINGS.finditer(sentence.text):
            if not _subset(sentence.text, match):
                yield from _claim(match, sentence.line(match.start()))
    for item in report.items:
        texts += [(item.own.get(role, ""), item.line) for role in ("activity", "indicator")]
    for text, line in texts:
        for match in THINGS.finditer(text):
            if re.search("ministr", match["thing"], re.I) and not _subset(text, match):
                yield from _claim(match, line)


def _claim(match: re.Match[str], line: int) -> Iterator[Claim]:
    number = small_number(match["number"].replace(",", "").replace(" ", ""))
    if number is not None:
        yield Claim(number, match["thing"].casefold(), match.group(), line)


def _subset(text: str, match: re.Match[str]) -> bool:
    """'12 of the 40', 'over 30', 'between 5 and 8', 'the other 3', 'top 5': no claim about the whole."""
    before = text[: match.start()]
    return bool(
        re.search(r"(over|than|least|about|nearly|around|other|another|top|first|last|next|and|to|some|or|between|only|of which|additional|new|remaining)\s*$", before, re.I)
        or re.match(r"\s*(?:[a-z]+ ){0,4}(?:completed|achieved|in[- ]progress|stopped|late|overdue|on track|সম্পন্ন|চলমান|স্থগিত)", text[match.end() :], re.I)
        or re.match(r"\s*(?:of|out of)\b", text[match.start("number") + len(match["number"]) :], re.I)
    )  # fmt: skip


def _ministries(report: Report, claim: Claim) -> Finding | None:
    names = report.names
    if not names.own_ministries:
        return None
    table = sum(1 for row in names.ministries if row.line)
    if claim.number == table or not 0.85 <= claim.number / max(table, 1) <= 1.15:
        return None
    chapters = len({section.entity for section in report.document.sections if section.entity and section.level >= 2})
    extra = (f", অধ্যায় আছে {chapters}", f", and there are {chapters} chapters") if chapters else ("", "")
    severity = "warning" if claim.number == chapters else "error"
    return MINISTRIES.at(claim.line, reported=claim.words, expected=str(table), extra=extra, severity=severity)


def _rows(report: Report, claim: Claim) -> Finding | None:
    found = _found(report, claim.thing)
    if not found or claim.number in found.values():
        return None
    near = [number for number in found.values() if number * 0.7 <= claim.number <= number * 1.3]
    if not near or max(found.values()) < 3:
        return None
    closest = min(near, key=lambda number: abs(number - claim.number))
    words = next(name for name, number in found.items() if number == closest)
    return ROWS.at(
        claim.line,
        reported=claim.words,
        expected=(f"{to_bangla_digits(str(closest))}টি {THINGS_BN[words]}", f"{closest} {words}"),
    )


def _found(report: Report, thing: str) -> dict[str, int]:
    """Every count that the words may mean; any of them makes the claim right."""
    own = report.own_items()
    if re.search(r"program|কর্মসূচি", thing):
        rows = len([row for row in report.names.programmes if row.line])
        claimed = sum(int(row.values.get("programmes", 0)) for row in report.names.ministries if row.line)
        return {
            name: number
            for name, number in (("programmes in the list", rows), ("programmes by ministry", claimed))
            if number
        }
    if re.search(r"cluster|ক্লাস্টার|গুচ্ছ", thing):
        groups = {item.group for item in report.items if item.group}
        return {"clusters": len(groups)} if len(groups) > 2 else {}
    if not own:
        return {}
    objectives = len(
        {(item.section.line if item.section else 0, item.table.line, item.serial) for item in own if item.serial}
    )
    activities = sum(1 for item in own if item.own.get("activity"))
    counts = {
        "rows of indicators": len(own),
        "rows in all": len(report.items),
        "objectives": objectives,
        "activities": activities,
    }
    return {name: number for name, number in counts.items() if number}


def _own_programmes(report: Report) -> Iterator[Finding]:
    """'The ministry has only four programmes' in the chapter of a ministry that the table gives one."""
    spoken: list[tuple[str, int]] = [(sentence.text, sentence.line()) for sentence in _sentences(report)]
    spoken += [(item.own.get(role, ""), item.line) for item in report.items for role in ("activity", "indicator")]
    for text, line in spoken:
        match = OWN.search(text)
        section = report.document.section_of(line) if match else None
        entity = report.names.of_section(section.entity) if section and section.entity else None
        number = small_number(match["number"]) if match else None
        value = entity.values.get("programmes") if entity else None
        if match and entity and number is not None and value is not None and value != number:
            words = re.sub(r"^.*?(?:has|have|implements|operates|runs|manages) ", "", match.group(), flags=re.I)
            yield CHAPTER.at(line, reported=short(words), expected=str(value), name=entity.pair)


def _lists(report: Report) -> Iterator[Finding]:
    paragraphs = report.document.paragraphs
    for no, paragraph in enumerate(paragraphs):
        for sentence in paragraph.sentences:
            yield from _inline(sentence)
        found = COLON_END.search(paragraph.text)
        number = small_number(found["number"]) if found else None
        if found is None or number is None or not 2 <= number <= 12:
            continue
        listed = _labelled(paragraphs[no + 1 : no + 16])
        if listed >= 2 and listed != number:
            words = f"{found['number']} {found['thing']}"
            yield LISTED.at(paragraph.line_at(found.start()), reported=words, expected=str(listed))


def _labelled(following: list[Paragraph]) -> int:
    for pattern in (LABEL, BULLET):
        count = 0
        for paragraph in following:
            if not pattern.match(paragraph.text):
                break
            count += 1
        if count >= 2:
            return count
    return 0


def _inline(sentence: Sentence) -> Iterator[Finding]:
    """'five clusters—A, B, C, D, and E—have been established'."""
    for match in DASH_LIST.finditer(sentence.text):
        number = small_number(match["number"])
        listing = re.split(r"\s?-\s?(?=have|has|are|is|was|were|which|that|to\b)", match["list"])[0]
        if number is None or not 2 <= number <= 12 or listing.count(",") < 1:
            continue
        parts = [part for part in re.split(r",\s*(?:and\s+|ও\s+|এবং\s+)?", listing) if part.strip()]
        counts = {len(parts)}
        if parts and re.search(r"\s(?:and|ও|এবং)\s", parts[-1]):
            counts.add(len(parts) + 1)  # 'A, B and C'
        if number not in counts and all(len(part.split()) <= 8 for part in parts):
            yield LISTED.at(
                sentence.line(match.start()), reported=f"{match['number']} {match['thing']}", expected=str(max(counts))
            )


def _serials(table: Table) -> Iterator[Finding]:
    """A number that is repeated, left out or goes back; a new group may begin again at 1."""
    before, group = 0, ""
    for row in table.rows:
        number = small_number(row.get("serial"))
        if number is None:
            continue
        restart = number == 1 and row.group != group
        if before and not restart and number != before + 1:
            yield SERIAL.at(row.line, reported=str(number), expected=str(before + 1), before=before)
        before, group = number, row.group
