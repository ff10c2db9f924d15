"""Figures as words: each kind of value in each language, and sentences that can quote nothing else.

A sentence is a pair (Bangla, English) with ``{key}`` where a figure stands and ``{=name}`` where a name out of the
data stands. It may hold no digit of its own: a number that no query gave cannot get into a report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shohay.core import bangla
from shohay.core.report.model import Inline, Paragraph, Run

Pair = tuple[str, str]  # Bangla, English
HOLE = re.compile(r"\{(=?)([^{}]+)\}")
DIGITS = re.compile(r"[0-9০-৯]")
SPACE = "\u00a0"  # between a number and its unit, so that no line breaks there

# kind -> what stands behind (or, of taka, before) the number in a sentence
UNITS: dict[str, Pair] = {
    "crore": ("কোটি টাকা", "crore taka"),
    "lakh": ("লাখ", "lakh"),
    "seconds": ("সেকেন্ড", "seconds"),
}
PLACES = {"crore": 2, "lakh": 2, "share": 1, "decimal": 2, "index": 1, "gini": 3, "points": 1, "more-crore": 2}
SIGNED = ("points", "more", "more-crore")  # differences: percentage points, a count, crore taka


def pick(pair: Pair, language: str) -> str:
    return pair[language == "en"]


def digits(text: object, language: str) -> str:
    return bangla.to_bangla_digits(str(text)) if language == "bn" else str(text)


def shown(value: Any, kind: str, language: str) -> str:
    """A value as it stands in a cell of a table; '–' where there is none.

    Kinds: count, crore, lakh, taka, share (a ratio as percent), decimal, gini, those of SIGNED, day (ISO), year, code,
    text, name, state.
    """
    if value is None or value == "":
        return "–"
    if kind == "day":
        return bangla.date_text(date.fromisoformat(str(value)), language)
    if kind == "year":
        return digits(value, language)
    if kind in ("text", "name", "state", "code"):
        return str(value)
    exact = Decimal(str(value))
    if kind == "share":
        return f"{bangla.number(exact * 100, language, PLACES[kind])}%"
    told = bangla.number(exact, language, PLACES.get(kind, 0))
    return f"+{told}" if kind in SIGNED and exact > 0 else told


def said(value: Any, kind: str, language: str) -> str:
    """A value as it stands in a sentence: with its unit, taka in lakh or crore."""
    if kind == "taka" and value is not None:
        return bangla.lakh_crore(value, language).replace(" ", SPACE) + SPACE + pick(("টাকা", "taka"), language)
    unit = pick(UNITS[kind], language) if kind in UNITS and value not in (None, "") else ""
    return shown(value, kind, language) + (SPACE + unit if unit else "")


def sentence(pair: Pair, figures: Mapping[str, Any], language: str, **names: str) -> Inline:
    """The runs of a sentence; KeyError for a figure that nobody computed, ValueError for a digit written by hand."""
    template, runs, at = pick(pair, language), [], 0
    for hole in HOLE.finditer(template):
        runs.append(_plain(template[at : hole.start()]))
        at = hole.end()
        if hole[1]:
            runs.append(Run(names[hole[2]], name=True))
        else:
            figure = figures[hole[2]]
            runs.append(Run(said(figure["value"], figure["kind"], language), key=hole[2]))
    runs.append(_plain(template[at:]))
    return tuple(run for run in runs if run.text)


def _plain(text: str) -> Run:
    if DIGITS.search(text):
        raise ValueError(f"a number that is no figure: {text!r}")
    return Run(text)


def paragraph(pair: Pair, figures: Mapping[str, Any], language: str, tone: str = "", **names: str) -> Paragraph:
    return Paragraph(sentence(pair, figures, language, **names), tone)


def joined(*sentences: Inline) -> Inline:
    """Several sentences as one paragraph."""
    runs: list[Run] = []
    for inline in sentences:
        runs += [*([Run(" ")] if runs and inline else []), *inline]
    return tuple(runs)


def plain(inline: Inline) -> str:
    return "".join(run.text for run in inline)
