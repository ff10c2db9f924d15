"""Change lists, beneficiary lists and known households come again: everything waits, nothing is overwritten."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest

from shohay.bulk.intake_template import load_template
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.intake import actions as intake
from shohay.stages.intake import queries as intake_queries
from shohay.stages.intake.models import RowError, Upload
from shohay.stages.programmes.models import Ministry, Programme
from shohay.stages.registry import actions_approval, actions_changes, actions_declared, queries_changes
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_declared import Declared
from shohay.stages.registry.models_history import EventPerson, LifeEvent
from tests.household_files import UNION, household, row
from tests.stages.registry.conftest import OPERATOR, UPAZILA

Sent = Callable[..., Upload]


def listed(template: str, rows: list[dict[str, object]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, load_template(template).codes)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def change(fact: str, new_value: object, **more: object) -> dict[str, object]:
    given = {"union_code": UNION, "household_reference": "H1", "fact": fact, "new_value": new_value}
    return {**given, "since": "2026-10-01", "evidence_kind": "visit", "evidence_number": "৪২", **more}


@pytest.fixture
def family(checked: Sent) -> None:
    rows = [row("H1", 1, id_kind="nid10", id_number="1234567890"), row("H1", 2, school_level="primary", school_class=3)]
    actions_changes.take_in(upload=checked([*rows, *household("H2")]), by=OPERATOR)


@pytest.fixture
def sent(family: None) -> Sent:
    """Receive, check and take in a list."""

    def run(template: str, rows: list[dict[str, object]], by: Officer = OPERATOR) -> Upload:
        upload = intake.receive(
            data=listed(template, rows), file_name="list.csv", template=template, area_code="302608", by=by
        )
        upload = intake.check(upload=upload, by=by)
        actions_changes.take_in(upload=upload, by=by)
        upload.refresh_from_db()
        return upload

    return run


def test_rows_of_a_change_list_wait_and_are_written_by_another_officer(sent: Sent):
    upload = sent("changes", [
        change("rooms", "৪"), change("walls", "ইট"), change("পেশা", "farmer", line_no=1),
        change("school_class", 4, line_no=2), change("name_bn", "ফাতেমা বেগম", household_reference="", id_kind="nid10",
                                                   id_number="1234567890"),
    ])  # fmt: skip
    assert (upload.state, upload.counts) == ("admitted", {"proposed": 4, "unmatched": 0})
    assert Household.objects.get(reference="H1").rooms == 2  # nothing is written yet
    events = {event.kind: event for event in LifeEvent.objects.filter(upload=upload)}
    assert events["circumstances"].details == {
        "rooms": 4,
        "walls": "brick",
    }  # one household, day and evidence: one event
    assert events["school"].details["school_class"] == 4
    assert events["school"].details["school_level"] == "primary"
    assert EventPerson.objects.filter(event__upload=upload).count() == 3
    home = Household.objects.get(reference="H1")
    assert sorted(event.household_version for event in events.values()) == [1, 2, 3, 4]
    assert home.version == 4
    for event in events.values():
        with pytest.raises(Refusal):
            actions_approval.approve(event=event, by=Officer("operator", "upazila_officer", ("302608",), ("",)))
        actions_approval.approve(event=event, by=UPAZILA)
    home.refresh_from_db()
    head, child = Person.objects.filter(household=home).order_by("line_no")
    assert (home.rooms, home.walls, head.occupation, child.school_class) == (4, "brick", "farmer", 4)
    assert (head.name_bn, head.name_key) != ("", "")
    assert head.name_bn == "ফাতেমা বেগম"
    assert Event.objects.filter(action="changes.proposed").count() == 1


def test_rows_that_cannot_be_come_back_with_their_reason(sent: Sent):
    upload = sent("changes", [
        change("rooms", "৪"), change("fans", "অনেক"), change("rooms", 2, household_reference="H2"),
        change("rooms", 3, household_reference="NONE"), change("sex", "female", line_no=9),
        change("occupation", "x"), change("sex", "male", line_no=2, since="1990-01-01"),
    ])  # fmt: skip
    found = {error.line: (error.code, error.is_warning) for error in RowError.objects.filter(upload=upload)}
    assert found == {
        3: ("not_a_number", False), 4: ("nothing_new", True), 5: ("household_unmatched", False),
        6: ("person_unmatched", False), 7: ("member_not_said", False), 8: ("since_before_birth", False),
    }  # fmt: skip
    assert (upload.rows_good, upload.rows_bad, upload.counts["proposed"]) == (2, 5, 1)
    for language, word in (("bn", "পাওয়া যায়নি"), ("en", "no such person")):
        text = intake_queries.errors_file(upload, language).read_text(encoding="utf-8-sig")
        assert len(text.splitlines()) == 6
        assert word in text


def test_the_same_list_again_and_the_same_change_again_add_nothing(sent: Sent):
    first = sent("changes", [change("rooms", "৪")])
    assert sent("changes", [change("rooms", "৪")]).pk == first.pk
    other = sent("changes", [change("rooms", "৪"), change("fans", "2", household_reference="H2")])
    assert LifeEvent.objects.count() == 2
    assert RowError.objects.get(upload=other).code == "change_waiting"


def test_a_known_household_with_other_facts_waits_fact_by_fact(family: None, checked: Sent):
    rows = household("H2")
    rows[0] |= {"rooms": "9", "walls": "টিন", "occupation": "farmer"}
    rows[1] |= {"father_name": "করিম"}
    upload = checked([*rows[:2], *household("H3"), row("H2", 4, name_bn="নতুন মানুষ", birth_date="1999-01-01")])
    counts = actions_changes.take_in(upload=upload, by=OPERATOR)
    assert (counts["households"], counts["changed"], counts["proposed"]) == (1, 1, 3)
    found = {(event.kind, event.happened_on) for event in LifeEvent.objects.filter(upload=upload)}
    assert {kind for kind, _ in found} == {"circumstances", "work", "correction"}
    assert Household.objects.get(reference="H2").rooms == 2
    codes = set(RowError.objects.filter(upload=upload).values_list("code", flat=True))
    assert codes == {"already_registered", "member_new", "member_gone"}
    assert Person.objects.filter(household__reference="H2").count() == 3
    again = Upload.objects.get(pk=upload.pk)
    assert actions_changes.propose_differences(upload=again, by=OPERATOR) == {}
    assert LifeEvent.objects.filter(upload=upload).count() == 3
    for event in LifeEvent.objects.filter(upload=upload):
        actions_approval.approve(event=event, by=UPAZILA)
    assert Household.objects.get(reference="H2").rooms == 9
    assert Person.objects.get(household__reference="H2", line_no=2).father_name == "করিম"


def test_thousands_of_changes_in_one_transaction(checked: Sent):
    """No statement a row: the queries are as many for a thousand households as for one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    homes = [one for number in range(1000) for one in household(f"N{number}", 1)]
    actions_changes.take_in(upload=checked(homes), by=OPERATOR)
    rows = [change("rooms", 5, household_reference=f"N{number}") for number in range(1000)]
    upload = intake.receive(
        data=listed("changes", rows), file_name="c.csv", template="changes", area_code="302608", by=OPERATOR
    )
    upload = intake.check(upload=upload, by=OPERATOR)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        counts = actions_changes.take_in(upload=upload, by=OPERATOR)
    assert counts["proposed"] == 1000
    assert len(queries) < 40
    assert Event.objects.filter(action="changes.proposed").count() == 1


