"""Programmes named otherwise than in the list, and programmes that a chapter claims for the wrong ministry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shohay.core.checking.context import Report
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.names import PAREN, WORD, Entity
from shohay.core.checking.text import clean, stem, tokens

CLAIMS = re.compile(r"\b(implement(?:s|or|er|ing)?|operates|runs|manages|administers)\b|বাস্তবায়ন করে|পরিচালনা করে", re.I)
WITH = re.compile(r"collaborat|support|together with|jointly|on behalf|beneficiary selection|সহযোগিতা", re.I)


def check(report: Report, variant: Rule, owner: Rule) -> Iterator[Finding]:
    """Both rules need the report's own list of programmes."""
    listed = [row for row in report.names.programmes if row.line and len(row.words) > 1]
    if listed:
        yield from _variants(report, variant, listed)
        yield from _owners(report, owner, listed)


def _variants(report: Report, rule: Rule, listed: list[Entity]) -> Iterator[Finding]:
    """The same words with another joint: 'Mother-Child' for 'Mother and Child', with or without an apostrophe."""
    texts = [
        (item.own.get(role, ""), item.line) for item in report.items for role in ("objective", "activity", "indicator")
    ]
    texts += [(sentence.text, sentence.line()) for row in report.document.paragraphs for sentence in row.sentences]
    known = {id(row): _written(row.name) for row in listed}
    told: set[tuple[int, str]] = set()
    for text, line in texts:
        for mention in report.names.mentions(text):
            written = _written(text[mention.start : mention.end])
            mine = known.get(id(mention.entity))
            if mine is None or len(mention.entity.words) < 3 or _begins(mine, written):
                continue
            words = text[mention.start : mention.end]
            if (line, words) not in told:
                told.add((line, words))
                yield rule.at(line, reported=words, expected=mention.entity.name)


def _written(name: str) -> list[str]:
    """The words as they are joined: small words, and the 's of a possessive, count here."""
    words = [match.group().casefold() for match in WORD.finditer(PAREN.sub(" ", clean(name)))]
    parted = [part for word in words for part in ((word[:-2], "'s") if word.endswith("'s") else (word,))]
    return [stem(word) for word in parted if word not in ("the", "a", "an")]


def _begins(name: list[str], written: list[str]) -> bool:
    return name[: len(written)] == written


def _owners(report: Report, rule: Rule, listed: list[Entity]) -> Iterator[Finding]:
    """'It implements A' in the chapter of one ministry, where the list gives A to another that is not named there."""
    homes = {row.words: row for row in listed}
    for paragraph in report.document.paragraphs:
        entity = report.names.of_section(paragraph.section.entity) if paragraph.section else None
        if entity is None:
            continue
        for sentence in paragraph.sentences:
            claim = CLAIMS.search(sentence.text)
            if not claim or WITH.search(sentence.text[: claim.end()]):
                continue
            for words, start in _named(sentence.text, claim.end()):
                row = homes.get(words)
                home = report.names.ministry_named(row.owner) if row else None
                if row is None or home is None or home is entity:
                    continue
                if home not in [mention.entity for mention in report.names.mentions(sentence.text)]:
                    yield rule.at(sentence.line(start), reported=row.pair, expected=home.pair, name=entity.pair)


def _named(text: str, start: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every run of two to five words after ``start``, as the list's names are kept."""
    found = [
        (word, match.start())
        for match in WORD.finditer(text)
        if match.start() >= start
        for word in tokens(match.group())
    ]
    for no in range(len(found)):
        for length in range(2, 6):
            run = found[no : no + length]
            if len(run) == length:
                yield tuple(word for word, _at in run), run[0][1]
