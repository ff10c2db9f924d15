"""Rice: who is listed, who collects, once and never twice; the kilograms of a list are those of its rations."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.core.messages import Refusal
from shohay.core.rations import ration_number
from shohay.core.values import Period
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.payments import actions, actions_kind, queries_kind
from shohay.stages.payments.models import Cycle
from shohay.stages.payments.models_kind import Distribution, HandoverError, Ration
from shohay.stages.registry.models import Person
from tests.stages.payments import world

pytestmark = pytest.mark.django_db

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
OPERATOR = Officer("operator", "union_operator", areas=(world.KURIGRAM,), programmes=("",))
OTHER_UNION = "55490626"


def card(code: str = "VWB", **fields: object):
    return world.enrolment(world.person(**fields), code)


def opened(code: str = "VWB", folder: str = "vulnerable_women_benefit", period: Period = NOVEMBER) -> Cycle:
    world.programme(code, folder)
    return actions.open_cycle(programme_code=code, period=period, by=world.MANAGER)


def prepared(cycle: Cycle, occasion: str = "") -> list[Distribution]:
    return actions_kind.prepare_distributions(cycle=cycle, occasion=occasion, by=world.MANAGER)


@pytest.fixture
def approved(sunday: None) -> Distribution:
    """Four women of one upazila, two in each of two unions, listed and approved."""
    cycle = opened()
    for area in (world.KURIGRAM, OTHER_UNION):
        card(area=area), card(area=area)
    (made,) = prepared(cycle)
    return actions_kind.approve_distribution(distribution=made, by=world.UPAZILA)


def hand_in(of: Distribution, text: str, by: Officer = world.UPAZILA, name: str = "who.csv"):
    heading = "number,given,kg,given_on,reason\n"
    return actions_kind.record_handover(distribution=of, data=(heading + text).encode(), file_name=name, by=by)


def numbers(of: Distribution) -> list[str]:
    return list(Ration.objects.filter(distribution=of).order_by("line_no").values_list("number", flat=True))


def wrong() -> list[tuple[int, str, str]]:
    return list(HandoverError.objects.order_by("line", "id").values_list("line", "column", "code"))


# ------------------------------------------------------------------------------------------------ the list


def test_a_list_for_each_upazila_with_what_the_rules_give():
    cycle = opened()
    women = [card(), card(area=OTHER_UNION), card(area=world.BHOLA)]
    lists = prepared(cycle)
    assert [(one.area_code, one.rations, one.grams) for one in lists] == [("100918", 1, 30_000), ("554906", 2, 60_000)]
    rations = Ration.objects.order_by("distribution__area_code", "line_no")
    assert [row.enrolment_id for row in rations] == [women[2].pk, women[0].pk, women[1].pk]
    assert {(row.item, row.grams, row.price_poisha, row.state) for row in rations} == {
        ("kg_fortified_rice", 30_000, 0, "due")
    }
    assert all(row.number == ration_number(row.distribution_id, row.line_no) for row in rations)
    event = Event.objects.get(action="distribution.prepared")
    assert event.detail["lists"] == {"100918": 1, "554906": 2}


def test_sold_rice_has_its_price_and_its_months():
    cycle = opened("FFP", "food_friendly")
    card("FFP")
    (made,) = prepared(cycle)
    assert (made.grams, made.price_poisha) == (30_000, 45_000)  # 30 kg at Tk 15
    april = actions.open_cycle(
        programme_code="FFP", period=Period(date(2027, 4, 1), date(2027, 5, 1)), by=world.MANAGER
    )
    with pytest.raises(Refusal) as refused:
        prepared(april)
    assert refused.value.code == "no_goods_due"


def test_rice_of_an_eid_needs_the_eid():
    cycle = opened("VGF", "vulnerable_group_feeding")
    card("VGF")
    with pytest.raises(Refusal) as refused:
        prepared(cycle)
    assert refused.value.code == "occasion_wrong"
    (made,) = prepared(cycle, "eid_ul_azha")
    assert (made.rations, made.grams) == (1, 10_000)


def test_a_monthly_programme_has_no_occasion_and_a_quarter_is_too_long():
    cycle = opened()
    with pytest.raises(Refusal) as refused:
        prepared(cycle, "eid_ul_fitr")
    assert refused.value.code == "occasion_wrong"
    quarter = actions.open_cycle(
        programme_code="VWB", period=Period(date(2026, 7, 1), date(2026, 10, 1)), by=world.MANAGER
    )
    with pytest.raises(Refusal) as refused:
        prepared(quarter)
    assert refused.value.code == "one_month_only"


def test_the_dead_and_second_records_and_second_cards_of_a_household_are_held_back():
    cycle = opened("FFP", "food_friendly")
    first, dead, again = card("FFP"), card("FFP"), card("FFP")
    Person.objects.filter(pk=dead.person_id).update(death_date=date(2026, 10, 1))
    Person.objects.filter(pk=again.person_id).update(duplicate_of=first.person)
    wife = Person.objects.create(
        household=first.household, area_code=first.area_code, line_no=2, relation="spouse", name_bn="স্ত্রী", name_key="s",
        sex="female", recorded_at=world.AT,
    )  # fmt: skip
    world.enrolment(wife, "FFP")
    (made,) = prepared(cycle)
    assert made.held_back == {"dead": 1, "duplicate": 1, "household_listed": 1}
    assert [row.enrolment_id for row in Ration.objects.all()] == [first.pk]


def test_prepared_again_only_upazilas_without_a_list_are_added():
    cycle = opened()
    card()
    assert len(prepared(cycle)) == 1
    card(), card(area=world.BHOLA)
    assert [one.area_code for one in prepared(cycle)] == ["100918"]
    assert prepared(cycle) == []
    assert Ration.objects.count() == 2


def test_the_database_refuses_a_second_ration_of_a_month(approved):
    row = Ration.objects.first()
    row.pk, row.line_no, row.number = None, 99, "9-0099-00"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_whoever_prepared_may_not_approve():
    cycle = opened()
    card()
    (made,) = prepared(cycle)
    Distribution.objects.update(prepared_by=world.UPAZILA.username)
    with pytest.raises(Refusal) as refused:
        actions_kind.approve_distribution(distribution=made, by=world.UPAZILA)
    assert refused.value.code == "same_person"
    with pytest.raises(Refusal) as refused:
        actions_kind.approve_distribution(distribution=made, by=world.MANAGER)
    assert refused.value.code == "not_allowed"


# ------------------------------------------------------------------------------------------------ handing over


def test_a_file_records_who_collected_and_says_what_is_wrong(approved):
    a, b, c, d = numbers(approved)
    file = hand_in(
        approved,
        f"{a},yes,,21/11/2026,\n{b},না,,,মৃত\n{c},হ্যাঁ,২৮.৫,,\n{d},,,,\n9-0001-00,yes,,,\n{a},yes,,,\n,yes,,,\n",
    )
    assert file.counts == {"rows": 7, "given": 2, "not_given": 1, "unchanged": 0, "empty": 1, "wrong": 3}
    assert wrong() == [
        (6, "number", "handover_unknown"),
        (7, "number", "handover_twice"),
        (8, "number", "cell_required"),
    ]
    states = {row.number: (row.state, row.given_grams, row.reason) for row in Ration.objects.all()}
    assert states == {
        a: ("given", 30_000, ""), b: ("not_given", 0, "died"), c: ("given", 28_500, "short_stock"), d: ("due", 0, ""),
    }  # fmt: skip
    approved.refresh_from_db()
    assert (approved.given, approved.given_grams, approved.not_given) == (2, 58_500, {"died": 1})


def test_the_same_again_and_the_same_file_change_nothing(approved):
    a, *_ = numbers(approved)
    first = hand_in(approved, f"{a},yes,,,\n")
    assert hand_in(approved, f"{a},yes,,,\n").pk == first.pk
    later = hand_in(approved, f"{a},yes,,,\n\n\n")
    assert (later.counts["unchanged"], later.counts["wrong"]) == (1, 0)
    contradicting = hand_in(approved, f"{a},no,,,\n")
    assert wrong() == [(2, "number", "handover_already")]
    assert contradicting.counts["wrong"] == 1
    assert Ration.objects.get(number=a).state == "given"


def test_more_than_is_due_and_days_that_cannot_be(approved):
    a, b, c, _ = numbers(approved)
    hand_in(approved, f"{a},yes,31,,\n{b},yes,,23/11/2026,\n{c},yes,,31/10/2026,\n")
    assert wrong() == [
        (2, "number", "handover_too_much"), (3, "given_on", "handover_future"), (4, "number", "handover_early"),
    ]  # fmt: skip
    assert not Ration.objects.exclude(state="due").exists()


def test_a_spreadsheet_with_the_names_of_the_list(approved):
    a, *_ = numbers(approved)
    bytes_ = io.BytesIO()
    book = xlsxwriter.Workbook(bytes_, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["নম্বর", "নাম", "পেয়েছেন", "কেজি দেওয়া হয়েছে", "তারিখ", "না পাওয়ার কারণ"])
    sheet.write_row(1, 0, [a, "আমেনা", "হ্যাঁ"])
    sheet.write_datetime(1, 4, datetime(2026, 11, 20))  # noqa: DTZ001 - a cell has no zone
    book.close()
    file = actions_kind.record_handover(
        distribution=approved, data=bytes_.getvalue(), file_name="তালিকা.xlsx", by=world.UPAZILA
    )
    assert file.counts["given"] == 1
    assert Ration.objects.get(number=a).given_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "file_empty"), (b"number,given\n1,yes\n", "file_columns_missing"), (b"%PDF-1", "file_not_a_table")],
)
def test_a_useless_file_leaves_nothing(approved, data, code):
    with pytest.raises(Refusal) as refused:
        actions_kind.record_handover(distribution=approved, data=data, file_name="x.csv", by=world.UPAZILA)
    assert refused.value.code == code
    assert not HandoverError.objects.exists()


def test_a_union_records_its_own_people_only(approved):
    mine, _, theirs, _ = numbers(approved)
    file = hand_in(approved, f"{mine},yes,,,\n{theirs},yes,,,\n", by=OPERATOR)
    assert (file.counts["given"], wrong()) == (1, [(3, "number", "handover_unknown")])
    assert [row.number for row in queries_kind.rations(OPERATOR, approved)] == numbers(approved)[:2]
    with pytest.raises(Refusal):
        actions_kind.record_ration(ration=Ration.objects.get(number=theirs), given=True, by=OPERATOR)


def test_nothing_is_handed_over_before_approval_or_after_closing(approved):
    row = Ration.objects.first()
    closed = actions_kind.close_distribution(distribution=approved, by=world.UPAZILA)
    assert (closed.not_given, closed.given) == ({"not_collected": 4}, 0)
    for late in (
        lambda: actions_kind.record_ration(ration=row, given=True, by=world.UPAZILA),
        lambda: hand_in(approved, f"{row.number},yes,,,\n"),
        lambda: actions_kind.close_distribution(distribution=approved, by=world.UPAZILA),
    ):
        with pytest.raises(Refusal) as refused:
            late()
        assert refused.value.code == "wrong_state"
    Distribution.objects.update(state="prepared")
    with pytest.raises(Refusal) as refused:
        hand_in(approved, f"{row.number},yes,,,\n")
    assert refused.value.code == "distribution_not_approved"


def test_one_person_on_screen_and_what_was_written_wrongly_is_taken_back(approved):
    row = Ration.objects.first()
    actions_kind.record_ration(ration=row, given=True, given_on=date(2026, 11, 20), by=world.UPAZILA)
    with pytest.raises(Refusal) as refused:
        actions_kind.record_ration(ration=row, given=True, by=world.UPAZILA)
    assert refused.value.code == "handover_already"
    actions_kind.take_back_record(ration=row, reason="অন্য জনের টিপসই", by=world.UPAZILA_2)
    row.refresh_from_db()
    assert (row.state, row.given_grams, row.given_on) == ("due", 0, None)
    with pytest.raises(Refusal) as refused:
        actions_kind.record_ration(ration=row, given=True, grams=20_000, by=world.UPAZILA)
    assert refused.value.code == "reason_missing"
    actions_kind.record_ration(ration=row, given=True, grams=20_000, reason="short_stock", by=world.UPAZILA)
    approved.refresh_from_db()
    assert (approved.given, approved.given_grams) == (1, 20_000)
    assert [event.action for event in Event.objects.filter(subject_type="person").order_by("seq")] == [
        "ration.recorded", "ration.record_taken_back", "ration.recorded",
    ]  # fmt: skip


def test_taking_the_list_leaves_a_trace(approved):
    lines = actions_kind.release_list(distribution=approved, area_code=OTHER_UNION, by=world.UPAZILA)
    assert [line.number for line in lines] == numbers(approved)[2:]
    event = Event.objects.get(action="distribution.list_taken")
    assert (event.area_code, event.detail) == (OTHER_UNION, {"rations": 2})


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["yes", "no", ""]), st.sampled_from(["", "12.5", "30", "30.001"])), max_size=12), st.integers(1, 4))  # fmt: skip
def test_nobody_collects_twice_and_the_kilograms_agree(sunday, rows, parts):
    """Whatever is sent in, in however many files, again and again."""
    with transaction.atomic():
        cycle = opened()
        for _ in range(5):
            card()
        (made,) = prepared(cycle)
        actions_kind.approve_distribution(distribution=made, by=world.UPAZILA)
        known = [*numbers(made), "1-0001-00"]
        for part in range(parts):
            text = "".join(f"{known[at]},{given},{kg},,\n" for at, given, kg in rows[part::parts])
            for _ in range(2 if text else 0):
                first = {row.pk: row.state for row in Ration.objects.exclude(state="due")}
                hand_in(made, text)
                for row in Ration.objects.filter(pk__in=first):
                    assert row.state == first[row.pk]  # what was recorded stays
        made.refresh_from_db()
        lines = Ration.objects.filter(distribution=made)
        assert made.grams == lines.aggregate(kg=Sum("grams"))["kg"] == 150_000
        assert made.given_grams == (lines.aggregate(kg=Sum("given_grams"))["kg"] or 0)
        assert made.given == lines.filter(state="given").count()
        assert all(0 <= row.given_grams <= row.grams for row in lines)
        actions_kind.close_distribution(distribution=made, by=world.UPAZILA)
        made.refresh_from_db()
        assert made.given + sum(made.not_given.values()) == made.rations == 5
        transaction.set_rollback(True)


def test_files_are_kept_unchanged(approved, own_var: Path):
    file = hand_in(approved, f"{numbers(approved)[0]},yes,,,\n")
    assert (own_var / file.path).read_bytes().startswith(b"number,given")
