"""Series of years: breaks, years left out or twice, the last year against the table of ministries, claims of growth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shohay.core.bangla_text import to_bangla_digits
from shohay.core.checking.claims import clean_amounts
from shohay.core.checking.columns import unit_of
from shohay.core.checking.context import MEASURE_WORDS, Report, numeric_columns
from shohay.core.checking.document import Sentence, Table
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.names import TO_CRORE, TO_LAKH, Entity
from shohay.core.checking.rules_values import same, with_unit
from shohay.core.checking.text import Amount, number_of, printed, small_number

BREAK = Rule(
    "series.break", "warning", "ধারায় হঠাৎ লাফ বা পতন", "A break in a series",
    "{year} সালে {measure} {before} থেকে {reported} হয়েছে (এক বছরে {times} গুণ)।",
    "In {year} the {measure} goes from {before} to {reported}, {times} times in one year.",
)  # fmt: skip
LAST = Rule(
    "series.last-year", "error", "শেষ বছর মন্ত্রণালয়ের সারণির সঙ্গে মেলে না", "The last year differs from the table of ministries",
    "{name}: {year} সালের {measure} এখানে {reported}, মন্ত্রণালয়ের সারণিতে {expected}।",
    "{name}: its {measure} for {year} is {reported} here and {expected} in the table of ministries.",
)  # fmt: skip
YEAR = Rule(
    "series.year", "error", "বছরের ধারায় ফাঁক বা পুনরাবৃত্তি", "A year left out, repeated or impossible",
    "“{reported}”-এর স্থলে {expected} হওয়ার কথা।", "\"{reported}\" stands where {expected} was due.",
)  # fmt: skip
VALUE = Rule(
    "series.value", "error", "লেখার সংখ্যা ধারায় নেই", "A figure that the series does not have",
    "{year} সালের জন্য {reported} লেখা হয়েছে; ধারায় আছে {expected}।", "{reported} is given for {year}; the series has {expected}.",
)  # fmt: skip
LABEL = Rule(
    "series.year-label", "warning", "বছরের নাম অর্থবছরের সঙ্গে মেলে না", "Years that do not fit the fiscal years",
    "{reported} লেখা হয়েছে; সংখ্যা দুটি {expected} অর্থবছরের: একটিতে শেষের, অন্যটিতে শুরুর বছর নেওয়া হয়েছে।",
    "{reported} is printed; the figures are of {expected}: one is called by its second year, the other by its first.",
)  # fmt: skip
GROWTH = Rule(
    "series.growth", "error", "বৃদ্ধির দাবি ধারার সঙ্গে মেলে না", "A growth that the series denies",
    "“{reported}” বলা হয়েছে; ধারায় {first} থেকে {last}, অর্থাৎ {expected}।",
    "\"{reported}\" is claimed; the series goes from {first} to {last}, that is {expected}.",
)  # fmt: skip
TREND = Rule(
    "series.trend", "error", "গতিপ্রকৃতির দাবি ধারার সঙ্গে মেলে না", "A trend that the series denies",
    "“{reported}” বলা হয়েছে; ধারায় {first} থেকে {last}।", "\"{reported}\" is claimed; the series goes from {first} to {last}.",
)  # fmt: skip
RULES = (BREAK, LAST, YEAR, VALUE, LABEL, GROWTH, TREND)

FY = re.compile(r"((?:19|20)\d{2})\s*[-/]\s*((?:19|20)?\d{2})")
FOLD = re.compile(
    r"\b(?P<word>(?:\w+?|\d+(?:\.\d+)?))[\s-]?(?:fold|times)\b|(?P<bn>\d+(?:\.\d+)?)\s*গুণ|\b(?P<verb>doubled|tripled|quadrupled|halved|দ্বিগুণ|তিনগুণ)\b",
    re.I,
)
VERBS = {"doubled": 2.0, "tripled": 3.0, "quadrupled": 4.0, "halved": 0.5, "দ্বিগুণ": 2.0, "তিনগুণ": 3.0}
PERCENT = re.compile(
    r"(?:increas|grew|grow|ris|rose|fell|declin|decreas|drop|বৃদ্ধি|হ্রাস)\w*[^.;]{0,40}?(?P<number>\d+(?:\.\d+)?)\s*(?:per ?cent|%|শতাংশ)",
    re.I,
)
FROM_TO = re.compile(r"\bfrom\b.*\bto\b|থেকে", re.I)
PLAIN_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d{2}(?!\d)(?:\s*[-/]\s*\d{2,4})?")
UP = re.compile(
    r"(?:upward trend|steady (?:increase|rise|growth)|consistent(?:ly)? (?:increas|rise|rising|grow)\w*|ঊর্ধ্বমুখী|ক্রমাগত বৃদ্ধি)",
    re.I,
)
EVERY = re.compile(
    r"every year|each year|consistent|steady|without (?:a )?break|continuous(?:ly)?|প্রতি বছর|ক্রমাগত", re.I
)
DOWN = re.compile(r"(?:downward trend|steady (?:decline|decrease|fall)|নিম্নমুখী)", re.I)


@dataclass
class Series:
    """One column of a table of years: labels, values in the unit of the ministries' table, lines."""

    table: Table
    measure: str
    years: list[str]
    values: list[Decimal]
    lines: list[int]
    entity: Entity | None
    factor: Decimal


