"""A household survey in the form of a snapshot: what rules are simulated on and poverty scores are trained on.

A survey base is a snapshot folder (households, persons, areas; perhaps held) with two files more:

- ``weights.parquet``, a row a household in the order of the ids: household_id, weight (DOUBLE: how many households of
  the country it stands for; people are weight x members), stratum, psu (texts), welfare (DOUBLE: taka a head and
  month; NULL = not known) and line (DOUBLE: the poverty line of its place; NULL = none);
- ``survey.json``: title, source, day, whether it is synthetic, what was found on reading.

``synthetic`` makes one of people who do not exist; ``bulk.survey_base_files.make`` one of real microdata.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shohay.bulk import fact_table, snapshot
from shohay.bulk.pmt import Formula
from shohay.bulk.survey_synth import HOUSEHOLDS, LINE, SPREAD
from shohay.bulk.synth import generate
from shohay.bulk.synth.areas import national_areas
from shohay.bulk.synth.homes import poverty_target
from shohay.core.messages import Refusal
from shohay.core.quotas import allocate

WEIGHTS, INFO = "weights", "survey.json"
EACH = 20  # households of a cluster, as HIES 2022: 720 clusters, 14,400 households
CAST_BELOW = 1_001  # ids of the named cast, who are no sample
NOISE = 0.12  # of log welfare that income does not tell; model assumption
SCHEMA = pa.schema([
    ("household_id", pa.int64()), ("weight", pa.float64()), ("stratum", pa.string()), ("psu", pa.string()),
    ("welfare", pa.float64()), ("line", pa.float64()),
])  # fmt: skip
Column = NDArray[Any]


def is_survey(where: Path) -> bool:
    """Whether the folder is a survey base (and not a snapshot of the registry)."""
    return (where / INFO).exists() and snapshot.has(where, WEIGHTS)


def info(where: Path) -> dict[str, Any]:
    """survey.json; raises Refusal('survey_base_missing')."""
    if not is_survey(where):
        raise Refusal("survey_base_missing", path=where.name)
    return dict(json.loads((where / INFO).read_text(encoding="utf-8")))


def weights(where: Path) -> pa.Table:
    """The weights with their design, in the order of the ids."""
    info(where)
    return pq.read_table(snapshot.table_path(where, WEIGHTS))


def table(base: Path, names: Sequence[str], *, on: dt.date | None = None, formula: Formula | None = None) -> pa.Table:
    """The weights beside the household and area facts ``names``: what a poverty score is trained from.

    Columns: those of weights.parquet, area_code, household_size, ``names``. Ages are counted on ``on``, else on the day
    of the survey. Households in which nobody lives are left out.
    """
    design = weights(base)
    day = on or snapshot.read_manifest(base).as_of
    found = fact_table.households(base, list(names), on=day, formula=formula)
    at = pc.index_in(found["household_id"], value_set=design["household_id"].combine_chunks())
    for name in SCHEMA.names[1:]:
        found = found.append_column(name, design[name].combine_chunks().take(at.combine_chunks()))
    kept = pc.and_(pc.is_valid(found["weight"]), pc.greater(found["household_size"], 0))
    wanted = list(dict.fromkeys([*SCHEMA.names, "area_code", "household_size", *names]))
    return found.filter(kept).select(wanted)


def write_info(where: Path, told: dict[str, Any]) -> None:
    """Write survey.json, keys in order."""
    (where / INFO).write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


# ------------------------------------------------------------------------------------------------------ synthetic


def synthetic(*, households: int = 14_400, seed: int = 2022, out: Path, as_of: dt.date = dt.date(2022, 7, 1)) -> Path:
    """Write a survey base of people who do not exist into ``out``; the same arguments give the same bytes.

    Two stages, as HIES 2022 (720 clusters x 20 households): strata are division x (villages, towns), clusters unions
    or wards in proportion to their households, then EACH households. Welfare follows income, which goes with assets;
    in each stratum so many people live below the line as the HIES 2022 rates of the division say.
    """
    places, stratum, count, stands_for = _clusters(max(16, households // EACH), seed)
    with tempfile.TemporaryDirectory(prefix="shohay-survey-") as scratch:
        made = generate(
            households=int(count.sum()) * EACH, seed=seed,
            areas=pa.table({"area_code": places, "weight": count.astype(float)}), out=Path(scratch), form="snapshot",
            as_of=as_of, bad_rows=False, workers=1,
        )  # fmt: skip
        _copy(made.paths["snapshot"], made.truth_path, out)
    homes = pq.read_table(snapshot.table_path(out, "households"))
    members = pq.read_table(snapshot.table_path(out, "persons"), columns=["household_id"])
    size = _sizes(homes["household_id"].to_numpy(), members["household_id"].to_numpy())
    at = np.searchsorted(places, np.array(homes["area_code"].to_pylist()))
    weight = np.round(stands_for[at], 3)
    welfare = _welfare(homes, size, stratum[at], weight, np.random.Generator(np.random.PCG64(seed)))
    pq.write_table(_weights(homes, places[at], stratum[at], weight, welfare), snapshot.table_path(out, WEIGHTS))
    snapshot.write_manifest(out, as_of)
    write_info(out, {
        "title": {"bn": "নমুনা খানা জরিপ (কৃত্রিম তথ্য)", "en": "Example household survey (synthetic data)"},
        "source": f"shohay survey-base synthetic, seed {seed}", "synthetic": True, "collected_on": as_of.isoformat(),
        "weight_of": "household", "findings": {},
    })  # fmt: skip
    return out


def _clusters(number: int, seed: int) -> tuple[Column, Column, Column, Column]:
    """The unions drawn, in the order of their codes: code, stratum, how many clusters, weight of a household there."""
    areas = national_areas()
    strata = areas.division.astype(np.int64) * 2 + (areas.kind > 0)
    total = np.bincount(strata, weights=areas.weights, minlength=16)
    shares = allocate(number - 16, {f"{i:02d}": int(value) for i, value in enumerate(total)})
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = np.zeros(len(areas), np.int64)
    for stratum in range(16):
        inside = np.flatnonzero(strata == stratum)
        wanted = shares[f"{stratum:02d}"] + 1
        step = areas.weights[inside].sum() / wanted
        places = np.searchsorted(
            np.cumsum(areas.weights[inside]), rng.random() * step + step * np.arange(wanted), side="right"
        )
        drawn[inside] += np.bincount(np.minimum(places, len(inside) - 1), minlength=len(inside))
    taken = np.flatnonzero(drawn)
    clusters = np.bincount(strata, weights=drawn, minlength=16)
    stands_for = total / total.sum() * HOUSEHOLDS / (clusters * EACH)
    return areas.codes[taken], strata[taken], drawn[taken], stands_for[strata[taken]]


def _copy(made: Path, truth: Path, out: Path) -> None:
    """The snapshot without the named cast, second registrations and invented people: interviewers meet real people."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    planted = pq.read_table(truth, columns=["kind", "person_id"])
    false = planted.filter(pc.is_in(planted["kind"], pa.array(["duplicate", "ghost"])))["person_id"].combine_chunks()
    for name in ("households", "persons", "held"):
        rows = pq.read_table(snapshot.table_path(made, name))
        rows = rows.filter(pc.greater_equal(rows["household_id"], CAST_BELOW))
        if "person_id" in rows.column_names:
            rows = rows.filter(pc.invert(pc.is_in(rows["person_id"], value_set=false)))
        if name == "persons":  # the dead are not in a survey
            alive = pa.array(np.ones(rows.num_rows, bool))
            rows = rows.set_column(rows.schema.get_field_index("is_alive"), "is_alive", alive)
        pq.write_table(rows, snapshot.table_path(out, name), compression="zstd", row_group_size=snapshot.ROW_GROUP)
    lived_in = pq.read_table(snapshot.table_path(out, "households"), columns=["area_code"])["area_code"].unique()
    areas = pq.read_table(snapshot.table_path(made, "areas"))
    pq.write_table(areas.filter(pc.is_in(areas["area_code"], lived_in)), snapshot.table_path(out, "areas"))


