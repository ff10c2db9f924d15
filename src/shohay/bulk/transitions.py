"""Who must leave a programme, or move to another, on a day: enrolments in, proposed ends and moves out.

Reads the ``ends`` and ``moves_in`` of the definitions. What the registry can tell is RULES (and ``months_N``,
``age_N``); what only people can (false information, a renewed list) stands in ``untold``. A second record of
somebody ends for every programme, or is carried to the person kept. Set-based: one query for all enrolments.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from shohay.bulk import facts, plan
from shohay.bulk.engine import choose
from shohay.core import criteria
from shohay.core.definition import Definition, Version
from shohay.core.facts import FACTS

# what is asked of every active enrolment; a fact of the person that no rule reads is not needed
COLUMNS = pa.schema([
    ("enrolment_id", pa.int64()), ("person_id", pa.int64()), ("household_id", pa.int64()),
    ("programme_code", pa.string()), ("area_code", pa.string()), ("valid_from", pa.date32()),
    ("death_date", pa.date32()), ("duplicate_of", pa.int64()), ("abroad_since", pa.date32()),
    ("sex", pa.string()), ("birth_date", pa.date32()), ("marital_status", pa.string()), ("disability", pa.string()),
    ("school_level", pa.string()), ("annual_income", pa.int64()), ("head_salary", pa.bool_()),
    ("primary_pupils", pa.int64()),
])  # fmt: skip
TOLD = ("sex", "birth_date", "marital_status", "disability", "school_level", "annual_income")  # facts a move may read
RULES = {  # what ends -> (when, the day it happened); {day} is the day of the run
    "death": ("death_date <= {day}", "death_date"),
    "remarriage": ("marital_status = 'married'", "{day}"),
    "migration_abroad": ("abroad_since <= {day}", "abroad_since"),
    "leaves_school": ("school_level = 'none'", "{day}"),
    "leaves_primary_school": ("primary_pupils = 0", "{day}"),
    "head_government_job": ("head_salary", "{day}"),
    "takes_disability_stipend": (
        "person_id in (select person_id from rows where programme_code = 'DSS_STIPEND')", "{day}",
    ),
}  # fmt: skip
MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12, "weekly": 1, "event": 1}
END, MOVE, CARRY = "end", "move", "carry"


@dataclass(frozen=True, slots=True)
class Rule:
    """Enrolments of ``code`` (every programme when '') for which ``when`` is true end on ``ends_on`` (SQL)."""

    code: str
    kind: str
    reason: str
    when: str
    ends_on: str
    to: str = ""


class Found(NamedTuple):
    """One row an enrolment that ends or moves, and the rules that nothing in the registry tells: (programme, what)."""

    rows: pa.Table
    untold: list[tuple[str, str]]


def find(
    rows: pa.Table, definitions: Sequence[Definition], day: dt.date, until: Mapping[str, dt.date] | None = None
) -> Found:
    """Ends and moves of the enrolments ``rows`` (COLUMNS, without overlaps) on ``day``, in the order of enrolment_id.

    ``until``: the end of the last cycle opened for a programme; a move begins there at the earliest, so that no month
    is paid twice. Columns: enrolment_id, person_id, household_id, programme_code, area_code, kind, reason,
    to_programme, to_person_id, ends_on (the first day without, and the first of the new enrolment).
    """
    rules, untold = _rules(definitions, day, until or {})
    con = choose().connect()
    try:
        con.register("rows", rows)
        return Found(con.execute(_query(rules)).to_arrow_table(), untold)
    finally:
        con.close()


def _query(rules: Sequence[Rule]) -> str:
    """The first rule of the list that holds decides; rules of a programme are only asked of its enrolments."""
    tests = [f"when {_of(rule)}({rule.when}) then {number}" for number, rule in enumerate(rules)]
    days = [f"when {number} then {rule.ends_on}" for number, rule in enumerate(rules)]
    told = ", ".join(f"({number}, '{rule.kind}', '{rule.reason}', '{rule.to}')" for number, rule in enumerate(rules))
    return f"""
        with judged as (select *, case {" ".join(tests)} end as rule from rows),
        told (rule, kind, reason, to_programme) as (values {told})
        select enrolment_id, person_id, household_id, programme_code, area_code, kind, reason, to_programme,
               case kind when '{CARRY}' then duplicate_of end as to_person_id,
               greatest(case rule {" ".join(days)} end, valid_from + 1)::date as ends_on
        from judged join told using (rule) order by enrolment_id"""


def _of(rule: Rule) -> str:
    return f"programme_code = '{rule.code}' and " if rule.code else ""


def _rules(
    definitions: Sequence[Definition], day: dt.date, until: Mapping[str, dt.date]
) -> tuple[list[Rule], list[tuple[str, str]]]:
    """Second records first, then what each programme says, in the order of its document; moves last."""
    today = criteria.literal(day)
    held = "(duplicate_of, programme_code) in (select (person_id, programme_code) from rows)"
    rules = [
        Rule("", END, "duplicate", f"duplicate_of is not null and {held}", today),
        Rule("", CARRY, "duplicate", "duplicate_of is not null", today),
    ]
    untold: list[tuple[str, str]] = []
    in_force = {definition.code: (definition, version) for definition in definitions
                if (version := definition.version_on(day))}  # fmt: skip
    for definition, version in in_force.values():
        rules += _ends(definition, version, day, untold, in_force)
    for definition, version in in_force.values():
        for rule in _moves(definition, version, day, in_force, untold):
            floor = until.get(rule.code)
            rules.append(rule if floor is None else _not_before(rule, floor))
    return rules, untold


InForce = Mapping[str, tuple[Definition, Version]]


def _ends(
    definition: Definition, version: Version, day: dt.date, untold: list[tuple[str, str]], in_force: InForce
) -> Iterator[Rule]:
    """The rules of a programme; a person's benefit ends with death, whether the document says so or not."""
    said = [(end.on, end.from_) for end in version.ends]
    if definition.unit == "person" and "death" not in dict(said):
        said.insert(0, ("death", "next_month"))
    for what, start in said:
        rule = _rule(definition, version, what, day, in_force)
        if rule is not None:
            yield Rule(definition.code, END, what, rule[0], starts(rule[1], start, version))
        elif not re.fullmatch(r"age_\d+_moves_to_\w+", what):  # the other programme's moves_in tells it
            untold.append((definition.code, what))


