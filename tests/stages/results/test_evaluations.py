"""The register of evaluations: real ones with their sources, recommendations answered and checked elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.models import Assignment
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.programmes.models import Ministry, Programme
from shohay.stages.results import actions_evaluations as actions
from shohay.stages.results import actions_recommendations as recommendations
from shohay.stages.results import queries_evaluations as queries
from shohay.stages.results.models_evaluations import Evaluation, Finding, ProgrammeFramework, Recommendation
from tests.factories.world import make_officer, make_programmes

pytestmark = pytest.mark.django_db
IMED = Officer("imed", "evaluator", ("",))
CABINET = Officer("cabinet", "cabinet", ("",))
FOCAL = Officer("focal", "focal_point", ("",), (), ("MoSW",))
OTHER = Officer("focal2", "focal_point", ("",), (), ("MoWCA",))
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
DAY = date(2026, 11, 22)


def refusal(doing, **given) -> str:
    with pytest.raises(Refusal) as refused:
        doing(**given)
    return refused.value.code


@pytest.fixture(autouse=True)
def catalogue():
    make_programmes()


@pytest.fixture
def made() -> Evaluation:
    return actions.register_evaluation(
        kind="imed", title_bn="বয়স্ক ভাতার মূল্যায়ন", programme=Programme.objects.get(pk="OAA"), evaluator="IMED",
        questions=["Do they reach the poorest?", " ", "Are they paid in time?"], by=IMED,
    )  # fmt: skip


@pytest.fixture
def asked(made) -> Recommendation:
    return actions.add_recommendation(
        evaluation=made, text="Publish the lists", ministry=Ministry.objects.get(pk="MoSW"), due_on=DAY, by=IMED
    )


def test_real_ones_are_loaded_with_their_source_and_what_officers_did_stays():
    loaded = actions.load_evaluations(by=SYSTEM)
    assert loaded["evaluations"].added == 6
    assert not Evaluation.objects.filter(source="").exists()
    actions.start_evaluation(evaluation=Evaluation.objects.get(pk="NSSS-MTR2"), by=IMED)
    again = actions.load_evaluations(by=SYSTEM)
    assert all((counts.added, counts.changed) == (0, 0) for counts in again.values())
    assert Evaluation.objects.get(pk="NSSS-MTR2").state == "under_way"
    with pytest.raises(Refusal):
        actions.load_evaluations(by=IMED)


def test_what_is_no_evaluation():
    given = {"kind": "imed", "title_bn": "x", "by": IMED}
    assert refusal(actions.register_evaluation, **{**given, "title_bn": " "}) == "evaluation_text_missing"
    days = {"starts_on": DAY, "ends_on": DAY - timedelta(days=1)}
    assert refusal(actions.register_evaluation, **given, **days) == "evaluation_days"
    other = Ministry.objects.create(
        code="MoF", order=2, name_bn="অন্য", name_en="Other", programme_count=0, budget_crore=0, beneficiaries_lakh=0
    )
    scope = {"ministry": other, "programme": Programme.objects.get(pk="OAA")}
    assert refusal(actions.register_evaluation, **given, **scope) == "evaluation_scope"
    assert refusal(actions.register_evaluation, **{**given, "by": FOCAL}) == "not_allowed"


def test_from_the_questions_to_the_report(made):
    assert (made.code, made.ministry_id) == (f"EV-{timezone.localdate().year}-001", "MoSW")
    assert [row.text for row in queries.questions(made)] == ["Do they reach the poorest?", "Are they paid in time?"]
    actions.set_questions(evaluation=made, questions=["One", "Two"], by=IMED)
    actions.add_finding(evaluation=made, text="Not tied", strength="weak", by=IMED)
    tied = actions.add_finding(evaluation=made, text="Two thirds do", strength="strong", question=1, by=IMED)
    assert [row.no for row in queries.findings(made)] == [tied.no, 1]
    assert refusal(actions.set_questions, evaluation=made, questions=["x"], by=IMED) == "evaluation_questions_used"
    today = timezone.localdate()
    done = {"evaluation": made, "by": IMED}
    assert refusal(actions.complete_evaluation, **done, on=today) == "evaluation_report_missing"
    actions.add_report(evaluation=made, data=PDF, file_name="r.pdf", title="Report", by=IMED)
    assert refusal(actions.complete_evaluation, **done, on=today + timedelta(days=1)) == "evaluation_day_ahead"
    assert actions.complete_evaluation(**done, on=today).state == "completed"
    assert refusal(actions.start_evaluation, **done) == "wrong_state"
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.filter(pk=made.pk).update(completed_on=None)


def test_nothing_is_added_to_a_cancelled_one(made):
    assert refusal(actions.cancel_evaluation, evaluation=made, reason="", by=IMED) == "reason_missing"
    actions.cancel_evaluation(evaluation=made, reason="No budget", by=IMED)
    given = {"evaluation": made, "text": "x", "strength": "weak", "by": IMED}
    assert refusal(actions.add_finding, **given) == "evaluation_cancelled"
    assert not Finding.objects.exists()


def test_the_owner_answers_with_a_reason(asked):
    given = {"recommendation": asked, "by": FOCAL}
    assert refusal(recommendations.follow_up, **given, note="x") == "recommendation_no_response"
    for response in ("partly", "rejected"):
        assert refusal(recommendations.respond, **given, response=response, text=" ") == "recommendation_reason_missing"
    assert refusal(recommendations.respond, **given, response="none", text="x") == "recommendation_no_response"
    other = {**given, "by": OTHER}
    assert refusal(recommendations.respond, **other, response="accepted", text="") == "not_allowed"
    assert recommendations.respond(**given, response="rejected", text="Too dear").state == "rejected"
    assert recommendations.respond(**given, response="partly", text="In two districts").state == "open"
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=asked.pk).update(response_text="")


def test_another_office_verifies(asked):
    given = {"recommendation": asked, "by": FOCAL}
    recommendations.respond(**given, response="accepted", text="")
    recommendations.follow_up(**given, note="Drafted")
    assert refusal(recommendations.report_done, **given, note="Done") == "recommendation_evidence_missing"
    recommendations.report_done(**given, note="Done", data=PDF, file_name="a.pdf")
    assert refusal(recommendations.verify, recommendation=asked, note="Seen", by=FOCAL) == "not_allowed"
    recommendations.return_report(recommendation=asked, note="Which list?", by=IMED)
    recommendations.report_done(**given, note="All lists")
    make_officer("focal", "focal_point")
    Assignment.objects.filter(user__username="focal").update(ministry_code="MoSW")
    inside = Officer("mosw", "evaluator", ("",), (), ("MoSW",))
    assert refusal(recommendations.verify, recommendation=asked, note="x", by=inside) == "recommendation_other_office"
    verified = recommendations.verify(recommendation=asked, note="Seen", by=IMED)
    assert (verified.state, verified.verified_by) == ("verified", "imed")
    kinds = [note.kind for note in queries.notes(asked)]
    assert kinds == ["verified", "reported", "returned", "reported", "progress"]
    assert refusal(recommendations.respond, **given, response="accepted", text="") == "wrong_state"
    assert Event.objects.filter(action="recommendation.verified").count() == 1


def test_the_database_refuses_one_officer_for_both(asked):
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Recommendation.objects.filter(pk=asked.pk).update(state="verified", reported_by="x", verified_by="x")
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        ProgrammeFramework.objects.create(programme_id="OAA", approved_on=DAY, recorded_by="x", verified_by="x")


def test_overdue_is_what_the_day_says(asked):
    assert queries.tally(IMED, on=DAY) == (1, 0, 0, 0, 0, 0)
    assert queries.tally(IMED, on=DAY + timedelta(days=1)).overdue == 1
    Recommendation.objects.update(state="reported", response="accepted", reported_on=DAY)
    assert queries.tally(IMED, on=DAY + timedelta(days=9)) == (0, 0, 0, 1, 0, 0)
    Recommendation.objects.update(state="rejected")
    late = DAY + timedelta(days=9)
    assert queries.tally(IMED, on=late).overdue == 0
    assert [row.is_overdue for row in queries.recommendations(IMED, on=late, state="rejected")] == [False]


def test_frameworks_and_evaluations_in_place(made):
    """OP-21: both of two programmes need a framework that somebody verified and an evaluation of the last three years."""

    def now(on: date = DAY) -> tuple[int, int, int, int]:
        return queries.frameworks_and_evaluations(IMED, on=on)[:4]

    assert now() == (2, 0, 0, 0)
    framework = actions.record_framework(
        programme=Programme.objects.get(pk="OAA"), approved_on=date(2024, 1, 1), data=PDF, file_name="f.pdf", by=IMED
    )
    assert now() == (2, 0, 0, 0)
    assert refusal(actions.verify_framework, framework=framework, by=IMED) == "same_person"
    actions.verify_framework(framework=framework, by=CABINET)
    Evaluation.objects.filter(pk=made.pk).update(state="completed", completed_on=date(2024, 2, 29))
    assert now() == (2, 1, 1, 1)
    assert now(date(2027, 3, 1)) == (2, 1, 0, 0)
    assert now(date(2024, 2, 29)) == (2, 1, 1, 1)
    Evaluation.objects.filter(pk=made.pk).update(programme=None)  # of the ministry: counts for both
    found = queries.frameworks_and_evaluations(IMED, on=DAY)
    assert found[:4] == (2, 1, 2, 1)
    assert found.percent == 50
    with pytest.raises(Refusal):
        queries.frameworks_and_evaluations(Officer("x", "upazila_officer", ("",)), on=DAY)
