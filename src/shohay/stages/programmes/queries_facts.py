"""Which programmes read which facts, by the rules in force on a day."""

from __future__ import annotations

import datetime as dt

from shohay.core import criteria
from shohay.core.definition import Definition, Version
from shohay.core.facts import FACTS
from shohay.stages.programmes import definitions


def used_by(day: dt.date) -> dict[str, list[str]]:
    """The programmes whose rules rest on each fact, itself or through what is derived from it, by code."""
    found: dict[str, set[str]] = {}
    for definition in definitions.definitions_on(day):
        for name in _resting(definition, day):
            found.setdefault(name, set()).add(definition.programme)
    return {name: sorted(codes) for name, codes in found.items()}


def _resting(definition: Definition, day: dt.date) -> set[str]:
    version = definition.version_on(day)
    waiting = list(read_by(version)) if version else []
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += FACTS[name].needs
    return found


def read_by(version: Version) -> frozenset[str]:
    """The facts that a version names: criteria, order, universal areas, benefits."""
    texts = [criterion.must for criterion in version.criteria]
    texts += [step.by for step in version.priority if step.by != "lot"]
    texts += [version.quota.universal_where] if version.quota.universal_where else []
    named = {name for text in texts for name in criteria.check(text, FACTS, version.values).facts}
    return frozenset(named | set(version.benefit_facts))
