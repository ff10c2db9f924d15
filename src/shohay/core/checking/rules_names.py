"""Names that vary: ministries spelled several ways, ministries that nothing else knows, short forms that differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from shohay.core.checking import rules_programme_names
from shohay.core.checking.context import Report
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.names import PAREN, Entity, is_total, ministry_words
from shohay.core.checking.spelling import distance, similar
from shohay.core.checking.text import SMALL_WORDS, clean, squeeze, stem

VARIANT = Rule(
    "name.variant", "warning", "নামের ভিন্ন বানান", "A name written in several ways",
    "“{reported}” লেখা হয়েছে; অন্যত্র “{expected}”।", "\"{reported}\" is written here; elsewhere it is \"{expected}\".",
)  # fmt: skip
UNKNOWN = Rule(
    "name.unknown", "warning", "অজানা মন্ত্রণালয় বা বিভাগ", "A ministry that the report does not know",
    "“{reported}” মন্ত্রণালয়গুলোর সারণিতে নেই।", "\"{reported}\" is not in the table of ministries.",
)  # fmt: skip
OTHER = Rule(
    "name.other-ministry", "warning", "অধ্যায়ের শুরুতে অন্য মন্ত্রণালয়ের নাম", "A chapter that begins with another ministry",
    "“{expected}” অধ্যায় “{reported}” দিয়ে শুরু হয়েছে।", "The chapter of \"{expected}\" begins with \"{reported}\".",
)  # fmt: skip
SHORT = Rule(
    "name.short-form", "warning", "সংক্ষেপ বা তার পূর্ণরূপ ভিন্ন", "A short form that varies",
    "“{reported}” লেখা হয়েছে; অন্যত্র “{expected}”।", "\"{reported}\" is written here; elsewhere it is \"{expected}\".",
)  # fmt: skip
CLUSTER = Rule(
    "name.cluster", "note", "গুচ্ছের নাম ভিন্ন", "A cluster's name that varies",
    "“{reported}” লেখা হয়েছে; অন্য গুচ্ছগুলোর নামের মতো “{expected}” হওয়ার কথা।",
    "\"{reported}\" is written here; like the other clusters it would be \"{expected}\".",
)  # fmt: skip
WORD = Rule(
    "name.spelling", "note", "একই শব্দের দুই বানান", "One word spelled two ways",
    "“{reported}” লেখা হয়েছে; তালিকার অন্য সারিতে “{expected}”।", "\"{reported}\" is written here; another row of the list has \"{expected}\".",
)  # fmt: skip
PROGRAMME = Rule(
    "name.programme", "note", "কর্মসূচির নামের ভিন্ন রূপ", "A programme's name written otherwise",
    "“{reported}” লেখা হয়েছে; কর্মসূচির তালিকায় “{expected}”।",
    "\"{reported}\" is written here; the list of programmes has \"{expected}\".",
)  # fmt: skip
OWNER = Rule(
    "name.other-owner", "warning", "অন্য মন্ত্রণালয়ের কর্মসূচি", "A programme of another ministry",
    "“{name}” অধ্যায়ে বলা হয়েছে এটি “{reported}” বাস্তবায়ন করে; তালিকায় কর্মসূচিটি “{expected}”-এর।",
    "The chapter of \"{name}\" says that it implements \"{reported}\"; in the list it belongs to \"{expected}\".",
)  # fmt: skip
RULES = (VARIANT, UNKNOWN, OTHER, SHORT, CLUSTER, WORD, PROGRAMME, OWNER)

FULL = re.compile(
    r"\b(?:Ministry of (?:the )?(?:[A-Z][\w'&-]*|,|and|&|of)(?:,? (?:[A-Z][\w'&-]*|and|&|of))*|(?:[A-Z][\w'&-]*,? (?:(?:and|&|of) )?){1,6}Division)\b"
)
LEADING = re.compile(r"^(?:the|and|of|under|for|in)\s+", re.I)
SHORT_FORM = re.compile(r"\(([A-Z][A-Z&]{2,6})\)")
PARENTS = re.compile(r"\b(?:under|within|part of|component of|of)\b[^.]{0,60}$", re.I)
# general words of government, not names of ministries: a division's parent stands beside it
NOUNS = frozenset(["ministry", "division", "ministries", "divisions", "cooperatives"])


def check(report: Report) -> Iterator[Finding]:
    """Titles and cells first, then running text, then short forms."""
    seen: set[tuple[int, str]] = set()
    for finding in [*_titles(report), *_cells(report), *_text(report), *_first_sentences(report)]:
        if (finding.line, finding.reported) not in seen:
            seen.add((finding.line, finding.reported))
            yield finding
    yield from _short_forms(report)
    yield from _clusters(report)
    yield from _spelling(report)
    yield from rules_programme_names.check(report, PROGRAMME, OWNER)


def plain(name: str) -> str:
    """A name as it is compared: no short form in brackets, 'and' for '&', no article."""
    text = squeeze(PAREN.sub(" ", clean(name)).replace("&", "and"))
    return LEADING.sub("", text).strip(" .,").casefold()


def _listed(report: Report) -> dict[str, Entity]:
    names = report.names
    rows = [row for row in names.ministries if row.line] if names.own_ministries else names.ministries
    return {plain(row.name): row for row in rows}


def _titles(report: Report) -> Iterator[Finding]:
    listed = _listed(report)
    if not report.names.own_ministries:
        return
    places = [(row.line, row.title) for row in report.document.contents] + [
        (row.line, row.title) for row in report.document.sections
    ]
    for line, title in places:
        entity = report.names.ministry_named(title)
        if entity is not None and entity.line and plain(title) not in listed:
            yield VARIANT.at(line, reported=title, expected=entity.name)


def _cells(report: Report) -> Iterator[Finding]:
    """Names in columns of ministries, in any table, and odd signs in them."""
    listed, own = _listed(report), report.names.own_ministries
    for table in report.document.tables:
        for role in ("ministry", "responsible", "shared"):
            for row in table.rows if role in table.roles else []:
                for name in _split(row.get(role), listed):
                    yield from _cell(report, name, row.line, listed, own, table is report.names.ministry_table)


def _split(cell: str, listed: dict[str, Entity]) -> list[str]:
    """'Finance Division, Ministry of Food' are two; 'Ministry of Law, Justice and …' is one."""
    if not cell or is_total(cell) or plain(cell) in listed:
        return [cell] if cell else []
    return [
        part
        for part in re.split(r",\s*(?=Ministry|Directorate|[A-Z][a-z]+ (?:\w+ )*Division)|;\s*|/\s*(?=Ministry)", cell)
        if part.strip()
    ]


def _cell(report: Report, name: str, line: int, listed: dict[str, Entity], own: bool, home: bool) -> Iterator[Finding]:
    if "`" in name or "´" in name:
        yield VARIANT.at(line, reported=name, expected=name.replace("`", "'").replace("´", "'"), severity="note")
        return
    if home or is_total(name) or plain(name) in listed or not re.search(r"ministry|division|মন্ত্রণালয়|বিভাগ", name, re.I):
        return
    entity = report.names.ministry_named(name)
    if entity is not None and (entity.line or not own):
        if plain(entity.name).replace("`", "'") != plain(name):
            yield VARIANT.at(line, reported=name, expected=entity.name)
    elif own or report.names.known.ministries:
        yield UNKNOWN.at(line, reported=name, expected=("সারণির কোনো মন্ত্রণালয়", "a ministry of the table"))


def _text(report: Report) -> Iterator[Finding]:
    """Names in sentences that are nearly, not quite, a ministry of the table."""
    listed = _listed(report)
    if not report.names.own_ministries:
        return
    for paragraph in report.document.paragraphs:
        for sentence in paragraph.sentences:
            for mention in report.names.mentions(sentence.text):
                if not mention.spelled and mention.entity.kind == "ministry" and mention.entity.line:
                    yield VARIANT.at(
                        sentence.line(mention.start),
                        reported=sentence.text[mention.start : mention.end],
                        expected=mention.entity.name,
                    )
            for match in FULL.finditer(sentence.text):
                yield from _full(report, match, sentence.line(match.start()), listed)


def _full(report: Report, match: re.Match[str], line: int, listed: dict[str, Entity]) -> Iterator[Finding]:
    """The longest part of 'Ministry of A and B has' that is a name; a word wrong in it is a variant."""
    words = match.group().split()
    ministry = words[0] == "Ministry"
    parts = (
        [words[:length] for length in range(len(words), 1, -1)]
        if ministry
        else [words[start:] for start in range(len(words) - 1)]
    )
    texts = [" ".join(part).strip(" ,").removesuffix("'s") for part in parts]
    if any(plain(text) in listed for text in texts):
        return
    for text in texts:
        own = ministry_words(text)
        found = next(
            (row for row in listed.values() if row.line and len(row.words) == len(own) and similar(row.words, own)),
            None,
        )
        kind = (
            "ministry" if ministry else "division"
        )  # 'Ministry of Finance' is the parent of 'Finance Division', not its other name
        if found and kind in found.name.casefold() and (ministry or text.endswith("Division")):
            yield VARIANT.at(line, reported=text, expected=found.name)
            return


def _first_sentences(report: Report) -> Iterator[Finding]:
    """The first sentence of a chapter names its own ministry as its subject, not another one."""
    told: set[int] = set()
    for paragraph in report.document.paragraphs:
        section = paragraph.section
        if section is None or not section.entity or section.line in told or len(paragraph.text) < 60:
            continue
        told.add(section.line)
        head = paragraph.sentences[0].text
        match = re.match(r"(?:The )?(Ministry of (?:[A-Z][\w'&-]*|and|&|of|,)(?:,? (?:[A-Z][\w'&-]*|and|&|of))*)", head)
        own = ministry_words(section.title)
        entity = report.names.of_section(section.entity)
        if match and entity is not None:
            named = ministry_words(match.group(1))
            if set(named) & set(own) and (
                similar(named, own)
                or similar(named, entity.words)
                or set(own) <= set(named)
                or set(entity.words) <= set(named)
            ):
                continue
            yield OTHER.at(paragraph.line, reported=match.group(1), expected=section.title)


class Form(NamedTuple):
    """A short form, the words before it, and the line."""

    letters: str
    words: tuple[str, ...]
    text: str
    line: int


def _short_forms(report: Report) -> Iterator[Finding]:
    forms = [
        form
        for no, raw in enumerate(report.document.lines, 1)
        for form in _forms(squeeze(clean(raw.replace("\t", " | "))), no)
    ]
    by_letters, by_words = defaultdict(list), defaultdict(list)
    for form in forms:
        by_letters[form.letters].append(form)
        by_words[form.words].append(form)
    for rows in by_letters.values():
        counts = Counter(row.words for row in rows)
        usual = counts.most_common(1)[0][0]
        for row in rows:
            if row.words != usual and len(row.words) == len(usual) and _one_apart(row.words, usual):
                other = next(form for form in rows if form.words == usual)
                yield SHORT.at(row.line, reported=row.text, expected=other.text)
    for rows in by_words.values():
        letters = Counter(row.letters for row in rows)
        if len(letters) < 2:
            continue
        initials = "".join(word[0] for word in rows[0].words).upper()
        right = max(letters, key=lambda word: (_fits(word, initials), letters[word]))
        for row in rows:
            if row.letters != right and sorted(row.letters) == sorted(right):
                yield SHORT.at(
                    row.line, reported=row.text, expected=next(form.text for form in rows if form.letters == right)
                )


def _fits(letters: str, initials: str) -> int:
    return int(letters == initials) * 2 + int(letters[: len(initials)] == initials[: len(letters)])


def _forms(text: str, line: int) -> Iterator[Form]:
    """The words before '(ABCD)': as many as it has letters, or one less where a word such as 'Programme' follows."""
    for match in SHORT_FORM.finditer(text):
        letters = match.group(1)
        before = re.findall(r"[A-Za-z][\w'-]*", re.split(r"[|.;:()]", text[: match.start()])[-1])
        names = [word for word in before if word.casefold() not in SMALL_WORDS]
        chosen = names[-len(letters) :]
        if len(chosen) < 2 or not all(word[0].isupper() for word in chosen[1:]):
            continue
        first = [word[0].upper() for word in chosen]
        if sum((Counter(first) & Counter(letters)).values()) < len(letters) - 1:
            continue
        start = text.rfind(chosen[0], 0, match.start())
        yield Form(letters, tuple(stem(word.casefold()) for word in chosen), text[start : match.end()], line)


def _one_apart(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    apart = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(apart) == 1 and (apart[0][0][:4] == apart[0][1][:4])


def _clusters(report: Report) -> Iterator[Finding]:
    """Groups of one table that are called '… Cluster', but for one."""
    groups: dict[str, int] = {}
    for item in report.items:
        if item.group:
            groups.setdefault(item.group, item.line)
    words = Counter(group.split()[-1].casefold() for group in groups)
    if not words or len(groups) < 3:
        return
    last, number = words.most_common(1)[0]
    if number < len(groups) and number * 3 >= len(groups) * 2:
        for group, line in groups.items():
            if group.split()[-1].casefold() != last:
                at = next(
                    (no for no in range(line, 0, -1) if squeeze(clean(report.document.text(no))).startswith(group)),
                    line,
                )
                yield CLUSTER.at(at, reported=group, expected=f"{group} {last.capitalize()}")


def _spelling(report: Report) -> Iterator[Finding]:
    """A long proper word that differs by one letter inside another name of the same list."""
    homes: dict[str, list[Entity]] = defaultdict(list)
    for row in report.names.programmes:
        for word in set(re.findall(r"\b[A-Z][a-z]{6,}\b", row.name)) if row.line else ():
            homes[word.casefold()].append(row)
    words = sorted(homes)
    for no, left in enumerate(words):
        for right in words[no + 1 :]:
            if right[:3] != left[:3]:
                break
            if len(left) != len(right) or distance(left, right) != 1 or left[-1] != right[-1]:
                continue
            rare, usual = sorted((left, right), key=lambda word: (len(homes[word]), -homes[word][0].line))
            yield WORD.at(homes[rare][0].line, reported=rare.capitalize(), expected=usual.capitalize())
