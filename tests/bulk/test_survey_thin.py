"""A survey with fewer clusters: its design and its weights stay, and the same is made again."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from shohay.bulk import snapshot, survey_base
from shohay.bulk.survey_thin import thinned

SEED = 11


def test_fewer_clusters_stand_for_the_same_people(tmp_path: Path) -> None:
    print("seed", SEED)
    base = survey_base.synthetic(households=1_600, seed=SEED, out=tmp_path / "base")
    made = thinned(base, 0.4, tmp_path / "samples")
    whole, part = survey_base.weights(base), survey_base.weights(made)
    assert 0.35 < part.num_rows / whole.num_rows < 0.75
    by = [("weight", "sum"), ("psu", "count_distinct")]
    before = {row["stratum"]: row for row in whole.group_by("stratum").aggregate(by).to_pylist()}
    for row in part.group_by("stratum").aggregate(by).to_pylist():
        was = before.pop(row["stratum"])
        assert abs(row["weight_sum"] / was["weight_sum"] - 1) < 1e-9
        assert row["psu_count_distinct"] >= min(2, was["psu_count_distinct"])
    assert before == {}
    members = pq.read_table(snapshot.table_path(made, "persons"), columns=["household_id"])["household_id"]
    assert pc.all(pc.is_in(members, value_set=part["household_id"].combine_chunks())).as_py()
    assert pc.count_distinct(members).as_py() <= part.num_rows
    again = thinned(base, 0.4, tmp_path / "elsewhere")
    assert snapshot.read_manifest(again).sha256 == snapshot.read_manifest(made).sha256
    assert thinned(base, 0.4, tmp_path / "samples") == made
