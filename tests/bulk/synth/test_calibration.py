"""A drawn population has the census's people and the surveys' poverty. Tolerances stand beside each target.

The planted rows (ghosts, second registrations, moved birth dates) are wrong on purpose and left out where people are
counted; households are all counted.
"""

from __future__ import annotations

import duckdb
import pytest

from shohay.bulk.pmt import shipped
from shohay.bulk.synth.homes import poverty_target
from shohay.bulk.synth.raking import age_targets
from shohay.bulk.synth.tables import district_column, district_rows, divisions, national, rows

REAL = "coalesce(planted, '') not in ('duplicate', 'ghost', 'wrong_age')"


def shares(
    engine: duckdb.DuckDBPyConnection, value: str, where: str = "true", by: str = "division"
) -> dict[str, float]:
    """Percent of the real people for whom ``value`` holds, by division or district code."""
    digits = {"division": 2, "district": 4}[by]
    found = engine.execute(
        f"select area_code[1:{digits}] as place, 100.0 * avg(({value})::int) from persons"
        f" where {REAL} and {where} group by place order by place"
    ).fetchall()
    return dict(found)


def national_share(engine: duckdb.DuckDBPyConnection, value: str, where: str = "true") -> float:
    return engine.execute(f"select 100.0 * avg(({value})::int) from persons where {REAL} and {where}").fetchone()[0]


def test_sexes_and_widowhood_are_the_census_s(of_nation: duckdb.DuckDBPyConnection) -> None:
    assert national_share(of_nation, "sex = 'male'") == pytest.approx(national("male_pct"), abs=0.3)
    widowed = national_share(of_nation, "marital_status = 'widowed'", "sex = 'female' and age >= 10")
    assert widowed == pytest.approx(national("widowed_women_pct"), abs=0.3)
    by_division = shares(of_nation, "marital_status = 'widowed'", "sex = 'female' and age >= 10")
    assert len(by_division) == 8
    assert all(abs(share - national("widowed_women_pct")) < 1.1 for share in by_division.values()), by_division


def test_ages_follow_the_division(of_nation: duckdb.DuckDBPyConnection) -> None:
    found = of_nation.execute(f"""
        select area_code[1:2], least(age // 5, 16)::int, 100.0 * count(*) / sum(count(*)) over (partition by area_code[1:2])
        from persons where {REAL} and age is not null group by 1, 2""").fetchall()
    share = {(division, group): percent for division, group, percent in found}
    assert len(share) == 8 * 17
    for number, row in enumerate(divisions()):
        target = age_targets(number).sum(axis=1) * 100
        mine = [share[row["division_code"], group] for group in range(17)]
        assert mine == pytest.approx(target.tolist(), abs=0.9), row["division"]
        assert sum(mine[:3]) == pytest.approx(float(row["age_0_14_pct"]), abs=0.9), row["division"]
        assert sum(mine[13:]) == pytest.approx(float(row["age_65_pct"]), abs=0.7), row["division"]


def test_sexes_of_each_age_are_the_assumed_ones(of_nation: duckdb.DuckDBPyConnection) -> None:
    found = of_nation.execute(f"""
        select least(age // 5, 16)::int as five, 100.0 * avg((sex = 'male')::int) from persons
        where {REAL} and age is not null group by five order by five""").fetchall()
    for (_, percent), row in zip(found, rows("age_sex"), strict=True):
        assert percent == pytest.approx(float(row["male_pct"]), abs=2.5), row["age_from"]


def test_disability_is_that_of_each_sex(of_nation: duckdb.DuckDBPyConnection) -> None:
    for sex in ("male", "female"):
        found = national_share(of_nation, "disability <> 'none'", f"sex = '{sex}'")
        assert found == pytest.approx(national(f"disability_{sex}_pct"), abs=0.1)


def test_households_have_their_size_and_heads(of_nation: duckdb.DuckDBPyConnection) -> None:
    found = of_nation.execute(
        f"select area_code[1:2], count(*) / count(distinct household_id), 100.0 * avg((sex = 'female')::int)"
        f" filter (relation = 'head') from persons where {REAL} or planted = 'wrong_age' group by 1 order by 1"
    ).fetchall()
    for row, (_, size, women) in zip(divisions(), found, strict=True):
        assert size == pytest.approx(float(row["household_size"]), abs=0.06), row["division"]
        assert women == pytest.approx(national("female_headed_pct"), abs=1.2), row["division"]


