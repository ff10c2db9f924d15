"""What was pasted: a chapter over another, rows of one chapter in another, objectives and texts twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from shohay.core.checking.context import Report, short
from shohay.core.checking.document import Section, Table
from shohay.core.checking.finding import Finding, Rule, lines
from shohay.core.checking.plan import Item
from shohay.core.checking.text import key, number_of, tokens

CHAPTER = Rule(
    "duplicate.chapter", "error", "এক অধ্যায়ের ছক অন্য অধ্যায়ে", "A chapter pasted over another",
    "“{name}” অধ্যায়ের কর্মপরিকল্পনা “{other}” অধ্যায়ের সঙ্গে হুবহু মিলে যায় ({reported} সারি); একটি ভুল করে বসানো।",
    "The action plan of \"{name}\" is that of \"{other}\" ({reported} rows the same); one of them was pasted by mistake.",
)  # fmt: skip
SOURCE = Rule(
    "duplicate.source", "note", "অধ্যায়টির ছক অন্যত্রও আছে", "A chapter whose plan stands elsewhere too",
    "“{name}” অধ্যায়ের কর্মপরিকল্পনা “{other}” অধ্যায়েও বসানো আছে ({expected}); কোনটি আসল তা যাচাই করুন।",
    "The action plan of \"{name}\" stands in \"{other}\" too ({expected}); make sure which one is the original.",
)  # fmt: skip
TEXT = Rule(
    "duplicate.text", "error", "এক অধ্যায়ের লেখা অন্য অধ্যায়ে", "A text pasted into another chapter",
    "“{name}” অধ্যায়ের অনুচ্ছেদটি “{other}” অধ্যায়ের ({expected}) সঙ্গে মিলে যায়।",
    "This paragraph of \"{name}\" is that of \"{other}\" ({expected}).",
)  # fmt: skip
SERIES = Rule(
    "duplicate.series", "error", "এক অধ্যায়ের ধারা অন্য অধ্যায়ে", "A series pasted into another chapter",
    "“{name}” অধ্যায়ের বছরভিত্তিক সারণি “{other}” অধ্যায়ের সঙ্গে হুবহু এক।", "The series of \"{name}\" is that of \"{other}\".",
)  # fmt: skip
REPEATED = Rule(
    "duplicate.row", "warning", "একই কার্যক্রম দুবার", "The same activity twice in a chapter",
    "“{reported}” এই অধ্যায়ে আগেও আছে ({expected}){dates}।", "\"{reported}\" is in this chapter already ({expected}){dates}.",
)  # fmt: skip
PASTED = Rule(
    "duplicate.pasted-row", "warning", "অন্য অধ্যায়ের সারি", "A row of another chapter",
    "“{reported}” সূচকটির নিজস্ব কার্যক্রম নেই; এটি “{other}” অধ্যায়ের ({expected})।",
    "The indicator \"{reported}\" has no activity of its own here; it belongs to \"{other}\" ({expected}).",
)  # fmt: skip
OWNER = Rule(
    "duplicate.owner", "warning", "অন্য গুচ্ছের দায়িত্বপ্রাপ্ত মন্ত্রণালয়", "The owner of another cluster's row",
    "“{name}”: এখানে দায়িত্ব দেওয়া হয়েছে “{reported}”-কে; এটি “{other}”-এর মন্ত্রণালয়, এই গুচ্ছে এর আর কোনো কাজ নেই।",
    "\"{name}\" is owned by {reported} here as it is in \"{other}\"; that ministry has no other work in this cluster.",
)  # fmt: skip
LISTED = Rule(
    "duplicate.listed", "error", "একই সারি দুবার তালিকাভুক্ত", "Listed twice",
    "“{reported}” তালিকায় আগেও আছে ({expected})।", "\"{reported}\" is in the list already ({expected}).",
)  # fmt: skip
RULES = (CHAPTER, SOURCE, TEXT, SERIES, REPEATED, PASTED, OWNER, LISTED)

MOST_ALIKE = 0.8  # of the words of the shorter text


def check(report: Report) -> Iterator[Finding]:
    """Whole chapters first: their rows are not told again one by one."""
    chapters = _chapters(report.own_items())
    pasted = list(_pairs(report, chapters))
    told: set[int] = set()
    for victim, owner, same in pasted:
        told |= {id(victim), id(owner)}
        start = victim.section.line if victim.section else victim.line
        yield CHAPTER.at(
            start, line_end=victim.line_end, reported=str(same), expected=("আলাদা পরিকল্পনা", "another plan"), name=_title(victim), other=_title(owner)
        )  # fmt: skip
        start = owner.section.line if owner.section else owner.line
        yield SOURCE.at(
            start, line_end=owner.line_end, reported=str(same), expected=lines(victim.line), name=_title(owner), other=_title(victim)
        )  # fmt: skip
    yield from _repeated(report.items)
    yield from _pasted_rows({at: items for at, items in chapters.items() if at not in told})
    yield from _owners(report.items)
    yield from _texts(report)
    yield from _series(report)
    yield from _listed(report)


def _title(table: Table) -> str:
    return table.section.title if table.section else f"line {table.line}"


def _chapters(items: list[Item]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        found[id(item.table)].append(item)
    return found


def _pairs(report: Report, chapters: dict[int, list[Item]]) -> Iterator[tuple[Table, Table, int]]:
    """Chapters that share most of what only they have: standard activities of every chapter do not count."""
    spread = Counter(word for items in chapters.values() for word in {key(item.activity) for item in items})
    own = {
        at: {
            (key(item.activity), key(item.indicator))
            for item in items
            if item.activity and spread[key(item.activity)] <= 2
        }
        for at, items in chapters.items()
    }
    for left, right in combinations(chapters, 2):
        shared = own[left] & own[right]
        whole = len(shared) == len(own[left]) == len(own[right]) == 2
        if (len(shared) < 3 and not whole) or len(shared) < 0.6 * max(len(own[left]), len(own[right])):
            continue
        dated = [
            {(*_row_key(item), item.timeframe) for item in chapters[at] if _row_key(item) in shared}
            for at in (left, right)
        ]
        if len(dated[0] & dated[1]) * 2 < len(shared):
            continue  # the same standard works, each with its own deadlines
        rows = sum((Counter(_row_keys(chapters[left])) & Counter(_row_keys(chapters[right]))).values())
        fits = _fits(report, chapters[left], chapters[right])
        victim, owner = (left, right) if fits[0] < fits[1] else (right, left)
        yield chapters[victim][0].table, chapters[owner][0].table, rows


def _row_key(item: Item) -> tuple[str, str]:
    return key(item.activity), key(item.indicator)


def _row_keys(items: list[Item]) -> list[tuple[str, str]]:
    return [_row_key(item) for item in items]


def _fits(report: Report, left: list[Item], right: list[Item]) -> tuple[int, int]:
    """How often the rows say what only one of the two introductions speaks of: the pasted chapter's say least."""
    rows = Counter(word for item in left for word in tokens(f"{item.objective} {item.activity} {item.indicator}"))
    words = [_introduction(report, items[0].table.section) for items in (left, right)]
    only = (words[0] - words[1], words[1] - words[0])
    return sum(rows[word] for word in only[0]), sum(rows[word] for word in only[1])


