"""Lists as files: the rows of the officer, in words of the page's language; long ones by a job."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.db import connection
from django.urls import get_resolver
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from shohay import jobs
from shohay.core.listing import LISTS
from shohay.core.messages import Refusal
from shohay.jobs.running import carry_out
from shohay.stages.accounts.models import Assignment
from shohay.stages.accounts.officer import Officer
from shohay.stages.accounts.roles import PERMISSIONS
from shohay.stages.audit.models import Event, Work
from shohay.stages.registry.models_verification import Finding
from shohay.web.office import exports
from shohay.web.office.words import OFFICE_WORDS
from tests.factories.world import World


def lines(answer: Any) -> list[list[str]]:
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def queued(work: Work) -> dict[str, Any]:
    """What the job was given."""
    job = ProcrastinateJob.objects.get(args__work_id=work.pk)
    return {name: value for name, value in job.args.items() if name not in ("work_id", "username", "role")}


def run(work: Work) -> None:
    """What the worker does with the job."""
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    carry_out(jobs.export_list.export_list, 0, work.pk, work.started_by, "upazila_officer", queued(work))
    with connection.cursor() as cursor:
        cursor.execute("reset role")


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("upazila_officer", "uploads/"), ("programme_manager", "quotas/"), ("upazila_officer", "lists/"),
        ("upazila_officer", "enrolments/"), ("finance", "payrolls/"), ("finance", "returns/"), ("finance", "ledger/"),
        ("upazila_officer", "grievances/"), ("auditor", "audit/"), ("cabinet", "plan/"), ("cabinet", "plan/MoSW/"), ("cabinet", "dashboard/"),
        ("cabinet", "chain/"), ("upazila_officer", "left-out/"), ("programme_manager", "runs/"),
        ("upazila_officer", "findings/"), ("upazila_officer", "duplicates/"), ("upazila_officer", "merges/"),
        ("programme_manager", "snapshots/"), ("programme_manager", "definitions/"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_comes_as_csv_and_as_xlsx(role, page, kind, sit, world):
    answer = sit(role).get(f"/office/{page}?as={kind}")
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        assert answer.content.startswith(b"\xef\xbb\xbf")
    else:
        assert "xl/worksheets/sheet1.xml" in ZipFile(io.BytesIO(answer.content)).namelist()


def test_a_file_speaks_the_language_of_its_page(sit, world):
    bangla = lines(sit("upazila_officer", "bn").get("/office/enrolments/?as=csv"))
    english = lines(sit("upazila_officer", "en").get("/office/enrolments/?as=csv"))
    assert len(bangla) == len(english) > 1
    assert bangla[0][0] == "কর্মসূচি"
    assert english[0][0] == "Programme"
    assert "Active" in english[1]
    assert "চলমান" in bangla[1]
    assert not any(code in cell for row in [*bangla[1:], *english[1:]] for cell in row for code in ("_", "active"))


def test_a_file_holds_what_the_filters_of_the_page_leave_and_is_written_down(sit, world):
    desk = sit("upazila_officer")
    assert len(lines(desk.get("/office/enrolments/?as=csv&state=stopped"))) == 1
    event = Event.objects.get(action="list.exported")
    assert (event.actor, event.subject_id) == ("upazila_officer", "beneficiaries")
    assert event.detail == {"rows": 0, "kind": "csv", "asked": {"state": "stopped"}}


def test_a_file_has_no_row_of_another_area(sit, world):
    here = lines(sit("upazila_officer").get("/office/enrolments/?as=csv"))
    there = lines(sit("elsewhere").get("/office/enrolments/?as=csv"))
    assert len(here) > 1
    assert {row[1] for row in here[1:]}.isdisjoint(row[1] for row in there[1:])


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list is too long to wait for."""
    monkeypatch.setattr(exports, "AT_ONCE", 0)


@pytest.mark.usefixtures("long")
def test_a_long_list_is_made_by_a_job_and_fetched_from_its_page(sit: Callable[..., Any], world: World):
    desk = sit("upazila_officer", "bn")
    answer = desk.get(f"/office/lists/{world.list.pk}/?as=csv")
    work = Work.objects.get(name="export_list")
    assert answer["Location"] == f"/office/work/{work.pk}"
    assert queued(work)["asked"] == {"list": str(world.list.pk)}
    run(work)
    work.refresh_from_db()
    assert work.state == "done", work.error
    assert f"/office/work/{work.pk}/file" in desk.get(f"/office/work/{work.pk}").content.decode()
    got = lines(desk.get(f"/office/work/{work.pk}/file"))
    assert got[0][:2] == ["ক্রম", "নাম"]
    assert len(got) - 1 == work.result["rows"] > 0
    assert not list((settings.VAR / "exports").glob("*.part"))
    # asked again while nothing is under way, a new job; another officer gets neither the page nor the file
    assert sit("finance").get(f"/office/work/{work.pk}/file").status_code == 404
    Path(settings.VAR / work.result["file"]).unlink()
    assert desk.get(f"/office/work/{work.pk}/file").status_code == 404


