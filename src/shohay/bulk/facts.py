"""How each fact is computed: SQL over the tables of a snapshot, or over other facts.

Three kinds: columns as they stand, counts over the living members of a household (each person once), and facts
derived from other facts. The derived ones are shared by the run over the nation and by the answer for one person.
``{ref}`` is the reference date as yyyymmdd: whole years are integer arithmetic on such numbers, so that somebody born
on 29 February turns a year older on 1 March, and no engine's date functions are asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from shohay.bulk.pmt import Formula
from shohay.core.facts import FACTS

SQL_TYPES = {"bool": "boolean", "number": "double", "text": "varchar", "date": "date", "list": "bigint"}

PERSON_COLUMNS = {
    "sex": "sex", "birth_date": "birth_date", "relation": "relation", "marital_status": "marital_status",
    "marriage_ended_on": "marriage_ended_on", "disability": "disability", "has_disability_card": "disability_card",
    "is_pregnant": "is_pregnant", "pregnancy_month": "pregnancy_month", "pregnancy_order": "pregnancy_order",
    "has_anc_card": "has_anc_card", "school_level": "school_level", "school_class": "school_class",
    "is_school_listed": "school_listed", "occupation": "occupation", "annual_income": "annual_income",
    "receives_government_salary": "government_salary", "receives_government_pension": "government_pension",
    "is_permanent_resident": "permanent_resident", "community": "community",
    "freedom_fighter": "freedom_fighter", "serious_illness": "serious_illness", "has_identity": "has_identity",
    "is_alive": "is_alive", "is_duplicate": "is_duplicate",
}  # fmt: skip
HOUSEHOLD_COLUMNS = {
    "area_type": "area_type", "rooms": "rooms", "walls": "walls", "has_television": "has_television", "fans": "fans",
    "mobile_phones": "mobile_phones", "has_vehicle": "has_vehicle", "has_daily_labourer": "has_daily_labourer",
    "homestead_decimals": "homestead_decimals", "cultivable_decimals": "cultivable_decimals",
    "household_income": "annual_income", "is_disaster_hit": "disaster_hit",
}  # fmt: skip

AREA_DIGITS = {"division_code": 2, "district_code": 4}  # how many of the digits of area_code

# Facts counted over the living members, as criteria over a member; ages on the day of the run.
# The number of members for whom it is true; NULL when it cannot be told for one of them:
COUNTED = {
    "household_size": "true",
    "members_under_13": "age < 13",
    "members_under_5": "age < 5",
    "members_under_16": "age < 16",
    "members_6_to_12": "age between 6 and 12",
    "members_6_to_12_in_school": "age between 6 and 12 and school_level <> 'none'",
    "members_65_or_more": "age >= 65",
    "men_18_to_59": "sex = 'male' and age between 18 and 59",
    "earning_men": "sex = 'male' and age >= 18 and annual_income > 0",
    "disabled_members": "disability <> 'none'",
    "pre_primary_pupils": "age between 3 and 10 and school_level = 'pre_primary' and is_school_listed",
    "primary_pupils": "age between 4 and 17 and school_level = 'primary' and is_school_listed",
    "school_girls": "sex = 'female' and age between 12 and 19 and school_level <> 'none'",
    "working_children": "age between 6 and 14 and annual_income > 0",
}
# Whether it is true for any member; NULL when none is known to fit and one cannot be told:
ANY = {
    "has_government_salary": "receives_government_salary",
    "has_government_pension": "receives_government_pension",
}
# What the head of the household is (the first of them, should there be two).
OF_HEAD = {
    "head_sex": "sex", "head_age": "birth_date", "head_marital_status": "marital_status",
    "head_disability": "disability", "head_community": "community", "is_household_resident": "is_permanent_resident",
}  # fmt: skip
# Who is paid for a household: the first member of whom the earliest of these is true, else the first of all.
# woman: a woman who heads the household, the head's wife, a grown woman, else the head.
PAYEE = {
    "woman": (
        "sex = 'female' and relation = 'head'", "sex = 'female' and relation = 'spouse'",
        "sex = 'female' and age >= 18", "relation = 'head'",
    ),
    "head": ("relation = 'head'",),
}  # fmt: skip

DERIVED = {
    "age": "(({ref} - {birth_date_ymd}) // 10000)",
    "years_since_marriage_ended": "(({ref} - {marriage_ended_on_ymd}) // 10000)",
    "is_head": "({relation} = 'head')",
    "is_widowed": "({marital_status} = 'widowed')",
    "is_divorced": "({marital_status} = 'divorced')",
    "is_separated": "({marital_status} = 'separated')",
    "is_disabled": "({disability} <> 'none')",
    "is_student": "({school_level} <> 'none')",
    "is_rural": "({area_type} = 'rural')",
    "has_weak_walls": "({walls} in ('mud', 'straw'))",
    "has_productive_asset": "({has_television} or {has_vehicle} or {cultivable_decimals} > 0)",
    "land_decimals": "({homestead_decimals} + {cultivable_decimals})",
    "is_landless": "({cultivable_decimals} < 50)",
    "income_per_head": "(case when {household_size} > 0 then {household_income}::double / {household_size} end)",
    "is_female_headed": "({head_sex} = 'female')",
    "is_head_alone": "({head_sex} = 'female' and {head_marital_status} in ('widowed', 'divorced', 'separated'))",
    "is_head_disabled": "({head_disability} <> 'none')",
    "programmes_held": "bit_count({receives})",
}
BY_FORMULA = ("ppi_score", "pmt_score", "poverty_likelihood", "is_poor_by_score")
DATED = frozenset({"age", "years_since_marriage_ended"})  # differ with the reference date
UNKNOWN = 65536  # more than the members of any household


def ymd(column: str) -> str:
    """A date as the number yyyymmdd."""
    return f"cast(year({column}) * 10000 + month({column}) * 100 + day({column}) as integer)"


def derived_sql(name: str, bindings: dict[str, str], ref: int, formula: Formula | None) -> str:
    """SQL of a derived fact over ``bindings``, which must hold what it needs."""
    if name in BY_FORMULA:
        return _score_sql(name, bindings, formula)
    return re.sub(r"\{(\w+)\}", lambda found: str(ref) if found[1] == "ref" else bindings[found[1]], DERIVED[name])


def _score_sql(name: str, bindings: dict[str, str], formula: Formula | None) -> str:
    if formula is None:
        return f"cast(null as {'boolean' if FACTS[name].kind == 'bool' else 'integer'})"
    return formula.fact_sql(name, bindings)


def inputs(name: str, formula: Formula | None) -> tuple[str, ...]:
    """The facts a derived fact is computed from, one step back; empty for the others."""
    if name in BY_FORMULA:
        return formula.inputs(name) if formula else () if name == "ppi_score" else ("ppi_score",)
    found = re.findall(r"\{(\w+)\}", DERIVED.get(name, ""))
    return tuple(dict.fromkeys(word.removesuffix("_ymd") for word in found if word != "ref"))


def closure(
    names: Iterable[str], formula: Formula | None, given: Callable[[str], bool] = lambda name: False
) -> list[str]:
    """``names`` and all they are computed from, what is needed before what needs it; what is ``given`` is computed."""
    order: dict[str, None] = {}

    def visit(name: str) -> None:
        for need in () if given(name) else inputs(name, formula):
            visit(need)
        order.setdefault(name)

    for name in sorted(names):
        visit(name)
    return list(order)


def tally(condition: str) -> str:
    """What a member adds to a count: 1 for true, 0 for false, UNKNOWN when it cannot be told."""
    return f"coalesce(cast({condition} as integer), {UNKNOWN})"


def known(name: str, day: int) -> str:
    """A fact counted over members, as SQL over the column ``name_t`` that bulk.members makes; ``day`` as yyyymmdd."""
    found = f"coalesce({name}_t, 0)"  # a household without living members has no row
    if name in COUNTED:
        return f"case when {found} < {UNKNOWN} then cast({found} as integer) end"
    if name in ANY:
        return f"case when {found} % {UNKNOWN} > 0 then true when {found} = 0 then false end"
    return f"(({day} - {ymd('head_age_t')}) // 10000)" if name == "head_age" else f"{name}_t"


def level(name: str) -> str:
    return FACTS[name].level
