"""One score, three ways: the nation's table, a household taken apart, and the answer to somebody who tells the facts."""

from __future__ import annotations

import datetime as dt
import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from shohay.bulk import fact_table, pmt, survey_base
from shohay.bulk.answers import answer
from shohay.bulk.score_household import scored
from shohay.policy import shipped
from tests.bulk.test_pmt_kinds import DOCUMENT, POOR

DAY = dt.date(2026, 11, 22)
FORMULAS = {"points": pmt.shipped_text(), "linear": json.dumps(DOCUMENT), "categorical": json.dumps(POOR)}


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    return survey_base.synthetic(households=320, seed=11, out=tmp_path_factory.mktemp("score") / "base")


def by_hand(kind: str, facts: dict[str, Any]) -> int | None:
    """The linear and the categorical formula of the tests, written out again."""
    if kind == "categorical":
        held = [facts["walls"] and facts["walls"] == "mud", facts["is_landless"], facts["rooms"] and facts["rooms"] < 2]
        return None if None in held else (3 - sum(map(bool, held))) * 1000 // 3
    size, walls, area = facts["household_size"], facts["walls"], facts["area_type"]
    if area == "rural":
        if walls is None:
            return None
        log = 8.0 + math.log(1.1) - 0.1 * size + 0.25 * (walls == "brick")
    elif area == "urban":
        log = 8.4 - 0.1 * size + 0.05 * (facts["fans"] or 0)
    else:
        if facts["rooms"] is None:
            return None
        log = 9.0 + 0.01 * facts["rooms"] ** 2
    steps = [(math.log(taka), score) for taka, score in DOCUMENT["scale"]]
    log = min(max(log, steps[0][0]), steps[-1][0])
    for (low, below), (high, above) in pairwise(steps):
        if log <= high:
            return math.floor(below + (log - low) * (above - below) / (high - low) + 0.5)
    return None


@pytest.mark.parametrize("kind", FORMULAS)
def test_the_nation_and_one_household_have_the_same_score(base: Path, kind: str) -> None:
    formula = pmt.Formula.parse(FORMULAS[kind])
    names = ["pmt_score", "ppi_score", "walls", "rooms", "fans", "area_type", "is_landless"]
    day = survey_base.snapshot.read_manifest(base).as_of
    rows = fact_table.households(base, names, on=day, formula=formula).to_pylist()
    assert len({row["pmt_score"] for row in rows}) > 3
    assert {row["pmt_score"] for row in rows} <= {None, *range(1001)}
    if kind != "points":
        assert [row["pmt_score"] for row in rows] == [by_hand(kind, row) for row in rows]
    for row in rows[:: len(rows) // 5]:
        found = scored(base, row["household_id"], formula)
        assert found is not None
        assert (found.score, found.points) == (row["pmt_score"], row["ppi_score"])
        assert (found.score is None) == bool(found.missing)
        if found.score is not None and kind == "points":
            assert sum(part.contribution or 0 for part in found.parts) == found.points
        if found.score is not None and kind == "categorical":
            assert 3 - sum(part.contribution or 0 for part in found.parts) == found.points
    assert scored(base, 10**15, formula) is None


@pytest.mark.parametrize("kind", FORMULAS)
def test_a_household_that_tells_its_facts_is_judged_by_the_formula_in_force(kind: str) -> None:
    """The Family Card reads pmt_score: told nothing but walls and rooms, each formula says what it misses."""
    formula = pmt.Formula.parse(FORMULAS[kind])
    card = [one for one in shipped.definitions() if one.code == "FAMCARD"]
    told: dict[str, Any] = {
        "area_type": "rural", "household_size": 9, "walls": "mud", "rooms": 1, "fans": 0, "homestead_decimals": 2.0,
        "cultivable_decimals": 0.0, "has_government_salary": False, "has_government_pension": False,
    }  # fmt: skip
    poor = {reason.id: reason for reason in answer(told, card, DAY, formula)[0].criteria}["poor"]
    if kind == "points":  # the scorecard asks for more than was told
        assert poor.holds is None
        assert {"has_television", "mobile_phones"} <= set(poor.missing)
        return
    assert poor.holds is True
    del told["walls"]
    again = {reason.id: reason for reason in answer(told, card, DAY, formula)[0].criteria}["poor"]
    assert (again.holds, again.missing) == (None, ("walls",))
