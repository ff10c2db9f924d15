"""A ministry reports with evidence, another office verifies; versions stand; nothing is lost; reminders; circles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.models import Event
from shohay.stages.audit.queries import evidence_of
from shohay.stages.coordination import actions_plan as actions
from shohay.stages.coordination import queries_plan as plan
from shohay.stages.coordination import queries_plan_work as work
from shohay.stages.coordination.actions_plan import File, Saying
from shohay.stages.coordination.models_plan import PlanDependency, PlanItem, PlanReminder, PlanUpdate
from tests.stages.coordination.plan_world import (
    CABINET,
    COLLEAGUE,
    FOCAL,
    MINE,
    OTHER,
    PAPER,
    finished,
    plan_in_database,
    progress,
    today,
    yearly,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def plan_loaded(django_db_setup, django_db_blocker):
    with plan_in_database(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _loaded(plan_loaded, db):
    return plan_loaded


def submit(saying=None, *, item=MINE, ministry="MoSW", by=FOCAL, **rest) -> PlanUpdate:
    return actions.submit_update(item=item, ministry=ministry, saying=saying or progress(), by=by, **rest)


def refused(code: str, **asked) -> Refusal:
    with pytest.raises(Refusal) as found:
        submit(**asked)
    assert found.value.code == code
    return found.value


def state(code: str = MINE) -> str:
    return plan.status_on(CABINET, code, today()).state


def test_completed_from_report_to_status():
    """The whole way: late, reported with evidence, still late, verified, completed late."""
    assert state() == "late"
    update = submit(finished(), files=[PAPER])
    assert state() == "late"
    assert (update.version, update.percent, update.evidence_count) == (1, 100, 1)
    actions.verify_update(update=update.pk, by=CABINET)
    assert state() == "completed_late"
    assert plan.status_on(CABINET, MINE, today() - timedelta(1)).state == "late"
    events = list(Event.objects.filter(subject_type="plan_update", subject_id=str(update.pk)).values_list("action"))
    assert events[-1] == ("plan.verified",)


def test_a_focal_point_writes_for_their_own_ministry_only():
    refused("not_allowed", by=OTHER)
    refused("plan_not_yours", by=OTHER, ministry="MoWCA")
    refused("not_allowed", by=CABINET)
    refused("plan_item_unknown", item="9.9-99-99")


def test_a_shared_ministry_writes_too():
    shared = PlanItem.objects.filter(kind="cluster", ministries__ministry="MoWCA", ministries__part="shared").first()
    assert submit(progress(), item=shared.pk, ministry="MoWCA", by=OTHER).version == 1


@pytest.mark.parametrize(
    ("saying", "code"),
    [
        (Saying("progress", percent=50), "plan_update_empty"),
        (Saying("progress", text_en="x"), "plan_update_measure"),
        (Saying("progress", percent=101, text_en="x"), "plan_update_measure"),
        (Saying("done", percent=10, text_en="x"), "plan_update_measure"),
        (Saying("completed", text_en="x"), "plan_update_done_on"),
        (Saying("completed", text_en="x", done_on=date(2999, 1, 1)), "plan_update_done_on"),
        (Saying("completed", text_en="x", done_on=date(1905, 7, 1)), "plan_update_done_on"),
        (Saying("progress", percent=5, text_en="x", obligation=9), ""),
    ],
)
def test_what_says_too_little_or_the_impossible(saying, code):
    if code:
        refused(code, saying=saying)
    else:
        assert submit(saying).obligation.number == 1  # an item with one thing due: that one


def test_what_recurs_must_say_which_period():
    item = yearly().pk
    refused("plan_update_which", saying=finished(), item=item)
    update = submit(finished(obligation=2), item=item, files=[PAPER])
    assert update.obligation.name == "2022-23"
    actions.verify_update(update=update.pk, by=CABINET)
    assert plan.status_on(CABINET, item, today()).met == 1


def test_nobody_verifies_what_they_wrote_and_the_database_holds_it():
    writer_and_verifier = SYSTEM
    update = submit(by=writer_and_verifier)
    with pytest.raises(Refusal, match="You cannot verify"):
        actions.verify_update(update=update.pk, by=writer_and_verifier)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        PlanUpdate.objects.filter(pk=update.pk).update(state="verified", verified_by="system", verified_on=today())


def test_nothing_counts_as_completed_without_evidence():
    update = submit(finished())
    with pytest.raises(Refusal, match="without evidence"):
        actions.verify_update(update=update.pk, by=CABINET)
    with pytest.raises(IntegrityError, match="proven"), transaction.atomic():
        PlanUpdate.objects.filter(pk=update.pk).update(state="verified", verified_by="cabinet", verified_on=today())
    assert state() == "late"


def test_returned_with_a_reason_written_anew_with_its_files():
    first = submit(finished(), files=[PAPER])
    with pytest.raises(Refusal, match="Say why"):
        actions.return_update(update=first.pk, reason=" ", by=CABINET)
    actions.return_update(update=first.pk, reason="The list of upazilas is missing", by=CABINET)
    assert list(work.returned(FOCAL)) == [first]
    assert list(work.returned(OTHER)) == []
    second = submit(finished(), base=1, files=[File("list.csv", b"upazila,covered\nUlipur,yes\n")])
    assert (second.version, second.evidence_count) == (2, 2)
    assert {row.file_name for row in evidence_of("plan_update", second.pk)} == {"minutes.pdf", "list.csv"}
    assert list(work.returned(FOCAL)) == []
    with pytest.raises(Refusal, match="decided already"):
        actions.verify_update(update=first.pk, by=CABINET)


def test_two_drafts_of_one_submission_the_second_writer_is_told_and_nothing_is_lost():
    submit(progress("the first", 40), base=0)
    told = refused("plan_update_changed", saying=progress("the second", 60), base=0, by=COLLEAGUE)
    assert told.params["by"] == "focal"
    assert told.params["version"] == 1
    assert PlanUpdate.objects.get(item=MINE).text_en == "the first"
    second = submit(progress("the second", 60), base=1, by=COLLEAGUE)
    assert list(
        PlanUpdate.objects.filter(item=MINE).order_by("version").values_list("version", "state", "text_en")
    ) == [
        (1, "replaced", "the first"),
        (2, "submitted", "the second"),
    ]
    assert [row.pk for row in work.waiting(CABINET)] == [second.pk]


def test_a_second_click_makes_no_second_version():
    first = submit(base=0)
    assert submit(base=0) == first
    assert PlanUpdate.objects.count() == 1


def test_the_database_keeps_one_waiting_version_and_what_was_decided():
    update = submit()
    with pytest.raises(IntegrityError, match="waits_once"), transaction.atomic():
        PlanUpdate.objects.create(
            item_id=MINE, ministry_id="MoSW", version=2, claim="progress", percent=1, text_en="x", written_by="y",
            written_at=update.written_at, obligation=update.obligation,
        )  # fmt: skip
    actions.verify_update(update=update.pk, by=CABINET)
    for change in (lambda: PlanUpdate.objects.update(text_en="other"), lambda: PlanUpdate.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_what_is_no_evidence_leaves_no_update():
    with pytest.raises(Refusal, match="cannot stand as evidence"):
        submit(files=[PAPER, File("run.exe", b"MZ\x00")])
    assert PlanUpdate.objects.count() == 0


# ------------------------------------------------------------------------------------------------- dependencies


def test_a_circle_is_refused_by_the_action_and_by_the_database():
    one, two, three = "2.1-01-01", "2.1-01-02", "2.1-01-03"
    actions.add_dependency(item=one, needs=two, by=CABINET)
    actions.add_dependency(item=two, needs=three, reason="the manual first", by=CABINET)
    for item, needs in ((three, one), (one, one)):
        with pytest.raises(Refusal, match="wait for each other"):
            actions.add_dependency(item=item, needs=needs, by=CABINET)
    with pytest.raises(IntegrityError, match="circle"), transaction.atomic():
        PlanDependency.objects.create(item_id=three, needs_id=one, set_by="x")
    with pytest.raises(Refusal, match="recorded already"):
        actions.add_dependency(item=one, needs=two, by=CABINET)
    with pytest.raises(Refusal):
        actions.add_dependency(item=one, needs=three, by=FOCAL)


def test_an_item_whose_predecessor_is_late_shows_it():
    early, middle, last = "2.1-01-03", "2.1-02-01", "2.1-02-02"
    actions.add_dependency(item=middle, needs=early, by=CABINET)
    row = actions.add_dependency(item=last, needs=middle, by=CABINET)
    assert work.held_up(CABINET, [early, middle, last], today()) == {middle, last}
    (link,) = work.needs(CABINET, middle, today())
    assert (link.item.pk, link.item.state) == (early, "late")
    assert [link.item.pk for link in work.needed_by(CABINET, early, today())] == [middle]
    actions.remove_dependency(dependency=row.pk, by=CABINET)
    with pytest.raises(Refusal, match="no longer there"):
        actions.remove_dependency(dependency=row.pk, by=CABINET)


# ---------------------------------------------------------------------------------------------------- reminders


def test_one_reminder_a_month_to_each_ministry_that_answers():
    made = actions.remind(on=date(2025, 5, 10), by=SYSTEM)
    assert made > 300
    assert (
        actions.remind(on=date(2025, 5, 31), by=SYSTEM) == 0
        or PlanReminder.objects.filter(month=date(2025, 5, 1)).values("item", "ministry").distinct().count()
        == PlanReminder.objects.count()
    )
    assert actions.remind(on=date(2025, 6, 1), by=SYSTEM) > 300
    mine = work.reminders(FOCAL, month=date(2025, 6, 1))
    assert {row.ministry_id for row in mine} == {"MoSW"}
    assert set(mine.values_list("state", flat=True)) <= {"late", "recurring_missed", "due_soon"}
    with pytest.raises(Refusal):
        actions.remind(on=date(2025, 6, 1), by=FOCAL)


def test_a_reminder_is_answered_by_an_update():
    actions.remind(on=today(), by=SYSTEM)
    before = work.open_reminders(FOCAL).count()
    submit()
    assert work.open_reminders(FOCAL).count() == before - 1
    assert work.reminders(FOCAL, still_open=False).filter(answered=True).get().item_id == MINE


def test_a_ministry_that_never_submits_is_listed():
    actions.remind(on=today(), by=SYSTEM)
    rows = {row.ministry.pk: row for row in work.silent(CABINET, today())}
    assert rows["MoSW"].last is None
    assert rows["MoSW"].reminders > 0
    assert rows["MoSW"].overdue > 0
    submit()
    assert "MoSW" not in {row.ministry.pk for row in work.silent(CABINET, today())}
    assert [row.ministry.pk for row in work.silent(CABINET, today() + timedelta(200))][-1] == "MoSW"
    assert {row.ministry.pk for row in work.silent(OTHER, today())} == {"MoWCA"}
