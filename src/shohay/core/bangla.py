"""Bangla as offices write it: digits, 1,23,45,678, lakh and crore, dates, names.

``language`` is 'bn' or 'en' everywhere; English keeps the grouping of the subcontinent, since budgets are read in
lakh and crore in both languages.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from shohay.core.bangla_names import name_key, romanise, token_key, tokens
from shohay.core.bangla_text import is_bangla, normalise, to_bangla_digits, to_latin_digits

__all__ = [
    "date_text", "group", "is_bangla", "lakh_crore", "month_text", "name_key", "normalise", "number", "romanise",
    "to_bangla_digits", "to_latin_digits", "token_key", "tokens",
]  # fmt: skip

LAKH, CRORE = 100_000, 10_000_000

MONTHS_BN = (
    "জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def group(n: int) -> str:
    """Three digits, then twos.

    >>> group(12345678)
    '1,23,45,678'
    """
    sign, digits = ("-" if n < 0 else ""), str(abs(n))
    head, tail = digits[:-3], digits[-3:]
    pairs: list[str] = []
    while head:
        pairs.insert(0, head[-2:])
        head = head[:-2]
    return sign + ",".join([*pairs, tail])


def number(n: int | float | Decimal, language: str, decimals: int = 0) -> str:
    """A grouped number with ``decimals`` places, half up, in the digits of the language.

    >>> number(1234567.5, "bn", 1)
    '১২,৩৪,৫৬৭.৫'
    """
    exact = (n if isinstance(n, Decimal) else Decimal(str(n))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, part = f"{abs(exact):f}".partition(".")
    text = ("-" if exact < 0 else "") + group(int(whole)) + (f".{part}" if part else "")
    return to_bangla_digits(text) if language == "bn" else text


def lakh_crore(n: int | float | Decimal, language: str, decimals: int = 2) -> str:
    """A large number in the unit that budgets use; small ones as they are.

    >>> lakh_crore(136_025_640_0000, "en")
    '1,36,025.64 crore'
    """
    exact = n if isinstance(n, Decimal) else Decimal(str(n))
    if abs(exact) >= CRORE:
        return f"{number(exact / CRORE, language, decimals)} {'কোটি' if language == 'bn' else 'crore'}"
    if abs(exact) >= LAKH:
        return f"{number(exact / LAKH, language, decimals)} {'লাখ' if language == 'bn' else 'lakh'}"
    return number(exact, language)


def date_text(day: date | None, language: str) -> str:
    """২১ নভেম্বর ২০২৬ or 21 November 2026; '' for no day."""
    if day is None:
        return ""
    if language == "bn":
        return to_bangla_digits(f"{day.day} {MONTHS_BN[day.month - 1]} {day.year}")
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def month_text(day: date, language: str) -> str:
    """নভেম্বর ২০২৬ or November 2026."""
    if language == "bn":
        return to_bangla_digits(f"{MONTHS_BN[day.month - 1]} {day.year}")
    return f"{MONTHS_EN[day.month - 1]} {day.year}"
