"""Simulation: the fast code against the naive twin, and what is true of every result."""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shohay.bulk import pmt, sample, simulation_projection, survey_base
from shohay.bulk.engine import Engine
from shohay.bulk.simulation import simulate
from shohay.core.messages import Refusal
from shohay.core.scenario import Scenario
from shohay.policy import shipped
from tests.naive import simulation as naive

DAY = dt.date(2026, 11, 21)
PERSONS = 1_200
DEFINITIONS = {definition.code: definition for definition in shipped.definitions()}
FORMULA = pmt.shipped()
CODES = ("DPA", "FFP", "OAA", "VWB", "WDA")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few upazilas of people who do not exist, in no need of resembling anybody."""
    return sample.write(tmp_path_factory.mktemp("registry") / "snapshot", PERSONS, DAY, upazilas=4)


@pytest.fixture(scope="module")
def survey(registry: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same people as a survey: uneven weights, welfare of some not known."""
    out = tmp_path_factory.mktemp("survey") / "base"
    out.mkdir()
    for path in registry.glob("*"):
        if path.is_file():
            (out / path.name).write_bytes(path.read_bytes())
    homes = pq.read_table(out / "households.parquet", columns=["household_id"])["household_id"].to_numpy()
    rng = np.random.Generator(np.random.PCG64(5))
    welfare = np.round(np.exp(rng.normal(8.6, 0.6, len(homes))), 2)
    pq.write_table(pa.table({
        "household_id": homes, "weight": rng.integers(1, 9, len(homes)) / 2, "stratum": [f"s{i % 3}" for i in homes],
        "psu": [f"c{i % 3}-{i % 11}" for i in homes], "welfare": pa.array(welfare, mask=homes % 17 == 0),
        "line": np.full(len(homes), 3822.0),
    }, schema=survey_base.SCHEMA), out / "weights.parquet")  # fmt: skip
    survey_base.write_info(out, {"title": {"bn": "ক", "en": "a"}, "source": "test", "synthetic": True})
    return out


def tables_of(where: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        name: pq.read_table(where / f"{name}.parquet").to_pylist()
        for name in ("households", "persons", "held", "areas")
    }


def scenario(programmes: list[dict[str, Any]], **more: Any) -> Scenario:
    whole = {"format": 1, "title": {"bn": "ক", "en": "a"}, "on": DAY.isoformat(), "years": 1, "programmes": programmes}
    return Scenario.parse(json.dumps({**whole, **more}))


def run(where: Path, *scenarios: Scenario, **more: Any) -> Any:
    return simulate(scenarios=scenarios, definitions=DEFINITIONS, base=where, formula=FORMULA, **more)


