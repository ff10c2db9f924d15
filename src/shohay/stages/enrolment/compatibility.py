"""Which programmes exclude each other: the last gate before somebody is enrolled.

A determination judges by what people held when its snapshot was taken. One run can select a person for two programmes
that exclude each other; the first enrolment then stands in the way of the second.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from shohay.core.definition import Definition, Version
from shohay.stages.programmes.definitions import definitions_on


class Excluded(NamedTuple):
    """Codes that must not be held: by the person, by anybody of the household."""

    by_person: list[str]
    by_household: list[str]


def excluded(code: str, on: date) -> Excluded:
    """What excludes an enrolment in the programme ``code`` from ``on``, by its own rule or by that of the other one.

    As in determination: a rule of scope household, and a card of the whole household, look at all its members.
    """
    found = {document.code: document for document in definitions_on(on)}
    own, person, household = found.get(code), [], []
    for other, document in sorted(found.items()):
        if own is None or other == code:
            continue
        widths = [_width(own, document, on), _width(document, own, on)]
        if "household" in widths:
            household.append(other)
        elif "person" in widths:
            person.append(other)
    return Excluded(person, household)


def _width(of: Definition, other: Definition, on: date) -> str:
    """Whether the rule of one programme forbids the other: '', 'person' or 'household'."""
    rule = _version(of, on).compatible
    if not rule.forbids(other.code):
        return ""
    return "household" if "household" in (rule.scope, of.unit, other.unit) else "person"


def _version(document: Definition, on: date) -> Version:
    version = document.version_on(on)
    assert version is not None  # definitions_on gives only those that have one
    return version
