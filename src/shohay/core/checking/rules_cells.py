"""Cells of plan tables that stand in the wrong column, are lost, or belong to another row."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from shohay.core.checking.context import Report, numeric_columns, short
from shohay.core.checking.dates import is_deadline, timeframe
from shohay.core.checking.document import Row, Table
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.names import is_total
from shohay.core.checking.plan import Item, is_continuation, repaired, status_of
from shohay.core.checking.text import key, number_of

SHIFTED = Rule(
    "cell.shifted", "error", "ঘর সরে গেছে", "A cell in the wrong column",
    "“{reported}” {column} কলামে আছে; এটি {expected} হওয়ার কথা।", "\"{reported}\" stands in the column of {column}; it is a {expected}.",
)  # fmt: skip
EXTRA = Rule(
    "cell.extra", "error", "সারিতে বেশি ঘর", "A row with too many cells",
    "সারিতে {reported}টি ঘর, ছকে কলাম {expected}টি: কোনো ঘর ভেঙে সরে গেছে।", "The row has {reported} cells for {expected} columns: a cell was cut in two.",
)  # fmt: skip
ORPHAN = Rule(
    "cell.orphan", "warning", "সারির অর্ধেক নেই", "Half of a row",
    "এই সারিতে আছে “{reported}”, নেই {expected}।", "This row has \"{reported}\" and lacks its {expected}.",
)  # fmt: skip
NO_DATE = Rule(
    "cell.no-deadline", "note", "সময়সীমা নেই", "No deadline",
    "“{reported}”-এর সময়সীমার ঘর খালি।", "\"{reported}\" has no deadline.",
)  # fmt: skip
NO_INDICATOR = Rule(
    "cell.no-indicator", "note", "সূচক নেই", "No indicator",
    "“{reported}”-এর সূচকের ঘরে “{expected}”।", "\"{reported}\" has \"{expected}\" for an indicator.",
)  # fmt: skip
ACTIVITY_BELOW = Rule(
    "cell.activity-below", "note", "কার্যক্রমের ঘর এক সারি নিচে", "The activity stands a row below",
    "“{reported}” সূচকের পাশে কার্যক্রম নেই; নিচের সারিতে “{expected}”।", "The indicator \"{reported}\" has no activity beside it; \"{expected}\" stands a row below.",
)  # fmt: skip
HEADER = Rule(
    "cell.header", "note", "ছকের শিরোনাম নেই বা ভাঙা", "A table without its header, or with a broken one",
    "ছকের শিরোনাম সারি {reported}।", "The table's header is {reported}.",
)  # fmt: skip
MISPLACED = Rule(
    "cell.other-objective", "note", "কার্যক্রমটি অন্য উদ্দেশ্যের নিচে", "An activity under another objective",
    "“{reported}” এখানে “{name}” উদ্দেশ্যের নিচে; অন্য অধ্যায়গুলোতে এটি “{expected}”-এর।",
    "\"{reported}\" stands under \"{name}\"; in the other chapters it belongs to \"{expected}\".",
)  # fmt: skip
INDICATOR = Rule(
    "cell.other-indicator", "warning", "অন্য কার্যক্রমের সূচক", "The indicator of another activity",
    "“{name}”-এর সূচক “{reported}”; অন্য অধ্যায়গুলোতে এটি “{expected}”, আর “{reported}” অন্য কার্যক্রমের সূচক।",
    "\"{name}\" has the indicator \"{reported}\", which belongs to other activities; elsewhere it is \"{expected}\".",
)  # fmt: skip
CUT = Rule(
    "cell.cut", "note", "ঘরের লেখা কাটা পড়েছে", "A cell that was cut off",
    "“{reported}” অসম্পূর্ণ।", "\"{reported}\" is not complete.",
)  # fmt: skip
NUMBER = Rule(
    "cell.not-a-number", "error", "সংখ্যার কলামে লেখা", "Words in a column of numbers",
    "“{column}” কলামে “{reported}” সংখ্যা নয়।", "\"{reported}\" in the column \"{column}\" is not a number.",
)  # fmt: skip
RULES = (SHIFTED, EXTRA, ORPHAN, NO_DATE, NO_INDICATOR, ACTIVITY_BELOW, HEADER, MISPLACED, INDICATOR, CUT, NUMBER)

SINGLE = {
    "objective": ("উদ্দেশ্য", "objective"), "activity": ("কার্যক্রম", "activity"), "indicator": ("সূচক", "indicator"),
    "deadline": ("সময়সীমা", "deadline"), "status": ("অবস্থা", "status"),
    "name of a ministry": ("মন্ত্রণালয়ের নাম", "name of a ministry"), "number": ("সংখ্যা", "number"),
}  # fmt: skip
COLUMNS = {
    "objective": ("উদ্দেশ্য", "objectives"), "activity": ("কার্যক্রম", "activities"), "indicator": ("সূচক", "indicators"),
    "timeframe": ("সময়সীমা", "deadlines"), "status": ("অবস্থা", "statuses"),
}  # fmt: skip
EMPTY_NUMBER = re.compile(r"^(-+|n/?a|nil|\.+|…|নাই|নেই|প্রযোজ্য নয়)?$", re.I)
MANY = 3  # chapters that must agree before another is called odd


def check(report: Report) -> Iterator[Finding]:
    """Tables of promises row by row, what chapters have in common, then words among numbers."""
    texts = _uses(report.items)
    for table in report.document.of_kind("plan"):
        yield from _headers(table)
        yield from _rows(report, table, texts)
    yield from _peers(report.items)
    for table in report.document.tables:
        if table.kind in ("series", "programmes", "ministries"):
            yield from _words_among_numbers(table)


def _words(*names: str) -> tuple[str, str]:
    return ", ".join(SINGLE[name][0] for name in names), ", ".join(SINGLE[name][1] for name in names)


def _uses(items: list[Item]) -> dict[str, Counter[str]]:
    """For each text of a cell: how often it is an activity and how often an indicator."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for role in ("objective", "activity", "indicator"):
            if item.own.get(role):
                found[key(item.own[role])][role] += 1
    return found


