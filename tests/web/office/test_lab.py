"""The policy lab on screen: begin, change by form with the sample's answer, run, read, save, take away as a file."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from shohay.core.scenario import Scenario
from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.models import Event
from shohay.stages.results import actions_lab as actions
from shohay.stages.results.models_lab import LabResult, LabStudy
from shohay.stages.targeting.models import Quota
from shohay.web.office.lab import sections_groups, told
from tests import lab
from tests.lab import scenario, what_if

FORM = {"name": "Old age at 60", "base": "survey:test", "on": "22/11/2026", "programmes": ["OAA", "WDA"]}


@pytest.fixture(autouse=True)
def rules(world, monkeypatch):
    lab.remembering(monkeypatch)
    lab.rules()
    lab.make_base()
    Quota.objects.all().delete()  # the small world has a handful of places: everyone eligible tells more


@pytest.fixture
def manager():
    return officer_of("programme_manager", "programme_manager")


@pytest.fixture
def study(manager) -> LabStudy:
    return actions.start_study(name="Old age", base=lab.base(), scenarios=[scenario(), what_if()], by=manager)


@pytest.fixture
def simulated(study, manager) -> LabStudy:
    actions.simulate_study(study=study, by=manager)
    study.refresh_from_db()
    return study


def changed(desk, where: str, **values: object) -> dict[str, object]:
    """What the form of a change holds now, with these values."""
    form = desk.get(where).context["form"]
    held = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in (held | values).items() if value is not False}


def test_a_comparison_is_begun_with_todays_rules_beside_what_if(sit):
    desk = sit("programme_manager")
    answer = desk.post("/office/lab/new", FORM)
    made = LabStudy.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/office/lab/{made.pk}/")
    assert [one["title"]["en"] for one in made.scenarios] == ["Today’s rules", "What if"]
    page = desk.get(answer["Location"]).content.decode()
    assert "Synthetic data: these figures say nothing about Bangladesh" in page
    assert "Nothing has been simulated yet" in page
    assert desk.post("/office/lab/new", {**FORM, "programmes": []}).status_code == 422
    assert desk.post("/office/lab/new", {**FORM, "base": "survey:../secrets"}).status_code == 422


def test_the_sample_answers_while_a_figure_is_moved_and_nothing_is_kept(sit, study):
    desk, where = sit("programme_manager"), f"/office/lab/{study.pk}/2/OAA/"
    sent = changed(desk, where, p_age_men="৬০", p_rate="1,000")
    answer = desk.post(f"/office/lab/{study.pk}/2/try/OAA", sent).content.decode()
    assert "Poor people left out" in answer
    assert "lakh)" in answer
    assert "<html" not in answer
    whole = desk.post(where, {**sent, "try": "1"}).content.decode()  # the same without JavaScript
    assert "Poor people left out" in whole
    wrong = desk.post(f"/office/lab/{study.pk}/2/try/OAA", {**sent, "p_age_men": "old"}).content.decode()
    assert "Age of men from" in wrong
    refused = desk.post(f"/office/lab/{study.pk}/2/try/OAA", {**sent, "c_age": "age > (select 1)"}).content.decode()
    assert "note bad" in refused
    study.refresh_from_db()
    assert study.scenarios == [scenario(), what_if()]
    assert LabResult.objects.count() == 0


def test_what_if_by_form_keeps_only_what_differs(sit, study):
    desk, where = sit("programme_manager"), f"/office/lab/{study.pk}/1/OAA/"
    sent = changed(desk, where, p_rate="700", quota="places", places="5000", universal_in=["504130"], take_up="80",
                   extra_amount="500", extra_per="year", d_public_service="on", c_new="is_widowed")  # fmt: skip
    assert desk.post(where, sent).status_code == 302
    study.refresh_from_db()
    change = study.scenarios[0]["programmes"][0]["change"]
    assert change["parameters"] == {"rate": 700}
    assert change["criteria"] == {"public_service": None, "extra": "is_widowed"}
    assert (change["places"], change["universal_in"], "quota" in change) == (5000, ["504130"], False)
    assert [line["id"] for line in change["benefit"]] == ["regular", "extra"]
    assert study.scenarios[0]["take_up"] == {"OAA": 0.8, "WDA": 0.9}
    page = desk.get(f"/office/lab/{study.pk}/").content.decode()
    for text in ("৳\u00a0700 a month, not ৳\u00a0650 a month", "Everyone eligible in 1 upazila", "5,000 places in all",
                 "Condition added: is_widowed", "Condition dropped"):  # fmt: skip
        assert text in page, text
    undone = changed(desk, where, p_rate="650", quota="as_is", places="", universal_in=[], extra_amount="", c_new="")
    undone.pop("d_public_service")
    assert desk.post(where, undone).status_code == 302
    study.refresh_from_db()
    assert "change" not in study.scenarios[0]["programmes"][0]
    assert desk.post(where, changed(desk, where, quota="places")).status_code == 422


def test_scenarios_are_framed_copied_taken_out_and_get_a_new_programme(sit, study):
    desk, where = sit("programme_manager"), f"/office/lab/{study.pk}/"
    frame = {"title_bn": "ক", "title_en": "A", "on": "2026-11-22", "years": "৩", "take_up": "70", "administration": "5",
             "line": "4000", "programmes": ["OAA"]}  # fmt: skip
    assert desk.post(where + "1/", frame).status_code == 302
    assert desk.post(where + "1/", {**frame, "years": "99"}).status_code == 422
    assert desk.post(where + "add", {"of": "2"}).status_code == 302
    new = {"code": "CHILD", "title_bn": "শিশু ভাতা", "title_en": "Child benefit", "unit": "person", "must": "age <= 4",
           "amount": "500", "per": "month"}  # fmt: skip
    assert desk.post(where + "3/new", {**new, "must": "1 = 1; drop"}).status_code == 302  # read when it is simulated
    assert desk.post(where + "3/new", new).status_code == 302
    study.refresh_from_db()
    first, _second, third = study.scenarios
    assert (first["take_up"], first["administration"], first["line"], first["years"]) == (0.7, 0.05, 4000.0, 3)
    assert [entry.get("code") or entry["new"]["code"] for entry in third["programmes"]] == ["OAA", "WDA", "CHILD"]
    assert "A new programme" in desk.get(where).content.decode()
    assert desk.post(where + "3/drop").status_code == 302
    assert desk.post(where + "9/drop").status_code == 404
    study.refresh_from_db()
    assert len(study.scenarios) == 2


def test_the_whole_is_a_job_and_the_same_again_is_there_at_once(sit, study, manager):
    desk = sit("programme_manager")
    assert desk.post(f"/office/lab/{study.pk}/run").status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="simulate").count() == 1
    assert "Simulating the scenarios" in desk.get(f"/office/lab/{study.pk}/").content.decode()
    actions.simulate_study(study=study, by=manager)
    other = actions.start_study(name="Same", base=lab.base(), scenarios=study.scenarios, by=manager)
    assert desk.post(f"/office/lab/{other.pk}/run").status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="simulate").count() == 1
    other.refresh_from_db()
    assert other.result is not None


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_result_is_read_with_its_units_in_both_languages(sit, simulated, language):
    page = sit("programme_manager", language).get(f"/office/lab/{simulated.pk}/").content.decode()
    for bn, en in (("কোটি টাকা", "crore taka"), ("বর্জন ত্রুটি", "Exclusion error"), ("ন্যায্যতা", "Fairness"),
                   ("কার বাড়ে, কার কমে", "Winners and losers"), ("আস্থা ব্যবধি", "confidence intervals"),
                   ("খানা জরিপ", "A household survey"), ("পার্থক্য, শতাংশ বিন্দু", "Difference, percentage points")):  # fmt: skip
        assert (bn if language == "bn" else en) in page
    for kind in ("column", "map", "line", "bar"):
        assert f'data-chart="{kind}"' in page
    assert "lab_" not in page.replace("lab_map", "")
    digits = "৯" if language == "bn" else "9"
    assert digits in page


def test_one_asks_for_a_programme_a_scenario_and_a_map(sit, simulated):
    desk, where = sit("programme_manager"), f"/office/lab/{simulated.pk}/"
    page = desk.get(where + "?programme=OAA&scenario=2&map=cost&level=division&by=sex").content.decode()
    assert "Who is reached: Old Age Allowance" in page
    assert "Cost a year by division" in page
    assert "counted against the first scenario" in desk.get(where + "?scenario=1").content.decode()
    assert desk.get(where + "?programme=%27;--&scenario=99&map=x&level=y&by=z").status_code == 200


def test_it_is_saved_for_all_copied_and_dropped(sit, simulated):
    desk, where = sit("programme_manager"), f"/office/lab/{simulated.pk}/"
    assert sit("evaluator").get(where).status_code == 404
    assert desk.post(where + "frame", {"name": "Kept", "base": "survey:test"}).status_code == 302
    assert desk.post(where + "save").status_code == 302
    for role in ("finance", "cabinet", "statistics", "evaluator", "auditor"):
        assert "What came out" in sit(role).get(where).content.decode()
    assert sit("upazila_officer").get(where).status_code == 403
    assert sit("evaluator").post(where + "copy").status_code == 403
    assert desk.post(where + "delete").status_code == 422
    assert desk.get(where + "2/OAA/").status_code == 404
    copied = sit("finance").post(where + "copy")
    assert copied.status_code == 302
    assert sit("finance").post(copied["Location"] + "delete").status_code == 302
    assert LabStudy.objects.count() == 1


def test_the_files_hold_a_sheet_a_table_and_say_where_they_come_from(sit, simulated):
    desk, where = sit("programme_manager", "bn"), f"/office/lab/{simulated.pk}/"
    with zipfile.ZipFile(io.BytesIO(desk.get(where + "file/xlsx").content)) as book:
        names = book.read("xl/workbook.xml").decode()
        text = book.read("xl/sharedStrings.xml").decode()
    assert names.count("<sheet ") > 15
    for told_in in (simulated.result.inputs_sha256, "কোটি টাকা", "কৃত্রিম তথ্য", "২. Age 60 বাংলা"):
        assert told_in in text, told_in
    assert json.loads(desk.get(where + "file/json").content) == simulated.result.result
    again = desk.get(where + "2/yaml")
    assert Scenario.parse(again.content.decode()).title.en == "Age 60"
    sent = {
        **FORM,
        "programmes": [],
        "sent": [SimpleUploadedFile(name, again.content) for name in ("a.yaml", "b.yaml")],
    }
    assert desk.post("/office/lab/new", sent).status_code == 302
    assert LabStudy.objects.latest("id").scenarios == [what_if(), what_if()]
    assert desk.post("/office/lab/new", {**FORM, "sent": SimpleUploadedFile("b.yaml", b"\xff\xfe")}).status_code == 422
    assert desk.get(where + "file/exe").status_code == 404
    assert Event.objects.filter(action="lab.exported").count() == 2


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_pdf_is_tagged(sit, simulated, language):
    data = sit("programme_manager", language).get(f"/office/lab/{simulated.pk}/file/pdf").content
    assert data.startswith(b"%PDF")
    assert b"/StructTreeRoot" in data or b"/MarkInfo" in data


def test_the_list_asks_the_same_number_of_questions_however_long(
    sit, simulated, manager, django_assert_max_num_queries
):
    desk = sit("programme_manager")
    desk.get("/office/lab/")
    with django_assert_max_num_queries(20) as one:
        desk.get("/office/lab/")
    for number in range(12):
        actions.copy_study(study=simulated, name=f"Copy {number}", by=manager)
    with django_assert_max_num_queries(len(one.captured_queries)):
        page = desk.get("/office/lab/").content.decode()
    assert page.count("Copy ") >= 12
    assert desk.get("/office/lab/?as=csv").content.decode("utf-8-sig").count("Age 60") == 13


def test_fewer_than_five_people_are_not_told():
    row = {"caseload": 4, "cost": 900_000, "coverage": 0.5, "programmes": {"OAA": [4, 900_000], "WDA": [0, 0]}}
    assert sections_groups.area_value(row, "caseload") is None
    assert sections_groups.area_value(row, "cost", "OAA") is None
    assert sections_groups.area_value(row, "caseload", "WDA") == 0
    assert (told.few(4), told.few(0), told.few(5)) == (None, 0, 5)


def test_every_warning_is_a_sentence_in_both_languages(simulated):
    result = simulated.result.result
    params = {"programme": "OAA", "criterion": "age", "areas": 3, "places": 9, "count": 12, "facts": "age, sex",
              "by": "sex", "group": "female", "ratio": 1.31, "percent": 1}  # fmt: skip
    for language in ("bn", "en"):
        translation.activate(language)
        for code in told.known.WARNINGS:
            text = told.warning(result, {"code": code, "params": params})
            assert "{" not in text
            assert "OAA" not in text
