"""The pages of surveys: a file sent in, figures with their errors, what is wrong, two rounds; and nobody's row."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.results import actions_survey as actions
from shohay.stages.results.actions_indicators import load_indicators
from shohay.stages.results.models_survey import SurveyRound
from tests.household_survey import MAPPING, csv_of, remembering, rows

SMALL = MAPPING.replace("social_insurance", "social_assistance").replace("  division: {column: div}\n", "")
PLAIN = SMALL.replace('  area_type: {column: area, values: {"1": rural, "2": urban}}\n', "")


@pytest.fixture(autouse=True)
def estimated_once(monkeypatch):
    remembering(monkeypatch)


def sent(mapping: str = PLAIN, data: bytes = b"") -> dict[str, object]:
    return {"file": SimpleUploadedFile("survey.csv", data or csv_of(rows())), "mapping": mapping}


@pytest.fixture
def estimated(world) -> SurveyRound:
    load_indicators(by=SYSTEM)
    made = actions.import_round(data=csv_of(rows()), file_name="survey.csv", mapping=SMALL, by=SYSTEM)
    actions.estimate_round(survey_round=made, by=SYSTEM)
    made.refresh_from_db()
    return made


def test_the_statistics_officer_sends_a_file_and_the_estimates_are_a_job(sit, world):
    desk = sit("statistics")
    assert "Sample document" in desk.get("/office/surveys/new").content.decode()
    answer = desk.post("/office/surveys/new", sent())
    made = SurveyRound.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/office/surveys/{made.pk}/")
    assert ProcrastinateJob.objects.filter(task_name="estimate_survey").count() == 1
    assert "Waits for estimation" in desk.get(answer["Location"]).content.decode()
    assert sit("programme_manager").post("/office/surveys/new", sent()).status_code == 403
    assert sit("programme_manager").get(answer["Location"]).status_code == 200
    assert sit("union_operator").get(answer["Location"]).status_code == 403


def test_a_form_that_does_not_hold_says_why_and_keeps_what_was_typed(sit, world):
    desk = sit("statistics")
    for given, said in (
        ({**sent(), "mapping": ""}, "Say what the columns mean"),
        (sent(mapping=PLAIN.replace("psu: psu", "psu: cluster")), "lacks these columns"),
        (sent(mapping="survey: [HIES"), "cannot be read"),
        ({**sent(), "mapping_file": SimpleUploadedFile("m.yaml", b"\xff\xfe\x00x")}, "not a text file"),
    ):
        answer = desk.post("/office/surveys/new", given)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), said
    assert (
        "psu: cluster"
        in desk.post("/office/surveys/new", sent(mapping=PLAIN.replace("psu: psu", "psu: cluster"))).content.decode()
    )
    assert SurveyRound.objects.count() == 0


def test_a_refused_file_shows_every_wrong_row_to_who_sent_it(sit, world):
    def spoil(made):
        for row in made[:5]:
            row["wgt"] = "-7"

    desk = sit("statistics")
    desk.post("/office/surveys/new", sent(data=csv_of(rows(), spoil)))
    made = SurveyRound.objects.get()
    assert "5 of 300 rows are wrong" in desk.get(f"/office/surveys/{made.pk}/").content.decode()
    page = desk.get(f"/office/surveys/{made.pk}/findings").content.decode()
    assert page.count("The weight is zero or negative") == 5
    assert "-7" in desk.get(f"/office/surveys/{made.pk}/findings?as=csv").content.decode()
    assert sit("programme_manager").get(f"/office/surveys/{made.pk}/findings").status_code == 403


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_figures_stand_with_their_intervals(sit, estimated, language):
    page = sit("programme_manager", language).get(f"/office/surveys/{estimated.pk}/").content.decode()
    assert {"bn": "আস্থা ব্যবধি", "en": "confidence interval"}[language] in page
    assert {"bn": "বাদ পড়ার ত্রুটি", "en": "Exclusion error"}[language] in page
    assert "survey_measure" not in page
    assert 'data-chart="interval"' in page


def test_one_asks_for_a_programme_a_breakdown_and_a_measure(sit, estimated):
    desk, where = sit("cabinet"), f"/office/surveys/{estimated.pk}/"
    page = desk.get(where + "?programme=OAA&by=area_type&measure=under_coverage").content.decode()
    assert "Exclusion error: poor people who receive nothing: Rural and urban" in page
    assert desk.get(where + "?programme=%27;--&by=psu&measure=weight").status_code == 200
    table = desk.get(where + "?as=csv").content.decode("utf-8-sig")
    assert "Design effect" in table.splitlines()[0]
    assert len(table.splitlines()) > 200
    assert desk.get("/office/surveys/999/").status_code == 404


def test_no_page_and_no_file_shows_a_household(sit, estimated):
    cells = {cell for row in rows()[:40] for cell in (row["hhid"], row["pcexp"], row["wgt"])}
    for role in ("statistics", "cabinet"):
        desk = sit(role)
        for address in (f"{estimated.pk}/", f"{estimated.pk}/?as=csv", "", "?as=csv"):
            page = desk.get(f"/office/surveys/{address}").content.decode()
            assert not [cell for cell in cells if len(cell) > 4 and cell in page], address


def test_two_rounds_are_compared_and_the_same_one_is_not(sit, estimated):
    other = actions.import_round(
        data=csv_of(rows(seed=8)), file_name="b.csv", mapping=SMALL.replace('"2022"', '"2025"'), by=SYSTEM
    )
    actions.estimate_round(survey_round=other, by=SYSTEM)
    desk, where = sit("cabinet"), f"/office/surveys/compare?first={estimated.pk}&second={other.pk}"
    page = desk.get(where).content.decode()
    assert "differ by more than chance explains" in page
    assert "Exclusion error" in page
    assert desk.get(where + "&by=quintile&programme=OAA").status_code == 200
    assert "p)" in desk.get(where + "&as=csv").content.decode()
    assert (
        "two different rounds"
        in desk.get(f"/office/surveys/compare?first={other.pk}&second={other.pk}").content.decode()
    )
    assert desk.get("/office/surveys/compare?first=x&second=9").status_code == 200
    assert "Compare two rounds" in desk.get("/office/surveys/").content.decode()


def test_what_a_round_says_of_the_indicators_is_shown_and_only_who_may_estimates(sit, estimated):
    desk = sit("statistics")
    page = desk.get(f"/office/surveys/{estimated.pk}/").content.decode()
    assert "IM-01 to IM-04 are taken from the newest round of a year" in page
    assert sit("cabinet").post(f"/office/surveys/{estimated.pk}/estimate").status_code == 403
    assert desk.post(f"/office/surveys/{estimated.pk}/estimate").status_code == 302
