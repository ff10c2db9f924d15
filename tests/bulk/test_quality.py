"""Every quality rule finds the record that is wrong in its way, and nothing in a record that is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.bulk import quality, quality_rows
from shohay.bulk.snapshot import SCHEMAS, write_manifest
from shohay.core.messages import Refusal
from shohay.core.quality import Rules, score
from shohay.policy.quality_rules import shipped

DAY = dt.date(2026, 11, 21)
Rows = dict[str, list[dict[str, Any]]]


def household(number: int = 1) -> Rows:
    """A household with nothing wrong: a couple, their pupil, the head's mother. Nobody in it exists."""
    home = {
        "household_id": number, "area_code": "10040914", "area_type": "rural", "rooms": 2, "walls": "tin",
        "has_television": False, "fans": 1, "mobile_phones": 2, "has_vehicle": False, "has_daily_labourer": True,
        "homestead_decimals": 5.0, "cultivable_decimals": 20.0, "annual_income": 90_000, "disaster_hit": False,
        "declared_programmes": [],
    }  # fmt: skip
    born = {
        "head": dt.date(1980, 3, 5),
        "spouse": dt.date(1984, 7, 9),
        "child": dt.date(2016, 5, 2),
        "parent": dt.date(1955, 9, 30),
    }
    persons, names = [], []
    for line, (relation, day) in enumerate(born.items(), 1):
        id_ = number * 100 + line
        persons.append({
            "person_id": id_, "household_id": number, "area_code": "10040914", "line_no": line, "relation": relation,
            "sex": "male" if relation == "head" else "female", "birth_date": day,
            "marital_status": {"head": "married", "spouse": "married", "child": "never", "parent": "widowed"}[relation],
            "marriage_ended_on": dt.date(2012, 1, 8) if relation == "parent" else None, "disability": "none",
            "disability_card": False, "is_pregnant": False, "school_level": "primary" if relation == "child" else "none",
            "school_class": 5 if relation == "child" else None, "school_listed": True, "annual_income": 60_000 if line == 1 else 0,
            "government_salary": False, "government_pension": False, "permanent_resident": True, "is_alive": True,
            "is_duplicate": False, "has_identity": True,
        })  # fmt: skip
        names.append({
            "person_id": id_, "area_code": "10040914", "name_bn": "করিম", "name_en": "Karim", "name_key": "krm",
            "father_name": "রহিম", "mother_name": "আমিনা", "identity_digest": f"i{id_}", "account_digest": f"a{id_}",
        })  # fmt: skip
    source = {"household_id": number, "recorded_by": "operator", "recorded_on": dt.date(2026, 1, 1)}
    return {"households": [home], "persons": persons, "names": names, "sources": [source]}


def write(folder: Path, rows: Rows, without: tuple[str, ...] = ()) -> Path:
    where = folder / "snapshot"
    where.mkdir()
    areas = [{"area_code": "10040914", "upazila_code": "100409", "district_code": "1004", "division_code": "10"}]
    for table in ("households", "persons", "names", "sources", "areas"):
        if table not in without:
            found = areas if table == "areas" else rows[table]
            pq.write_table(pa.Table.from_pylist(found, schema=SCHEMAS[table]), where / f"{table}.parquet")
    write_manifest(where, DAY)
    return where


def found(folder: Path, rows: Rows, without: tuple[str, ...] = ()) -> set[str]:
    """The ids of the rules that found anything."""
    checked = quality.check(where=write(folder, rows, without), rules=shipped(), out=folder / "out")
    return {rule for rule, number in checked.by_rule.items() if number}


def member(relation: str, /, **changes: Any) -> Callable[[Rows], None]:
    return lambda rows: next(p for p in rows["persons"] if p["relation"] == relation).update(changes)


def home(**changes: Any) -> Callable[[Rows], None]:
    return lambda rows: rows["households"][0].update(changes)


def everybody(**changes: Any) -> Callable[[Rows], None]:
    return lambda rows: [person.update(changes) for person in rows["persons"]]


def names(count: int, **changes: Any) -> Callable[[Rows], None]:
    return lambda rows: [name.update(changes) for name in rows["names"][:count]]


def more(relation: str, number: int, /, **changes: Any) -> Callable[[Rows], None]:
    """``number`` more members like the one with this relation."""

    def add(rows: Rows) -> None:
        like = next(p for p in rows["persons"] if p["relation"] == relation)
        for extra in range(number):
            rows["persons"].append(like | {"person_id": 500 + extra, "line_no": 10 + extra} | changes)
            rows["names"].append(
                rows["names"][0] | {"person_id": 500 + extra, "identity_digest": None, "account_digest": None}
            )

    return add


def twice(rows: Rows) -> None:
    for table, found_ in household(2).items():
        rows[table] += found_


