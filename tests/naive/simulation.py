"""A simulation by loops over households: the reference of shohay.bulk.simulation.

Facts and criteria are those of tests.naive.determination and tests.naive.criteria, poverty is core.poverty; people are
taken one by one. Nothing is shared with the fast code but the documents.
"""

from __future__ import annotations

import datetime as dt
import math
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from shohay.bulk.facts import PAYEE
from shohay.bulk.ranking import lot
from shohay.core import entitlement, poverty
from shohay.core.scenario import Choice, Scenario
from shohay.core.values import FiscalYear, Period
from tests.naive.criteria import judge
from tests.naive.determination import household_facts, person_facts

Row = dict[str, Any]
MASK = 2**64


@dataclass
class Home:
    """A household with all that is asked of it."""

    row: Row
    members: list[Row]
    facts: Row
    weight: float
    held: set[str]
    welfare: float | None = None
    got: int = 0  # poisha a year
    on: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        return int(self.facts["household_size"])

    @property
    def people(self) -> float:
        return self.weight * self.size


def drawn(id_: int, share: float, seed: int) -> bool:
    """splitmix64 of id and seed as a share of 2**64."""
    mixed = (id_ + (seed % 2**32 + 1) * 0x9E3779B97F4A7C15) % MASK
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = ((mixed ^ (mixed >> shift)) * factor) % MASK
    return mixed ^ (mixed >> 31) < min(int(share * 2.0**64), MASK - 1)


def homes_of(tables: dict[str, list[Row]], day: dt.date, weights: dict[int, Row]) -> list[Home]:
    """The households; welfare is the survey's, else reported income a head."""
    members, held = defaultdict(list), defaultdict(set)
    for row in tables["persons"]:
        members[row["household_id"]].append(row)
    for row in tables["held"]:
        held[row["household_id"]].add(row["programme_code"])
        held[-row["person_id"]].add(row["programme_code"])
    areas = {row["area_code"]: row for row in tables["areas"]}
    made = []
    for row in tables["households"]:
        id_ = row["household_id"]
        facts = household_facts(row, members[id_], day) | {"poverty_rate": areas[row["area_code"]].get("poverty_rate")}
        facts["oaa_universal"] = areas[row["area_code"]].get("oaa_universal")
        home = Home(row, members[id_], facts, weights[id_]["weight"] if weights else 1.0,
                    held[id_] | set(row["declared_programmes"] or []))  # fmt: skip
        if weights:
            home.welfare = weights[id_]["welfare"]
        elif row["annual_income"] is not None and home.size:
            home.welfare = row["annual_income"] / home.size / 12
        for member in members[id_]:
            member["held"] = held[-member["person_id"]]
        made.append(home)
    return made


@dataclass
class Candidate:
    """Somebody eligible: a person, or a household (``person`` None)."""

    home: Home
    person: Row | None
    facts: Row
    payee: int | None
    asks: bool = True

    @property
    def woman(self) -> bool:
        sex = self.facts["head_sex"] if self.person is None else self.person["sex"]
        return sex is not None and sex != "male"


def candidates(homes: list[Home], choice: Choice, day: dt.date) -> list[Candidate]:
    """Everybody for whom all criteria hold, what they hold left aside."""
    version, found = choice.version, []
    for home in homes:
        for person in [None] if choice.definition.unit == "household" else home.members:
            if person is None:
                facts, there = home.facts, home.size > 0
            else:
                facts = home.facts | person_facts(person, version.judged_on(day)) | {"relation": person["relation"]}
                facts["is_head"] = None if person["relation"] is None else person["relation"] == "head"
                there = person["is_alive"] is not False and not person["is_duplicate"]
            if there and all(judge(c.must, facts, version.values) is True for c in version.criteria):
                payee = person["person_id"] if person else _payee(home, version.payee, day)
                found.append(Candidate(home, person, facts, payee))
    return found


def _payee(home: Home, kind: str, day: dt.date) -> int | None:
    living = [row for row in home.members if row["is_alive"] is not False and not row["is_duplicate"]]
    steps = []
    for row in living:
        facts = person_facts(row, day) | {"relation": row["relation"]}
        places = [place for place, text in enumerate(PAYEE[kind]) if judge(text, facts, {}) is True]
        steps.append((min(places, default=len(PAYEE["woman"])), row["person_id"]))
    return min(steps)[1] if steps else None


