"""The cases of a programme: given these facts, this answer. They run on the engine and are printed as the rulebook.

A case says what is known (``facts``, over the file's ``given``), what is held (``receives``, ``household_receives``)
and on which day (``on``), and expects ``eligible`` true, false or unknown, ``because`` the criteria that fail,
``missing`` the facts to ask for. ``slots`` puts the person alone before that many places (null: no quota set
anywhere) and expects ``selected``; ``pays`` expects the taka owed for ``period``.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shohay.bulk import plan, ranking
from shohay.bulk.answers import CANNOT_TELL, ELIGIBLE, NOT_ELIGIBLE, Answer, answer
from shohay.bulk.engine import DUCKDB, Engine, choose
from shohay.core import document, entitlement
from shohay.core.definition import Definition
from shohay.core.values import Period

OUTCOMES = {True: ELIGIBLE, False: NOT_ELIGIBLE, "unknown": CANNOT_TELL}


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the table; ``facts`` include what all cases are given."""

    id: str
    on: dt.date
    facts: dict[str, object]
    told: dict[str, object]
    expect: dict[str, Any]
    slots: int | str | None
    period: Period | None


def read(text: str) -> list[Case]:
    """The cases of a cases.yaml."""
    whole = document.read(text)
    given = {"receives": [], "household_receives": [], **whole.get("given", {})}
    return [_case(item, given, whole["on"]) for item in whole["cases"]]


def _case(item: Mapping[str, Any], given: Mapping[str, object], on: dt.date) -> Case:
    told = {
        **item.get("facts", {}),
        **{name: item[name] for name in ("receives", "household_receives") if name in item},
    }
    merged = {**given, **told}
    if "receives" in item and "household_receives" not in item:
        merged["household_receives"] = item["receives"]
    period = Period(*item["period"]) if "period" in item else None
    return Case(item["id"], item.get("on", on), merged, told, item["expect"], item.get("slots", "-"), period)


def run(definition: Definition, case: Case) -> list[str]:
    """What is not as expected; an empty list when all is."""
    return told(definition, case, answer(case.facts, [definition], case.on))


def told(definition: Definition, case: Case, found: list[Answer]) -> list[str]:
    """The same of an answer that was computed already."""
    selected = _selected(definition, case) if found and "selected" in case.expect else None
    return compare(definition, case, found[0] if found else None, selected)


def run_all(rows: Sequence[tuple[Definition, Case]], engine: Engine) -> list[list[str]]:
    """What is not as expected, for each case; on Spark all of them together."""
    if not engine.master:
        return [run(definition, case) for definition, case in rows]
    from shohay.bulk.spark import cases as spark

    found, selected = spark.answers(engine, rows), spark.selected(engine, rows)
    return [
        compare(definition, case, found.get(number), selected.get(number))
        for number, (definition, case) in enumerate(rows)
    ]


def compare(definition: Definition, case: Case, found: Answer | None, selected: bool | None) -> list[str]:
    """What is not as expected in what an engine answered; None where no version is in force."""
    if found is None:
        return [] if case.expect.get("version") == "none" else [f"no version in force on {case.on}"]
    problems = _compare(case, found)
    if "selected" in case.expect and case.expect["selected"] != selected:
        problems.append(f"selected is not {case.expect['selected']}")
    if "pays" in case.expect:
        problems += _pays(definition, case)
    return problems


def _compare(case: Case, found: Answer) -> list[str]:
    problems = []
    wanted = OUTCOMES[case.expect["eligible"]]
    if found.outcome != wanted:
        problems.append(f"{found.outcome}, not {wanted} (failed {list(found.failed)}, missing {list(found.missing)})")
    for name, got in (("because", found.failed), ("missing", found.missing)):
        if name in case.expect and sorted(case.expect[name]) != sorted(got):
            problems.append(f"{name} {sorted(got)}, not {sorted(case.expect[name])}")
    return problems


def _selected(definition: Definition, case: Case) -> bool:
    """Whether an eligible person who stands alone gets one of the case's places."""
    programme = plan.make([definition], case.on, None).programmes[0]
    quotas = None if case.slots is None else {(definition.code, "100000"): int(str(case.slots))}
    with tempfile.TemporaryDirectory() as folder:
        return ranking.takes_one(choose(DUCKDB), programme, Path(folder), quotas, case.facts.get("sex") == "female")


def _pays(definition: Definition, case: Case) -> list[str]:
    version = definition.version_on(case.on)
    if version is None or case.period is None:
        return ["a case that pays needs a period"]
    owed = sum(taka.poisha for _, taka in entitlement.amounts(version, case.period, case.facts)) // 100
    return [] if owed == case.expect["pays"] else [f"pays {owed}, not {case.expect['pays']}"]
