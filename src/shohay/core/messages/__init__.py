"""Every message that a person may be shown, in Bangla and English, found by a code.

A message says what happened, why, and what to do next. ``{name}`` marks what the moment fills in. The
messages of an area live in a file of their own; a test holds that both languages use the same names.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from shohay.core.bangla import date_text, to_bangla_digits
from shohay.core.messages import (
    account_change,
    accounts,
    budget,
    checking,
    committees,
    common,
    consent,
    definition,
    distribution,
    drafts,
    enrolment,
    evaluations,
    events,
    evidence,
    facts,
    geo,
    grievance,
    intake,
    lab,
    linkage,
    payments,
    plan,
    quality,
    registry,
    report,
    results,
    scenario,
    scores,
    spark,
    survey,
    targeting,
    verification,
)


class Text(NamedTuple):
    """One text in both languages."""

    bn: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.bn


MESSAGES: dict[str, Text] = {
    code: Text(*pair)
    for area in (
        common,
        accounts,
        budget,
        consent,
        definition,
        intake,
        registry,
        linkage,
        targeting,
        enrolment,
        payments,
        distribution,
        drafts,
        account_change,
        committees,
        evaluations,
        grievance,
        quality,
        checking,
        survey,
        lab,
        scores,
        spark,
        report,
        events,
        verification,
        evidence,
        facts,
        geo,
        plan,
        results,
        scenario,
    )
    for code, pair in area.MESSAGES.items()
}


def say(code: str, language: str, /, **params: object) -> str:
    """The message ``code`` in ``language`` ('bn' or 'en') with its blanks filled; an unknown code is a bug."""
    filled = {name: _written(value, language) for name, value in params.items()}
    return MESSAGES[code].in_language(language).format(**filled)


def _written(value: object, language: str) -> object:
    """A day as people write it, a moment (in local time) with hours and minutes, a text of two languages in one of
    them; the rest as it is."""
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, datetime):
        clock = value.strftime("%H:%M")
        return f"{date_text(value.date(), language)}, {to_bangla_digits(clock) if language == 'bn' else clock}"
    return date_text(value, language) if isinstance(value, date) else value


class Refusal(Exception):
    """Something a person asked for cannot be done. Carries the code and what fills the blanks."""

    def __init__(self, code: str, /, **params: object) -> None:
        self.code, self.params = code, params
        super().__init__(say(code, "en", **params))

    def say(self, language: str) -> str:
        return say(self.code, language, **self.params)
