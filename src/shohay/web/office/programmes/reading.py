"""Programme rules in words: the reasons of a stored decision, and the pages of the definitions."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from shohay.core.definition import Benefit, Version
from shohay.core.definition import Definition as Definition_
from shohay.core.definition_words import benefit
from shohay.core.document import figure
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import definitions
from shohay.stages.programmes.models import Definition
from shohay.web.office import desk
from shohay.web.parts import names
from shohay.web.parts.benefit import what_for


class Reason(NamedTuple):
    """One criterion of a decision. ``ok``: True, False, or None when a fact is missing."""

    ok: bool | None
    text: str
    facts: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def _criteria(code: str, sha256: str, on: date) -> tuple[tuple[str, str, str], ...]:
    """(id, Bangla, English) of the version that was valid ``on``; a published document never changes."""
    definition = definitions.definition_of(code, sha256)
    version = definition.version_on(on) if definition else None
    if version is None:
        return ()
    sentences = [(id_, version.sentence(id_)) for id_ in version.criterion_ids]
    return tuple((id_, sentence.bn, sentence.en) for id_, sentence in sentences)


def programmes_to_choose(officer: Officer) -> list[tuple[str, str]]:
    """Programmes with published rules that the officer covers: (code, name)."""
    codes = Definition.objects.filter(state="published").order_by("programme_id").values_list("programme_id", flat=True)
    return [
        (code, names.programme(code, desk.language())) for code in codes.distinct() if officer.covers(programme=code)
    ]


def reasons(decision: Any, language: str) -> list[Reason]:
    """The criteria by the definition of the decision's own run, failed ones first."""
    run = decision.run
    sha256 = run.definitions.get(decision.programme_code, "")
    found = [
        Reason(_holds(id_, decision), en if language == "en" else bn)
        for id_, bn, en in _criteria(decision.programme_code, sha256, run.on)
    ]
    return sorted(found, key=lambda reason: {False: 0, None: 1, True: 2}[reason.ok])


def _holds(id_: str, decision: Any) -> bool | None:
    if id_ in decision.failed:
        return False
    return None if id_ in decision.unknown else True


def criterion_texts(code: str, sha256: str, on: date, language: str) -> dict[str, str]:
    """Criterion id -> its sentence, of the version valid ``on``."""
    return {id_: en if language == "en" else bn for id_, bn, en in _criteria(code, sha256, on)}


# ------------------------------------------------------------------------------------------------ definition pages


class ParameterRow(NamedTuple):
    """A figure of the rules: its value in each version, newest first, None where the version lacks it."""

    name: str
    unit: str
    values: list[str | None]
    note: str


class BenefitRow(NamedTuple):
    """One line of a benefit schedule."""

    text: str
    amount: int | None  # poisha
    goods: str
    per: str


def definition_page(row: Any, version_no: str, today: date, language: str) -> dict[str, Any]:
    """What the page of one definition shows; ``version_no`` counts versions from 1, '' is the one in force today."""
    definition = definitions.definition_of(row.programme_id, row.sha256)
    assert definition is not None  # the row is that definition
    versions = list(definition.versions)
    version = _chosen(versions, version_no, today)
    newest_first = list(reversed(versions))
    return {
        "row": row,
        "definition": definition,
        "version": version,
        "versions": [(number, one, one is version) for number, one in reversed(list(enumerate(versions, start=1)))],
        "criteria": [version.sentence(id_).in_language(language) for id_ in version.criterion_ids],
        "newest_first": newest_first,
        "parameters": _parameters(newest_first, language),
        "benefits": [_benefit(version, line, language) for line in version.benefit],
        "compatible": sorted(code for code, rule in version.compatible.with_.items() if rule == "allowed"),
        "forbidden": sorted(code for code, rule in version.compatible.with_.items() if rule == "forbidden"),
        "reason": version.compatible.reason.as_text().in_language(language),
        "title": definition.title.as_text().in_language(language),
    }


def _chosen(versions: list[Version], version_no: str, today: date) -> Version:
    if version_no.isdigit() and 1 <= int(version_no) <= len(versions):
        return versions[int(version_no) - 1]
    return next((one for one in versions if one.first <= today <= one.last), versions[-1])


def _parameters(versions: list[Version], language: str) -> list[ParameterRow]:
    names = list(dict.fromkeys(name for one in versions for name in one.parameters))
    rows = []
    for name in names:
        held = [one.parameters.get(name) for one in versions]
        first = next(one for one in held if one is not None)
        values = [None if one is None else figure(one.value, language) for one in held]
        rows.append(ParameterRow(name, first.unit, values, first.note))
    return rows


def _benefit(version: Version, line: Benefit, language: str) -> BenefitRow:
    amount = version.values[line.amount] if isinstance(line.amount, str) else line.amount
    goods = f"{figure(line.quantity, language)} {line.unit}" if line.kind == "in_kind" and line.quantity else ""
    return BenefitRow(what_for(line, language), amount * 100 if isinstance(amount, int) else None, goods, line.per)


class Year(NamedTuple):
    """What is owed in a fiscal year: one line for each schedule in force during it, (from when, the lines in words)."""

    year: str
    lines: list[tuple[date, list[str]]]


def benefit_years(definition: Definition_, today: date, language: str) -> list[Year]:
    """The benefits by fiscal year, newest first: from the first version to the year of today or of the newest one."""
    first, last = definition.versions[0].first, max(today, definition.versions[-1].first)
    year, found = FiscalYear.of(first), []
    while year.first_day <= last:
        held = [one for one in definition.versions if one.first <= year.last_day and one.last >= year.first_day]
        lines = [
            (max(one.first, year.first_day), [benefit(one, line).in_language(language) for line in one.benefit])
            for one in held
        ]
        found.append(Year(str(year), lines))
        year = FiscalYear.of(year.last_day + timedelta(days=1))
    return found[::-1]
