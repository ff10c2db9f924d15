"""Who and what a report speaks of: ministries and programmes from its own tables, else from the platform's lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from shohay.core.checking.columns import unit_of
from shohay.core.checking.document import Document, Table
from shohay.core.checking.spelling import similar
from shohay.core.checking.text import clean, number_of, squeeze, tokens

MEASURES = ("programmes", "budget", "beneficiaries")
PAREN = re.compile(r"\([^)]*\)")
ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z&]{1,9})\)")
MINISTRY_WORDS = {"ministry", "division", "office", "মন্ত্রণালয়", "বিভাগ", "কার্যালয়"}
WORD = re.compile(r"[A-Za-z0-9]+(?:'[a-z]+)?|[\u0980-\u09ff]+")
TO_CRORE = {
    "": Decimal(1),
    "crore": Decimal(1),
    "lakh": Decimal("0.01"),
    "million": Decimal("0.1"),
    "thousand": Decimal("0.0001"),
}
TO_LAKH = {
    "": Decimal(1),
    "lakh": Decimal(1),
    "crore": Decimal(100),
    "million": Decimal(10),
    "thousand": Decimal("0.01"),
}


@dataclass(frozen=True)
class Known:
    """The platform's data: names for both languages, values where the document itself has none, the plan's dates.

    ``ministries``: code, English, Bangla, cluster that it coordinates, programmes, crore, lakh (None: no value).
    ``programmes``: code, English, Bangla, ministry code, crore, lakh.
    """

    ministries: tuple[tuple[str, str, str, str, Decimal | None, Decimal | None, Decimal | None], ...] = ()
    programmes: tuple[tuple[str, str, str, str, Decimal, Decimal], ...] = ()
    year: str = ""  # the fiscal year of the values: '2024-25'


@dataclass
class Entity:
    """A ministry or a programme with the values that the report's tables give it (crore taka, lakh people)."""

    name: str
    kind: str  # ministry or programme
    words: tuple[str, ...]
    line: int = 0
    values: dict[str, Decimal] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)  # decimals printed
    owner: str = ""
    other: str = ""  # its name in the other language
    code: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """(Bangla, English) for messages."""
        return (
            (self.other or self.name, self.name) if self.name.isascii() or not self.other else (self.name, self.other)
        )


class Mention(NamedTuple):
    """An entity named in a sentence."""

    entity: Entity
    start: int
    end: int
    spelled: bool = True  # False: its name has a letter or a word wrong here


def ministry_words(name: str) -> tuple[str, ...]:
    """What a ministry's name says beside 'Ministry of' and 'Division': the words that tell it from the others."""
    plain = PAREN.sub(" ", clean(name).replace("`", "'"))
    kept = tuple(word for word in tokens(plain) if word not in MINISTRY_WORDS)
    return kept or tuple(tokens(plain))


def programme_words(name: str) -> tuple[str, ...]:
    return tuple(tokens(PAREN.sub(" ", clean(name))))


