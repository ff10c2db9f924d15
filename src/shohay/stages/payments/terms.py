"""From a programme's definition to the terms of a payroll: which steps of the schedule apply to which months."""

from __future__ import annotations

from datetime import date

from shohay.bulk.payroll import IN_KIND, Step, Terms
from shohay.core import entitlement
from shohay.core.definition import Definition, Version
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.core.values import Period

TYPES = {"bool": "boolean", "number": "double", "text": "varchar", "date": "date"}


def definition_on(code: str, day: date) -> tuple[Definition, Version]:
    """The published definition of a programme and its version in force on ``day``; Refusal('no_version')."""
    from shohay.stages.programmes import definitions  # reads documents: not needed until a payroll is prepared

    for definition in definitions.definitions_on(day):
        version = definition.version_on(day)
        if definition.code == code and version is not None:
            return definition, version
    raise Refusal("no_version", programme=code, day=day.isoformat())


def terms_of(code: str, version: Version, period: Period) -> Terms:
    """What ``compute`` needs: a step for every run of whole months that an enrolment can cover within the period."""
    steps = [
        step
        for since in range(period.months)
        for until in range(since + 1, period.months + 1)
        for step in _steps(version, period, since, until)
    ]
    facts = tuple((name, TYPES[FACTS[name].kind]) for name in version.benefit_facts)
    return Terms(code, period.first, period.end, tuple(steps), facts)


def _steps(version: Version, period: Period, since: int, until: int) -> list[Step]:
    part = Period(month_after(period.first, since), month_after(period.first, until))
    lines = entitlement.sql(version, part, lambda fact: f"fact_{fact}")
    steps = [Step(since, until, kind, when, poisha) for kind, when, poisha in lines]
    if any(line.kind == IN_KIND and entitlement.turns(line, part) for line in version.benefit):
        steps.append(Step(since, until, IN_KIND, "true", "0"))
    return steps


def month_after(first: date, months: int) -> date:
    """The first of a month, ``months`` later."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
