"""Preparing, approving and repeating a payroll; what the database itself refuses."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pyarrow as pa
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from shohay.bulk import payroll as bulk
from shohay.core.messages import MESSAGES, Refusal
from shohay.core.messages.payments import BANK_REASONS, HELD_BACK
from shohay.core.values import Period
from shohay.stages.audit.models import Event
from shohay.stages.payments import actions, queries, rows
from shohay.stages.payments.models import Cycle, Payment, PaymentFile, Payroll, Transfer
from shohay.stages.payments.paths import var
from tests.stages.payments import world
from tests.stages.payments.conftest import QUARTER

pytestmark = pytest.mark.django_db


def prepare(cycle: Cycle, **changes) -> Payroll:
    return actions.prepare_payroll(cycle=cycle, by=world.MANAGER, **changes)


def test_prepared_once(cycle: Cycle):
    world.beneficiary()
    payroll = prepare(cycle)
    before = (Payment.objects.count(), Transfer.objects.count(), Event.objects.count())
    assert prepare(cycle).pk == payroll.pk
    assert (Payment.objects.count(), Transfer.objects.count(), Event.objects.count()) == before == (1, 1, 2)
    payment = Payment.objects.get()
    assert (payment.amount_poisha, payment.state, payment.reason_code) == (195_000, "due", "")
    event = Event.objects.get(action="payroll.prepared")
    assert event.detail["lines"] == 1
    assert event.detail["result_sha256"] == payroll.result_sha256


def test_held_back_with_reasons(cycle: Cycle):
    world.beneficiary()
    world.enrolment(world.person())
    dead = world.beneficiary(death_date=date(2026, 6, 1))
    twin = world.person()
    world.account(twin)
    twin.duplicate_of = dead.person
    twin.save()
    world.enrolment(twin)
    for _ in range(4):
        person = world.person()
        world.account(person, number="01799999999")
        world.enrolment(person)
    payroll = prepare(cycle)
    assert payroll.lines == 1
    assert payroll.held_back == {"no_account": 1, "dead": 1, "duplicate": 1, "shared_account": 4}
    reasons = queries.held_back(payroll)
    assert reasons[0]["reason"] == "shared_account"
    assert reasons[0]["words"].en == "one account serves too many people"
    assert len(queries.held_people(world.FINANCE, payroll, "shared_account")) == 4


def test_each_person_is_paid_once_over_areas(cycle: Cycle):
    """A payroll of Kurigram first, then one of the whole country: Kurigram is not paid twice."""
    world.beneficiary()
    world.beneficiary(area=world.BHOLA)
    first = prepare(cycle, area_code="5549")
    second = prepare(cycle)
    assert (first.lines, second.lines) == (1, 1)
    assert second.held_back == {"already_paid": 1}


def test_database_refuses_a_second_payment_of_the_same(cycle: Cycle):
    world.beneficiary()
    prepare(cycle)
    paid = Payment.objects.get()
    paid.pk, paid.end_to_end_id = None, "other"
    with pytest.raises(IntegrityError, match="payments_payment_once"), transaction.atomic():
        paid.save(force_insert=True)


@pytest.mark.parametrize("column", ["person_id", "account_id", "enrolment_id"])
def test_a_line_that_leads_elsewhere_is_not_loaded(cycle: Cycle, monkeypatch, column: str):
    """The load works without the foreign keys: the lines are held to what was read in the same transaction."""
    world.beneficiary()
    right = bulk.work_out

    def wrong(enrolments, terms):
        found = right(enrolments, terms)
        at = found.lines.column_names.index(column)
        return dataclasses.replace(found, lines=found.lines.set_column(at, column, pa.array([424242])))

    monkeypatch.setattr(bulk, "work_out", wrong)
    with pytest.raises(AssertionError, match="1 payments point"), transaction.atomic():
        prepare(cycle)
    assert not Payment.objects.exists()
    monkeypatch.undo()
    prepare(cycle)
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from payments_payment y join enrolment_enrolment e on e.id = y.enrolment_id"
            " and e.person_id = y.person_id join registry_account a on a.id = y.account_id and a.person_id = y.person_id"
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("change", ["update payments_transfer set amount_poisha = 1", "delete from payments_transfer"])
def test_ledger_is_append_only(cycle: Cycle, change):
    world.beneficiary()
    prepare(cycle)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_four_eyes(cycle: Cycle):
    world.beneficiary()
    payroll = prepare(cycle)
    both = world.Officer("manager", "payroll_approver", **world.ALL)
    with pytest.raises(Refusal) as refused:
        actions.approve_payroll(payroll=payroll, by=both)
    assert refused.value.code == "same_person"
    with pytest.raises(IntegrityError, match="payments_payroll_four_eyes"), transaction.atomic():
        Payroll.objects.filter(pk=payroll.pk).update(approved_by="manager")
    assert actions.approve_payroll(payroll=payroll, by=world.APPROVER).state == "approved"
    with pytest.raises(Refusal, match="approved"):
        actions.approve_payroll(payroll=payroll, by=world.APPROVER)


def test_budget_of_the_year_is_the_limit(db):
    world.programme(budget="0.01")  # Tk 1 lakh
    cycle = actions.open_cycle(programme_code="OAA", period=QUARTER, by=world.MANAGER)
    world.beneficiary()
    assert actions.approve_payroll(payroll=prepare(cycle), by=world.APPROVER).state == "approved"
    Payroll.objects.update(amount_poisha=9_960_000)  # Tk 99,600 of it are spent
    second = actions.open_cycle(
        programme_code="OAA", period=Period(date(2026, 10, 1), date(2026, 11, 1)), by=world.MANAGER
    )
    with pytest.raises(Refusal) as refused:
        actions.approve_payroll(payroll=prepare(second), by=world.APPROVER)
    assert refused.value.code == "budget_exceeded"
    assert "100250.00" in refused.value.say("en")


@pytest.mark.parametrize(
    ("first", "end"),
    [
        (date(2026, 7, 2), date(2026, 10, 1)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 5, 1), date(2026, 8, 1)),  # over the end of the fiscal year
    ],
)
def test_a_period_is_whole_months_of_one_year(db, first, end):
    world.programme()
    with pytest.raises(Refusal) as refused:
        actions.open_cycle(programme_code="OAA", period=Period(first, end), by=world.MANAGER)
    assert refused.value.code == "period_wrong"


def test_a_cycle_is_opened_once_and_needs_a_definition(cycle: Cycle):
    assert actions.open_cycle(programme_code="OAA", period=QUARTER, by=world.MANAGER).pk == cycle.pk
    assert Event.objects.filter(action="cycle.opened").count() == 1
    with pytest.raises(Refusal) as refused:
        actions.open_cycle(programme_code="WDA", period=QUARTER, by=world.MANAGER)
    assert refused.value.code == "no_version"


@pytest.mark.parametrize("who", [world.AUDITOR, world.FINANCE, world.UPAZILA])
def test_only_a_manager_prepares(cycle: Cycle, who):
    with pytest.raises(Refusal) as refused:
        actions.prepare_payroll(cycle=cycle, by=who)
    assert refused.value.code == "not_allowed"


def test_replay_gives_the_same_hash_and_notices_a_change(cycle: Cycle):
    for _ in range(5):
        world.beneficiary()
    payroll = prepare(cycle)
    Payment.objects.update(state="paid")  # what happened since does not matter
    assert queries.replay_payroll(payroll.pk) == payroll.result_sha256
    source = var(payroll.input_path) / "enrolments.parquet"
    source.write_bytes(source.read_bytes() + b"x")
    with pytest.raises(Refusal) as refused:
        queries.replay_payroll(payroll.pk)
    assert refused.value.code == "replay_input_changed"
    source.unlink()
    with pytest.raises(Refusal) as refused:
        queries.replay_payroll(payroll.pk)
    assert refused.value.code == "replay_input_missing"


def test_files_written_again_are_the_same(approved: Payroll):
    first = actions.write_files(payroll=approved, by=world.FINANCE, max_lines=2)
    assert [file.lines for file in first] == [2, 2, 2]
    for file in first:
        var(file.path).unlink()
    second = actions.write_files(payroll=approved, by=world.FINANCE, max_lines=2)
    assert [file.sha256 for file in second] == [file.sha256 for file in first]
    assert PaymentFile.objects.count() == 3


def test_no_file_before_approval(cycle: Cycle):
    world.beneficiary()
    with pytest.raises(Refusal) as refused:
        actions.write_files(payroll=prepare(cycle), by=world.FINANCE)
    assert refused.value.code == "payroll_not_approved"


def test_account_numbers_stand_in_the_bank_file_and_nowhere_else(approved: Payroll, settings):
    number = "01711112222"
    person = world.person()
    world.account(person, number=number)
    world.enrolment(person)
    later = actions.open_cycle(
        programme_code="OAA", period=Period(date(2026, 10, 1), date(2026, 11, 1)), by=world.MANAGER
    )
    payroll = actions.approve_payroll(payroll=prepare(later), by=world.APPROVER)
    (file,) = actions.write_files(payroll=payroll, by=world.FINANCE)
    holding = [path for path in settings.VAR.rglob("*") if path.is_file() and number.encode() in path.read_bytes()]
    assert holding == [var(file.path)]
    assert not any(number in str(event.detail) for event in Event.objects.all())


def test_officers_see_their_areas(cycle: Cycle):
    world.beneficiary()
    world.beneficiary(area=world.BHOLA)
    payroll = prepare(cycle)
    assert [row["lines"] for row in queries.lines_by_state(world.FINANCE, payroll)] == [2]
    assert [row["lines"] for row in queries.lines_by_state(world.UPAZILA, payroll)] == [1]
    assert queries.payroll(world.UPAZILA, payroll.pk) == payroll  # the national payroll pays their people
    elsewhere = prepare(cycle, area_code="1009")
    assert queries.payroll(world.UPAZILA, elsewhere.pk) is None
    other = world.Officer("m", "programme_manager", areas=("",), programmes=("WDA",))
    assert list(queries.payrolls(other)) == []


def test_ledger_by_account(cycle: Cycle):
    world.beneficiary()
    world.beneficiary()
    prepare(cycle)
    assert queries.balances("OAA") == [
        {"account": "budget:OAA", "balance": 390_000, "movements": 2},
        {"account": "payable:OAA", "balance": -390_000, "movements": 2},
    ]
    assert queries.balances("WDA") == []
    assert queries.ledger(world.FINANCE, account="payable:OAA").count() == 2
    with pytest.raises(Refusal):
        queries.ledger(world.MANAGER)


def test_payments_of_a_person(cycle: Cycle):
    enrolment = world.beneficiary()
    world.beneficiary()
    prepare(cycle)
    assert [payment.enrolment_id for payment in queries.payments_of(enrolment.person)] == [enrolment.pk]
    with connection.cursor() as cursor:  # in a table of millions: by keys
        cursor.execute("set local enable_seqscan = off")
    assert "payments_payment_once" in queries.payments_of(enrolment.person).explain()


def test_words_in_both_languages():
    for pair in (*HELD_BACK.values(), *BANK_REASONS.values()):
        assert all(text.strip() for text in pair)
        assert pair[0] != pair[1]
    assert queries.reason_words("ZZ99").bn == "ZZ99"
    assert "bank_down" in MESSAGES


def test_enrolments_outside_the_period_are_not_read(cycle: Cycle):
    for since, until in ((QUARTER.end, None), (QUARTER.first - timedelta(60), QUARTER.first)):
        person = world.person()
        world.account(person)
        world.enrolment(person, since=since, until=until)
    payroll = prepare(cycle)
    assert (payroll.lines, payroll.held_back) == (0, {})


def test_instructions_come_in_the_order_of_the_lines_and_planning_is_as_before(approved: Payroll):
    with transaction.atomic(), connection.cursor() as cursor:
        parts = list(rows.read_instructions(approved.first_payment_id, approved.lines))
        assert [number for part in parts for number in part["line_no"].to_pylist()] == [1, 2, 3, 4, 5, 6]
        for setting in rows.ONE_BY_ONE:
            cursor.execute(f"select current_setting('{setting}')")
            assert cursor.fetchone()[0] not in ("off", "0")