def near(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return math.isclose(found, wanted, rel_tol=1e-7, abs_tol=1e-9)


def figure(one: Any, measure: str, programme: str = "", by: str = "", group: str = "") -> Any:
    return next((
        row["value"] for row in one["measures"]
        if (row["measure"], row["programme"], row["by"], row["group"]) == (measure, programme, by, group)
    ), None)  # fmt: skip


choice_of = st.fixed_dictionaries(
    {"code": st.sampled_from(CODES)},
    optional={"change": st.fixed_dictionaries({"quota": st.sampled_from(["none", "allocation"])})},
)
scenarios_of = st.builds(
    lambda entries, age, rate, share, take_up: scenario(
        [
            {"code": "OAA", "change": {"parameters": {"age_men": age, "age_women": age, "rate": rate, "income_ceiling": 40_000},
                                       "quota": {"women_share_at_least": share}}},
            *entries,
        ], take_up=take_up, administration=0.05,
    ),
    st.lists(choice_of, max_size=3, unique_by=lambda entry: entry["code"]).map(
        lambda entries: [entry for entry in entries if entry["code"] != "OAA"]
    ),
    st.integers(40, 70), st.integers(100, 2000), st.sampled_from([0.0, 0.3, 0.5, 1.0]), st.sampled_from([1.0, 0.6]),
)  # fmt: skip


@pytest.mark.parametrize("weighted", [False, True])
def test_as_the_naive_twin_says(weighted: bool, registry: Path, survey: Path) -> None:
    where, tables = (survey, tables_of(survey)) if weighted else (registry, tables_of(registry))
    areas = sorted({row["area_code"][:6] for row in tables["areas"]})
    weights = {}
    if weighted:
        weights = {row["household_id"]: row for row in pq.read_table(survey / "weights.parquet").to_pylist()}

    # no shrinking: each example is a simulation, and the seed of a failure is printed
    @settings(
        max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )  # fmt: skip
    @given(one=scenarios_of, slots=st.lists(st.integers(0, 12), min_size=4, max_size=4), seed=st.integers(0, 99))
    def agrees(one: Scenario, slots: list[int], seed: int) -> None:
        quotas = {("OAA", area): count for area, count in zip(areas, slots, strict=False)}
        quotas |= {("FFP", area): count for area, count in zip(areas, slots, strict=False)}
        found = run(where, one, quotas=quotas, seed=seed)
        compare(found["scenarios"][0], one, naive.homes_of(tables, DAY, weights), quotas, seed, weighted)

    agrees()


def compare(
    found: Any, one: Scenario, homes: list[naive.Home], quotas: dict[tuple[str, str], int], seed: int, weighted: bool
) -> None:
    """Every figure of the fast result against the loops."""
    choices = list(one.choices(DEFINITIONS))
    told = naive.take(homes, one, choices, quotas, seed, 2 if weighted else 6, DAY)
    line = 3822.0 if weighted else naive.line_of(homes, 0.187)
    for row in found["programmes"]:
        wanted = told[row["code"]]
        assert row["eligible"] == round(sum(c.home.weight for c in wanted["eligible"])), row["code"]
        assert row["asking"] == round(sum(c.home.weight for c in wanted["asking"]))
        assert row["caseload"] == round(wanted["caseload"]), row["code"]
        assert row["transfers"] == round(wanted["transfers"])
        assert row["people"] == round(sum(home.people for home in homes if row["code"] in home.on))
    for name, suffix in (("_before", False), ("", True)):
        for measure, value in naive.poverty_of(homes, line, after=suffix).items():
            assert near(figure(found, f"{measure}{name}"), value), (measure, name)
    reached = [home for home in homes if home.on]
    poor = [home for home in homes if home.welfare is not None and home.people and home.welfare < line]
    everyone = sum(home.people for home in homes)
    assert near(figure(found, "coverage"), sum(home.people for home in reached) / everyone)
    missed = sum(home.people for home in poor if not home.on)
    assert near(figure(found, "exclusion"), missed / sum(home.people for home in poor))
    asked = {id(c.home) for of_ in told.values() for c in of_["eligible"]}
    entitled = [home for home in poor if id(home) in asked]
    if entitled:
        left = sum(home.people for home in entitled if not home.on)
        assert near(figure(found, "left_out"), left / sum(home.people for home in entitled))
    by_decile(found, homes)
    by_sex(found, told, poor, homes)
    by_area(found, told)


def by_decile(found: Any, homes: list[naive.Home]) -> None:
    deciles = naive.deciles_of(homes)
    for row in (row for row in found["deciles"] if not row["programme"]):
        here = [home for home in homes if deciles.get(home.row["household_id"]) == row["decile"]]
        assert row["people"] == round(sum(home.people for home in here))
        assert row["reached"] == round(sum(home.people for home in here if home.on))
        assert row["transfers"] == round(sum(home.got * home.weight for home in here))


def by_sex(found: Any, told: dict[str, Any], poor: list[naive.Home], homes: list[naive.Home]) -> None:
    """Fairness: of women among the poor, of the eligible poor women, and of households headed by women."""

    def women(of: list[naive.Home]) -> float:
        return sum(
            home.weight for home in of for row in home.members
            if row["sex"] == "female" and row["is_alive"] is not False and not row["is_duplicate"]
        )  # fmt: skip

    if total := women(poor):
        assert near(figure(found, "exclusion", by="sex", group="female"), women([h for h in poor if not h.on]) / total)
    ids = {id(home) for home in poor}
    eligible, taken = (
        sum(c.home.weight for c in told["OAA"][name] if id(c.home) in ids and c.person["sex"] == "female")
        for name in ("eligible", "taken")
    )
    if eligible:
        assert near(figure(found, "left_out", "OAA", "sex", "female"), (eligible - taken) / eligible)
    headed = [home for home in homes if home.facts["head_sex"] == "female"]
    part = sum(home.people for home in headed if home.on) / sum(home.people for home in headed)
    assert near(figure(found, "coverage", by="head_sex", group="female"), part)


def by_area(found: Any, told: dict[str, Any]) -> None:
    for row in found["areas"]:
        for code, (caseload, _) in row["programmes"].items():
            here = [c for c in told[code]["taken"] if c.home.row["area_code"].startswith(row["area_code"])]
            assert caseload == np.rint(sum(c.home.weight for c in here))


# --------------------------------------------------------------------------------------------------- of every result


@pytest.fixture(scope="module")
def compared(registry: Path) -> Any:
    """Today, an older age, more money, and a list of upazilas with everyone, side by side."""
    listed = sorted({row["area_code"][:6] for row in tables_of(registry)["areas"]})
    programmes = [{"code": "WDA"}, {"code": "FFP"}]
    change = [
        {"parameters": {"age_men": 50, "age_women": 50}},
        {"parameters": {"rate": 1000}},
        {"universal_in": [*listed[:2], "999999"]},
    ]
    return run(
        registry, scenario([{"code": "OAA"}, *programmes]),
        *(scenario([{"code": "OAA", "change": one}, *programmes]) for one in change),
        quotas={("OAA", area): 2 for area in listed} | {("FFP", area): 10**6 for area in listed},
    )  # fmt: skip


def of(result: Any, number: int, code: str = "OAA") -> Any:
    return next(row for row in result["scenarios"][number]["programmes"] if row["code"] == code)


def codes(one: Any) -> set[tuple[str, str]]:
    return {(row["code"], row["params"].get("programme", "")) for row in one["warnings"]}


def test_more_money_changes_the_cost_and_nobodys_place(compared: Any) -> None:
    assert of(compared, 2)["caseload"] == of(compared, 0)["caseload"]
    assert of(compared, 2)["average"] == 1000 * 12 * 100
    won = compared["scenarios"][2]["winners"][0]
    assert won["winners"] == of(compared, 0)["people"]
    assert (won["losers"], won["gain"]) == (0, of(compared, 2)["transfers"] - of(compared, 0)["transfers"])
    difference = next(
        row for row in compared["compare"] if (row["scenario"], row["measure"], row["programme"]) == (2, "cost", "OAA")
    )
    assert difference["difference"] == of(compared, 2)["cost"] - of(compared, 0)["cost"]


def test_a_younger_age_with_the_same_places_takes_no_more(compared: Any) -> None:
    assert of(compared, 1)["eligible"] > of(compared, 0)["eligible"]
    assert of(compared, 0)["caseload"] <= of(compared, 1)["caseload"] <= of(compared, 1)["quota"]


def test_listed_upazilas_take_everyone_who_asks(compared: Any) -> None:
    assert of(compared, 0)["quota"] < of(compared, 3)["caseload"] < of(compared, 3)["asking"]
    assert ("unknown_area", "") in codes(compared["scenarios"][3])


def test_a_quota_larger_than_the_eligible_is_warned_of(compared: Any) -> None:
    assert ("quota_over_eligible", "FFP") in codes(compared["scenarios"][0])
    assert ("no_quota", "WDA") in codes(compared["scenarios"][0])


def test_areas_add_up_to_the_totals(compared: Any) -> None:
    for one in compared["scenarios"]:
        for level in ("division", "district", "upazila"):
            rows = [row for row in one["areas"] if row["level"] == level]
            assert sum(row["caseload"] for row in rows) == one["totals"]["caseload"]
            assert sum(row["people"] for row in rows) == one["totals"]["population"]


def test_overlap_counts_what_is_held_besides(compared: Any) -> None:
    rows = {(row["a"], row["b"]): row for row in compared["scenarios"][0]["overlap"]}
    assert rows["OAA", "OAA"]["people"] == of(compared, 0)["people"]
    assert rows["OAA", "WDA"]["same_person"] == 0  # they forbid each other
    assert any(row["held"] and row["b"] == "VWB" for row in rows.values())


def test_the_same_input_gives_the_same_bytes_whatever_the_workers(registry: Path, compared: Any) -> None:
    one, quotas = scenario([{"code": "OAA"}, {"code": "FFP"}]), {("OAA", "100000"): 3}
    texts = {json.dumps(run(registry, one, quotas=quotas, engine=Engine(workers=n)), sort_keys=True) for n in (1, 2)}
    assert len(texts) == 1


def test_a_sample_stands_for_the_whole(registry: Path, tmp_path: Path) -> None:
    one = scenario([{"code": "FFP"}])
    whole, part = run(registry, one), run(registry, one, sample=0.5, cache=tmp_path)
    people = whole["base"]["weighted_households"]
    assert part["base"]["weighted_households"] == people
    assert part["base"]["households"] < people
    assert part["base"]["sha256"] == whole["base"]["sha256"]
    assert {row["code"] for row in part["scenarios"][0]["warnings"]} >= {"sample"}
    made = sorted(tmp_path.iterdir())
    again = run(registry, one, sample=0.5, cache=tmp_path)
    assert (again, sorted(tmp_path.iterdir())) == (part, made)


def test_rules_that_say_nothing_are_warned_of(registry: Path) -> None:
    change = {"criteria": {"age": "coalesce(age, 0) >= 0", "resident": "age < 0"}}
    one = run(registry, scenario([{"code": "OAA", "change": change}]))["scenarios"][0]
    assert {("true_for_everyone", "OAA"), ("true_for_no_one", "OAA"), ("nobody_eligible", "OAA")} <= codes(one)


def test_five_scenarios_are_refused(registry: Path) -> None:
    with pytest.raises(Refusal) as refused:
        run(registry, *[scenario([{"code": "OAA"}])] * 5)
    assert refused.value.code == "scenario_too_many"


def test_the_life_table_has_the_published_life_expectancy() -> None:
    lives = simulation_projection.survival()
    alive = np.concatenate([[1.0], np.cumprod(lives[:100, 0])])
    assert abs((alive[:-1] + alive[1:]).sum() / 2 - 70.8) < 0.01
    assert 1 - lives[:5, 1].prod() == pytest.approx(0.033)


def test_people_grow_older_and_die() -> None:
    now = np.zeros((simulation_projection.AGES, simulation_projection.SEXES))
    now[60, 0], now[0, 1] = 1000, 50
    later = simulation_projection.older(now)
    assert 950 < later[61, 0] < 1000
    assert later[60, 0] == 0
    assert later[0, 1] == 50  # as many infants as now
    assert later.sum() < now.sum() + 50


def test_the_projection_begins_with_the_year_itself(compared: Any) -> None:
    for one in compared["scenarios"]:
        first, second = one["projection"]
        assert (first["caseload"], first["population"]) == (one["totals"]["caseload"], one["totals"]["population"])
        assert abs(first["cost"] - one["totals"]["cost"]) <= len(one["programmes"])
        assert second["year"] == "2027-28"


def test_welfare_is_what_is_known_best(registry: Path, survey: Path) -> None:
    one = scenario([{"code": "OAA"}])
    assert run(registry, one)["base"]["welfare"] == "income"
    assert run(registry, one)["base"]["line"]["kind"] == "share"
    assert run(survey, one)["base"]["welfare"] == "survey"
    linear = pmt.Formula.parse(json.dumps({
        "code": "test_pmt", "title": {"bn": "ক", "en": "a"}, "source": "a test", "kind": "linear",
        "scale": [[1000, 0], [16000, 1000]], "models": [{
            "name": "all", "text": {"bn": "সব", "en": "all"}, "intercept": 8.5,
            "terms": [{"text": {"bn": "সদস্য", "en": "Members"}, "value": "household_size", "coefficient": -0.2}],
        }],
    }))  # fmt: skip
    told = simulate(scenarios=[one], definitions=DEFINITIONS, base=registry, formula=linear)
    assert (told["base"]["welfare"], told["base"]["formula"]) == ("formula", "test_pmt")
    poorest = math.exp(8.5 - 0.2 * 7)  # the largest households are poorest: seven of them in 28 people, a quarter
    assert told["base"]["line"]["value"] == pytest.approx(poorest, rel=1e-6)
    given_ = run(survey, scenario([{"code": "OAA"}], line=5000))["base"]["line"]
    assert (given_["kind"], given_["value"]) == ("given", 5000)


def test_hard_to_reach_and_minority_areas_are_told_where_they_are_known(registry: Path, tmp_path: Path) -> None:
    where = tmp_path / "snapshot"
    where.mkdir()
    for path in registry.glob("*"):
        if path.is_file():
            (where / path.name).write_bytes(path.read_bytes())
    areas = pq.read_table(where / "areas.parquet")
    for name in ("is_hard_to_reach", "ethnic_minority_share", "poverty_rate"):
        if name in areas.column_names:
            areas = areas.drop_columns([name])
    answers = [[True, False, None][place % 3] for place in range(areas.num_rows)]
    shares = [[30.0, 3.0, None][place % 3] for place in range(areas.num_rows)]
    areas = areas.append_column("is_hard_to_reach", pa.array(answers))
    pq.write_table(areas.append_column("ethnic_minority_share", pa.array(shares)), where / "areas.parquet")
    one = run(where, scenario([{"code": "FFP"}]))
    rows = one["scenarios"][0]["measures"]
    for by in ("hard_to_reach", "minority_area"):
        found = {
            row["group"]: row["people"]
            for row in rows
            if (row["measure"], row["by"], row["programme"]) == ("coverage", by, "")
        }
        assert set(found) == {"yes", "no", "not_known"}
        assert sum(found.values()) == one["base"]["weighted_people"]
    assert one["base"]["not_known"] == []
    assert ("no_poverty_figure", "") in codes(one["scenarios"][0])
    assert "hard_to_reach" in run(registry, scenario([{"code": "FFP"}]))["base"]["not_known"]


def test_a_group_left_out_far_more_often_is_flagged(registry: Path) -> None:
    grown = {"criteria": {"age": "age >= 20", "income": None}, "compatible": {"default": "allowed", "with": {}}}
    one = run(registry, scenario([{"code": "OAA", "change": grown}]),
              quotas={("OAA", area): 80 for area in {row["area_code"][:6] for row in tables_of(registry)["areas"]}})  # fmt: skip
    rows = [row for row in one["scenarios"][0]["measures"] if row["measure"] == "left_out" and row["by"] == "age"]
    flagged = {row["group"] for row in rows if row["flag"] == "unfair"}
    assert "18-35" in flagged  # the oldest come first
    for row in rows:
        assert (row["flag"] == "unfair") == (row["people"] >= 5 and row["ratio"] > 1.25)
    assert ("unfair", "OAA") in codes(one["scenarios"][0])