def _introduction(report: Report, section: Section | None) -> set[str]:
    texts = [row.text for row in report.document.paragraphs if row.section is section]
    return {word for text in [section.title if section else "", *texts] for word in tokens(text)}


def _repeated(items: list[Item]) -> Iterator[Finding]:
    """Activities of an objective that is there already, or two and more that another objective has."""
    seen: dict[tuple[int, str, str], Item] = {}
    found: list[tuple[Item, Item]] = []
    for item in items:
        activity = item.own.get("activity", "")
        if len(activity.split()) < 2 or not item.serial:
            continue
        first = seen.setdefault((id(item.table), item.group, key(activity)), item)
        if first is not item and first.serial != item.serial:
            found.append((first, item))
    blocks: dict[tuple[int, str, str], set[str]] = defaultdict(set)
    for first, item in found:
        blocks[id(item.table), first.serial, item.serial].add(key(item.own["activity"]))
    for first, item in found:
        same = set(tokens(first.objective)) == set(tokens(item.objective))
        if not same and len(blocks[id(item.table), first.serial, item.serial]) < 2:
            continue
        activity = item.own["activity"]
        differ = first.timeframe != item.timeframe and first.timeframe and item.timeframe
        bn = f"; সময়সীমা আলাদা: {first.timeframe}, এখানে {item.timeframe}" if differ else ""
        en = f", with another deadline: {first.timeframe} there, {item.timeframe} here" if differ else ""
        yield REPEATED.at(item.line, reported=short(activity), expected=lines(first.line), dates=(bn, en))