def _headers(table: Table) -> Iterator[Finding]:
    for line in table.split_headers:
        yield HEADER.at(
            line, reported=("দুই ঘরে ভাঙা", "cut over two cells"), expected=("প্রতি কলামে এক ঘর", "one cell for each column")
        )
    if table.headerless:
        yield HEADER.at(table.line, reported=("নেই", "missing"), expected=" | ".join(table.header), line_end=table.line)


def _rows(report: Report, table: Table, texts: dict[str, Counter[str]]) -> Iterator[Finding]:
    rows = table.rows
    for no, row in enumerate(rows):
        own, _shifted = repaired(row)
        if no and is_continuation(row, own):
            continue
        found = list(_shifts(report, row, texts))
        yield from found
        if not found:
            yield from _holes(row, rows[no + 1] if no + 1 < len(rows) else None)
            yield from _cut(row)


def _shifts(report: Report, row: Row, texts: dict[str, Counter[str]]) -> Iterator[Finding]:
    filled = [at for at, cell in enumerate(row.cells) if cell]
    if filled and filled[-1] >= len(row.table.roles):
        yield EXTRA.at(row.line, reported=str(filled[-1] + 1), expected=str(len(row.table.roles)))
        return
    for role in ("objective", "activity", "indicator"):
        cell = row.get(role)
        if not cell:
            continue
        if is_deadline(cell) and not row.get("timeframe"):
            yield SHIFTED.at(row.line, reported=cell, expected=_words("deadline"), column=COLUMNS[role])
            return
        if status_of(cell) and not row.get("status"):
            yield SHIFTED.at(row.line, reported=cell, expected=_words("status"), column=COLUMNS[role])
            return
        named = report.names.ministry_named(cell) if role != "objective" and "ministr" in cell.casefold() else None
        if named is not None:
            yield SHIFTED.at(row.line, reported=cell, expected=_words("name of a ministry"), column=COLUMNS[role])
            return
    yield from _moved_texts(row, texts)


