"""The counts of the indicators one row at a time: the plain twin of shohay.bulk.results_counts.

``counts(world)`` -> {(name, fiscal year's first calendar year, area, group): value}; zeros may be absent.
``world``: lists of dicts by table, as of shohay.bulk.results_inputs and the snapshot.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from typing import Any

Key = tuple[str, int, str, str]
World = dict[str, list[dict[str, Any]]]
GROUPS = {"child": {"PESP", "MCBP"}, "older": {"OAA"}, "disability": {"DPA"}, "mother": {"MCBP"}}
OLD = {"female": 62, "male": 65}
KNOWN = ("area_type", "rooms", "walls", "has_television", "mobile_phones", "annual_income")


def years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (dt.date(year + (month == 11), month % 12 + 2 if month < 11 else 1, 1) - dt.timedelta(1)).day
    return dt.date(year, month + 1, min(day.day, last))


class Counter:
    """Adds a count to the country, the division and the district, in all and by each split."""

    def __init__(self) -> None:
        self.sums: dict[Key, int] = defaultdict(int)

    def add(self, name: str, fy: int, district: str, value: int = 1, *, alone: str = "", **splits: str | None) -> None:
        """``alone``: only this split may be added up over the others (people on several programmes)."""
        groups = [] if alone else [""]
        groups += [f"{kind}:{code}" for kind, code in splits.items() if code and (not alone or kind == alone)]
        for area in {"", district[:2], district[:4]}:
            for group in groups:
                self.sums[name, fy, area, group] += value


def counts(world: World, years: tuple[int, ...], as_of: dt.date) -> dict[Key, int]:
    made = Counter()
    persons = {row["person_id"]: row for row in world["persons"]}
    welfare = _fifths(world)
    for fy in years:
        day = min(dt.date(fy + 1, 6, 30), as_of)
        paid, homes = _payments(made, world, persons, fy)
        _people(made, world, persons, welfare, paid, homes, fy, day)
        _homes(made, world, welfare, homes, fy, day)
        _alignment(made, world, welfare, homes, fy)
        _enrolments(made, world, persons, fy, day)
    _records(made, world, persons, years, as_of)
    _budget(made, world, years)
    return dict(made.sums)


def _sex(person: dict[str, Any] | None) -> str:
    return person["sex"] if person and person["sex"] in OLD else "other"


def _living(row: dict[str, Any]) -> bool:
    return bool(row["is_alive"] and not row["is_duplicate"])


def _fifths(world: World) -> dict[int, tuple[int, int]]:
    """household -> (likelihood, fifth)."""
    score = {row["household_id"]: row for row in world["welfare"]}
    people: dict[int, int] = defaultdict(int)
    for row in world["persons"]:
        if _living(row) and row["household_id"] in score:
            people[score[row["household_id"]]["score"]] += 1
    whole, below, fifth = sum(people.values()), 0, {}
    for at in sorted(people):
        fifth[at] = min(5, 1 + int(Fraction(5 * (2 * below + people[at]), 2 * whole)))
        below += people[at]
    return {home: (row["likelihood"], fifth[row["score"]]) for home, row in score.items() if row["score"] in fifth}


def _payments(made: Counter, world: World, persons: dict[int, Any], fy: int) -> tuple[dict[int, Any], dict[int, Any]]:
    """Counts of payments; per person and per household what was paid in the year."""
    paid: dict[int, dict[str, Any]] = {}
    of_programme: dict[tuple[int, str], int] = defaultdict(int)
    for row in world["payments"]:
        if row["fy"] != fy:
            continue
        person = persons.get(row["person_id"])
        place = person["area_code"][:4] if person else row["area_code"][:4]
        split = {"sex": _sex(person), "programme": row["programme_code"]}
        credited = row["state"] == "paid"
        amount = row["amount_poisha"] if credited else 0
        made.add("payments_due", fy, place, **split)
        made.add("payments_sent", fy, place, int(row["state"] != "due"), **split)
        made.add("payments_credited", fy, place, int(credited), **split)
        in_time = credited and row["settled_on"] < row["period_end"] + dt.timedelta(15)
        made.add("payments_timely", fy, place, int(in_time), **split)
        made.add("payments_own_account", fy, place, int(row["own"]), **split)
        made.add("poisha_paid", fy, place, amount, **split)
        made.add("poisha_digital", fy, place, amount if row["digital"] else 0, **split)
        got = paid.setdefault(row["person_id"], {"poisha": 0, "programmes": set(), "place": place})
        got["poisha"] += amount
        of_programme[row["person_id"], row["programme_code"]] += amount
        if amount:
            got["programmes"].add(row["programme_code"])
    homes = _payees(made, persons, paid, fy)
    for (number, programme), amount in of_programme.items():
        if amount:
            sex, place = _sex(persons.get(number)), paid[number]["place"]
            made.add("people_paid", fy, place, programme=programme, alone="programme")
            if sex == "female":
                made.add("women_paid", fy, place, programme=programme, alone="programme")
            if any(q["fy"] == fy and q["programme_code"] == programme and q["area_code"][:4] == place
                   for q in world["quotas"]):  # fmt: skip
                made.add("people_paid_of_places", fy, place, programme=programme)
    return paid, homes


def _payees(made: Counter, persons: dict[int, Any], paid: dict[int, Any], fy: int) -> dict[int, Any]:
    """Counts of people paid, each once; per household what was paid."""
    homes: dict[int, dict[str, Any]] = {}
    for number, got in paid.items():
        person = persons.get(number)
        for name, fits in (("people_paid", True), ("women_paid", _sex(person) == "female")):
            if fits and got["poisha"]:
                made.add(name, fy, got["place"], sex=_sex(person))
        if got["programmes"] & GROUPS["mother"] and _sex(person) == "female":
            made.add("mothers_paid", fy, got["place"])
        if person:
            home = homes.setdefault(person["household_id"], {"poisha": 0, "programmes": set()})
            home["poisha"] += got["poisha"]
            home["programmes"] |= got["programmes"]
    return homes


def _people(
    made: Counter, world: World, persons: dict[int, Any], welfare: dict[int, Any], paid: dict[int, Any],
    homes: dict[int, Any], fy: int, day: dt.date,
) -> None:  # fmt: skip
    for row in persons.values():
        born = row["birth_date"]
        if not _living(row) or (born and born > day):
            continue
        got, home = paid.get(row["person_id"]), homes.get(row["household_id"], {"poisha": 0, "programmes": set()})
        programmes = got["programmes"] if got else set()
        child = bool(born and born > years_before(day, 15))
        older = bool(born and row["sex"] in OLD and born <= years_before(day, OLD[row["sex"]]))
        disabled = row["disability"] not in (None, "none", "", "unknown")
        likelihood, fifth = welfare.get(row["household_id"], (None, None))
        facts = {
            "people": True, "children": child, "older_people": older, "people_with_disability": disabled,
            "births": bool(born and born >= dt.date(fy, 7, 1)),
            "contributors": bool(row["government_salary"] or row["government_pension"]),
            "children_covered": child and bool(home["programmes"] & GROUPS["child"]),
            "older_covered": older and bool(programmes & GROUPS["older"] or row["government_pension"]),
            "disabled_covered": disabled and bool(programmes & GROUPS["disability"]),
            "recipients_scored": likelihood is not None and bool(got and got["poisha"]),
        }  # fmt: skip
        if likelihood is not None:
            facts |= {
                "expected_poor_permille": likelihood,
                "poor_covered_permille": likelihood if home["poisha"] else 0,
                "recipients_not_poor_permille": 1000 - likelihood if got and got["poisha"] else 0,
            }
            for name, fits in (("quintile_people", True), ("quintile_covered", home["poisha"] > 0)):
                made.add(name, fy, row["area_code"], int(fits), sex=_sex(row), quintile=str(fifth))
        for name, value in facts.items():
            made.add(name, fy, row["area_code"], int(value), sex=_sex(row))


def _homes(made: Counter, world: World, welfare: dict[int, Any], homes: dict[int, Any], fy: int, day: dt.date) -> None:
    recorded = {row["household_id"]: row["recorded_on"] for row in world["sources"]}
    members: dict[int, int] = defaultdict(int)
    for row in world["persons"]:
        members[row["household_id"]] += _living(row)
    for row in world["households"]:
        on = recorded.get(row["household_id"])
        money = homes.get(row["household_id"], {"poisha": 0})["poisha"]
        if on and on > day and not money:
            continue
        place = row["area_code"]
        fifth = welfare.get(row["household_id"], (None, None))[1]
        split = {"quintile": str(fifth) if fifth else None}
        made.add("households", fy, place)
        made.add("households_complete", fy, place, int(all(row[name] is not None for name in KNOWN)))
        made.add("households_recent", fy, place, int(bool(on and on > months_before(day, 24))))
        made.add("household_poisha", fy, place, money)
        made.add("receiving_members", fy, place, members[row["household_id"]] if money else 0)
        made.add("quintile_poisha", fy, place, money if fifth else 0, **split)
        made.add("poorest_fifth_poisha", fy, place, money if fifth == 1 else 0)
        income = row["annual_income"]
        made.add("income_poisha", fy, place, income * 100 if income is not None and money else 0, **split)
        made.add("income_known_poisha", fy, place, money if income is not None else 0, **split)


def _alignment(made: Counter, world: World, welfare: dict[int, Any], homes: dict[int, Any], fy: int) -> None:
    members: dict[int, int] = defaultdict(int)
    for row in world["persons"]:
        members[row["household_id"]] += _living(row)
    cells: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in world["households"]:
        cell = cells[row["area_code"][:6]]
        cell[0] += homes.get(row["household_id"], {"poisha": 0})["poisha"]
        likelihood = welfare.get(row["household_id"], (None, None))[0]
        cell[1] += (likelihood or 0) * members[row["household_id"]]
    for area in {code[:digits] for code in cells for digits in (0, 2, 4)}:
        mine = [cell for code, cell in cells.items() if code.startswith(area)]
        money, poor = sum(cell[0] for cell in mine), sum(cell[1] for cell in mine)
        if money and poor:
            gap = sum(abs(Fraction(cell[0], money) - Fraction(cell[1], poor)) for cell in mine)
            made.sums["misaligned_millionths", fy, area, ""] = int(1_000_000 * gap / 2)


def _enrolments(made: Counter, world: World, persons: dict[int, Any], fy: int, day: dt.date) -> None:
    verified = {row["person_id"] for row in world["verified"]}
    forbidden = {(row["one"], row["other"]) for row in world["exclusive"]}
    held: dict[int, set[str]] = defaultdict(set)
    for row in world["enrolments"]:
        if row["valid_from"] <= day and (row["valid_to"] is None or row["valid_to"] > day):
            held[row["person_id"]].add(row["programme_code"])
    for number, programmes in held.items():
        person = persons.get(number)
        place, sex = (person["area_code"] if person else ""), _sex(person)
        made.add("beneficiaries", fy, place, sex=sex)
        double = any((one, other) in forbidden for one in programmes for other in programmes)
        made.add("incompatible_people", fy, place, int(double), sex=sex)
        for programme in programmes:
            made.add("benefits", fy, place, sex=sex, programme=programme)
            made.add("benefits_identified", fy, place, int(number in verified), sex=sex, programme=programme)
    if held:
        made.sums["programmes_linked", fy, "", ""] = len(set.union(*held.values()))


def _fiscal(day: dt.date) -> int:
    return day.year - (day.month < 7)


def _records(
    made: Counter, world: World, persons: dict[int, Any], years: tuple[int, ...], as_of: dt.date
) -> None:  # fmt: skip
    for row in world["applications"]:
        decided = row["decided_on"]
        if decided is None or decided > as_of or _fiscal(decided) not in years:
            continue
        person = persons.get(row["person_id"])
        split = {"sex": _sex(person), "programme": row["programme_code"]}
        place, fy = (person["area_code"] if person else ""), _fiscal(decided)
        made.add("applications_decided", fy, place, **split)
        made.add("decision_days", fy, place, (decided - row["applied_on"]).days, **split)
        made.add("eligible_applicants", fy, place, int(row["eligible"]), **split)
        made.add("eligible_waiting", fy, place, int(row["eligible"] and not row["enrolled"]), **split)
    for row in world["quotas"]:
        if row["fy"] in years:
            made.add("places", row["fy"], row["area_code"], row["slots"], programme=row["programme_code"])
    for row in world["grievances"]:
        fy, answered = _fiscal(row["filed_on"]), row["answered_on"]
        if fy not in years:
            continue
        limit = row["filed_on"] + dt.timedelta(30)
        appeal = row["appeal_decided_on"] is not None
        for name, fits in (
            ("grievances", True), ("grievances_due", answered is not None or limit < as_of),
            ("grievances_in_time", answered is not None and answered <= limit), ("appeals_decided", appeal),
            ("appeals_upheld", appeal and row["appeal_upheld"]),
        ):  # fmt: skip
            made.add(name, fy, row["area_code"], int(fits), programme=row["programme_code"])


def _budget(made: Counter, world: World, years: tuple[int, ...]) -> None:
    for fy in years:
        rows = [row for row in world["budget"] if row["fy"] == fy]
        for row in rows:
            split = {"ministry": row["ministry_code"]}
            made.add("budget", fy, "", row["budget_poisha"], **split)
            made.add("budget_spent", fy, "", row["spent_poisha"] or 0, **split)
            made.add("budget_to_spend", fy, "", row["to_spend_poisha"] or 0, **split)
        for group in {"", *(f"ministry:{row['ministry_code']}" for row in rows)}:
            mine = [row["budget_poisha"] for row in rows if group in ("", f"ministry:{row['ministry_code']}")]
            if sum(mine):
                share = sum(Fraction(amount, sum(mine)) ** 2 for amount in mine)
                made.sums["budget_concentration_millionths", fy, "", group] = int(1_000_000 * share)
