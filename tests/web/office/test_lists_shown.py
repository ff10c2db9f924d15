"""Lists of beneficiaries shown in public: written down with a proof, counted, and the proof stays in its upazila."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.audit.queries import evidence_of
from shohay.stages.enrolment import actions_shown, queries_shown
from shohay.stages.enrolment.models import Enrolment, ListShown
from shohay.stages.results import given

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EVERYWHERE = Officer("upazila", "upazila_officer", ("",), ("",))


@pytest.fixture
def union(world) -> str:
    """The union in which Amena gets the Old Age Allowance."""
    row = Enrolment.objects.filter(valid__contains=timezone.localdate()).first()
    assert row is not None
    assert row.programme_code == "OAA"
    return row.area_code


def show(union: str, **other) -> ListShown:
    how = {"programme_code": "OAA", "area_code": union, "shown_on": timezone.localdate(), "way": "open_meeting",
           "data": PDF, "file_name": "meeting.pdf"}  # fmt: skip
    return actions_shown.record_list_shown(**{**how, **other}, by=EVERYWHERE)


def test_what_was_shown_becomes_a_share_of_the_lists_and_of_the_upazilas(world, union):
    today = timezone.localdate()
    assert given.lists_shown(today) == []  # before the first record nothing is said
    row = show(union)
    assert (row.people, len(evidence_of("list_shown", row.pk))) == (1, 1)
    assert Event.objects.order_by("-seq").values_list("action", flat=True)[0] == "list.shown"
    pairs = {(one.programme_code, one.area_code): one for one in queries_shown.pairs(EVERYWHERE, today)}
    assert pairs["OAA", union].shown_on == today
    counted: dict[str, int] = {}
    for one in given.lists_shown(today):
        assert one["fiscal_year"] == str(FiscalYear.of(today))
        counted[one["name"]] = counted.get(one["name"], 0) + one["value"]
    assert counted["lists_due"] == len(pairs)
    assert (counted["lists_shown"], counted["upazilas_met"]) == (1, 1)
    show(union, way="notice_board")
    assert queries_shown.upazilas_met(FiscalYear.of(today)) == 1  # a board is no meeting


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"shown_on": timezone.localdate() + timedelta(1)}, "list_shown_day"),
        ({"shown_on": timezone.localdate() - timedelta(400)}, "list_shown_day"),
        ({"programme_code": "WDA"}, "list_shown_nobody"),
        ({"data": b""}, "evidence_empty"),
        ({"data": b"MZ not a paper"}, "evidence_kind"),
    ],
)
def test_what_cannot_be_is_refused(world, union, other, code):
    with pytest.raises(Refusal) as refused:
        show(union, **other)
    assert refused.value.code == code
    assert ListShown.objects.count() == 0


def test_the_same_list_on_the_same_day_is_written_down_once(world, union):
    row = show(union)
    with pytest.raises(Refusal) as refused:
        show(union)
    assert refused.value.code == "list_shown_before"
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_from_the_form_to_the_list_and_its_file(sit, world, union):
    desk = sit("upazila_officer")
    assert "Never" in desk.get("/office/lists-shown/").content.decode()
    form = {"which": f"OAA|{union}", "shown_on": timezone.localdate().strftime("%d/%m/%Y"), "way": "notice_board"}
    assert desk.post("/office/lists-shown/record", form).status_code == 422  # no proof
    answer = desk.post("/office/lists-shown/record", {**form, "paper": SimpleUploadedFile("board.pdf", PDF)})
    assert answer.status_code == 302, answer.content.decode()
    page = desk.get("/office/lists-shown/").content.decode()
    assert "Put up on a notice board" in page
    assert "board.pdf" in page
    assert "Amena" not in page
    assert "Old Age Allowance" in desk.get("/office/lists-shown/?as=csv").content.decode()
    paper = evidence_of("list_shown", ListShown.objects.get().pk)[0]
    assert desk.get(f"/office/evidence/{paper.pk}/").status_code == 200
    assert sit("elsewhere").get(f"/office/evidence/{paper.pk}/").status_code == 404
    assert "board.pdf" not in sit("elsewhere").get("/office/lists-shown/").content.decode()
    assert sit("auditor").post("/office/lists-shown/record", form).status_code == 403