def series_of(report: Report) -> list[Series]:
    """Every numeric column of every table of years, with the ministry of its chapter."""
    found = []
    for table in report.document.of_kind("series"):
        entity = report.names.of_section(table.section.entity) if table.section else None
        for at in numeric_columns(table):
            measure = table.roles[at].rstrip("0123456789")
            factors = TO_CRORE if measure in ("budget", "revised", "actual") else TO_LAKH
            factor = factors.get(unit_of(table.header[at]), Decimal(1))
            rows = [
                (row.get("year"), value, row.line)
                for row in table.rows
                if at < len(row.cells) and (value := number_of(row.cells[at])) is not None
            ]
            if len(rows) >= 2 and measure in MEASURE_WORDS | {"revised": 0, "actual": 0}:
                years, values, lines = (list(part) for part in zip(*rows, strict=True))
                found.append(Series(table, measure, years, [value * factor for value in values], lines, entity, factor))
    return found


def check(report: Report) -> Iterator[Finding]:
    """The series by themselves, then what the chapters say of them."""
    series = series_of(report)
    seen: set[int] = set()
    for row in series:
        if row.table.line not in seen:
            yield from _years(row.table)
            seen.add(row.table.line)
        yield from _breaks(row)
        yield from _last(row)
    yield from _sentences(report, series)


def _years(table: Table) -> Iterator[Finding]:
    before = 0
    for row in table.rows:
        found = FY.search(row.get("year"))
        plain = re.fullmatch(r"(?:fy\s*)?((?:19|20)\d{2})", row.get("year"), re.I)
        if not found and not plain:
            continue
        label = found or plain
        assert label is not None
        first = int(label.group(1))
        if found:
            last = int(found.group(2)) % 100
            if last != (first + 1) % 100:
                yield YEAR.at(row.line, reported=row.get("year"), expected=f"{first}-{(first + 1) % 100:02d}")
        if before and first != before + 1 and abs(first - before) < 3:
            yield YEAR.at(
                row.line,
                reported=row.get("year"),
                expected=f"{before + 1}-{(before + 2) % 100:02d}" if found else str(before + 1),
            )
        before = first