def _sizes(homes: Column, members: Column) -> Column:
    return np.bincount(np.searchsorted(homes, members), minlength=len(homes)).astype(float)


def _welfare(homes: pa.Table, size: Column, stratum: Column, weight: Column, rng: np.random.Generator) -> Column:
    """Taka a head and month: rises with income a head; in each stratum the published share lives below LINE."""
    income = homes["annual_income"].to_numpy(zero_copy_only=False).astype(float)
    income = np.where(np.isnan(income), np.nanmedian(income), income)
    rough = (np.maximum(income, 6_000) / np.maximum(size, 1)) ** SPREAD * np.exp(rng.normal(0, NOISE, len(size)))
    welfare = np.zeros(len(size))
    for one in np.unique(stratum):
        inside = np.flatnonzero(stratum == one)
        order = inside[np.argsort(rough[inside], kind="stable")]
        reached = np.cumsum((weight * size)[order]) / (weight * size)[order].sum()
        limit = rough[order][
            min(np.searchsorted(reached, poverty_target(int(one) // 2, bool(one % 2))), len(order) - 1)
        ]
        welfare[inside] = LINE * rough[inside] / limit
    return np.round(welfare, 2)


def _weights(homes: pa.Table, place: Column, stratum: Column, weight: Column, welfare: Column) -> pa.Table:
    """weights.parquet; the EACH households of a union that follow each other are a cluster."""
    starts = np.flatnonzero(np.append(True, place[1:] != place[:-1]))
    within = np.arange(len(place)) - np.repeat(starts, np.diff(np.append(starts, len(place))))
    kind = np.where(stratum % 2 == 1, "town", "village")
    psu = [f"{code}-{number}" for code, number in zip(place.tolist(), (within // EACH).tolist(), strict=True)]
    return pa.table(
        [homes["household_id"].combine_chunks(), pa.array(weight),
         pa.array([f"{code[:2]}-{what}" for code, what in zip(place.tolist(), kind.tolist(), strict=True)]),
         pa.array(psu), pa.array(welfare), pa.array(np.full(len(place), LINE))],
        schema=SCHEMA,
    )  # fmt: skip
