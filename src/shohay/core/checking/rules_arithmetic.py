"""Sums that a single sentence does: a part of a whole with its percentage, a change from one amount to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from shohay.core.bangla_text import to_bangla_digits
from shohay.core.checking.claims import clean_amounts
from shohay.core.checking.context import Report, short
from shohay.core.checking.document import Sentence
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.text import Amount

SHARE = Rule(
    "sum.share", "error", "বাক্যের শতাংশ ভুল হিসাব", "A sentence's percentage is not its part of the whole",
    "“{reported}”: হিসাবে {expected}।", "\"{reported}\": worked out it is {expected}.",
)  # fmt: skip
PART = Rule(
    "sum.part", "error", "অংশ সমগ্রের চেয়ে বড়", "A part larger than the whole",
    "“{reported}”: অংশটি সমগ্রের চেয়ে বড়।", "\"{reported}\": the part is larger than the whole.",
)  # fmt: skip
CHANGE = Rule(
    "sum.change", "error", "বাক্যের বৃদ্ধি বা হ্রাস ভুল হিসাব", "A sentence's change is not that of its two amounts",
    "“{reported}” বলা হয়েছে; বাক্যের দুই সংখ্যা থেকে পাওয়া যায় {expected}।",
    "\"{reported}\" is claimed; the two amounts of the sentence give {expected}.",
)  # fmt: skip
WAY = Rule(
    "sum.direction", "error", "বেড়েছে না কমেছে, উল্টো বলা", "Said to rise and falls, or the other way",
    "“{reported}” বলা হয়েছে; সংখ্যা দুটি {expected}।", "\"{reported}\" is claimed; the two amounts {expected}.",
)  # fmt: skip
RULES = (SHARE, PART, CHANGE, WAY)

NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
PERCENT = r"(?P<percent>\d+(?:\.\d+)?)\s*(?:%|per ?cent|শতাংশ)"
OF = re.compile(
    rf"(?<![\d.,])(?P<part>{NUMBER})(?:\s+\w+)?\s+(?:out of|of)\s+(?:the\s+|all\s+)?(?P<whole>{NUMBER})(?![\d.,]*\s*(?:%|per ?cent))\s+[^.;%]{{0,60}}?\({PERCENT}\)",
    re.I,
)
OF_BN = re.compile(
    rf"(?<![\d.,])(?P<whole>{NUMBER})\s*(?:টির|জনের)\s+মধ্যে\s+(?P<part>{NUMBER})\s*(?:টি|জন)?[^।;%]{{0,40}}?\(?{PERCENT}"
)
RISE = re.compile(
    r"\b(increas\w*|r[io]s(?:e|es|en|ing)|grew|grow(?:s|n|th|ing)?|went up|climb\w*|surg\w+)\b|বেড়ে|বৃদ্ধি", re.I
)
FALL = re.compile(r"\b(decreas\w*|f[ea]ll(?:s|en|ing)?|declin\w*|dropp\w*|drop|reduc\w*|went down)\b|কমে|হ্রাস", re.I)
CHANGED = re.compile(
    rf"(?:by|of|a|an)\s+(?:about |nearly |almost |over |some )?{PERCENT}|{PERCENT.replace('percent', 'second')}\s+(?:increase|rise|growth|decrease|decline|fall|reduction|বৃদ্ধি|হ্রাস)",
    re.I,
)
FROM = re.compile(r"\bfrom\s+(?:tk\.?\s*|taka\s+)?$", re.I)
TO = re.compile(r"\bto\s+(?:tk\.?\s*|taka\s+)?$", re.I)


def check(report: Report) -> Iterator[Finding]:
    """Each sentence by itself."""
    for paragraph in report.document.paragraphs:
        for sentence in paragraph.sentences:
            yield from _shares(sentence)
            yield from _changes(sentence)


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _shares(sentence: Sentence) -> Iterator[Finding]:
    for match in [*OF.finditer(sentence.text), *OF_BN.finditer(sentence.text)]:
        part, whole, said = _value(match["part"]), _value(match["whole"]), _value(match["percent"])
        if not whole:
            continue
        if part > whole:
            yield PART.at(sentence.line(match.start()), reported=match.group(), expected="")
            continue
        right = part / whole * 100
        if abs(right - said) > Decimal(1).scaleb(-len(match["percent"].partition(".")[2])) * Decimal("1.01"):
            shown = f"{right:.1f}"
            yield SHARE.at(
                sentence.line(match.start()), reported=match.group(),
                expected=(f"{to_bangla_digits(shown)} শতাংশ", f"{shown} per cent"),
            )  # fmt: skip


def _ends(sentence: Sentence) -> tuple[Amount, Amount] | None:
    """The amounts after 'from' and after 'to', when there is one of each and they count the same."""
    text = sentence.text
    numbers = clean_amounts(text)
    first = [row for row in numbers if FROM.search(text[: row.start])]
    last = [row for row in numbers if TO.search(text[: row.start])]
    if len(first) != 1 or len(last) != 1 or first[0].start > last[0].start or not first[0].value:
        return None
    a, b = first[0], last[0]
    if a.unit and b.unit and a.unit != b.unit:
        factor = (b.crore / b.value) / (a.crore / a.value) if b.value else Decimal(1)
        b = b._replace(value=b.value * factor)
    return a, b


def _changes(sentence: Sentence) -> Iterator[Finding]:
    ends = _ends(sentence)
    if ends is None:
        return
    before, after = ends[0].value, ends[1].value
    line = sentence.line(ends[0].start)
    rise, fall = RISE.search(sentence.text), FALL.search(sentence.text)
    if (rise and not fall and after < before) or (fall and not rise and after > before):
        word = rise.group() if rise else fall.group() if fall else ""
        expected = ("কমেছে", "fall") if after < before else ("বেড়েছে", "rise")
        yield WAY.at(line, reported=word, expected=expected)
        return
    said = CHANGED.search(sentence.text)
    if said is None or not (rise or fall):
        return
    claimed = _value(said["percent"] or said["second"])
    right = abs(after / before - 1) * 100
    if abs(right - claimed) > max(Decimal("0.6"), right / 33):
        shown = f"{right:.1f}"
        yield CHANGE.at(
            line, reported=short(said.group()), expected=(f"{to_bangla_digits(shown)} শতাংশ", f"{shown} per cent")
        )  # fmt: skip
