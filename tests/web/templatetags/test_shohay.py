"""The filters in both languages, and that every code in the database has words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import models
from django.template import Context, Template
from django.utils import translation

from shohay.web.parts.words import TONES, WORDS, word
from shohay.web.templatetags import shohay as show


@pytest.mark.parametrize(
    ("text", "value", "bn", "en"),
    [
        ("{{ v|num }}", 12345678, "১,২৩,৪৫,৬৭৮", "1,23,45,678"),
        ("{{ v|num:2 }}", Decimal("0.5"), "০.৫০", "0.50"),
        ("{{ v|num }}", None, "–", "–"),
        ("{{ v|taka }}", 65000, "৳\u00a0৬৫০", "৳\u00a0650"),
        ("{{ v|taka }}", 123450, "৳\u00a0১,২৩৪.৫০", "৳\u00a01,234.50"),
        (
            "{{ v|crore }}",
            Decimal("136025.64") * 10**9,
            "৳\u00a0১,৩৬,০২৫.৬৪\u00a0কোটি",
            "৳\u00a01,36,025.64\u00a0crore",
        ),
        ("{{ v|percent }}", 0.1234, "১২.৩%", "12.3%"),
        ("{{ v|percent:0 }}", 1, "১০০%", "100%"),
        ("{{ v|day }}", date(2026, 11, 21), "২১ নভেম্বর ২০২৬", "21 November 2026"),
        # eight in the evening in London is two in the morning of the next day in Dhaka
        (
            "{{ v|moment }}",
            datetime(2026, 11, 21, 20, 0, tzinfo=UTC),
            "২২ নভেম্বর ২০২৬, ০২:০০",
            "22 November 2026, 02:00",
        ),
        ("{{ v|digits }}", "2024-25", "২০২৪-২৫", "2024-25"),
        ("{{ v|local:'name' }}", {"name_bn": "ক", "name_en": "K"}, "ক", "K"),
        ("{{ v|local:'name' }}", {"name_bn": "ক", "name_en": ""}, "ক", "ক"),
        ("{{ v|local }}", ("ক", "K"), "ক", "K"),
        ("{{ v|words }}", True, "হ্যাঁ", "Yes"),
        ("{{ v|words:'payment' }}", "returned", "ফেরত এসেছে", "Returned by the bank"),
        ("{{ v|words }}", "returned", "সংশোধনের জন্য ফেরত", "Returned for correction"),
        ("{{ v|words }}", "no_such_code", "no such code", "no such code"),
    ],
)
def test_a_filter_in_both_languages(text, value, bn, en):
    for language, expected in (("bn", bn), ("en", en)):
        with translation.override(language):
            assert Template(text).render(Context({"v": value})) == expected


def _codes() -> set[str]:
    """The codes of every enumeration of the models, inside a model or beside it."""
    found: set[str] = set()
    for model in apps.get_models():
        if model.__module__.startswith("shohay.stages."):
            for inner in (*vars(model).values(), *vars(import_module(model.__module__)).values()):
                if (
                    isinstance(inner, type)
                    and issubclass(inner, models.TextChoices)
                    and inner is not models.TextChoices
                ):
                    found |= set(inner.values)
    return found


def test_every_code_of_the_models_has_words():
    assert {"paid", "auditor", "exclusion", "city_corporation"} <= _codes()
    assert [code for code in sorted(_codes()) if code not in WORDS and word(code, "en") == code.replace("_", " ")] == []


def test_words_are_written_in_both_scripts():
    for code, (bn, en) in WORDS.items():
        # a sign such as % is the same in both
        assert any("ঀ" <= letter <= "৿" for letter in bn) or not any(letter.isalpha() for letter in bn), code
        assert en.isascii(), code


def test_every_tone_names_an_icon_that_is_there():
    for code, (css, picture) in TONES.items():
        assert css in ("", "good", "bad", "wait", "busy"), code
        assert "<svg" in show.icon(picture)


def test_a_badge_carries_a_word_and_escapes_a_strange_code():
    with translation.override("en"):
        assert "Eligible" in show.state("eligible")
        assert "<b>" not in show.state("<b>")
    assert word("<b>", "en") == "<b>"
