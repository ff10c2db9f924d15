"""One way to write a Bangla text, so that what looks the same is the same."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"  # zero-width (non-)joiner and space, BOM, soft hyphen, direction marks

# NFC takes these apart (composition exclusions), keyboards write both ways: we keep the single letter.
COMPOSED = {"\u09a1\u09bc": "\u09dc", "\u09a2\u09bc": "\u09dd", "\u09af\u09bc": "\u09df"}
# typed in two strokes, drawn as one
LOOK_ALIKE = {"\u0985\u09be": "\u0986", "\u09c7\u09be": "\u09cb", "\u09c7\u09d7": "\u09cc", "\u09f7": "\u0964"}

_TO_LATIN = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_TO_BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_DROP = {ord(sign): None for sign in INVISIBLE}


def to_latin_digits(text: str) -> str:
    return text.translate(_TO_LATIN)


def to_bangla_digits(text: str) -> str:
    return text.translate(_TO_BANGLA)


def normalise(text: str) -> str:
    r"""NFC with য়, ড়, ঢ় as single letters, without invisible signs, runs of spaces as one.

    >>> normalise("রহি\u200dম   উদ্দিন ")
    'রহিম উদ্দিন'
    """
    text = unicodedata.normalize("NFC", text).translate(_DROP)
    for pair, single in (*COMPOSED.items(), *LOOK_ALIKE.items()):
        text = text.replace(pair, single)
    return re.sub(r"\s+", " ", text).strip()


def is_bangla(text: str) -> bool:
    """Whether any letter of the Bangla block stands in the text."""
    return any("ঀ" <= letter <= "৾" for letter in text)
