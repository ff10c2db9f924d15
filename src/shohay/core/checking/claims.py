"""What sentences claim about ministries and programmes: values, bounds and places in an order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shohay.core.checking.document import Document, Paragraph, Sentence
from shohay.core.checking.names import Entity, Mention, Names
from shohay.core.checking.text import ORDINALS, Amount, amounts

MEASURE = {
    "programmes": re.compile(
        r"number of (?:\w+ ){0,3}?(?:program|scheme)|\d+ (?:\w+ ){0,2}?(?:program|scheme)|most (?:program|scheme)|কর্মসূচির সংখ্যা|\d+\s?টি কর্মসূচি", re.I
    ),
    "beneficiaries": re.compile(r"beneficiar|recipient|\breach|people|persons|উপকারভোগী|সুবিধাভোগী|ভাতাভোগী", re.I),
    "budget": re.compile(r"budget|allocation|allocated|funding|expenditure|\btaka|\btk\b|বাজেট|বরাদ্দ|টাকা", re.I),
}  # fmt: skip
YEARS = re.compile(r"\b(?:19|20)\d{2}\b(?!\s*(?:crore|lakh|taka|million|programs?|programmes?|beneficiar))")
ORDINAL = "(?P<ordinal>" + "|".join(sorted(map(re.escape, ORDINALS), key=len, reverse=True)) + ")"
SUPER = re.compile(
    rf"(?:{ORDINAL}[\s-]+)?\b(?:(?P<top>largest|highest|biggest|greatest|maximum|সর্বোচ্চ|সর্বাধিক|বৃহত্তম|সবচেয়ে বেশি)|(?P<bottom>lowest|smallest|least|fewest|minimum|সর্বনিম্ন|সবচেয়ে কম))",
    re.I,
)
PLACE = re.compile(
    rf"\b(?:(?:rank\w*|plac\w+(?: it| them)?|stands?|comes?|positions?)(?: at| in| as)?(?: the)? {ORDINAL}\b"
    rf"|{ORDINAL.replace('ordinal', 'named')}\s+(?:position|place|rank\b|স্থান|অবস্থান|in (?:this|the) (?:ranking|list|order)))",
    re.I,
)
LEADS = re.compile(r"\b(takes? the lead|leads? (?:with|in|the)|dominat\w+|tops the|শীর্ষে)", re.I)
NEXT = re.compile(
    r"\b(?P<after>following (?:very )?closely(?: behind)?(?: is| are| by)?|closely followed by|followed (?:closely )?by|next (?:is|comes)|second is)"
    r"|\b(?P<before>follows (?:very )?closely(?: behind)?|closely follows|comes next|close behind)",
    re.I,
)
COMPARED = re.compile(
    r"(?P<way>lower|smaller|less|higher|larger|greater|bigger|more) than (?:that of |those of )?(?:the )?(?:most |many |all )?(?:of the )?other (?:ministries|divisions|programmes|programs)", re.I
)  # fmt: skip
SUBSET = re.compile(r"(one of the|among the|some of the|অন্যতম)\s*$", re.I)
BACK = re.compile(
    r"^\s*(it|its|this|the ministry|the division|the ministry's|this ministry|মন্ত্রণালয়টি|এ মন্ত্রণালয়)\b", re.I
)


@dataclass(frozen=True)
class ValueClaim:
    """'The Finance Division receives over 50,000 crore': ``upper`` is set for 'between A and B'."""

    entity: Entity
    measure: str
    amount: Amount
    sentence: Sentence
    at: int
    upper: Amount | None = None

    @property
    def line(self) -> int:
        return self.sentence.line(self.at)


@dataclass(frozen=True)
class RankClaim:
    """``rank`` 1 is the top, -1 the bottom; ``after`` the entity that it is said to follow; ``way`` lower or higher."""

    entity: Entity
    measure: str
    rank: int
    words: str
    sentence: Sentence
    at: int
    after: Entity | None = None
    way: str = ""

    @property
    def line(self) -> int:
        return self.sentence.line(self.at)


def clean_amounts(text: str) -> list[Amount]:
    """Numbers that count something: not years, not percentages, not the number of a section or a phase."""
    found = []
    for amount in amounts(text):
        bare = not amount.unit and not amount.money
        if amount.unit == "percent" or (bare and YEARS.match(text, amount.start)):
            continue
        if bare and re.search(r"(phase|section|chapter|table|figure|fy|no\.?)[\s-]*$", text[: amount.start], re.I):
            continue
        if re.match(r"\s*-?\s*(fold|গুণ)|[-/]\d", text[amount.end :], re.I):
            continue
        found.append(amount)
    return found


def measure_of(text: str, amount: Amount) -> str:
    """What an amount counts: by its unit, the words after it, then the words before it."""
    after, before = text[amount.end : amount.end + 45], text[max(0, amount.start - 60) : amount.start]
    if amount.money or re.match(r"\s*(taka|tk|টাকা)", after, re.I):
        return "budget"
    near = re.split(r"[,;.]| and | while |ও ", after)[0]
    if MEASURE["beneficiaries"].search(near):
        return "beneficiaries"
    if not amount.unit and re.match(r"\s*(?:টি\s*)?(?:\w+ ){0,3}?(program|scheme|কর্মসূচি)", near, re.I):
        return "programmes"
    counted = r"number of (?:\w+ ){0,3}?(program|scheme)\w*(?:[^.;]{0,30}|[^.;]*\b(?:at|with|by))\s*$"
    if not amount.unit and re.search(counted, text[: amount.start], re.I):
        return "programmes"
    if amount.unit == "crore":
        return "budget" if not MEASURE["beneficiaries"].search(before[-40:]) else "beneficiaries"
    if amount.unit in ("lakh", "million") and MEASURE["beneficiaries"].search(before):
        return "beneficiaries"
    return ""


def value_claims(document: Document, names: Names) -> Iterator[ValueClaim]:
    """Every amount that a sentence gives to an entity."""
    for paragraph in document.paragraphs:
        subject: Entity | None = None
        for sentence in paragraph.sentences:
            mentions = names.mentions(sentence.text)
            yield from _in_sentence(sentence, mentions, subject)
            if mentions:
                subject = mentions[0].entity


def _in_sentence(sentence: Sentence, mentions: list[Mention], subject: Entity | None) -> Iterator[ValueClaim]:
    text = sentence.text
    numbers = clean_amounts(text)
    if not numbers or _dated(text):
        return
    paired = _respectively(text, mentions, numbers)
    skip: set[int] = set()
    for no, amount in enumerate(numbers):
        if no in skip:
            continue
        upper = _range(text, numbers, no)
        if upper is not None:
            skip.add(no + 1)
        measure = measure_of(text, upper or amount) or (measure_of(text, numbers[-1]) if no in paired else "")
        if not measure:
            continue
        owners = [paired[no]] if no in paired else _owners(text, mentions, amount, subject)
        for mention in owners:
            at = mention.start if isinstance(mention, Mention) and len(owners) > 1 else amount.start
            entity = mention.entity if isinstance(mention, Mention) else mention
            yield ValueClaim(entity, measure, amount, sentence, at, upper)


def _dated(text: str) -> bool:
    """A sentence about other years is for the rules of series."""
    return len(set(YEARS.findall(text))) > 0


def _range(text: str, numbers: list[Amount], no: int) -> Amount | None:
    if no + 1 >= len(numbers) or not re.search(r"between\s*$", text[: numbers[no].start], re.I):
        return None
    between = text[numbers[no].end : numbers[no + 1].start]
    return numbers[no + 1] if re.fullmatch(r"\s*(taka\s*)?and\s*", between, re.I) else None


def _respectively(text: str, mentions: list[Mention], numbers: list[Amount]) -> dict[int, Mention]:
    """'A and B each manage 11 and 9 respectively': the last names before the run of numbers, one each."""
    word = re.search(r"respectively|যথাক্রমে", text, re.I)
    if not word:
        return {}
    run = [no for no, amount in enumerate(numbers) if amount.end <= word.start() or word.group() == "যথাক্রমে"]
    group: list[int] = []
    for no in reversed(run):
        if group and numbers[group[0]].start - numbers[no].end > 25:
            break
        group.insert(0, no)
    before = [row for row in mentions if row.end <= numbers[group[0]].start] if group else []
    if len(group) < 2 or len(before) < len(group):
        return {}
    return dict(zip(group, before[-len(group) :], strict=True))


def _owners(text: str, mentions: list[Mention], amount: Amount, subject: Entity | None) -> list[Mention] | list[Entity]:
    before = [row for row in mentions if row.end <= amount.start]
    around = text[max(0, amount.start - 40) : amount.start] + text[amount.end : amount.end + 30]
    if len(before) > 1 and re.search(r"\beach\b|\ball\b|প্রত্যেক", around, re.I):
        return before
    if before:
        return [before[-1]]
    after = [row for row in mentions if row.start >= amount.end]
    if (
        len(mentions) == 1
        and after
        and re.search(r"\b(to|for|by|of|in|under)\s+(the\s+)?$", text[: after[0].start], re.I)
    ):
        return [after[0]]
    if not mentions and subject is not None and BACK.match(text):
        return [subject]
    return []


def rank_claims(document: Document, names: Names) -> Iterator[RankClaim]:
    """Every place in an order that a sentence gives to an entity, in the order of the text."""
    for paragraph in document.paragraphs:
        yield from _ranks(paragraph, names)


def _ranks(paragraph: Paragraph, names: Names) -> Iterator[RankClaim]:
    measure, last = _title_measure(paragraph), None
    for sentence in paragraph.sentences:
        mentions = names.mentions(sentence.text)
        for match, rank, kind in _marks(sentence.text):
            own = _measure_near(sentence.text, match) or measure
            who = _who(mentions, match, kind)
            if who is None or not own or _dated(sentence.text):
                continue
            after = None
            if kind in ("after", "before"):
                earlier = [row for row in mentions if row.end <= match.start() and row.entity is not who.entity]
                after = earlier[-1].entity if kind == "after" and earlier else last
                if after is None or after.kind != who.entity.kind:
                    continue
            claim = RankClaim(
                who.entity, own, rank, match.group().strip(), sentence, match.start(), after,
                kind if kind in ("lower", "higher") else "",
            )  # fmt: skip
            yield claim
            measure, last = own, who.entity
        measure = _first_measure(sentence.text) or measure


def _marks(text: str) -> Iterator[tuple[re.Match[str], int, str]]:
    found: list[tuple[re.Match[str], int, str]] = []
    for match in SUPER.finditer(text):
        if SUBSET.search(text[: match.start()]) or re.match(r"\w*\s*(?:and|or)\s", text[match.end() : match.end() + 6]):
            continue
        rank = ORDINALS[match["ordinal"].casefold()] if match["ordinal"] else 1
        found.append((match, -rank if match["bottom"] else rank, "super"))
    for match in PLACE.finditer(text):
        word = next(name for name in match.groups() if name)
        found.append((match, ORDINALS[word.casefold()], "place"))
    found += [(match, 1, "super") for match in LEADS.finditer(text)]
    found += [(match, 0, "after" if match["after"] else "before") for match in NEXT.finditer(text)]
    for match in COMPARED.finditer(text):
        low = match["way"].casefold() in ("lower", "smaller", "less")
        found.append((match, 0, "lower" if low else "higher"))
    found.sort(key=lambda row: row[0].start())
    return iter(found)


def _who(mentions: list[Mention], match: re.Match[str], kind: str) -> Mention | None:
    before = [row for row in mentions if row.end <= match.start()]
    after = [row for row in mentions if row.start >= match.end()]
    if kind == "after":
        return after[0] if after else None
    if before:
        return before[-1]
    return after[0] if after and kind != "before" else None


def _measure_near(text: str, match: re.Match[str]) -> str:
    window = re.split(r"[,;:]", text[match.end() : match.end() + 80])[0]
    if match.re is NEXT and not window.strip(" ,"):
        window = text[match.end() : match.end() + 80]
    return _first_measure(match.group() + window) or _last_measure(text[: match.start()])


def _first_measure(text: str) -> str:
    found = [(hit.start(), name) for name, pattern in MEASURE.items() if (hit := pattern.search(text))]
    return min(found)[1] if found else ""


def _last_measure(text: str) -> str:
    found = [(hit.start(), name) for name, pattern in MEASURE.items() for hit in pattern.finditer(text)]
    return max(found)[1] if found else ""


def _title_measure(paragraph: Paragraph) -> str:
    return _first_measure(paragraph.section.title) if paragraph.section else ""
