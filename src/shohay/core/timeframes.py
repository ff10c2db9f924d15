"""When something of the action plan is due, read from the words in which the plan says it.

The plan writes "June, 2022", "2023-2024", "August 17 – December 22", "Every year", "June 2022 onward", "Continuous" or
nothing at all. Each becomes a ``Timeframe``; what falls due, and when, are its ``obligations``: one for a day, one for
each day of several, one a year or a quarter for what recurs. English and Bangla, digits of both.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from shohay.core.bangla import MONTHS_BN, MONTHS_EN, to_latin_digits
from shohay.core.values import FiscalYear

PLAN_STARTS, PLAN_ENDS = date(2021, 7, 1), date(2026, 6, 30)  # the second phase of the NSSS action plan
FIRST_YEAR, LAST_YEAR = 2015, 2041  # the strategy is of 2015; a year outside is a slip of the pen
# date, year, fy (fiscal year), range and multi (several days) have a last day; periodic recurs; open has a first day
KINDS = (
    "date", "year", "fy", "range", "multi", "periodic", "open", "continuous", "done", "conditional", "event", "na",
    "blank", "unknown",
)  # fmt: skip
DATED = ("date", "year", "fy", "range", "multi")


class Obligation(NamedTuple):
    """One thing due: ``name`` is the fiscal year or quarter that it is for, '' where it is not for a period."""

    number: int
    name: str
    starts: date | None
    due: date


@dataclass(frozen=True, slots=True)
class Timeframe:
    """``every``: '', 'year' or 'quarter'; ``days``: each day of a ``multi``, in order; ``due``: the last day."""

    kind: str
    starts: date | None = None
    due: date | None = None
    every: str = ""
    days: tuple[date, ...] = ()

    def obligations(self, first: date = PLAN_STARTS, last: date = PLAN_ENDS) -> tuple[Obligation, ...]:
        """What falls due, in order. What recurs does so within ``first`` to ``last``, from its own start if later."""
        if self.every == "year":
            return tuple(_yearly(max(self.starts or first, first), last))
        if self.every == "quarter":
            return tuple(_quarterly(max(self.starts or first, first), last))
        if self.kind == "multi":
            return tuple(Obligation(n, "", None, day) for n, day in enumerate(sorted(set(self.days)), start=1))
        return (Obligation(1, "", self.starts, self.due),) if self.due else ()


def _yearly(first: date, last: date) -> list[Obligation]:
    years = range(FiscalYear.of(first).starts, FiscalYear.of(last).starts + 1)
    return [
        Obligation(n, str(FiscalYear(year)), FiscalYear(year).first_day, FiscalYear(year).last_day)
        for n, year in enumerate(years, start=1)
    ]


def _quarterly(first: date, last: date) -> list[Obligation]:
    """Quarters of the fiscal year: Q1 is July to September."""
    found: list[Obligation] = []
    month = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
    while month <= last:
        third = date(month.year, month.month + 2, monthrange(month.year, month.month + 2)[1])
        name = f"{FiscalYear.of(month)} Q{(month.month - 7) % 12 // 3 + 1}"
        found.append(Obligation(len(found) + 1, name, month, third))
        month = date(month.year + (month.month == 10), (month.month + 2) % 12 + 1, 1)
    return found


# --------------------------------------------------------------------------------------------------- reading


def folded(text: str) -> str:
    """One spelling for the eye of a rule: Latin digits, one kind of dash, য় in one code point, single spaces."""
    plain = to_latin_digits(text).lower().replace("\u09af\u09bc", "\u09df").replace("\u00a0", " ")
    return " ".join(re.sub("[–—−]", "-", plain).split())


def _pattern(text: str) -> re.Pattern[str]:
    """Folded like the words that it is held against."""
    return re.compile(text.replace("\u09af\u09bc", "\u09df"))


MONTHS = {name.lower(): n for n, name in enumerate(MONTHS_EN, start=1)}
MONTHS |= {name.lower()[:3]: n for n, name in enumerate(MONTHS_EN, start=1)} | {"sept": 9}
MONTHS |= {folded(name): n for n, name in enumerate(MONTHS_BN, start=1)}
MONTHS |= {folded("জানুয়ারী"): 1, folded("ফেব্রুয়ারী"): 2}
NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH_YEAR = _pattern(rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({NAMES})\.?[\s,]*'?((?:20|19)\d\d|\d\d)(?!\d)")
DAY = _pattern(r"(?<!\d)(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}))(?!\d)")
FISCAL = _pattern(r"^(?:fy|অর্থবছর|অর্থ বছর)?\s*(\d{4})\s*[-/]\s*(\d{4}|\d{2})\s*(?:cycle|অর্থবছর|অর্থ বছর|fy)?$")
YEAR = _pattern(r"^(\d{4})(?: সাল)?$")
UP_TO = _pattern(rf"\b(?:up ?to|until|till|by)\b\s*(?:(?P<month>{NAMES})[\s,]*)?(?P<year>\d{{4}})")
EMPTY = frozenset(
    map(
        folded, ("", "-", "–", "—", ".", "n/a", "na", "n.a.", "not applicable", "nil", "প্রযোজ্য নয়", "প্রযোজ্য নহে", "নেই")
    )
)

WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("conditional", _pattern(r"depends|as per|\btimeline\b|subject to|অনুযায়ী|সাপেক্ষে")),
    ("event", _pattern(r"^during|crisis|সংকটের সময়|দুর্যোগকালীন")),
    ("done", _pattern(r"^done$|^already|^implemented|^সম্পন্ন$|^বাস্তবায়িত$")),
    ("continuous", _pattern(r"^continu|^ongoing|^regular|^অবিরাম|^চলমান|^নিয়মিত|^ধারাবাহিক")),
)
YEARLY = _pattern(r"every year|each year|\bannual|yearly|প্রতি ?বছর|প্রতি ?অর্থ ?বছর|বার্ষিক|বাৎসরিক")
QUARTERLY = _pattern(r"quarter|ত্রৈমাসিক|তিন মাস")
ONWARD = _pattern(r"onward|^from |throughout|continue|থেকে চলমান|হতে চলমান|পরবর্তী")
BETWEEN = _pattern(r"\s(?:to|until)\s|-|থেকে|হতে")


def empty(text: str) -> bool:
    """Whether a cell says that there is nothing: '', '-', 'N/A', 'প্রযোজ্য নয়'."""
    return folded(text) in EMPTY


def read(text: str) -> Timeframe:
    """The timeframe that ``text`` says; kind 'unknown' where it says none, never an error."""
    words = folded(text)
    if words in EMPTY:
        return Timeframe("na" if any(sign.isalpha() for sign in words) else "blank")
    for kind, pattern in WORDS[:3]:
        if pattern.search(words):
            return Timeframe(kind)
    if QUARTERLY.search(words) or YEARLY.search(words):
        found = _days(words)
        every = "quarter" if QUARTERLY.search(words) else "year"
        return Timeframe("periodic", starts=_first(found[0]) if found else None, every=every)
    return _fiscal(words) or _up_to(words) or _dated(words) or _words(words) or Timeframe("unknown")


def _words(words: str) -> Timeframe | None:
    return next((Timeframe(kind) for kind, pattern in WORDS if pattern.search(words)), None)


def _fiscal(words: str) -> Timeframe | None:
    if found := FISCAL.match(words):
        first, last = int(found[1]), int(found[1][:2] + found[2][-2:])
        if _plausible(first, last) and first < last:
            return Timeframe("fy", starts=date(first, 7, 1), due=date(last, 6, 30))
    if (found := YEAR.match(words)) and _plausible(int(found[1])):
        return Timeframe("year", starts=date(int(found[1]), 1, 1), due=date(int(found[1]), 12, 31))
    return None


def _up_to(words: str) -> Timeframe | None:
    found = UP_TO.search(words)
    if not found or not _plausible(int(found["year"])) or len(_days(words)) > 1:
        return None
    month = MONTHS[found["month"]] if found["month"] else 12
    return Timeframe("range", due=_last(int(found["year"]), month))


class _Said(NamedTuple):
    year: int
    month: int
    day: int  # 0 where only a month is said
    begins: int
    ends: int


def _dated(words: str) -> Timeframe | None:
    """One day, several, a range, or a day from which on."""
    found = _days(words)
    if not found or not _plausible(*(said.year for said in found)):
        return None
    if len(found) == 1:
        if ONWARD.search(words):
            return Timeframe("open", starts=_first(found[0]))
        return Timeframe("date", due=_end(found[0]))
    if len(found) == 2 and BETWEEN.search(words[found[0].ends : found[1].begins].join("  ")):
        starts, due = _first(found[0]), _end(found[1])
        return Timeframe("range", starts=starts, due=due) if starts <= due else Timeframe("unknown")
    days = tuple(sorted(_end(said) for said in found))
    return Timeframe("multi", due=days[-1], days=days)


def _days(words: str) -> list[_Said]:
    """The days and months that are said, in the order of the words; impossible ones left out."""
    found = []
    for match in MONTH_YEAR.finditer(words):
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        found.append(_Said(year, MONTHS[match[2]], int(match[1] or 0), *match.span()))
    for match in DAY.finditer(words):
        y, m, d = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
        if 1 <= int(m) <= 12:
            found.append(_Said(int(y), int(m), int(d), *match.span()))
    return sorted((said for said in found if said.day <= monthrange(said.year, said.month)[1]), key=lambda s: s.begins)


def _plausible(*years: int) -> bool:
    return all(FIRST_YEAR <= year <= LAST_YEAR for year in years)


def _first(said: _Said) -> date:
    return date(said.year, said.month, said.day or 1)


def _end(said: _Said) -> date:
    return date(said.year, said.month, said.day) if said.day else _last(said.year, said.month)


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def of_row(kind: str, text: str, starts: date | None, due: date | None) -> Timeframe:
    """The timeframe of a row of the reference data, whose days were corrected by hand; the words tell the rest."""
    said = read(text)
    if kind not in KINDS:
        kind = "unknown"
    days: Sequence[date] = said.days if kind == "multi" else ()
    return Timeframe(kind, starts, due, said.every if kind == "periodic" else "", tuple(days))