def take(homes: list[Home], scenario: Scenario, choices: list[Choice], quotas: dict[tuple[str, str], int], seed: int,
         digits: int, day: dt.date) -> dict[str, Row]:  # fmt: skip
    """Carry a scenario out on ``homes``; what each programme came to."""
    simulated = {choice.code for choice in choices}
    cards = {choice.code for choice in choices if choice.definition.unit == "household"}
    now = {id(home): set(home.held - simulated) for home in homes}
    own = {row["person_id"]: set(row["held"] - simulated) for home in homes for row in home.members}
    told = {}
    for choice in choices:
        version, eligible = choice.version, candidates(homes, choice, day)
        of_home = choice.definition.unit == "household"
        for one in eligible:
            held = now[id(one.home)]
            if not of_home and version.compatible.scope == "person":
                held = own[one.person["person_id"]] | (held & cards)
            id_ = one.home.row["household_id"] if of_home else one.person["person_id"]
            one.asks = not any(code != choice.code and version.compatible.forbids(code) for code in held)
            salt = (zlib.crc32(choice.code.encode()) + seed * 7919) % 2**32
            one.asks &= choice.take_up >= 1 or drawn(id_, choice.take_up, salt)
        asking = [one for one in eligible if one.asks]
        taken = chosen(eligible, asking, choice, quotas, seed, digits)
        first = FiscalYear.of(scenario.on)
        period = Period(first.first_day, FiscalYear(first.starts + 1).first_day)
        paid = 0.0
        for one in taken:
            amount = sum(taka.poisha for _, taka in entitlement.amounts(version, period, one.facts))
            one.home.got += amount
            one.home.on.add(choice.code)
            now[id(one.home)].add(choice.code)
            if one.person is not None:
                own[one.person["person_id"]].add(choice.code)
            paid += amount * one.home.weight
        told[choice.code] = {
            "eligible": eligible, "asking": asking, "taken": taken, "transfers": paid,
            "caseload": sum(one.home.weight for one in taken),
        }  # fmt: skip
    return told


def chosen(eligible: list[Candidate], asking: list[Candidate], choice: Choice, quotas: dict[tuple[str, str], int],
           seed: int, digits: int) -> list[Candidate]:  # fmt: skip
    """Who finds a place."""
    version = choice.version
    own = {area: slots for (code, area), slots in quotas.items() if code == choice.code}
    limited = version.quota.from_ == "allocation" and (bool(own) or choice.places is not None)
    if not limited and not version.one_per_household:
        return asking
    ordered = sorted((one for one in asking if one.payee is not None), key=lambda one: _rank(one, choice, seed))
    if version.one_per_household and choice.definition.unit == "person":
        seen: set[int] = set()
        ordered = [one for one in ordered if not (id(one.home) in seen or seen.add(id(one.home)))]
    if not limited:
        return ordered
    slots: dict[str, int] = defaultdict(int)
    for area, count in own.items():
        slots[area[:digits]] += count
    found = []
    for area in sorted({one.home.row["area_code"][:digits] for one in ordered}):
        here = [one for one in ordered if one.home.row["area_code"][:digits] == area]
        found += _within(here, slots[area], version.quota.women_share_at_least, choice)
    return found


def _within(here: list[Candidate], slots: int, share: float | None, choice: Choice) -> list[Candidate]:
    """The first of one area; women first take their share."""
    found, reached, seated = [], 0.0, 0.0
    if share:
        for one in here:
            if one.woman:
                reached += one.home.weight
                if reached - one.home.weight / 2 <= math.ceil(slots * share):
                    found.append(one)
                    seated += one.home.weight
    reached = 0.0
    for one in here:
        if any(one is other for other in found):
            continue
        reached += one.home.weight
        text = choice.version.quota.universal_where
        everyone = one.home.row["area_code"][:6] in choice.universal_in
        everyone |= bool(text) and judge(text.replace("area.", ""), one.facts, choice.version.values) is True
        if reached - one.home.weight / 2 <= slots - seated or everyone:
            found.append(one)
    return found


def _rank(one: Candidate, choice: Choice, seed: int) -> tuple[Any, ...]:
    keys: list[float] = []
    for step in choice.version.priority:
        if step.by == "lot":
            continue
        value = judge(step.by, one.facts, choice.version.values)
        if isinstance(value, dt.date):
            value = value.year * 10000 + value.month * 100 + value.day
        keys.append(1e300 if value is None else -float(value) if step.order == "desc" else float(value))
    return (*keys, lot(one.payee or 0, seed), one.payee)


def poverty_of(homes: list[Home], line: float, *, after: bool) -> Row:
    """Headcount, gap and Gini of the people whose welfare is known."""
    known = [home for home in homes if home.welfare is not None and home.people]
    y = [(home.welfare or 0) + (home.got / 100 / 12 / home.size if after else 0) for home in known]
    w = [home.people for home in known]
    return {"headcount": poverty.headcount(y, w, line), "gap": poverty.gap(y, w, line), "gini": poverty.gini(y, w)}


def line_of(homes: list[Home], share: float) -> float:
    """The welfare below which a share of the people live."""
    known = [home for home in homes if home.welfare is not None and home.people]
    return poverty.quantile([home.welfare or 0 for home in known], [home.people for home in known], share)


def deciles_of(homes: list[Home]) -> dict[int, int]:
    """Household -> decile."""
    known = [home for home in homes if home.welfare is not None and home.people]
    parts = poverty.assign([home.welfare or 0 for home in known], [home.people for home in known], 10)
    return {home.row["household_id"]: part for home, part in zip(known, parts, strict=True)}
