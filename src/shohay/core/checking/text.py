"""Words and numbers as reports print them, in English and Bangla: digits, grouping, lakh and crore, number words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from shohay.core.bangla_text import to_latin_digits

QUOTES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u200b": "", "\ufeff": ""}
)
DASHES = re.compile(r"[\u2010-\u2015\u2212]")

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
    "একটি": 1, "দুটি": 2, "দুইটি": 2, "তিনটি": 3, "চারটি": 4, "পাঁচটি": 5, "ছয়টি": 6, "সাতটি": 7, "আটটি": 8, "নয়টি": 9, "দশটি": 10,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9, "10th": 10,
    "প্রথম": 1, "দ্বিতীয়": 2, "তৃতীয়": 3, "চতুর্থ": 4, "পঞ্চম": 5, "ষষ্ঠ": 6, "সপ্তম": 7, "অষ্টম": 8, "নবম": 9, "দশম": 10,
}  # fmt: skip
NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{2,3})*(?:\.\d+)?(?![\d])")
NUMERIC = re.compile(r"^[-(]?\s*(?:tk\.?|bdt|৳)?\s*\d+(?:,\d{2,3})*(?:\.\d+)?\s*%?\s*\)?$", re.I)
SMALL_WORDS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "to",
        "a",
        "an",
        "in",
        "on",
        "by",
        "with",
        "from",
        "at",
        "or",
        "&",
        "into",
        "under",
        "as",
        "is",
        "are",
    ]
)


def clean(text: str) -> str:
    """Latin digits, straight quotes, plain hyphens, no zero-width signs: the same length is not promised."""
    return DASHES.sub("-", to_latin_digits(text.translate(QUOTES)))


def squeeze(text: str) -> str:
    """One space between words, none around."""
    return " ".join(text.split())


def number_of(text: str) -> Decimal | None:
    """A cell's number, or None when the cell is not one number: '1,23,456.50', '৩২.৪০', 'Tk 12', '45%'.

    >>> number_of("৫৪,০৯২.৭৭")
    Decimal('54092.77')
    """
    plain = clean(text).strip()
    if not NUMERIC.match(plain):
        return None
    found = re.search(r"\d+(?:,\d{2,3})*(?:\.\d+)?", plain)
    assert found is not None
    value = Decimal(found.group().replace(",", ""))
    return -value if plain.startswith(("-", "(")) else value


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """What two writings of the same sentence share: lower case, letters and digits only, one space."""
    kept = "".join(
        letter if letter.isalnum() or "\u0980" <= letter <= "\u09ff" else " " for letter in clean(text).casefold()
    )
    return squeeze(kept)


def stem(word: str) -> str:
    """A word without its plural and its British ending, so 'Programmes' and 'Program' are one."""
    word = word.replace("'s", "").replace("'", "")
    if word.startswith("programme") or word in ("programs", "program"):
        return "program"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=65536)
def tokens(text: str) -> Sequence[str]:
    """Stemmed words that carry meaning, in order."""
    plain = clean(text).casefold().replace("'s", "").replace("'", "")
    words = re.findall(r"[a-z0-9]+|[\u0980-\u09ff]+", plain)
    return tuple(stem(word) for word in words if word not in SMALL_WORDS)


class Amount(NamedTuple):
    """A number in a sentence: its value as printed, unit word, the words before it that bound it, where it stands."""

    value: Decimal
    unit: str  # crore, lakh, million, percent, fold or ''
    money: bool
    bound: str  # over, under, about or '' for exact
    start: int
    end: int
    places: int  # decimals printed

    @property
    def crore(self) -> Decimal:
        """Money in crore taka."""
        return self.value * FACTORS.get(self.unit, Decimal(1)) / Decimal(10_000_000)

    @property
    def lakh(self) -> Decimal:
        """People in lakh."""
        return self.value * FACTORS.get(self.unit, Decimal(1)) / Decimal(100_000)


FACTORS = {
    "crore": Decimal(10_000_000), "lakh": Decimal(100_000), "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000), "thousand": Decimal(1000),
}  # fmt: skip
UNITS = {
    "crore": "crore", "crores": "crore", "cr": "crore", "কোটি": "crore", "lakh": "lakh", "lakhs": "lakh", "lac": "lakh", "লাখ": "lakh",
    "লক্ষ": "lakh", "million": "million", "মিলিয়ন": "million", "billion": "billion", "thousand": "thousand", "হাজার": "thousand",
    "per cent": "percent", "percent": "percent", "%": "percent", "শতাংশ": "percent",
}  # fmt: skip
UNIT = re.compile(
    r"\s*(crores?|cr\b|কোটি|lakhs?|lac\b|লাখ|লক্ষ|million|মিলিয়ন|billion|thousand|হাজার|per cent|percent|%|শতাংশ)", re.I
)
MONEY_AFTER = re.compile(r"\s*(taka|tk\b|bdt|টাকা)", re.I)
MONEY_BEFORE = re.compile(r"(tk\.?|taka|bdt|৳)\s*$", re.I)
OVER = re.compile(
    r"(over|more than|exceed(?:s|ing|ed)?|above|at least|upwards of|in excess of|greater than)\s*(?:the\s+)?(?:tk\.?|taka|bdt|৳)?\s*$", re.I
)  # fmt: skip
UNDER = re.compile(r"(under|below|less than|fewer than|at most|up to|not more than)\s*(?:tk\.?|taka|bdt|৳)?\s*$", re.I)
ABOUT = re.compile(r"(nearly|almost|about|approximately|around|some|roughly|প্রায়)\s*(?:tk\.?|taka|bdt|৳)?\s*$", re.I)
OVER_AFTER = re.compile(r"\s*(?:টাকার?|জনের?)?\s*(?:এর|র)?\s*(বেশি|অধিক|ঊর্ধ্বে|or more|and above)", re.I)


def amounts(text: str) -> list[Amount]:
    """Every number of a cleaned sentence with its unit and bound, in order."""
    found = []
    for match in NUMBER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        unit = UNIT.match(after)
        name = UNITS[unit.group(1).casefold()] if unit else ""
        rest = after[unit.end() :] if unit else after
        money = bool(MONEY_AFTER.match(rest) or MONEY_BEFORE.search(before))
        bound = _bound(before, MONEY_AFTER.sub("", rest, count=1))
        value = match.group().replace(",", "")
        end = match.end() + (unit.end() if unit else 0)
        places = len(value.partition(".")[2])
        found.append(Amount(Decimal(value), name, money, bound, match.start(), end, places))
    return found


def _bound(before: str, rest: str) -> str:
    if OVER.search(before) or OVER_AFTER.match(rest):
        return "over"
    if UNDER.search(before):
        return "under"
    return "about" if ABOUT.search(before) else ""


def small_number(word: str) -> int | None:
    """The value of a number word or of digits: 'five', '12', 'পাঁচটি', '১২টি'."""
    plain = clean(word).casefold().strip()
    if plain.isdigit():
        return int(plain)
    digits = re.match(r"^(\d+)(টি|জন|খানা)?$", plain)
    return int(digits.group(1)) if digits else WORDS.get(plain)


def printed(value: Decimal, places: int = 2) -> str:
    """A value for a message: grouped by lakh and crore, with no needless zeros after 2 decimals."""
    from shohay.core.bangla import number

    return number(value, "en", places)
