"""Digits, numbers, dates and texts as Bangla offices write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core import bangla


@pytest.mark.parametrize(
    ("n", "text"),
    [(0, "0"), (999, "999"), (1000, "1,000"), (116731, "1,16,731"), (12345678, "1,23,45,678"), (-100000, "-1,00,000")],
)
def test_group(n: int, text: str):
    assert bangla.group(n) == text


@given(st.integers(-(10**15), 10**15))
def test_group_keeps_every_digit(n: int):
    grouped = bangla.group(n)
    assert int(grouped.replace(",", "")) == n
    assert all(len(part) == 2 for part in grouped.lstrip("-").split(",")[1:-1])


def test_numbers_and_units():
    assert bangla.number(1234567, "bn") == "১২,৩৪,৫৬৭"
    assert bangla.number(0.5, "en") == "1"  # half up, not to even
    assert bangla.number(-0.004, "en", 2) == "0.00"
    assert bangla.number(Decimal("1234.565"), "en", 2) == "1,234.57"
    assert bangla.lakh_crore(136_025_640_0000, "en") == "1,36,025.64 crore"
    assert bangla.lakh_crore(250_000, "bn") == "২.৫০ লাখ"
    assert bangla.lakh_crore(99_999, "bn") == "৯৯,৯৯৯"


def test_dates():
    assert bangla.date_text(date(2026, 11, 21), "bn") == "২১ নভেম্বর ২০২৬"
    assert bangla.date_text(date(2026, 11, 21), "en") == "21 November 2026"
    assert bangla.date_text(None, "bn") == ""
    assert bangla.month_text(date(2026, 2, 1), "bn") == "ফেব্রুয়ারি ২০২৬"
    assert bangla.month_text(date(2026, 2, 1), "en") == "February 2026"


@given(st.text(alphabet="0123456789abc "))
def test_digits_there_and_back(text: str):
    assert bangla.to_latin_digits(bangla.to_bangla_digits(text)) == text


def test_texts_that_look_the_same_are_the_same():
    assert bangla.normalise("\u09af\u09bc") == "\u09df"  # two code points for one letter
    assert bangla.normalise("রহি\u200dম\u200c \ufeff উদ্দিন\u00a0") == "রহিম উদ্দিন"
    assert bangla.normalise("\u0995\u09c7\u09be") == "\u0995\u09cb"  # the o-sign typed in two strokes


@given(st.text(alphabet="করিমযড়আোি়\u09af\u09bc\u09c7\u09be\u200d ", max_size=20))
def test_normalise_once_is_enough(text: str):
    once = bangla.normalise(text)
    assert bangla.normalise(once) == once
