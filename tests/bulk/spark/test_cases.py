"""Every case of every programme on Spark."""

from __future__ import annotations

import pytest

from shohay.bulk import cases
from shohay.bulk.engine import Engine
from shohay.policy import shipped

pytestmark = pytest.mark.spark


def test_every_case_of_every_programme_and_a_wrong_one_is_found(spark: Engine) -> None:
    rows = [
        (definition, case)
        for definition in shipped.definitions()
        for case in cases.read(shipped.read(definition.code, "cases.yaml"))
    ]
    assert len(rows) > 300
    definition, case = rows[0]
    wrong = {"eligible": cases.OUTCOMES.get(case.expect["eligible"]) != "eligible", "selected": "neither"}
    rows.append((definition, cases.Case("wrong", case.on, case.facts, case.told, wrong, 1, None)))
    found = cases.run_all(rows, spark)
    said = [f"{definition.code} {case.id}: {one}" for (definition, case), one in zip(rows, found, strict=True) if one]
    assert len(said) == 1, said
    assert len(found[-1]) == 2