def _moved_texts(row: Row, texts: dict[str, Counter[str]]) -> Iterator[Finding]:
    """A deadline cell that is an indicator elsewhere; an activity that only repeats its objective while its own text stands right of it."""
    deadline = row.get("timeframe")
    uses = texts.get(key(deadline)) if deadline else None
    if uses and uses["indicator"] >= 2 and timeframe(deadline).kind == "other":
        yield SHIFTED.at(row.line, reported=deadline, expected=_words("indicator"), column=COLUMNS["timeframe"])
        return
    if status_of(deadline) and status_of(deadline) not in ("continuous", "completed", "progress"):
        yield SHIFTED.at(row.line, reported=deadline, expected=_words("status"), column=COLUMNS["timeframe"])
        return
    status = row.get("status")
    if (
        not status
        and status_of(deadline) in ("progress", "completed", "stopped")
        and timeframe(deadline).kind == "other"
    ):
        yield SHIFTED.at(row.line, reported=deadline, expected=_words("status"), column=COLUMNS["timeframe"])
        return
    if status and is_deadline(status) and not status_of(status):
        yield SHIFTED.at(row.line, reported=status, expected=_words("deadline"), column=COLUMNS["status"])
        return
    objective, activity, indicator = row.get("objective"), row.get("activity"), row.get("indicator")
    if objective and key(objective) == key(activity) and indicator:
        near = {
            word: use
            for word, use in texts.items()
            if word.rstrip("s") == key(indicator).rstrip("s") and use["activity"] > 0
        }
        if near:
            yield SHIFTED.at(row.line, reported=indicator, expected=_words("activity"), column=COLUMNS["indicator"])


def _holes(row: Row, following: Row | None) -> Iterator[Finding]:
    has = {role: row.get(role) for role in COLUMNS}
    words = has["indicator"] or has["activity"]
    if not any(has.values()):
        return
    if has["objective"] and not (has["activity"] or has["indicator"] or has["timeframe"]):
        if row.get("serial") and not (following and following.after_break and not following.get("serial")):
            yield ORPHAN.at(
                row.line, reported=short(has["objective"]), expected=_words("activity", "indicator", "deadline")
            )
        return
    if (has["timeframe"] or has["status"]) and not words and not has["objective"]:
        yield ORPHAN.at(
            row.line, reported=f"{has['timeframe']} {has['status']}".strip(), expected=_words("activity", "indicator")
        )
    elif words and not has["timeframe"] and not has["status"] and not row.after_break:
        yield ORPHAN.at(row.line, reported=short(words), expected=_words("deadline", "status"))
    elif (
        has["indicator"]
        and not has["activity"]
        and row.get("serial")
        and following is not None
        and following.get("activity")
    ):
        if not following.get("serial") and not following.get("objective"):
            yield ACTIVITY_BELOW.at(row.line, reported=short(words), expected=short(following.get("activity")))
    elif has["activity"] and not has["indicator"] and has["timeframe"]:
        yield ORPHAN.at(row.line, reported=short(words), expected=_words("indicator"))
    elif words and not has["timeframe"] and has["status"]:
        yield NO_DATE.at(row.line, reported=short(words))
    elif (
        re.fullmatch(r"n\s*/\s*a|not applicable\.?|-", has["indicator"], re.I)
        and has["status"]
        and not re.match("n/?a|not", has["timeframe"], re.I)
    ):
        yield NO_INDICATOR.at(row.line, reported=short(has["activity"]), expected=has["indicator"])
    elif not has["status"] and has["timeframe"] and has["indicator"] and not (has["activity"] or has["objective"]):
        yield from _stray(row, following)