def _rule(
    definition: Definition, version: Version, what: str, day: dt.date, in_force: InForce
) -> tuple[str, str] | None:
    """When the rule ``what`` holds and the day on which it came about, as SQL; None: the registry cannot tell."""
    today = criteria.literal(day)
    if what in RULES:
        return RULES[what][0].format(day=today), RULES[what][1].format(day=today)
    if what == "joins_another_allowance":
        others = sorted(code for code in in_force if code != definition.code and version.compatible.forbids(code))
        codes = ", ".join(f"'{code}'" for code in others) or "''"
        return f"household_id in (select household_id from rows where programme_code in ({codes}))", today
    if found := re.fullmatch(r"months_(\d{1,3})", what):
        over = f"cast(valid_from + interval {int(found[1])} month as date)"
        return f"{over} <= {today}", f"({over} - 1)"  # the last day of the last month
    if found := re.fullmatch(r"age_(\d{1,3})", what):
        age = facts.derived_sql("age", {"birth_date_ymd": facts.ymd("birth_date")}, plan.ymd(day), None)
        return f"{age} >= {int(found[1])}", today
    return None


def starts(happened: str, start: str, version: Version) -> str:
    """The first day without the benefit, as SQL: the same day, the next month, or the next period of payment."""
    if start == "same_day":
        return happened
    months = 1 if start == "next_month" else MONTHS[version.payment.rhythm]
    first = f"cast(date_trunc('month', {happened}) as date)"
    back = f"((month({happened}) + 5) % {months})"  # months since the period began; a fiscal year begins in July
    return f"cast({first} + to_months(cast({months} - {back} as integer)) as date)"


def _moves(
    definition: Definition, version: Version, day: dt.date, in_force: InForce, untold: list[tuple[str, str]]
) -> Iterator[Rule]:
    """Into this programme from others; not those who are in it already. They move when the other's period ends."""
    ref = plan.ymd(version.judged_on(day))
    for move in version.moves_in:
        checked = criteria.check(move.when, FACTS, version.values)
        needed = facts.closure(checked.facts, None)
        if any(name not in TOLD and name not in facts.DERIVED for name in needed) or move.from_ not in in_force:
            untold.append((definition.code, f"moves_in_{move.from_}"))
            continue
        bindings = {name: name for name in TOLD} | {"birth_date_ymd": facts.ymd("birth_date")}
        for name in needed:
            if name in facts.DERIVED:
                bindings[name] = facts.derived_sql(name, bindings, ref, None)
        when = checked.sql(bindings, version.values)
        free = f"person_id not in (select person_id from rows where programme_code = '{definition.code}')"
        ends_on = starts(criteria.literal(day), "next_period", in_force[move.from_][1])
        yield Rule(move.from_, MOVE, f"moves_to_{definition.code}", f"({when}) and {free}", ends_on, definition.code)


def _not_before(rule: Rule, floor: dt.date) -> Rule:
    ends_on = f"greatest({rule.ends_on}, {criteria.literal(floor)})"
    return Rule(rule.code, rule.kind, rule.reason, rule.when, ends_on, rule.to)