def years(number: int) -> dt.date:
    return dt.date(DAY.year - number, 6, 15)


CASES: list[tuple[str, set[str], Callable[[Rows], None]]] = [
    ("nothing", set(), lambda rows: None),
    ("no_identity", {"no_identity"}, member("head", has_identity=False)),
    ("child_unregistered", {"child_unregistered"}, member("child", has_identity=False)),
    ("no_birth_date", {"no_birth_date"}, member("child", birth_date=None)),
    ("no_marital_status", {"no_marital_status"}, member("spouse", marital_status=None)),
    ("no_marriage_end", {"no_marriage_end"}, member("parent", marriage_ended_on=None)),
    ("no_parents", {"no_parents"}, names(1, mother_name=None)),
    ("no_class", {"no_class"}, member("child", school_class=None)),
    ("no_dwelling", {"no_dwelling"}, home(walls=None)),
    ("no_land", {"no_land"}, home(homestead_decimals=None)),
    ("no_income", {"no_income"}, home(annual_income=None)),
    ("too_old", {"too_old"}, member("parent", birth_date=years(111))),
    ("exactly 110", set(), member("parent", birth_date=years(110))),
    ("pregnant_not_woman", {"pregnant_not_woman"}, member("head", is_pregnant=True)),
    ("pregnant_age", {"pregnant_age"}, member("parent", is_pregnant=True)),
    ("married_child", {"married_child"}, member("child", marital_status="married", birth_date=years(11))),
    ("school_age", {"school_age"}, member("spouse", school_level="primary", school_class=5)),
    ("class_of_level", {"class_of_level"}, member("child", school_class=6)),
    ("child_salary", {"child_salary"}, member("child", government_salary=True)),
    ("marriage_end_age", {"marriage_end_age"}, member("parent", marriage_ended_on=dt.date(1964, 1, 1))),
    ("no_head", {"no_head"}, member("head", relation="other")),
    ("two_heads", {"two_heads"}, more("head", 1)),
    ("empty_household", {"empty_household"}, everybody(is_alive=False)),
    ("duplicates do not count", {"empty_household"}, everybody(is_duplicate=True)),
    ("many_spouses", {"many_spouses"}, more("spouse", 4)),
    ("four spouses", set(), more("spouse", 3)),
    ("head_never_married", {"head_never_married"}, member("head", marital_status="never")),
    ("child_head", {"child_head", "parent_too_young", "child_too_old"}, lambda rows: (member("head", birth_date=years(14), marital_status="married")(rows), member("parent", birth_date=years(25), marriage_ended_on=None, marital_status="married")(rows))),
    ("child_too_old", {"child_too_old"}, member("child", birth_date=years(40), school_level="none", marital_status="married")),
    ("parent_too_young", {"parent_too_young"}, member("parent", birth_date=years(50))),
    ("spouse_not_married", {"spouse_not_married"}, member("spouse", marital_status="never")),
    ("spouse_child", {"spouse_child"}, member("spouse", birth_date=years(13))),
    ("card_without_disability", {"card_without_disability"}, member("spouse", disability_card=True)),
    ("income_above_household", {"income_above_household"}, member("head", annual_income=90_001)),
    ("income equal", set(), member("head", annual_income=90_000)),
    ("huge_household", {"huge_household"}, lambda rows: (more("child", 17)(rows), home(rooms=9)(rows))),
    ("crowded", {"crowded"}, lambda rows: (more("child", 9)(rows), home(rooms=1)(rows))),
    ("income_huge", {"income_huge"}, home(annual_income=10_000_001)),
    ("income_nothing_owned_much", {"income_nothing_owned_much"}, lambda rows: (home(annual_income=0, cultivable_decimals=251.0)(rows), everybody(annual_income=0)(rows))),
    ("land_huge", {"land_huge"}, home(cultivable_decimals=6001.0)),
    ("phones_many", {"phones_many"}, home(mobile_phones=9)),
    ("born_new_year", {"born_new_year"}, member("parent", birth_date=dt.date(1955, 1, 1))),
    ("copied", {"copied"}, twice),
    ("stale", {"stale"}, lambda rows: rows["sources"][0].update(recorded_on=DAY - dt.timedelta(days=1096))),
    ("three years", set(), lambda rows: rows["sources"][0].update(recorded_on=DAY - dt.timedelta(days=1095))),
    ("shared_identity", {"shared_identity"}, names(2, identity_digest="same")),
    ("shared_account", {"shared_account"}, names(4, account_digest="same")),
    ("three share a phone", set(), names(3, account_digest="same")),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "change"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_rule_finds_what_is_wrong_in_its_way(
    expected: set[str], change: Callable[[Rows], None], tmp_path: Path
) -> None:
    rows = household()
    change(rows)
    assert found(tmp_path, rows) == expected


def test_every_shipped_rule_has_a_case() -> None:
    assert {rule.id for rule in shipped().rules} == {rule for _, expected, _ in CASES for rule in expected}


def test_what_cannot_be_told_is_not_found(tmp_path: Path) -> None:
    rows = household()
    names(4, account_digest="same", father_name=None)(rows)
    rows["sources"][0]["recorded_on"] = dt.date(2000, 1, 1)
    assert found(tmp_path, rows, without=("names", "sources")) == set()


def test_scores_add_up_by_union_and_operator_and_say_which_rules(tmp_path: Path) -> None:
    rows = household()
    twice(rows)
    rows["sources"][1]["recorded_by"] = "other"
    rows["persons"][0]["has_identity"] = False
    rows["households"][1]["annual_income"] = None
    checked = quality.check(where=write(tmp_path, rows), rules=shipped(), out=tmp_path / "out")
    assert (checked.records, checked.found) == ({"person": 8, "household": 2}, {"person": 1, "household": 1})
    with duckdb.connect() as con:
        tallies = con.execute(
            f"select level, recorded_by, records, points from '{tmp_path}/out/tallies.parquet' order by all"
        ).fetchall()
    assert tallies == [
        ("household", "operator", 1, 100), ("household", "other", 1, score(10)),
        ("person", "operator", 4, 300 + score(15)), ("person", "other", 4, 400),
    ]  # fmt: skip
    assert [rule.id for rule in quality_rows.findings_of(checked.path, shipped(), 1, 101)] == ["no_identity"]
    assert [rule.id for rule in quality_rows.findings_of(checked.path, shipped(), 2, None)] == ["no_income"]
    assert quality_rows.findings_of(checked.path, shipped(), 1, None) == []


def test_a_task_is_over_when_its_record_is_right_again(tmp_path: Path) -> None:
    rows = household()
    twice(rows)
    rows["persons"][0]["has_identity"] = False
    checked = quality.check(where=write(tmp_path, rows), rules=shipped(), out=tmp_path / "out")
    tasks = pa.table(
        {"id": [1, 2, 3, 4, 5], "rule": ["no_identity", "no_identity", "no_income", "copied", "rule_of_before"],
         "household_id": [1, 2, 1, 1, 1], "person_id": pa.array([101, 201, None, None, 101], pa.int64())}
    )  # fmt: skip
    assert quality_rows.no_longer_found(checked.path, shipped(), tasks) == [2, 3, 5]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["op1", "op2"]), st.integers(1, 2), st.sampled_from(["a", "b", None])),
        min_size=1,
        max_size=7,
    ),
    st.integers(4, 40),
)
def test_copies_and_shared_numbers_as_a_naive_count_finds_them(
    tmp_path_factory: pytest.TempPathFactory, homes: list[tuple[str, int, str | None]], persons_each: int
) -> None:
    """Also when the snapshot is cut into many ranges: what is shared reaches over their edges."""
    folder = tmp_path_factory.mktemp("quality")
    rows: Rows = {"households": [], "persons": [], "names": [], "sources": []}
    for number, (operator, rooms, digest) in enumerate(homes, 1):
        one = household(number)
        one["households"][0]["rooms"] = rooms
        one["sources"][0]["recorded_by"] = operator
        one["names"][0]["identity_digest"] = digest
        for table, found_ in one.items():
            rows[table] += found_
    checked = quality.check(where=write(folder, rows), rules=shipped(), out=folder / "out", persons_each=persons_each)
    alike = [sum(other[:2] == one[:2] for other in homes) for one in homes]
    shared = [sum(other[2] == one[2] for other in homes) if one[2] else 1 for one in homes]
    assert checked.by_rule["copied"] == sum(number > 1 for number in alike)
    assert checked.by_rule["shared_identity"] == sum(number > 1 for number in shared)


@pytest.mark.parametrize(
    "change",
    [
        ("version: 1", "version: one"),
        ("not has_birth_date", "not has_wings"),
        ("not has_birth_date", "age + 1"),
        ("dimension: completeness, level: person, weight: 15", "dimension: beauty, level: person, weight: 15"),
        ("id: no_birth_date", "id: no_identity"),
        ("not has_dwelling", "not has_birth_date"),
        ("weight: 20", "weight: 200"),
    ],
)
def test_rules_that_do_not_hold_together_are_refused(change: tuple[str, str]) -> None:
    text = Path(__import__("shohay.policy", fromlist=["x"]).__path__[0], "quality", "rules.yaml").read_text(
        encoding="utf-8"
    )
    assert change[0] in text
    with pytest.raises(Refusal):
        Rules.parse(text.replace(*change, 1))
