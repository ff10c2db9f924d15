"""Indicators in bulk against their plain twin, the same bytes again, and the files for other systems."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shohay.bulk import results, results_export, results_inputs, snapshot
from shohay.bulk.results_inputs import Inputs
from shohay.policy.indicator_documents import shipped
from tests.naive import results as naive

AS_OF, YEARS = dt.date(2026, 11, 21), (2025, 2026)
PLACES = ["30261433", "30264710", "55490815", "55495217", "50413011"]
CODES = ["OAA", "DPA", "PESP", "MCBP", "VWB"]


def world(seed: int, homes: int = 40) -> naive.World:
    """A few households with everything that can be odd: nobody born yet, unknown sexes, strangers who are paid."""
    draw = random.Random(seed)

    def day(first: int, last: int) -> dt.date:
        return dt.date(first, 1, 1) + dt.timedelta(draw.randrange((last - first + 1) * 365))

    made: naive.World = {name: [] for name in (*results_inputs.SCHEMAS, "persons", "households", "areas", "sources")}
    for home in range(1, homes + 1):
        place = draw.choice(PLACES)
        row: dict[str, Any] = dict.fromkeys(snapshot.SCHEMAS["households"].names)
        row |= {"household_id": home, "area_code": place, "area_type": draw.choice(["rural", None]), "rooms": 2,
                "walls": "tin", "has_television": True, "mobile_phones": 1, "declared_programmes": [],
                "annual_income": draw.choice([None, 50_000, 90_000])}  # fmt: skip
        made["households"].append(row)
        if draw.random() < 0.8:
            made["sources"].append(
                {"household_id": home, "recorded_by": "x", "recorded_on": dt.date(2023, 1, 1) + dt.timedelta(draw.randrange(1400))}
            )  # fmt: skip
        if draw.random() < 0.9:
            score = draw.randrange(6) * 10
            made["welfare"].append({"household_id": home, "score": score, "likelihood": 900 - 10 * score})
        for line in range(1, draw.randrange(1, 6)):
            made["persons"].append(_person(draw, home, line, place, day))
    numbers = [row["person_id"] for row in made["persons"]]
    for number in [*draw.sample(numbers, len(numbers) // 2), 999_999]:
        _benefits(draw, made, number, day)
    _records(draw, made, numbers, day)
    _catalogue(draw, made)
    return made


def _records(draw: random.Random, made: naive.World, numbers: list[int], day: Any) -> None:
    """Applications, verified identities and complaints."""
    for number in draw.sample(numbers, len(numbers) // 3):
        made["applications"].append(
            {"person_id": number, "programme_code": draw.choice(CODES), "applied_on": day(2025, 2025),
             "decided_on": draw.choice([None, day(2026, 2026)]), "eligible": draw.random() < 0.6,
             "enrolled": draw.random() < 0.5}
        )  # fmt: skip
        made["verified"].append({"person_id": number})
    for _ in range(12):
        filed = day(2025, 2026)
        made["grievances"].append(
            {"programme_code": draw.choice(CODES), "area_code": draw.choice(PLACES), "filed_on": filed,
             "answered_on": draw.choice([None, filed + dt.timedelta(draw.randrange(25, 36))]),
             "appeal_decided_on": draw.choice([None, filed + dt.timedelta(60)]), "appeal_upheld": draw.random() < 0.5}
        )  # fmt: skip


def _person(draw: random.Random, home: int, line: int, place: str, day: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(snapshot.SCHEMAS["persons"].names)
    return row | {
        "person_id": home * 10 + line, "household_id": home, "area_code": place, "line_no": line, "relation": "other",
        "sex": draw.choice(["female", "male", "male", "hijra"]), "is_alive": draw.random() < 0.95,
        "birth_date": draw.choice([None, day(1935, 1966), day(1990, 2000), day(2010, 2026), dt.date(2012, 2, 29)]),
        "disability": draw.choice(["none", "none", "physical", "", None]), "is_duplicate": draw.random() < 0.05,
        "government_salary": draw.choice([None, False, True]), "government_pension": draw.choice([None, False, True]),
    }  # fmt: skip


def _benefits(draw: random.Random, made: naive.World, number: int, day: Any) -> None:
    for code in draw.sample(CODES, draw.randrange(1, 3)):
        made["enrolments"].append(
            {"person_id": number, "programme_code": code, "valid_from": day(2025, 2025),
             "valid_to": draw.choice([None, None, dt.date(2026, 6, 30), dt.date(2026, 7, 1)])}
        )  # fmt: skip
        for fy in YEARS:
            for month in range(draw.randrange(3)):
                end = dt.date(fy, 8 + month, 1)
                made["payments"].append(
                    {"person_id": number, "area_code": draw.choice(PLACES), "programme_code": code, "fy": fy,
                     "period_end": end, "amount_poisha": draw.randrange(1, 9) * 10_000,
                     "state": draw.choice(["paid", "paid", "returned", "due"]),
                     "settled_on": end + dt.timedelta(draw.randrange(12, 18)), "digital": draw.random() < 0.8,
                     "own": draw.random() < 0.5}
                )  # fmt: skip


def _catalogue(draw: random.Random, made: naive.World) -> None:
    for code in CODES:
        made["quotas"].append({"programme_code": code, "area_code": draw.choice(PLACES)[:6], "fy": 2026, "slots": 7})
        known = draw.random() < 0.6
        made["budget"].append(
            {"programme_code": code, "ministry_code": draw.choice(["MoSW", "MoWCA"]), "fy": 2025,
             "budget_poisha": draw.randrange(1, 9) * 10**13, "to_spend_poisha": 5 * 10**13 if known else None,
             "spent_poisha": 4 * 10**13 if known else None, "cash_or_food": True, "lifecycle": code != "VWB"}
        )  # fmt: skip
    made["exclusive"] = [{"one": "OAA", "other": "DPA"}, {"one": "DPA", "other": "OAA"}]
    made["areas"] = [
        {"area_code": code, "upazila_code": code[:6], "district_code": code[:4], "division_code": code[:2]}
        for code in PLACES
    ]


def written(made: naive.World, folder: Path) -> Inputs:
    """The world as the files that the computation reads."""
    snap, tables = folder / "snapshot", folder / "inputs"
    snap.mkdir(parents=True)
    for name in ("persons", "households", "areas", "sources"):
        table = pa.Table.from_pylist(made[name], schema=snapshot.SCHEMAS[name])
        pq.write_table(table, snapshot.table_path(snap, name))
    snapshot.write_manifest(snap, AS_OF)
    for name in results_inputs.SCHEMAS:
        if made[name]:
            results_inputs.write(tables, name, pa.Table.from_pylist(made[name], schema=results_inputs.SCHEMAS[name]))
    groups = {name: tuple(sorted(codes)) for name, codes in naive.GROUPS.items()}
    return Inputs(snap, tables, AS_OF, YEARS, groups)


def computed(inputs: Inputs, out: Path) -> results.Computed:
    return results.compute(inputs=inputs, indicators=shipped().computed, out=out)


@pytest.mark.parametrize("seed", range(3))
def test_every_count_is_that_of_the_plain_twin(tmp_path: Path, seed: int):
    made = world(seed)
    computed(written(made, tmp_path), tmp_path / "out")
    twin = {key: value for key, value in naive.counts(made, YEARS, AS_OF).items() if value}
    names = {key[0] for key in naive.counts(made, YEARS, AS_OF)}
    found = {
        (row["name"], int(row["fiscal_year"][:4]), row["area_code"], row["grp"]): row["value"]
        for row in results.table(tmp_path / "out", "counts").to_pylist()
        if row["value"] and row["name"] in names
    }
    assert found == twin
    assert len(names) >= 45


def test_formulas_over_the_counts_and_no_value_where_there_is_nothing(tmp_path: Path):
    computed(written(world(7), tmp_path), tmp_path / "out")
    counts = {
        (row["name"], row["fiscal_year"], row["area_code"], row["grp"]): row["value"]
        for row in results.table(tmp_path / "out", "counts").to_pylist()
    }
    rows = results.table(tmp_path / "out", "values").to_pylist()
    assert {row["state"] for row in rows} == {"value", "undefined"}
    for row in rows:
        one = shipped().indicators[row["code"]]
        of = {name: counts.get((name, row["fiscal_year"], row["area_code"], row["grp"]), 0) for name in one.counts}
        top, bottom = one.side("numerator").value(of), one.side("denominator").value(of)
        assert (row["numerator"], row["denominator"]) == (top, bottom), row
        assert row["value"] == (pytest.approx(one.value(top, bottom)) if bottom else None)
        assert (row["state"] == "undefined") == (bottom == 0)


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path):
    inputs = written(world(3), tmp_path)
    first, second = computed(inputs, tmp_path / "one"), computed(inputs, tmp_path / "two")
    assert first.sha256 == second.sha256
    assert first.values > 500


def test_a_source_that_is_absent_leaves_its_indicators_out(tmp_path: Path):
    made = world(5)
    for name in ("payments", "welfare", "quotas", "grievances"):
        made[name] = []
    computed(written(made, tmp_path), tmp_path / "out")
    codes = set(results.table(tmp_path / "out", "values")["code"].to_pylist())
    assert {"OC-01", "OC-09", "OP-01", "OP-09", "PB-01"} & codes == set()
    assert {"OP-02", "OP-05", "IN-06"} <= codes
    assert "OP-14" in codes  # nobody complained: that is a 0, where there are beneficiaries


# ------------------------------------------------------------------------------------------------------------- exports

PUBLISHED: dict[str, Any] = {
    "run": 4, "as_of": AS_OF, "sha256": "ab",
    "indicators": [{**one.model_dump(mode="json")} for one in shipped().indicators.values()],
    "values": [
        {"code": "OC-01", "fiscal_year": "2024-25", "area_code": "", "group": "", "value": 51.5, "status": "A", "source": "computed"},
        {"code": "OC-01", "fiscal_year": "2024-25", "area_code": "", "group": "sex:female", "value": 61.25, "status": "A", "source": "computed"},
        {"code": "OC-01", "fiscal_year": "2024-25", "area_code": "5549", "group": "", "value": None, "status": "Q", "source": "computed"},
        {"code": "OC-03", "fiscal_year": "2025-26", "area_code": "", "group": "", "value": 12.5, "status": "A", "source": "computed"},
        {"code": "PB-01", "fiscal_year": "2025-26", "area_code": "", "group": "programme:OAA", "value": 1800.25, "status": "A", "source": "computed"},
        {"code": "OC-02", "fiscal_year": "2025-26", "area_code": "", "group": "", "value": None, "status": "M", "source": "computed"},
    ],
}  # fmt: skip


def test_csv_comes_with_a_description_of_every_column(tmp_path: Path):
    data, description = results_export.write_csv(PUBLISHED, tmp_path)
    rows = list(csv.DictReader(data.open(encoding="utf-8")))
    assert [row["value"] for row in rows] == ["51.5", "61.25", "", "12.5", "1800.25", ""]
    told = json.loads(description.read_text(encoding="utf-8"))
    assert [column["name"] for column in told["tableSchema"]["columns"]] == list(rows[0])
    assert all(column["titles"]["bn"][0] for column in told["tableSchema"]["columns"])
    assert len(told["shohay:indicators"]) == 69


@pytest.mark.parametrize("write", ["write_sdmx_csv", "write_sdmx_ml"])
def test_sdmx_reads_back_as_it_was_written(tmp_path: Path, write: str):
    from pysdmx.io import read_sdmx

    data, structure = getattr(results_export, write)(PUBLISHED, tmp_path)[:2]
    (found,) = read_sdmx(data, validate=False).data
    rows = found.data.to_dict("records")
    assert [row["OBS_VALUE"] for row in rows] == ["51.5", "61.25", "", "12.5", "1800.25", ""]
    assert [row["REF_AREA"] for row in rows] == ["BD", "BD", "BD5549", "BD", "BD", "BD"]
    assert [row["SEX"] for row in rows] == ["_T", "F", "_T", "_T", "_T", "_T"]
    assert rows[4]["BREAKDOWN"] == "PROGRAMME_OAA"
    assert {row["TIME_PERIOD"] for row in rows} == {"2024-A1", "2025-A1"}
    assert "RESULTS" in str(found.structure)
    kinds = {type(part).__name__: part for part in read_sdmx(structure, validate=False).structures}
    definition = kinds["DataStructureDefinition"]
    assert {component.id for component in definition.components} == set(results_export.observations(PUBLISHED)[0])
    lists = {component.id: component for component in definition.components}
    assert lists["INDICATOR"].local_codes is not None or lists["INDICATOR"].local_enum_ref


def test_sdg_series_keep_to_the_codes_of_the_global_structure(tmp_path: Path):
    rows = results_export.sdg_rows(PUBLISHED)
    assert [(row["SERIES"], row["SEX"], row["TIME_PERIOD"]) for row in rows] == [
        ("SI_COV_BENFTS", "_T", "2025"), ("SI_COV_BENFTS", "F", "2025"), ("SI_COV_MATNL", "F", "2026"),
    ]  # fmt: skip
    assert {row["REF_AREA"] for row in rows} == {"50"}
    assert {row["UNIT_MEASURE"] for row in rows} == {"PT"}
