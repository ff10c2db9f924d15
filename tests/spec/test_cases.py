"""The cases of every programme, on the engine."""

from __future__ import annotations

import pytest

from shohay.bulk import cases
from shohay.policy import shipped

EVERY = [
    (definition, case)
    for definition in shipped.definitions()
    for case in cases.read(shipped.read(definition.code, "cases.yaml"))
]


@pytest.mark.parametrize(("definition", "case"), EVERY, ids=[f"{found.code}-{case.id}" for found, case in EVERY])
def test_case(definition: cases.Definition, case: cases.Case) -> None:
    assert cases.run(definition, case) == []


@pytest.mark.parametrize("definition", shipped.definitions(), ids=lambda found: found.code)
def test_every_programme_has_its_edges(definition: cases.Definition) -> None:
    rows = cases.read(shipped.read(definition.code, "cases.yaml"))
    assert len(rows) >= 12
    assert len({case.id for case in rows}) == len(rows)
    expected = {id_ for case in rows for id_ in case.expect.get("because", [])}
    version = definition.versions[-1]
    assert {criterion.id for criterion in version.criteria} <= expected, "a criterion never decides"
    assert any("slots" in case.expect or case.slots != "-" for case in rows)


def test_a_wrong_expectation_is_found() -> None:
    definition = shipped.by_code()["OAA"][0]
    case = next(case for case in cases.read(shipped.read("OAA", "cases.yaml")) if case.id == "income-one-over")
    wrong = cases.Case(case.id, case.on, case.facts, case.told, {"eligible": True, "because": ["age"]}, "-", None)
    assert len(cases.run(definition, wrong)) == 2
