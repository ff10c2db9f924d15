"""The pages of the progress report and the dashboards of the reform."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.coordination import actions_editions, queries_now, queries_plan
from shohay.stages.coordination.models import ActionItem
from shohay.stages.coordination.models_editions import Edition
from shohay.stages.coordination.models_plan import PlanItem, PlanMinistry
from shohay.stages.places.queries import children
from shohay.stages.results import queries as results

BOARDS = [
    "/office/dashboard/reform/",
    "/office/dashboard/ministries/MoSW/",
    "/office/dashboard/clusters/food-security-cluster/",
]


@pytest.fixture
def promised(world) -> None:
    """Three promises of the ministry: late, done, still to come; one row of a cluster, late."""
    days = {"1": date(2023, 6, 30), "2": date(2023, 6, 30), "3": date(2099, 6, 30)}
    for code, due in days.items():
        texts = {
            f"{name}_{tongue}": f"{name} {code}"
            for name in ("objective", "activity", "indicator")
            for tongue in ("bn", "en")
        }
        action = ActionItem.objects.create(
            code=f"9.1-{code}", ministry_id="MoSW", section="9.1", objective_no=1, timeframe="June", timeframe_kind="date",
            due=due, theme="targeting", status="Completed" if code == "2" else "In-progress", **texts,
        )  # fmt: skip
        item = PlanItem.objects.create(
            code=action.code, kind="chapter", order=int(code), action=action, owner_id="MoSW", theme="targeting",
            timeframe_kind="date", due=due,
        )  # fmt: skip
        PlanMinistry.objects.create(item=item, ministry_id="MoSW", part="owner")


@pytest.fixture
def editions(promised) -> list[Edition]:
    return [
        actions_editions.make_edition(year="2024-25", as_of=day, languages=["en"], formats=["html", "xlsx"], by=SYSTEM)
        for day in (date(2022, 1, 1), timezone.localdate())
    ]


def test_making_a_report_is_a_job(sit, world):
    desk = sit("cabinet")
    assert "No report yet" in desk.get("/office/reports/").content.decode()
    assert desk.post("/office/reports/make", {"year": "2024-25", "as_of": "২১/১১/২০২৬"}).status_code == 302
    job = ProcrastinateJob.objects.get(task_name="make_report")
    assert (job.args["year"], job.args["as_of"]) == ("2024-25", "2026-11-21")
    assert desk.post("/office/reports/make", {"year": "2019-20", "as_of": "someday"}).status_code == 422
    assert sit("focal_point").post("/office/reports/make", {"year": "2024-25"}).status_code == 403


def test_editions_are_read_compared_and_published(sit, editions):
    old, new = editions
    desk = sit("cabinet")
    page = desk.get("/office/reports/").content.decode()
    assert f"/office/reports/{new.pk}/" in page
    page = desk.get(f"/office/reports/{new.pk}/").content.decode()
    assert new.sha256 in page
    answer = desk.get(f"/office/reports/{new.pk}/en.html")
    assert answer["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"progress report" in answer.content
    assert desk.get(f"/office/reports/{new.pk}/en.xlsx")["Content-Disposition"].startswith("attachment")
    changed = desk.get(f"/office/reports/difference/?old={old.pk}&new={new.pk}").content.decode()
    assert "plan.late" in changed
    assert "activity 1" in changed
    assert desk.post(f"/office/reports/{new.pk}/publish").status_code == 302
    assert "Publish this edition" not in desk.get(f"/office/reports/{new.pk}/").content.decode()


@pytest.mark.parametrize(
    "wrong", ["/office/reports/99/", "/office/reports/99/en.pdf", "/office/reports/difference/?old=a&new=b"]
)
def test_what_is_not_there_is_said(sit, world, wrong):
    assert sit("cabinet").get(wrong).status_code in (404, 422)


def test_only_who_may_sees_reports(sit, world):
    assert sit("union_operator").get("/office/reports/").status_code == 403
    assert sit("secretary").get("/office/reports/").status_code == 200
    assert sit("focal_point").post("/office/reports/1/publish").status_code == 403


def test_who_made_an_edition_is_told_that_another_publishes_it(sit, promised):
    by = Officer("cabinet", "cabinet", ("",), ("",))
    row = actions_editions.make_edition(
        year="2024-25", as_of=timezone.localdate(), languages=["en"], formats=["xlsx"], by=by
    )
    page = sit("cabinet").get(f"/office/reports/{row.pk}/").content.decode()
    assert "Another officer publishes it" in page
    assert "Publish this edition" not in page
    answer = sit("cabinet").post(f"/office/reports/{row.pk}/publish")
    assert answer.status_code == 422
    assert "You made this edition" in answer.content.decode()
    assert sit("secretary").post(f"/office/reports/{row.pk}/publish").status_code == 302


# ----------------------------------------------------------------------------------------------------- dashboards


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_dashboard_of_the_reform_tells_what_is_late(sit, promised, language):
    page = sit("cabinet", language).get("/office/dashboard/reform/").content.decode()
    assert {"bn": "৩টি প্রতিশ্রুতির মধ্যে ১টির নির্ধারিত দিন", "en": "1 of 3 promises are past their day"}[language] in page
    assert "/office/dashboard/ministries/MoSW/" in page


def test_each_number_opens_to_exactly_its_rows(sit, promised):
    desk = sit("cabinet")
    page = desk.get("/office/dashboard/ministries/MoSW/").content.decode()
    tiles = re.findall(
        r'<a href="(/office/plan/items/[^"]+)" class="tile[^"]*"><span class="label">[^<]*</span><span class="value">(\d+)',
        page,
    )
    assert len(tiles) == 4
    for address, number in tiles:
        listed = desk.get(address.replace("&amp;", "&")).content.decode()
        assert len(set(re.findall(r"/office/plan/items/(9\.1-\d)/", listed))) == int(number), address


def test_states_kept_in_memory_follow_what_changes(promised):
    today = timezone.localdate()
    first = queries_now.states(SYSTEM, today)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert queries_now.states(SYSTEM, today) is first
    assert len(asked) == 1
    ActionItem.objects.filter(pk="9.1-1").update(status="Stopped")
    after = {row.code: row.state for row in queries_now.states(SYSTEM, today)}
    assert after["9.1-1"] == "stopped"
    assert after == dict(queries_plan.on_day(SYSTEM, today, kind="all").values_list("pk", "state"))


@pytest.mark.parametrize("path", BOARDS[:2])
def test_a_dashboard_asks_few_questions(sit, promised, path):
    desk = sit("cabinet")
    desk.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(path).status_code == 200
    assert len(asked) <= 45, len(asked)


def test_a_district_is_for_who_covers_it(sit, world):
    assert sit("cabinet").get("/office/dashboard/districts/5549/").status_code == 200
    assert sit("upazila_officer").get("/office/dashboard/districts/5549/").status_code == 200
    assert sit("upazila_officer").get("/office/dashboard/districts/5041/").status_code == 403


def test_a_district_has_a_map_of_its_upazilas(sit, world, monkeypatch):
    rows = [{"area_code": code, "persons": 100, "beneficiaries": 40, "coverage": 0.4} for code in children("5549")[:1]]
    monkeypatch.setattr(results, "coverage_by_district", lambda officer, level="district": rows)
    told = {**results.dashboard(SYSTEM), "tiles": {"persons": 100, "beneficiaries": 40}}
    monkeypatch.setattr(results, "dashboard", lambda officer: told)
    page = sit("cabinet").get("/office/dashboard/districts/5549/").content.decode()
    assert 'data-geo="/boundaries/upazilas-5549.geojson"' in page
    assert f'"code": "{rows[0]["area_code"]}"' in page
    assert '"value": 40.0' in page
    assert "COD-AB" in page


def test_there_are_no_other_districts(sit, world):
    assert sit("cabinet").get("/office/dashboard/districts/55/").status_code == 404
    assert sit("cabinet").get("/office/dashboard/ministries/NONE/").status_code == 404
    assert sit("cabinet").get("/office/dashboard/clusters/none/").status_code == 404


def test_the_reform_as_a_file(sit, promised):
    answer = sit("secretary").get("/office/dashboard/reform/?as=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "Ministry of Social Welfare,3,1" in answer.content.decode()
