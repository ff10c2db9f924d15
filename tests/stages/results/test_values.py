"""Indicators computed from the stages: what is counted, where it comes from, again the same, and targets beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.payments.models import Cycle, Payment, Payroll
from shohay.stages.places.models import Area
from shohay.stages.registry.actions import take_snapshot
from shohay.stages.registry.models import Household, Person
from shohay.stages.results import actions_values, queries_export, queries_lineage, queries_values
from shohay.stages.results.actions_indicators import load_indicators
from shohay.stages.results.models_values import IndicatorRun, IndicatorValue
from shohay.stages.results.replay import replay

CABINET = Officer("cabinet", "cabinet", ("",), ("",))
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
AS_OF, YEAR = date(2026, 11, 22), "2026-27"
BIG, SMALL = "30261433", "55490815"  # unions in Dhamrai and Char Rajibpur

pytestmark = pytest.mark.django_db


def beneficiaries(union: str, women: int, men: int) -> list[Enrolment]:
    """Old people of one household, each on the Old Age Allowance since July."""
    home = Household.objects.create(reference=union, area_code=union, area_type="rural", recorded_at=NOW)
    found = []
    for number in range(women + men):
        person = Person.objects.create(
            household=home, area_code=union, line_no=number + 1, relation="other", name_bn="ক", name_key="k",
            sex="female" if number < women else "male", birth_date=date(1950, 1, 1), recorded_at=NOW,
        )  # fmt: skip
        found.append(Enrolment.objects.create(
            person=person, household=home, programme_code="OAA", area_code=union,
            valid=DateRange(date(2026, 7, 1), None), definition_sha256="", enrolled_at=NOW, enrolled_by="manager",
        ))  # fmt: skip
    return found


def pay(enrolments: list[Enrolment]) -> None:
    """A quarter, paid to all but the first, whose payment came back."""
    cycle = Cycle.objects.create(
        programme_code="OAA", period_start="2026-07-01", period_end="2026-10-01", fiscal_year=YEAR,
        opened_by="manager", opened_at=NOW,
    )  # fmt: skip
    payroll = Payroll.objects.create(
        cycle=cycle, state="sent", lines=10, amount_poisha=10, definition_sha256="", input_path="", input_sha256="",
        result_sha256="", prepared_by="manager", prepared_at=NOW,
    )  # fmt: skip
    for number, enrolment in enumerate(enrolments):
        Payment.objects.create(
            payroll=payroll, enrolment=enrolment, person=enrolment.person, programme_code="OAA",
            area_code=enrolment.area_code, period_start="2026-07-01", amount_poisha=180_000,
            end_to_end_id=f"OAA-{number}", state="returned" if number == 0 else "paid", state_at=NOW,
        )  # fmt: skip


@pytest.fixture
def run(settings: Any, tmp_path: Path) -> IndicatorRun:
    """Eight beneficiaries in one union, two in the other, and one old man who gets nothing."""
    settings.VAR = tmp_path
    load_indicators(by=SYSTEM)
    for code, level in (("30", "division"), ("3026", "district"), ("302614", "upazila"), (BIG, "union"),
                        ("55", "division"), ("5549", "district"), ("554908", "upazila"), (SMALL, "union")):  # fmt: skip
        Area.objects.create(
            code=code, level=level, name_bn=code, name_en=code, parent_id=code[:-2] or None, vintage="test",
            path=".".join(code[:length] for length in range(2, len(code) + 1, 2)),
        )  # fmt: skip
    pay(beneficiaries(BIG, women=6, men=2) + beneficiaries(SMALL, women=1, men=1))
    home = Household.objects.get(area_code=SMALL)
    Person.objects.create(
        household=home, area_code=SMALL, line_no=9, relation="other", name_bn="খ", name_key="kh", sex="male",
        birth_date=date(1940, 1, 1), recorded_at=NOW,
    )  # fmt: skip
    take_snapshot(as_of=AS_OF, by=SYSTEM)
    return actions_values.compute(as_of=AS_OF, years=[YEAR], by=CABINET)


def value(code: str, area: str = "", group: str = "") -> IndicatorValue:
    return IndicatorValue.objects.get(code=code, fiscal_year=YEAR, area_code=area, group=group)


def test_counts_and_shares_are_those_of_the_rows(run: IndicatorRun):
    covered = value("OC-01")
    assert (covered.numerator, covered.denominator) == (9, 11)
    assert covered.value == pytest.approx(100 * 9 / 11)
    assert value("OC-05", "3026").value == pytest.approx(100 * 7 / 8)
    assert value("OP-09", group="sex:female").value == pytest.approx(100 * 6 / 7)
    assert value("OP-10").value == 0  # credited in November for a quarter that ended in September
    assert value("PB-01", group="programme:OAA").value == 1800
    assert value("OC-19", "5549").value == 50
    assert run.counts["values"] == IndicatorValue.objects.count()


def test_a_denominator_of_nothing_has_no_value_and_says_why(run: IndicatorRun):
    children = value("OC-02")
    assert (children.denominator, children.value, children.state) == (0, None, "undefined")
    row = next(row for row in queries_values.scoreboard(CABINET, fiscal_year=YEAR) if row["code"] == "OC-02")
    assert (row["value"], row["state"], row["value_state"]) == (None, "no_value", "undefined")


def test_what_has_no_source_has_no_row(run: IndicatorRun):
    assert not IndicatorValue.objects.filter(code__in=["OC-09", "OP-22", "IN-01", "OP-19"]).exists()


def test_the_same_inputs_are_the_same_run_and_replay_gives_its_hash(run: IndicatorRun):
    events = Event.objects.count()
    assert actions_values.compute(as_of=AS_OF, years=[YEAR], by=CABINET) == run
    assert Event.objects.count() == events
    stored, found = replay(run)
    assert stored == found == run.result_sha256


def test_counts_passed_in_by_a_later_stage_become_a_new_run_with_lineage(run: IndicatorRun):
    passed = [
        {"name": name, "fiscal_year": YEAR, "ministry_code": "MoSW", "value": count}
        for name, count in (("actions_due", 4), ("actions_in_time", 1), ("actions_late", 3))
    ]
    again = actions_values.compute(as_of=AS_OF, years=[YEAR], passed=passed, by=CABINET)
    assert again != run
    assert queries_values.series("OP-20") == [(YEAR, 75.0)]
    assert queries_values.series("OP-20", group="ministry:MoSW") == [(YEAR, 75.0)]
    told = queries_lineage.lineage("OP-20")
    assert {count["name"]: count["value"] for count in told["counts"]} == {"actions_late": 3, "actions_due": 4}
    assert (told["run"], told["snapshot"]) == (again.pk, again.snapshot_sha256)


def test_targets_against_actual(run: IndicatorRun):
    def state() -> str:
        return next(r for r in queries_values.scoreboard(CABINET, fiscal_year=YEAR) if r["code"] == "OP-09")["state"]

    assert state() == "no_target"
    actions_values.set_target(code="OP-09", fiscal_year=YEAR, value=95, source="Annual plan", by=CABINET)
    assert state() == "behind"
    actions_values.set_target(code="OP-09", fiscal_year=YEAR, value=90, source="Annual plan, revised", by=CABINET)
    assert state() == "met"
    with pytest.raises(Refusal, match="Say where the target comes from"):
        actions_values.set_target(code="OP-09", fiscal_year=YEAR, value=90, source=" ", by=CABINET)


def test_in_public_few_people_are_hidden_and_the_other_sex_with_them(run: IndicatorRun):
    table = queries_export.published(code="OC-05")
    shown = {(row["area_code"], row["group"]): (row["value"], row["status"]) for row in table["values"]}
    assert shown["", ""] == (None, "Q")  # nine of eleven: the two others would be told about
    assert shown["5549", "sex:male"][1] == "Q"
    assert shown["5549", "sex:female"][1] == "Q"


def test_only_who_may_computes():
    with pytest.raises(Refusal):
        actions_values.compute(by=Officer("focal", "focal_point", ("",), ("",), ("MoSW",)))


def test_without_a_snapshot_nothing_is_computed(settings: Any, tmp_path: Path):
    settings.VAR = tmp_path
    with pytest.raises(Refusal, match="no snapshot"):
        actions_values.compute(by=CABINET)
