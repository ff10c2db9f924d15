"""Determination by loops over people: the reference of shohay.bulk.determination.

Facts are computed from the rows one by one, criteria judged by tests.naive.criteria. Nothing is shared with the fast
code but the documents themselves.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from shohay.core.definition import Definition, Version
from tests.naive.criteria import all3, judge

Row = dict[str, Any]


def years(born: dt.date | None, on: dt.date) -> int | None:
    """Whole years: 29 February turns on 1 March."""
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _and(*values: Any) -> Any:
    return all3(list(values))


def _test(value: Any, test: Any) -> Any:
    return None if value is None else test(value)


def _count(values: list[Any]) -> int | None:
    return None if None in values else sum(values)


def _any(values: list[Any]) -> bool | None:
    return True if True in values else None if None in values else False


def household_facts(home: Row, members: list[Row], day: dt.date) -> Row:
    living = [row for row in members if row["is_alive"] is not False and not row["is_duplicate"]]
    ages = [years(row["birth_date"], day) for row in living]
    both = list(zip(living, ages, strict=True))

    def between(age: int | None, low: int, high: int) -> Any:
        return _test(age, lambda value: low <= value <= high)

    def schooling(row: Row) -> Any:
        return _test(row["school_level"], lambda level: level != "none")

    facts: Row = {
        "area_type": home["area_type"], "rooms": home["rooms"], "walls": home["walls"], "fans": home["fans"],
        "has_television": home["has_television"], "mobile_phones": home["mobile_phones"],
        "has_vehicle": home["has_vehicle"], "has_daily_labourer": home["has_daily_labourer"],
        "homestead_decimals": home["homestead_decimals"], "cultivable_decimals": home["cultivable_decimals"],
        "household_income": home["annual_income"], "is_disaster_hit": home["disaster_hit"],
        "division_code": home["area_code"][:2], "district_code": home["area_code"][:4],
        "household_size": len(living),
        "members_under_13": _count([_test(age, lambda a: a < 13) for age in ages]),
        "members_under_16": _count([_test(age, lambda a: a < 16) for age in ages]),
        "members_6_to_12": _count([between(age, 6, 12) for age in ages]),
        "members_6_to_12_in_school": _count([_and(between(age, 6, 12), schooling(row)) for row, age in both]),
        "earning_men": _count([
            _and(_test(row["sex"], lambda sex: sex == "male"), _test(age, lambda a: a >= 18), _test(row["annual_income"], lambda i: i > 0))
            for row, age in both
        ]),
        "disabled_members": _count([_test(row["disability"], lambda kind: kind != "none") for row in living]),
        "pre_primary_pupils": _pupils(both, "pre_primary", 3, 10),
        "primary_pupils": _pupils(both, "primary", 4, 17),
        "school_girls": _count([_and(_test(row["sex"], lambda sex: sex == "female"), between(age, 12, 19), schooling(row)) for row, age in both]),
        "working_children": _count([
            _and(between(age, 6, 14), _test(row["annual_income"], lambda i: i > 0)) for row, age in both
        ]),
        "has_government_salary": _any([row["government_salary"] for row in living]),
        "has_government_pension": _any([row["government_pension"] for row in living]),
    }  # fmt: skip
    heads = [row for row in living if row["relation"] == "head"]
    for name, column in (("head_sex", "sex"), ("head_marital_status", "marital_status"), ("head_disability", "disability"),
                         ("head_community", "community"), ("is_household_resident", "permanent_resident")):  # fmt: skip
        facts[name] = heads[0][column] if heads else None
    return facts | _derived_household(facts)


def _pupils(both: list[tuple[Row, int | None]], level: str, low: int, high: int) -> int | None:
    return _count([
        _and(_test(age, lambda a: low <= a <= high), _test(row["school_level"], lambda found: found == level), row["school_listed"])
        for row, age in both
    ])  # fmt: skip


def _derived_household(facts: Row) -> Row:
    land = (facts["homestead_decimals"], facts["cultivable_decimals"])
    size, income = facts["household_size"], facts["household_income"]
    woman = _test(facts["head_sex"], lambda sex: sex == "female")
    assets = [facts["has_television"], facts["has_vehicle"], _test(land[1], lambda value: value > 0)]
    points = ppi(facts)
    return {
        "is_rural": _test(facts["area_type"], lambda kind: kind == "rural"),
        "has_weak_walls": _test(facts["walls"], lambda walls: walls in ("mud", "straw")),
        "has_productive_asset": _any(assets),
        "land_decimals": None if None in land else sum(land),
        "is_landless": _test(land[1], lambda value: value < 50),
        "income_per_head": None if income is None or not size else income / size,
        "is_female_headed": woman,
        "is_head_alone": _and(
            woman, _test(facts["head_marital_status"], lambda status: status in ("widowed", "divorced", "separated"))
        ),
        "is_head_disabled": _test(facts["head_disability"], lambda kind: kind != "none"),
        "ppi_score": points,
        "pmt_score": None if points is None else points * 10,
    }


def ppi(facts: Row) -> int | None:
    """The scorecard written out again from facts/ppi_bangladesh_2013_scorecard.csv."""
    names = ("members_under_13", "members_6_to_12", "members_6_to_12_in_school", "has_daily_labourer", "rooms", "walls",
             "has_television", "fans", "mobile_phones", "has_vehicle", "cultivable_decimals")  # fmt: skip
    if any(facts[name] is None for name in names):
        return None
    young, school = facts["members_under_13"], facts["members_6_to_12"]
    points = {0: 32, 1: 16, 2: 10}.get(young, 0)
    points += 6 if school and school == facts["members_6_to_12_in_school"] else 0
    points += 0 if facts["has_daily_labourer"] else 8
    points += {0: 0, 1: 0, 2: 3}.get(facts["rooms"], 5)
    points += {"brick": 9, "tin": 2, "mud": 2}.get(facts["walls"], 0)
    points += 7 if facts["has_television"] else 0
    points += {0: 0, 1: 4}.get(facts["fans"], 7)
    points += {0: 0, 1: 8}.get(facts["mobile_phones"], 15)
    points += 4 if facts["has_vehicle"] else 0
    return points + (7 if facts["cultivable_decimals"] >= 51 else 0)


def person_facts(row: Row, ref: dt.date) -> Row:
    status = row["marital_status"]
    return {
        "sex": row["sex"], "birth_date": row["birth_date"], "age": years(row["birth_date"], ref),
        "is_widowed": _test(status, lambda s: s == "widowed"), "is_divorced": _test(status, lambda s: s == "divorced"),
        "is_separated": _test(status, lambda s: s == "separated"),
        "years_since_marriage_ended": years(row["marriage_ended_on"], ref), "disability": row["disability"],
        "is_disabled": _test(row["disability"], lambda kind: kind != "none"),
        "has_disability_card": row["disability_card"], "is_pregnant": row["is_pregnant"],
        "pregnancy_month": row["pregnancy_month"], "pregnancy_order": row["pregnancy_order"],
        "has_anc_card": row["has_anc_card"], "school_level": row["school_level"], "school_class": row["school_class"],
        "is_school_listed": row["school_listed"], "annual_income": row["annual_income"],
        "receives_government_salary": row["government_salary"], "receives_government_pension": row["government_pension"],
        "is_permanent_resident": row["permanent_resident"], "community": row["community"],
        "freedom_fighter": row.get("freedom_fighter"), "serious_illness": row.get("serious_illness"), "has_identity": row["has_identity"],
    }  # fmt: skip


def compatible(
    version: Version, code: str, own: set[str], household: set[str], cards: set[str], is_household: bool
) -> bool:
    scope = household if is_household or version.compatible.scope == "household" else own | (household & cards)
    return not any(held != code and version.compatible.forbids(held) for held in scope)


def decide(
    tables: dict[str, list[Row]], definitions: list[Definition], day: dt.date
) -> dict[tuple[str, int], dict[str, Any]]:
    """(programme, person or household) -> {criterion: True, False or None}."""
    members, own, household = defaultdict(list), defaultdict(set), defaultdict(set)
    for row in tables["persons"]:
        members[row["household_id"]].append(row)
    for row in tables["held"]:
        own[row["person_id"]].add(row["programme_code"])
        household[row["household_id"]].add(row["programme_code"])
    for home in tables["households"]:
        household[home["household_id"]] |= set(home["declared_programmes"] or [])
    cards = {
        definition.code for definition in definitions if definition.unit == "household" and definition.version_on(day)
    }
    areas = {row["area_code"]: row for row in tables["areas"]}
    found = {}
    for home in tables["households"]:
        id_ = home["household_id"]
        shared = household_facts(home, members[id_], day) | {
            "poverty_rate": areas[home["area_code"]].get("poverty_rate")
        }
        for definition in definitions:
            version = definition.version_on(day)
            if version is None:
                continue
            rows = [None] if definition.unit == "household" else members[id_]
            for row in rows:
                facts = shared | (person_facts(row, version.judged_on(day)) if row else {})
                held = own[row["person_id"]] if row else set()
                answer = {
                    "alive": row["is_alive"] is not False if row else shared["household_size"] > 0,
                    "once": not row["is_duplicate"] if row else True,
                    "compatible": compatible(version, definition.code, held, household[id_], cards, row is None),
                }
                for criterion in version.criteria:
                    answer[criterion.id] = judge(criterion.must, facts, version.values)
                found[definition.code, row["person_id"] if row else id_] = answer
    return found
