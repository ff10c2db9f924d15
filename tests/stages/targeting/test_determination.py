"""A determination is stored whole, ranked within places, repeatable; lists need two officers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.audit.queries import verify
from shohay.stages.programmes import actions_scores
from shohay.stages.registry.models import Snapshot
from shohay.stages.targeting import actions, queries
from shohay.stages.targeting.models import Decision, Quota, Run, SelectionList
from shohay.stages.targeting.replay import replay
from tests.stages.targeting.conftest import AS_OF, MANAGER, OFFICER, OPERATOR

YEAR = "2026-27"


@pytest.fixture
def run(taken: Snapshot) -> Run:
    actions.allocate_quotas(programme_code="OAA", fiscal_year=YEAR, total=6, by=MANAGER)
    return actions.run_determination(snapshot=taken, on=AS_OF, by=MANAGER)


def test_every_applicant_and_every_ranked_person_has_one_answer(run: Run):
    counts = run.counts["OAA"]
    of = Decision.objects.filter(run=run, programme_code="OAA")
    assert of.filter(rank__isnull=False).count() == counts["ranked"] > 0
    assert of.filter(outcome="eligible", rank__isnull=False).count() == counts["ranked"]
    assert of.filter(outcome="not_eligible").exclude(failed=[]).count() == of.filter(outcome="not_eligible").count() > 0
    assert not of.filter(outcome="cannot_tell", unknown=[]).exists()
    assert Event.objects.latest("seq").action == "determination.run"


def test_nobody_is_selected_beyond_the_places_of_an_upazila(run: Run):
    places = {(quota.programme_code, quota.area_code): quota.slots for quota in Quota.objects.all()}
    assert sum(places.values()) == 6
    taken = (
        Decision.objects.filter(run=run, programme_code="OAA", selected=True)
        .values("upazila_code")
        .annotate(n=Count("id"))
    )
    assert {row["upazila_code"]: row["n"] for row in taken}
    for row in taken:
        assert row["n"] <= places["OAA", row["upazila_code"]]
    # whoever waits below the line has a worse rank than everybody above it, but for reserved places
    assert Decision.objects.filter(run=run, programme_code="OAA", selected=False, rank__isnull=False).exists()


def test_the_same_again_is_the_run_that_is_there(run: Run, taken: Snapshot):
    assert actions.run_determination(snapshot=taken, on=AS_OF, by=MANAGER) == run
    assert Run.objects.count() == 1


def test_other_places_make_another_run_with_another_result(run: Run, taken: Snapshot):
    actions.allocate_quotas(programme_code="OAA", fiscal_year=YEAR, total=2, by=MANAGER)
    other = actions.run_determination(snapshot=taken, on=AS_OF, by=MANAGER)
    assert other.pk != run.pk
    assert other.result_sha256 != run.result_sha256


def test_replay_finds_the_same_bytes_also_after_the_quotas_changed(run: Run):
    actions.allocate_quotas(programme_code="OAA", fiscal_year=YEAR, total=2, by=MANAGER)
    assert replay(run).same


LINEAR = """
kind: linear
code: test_pmt
title: {bn: পরীক্ষার সূত্র, en: Test formula}
source: invented for a test
scale: [[1000, 0], [9000, 1000]]
models:
  - name: rural
    text: {bn: গ্রাম, en: Villages}
    when: "is_rural"
    intercept: 8.0
    terms:
      - {text: {bn: সদস্য, en: Members}, value: household_size, coefficient: -0.1}
      - {text: {bn: পাখা, en: Fans}, value: "coalesce(fans, 0)", coefficient: 0.2}
  - name: town
    text: {bn: শহর, en: Towns}
    intercept: 8.4
    terms: [{text: {bn: সদস্য, en: Members}, value: household_size, coefficient: -0.1}]
"""
CATEGORICAL = """
kind: categorical
code: test_n_of_m
title: {bn: পরীক্ষার শর্ত, en: Test conditions}
source: invented for a test
needed: 2
conditions:
  - {text: {bn: ভূমিহীন, en: Landless}, when: is_landless}
  - {text: {bn: দুর্বল দেয়াল, en: Weak walls}, when: has_weak_walls}
  - {text: {bn: পাখা নেই, en: No fan}, when: "fans = 0"}
