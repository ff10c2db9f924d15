"""The machine merges what is beyond doubt, people decide the rest, another officer approves, everything can be undone."""

from __future__ import annotations

from datetime import date

import pytest

from shohay.core.messages import Refusal
from shohay.stages.audit.models import Event
from shohay.stages.linkage import actions, queries
from shohay.stages.linkage.models import LinkageRun, Merge, Pair
from shohay.stages.registry import actions as registry
from shohay.stages.registry.models import Person
from tests.household_files import OTHER_UNION, row
from tests.stages.registry.conftest import FAR, MANAGER, OPERATOR, UPAZILA, UPAZILA2

pytestmark = pytest.mark.django_db

TWICE = {
    "name_bn": "মোঃ জাহাঙ্গীর আলম", "father_name": "আব্দুল করিম", "mother_name": "হালিমা", "sex": "male",
    "birth_date": "1961-04-09", "id_kind": "nid10", "id_number": "1234567890",
}  # fmt: skip
SHARED = {"id_kind": "nid10", "id_number": "5555555555"}


@pytest.fixture
def run(checked) -> LinkageRun:
    rows = [
        row("H1", 1, **TWICE),
        row("H2", 1, **TWICE | {"name_bn": "জাহাংগীর আলম", "union_code": OTHER_UNION}),
        row("H3", 1, name_bn="শফিক মিয়া", sex="male", birth_date="1970-02-02", father_name="কামাল", mother_name="আসমা", **SHARED),
        row("H4", 1, name_bn="সালমা খাতুন", birth_date="1985-05-05", father_name="জসিম", mother_name="রেনু", **SHARED),
    ]  # fmt: skip
    registry.admit(upload=checked(rows), by=OPERATOR)
    return actions.run_linkage(snapshot=registry.take_snapshot(as_of=date(2026, 11, 22), by=MANAGER), by=MANAGER)


def person(reference: str) -> Person:
    return Person.objects.get(household__reference=reference)


def test_sure_pairs_are_merged_doubtful_ones_wait(run: LinkageRun):
    assert run.counts["link"] == run.counts["merged"] == 1
    assert person("H2").duplicate_of_id == person("H1").pk
    merge = Merge.objects.get()
    assert (merge.proposed_by, merge.approved_by, merge.pair.band) == ("matcher", "manager", "link")
    waiting = queries.waiting(UPAZILA).get()
    assert (waiting.left_id, waiting.right_id, waiting.evidence["identity"]) == (
        person("H3").pk,
        person("H4").pk,
        "same",
    )
    assert list(queries.pairs(FAR)) == []
    assert Event.objects.filter(action="linkage.run").count() == 1


def test_the_same_run_again_changes_nothing(run: LinkageRun):
    again = actions.run_linkage(snapshot=run.snapshot, by=MANAGER)
    assert (again.counts["new_pairs"], again.counts["merged"]) == (0, 0)
    assert Pair.objects.count() == 2


def test_deciding_approving_undoing(run: LinkageRun):
    pair = queries.waiting(UPAZILA).get()
    merge = actions.decide_pair(pair=pair, decision="same", reason="saw both cards", by=UPAZILA)
    assert person("H4").duplicate_of_id is None  # not before another officer agrees
    with pytest.raises(Refusal) as refused:
        actions.approve_merge(merge=merge, by=UPAZILA)
    assert refused.value.code == "same_person"
    actions.approve_merge(merge=merge, by=UPAZILA2)
    assert person("H4").duplicate_of_id == person("H3").pk
    with pytest.raises(Refusal) as refused:
        actions.approve_merge(merge=merge, by=UPAZILA2)
    assert refused.value.code == "wrong_state"
    actions.undo_merge(merge=merge, reason="two women", by=UPAZILA)
    assert person("H4").duplicate_of_id is None
    with pytest.raises(Refusal) as refused:
        actions.undo_merge(merge=merge, reason="again", by=UPAZILA)
    assert refused.value.code == "merge_undone"


def test_a_pair_is_decided_once_with_a_reason(run: LinkageRun):
    pair = queries.waiting(UPAZILA).get()
    for case, code in (
        ({"decision": "maybe"}, "decision_unknown"), ({"reason": ""}, "reason_missing"), ({"by": FAR}, "not_allowed"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            actions.decide_pair(**{"pair": pair, "decision": "different", "reason": "x", "by": UPAZILA} | case)
        assert refused.value.code == code
    assert actions.decide_pair(pair=pair, decision="different", reason="man and woman", by=UPAZILA) is None
    with pytest.raises(Refusal) as refused:
        actions.decide_pair(pair=pair, decision="same", reason="x", by=UPAZILA2)
    assert refused.value.code == "pair_decided"


def test_an_undone_merge_of_the_machine_is_not_made_again(run: LinkageRun):
    actions.undo_merge(merge=Merge.objects.get(), reason="brothers", by=UPAZILA)
    assert person("H2").duplicate_of_id is None
    taken = registry.take_snapshot(as_of=date(2026, 11, 23), by=MANAGER)
    assert actions.run_linkage(snapshot=taken, by=MANAGER).counts["merged"] == 0
    assert person("H2").duplicate_of_id is None


def test_who_may_run_it(run: LinkageRun):
    with pytest.raises(Refusal, match="may not"):
        actions.run_linkage(snapshot=run.snapshot, by=OPERATOR)