# ------------------------------------------------------------------------------------- beneficiary lists


def beneficiary(**more: object) -> dict[str, object]:
    return {"programme_code": "OAA", "union_code": UNION, "name_bn": "মোসাঃ ফাতেমা খাতুন", "birth_date": "1960-03-01",
            "since": "2019-07-01", **more}  # fmt: skip


@pytest.fixture
def programmes(db: None) -> None:
    ministry = Ministry.objects.create(
        code="M", order=1, name_bn="ম", name_en="M", programme_count=1, budget_crore=1, beneficiaries_lakh=1
    )
    for order, code in enumerate(("OAA", "WDA"), start=1):
        Programme.objects.create(
            code=code, order=order, ministry=ministry, name_bn=code, name_en=code, lifecycle_stage="old_age",
            thematic_cluster="x", type="cash_allowance", budget_crore=1, beneficiaries_lakh=1,
        )  # fmt: skip


def test_a_programmes_list_is_matched_and_waits(programmes: None, sent: Sent):
    upload = sent("beneficiaries", [
        beneficiary(id_kind="nid10", id_number="1234567890", name_bn="অন্য বানান"),
        beneficiary(programme_code="WDA", birth_date="1960-03-01"),
        beneficiary(name_bn="অচেনা মানুষ"), beneficiary(programme_code="XYZ"),
    ])  # fmt: skip
    # two heads share name and birth date: the second row fits both
    codes = {error.line: error.code for error in RowError.objects.filter(upload=upload)}
    assert codes == {3: "person_ambiguous", 4: "person_unmatched", 5: "programme_not_known"}
    declared = Declared.objects.get()
    assert (declared.person.household.reference, declared.matched_by, declared.state) == ("H1", "number", "proposed")
    assert (declared.since, declared.same_account) == (date(2019, 7, 1), None)
    assert queries_changes.with_declared(None).num_rows == 0
    with pytest.raises(Refusal) as refused:
        actions_declared.review(
            upload=upload, accept=True, by=Officer("operator", "upazila_officer", ("302608",), ("",))
        )
    assert refused.value.code == "same_person"
    assert actions_declared.review(upload=upload, accept=True, by=UPAZILA) == 1
    held = queries_changes.with_declared(None).to_pylist()
    assert held == [
        {"person_id": declared.person_id, "household_id": declared.person.household_id, "programme_code": "OAA"}
    ]
    assert queries_changes.with_declared(queries_changes.with_declared(None)).num_rows == 1