"""


@pytest.mark.parametrize(("text", "scores"), [(LINEAR, range(1001)), (CATEGORICAL, (0, 333, 666, 1000))])
def test_another_formula_in_force_scores_the_next_run_and_not_the_last(run: Run, taken: Snapshot, text, scores):
    """Ranked by its scores; the run before is repeated by the formula that it was made with."""
    other = Officer("salma", "programme_manager", ("",), ("",))
    version = actions_scores.install(text=text, by=other)
    assert run.parameters["formula"] == "ppi_2013"
    actions_scores.activate(version=version, on=timezone.localdate() + timedelta(days=1), by=MANAGER)
    day = timezone.localdate() + timedelta(days=2)
    later = actions.run_determination(snapshot=taken, on=day, by=MANAGER)
    assert (later.parameters["formula"], later.parameters["formula_sha256"]) == (version.code, version.sha256)
    found = set(Decision.objects.filter(run=later, score__isnull=False).values_list("score", flat=True))
    assert len(found) > 1
    assert found <= set(scores)
    assert replay(later).same
    assert replay(run).same


def test_replay_sees_a_changed_result_and_a_changed_snapshot(run: Run, taken: Snapshot):
    Run.objects.filter(pk=run.pk).update(result_sha256="0" * 64)
    run.refresh_from_db()
    assert not replay(run).same
    path = settings.VAR / taken.path / "persons.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Refusal) as refused:
        replay(run)
    assert refused.value.code == "snapshot_changed"


def test_lists_hold_everybody_ranked_and_the_places_of_the_run(run: Run):
    actions.allocate_quotas(programme_code="OAA", fiscal_year=YEAR, total=2, by=MANAGER)  # later: changes nothing here
    proposed = actions.propose_lists(run=run, by=MANAGER)
    assert not Decision.objects.filter(run=run, rank__isnull=False, selection_list=None).exists()
    oaa = [row for row in proposed if row.programme_code == "OAA"]
    assert sum(row.slots for row in oaa) == 6
    for row in proposed:
        found = row.decisions.aggregate(all=Count("id"), selected=Count("id", filter=Q(selected=True)))
        assert (row.eligible, row.selected) == (found["all"], found["selected"])
        ranks = list(queries.list_rows(row).values_list("rank", flat=True))
        assert ranks == list(range(1, len(ranks) + 1))
    with pytest.raises(Refusal) as refused:
        actions.propose_lists(run=run, by=MANAGER)
    assert refused.value.code == "lists_none"


def test_whoever_proposed_cannot_approve_and_approving_twice_says_who_did(run: Run):
    local = Officer("karim", "upazila_officer", ("",), ("",))
    one = actions.propose_lists(run=run, by=local)[0]
    with pytest.raises(Refusal) as refused:
        actions.approve_list(selection_list=one, by=local)
    assert refused.value.code == "same_person"
    actions.approve_list(selection_list=one, by=OFFICER)
    with pytest.raises(Refusal) as refused:
        actions.approve_list(selection_list=one, by=OFFICER)
    assert refused.value.code == "list_already_approved"
    assert "upazila" in refused.value.say("en")
    assert refused.value.say("bn").startswith("তালিকাটি আগেই অনুমোদিত")
    assert verify().broken_at is None


def test_a_returned_list_waits_until_it_is_proposed_again(run: Run):
    one = actions.propose_lists(run=run, by=MANAGER)[0]
    with pytest.raises(Refusal, match="reason"):
        actions.return_list(selection_list=one, reason=" ", by=OFFICER)
    actions.return_list(selection_list=one, reason="তিনজন এলাকায় থাকেন না", by=OFFICER)
    with pytest.raises(Refusal) as refused:
        actions.approve_list(selection_list=one, by=OFFICER)
    assert refused.value.code == "list_was_returned"
    assert [row.pk for row in actions.propose_lists(run=run, by=MANAGER)] == [one.pk]
    assert actions.approve_list(selection_list=one, by=OFFICER).state == "approved"


def test_an_officer_proposes_approves_and_sees_only_within_area_and_programme(run: Run):
    upazilas = sorted(set(Decision.objects.filter(run=run).values_list("upazila_code", flat=True)))
    local = Officer("salma", "upazila_officer", (upazilas[0],), ("OAA",))
    proposed = actions.propose_lists(run=run, by=local)
    assert {(row.area_code, row.programme_code) for row in proposed} == {(upazilas[0], "OAA")}
    elsewhere = next(row for row in actions.propose_lists(run=run, by=MANAGER) if row.area_code == upazilas[1])
    with pytest.raises(Refusal) as refused:
        actions.approve_list(selection_list=elsewhere, by=local)
    assert refused.value.code == "not_allowed"
    assert set(queries.lists(local)) == set(proposed)
    assert SelectionList.objects.count() > len(proposed)
    assert not queries.lists(OPERATOR).exists()


def test_without_definitions_in_force_nothing_is_decided(taken: Snapshot):
    with pytest.raises(Refusal) as refused:
        actions.run_determination(snapshot=taken, on=AS_OF.replace(year=2001), by=MANAGER)
    assert refused.value.code == "no_definitions"


@pytest.mark.parametrize(("slots", "code"), [({"999999": 4}, "quota_unknown_area"), ({"10": 4}, "quota_unknown_area")])
def test_quotas_of_places_that_are_not_upazilas_are_refused(taken: Snapshot, slots: dict[str, int], code: str):
    with pytest.raises(Refusal) as refused:
        actions.set_quotas(programme_code="OAA", fiscal_year=YEAR, slots=slots, by=MANAGER)
    assert refused.value.code == code


def test_national_places_are_scaled_to_the_people_of_the_registry(taken: Snapshot):
    scaled = queries.scaled_places("OAA")
    assert scaled == actions.allocate_quotas(programme_code="OAA", fiscal_year=YEAR, by=MANAGER)
    assert sum(Quota.objects.values_list("slots", flat=True)) == scaled > 0