@pytest.mark.usefixtures("long")
def test_the_job_gives_the_rows_that_the_officer_may_see_by_then(sit, world):
    sit("upazila_officer", "bn").get(f"/office/lists/{world.list.pk}/?as=csv")
    work = Work.objects.get(name="export_list")
    Assignment.objects.filter(user__username="upazila_officer").update(area_code="50")
    run(work)
    work.refresh_from_db()
    assert work.state == "failed"
    assert "file" not in work.result


def test_every_declared_list_names_a_permission_and_opens_empty(world):
    assert get_resolver().url_patterns
    assert len(LISTS) >= 13
    with translation.override("bn"):
        for name, one in LISTS.items():
            role = next(role for role, held in PERMISSIONS.items() if one.permissions[0] in held)
            elsewhere = Officer("nobody", role, ("99",), ("NONE",))
            if name == "promises":
                continue  # needs a ministry: test_every_list_comes_as_csv_and_as_xlsx has one
            if name == "selection-list":
                with pytest.raises(Refusal):
                    one.open(elsewhere, {"list": str(world.list.pk)}, "bn")
                continue
            sheet = one.open(elsewhere, {}, "bn")
            assert sheet.title, name
            assert all(sheet.header), name
            assert len(list(sheet.rows)) == sheet.length, name


def test_stops_that_wait_come_as_a_file(sit: Callable[..., Any], world: World) -> None:
    row = world.enrolment
    row.stop_reason, row.stop_proposed_by, row.stop_on = "moved", "second", row.valid.lower
    row.save()
    heading, *rows = lines(sit("upazila_officer").get("/office/stops/?as=csv"))
    assert (heading[-1], len(rows)) == ("Proposed by", 1)
    assert rows[0][-1] == "Officer second"
    assert lines(sit("elsewhere").get("/office/stops/?as=csv"))[1:] == []


def test_pairs_come_whole_to_those_who_decide_and_masked_to_those_who_search(
    sit: Callable[..., Any], world: World
) -> None:
    decides = lines(sit("upazila_officer").get("/office/duplicates/?as=csv"))
    searches = lines(sit("programme_manager").get("/office/duplicates/?as=csv"))
    assert len(decides) == len(searches) == 2
    assert decides[1][0] == world.pair.left.name_en
    assert decides[1][6] == searches[1][6] == "87"
    assert decides[1][2] == str(world.pair.left.birth_date)
    assert "•••" in searches[1][0]
    assert searches[1][2] == str(world.pair.left.birth_date.year)
    assert lines(sit("elsewhere").get("/office/duplicates/?as=csv"))[1:] == []
    assert lines(sit("upazila_officer").get("/office/duplicates/?as=csv&shown=decided"))[1:] == []


def test_merges_come_by_what_became_of_them(sit: Callable[..., Any], world: World) -> None:
    desk = sit("upazila_officer")
    heading, row = lines(desk.get("/office/merges/?as=csv"))
    assert dict(zip(heading, row, strict=True))["Proposed by"] == "Officer second"
    assert lines(desk.get("/office/merges/?as=csv&shown=merged"))[1:] == []
    assert lines(sit("elsewhere").get("/office/merges/?as=csv"))[1:] == []


def test_findings_come_masked_and_filtered(sit: Callable[..., Any], world: World) -> None:
    about = {"person": world.amena, "area_code": world.amena.area_code, "source": "nid", "found_at": timezone.now()}
    Finding.objects.create(
        code="name_differs", severity="doubt", subject_id=1, said=world.amena.name_en, found="Amena Khatun", **about
    )
    Finding.objects.create(code="died", severity="serious", subject_id=2, found="2026-01-05", **about)
    desk = sit("upazila_officer")
    words, file = OFFICE_WORDS["finding"], lines(desk.get("/office/findings/?as=csv"))
    assert [row[0] for row in file[1:]] == [words["died"][1], words["name_differs"][1]]
    assert "Khatun" not in str(file)
    assert world.amena.name_en not in str(file)
    assert len(lines(desk.get("/office/findings/?as=csv&severity=doubt"))) == 2
    assert lines(sit("elsewhere").get("/office/findings/?as=csv"))[1:] == []


def test_snapshots_and_rules_come_with_their_whole_fingerprints(sit: Callable[..., Any], world: World) -> None:
    desk = sit("programme_manager")
    _, snapshot = lines(desk.get("/office/snapshots/?as=csv"))
    assert snapshot[:3] == [str(world.snapshot.as_of), "3", "5"]
    assert snapshot[-1] == world.snapshot.sha256
    rules = lines(desk.get("/office/definitions/?as=csv"))
    assert all(len(row[-1]) == 64 for row in rules[1:])
    assert len(rules) > 1