def test_every_district_has_its_share_of_people_and_towns(of_nation: duckdb.DuckDBPyConnection) -> None:
    people = district_column("population")
    urban = district_column("urban_pct") / 100
    found = of_nation.execute(
        "select area_code[1:4], count(*), avg((area_type <> 'rural')::int) from households_ group by 1 order by 1"
    ).fetchall()
    persons = dict(
        of_nation.execute(f"select area_code[1:4], count(*) from persons where {REAL} group by 1").fetchall()
    )
    everybody = sum(persons.values())
    for number, (row, (code, homes, towns)) in enumerate(zip(district_rows(), found, strict=True)):
        assert code == row["district_code"]
        wanted = people[number] / people.sum() * everybody
        assert persons[code] == pytest.approx(wanted, rel=0.02 + 2.5 / homes**0.5), row["district"]  # five deviations
        noise = 5 * (urban[number] * (1 - urban[number]) / homes) ** 0.5
        assert towns == pytest.approx(urban[number], abs=0.01 + noise), row["district"]


def poverty(engine: duckdb.DuckDBPyConnection, where: str) -> float:
    """Person-weighted mean of the published likelihoods of the PPI 2013 scores, percent."""
    facts = [
        "rooms",
        "walls",
        "has_television",
        "fans",
        "mobile_phones",
        "has_vehicle",
        "has_daily_labourer",
        "cultivable_decimals",
    ]
    counted = ["members_under_13", "members_6_to_12", "members_6_to_12_in_school"]
    formula = shipped()
    points = formula.sql({name: name for name in (*facts, *counted)})
    return engine.execute(f"""
        with counted as (
          select household_id, count(*) as people, count(*) filter (age <= 12) as members_under_13,
            count(*) filter (age between 6 and 12) as members_6_to_12,
            count(*) filter (age between 6 and 12 and school_level <> 'none') as members_6_to_12_in_school
          from persons group by household_id),
        scored as (select people, {points} as points from households_ join counted using (household_id) where {where})
        select sum(people * {formula.likelihood_sql("points")}) / sum(people) from scored where points is not null
    """).fetchone()[0]


def test_scores_reproduce_the_poverty_of_each_division(of_nation: duckdb.DuckDBPyConnection) -> None:
    for row in divisions():
        found = poverty(of_nation, f"area_code[1:2] = '{row['division_code']}'")
        assert found == pytest.approx(float(row["poverty_upper_pct"]), abs=1.0), row["division"]


def test_villages_are_poorer_than_towns(of_nation: duckdb.DuckDBPyConnection) -> None:
    for number, row in enumerate(divisions()):
        for town, condition in ((False, "area_type = 'rural'"), (True, "area_type <> 'rural'")):
            found = poverty(of_nation, f"area_code[1:2] = '{row['division_code']}' and {condition}")
            assert found == pytest.approx(poverty_target(number, town) * 100, abs=2.2), (row["division"], town)


def test_some_answers_are_missing_but_few(of_nation: duckdb.DuckDBPyConnection) -> None:
    for column in ("rooms", "walls", "has_television", "annual_income", "cultivable_decimals"):
        missing = of_nation.execute(f"select avg(({column} is null)::int) from households_").fetchone()[0]
        assert 0.001 < missing < 0.006, column
    for column in ("birth_date", "annual_income", "government_pension", "permanent_resident"):
        missing = of_nation.execute(f"select avg(({column} is null)::int) from persons_").fetchone()[0]
        assert 0.0005 < missing < 0.012, column


def test_people_apply_for_what_is_plausible(of_nation: duckdb.DuckDBPyConnection) -> None:
    found = dict(
        of_nation.execute("""
        select programme_code, avg(case programme_code
          when 'OAA' then (age >= if(sex = 'male', 65, 62))::int when 'WDA' then (marital_status in ('widowed', 'divorced', 'separated'))::int
          when 'DPA' then (disability <> 'none')::int when 'MCBP' then is_pregnant::int when 'VWB' then (sex = 'female')::int end)
        from applications_ join persons using (person_id) group by 1""").fetchall()
    )
    assert {"OAA", "WDA", "DPA", "MCBP", "VWB", "FFP", "PESP", "FAMCARD"} <= found.keys()
    assert 0.85 < found["OAA"] < 1  # some apply too early
    assert found["WDA"] > 0.97
    assert found["MCBP"] > 0.97
    most = of_nation.execute(
        "select max(n) from (select count(*) as n from applications_ group by person_id)"
    ).fetchone()
    assert most[0] <= 6
    old = national_share(of_nation, "exists (from applications_ a where a.person_id = persons.person_id)", "age >= 66")
    assert 40 < old < 85  # not everybody applies


def test_freedom_fighters_heirs_and_the_seriously_ill(of_nation: duckdb.DuckDBPyConnection) -> None:
    """94,513 living fighters and 109,030 heirs of 17.3 crore (May 2024); some three lakh fall ill in a year."""
    fighters = "freedom_fighter not in ('none', 'heir')"
    assert national_share(of_nation, fighters) == pytest.approx(0.055, abs=0.025)
    assert national_share(of_nation, fighters, "age < 60") == 0
    assert national_share(of_nation, "freedom_fighter = 'heir'") == pytest.approx(0.063, abs=0.025)
    assert national_share(of_nation, "serious_illness <> 'none'") == pytest.approx(0.2, abs=0.1)