class Names:
    """The entities of a report and how to find them in a sentence."""

    def __init__(self, document: Document, known: Known | None = None) -> None:
        self.ministries: list[Entity] = []
        self.programmes: list[Entity] = []
        self.known = known or Known()
        self._codes: dict[str, Entity] = {}
        self._prefixes: dict[tuple[str, ...], list[Entity]] = {}
        self._cores: dict[tuple[str, ...], Entity] = {}
        self._found: dict[str, list[Mention]] = {}
        self._named: dict[tuple[str, ...], Entity] = {}
        self.ministry_table = next(iter(document.of_kind("ministries")), None)
        self.programme_tables = document.of_kind("programmes")
        if self.ministry_table:
            self._read(self.ministry_table, "ministry", "ministry")
        for table in self.programme_tables:
            self._read(table, "programme", "programme")
        self.others: list[Entity] = []  # districts, clusters: rows of other tables with a name and figures
        for table in document.of_kind("named"):
            self._read_named(table)
        self.own_ministries = bool(self.ministries)
        self._from_tables()
        self._from_known()
        self._index(document)

    def _read(self, table: Table, role: str, kind: str) -> None:
        into = self.ministries if kind == "ministry" else self.programmes
        before = [(entity.words, entity.values) for entity in into]  # an annex repeats the rows of the chapters
        for row in table.rows:
            name = row.get(role)
            if not name or is_total(name) or number_of(name) is not None:
                continue
            words = ministry_words(name) if kind == "ministry" else programme_words(name)
            owner = row.get("ministry") if kind == "programme" else ""
            entity = Entity(squeeze(name.replace("`", "'")), kind, words, row.line, owner=owner)
            for measure in MEASURES:
                _put(entity, measure, row.get(measure), table, row.line)
            if (words, entity.values) not in before:
                into.append(entity)

    def _read_named(self, table: Table) -> None:
        role = next(name for name in ("place", "cluster") if name in table.roles)
        for row in table.rows:
            name = row.get(role)
            words = tuple(word for word in programme_words(name) if word not in ("cluster", "district", "জেলা", "গুচ্ছ"))
            if not words or is_total(name) or number_of(name) is not None:
                continue
            entity = Entity(squeeze(name), f"{role} {table.line}", words, row.line)
            for measure in MEASURES:
                _put(entity, measure, row.get(measure), table, row.line)
            self.others.append(entity)

    def _from_tables(self) -> None:
        """A report without a table of ministries still has them in its list of programmes: then they are its sums."""
        if self.ministries or not self.programmes:
            return
        sums: dict[tuple[str, ...], Entity] = {}
        for programme in self.programmes:
            if not programme.owner:
                continue
            words = ministry_words(programme.owner)
            entity = sums.setdefault(words, Entity(programme.owner, "ministry", words, programme.line))
            entity.values["programmes"] = entity.values.get("programmes", Decimal(0)) + 1
            for measure in ("budget", "beneficiaries"):
                if measure in programme.values:
                    entity.values[measure] = entity.values.get(measure, Decimal(0)) + programme.values[measure]
        self.ministries = list(sums.values())

    def _from_known(self) -> None:
        owners: dict[str, str] = {}
        for code, english, bangla, _cluster, *values in self.known.ministries:
            words, words_bn = ministry_words(english), ministry_words(bangla)
            found = next((row for row in self.ministries if row.words in (words, words_bn)), None)
            found = found or self._near(words)
            if found is None:
                found = Entity(english, "ministry", words, 0, code=code, other=bangla)
                if not self.own_ministries:
                    found.values = {
                        name: value for name, value in zip(MEASURES, values, strict=True) if value is not None
                    }
                self.ministries.append(found)
            found.code = code
            found.other = bangla if found.name.isascii() else english
            self._codes[code] = found
            owners[code] = found.name
            self._cores.setdefault(words, found)
            self._cores.setdefault(words_bn, found)
        if not self.programme_tables:
            for code, english, bangla, owner, budget, people in self.known.programmes:
                for name, other in ((english, bangla), (bangla, english)):
                    row = Entity(
                        name, "programme", programme_words(name), 0, owner=owners.get(owner, ""), other=other, code=code
                    )
                    row.values = {"budget": budget, "beneficiaries": people}
                    self.programmes.append(row)

    def _near(self, words: tuple[str, ...]) -> Entity | None:
        """The same ministry with a letter changed or a word more."""
        return next((row for row in self.ministries if row.line and similar(row.words, words)), None)

    def _index(self, document: Document) -> None:
        for entity in self.ministries:
            self._cores.setdefault(entity.words, entity)
            for short in ABBREVIATION.findall(entity.name):
                self._codes.setdefault(short, entity)
        for entity in self.programmes:
            for length in range(2, len(entity.words) + 1):
                self._prefixes.setdefault(entity.words[:length], []).append(entity)
            if len(entity.words) == 1:
                self._prefixes.setdefault(entity.words, []).append(entity)
        for entity in self.others:
            self._named.setdefault(entity.words, entity)
        for section in document.sections:
            found = self.ministry_named(section.title)
            section.entity = found.name if found else ""

    def ministry_named(self, text: str) -> Entity | None:
        """The ministry whose whole name a title or a cell is, spelled as anywhere in the report or nearly so."""
        words = ministry_words(text)
        if not words or len(text) > 120:
            return None
        exact = self._cores.get(words)
        if exact:
            return exact
        if not re.search(r"ministry|division|মন্ত্রণালয়|বিভাগ", text, re.I):
            return None
        return next((row for row in self.ministries if similar(row.words, words)), None)

    def of_section(self, title: str) -> Entity | None:
        return next((row for row in self.ministries if row.name == title), None)

    def mentions(self, text: str) -> list[Mention]:
        """Every entity that the sentence names, in order, the longest name where two begin at one place."""
        if text not in self._found:
            self._found[text] = self._search(text)
        return self._found[text]

    def _search(self, text: str) -> list[Mention]:
        words = [(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]
        found = [*self._ministry_mentions(text, words), *self._programme_mentions(words), *self._other_mentions(words)]
        found.sort(key=lambda row: (row.start, -(row.end - row.start)))
        kept: list[Mention] = []
        for row in found:
            if not kept or row.start >= kept[-1].end:
                kept.append(row)
        return kept

    def _ministry_mentions(self, text: str, words: list[tuple[str, int, int]]) -> list[Mention]:
        found = []
        listing = re.search(r"ministr(y|ies)|division|মন্ত্রণালয়|বিভাগ", text, re.I) is not None
        for at, (word, start, end) in enumerate(words):
            entity = self._codes.get(word)
            if entity and (len(word) > 2 or word.isupper()):
                found.append(Mention(entity, start, end))
                continue
            match = self._core_at(text, words, at, listing)
            if match:
                found.append(match)
        return found

    def _core_at(self, text: str, words: list[tuple[str, int, int]], at: int, listing: bool) -> Mention | None:
        word, start, _end = words[at]
        if not (word[0].isupper() or word[0] >= "\u0980"):
            return None
        taken: list[str] = []
        best: tuple[Entity, int, tuple[str, ...]] | None = None
        for next_word, _start, end in words[at : at + 9]:
            fresh = [stem for stem in tokens(next_word) if stem not in MINISTRY_WORDS]
            taken += fresh
            entity = self._cores.get(tuple(taken)) if fresh else None
            if entity:
                best = (entity, end, tuple(taken))
        if best is None:
            return self._nearly_at(text, words, at, listing)
        entity, end, stems = best
        named = re.search(r"(ministry of( the)?|ministry for)\s*$", text[:start], re.I)
        suffix = re.match(r"\s*(division|ministry|মন্ত্রণালয়|বিভাগ|কার্যালয়)", text[end:], re.I)
        inside = re.search(r"ministry|division|office|মন্ত্রণালয়|বিভাগ|কার্যালয়", text[start:end], re.I)
        bare = not (named or suffix or inside)
        if bare and (not listing or (len(stems) == 1 and not _in_list(text, start, end))):
            return None
        spelled = stems == entity.words or stems[0].isascii() != entity.words[0].isascii()
        return Mention(entity, named.start() if named else start, end + (suffix.end() if suffix else 0), spelled)

    def _nearly_at(self, text: str, words: list[tuple[str, int, int]], at: int, listing: bool) -> Mention | None:
        """A name of two words or more with one word spelled otherwise: 'Hill Tracks' for 'Hill Tracts'."""
        start = words[at][1]
        named = re.search(r"(ministry of( the)?|ministry for)\s*$", text[:start], re.I)
        taken: list[str] = []
        for word, _start, end in words[at : at + 7]:
            taken += [stem for stem in tokens(word) if stem not in MINISTRY_WORDS]
            if len(taken) < (1 if named else 2) or not tokens(word):
                continue
            found = next(
                (row for row in self.ministries if len(row.words) == len(taken) and similar(row.words, tuple(taken))),
                None,
            )
            if found:
                suffix = re.match(r"\s*(division|ministry|মন্ত্রণালয়|বিভাগ|কার্যালয়)", text[end:], re.I)
                if named or suffix or (listing and _in_list(text, start, end)):
                    return Mention(
                        found, named.start() if named else start, end + (suffix.end() if suffix else 0), False
                    )
        return None

    def of_kind(self, kind: str) -> list[Entity]:
        """The rows that an entity is compared with: those of its own table."""
        if kind in ("ministry", "programme"):
            return self.ministries if kind == "ministry" else self.programmes
        return [row for row in self.others if row.kind == kind]

    def _other_mentions(self, words: list[tuple[str, int, int]]) -> list[Mention]:
        """Districts and clusters by their whole names, written with a capital."""
        found = []
        for at, (word, start, _end) in enumerate(words if self._named else []):
            if not (word[0].isupper() or word[0] >= "\u0980"):
                continue
            taken: tuple[str, ...] = ()
            for next_word, _start, end in words[at : at + 7]:
                taken += tuple(tokens(next_word))
                if taken in self._named:
                    found.append(Mention(self._named[taken], start, end))
        return sorted(found, key=lambda row: (row.start, -row.end))

    def _programme_mentions(self, words: list[tuple[str, int, int]]) -> list[Mention]:
        found, at = [], 0
        stems = [tokens(word) for word, _start, _end in words]
        while at < len(words):
            word = words[at][0]
            step = self._longest(stems, at) if stems[at] and (word[0].isupper() or word[0] >= "\u0980") else None
            if step:
                entity, last = step
                found.append(Mention(entity, words[at][1], words[last][2]))
                at = last
            at += 1
        return found

    def _longest(self, stems: list[Sequence[str]], at: int) -> tuple[Entity, int] | None:
        taken: tuple[str, ...] = ()
        best = None
        for last in range(at, min(len(stems), at + 30)):
            taken += tuple(stems[last])
            rows = self._prefixes.get(taken)
            if not rows and len(taken) > 1:
                break
            if rows and (len(rows) == 1 or rows[0].words == taken):
                full = next((row for row in rows if row.words == taken), rows[0])
                best = (full, last) if stems[last] else best
        return best


def _put(entity: Entity, measure: str, cell: str, table: Table, line: int) -> None:
    value = number_of(cell)
    if value is None:
        return
    header = table.header[table.roles.index(measure)]
    factor = (TO_CRORE if measure == "budget" else TO_LAKH).get(unit_of(header), Decimal(1))
    entity.values[measure] = value if measure == "programmes" else value * factor
    entity.lines[measure] = line
    entity.places[measure] = len(clean(cell).partition(".")[2].rstrip("% )"))


def _in_list(text: str, start: int, end: int) -> bool:
    """Between two commas, or after 'including', 'such as', 'and': one item of a list."""
    before = re.search(r"(,|\band|&|including|include|like|such as|as|namely|:|ও|এবং|যেমন)\s*$", text[:start])
    after = re.match(r"\s*(,|and\b|&|\.|;|$|each\b|all\b|with\b|ও\s|এবং)", text[end:])
    return bool(before and after)


def is_total(text: str) -> bool:
    return bool(re.match(r"^\s*(grand\s+|sub\s*-?\s*)?total\b|^\s*(সর্ব)?মোট(\s|$)|^\s*all ministries", text, re.I))
