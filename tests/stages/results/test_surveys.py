"""Survey rounds: imported once, estimated with lineage, replaced, compared, proposed as values of indicators."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.results import actions_survey as actions
from shohay.stages.results import given
from shohay.stages.results import queries_survey as queries
from shohay.stages.results.actions_indicators import load_indicators
from shohay.stages.results.models_survey import SurveyEstimate, SurveyRound, SurveyRun
from tests.household_survey import MAPPING, csv_of, remembering, rows

pytestmark = pytest.mark.django_db
BBS = Officer("bbs", "statistics", areas=("",), programmes=("",))
MANAGER = Officer("manager", "programme_manager", areas=("",), programmes=("",))
OPERATOR = Officer("operator", "union_operator", areas=("",), programmes=("",))
SMALL = (
    MAPPING.replace("social_insurance", "social_assistance")
    .replace("  division: {column: div}\n", "")
    .replace('  area_type: {column: area, values: {"1": rural, "2": urban}}\n', "")
)


@pytest.fixture(autouse=True)
def estimated_once(monkeypatch):
    remembering(monkeypatch)


def imported(seed: int = 5, mapping: str = SMALL, change=lambda made: None, by: Officer = BBS) -> SurveyRound:
    return actions.import_round(data=csv_of(rows(seed=seed), change), file_name="survey.csv", mapping=mapping, by=by)


def test_a_round_is_imported_estimated_and_told_with_its_lineage():
    made = imported()
    assert (made.state, made.counts["good"], made.imported_by) == ("ready", 300, "bbs")
    run = actions.estimate_round(survey_round=made, by=BBS)
    made.refresh_from_db()
    assert made.state == "estimated"
    assert (run.data_sha256, run.mapping_sha256) == (made.data_sha256, made.mapping_sha256)
    assert run.code_version == queries.code_version()
    assert "duckdb" in run.code_version
    assert run.estimates == SurveyEstimate.objects.filter(run=run).count() > 100
    poor = queries.estimates(MANAGER, run, dimension="all", programme="").get(measure="headcount")
    assert 0 < poor.low < poor.value < poor.high < 1
    assert list(Event.objects.order_by("seq").values_list("action", flat=True)) == [
        "survey.imported",
        "survey.estimated",
    ]


def test_the_same_again_is_nothing_new():
    first = imported()
    run = actions.estimate_round(survey_round=first, by=BBS)
    again = imported()
    assert (again.pk, actions.estimate_round(survey_round=again, by=BBS).pk) == (first.pk, run.pk)
    assert (SurveyRound.objects.count(), SurveyRun.objects.count(), Event.objects.count()) == (1, 1, 2)


def test_a_later_file_takes_the_place_of_the_round_and_the_earlier_can_come_back():
    first, second = imported(seed=5), imported(seed=6)
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "ready")
    assert queries.named(BBS, "TEST", "2022") == second
    back = imported(seed=5)
    assert (back.pk, back.state) == (first.pk, "ready")
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyRound.objects.filter(pk=second.pk).update(state="estimated")


def test_what_is_refused_keeps_what_is_wrong_and_nothing_else():
    def spoil(made):
        for row in made[:9]:
            row["wgt"] = "-1"

    made = imported(change=spoil)
    assert (made.state, made.path, made.findings.count()) == ("refused", "", 9)
    assert not list((settings.VAR / actions.FOLDER).glob(".work*"))
    with pytest.raises(Refusal) as refused:
        actions.estimate_round(survey_round=made, by=BBS)
    assert refused.value.code == "survey_refused"
    assert Event.objects.get().action == "survey.refused"
    assert queries.findings(BBS, made).count() == 9
    assert queries.findings(MANAGER, made).count() == 0


def test_who_may_and_who_may_not():
    with pytest.raises(Refusal, match="may not"):
        imported(by=MANAGER)
    made = imported()
    with pytest.raises(Refusal, match="may not"):
        actions.estimate_round(survey_round=made, by=MANAGER)
    assert queries.rounds(MANAGER).count() == 1
    assert queries.rounds(OPERATOR).count() == 0
    run = actions.estimate_round(survey_round=made, by=SYSTEM)
    assert queries.estimates(OPERATOR, run).count() == 0


def test_data_that_were_lost_or_changed_are_not_estimated_but_imported_again():
    made = imported()
    path = settings.VAR / made.path
    kept = path.read_bytes()
    path.write_bytes(kept + b"x")
    with pytest.raises(Refusal) as refused:
        actions.estimate_round(survey_round=made, by=BBS)
    assert refused.value.code == "survey_data_gone"
    path.unlink()
    again = imported()
    assert (again.pk, path.read_bytes()) == (made.pk, kept)


def test_two_rounds_are_compared_with_a_test_of_the_difference():
    def richer(made):
        for row in made:
            row["pcexp"] = str(float(row["pcexp"]) * 1.6)

    first, second = imported(), imported(mapping=SMALL.replace('"2022"', '"2025"'), change=richer)
    runs = [actions.estimate_round(survey_round=row, by=BBS) for row in (first, second)]
    told = {row.measure: row for row in queries.compare(BBS, *runs)}
    assert told["headcount"].change.sure
    assert told["headcount"].change.difference == told["headcount"].second.value - told["headcount"].first.value < 0
    reach = {row.measure: row for row in queries.compare(BBS, *runs, programme="OAA")}
    assert reach["coverage"].change.difference == 0
    assert not reach["coverage"].change.sure
    assert queries.compare(OPERATOR, *runs) == []


def test_few_observations_have_no_value_in_the_database_either():
    def spoil(made):
        for i, row in enumerate(made):
            row["sexhead"] = "2" if i < 3 else "1"

    run = actions.estimate_round(survey_round=imported(change=spoil), by=BBS)
    few = SurveyEstimate.objects.filter(run=run, dimension="head_sex", group="female")
    assert set(few.values_list("flag", flat=True)) <= {"few", "undefined", "hidden"}
    assert few.filter(value__isnull=False).count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        few.filter(flag="few").update(value=0.5)


def test_what_a_round_says_of_the_indicators_becomes_counts_of_the_next_computation():
    load_indicators(by=SYSTEM)
    made = imported()
    assert given.survey_rounds() == []  # nothing is estimated yet
    run = actions.estimate_round(survey_round=made, by=BBS)
    values = {row.code: row for row in queries.indicator_values(made) if not row.group}
    excluded = SurveyEstimate.objects.get(run=run, measure="under_coverage", programme="all", dimension="all")
    assert values["OC-13"].value == pytest.approx(100 * excluded.value)
    assert values["OC-09"].value == pytest.approx(100 - values["OC-13"].value)
    counts = {row["name"]: row["value"] for row in given.survey_rounds()}
    after = SurveyEstimate.objects.get(run=run, measure="gap", programme="", dimension="all").value
    assert counts["poverty_gap_after_millionths"] == round(1e6 * after)
    before = counts["poverty_gap_before_millionths"]
    reduced = 100 * (before - counts["poverty_gap_after_millionths"]) / before
    assert reduced == pytest.approx(values["IM-02"].value, abs=0.01)
    assert {row["fiscal_year"] for row in given.survey_rounds()} == {"2022-23"}
    assert all(f"run {run.pk}" in row["origin"] for row in given.survey_rounds())


def test_invented_people_are_no_source_of_indicators():
    made = imported(mapping=SMALL + "synthetic: true\n")
    actions.estimate_round(survey_round=made, by=BBS)
    assert given.survey_rounds() == []