def test_matched_by_name_and_birth_date_where_one_fits(programmes: None, checked: Sent, sent: Sent):
    actions_changes.take_in(upload=checked([row("H9", 1, name_bn="জমিলা খাতুন", birth_date="1950-01-02")]), by=OPERATOR)
    upload = sent("beneficiaries", [beneficiary(name_bn="জামিলা খাতুন", birth_date="02/01/1950")])
    assert Declared.objects.get(upload=upload).matched_by == "name"
    assert sent("beneficiaries", [beneficiary(name_bn="জামিলা খাতুন", birth_date="1950-01-02")]).counts["declared"] == 0
    with pytest.raises(Refusal):
        actions_declared.review(upload=upload, accept=False, by=UPAZILA)
    actions_declared.review(upload=upload, accept=False, reason="মারা গেছেন", by=UPAZILA)
    assert queries_changes.with_declared(None).num_rows == 0


def test_a_pregnancy_and_another_address_come_in_a_list_and_are_written_by_an_approval(sent):
    wife = Person.objects.get(household__reference="H1", line_no=2)
    Person.objects.filter(pk=wife.pk).update(sex="female")
    Person.objects.filter(household__reference="H1", line_no=1).update(sex="male")
    sent(
        "changes",
        [
            change("pregnant", "হ্যাঁ", line_no=2),
            change("pregnancy_month", "৫", line_no=2),
            change("address", "উত্তর গ্রাম"),
            change("pregnant", "yes", line_no=1),
        ],
    )
    events = {event.kind: event for event in LifeEvent.objects.filter(people__person=wife)}
    events["move"] = LifeEvent.objects.get(kind="move")
    assert events["pregnancy"].details["pregnancy_month"] == 5
    assert events["move"].details == {"address_bn": "উত্তর গ্রাম", "area_type": "rural"}
    for event in events.values():
        actions_approval.approve(event=event, by=UPAZILA)
    wife.refresh_from_db()
    assert (wife.is_pregnant, wife.pregnancy_month, wife.has_anc_card) == (True, 5, None)
    home = Household.objects.get(reference="H1")
    assert (home.address_bn, home.area_type, home.area_code) == ("উত্তর গ্রাম", "rural", UNION)
    # the plan is judged at the approval: no pregnancy of a man
    of_head = LifeEvent.objects.get(kind="pregnancy", state="proposed")
    with pytest.raises(Refusal) as refused:
        actions_approval.approve(event=of_head, by=UPAZILA)
    assert refused.value.code == "pregnancy_of_man"