def _pasted_rows(chapters: dict[int, list[Item]]) -> Iterator[Finding]:
    homes: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for items in chapters.values():
        for item in items:
            if len(item.indicator.split()) >= 5:
                homes[tuple(tokens(item.indicator))].append(item)
    for rows in homes.values():
        tables = {id(row.table) for row in rows}
        orphans = [row for row in rows if not row.own.get("activity")]
        rooted = [row for row in rows if row.own.get("activity")]
        if len(tables) != 2 or not orphans or not rooted:
            continue
        for orphan in orphans:
            home = next((row for row in rooted if row.table is not orphan.table), None)
            if home is not None and key(home.activity) != key(orphan.activity):
                yield PASTED.at(
                    orphan.line,
                    reported=short(orphan.indicator),
                    expected=lines(home.line),
                    other=_title(home.table),
                )


def _owners(items: list[Item]) -> Iterator[Finding]:
    """Standing rows that every cluster has: their owner in one cluster is also another's, and does nothing else here."""
    mine = [item for item in items if item.group and item.responsible]
    spread: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for item in mine:
        for words in _standing(item):
            spread[words].add(item.group)
    standing = [item for item in mine if any(len(spread[words]) >= 3 for words in _standing(item))]
    always = {id(item) for item in standing}
    works = {(item.group, item.responsible) for item in mine if id(item) not in always}
    homes: dict[str, list[str]] = defaultdict(list)
    for item in standing:
        if (item.group, item.responsible) in works and item.group not in homes[item.responsible]:
            homes[item.responsible].append(item.group)
    for item in standing:
        owner = next((name for name in homes if homes[name] and item.responsible.startswith(name)), "")
        if owner and item.group not in homes[owner] and (item.group, item.responsible) not in works:
            yield OWNER.at(
                item.line,
                reported=item.responsible,
                expected=("গুচ্ছের নিজস্ব মন্ত্রণালয়", "the cluster's own ministry"),
                name=short(item.objective),
                other=homes[owner][0],
            )


def _standing(item: Item) -> list[tuple[str, ...]]:
    """How a row may be known again in another cluster: the beginning of its objective, and of its activity."""
    cells = ((item.objective, 3), (item.activity, 2))
    return [tuple(tokens(text)[:length]) for text, length in cells if len(tokens(text)) >= 3]


def _texts(report: Report) -> Iterator[Finding]:
    seen: list[tuple[Counter[str], Section, int, str]] = []
    for paragraph in report.document.paragraphs:
        section, words = paragraph.section, tokens(paragraph.text)
        if section is None or not section.entity or len(words) < 30:
            continue
        bag = Counter(words)
        for other, home, line, entity in seen:
            if entity != section.entity and sum((bag & other).values()) >= MOST_ALIKE * min(
                sum(bag.values()), sum(other.values())
            ):
                yield TEXT.at(
                    paragraph.line,
                    reported=short(paragraph.text),
                    expected=lines(line),
                    name=section.title,
                    other=home.title,
                )
                break
        seen.append((bag, section, paragraph.line, section.entity))


def _series(report: Report) -> Iterator[Finding]:
    seen: list[tuple[set[tuple[str, ...]], Table]] = []
    for table in report.document.of_kind("series"):
        rows = {tuple(row.cells) for row in table.rows}
        for other, home in seen:
            if len(rows & other) >= max(4, 0.8 * min(len(rows), len(other))) and home.section is not table.section:
                yield SERIES.at(
                    table.line, line_end=table.line_end, reported="", name=_title(table), other=_title(home)
                )
                break
        seen.append((rows, table))


def _listed(report: Report) -> Iterator[Finding]:
    """The same programme, or the same ministry, in two rows of one list with figures."""
    for table in report.document.of_kind("programmes", "ministries"):
        seen: dict[tuple[str, ...], int] = {}
        for row in table.rows:
            names = tuple(key(cell) for cell in row.cells if cell and number_of(cell) is None)
            if names and seen.setdefault(names, row.line) != row.line:
                yield LISTED.at(
                    row.line,
                    reported=short(" / ".join(cell for cell in row.cells if number_of(cell) is None)),
                    expected=lines(seen[names]),
                )
