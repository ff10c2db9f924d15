"""The policy lab in the database: comparisons of one's own, simulated once, saved for all; what is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shohay.core.messages import Refusal
from shohay.stages.audit.models import Event
from shohay.stages.results import actions_lab as actions
from shohay.stages.results import queries_lab as queries
from shohay.stages.results.models_lab import LabResult, LabStudy
from tests import lab
from tests.factories.world import make_places, make_programmes
from tests.lab import EVALUATOR, FINANCE, MANAGER, scenario, what_if


@pytest.fixture(autouse=True)
def rules(db: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    lab.remembering(monkeypatch)
    make_places()
    make_programmes()
    lab.rules()
    return lab.make_base()


def begun(*scenarios: dict) -> LabStudy:
    return actions.start_study(
        name="Old age", base=lab.base(), scenarios=scenarios or (scenario(), what_if()), by=MANAGER
    )


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_a_comparison_is_simulated_once_and_what_is_known_comes_at_once() -> None:
    study, steps = begun(), list[str]()
    result = actions.simulate_study(study=study, by=MANAGER, progress=lambda step, done, total: steps.append(step))
    study.refresh_from_db()
    assert study.result == result
    assert {"lab_read", "lab_choose", "lab_measure"} <= set(steps)
    today, changed = result.result["scenarios"]
    assert changed["totals"]["cost"] > today["totals"]["cost"] > 0
    assert [row["origin"] for row in changed["programmes"]] == ["changed", "published"]
    steps.clear()
    other = begun()
    again = actions.simulate_study(study=other, by=FINANCE, progress=lambda step, done, total: steps.append(step))
    assert (again.pk, steps, LabResult.objects.count()) == (result.pk, [], 1)
    events = Event.objects.filter(action="lab.simulated").order_by("seq")
    assert [event.detail["known"] for event in events] == [False, True]


def test_killed_in_the_middle_nothing_is_kept_and_the_next_run_is_whole() -> None:
    class Killed(Exception):
        pass

    def killer(step: str, done: int, total: int) -> None:
        if step == "lab_measure":
            raise Killed

    study = begun()
    with pytest.raises(Killed):
        actions.simulate_study(study=study, by=MANAGER, progress=killer)
    assert LabResult.objects.count() == 0
    first = actions.simulate_study(study=study, by=MANAGER)
    LabStudy.objects.update(result=None)
    LabResult.objects.all().delete()
    lab.forget()
    second = actions.simulate_study(study=study, by=MANAGER)
    assert second.result_sha256 == first.result_sha256  # the same inputs, the same result


def test_a_change_takes_the_result_away_and_a_result_never_lands_beside_other_scenarios() -> None:
    study = begun(scenario())
    stale = LabStudy.objects.get(pk=study.pk)
    actions.set_scenario(study=study, place=1, document=what_if(), by=MANAGER)
    actions.simulate_study(study=stale, by=MANAGER)  # as a job that was started before the change
    study.refresh_from_db()
    assert (len(study.scenarios), study.result) == (2, None)
    actions.simulate_study(study=study, by=MANAGER)
    actions.set_scenario(study=study, place=0, document=scenario("Other"), by=MANAGER)
    study.refresh_from_db()
    assert study.result is None


def test_saved_it_is_seen_by_all_and_changed_by_nobody() -> None:
    study = begun(scenario())
    assert code_of(lambda: actions.save_study(study=study, name="x", by=MANAGER)) == "lab_no_result"
    assert not queries.studies(FINANCE).exists()
    actions.simulate_study(study=study, by=MANAGER)
    assert code_of(lambda: actions.save_study(study=study, name=" ", by=MANAGER)) == "lab_name_missing"
    actions.save_study(study=study, name="Kept", by=MANAGER)
    assert [row.name for row in queries.studies(EVALUATOR)] == ["Kept"]
    for refused in (
        lambda: actions.set_scenarios(study=study, scenarios=[what_if()], by=MANAGER),
        lambda: actions.delete_study(study=study, by=MANAGER),
        lambda: actions.set_base(study=study, name="y", base=lab.base(), by=MANAGER),
    ):
        assert code_of(refused) == "lab_saved"
    copied = actions.copy_study(study=study, name="Mine", by=FINANCE)
    assert (copied.result_id, copied.saved, copied.owner) == (
        LabStudy.objects.get(pk=study.pk).result_id,
        False,
        "finance",
    )
    actions.set_scenarios(study=copied, scenarios=[what_if()], by=FINANCE)


def test_nobody_changes_or_drops_the_comparison_of_another() -> None:
    study = begun(scenario())
    assert code_of(lambda: actions.delete_study(study=study, by=FINANCE)) == "lab_not_own"
    assert code_of(lambda: actions.set_scenarios(study=study, scenarios=[what_if()], by=FINANCE)) == "lab_not_own"
    assert code_of(lambda: actions.simulate_study(study=study, by=EVALUATOR)) == "not_allowed"
    assert code_of(lambda: actions.copy_study(study=study, name="x", by=EVALUATOR)) == "not_allowed"
    actions.delete_study(study=study, by=MANAGER)
    assert code_of(lambda: actions.delete_study(study=study, by=MANAGER)) == "lab_study_unknown"
    assert Event.objects.filter(action="lab.dropped").count() == 1


@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ([], "lab_empty"),
        ([scenario()] * 5, "lab_full"),
        ([{**scenario(), "years": 99}], "scenario_wrong"),
        ([{**scenario(), "programmes": [{"code": "OAA"}, {"code": "OAA"}]}], "scenario_twice"),
        ([{**scenario(), "surprise": 1}], "scenario_wrong"),
    ],
)
def test_what_is_no_comparison_is_refused(documents: list[dict], code: str) -> None:
    refused = code_of(lambda: actions.start_study(name="x", base=lab.base(), scenarios=documents, by=MANAGER))
    assert refused == code
    assert LabStudy.objects.count() == 0


def test_what_cannot_be_simulated_says_why() -> None:
    unknown = begun(scenario(codes=("OAA", "DPA")))
    assert code_of(lambda: actions.simulate_study(study=unknown, by=MANAGER)) == "lab_rules_unknown"
    drafted = begun({**scenario(), "programmes": [{"code": "OAA", "draft": "a" * 64}]})
    assert code_of(lambda: actions.simulate_study(study=drafted, by=MANAGER)) == "draft_unknown"
    wrong = begun(scenario(parameters={"height": 3}))
    assert code_of(lambda: actions.simulate_study(study=wrong, by=MANAGER)) == "scenario_wrong"
    hostile = begun(scenario(criteria={"age": "age in (select 1)"}))
    assert code_of(lambda: actions.simulate_study(study=hostile, by=MANAGER)).startswith("criterion_")
    assert LabResult.objects.count() == 0


def test_a_base_that_is_gone_is_said_and_the_inputs_name_everything(rules: Path, tmp_path: Path) -> None:
    study = begun()
    before = queries.inputs(study)
    assert before.sha256 == queries.inputs(study).sha256
    assert before.described["definitions"].keys() == {"OAA", "WDA"}
    alone = begun(scenario(codes=("OAA",)))
    assert queries.inputs(alone, sample=0.5).sha256 != queries.inputs(alone).sha256
    shutil.move(rules, tmp_path / "away")
    try:
        assert code_of(lambda: queries.inputs(alone)) == "lab_base_gone"
        assert queries.bases(MANAGER) == []
    finally:
        shutil.move(tmp_path / "away", rules)
