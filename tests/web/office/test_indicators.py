"""The pages of the indicators: the scoreboard, one of them, where a value comes from, reporting and verifying."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from shohay.core.values import FiscalYear
from shohay.stages.accounts.models import Assignment
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.registry.actions import take_snapshot
from shohay.stages.results import actions_submissions, actions_values
from shohay.stages.results.actions_indicators import load_indicators
from shohay.stages.results.models_values import IndicatorRun, Submission

TODAY = datetime.now(UTC).date()
YEAR = str(FiscalYear.of(TODAY))
PDF = b"%PDF-1.4\n%an example\n%%EOF\n"
FOCAL = Officer("focal", "focal_point", ("",), ("",), ("MoSW",))


@pytest.fixture
def loaded(world) -> None:
    load_indicators(by=SYSTEM)
    Assignment.objects.filter(user__username="focal_point").update(ministry_code="MoSW")


@pytest.fixture
def run(loaded) -> IndicatorRun:
    take_snapshot(as_of=TODAY, by=SYSTEM)
    return actions_values.compute(as_of=TODAY, by=SYSTEM)


def sent(**other) -> Submission:
    given = {
        "code": "OC-21", "fiscal_year": YEAR, "ministry": "MoSW", "numerator": 3, "denominator": 4,
        "measured_on": TODAY, "source": "Annual report", "evidence": ("report.pdf", PDF, "Report"), **other,
    }  # fmt: skip
    return actions_submissions.submit(**given, by=FOCAL)


def form(**other) -> dict[str, object]:
    return {
        "ministry": "MoSW", "fiscal_year": YEAR, "numerator": "৩", "denominator": "4", "source": "Annual report",
        "measured_on": TODAY.strftime("%d/%m/%Y"), "note": "", "based_on": "0",
        "evidence": SimpleUploadedFile("report.pdf", PDF), **other,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_scoreboard_shows_every_indicator_of_the_year(sit, run, language):
    page = sit("cabinet", language).get(f"/office/indicators/?year={YEAR}").content.decode()
    assert {"bn": "আওতাভুক্ত প্রবীণ ব্যক্তি", "en": "Older persons covered"}[language] in page
    assert {"bn": "মান নেই", "en": "No value"}[language] in page
    core = sit("cabinet", language).get(f"/office/indicators/?year={YEAR}&core=1&state=no_value").content.decode()
    assert {"bn": "আওতাভুক্ত বেকার ব্যক্তি", "en": "Unemployed covered"}[language] not in core


def test_it_comes_as_a_file(sit, run):
    answer = sit("cabinet").get(f"/office/indicators/?year={YEAR}&as=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "OC-05" in answer.content.decode()


@pytest.mark.parametrize(("kind", "names"), [("csv", {"indicators.csv", "indicators.csv-metadata.json"}),
                                             ("sdmx-ml", {"data.xml", "structure.xml"})])  # fmt: skip
def test_the_statistics_office_takes_data_with_its_description(sit, run, kind, names):
    answer = sit("statistics").get(f"/office/indicators/files/{kind}/")
    assert set(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == names
    assert sit("focal_point").get(f"/office/indicators/files/{kind}/").status_code == 403


def test_one_indicator_and_where_its_value_comes_from(sit, run):
    desk = sit("cabinet")
    page = desk.get(f"/office/indicators/OP-02/?year={YEAR}").content.decode()
    assert "100 * numerator / denominator" in page
    assert f"/office/indicators/OP-02/lineage/?year={YEAR}" in page
    lineage = desk.get(f"/office/indicators/OP-02/lineage/?year={YEAR}").content.decode()
    assert f"shohay replay I{run.pk}" in lineage
    assert "beneficiaries" in lineage
    assert desk.get("/office/indicators/XX-99/").status_code == 404
    assert desk.get("/office/indicators/OC-21/lineage/").status_code == 404


def test_a_denominator_of_nothing_is_said_in_words(sit, run):
    page = sit("cabinet").get(f"/office/indicators/OP-16/?year={YEAR}").content.decode()
    assert "the denominator is 0" in page


def test_computing_is_a_job_of_who_may(sit, loaded):
    assert sit("cabinet").post("/office/indicators/compute/").status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="compute_indicators").count() == 1
    assert sit("focal_point").post("/office/indicators/compute/").status_code == 403


def test_a_target_is_set_with_its_source(sit, run):
    desk = sit("cabinet")
    answer = desk.post("/office/indicators/OC-05/target/", {"fiscal_year": YEAR, "value": "৯৫", "source": ""})
    assert answer.status_code == 422
    answer = desk.post("/office/indicators/OC-05/target/", {"fiscal_year": YEAR, "value": "৯৫", "source": "Plan"})
    assert answer.status_code == 302
    assert "Plan" in desk.get(f"/office/indicators/OC-05/?year={YEAR}").content.decode()


def test_a_focal_point_reports_for_the_own_ministry_only(sit, loaded):
    desk = sit("focal_point")
    assert "Report" in desk.get("/office/indicators/reported/").content.decode()
    assert desk.get("/office/indicators/IN-05/submit/").status_code == 404  # reported by the Finance Division
    answer = desk.post(f"/office/indicators/OC-21/submit/?year={YEAR}&ministry=MoSW", form())
    assert answer.status_code == 302, answer.content.decode()
    row = Submission.objects.get()
    assert (row.value, row.ministry_code, row.version, row.unaware_of) == (75, "MoSW", 1, None)


def test_what_cannot_be_is_said_above_the_form_that_keeps_what_was_typed(sit, loaded):
    answer = sit("focal_point").post(
        f"/office/indicators/OC-21/submit/?year={YEAR}&ministry=MoSW", form(numerator="9", source="Year book")
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "above the denominator" in page
    assert "Year book" in page


def test_the_second_of_two_who_write_at_once_is_told(sit, loaded):
    sent()  # while the form below was open: it carries based_on 0
    answer = sit("focal_point").post(f"/office/indicators/OC-21/submit/?year={YEAR}&ministry=MoSW", form(), follow=True)
    assert "came while you were writing" in answer.content.decode()
    assert list(Submission.objects.order_by("version").values_list("version", "state", "unaware_of")) == [
        (1, "submitted", None),
        (2, "submitted", 1),
    ]


def test_another_office_verifies_or_returns(sit, loaded):
    first, desk = sent(), sit("evaluator")
    assert f"/office/indicators/reported/{first.pk}/" in desk.get("/office/indicators/reported/").content.decode()
    assert "report.pdf" in desk.get(f"/office/indicators/reported/{first.pk}/").content.decode()
    assert desk.post(f"/office/indicators/reported/{first.pk}/return/", {"reason": ""}).status_code == 422
    assert desk.post(f"/office/indicators/reported/{first.pk}/return/", {"reason": "Count again"}).status_code == 302
    second = sent()
    assert sit("focal_point").post(f"/office/indicators/reported/{second.pk}/verify/").status_code == 403
    assert desk.post(f"/office/indicators/reported/{second.pk}/verify/").status_code == 302
    assert desk.post(f"/office/indicators/reported/{second.pk}/verify/").status_code == 422  # decided already
    page = desk.get(f"/office/indicators/OC-21/?year={YEAR}").content.decode()
    assert "75.0%" in page


def test_who_never_reported_is_listed(sit, loaded):
    last = str(FiscalYear(FiscalYear.of(TODAY).starts - 2))
    page = sit("cabinet").get(f"/office/indicators/missing/?year={last}").content.decode()
    assert "Administrative cost ratio" in page
    answer = sit("cabinet").get(f"/office/indicators/missing/?year={last}&as=csv")
    assert "IN-05" in answer.content.decode()


def test_everybody_sees_the_published_ones_and_no_example(client, run):
    row = sent(example=True)
    actions_submissions.verify(submission=row, by=Officer("imed", "evaluator", ("",), ("",)))
    page = client.get("/indicators/?lang=en").content.decode()
    assert "/indicators/OC-05/" in page
    assert client.get("/indicators/OC-05/").status_code == 200
    assert client.get("/indicators/XX-99/").status_code == 404
    rows = client.get("/api/v1/open/indicators.json").json()["rows"]
    assert {row[0] for row in rows} >= {"OP-02"}
    assert "OC-21" not in {row[0] for row in rows}
    told = client.get("/indicators/description.json").json()
    assert told["url"].endswith("/api/v1/open/indicators.csv")
    assert len(told["shohay:indicators"]) == 69
