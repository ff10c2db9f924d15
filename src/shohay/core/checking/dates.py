"""Deadlines as action plans print them: a month and year, a day, a range, a fiscal year, 'Continuous', 'Done', 'N/A'."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from shohay.core.bangla import MONTHS_BN, MONTHS_EN
from shohay.core.checking.text import clean, squeeze

MONTHS = {name.casefold(): no for no, name in enumerate(MONTHS_EN, 1)}
MONTHS |= {name[:3].casefold(): no for no, name in enumerate(MONTHS_EN, 1)} | {"sept": 9}
MONTHS |= {name: no for no, name in enumerate(MONTHS_BN, 1)} | {"আগষ্ট": 8, "জানুয়ারী": 1, "ফেব্রুয়ারী": 2}
MONTH = "(?P<month>" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + ")"
DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*)?(?<![a-z]){MONTH}\.?,?\s*(?P<year>\d{{4}}|\d{{2}}(?!\d))", re.I
)
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
SLASHED = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b")
FISCAL = re.compile(r"\b(?:fy\s*)?(?P<first>(?:19|20)\d{2})\s*[-/]\s*(?P<last>(?:19|20)?\d{2})\b", re.I)
YEAR = re.compile(r"^(?:by\s+|in\s+)?(?P<year>\d{4})$", re.I)
CONTINUOUS = re.compile(r"continuous|ongoing|regular|চলমান|ধারাবাহিক|অব্যাহত|নিয়মিত", re.I)
PERIODIC = re.compile(
    r"every\s*year|each\s*year|annual|quarter|monthly|per year|half.?yearly|প্রতি বছর|প্রতিবছর|বার্ষিক|ত্রৈমাসিক|মাসিক", re.I
)
OPEN = re.compile(r"onwards?\b|continue (?:through|next|for)|থেকে চলমান|হতে", re.I)
DONE = re.compile(r"^(?:already\s+)?(?:done|completed|implemented|finished|সম্পন্ন|সমাপ্ত|বাস্তবায়িত)|^already\b", re.I)
NOT_APPLICABLE = re.compile(r"^(?:n\s*/\s*a|na|not\s+applicable|nil|প্রযোজ্য নয়)\.?$", re.I)
CONDITIONAL = re.compile(r"depend|as per|timeline|subject to|during|when |upon |after |সাপেক্ষে|অনুযায়ী|সময়ে", re.I)
EARLIEST, LATEST = 1950, 2100


@dataclass(frozen=True)
class Timeframe:
    """``kind``: date, range, fiscal, year, several, open, continuous, periodic, done, na, conditional, blank, other.

    ``due`` is the last day; ``dates`` the last days of every date printed, in order; ``wrong`` the dates that cannot be.
    """

    kind: str
    starts: date | None = None
    due: date | None = None
    dates: tuple[date, ...] = ()
    wrong: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def timeframe(text: str) -> Timeframe:
    """Read one cell. An unreadable one is kind 'other': never an error."""
    plain = squeeze(clean(text))
    if not plain:
        return Timeframe("blank")
    if NOT_APPLICABLE.match(plain):
        return Timeframe("na")
    if DONE.match(plain):
        return Timeframe("done")
    days, wrong = _dates(plain)
    if days or wrong:
        return _dated(plain, days, wrong)
    fiscal = FISCAL.search(plain)
    if fiscal and len(plain) <= 40 and not plain.casefold().startswith("year"):
        return _fiscal(plain, fiscal)
    year = YEAR.match(plain)
    if year:
        return _year(plain, int(year["year"]))
    return _wordy(plain)


def _year(plain: str, year: int) -> Timeframe:
    if not EARLIEST <= year <= LATEST:
        return Timeframe("year", wrong=(plain,))
    last = date(year, 12, 31)
    return Timeframe("year", date(year, 1, 1), last, (last,))


def _wordy(plain: str) -> Timeframe:
    until = re.search(r"(?:up to|until|till|by)\s+(\d{4})$", plain, re.I)
    if until:
        last = date(int(until.group(1)), 12, 31)
        return Timeframe("year", None, last, (last,))
    for kind, pattern in (("continuous", CONTINUOUS), ("periodic", PERIODIC), ("conditional", CONDITIONAL)):
        if pattern.search(plain):
            return Timeframe(kind)
    return Timeframe("other")


def _fiscal(plain: str, found: re.Match[str]) -> Timeframe:
    first = int(found["first"])
    last = int(found["last"]) if len(found["last"]) == 4 else first // 100 * 100 + int(found["last"])
    if last <= first or last - first > 20:
        return Timeframe("other")
    end = date(last, 6, 30)
    return Timeframe("fiscal", date(first, 7, 1), end, (end,))


def _dates(plain: str) -> tuple[list[date], list[str]]:
    days: list[tuple[int, date]] = []
    wrong: list[str] = []
    for pattern in (DATE, ISO, SLASHED):
        for found in pattern.finditer(plain):
            day = _day(found)
            if day is None:
                wrong.append(found.group().strip())
            else:
                days.append((found.start(), day))
    return [day for _at, day in sorted(days)], wrong


def _day(found: re.Match[str]) -> date | None:
    year = int(found["year"])
    year += 2000 if year < 100 else 0
    word = found["month"].casefold()
    month = MONTHS.get(word) or (int(word) if word.isdigit() else 0)
    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1]
    wanted = int(found["day"]) if found["day"] else last
    return date(year, month, wanted) if 1 <= wanted <= last else None


def _dated(plain: str, days: list[date], wrong: list[str]) -> Timeframe:
    if wrong and not days:
        return Timeframe("date", wrong=tuple(wrong))
    if re.match(r"from\b", plain, re.I) and len(days) == 1:
        return Timeframe("open", days[0].replace(day=1), None, tuple(days), tuple(wrong))
    if OPEN.search(plain) or (PERIODIC.search(plain) and len(days) == 1):
        return Timeframe("open", days[0].replace(day=1), None, tuple(days), tuple(wrong))
    if len(days) == 2 and re.search(r"\s(?:-|to|up to|until|থেকে)\s|\d-", plain):
        return Timeframe("range", days[0].replace(day=1), days[1], tuple(days), tuple(wrong))
    kind = "several" if len(days) > 1 else "date"
    return Timeframe(kind, None, max(days), tuple(days), tuple(wrong))


def is_deadline(text: str) -> bool:
    """Whether a whole cell is a deadline and nothing else: what a shifted cell looks like."""
    plain = squeeze(clean(text))
    if not plain or len(plain) > 45:
        return False
    rest = DATE.sub("", ISO.sub("", SLASHED.sub("", plain)))
    if rest != plain:
        return not re.search(
            r"[a-z\u0980-\u09ff]{4,}", re.sub(r"onwards?|from|until|upto|each|year|every", "", rest, flags=re.I), re.I
        )
    return bool(
        re.fullmatch(
            r"(fy\s*)?\d{4}\s*[-/]\s*\d{2,4}|(each|every) year|annually|continuous|quarterly|ongoing", plain, re.I
        )
    )