def _stray(row: Row, following: Row | None) -> Iterator[Finding]:
    """A milestone at the very end of a group, below a row that has its own deadline: nothing here owns it."""
    rows = row.table.rows
    at = rows.index(row)
    before = rows[at - 1] if at else None
    last = following is None or following.group != row.group
    if last and before is not None and row.group and before.get("responsible") and not row.get("responsible"):
        yield ORPHAN.at(
            row.line, reported=short(row.get("indicator")), expected=_words("objective", "activity", "status")
        )


def _cut(row: Row) -> Iterator[Finding]:
    for role in ("activity", "indicator", "timeframe"):
        cell = row.get(role)
        if len(cell) > 12 and re.search(r"\d\s*-$|\($", cell):
            yield CUT.at(row.line, reported=short(cell))


def _peers(items: list[Item]) -> Iterator[Finding]:
    """What most chapters agree on: the objective and the indicator of a standard activity."""
    objectives: dict[str, Counter[str]] = defaultdict(Counter)
    indicators: dict[str, Counter[str]] = defaultdict(Counter)
    written: dict[str, str] = {}
    for item in items:
        if not item.own.get("activity"):
            continue
        activity = key(item.own["activity"])
        for into, text in ((objectives, item.objective), (indicators, item.indicator)):
            word = _loose(text)
            into[activity][word] += 1
            written.setdefault(word, text)
    common = Counter(word for counts in indicators.values() for word, number in counts.items() if number >= MANY)
    standard = [word for word, counts in indicators.items() if sum(counts.values()) >= MANY]
    for item in items:
        if not item.own.get("activity") or item.group:
            continue
        activity = key(item.own["activity"])
        longer = len(activity.split()) >= 4 and any(word.startswith(f"{activity} ") for word in standard)
        if longer and sum(indicators[activity].values()) == 1:
            yield CUT.at(item.line, reported=short(item.own["activity"]))
        yield from _odd_objective(item, objectives[activity], written)
        yield from _odd_indicator(item, indicators[activity], common, written)


def _loose(text: str) -> str:
    """Spelling of standard phrases differs a little from chapter to chapter."""
    return re.sub(
        r"(s|d|ing)?\b", "", key(text).replace(" is ", " ").replace(" are ", " ").replace("programme", "program")
    )


def _dominant(counts: Counter[str]) -> str:
    word, number = counts.most_common(1)[0]
    total = sum(counts.values())
    return word if number >= MANY and number * 10 >= total * 7 else ""


def _odd_objective(item: Item, counts: Counter[str], written: dict[str, str]) -> Iterator[Finding]:
    usual, mine = _dominant(counts), _loose(item.objective)
    if not usual or not mine or counts[mine] != 1 or _alike(mine, usual):
        return
    yield MISPLACED.at(
        item.line, reported=short(item.activity), expected=short(written[usual]), name=short(item.objective)
    )


def _odd_indicator(
    item: Item, counts: Counter[str], common: Counter[str], written: dict[str, str]
) -> Iterator[Finding]:
    usual, mine = _dominant(counts), _loose(item.indicator)
    if not usual or not mine or mine == usual or _alike(mine, usual) or common[mine] < 1:
        return
    yield INDICATOR.at(
        item.line, reported=short(item.indicator), expected=short(written[usual]), name=short(item.activity)
    )


def _alike(left: str, right: str) -> bool:
    """Most of their words are the same."""
    a, b = set(left.split()), set(right.split())
    return len(a & b) * 2 >= min(len(a), len(b))


def _words_among_numbers(table: Table) -> Iterator[Finding]:
    for at in numeric_columns(table):
        for row in table.rows:
            cell = row.cells[at] if at < len(row.cells) else ""
            if cell and number_of(cell) is None and not EMPTY_NUMBER.match(cell) and not is_total(row.cells[0]):
                column = table.header[at] if at < len(table.header) else str(at + 1)
                yield NUMBER.at(row.line, reported=short(cell), expected=_words("number"), column=column)