def _breaks(series: Series) -> Iterator[Finding]:
    """Twice or half of the year before, when the other years move far less."""
    pairs = list(zip(series.values, series.values[1:], strict=False))
    ratios = [after / before for before, after in pairs if before > 0 and after > 0]
    if len(ratios) < 4:
        return
    usual = sorted(max(ratio, 1 / ratio) for ratio in ratios)[len(ratios) // 2]
    jumped = False
    for no, (before, after) in enumerate(pairs, 1):
        if before <= 0 or after <= 0:
            continue
        ratio = after / before
        size = max(ratio, 1 / ratio)
        back = jumped and ratio < 1 and size >= Decimal("1.6")
        if size > 1 and (size >= 2 or back) and size >= usual * Decimal("1.4"):
            unit = "budget" if series.measure in ("budget", "revised", "actual") else series.measure
            times = printed(ratio, 2)
            yield BREAK.at(
                series.lines[no], reported=with_unit(after, unit), expected=_about(with_unit(before, unit)),
                before=printed(before), year=series.years[no], measure=MEASURE_WORDS[unit], times=times,
            )  # fmt: skip
            jumped = jumped or ratio > 1


def _about(words: tuple[str, str]) -> tuple[str, str]:
    return f"কাছাকাছি {words[0]}", f"about {words[1]}"


def _last(series: Series) -> Iterator[Finding]:
    entity = series.entity
    if entity is None or entity.values.get(series.measure) is None or not entity.line:
        return
    value, mine = entity.values[series.measure], series.values[-1]
    printed_places = Decimal("0.51") if mine == mine.to_integral_value() and value < 20 else Decimal("0.06")
    if abs(value - mine) > printed_places:
        yield LAST.at(
            series.lines[-1], reported=with_unit(mine, series.measure), expected=with_unit(value, series.measure),
            name=entity.pair, year=series.years[-1], measure=MEASURE_WORDS[series.measure],
        )  # fmt: skip


def _sentences(report: Report, series: list[Series]) -> Iterator[Finding]:
    for paragraph in report.document.paragraphs:
        mine = [row for row in series if paragraph.section is not None and row.table.section is paragraph.section]
        if not mine:
            continue
        for sentence in paragraph.sentences:
            chosen = _series_for(sentence.text, mine)
            ends = _ends(sentence, chosen)
            if ends is not None:
                yield from _labels(sentence, chosen, ends)
            yield from _growth(sentence, chosen)


def _series_for(text: str, mine: list[Series]) -> Series:
    people = re.search(r"beneficiar|উপকারভোগী", text, re.I) and not re.search(r"budget|taka|বাজেট|টাকা", text, re.I)
    wanted = "beneficiaries" if people else "budget"
    return next((row for row in mine if row.measure == wanted), mine[0])


def _ends(sentence: Sentence, series: Series) -> list[tuple[Amount, re.Match[str]]] | None:
    """'from 1,076 crore in 2009 to 11,354 crore in 2024': the two amounts with the year that follows each."""
    text = sentence.text
    if not FROM_TO.search(text):
        return None
    years = list(PLAIN_YEAR.finditer(text))
    numbers = [row for row in clean_amounts(text) if not any(year.start() <= row.start < year.end() for year in years)]
    if len(numbers) != 2 or len(years) != 2:
        return None
    return list(zip(numbers, years, strict=True))


def _labels(sentence: Sentence, series: Series, ends: list[tuple[Amount, re.Match[str]]]) -> Iterator[Finding]:
    places = []
    for amount, year in ends:
        at = _place(series, amount, year.group())
        if at is None:
            expected = _value_of(series, year.group())
            if expected:
                shown = sentence.text[amount.start : amount.end]
                yield VALUE.at(sentence.line(amount.start), reported=shown, expected=expected, year=year.group())
            return
        places.append(at)
    ways = [_way(series.years[at], year.group()) for at, (_amount, year) in zip(places, ends, strict=True)]
    if "neither" in ways or {"first", "second"} <= set(ways):
        words = f"{ends[0][1].group()} … {ends[1][1].group()}"
        labels = f"{series.years[places[0]]}, {series.years[places[1]]}"
        yield LABEL.at(sentence.line(ends[0][1].start()), reported=words, expected=labels)


def _amount(series: Series, amount: Amount) -> Decimal:
    return amount.lakh if series.measure == "beneficiaries" else amount.crore


def _place(series: Series, amount: Amount, year: str) -> int | None:
    hits = [
        no for no, value in enumerate(series.values) if same(amount, _amount(series, amount), value, series.measure)
    ]
    named = [no for no in hits if _way(series.years[no], year) != "neither"]
    return next(iter(named or hits), None)


def _way(label: str, year: str) -> str:
    """Whether a plain year is the first or the second of a fiscal year; 'same' where both are written alike."""
    found, named = FY.search(label), FY.search(year)
    if not found or named:
        return "same" if label.strip()[:4] == year.strip()[:4] else "neither"
    first = int(found.group(1))
    return {first: "first", first + 1: "second"}.get(int(year[:4]), "neither")


def _value_of(series: Series, year: str) -> tuple[str, str] | None:
    """What the series has for the fiscal years that a plain year may mean."""
    unit = "beneficiaries" if series.measure == "beneficiaries" else "budget"
    rows = [
        (with_unit(value, unit), label)
        for label, value in zip(series.years, series.values, strict=True)
        if _way(label, year) != "neither"
    ]
    if not rows:
        return None
    bn, en = (" / ".join(f"{value[at]} ({label})" for value, label in rows) for at in (0, 1))
    return bn, en


def _growth(sentence: Sentence, series: Series) -> Iterator[Finding]:
    text = sentence.text
    first, last = series.values[0], series.values[-1]
    if first <= 0:
        return
    ratio = float(last / first)
    unit = "beneficiaries" if series.measure == "beneficiaries" else "budget"
    shown: dict[str, Any] = {"first": with_unit(first, unit), "last": with_unit(last, unit)}
    for match in FOLD.finditer(text):
        claimed = _times(match)
        if (
            claimed
            and not re.search(r"\b(next|target|aim|will|plan)\b", text, re.I)
            and abs(ratio / claimed - 1) > 0.12
        ):
            yield GROWTH.at(
                sentence.line(match.start()),
                reported=match.group(),
                expected=(f"{to_bangla_digits(f'{ratio:.1f}')} গুণ", f"{ratio:.1f} times"),
                **shown,
            )
    found = PERCENT.search(text)
    if (
        found
        and not PLAIN_YEAR.search(text)
        and re.search("budget|allocation|beneficiar|বাজেট|বরাদ্দ|উপকারভোগী", text, re.I)
    ):
        claimed = float(found["number"])
        actual = abs(ratio - 1) * 100
        if claimed > 20 and abs(actual - claimed) > max(2.0, claimed * 0.1):
            yield GROWTH.at(
                sentence.line(found.start()),
                reported=found.group(),
                expected=(f"{to_bangla_digits(f'{actual:.0f}')} শতাংশ", f"{actual:.0f} per cent"),
                **shown,
            )
    yield from _trend(sentence, series, shown)


def _trend(sentence: Sentence, series: Series, shown: dict[str, Any]) -> Iterator[Finding]:
    first, last = series.values[0], series.values[-1]
    up, down = UP.search(sentence.text), DOWN.search(sentence.text)
    falls = sum(1 for a, b in zip(series.values, series.values[1:], strict=False) if b < a * Decimal("0.98"))
    if up and (last < first or (EVERY.search(up.group()) and falls > len(series.values) // 4)):
        yield TREND.at(sentence.line(up.start()), reported=up.group(), expected="-", **shown)
    if down and last > first:
        yield TREND.at(sentence.line(down.start()), reported=down.group(), expected="-", **shown)


def _times(match: re.Match[str]) -> float | None:
    if match["verb"]:
        return VERBS.get(match["verb"].casefold())
    word = match["bn"] or match["word"]
    number = small_number(word)
    if number:
        return float(number)
    return float(word) if re.fullmatch(r"\d+\.\d+", word) else None
