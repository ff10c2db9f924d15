"""A simulation whose people Spark has decided: the same result to the last digit."""

from __future__ import annotations

from pathlib import Path

import pytest

from shohay.bulk import pmt, sample
from shohay.bulk.engine import Engine
from shohay.bulk.simulation import simulate
from shohay.bulk.simulation_ground import areas_of
from shohay.cli.benches.simulation import scenarios
from shohay.policy import shipped
from tests.bulk.spark.conftest import DAY, make_odd

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    return make_odd(sample.write(folder / "told", 60_000, DAY, upazilas=20), folder / "odd")


def test_four_scenarios_give_the_same_figures(base: Path, spark: Engine) -> None:
    definitions = {definition.code: definition for definition in shipped.definitions()}
    upazilas = areas_of(base).upazilas
    given = {
        "scenarios": scenarios(definitions, upazilas), "definitions": definitions, "base": base,
        "formula": pmt.shipped(), "quotas": {(code, area): 9 for code in definitions for area in upazilas},
    }  # fmt: skip
    duck, other = (simulate(**given, engine=engine) for engine in (Engine(), spark))
    assert other == duck
    assert [path.name for path in base.parent.iterdir() if path.name.startswith("decided-")] == []
