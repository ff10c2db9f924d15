"""Checks of the registry's own snapshot: scores by place, tasks that open, are given, end, and close themselves."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.policy.quality_rules import shipped
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.accounts.queries import officer_of
from shohay.stages.accounts.rls import enter
from shohay.stages.audit.models import Event
from shohay.stages.registry import actions, queries_quality
from shohay.stages.registry import actions_quality as quality
from shohay.stages.registry.models import Person
from shohay.stages.registry.models_quality import QualityRun, QualityScore, QualityTask
from tests.factories.world import HERE, THERE, UNION_HERE, World

pytestmark = pytest.mark.usefixtures("in_small_world")


def checked() -> QualityRun:
    return quality.check_quality(snapshot=actions.take_snapshot(as_of=timezone.localdate(), by=SYSTEM), by=SYSTEM)


def opened(run: QualityRun, **more: object) -> int:
    given = {"rule": "no_identity", "area_code": HERE, "number": 100, **more}
    return quality.open_tasks(run=run, by=officer_of("upazila_officer"), **given)  # type: ignore[arg-type]


def test_the_counts_are_those_of_the_database(world: World) -> None:
    run = checked()
    living = Person.objects.filter(death_date__isnull=True, duplicate_of__isnull=True).count()
    assert run.counts["records"]["person"] == living > 0
    grown = Person.objects.filter(
        death_date__isnull=True, duplicate_of__isnull=True, identities__isnull=True,
        birth_date__lt=timezone.localdate().replace(year=timezone.localdate().year - 18),
    ).count()  # fmt: skip
    assert run.counts["by_rule"]["no_identity"] == grown > 0
    assert sum(QualityScore.objects.filter(run=run).values_list("records", flat=True)) == sum(
        run.counts["records"].values()
    )
    assert {rule.id: n for rule, n in queries_quality.by_rule(SYSTEM, run)}["no_identity"] == grown


def test_the_same_rules_over_the_same_snapshot_are_one_check(world: World) -> None:
    snapshot = actions.take_snapshot(as_of=timezone.localdate(), by=SYSTEM)
    first = quality.check_quality(snapshot=snapshot, by=SYSTEM)
    events = Event.objects.filter(action="quality.checked").count()
    again = quality.check_quality(snapshot=snapshot, by=SYSTEM)
    assert (again.pk, Event.objects.filter(action="quality.checked").count()) == (first.pk, events) == (first.pk, 1)


def test_an_officer_sees_their_own_places(world: World) -> None:
    run, officer = checked(), officer_of("upazila_officer")
    everything, mine = queries_quality.total(SYSTEM, run), queries_quality.total(officer, run)
    assert everything
    assert mine
    assert 0 < mine.records < everything.records
    assert {row.key for row in queries_quality.by_place(officer, run)} == {HERE[:2]}
    assert queries_quality.total(officer, run, THERE) is None
    with transaction.atomic():
        enter(officer)
        assert {row.area_code[:6] for row in QualityScore.objects.all()} == {HERE}
        with connection.cursor() as cursor:
            cursor.execute("reset role")


def test_a_task_opens_once_is_given_and_ends_with_what_came_of_it(world: World) -> None:
    run, officer = checked(), officer_of("upazila_officer")
    number = opened(run)
    assert number > 0
    assert opened(run) == 0
    task = QualityTask.objects.filter(area_code__startswith=HERE).first()
    assert task
    assert task.state == "open"
    assert quality.assign_tasks(tasks=[task.pk], to="union_operator", by=officer) == 1
    ended = quality.end_task(task=task.pk, outcome="right", note="saw the card", by=officer_of("union_operator"))
    assert (ended.state, ended.outcome, ended.ended_by) == ("done", "right", "union_operator")
    assert Event.objects.order_by("-seq").values_list("action", flat=True)[0] == "quality.task_ended"
    with pytest.raises(Refusal, match="ended"):
        quality.end_task(task=task.pk, outcome="right", note="again", by=officer)


def test_the_database_holds_one_open_task_for_a_finding(world: World) -> None:
    opened(checked())
    task = QualityTask.objects.first()
    assert task
    task.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        task.save(force_insert=True)


def test_the_next_check_closes_what_is_right_again(world: World) -> None:
    opened(checked())
    task = QualityTask.objects.exclude(person=None).first()
    assert task
    Person.objects.filter(pk=task.person_id).update(birth_date=timezone.localdate())  # a child of today needs no NID
    checked()
    task.refresh_from_db()
    assert (task.state, task.ended_by) == ("gone", "quality")


def test_who_may_not_is_refused_and_nothing_happens(world: World) -> None:
    run, operator = checked(), officer_of("union_operator")
    with pytest.raises(Refusal, match="not do this"):
        quality.open_tasks(run=run, rule="no_identity", area_code=HERE, by=operator)
    with pytest.raises(Refusal, match="not do this"):
        opened(run, area_code=THERE)
    with pytest.raises(Refusal, match="no rule"):
        opened(run, rule="no_wings")
    with pytest.raises(Refusal, match="officer"):
        opened(run, assign_to="finance")
    assert opened(run)
    task = QualityTask.objects.first()
    assert task
    with pytest.raises(Refusal, match="Say why"):
        quality.end_task(task=task.pk, outcome="right", note=" ", by=operator)
    with pytest.raises(Refusal, match="Say why"):
        quality.end_task(task=task.pk, outcome="perfect", note="x", by=operator)
    quality.assign_tasks(tasks=[task.pk], to="upazila_officer", by=officer_of("upazila_officer"))
    with pytest.raises(Refusal, match="not do this"):
        quality.end_task(task=task.pk, outcome="right", note="not mine", by=operator)
    assert QualityTask.objects.exclude(state__in=["open", "assigned"]).count() == 0


def test_the_findings_of_a_record_are_told_heaviest_first(world: World) -> None:
    assert queries_quality.findings_of(world.amena.household_id) == []  # nothing was checked yet
    Person.objects.filter(pk=world.amena.pk).update(birth_date=None, father_name="")
    checked()
    found = queries_quality.findings_of(world.amena.household_id, world.amena.pk)
    assert [rule.id for rule in found][:2] == ["no_birth_date", "no_parents"]
    assert [rule.weight for rule in found] == sorted((rule.weight for rule in found), reverse=True)


def test_lost_files_are_made_again(world: World) -> None:
    import shutil

    run = checked()
    shutil.rmtree(run.path)
    with pytest.raises(Refusal, match="gone"):
        opened(run)
    again = quality.check_quality(snapshot=run.snapshot, by=SYSTEM)
    assert again.pk == run.pk
    assert opened(run) > 0
    assert run.rules_sha256 == shipped().sha256
    assert UNION_HERE.startswith(HERE)
