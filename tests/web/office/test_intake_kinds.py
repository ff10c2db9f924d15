"""Files with headings of their own, changes that wait, lists of beneficiaries, households typed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event, Work
from shohay.stages.intake import actions, actions_drafts
from shohay.stages.intake.models import ColumnMapping, Draft, Upload
from shohay.stages.registry import actions_changes, queries
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_consent import Notice
from shohay.stages.registry.models_declared import Declared
from shohay.stages.registry.models_history import LifeEvent
from tests.factories.world import HERE, UNION_HERE, World
from tests.household_files import data, household
from tests.stages.registry.test_changes import change, listed

Sit = Callable[..., Client]
OPERATOR = Officer("union_operator", "union_operator", (HERE,), ("",))
OWN = f"HH,ইউনিয়ন কোড,এলাকা,ক্রমিক,সম্পর্ক,সদস্যের নাম,লিঙ্গ\nOWN-1,{UNION_HERE},গ্রাম,১,প্রধান,রহিমা বেগম,নারী\n"


@pytest.fixture(autouse=True)
def _empty_store() -> None:
    for path in (settings.VAR / "intake").glob("*"):
        path.unlink()


def send(desk: Client, content: bytes, **more: object) -> Upload:
    answer = desk.post("/office/uploads/new", {"file": SimpleUploadedFile("own.csv", content), **more})
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.order_by("-uploaded_at").first()


def test_headings_of_an_office_are_mapped_once(sit: Sit) -> None:
    desk = sit("union_operator")
    upload = send(desk, OWN.encode(), told_by="রহিম", told_on="২১/১১/২০২৬", told_in="bn")
    assert Notice.objects.get(upload=upload).told_on == date(2026, 11, 21)
    assert not Work.objects.exists()  # nothing begins before the columns are known
    shown = desk.get(f"/office/uploads/{upload.pk}/columns")
    assert shown.status_code == 200
    assert "রহিমা বেগম" in shown.content.decode()  # the first row is there to look at
    assert shown.context["form"]["column_5"].initial == "name_bn"
    columns = ["household_reference", "union_code", "", "line_no", "relation", "name_bn", "sex"]
    lacking = desk.post(f"/office/uploads/{upload.pk}/columns", {f"column_{n}": c for n, c in enumerate(columns)})
    assert lacking.status_code == 422
    assert "area_type" in lacking.content.decode()
    columns[2] = "area_type"
    done = desk.post(f"/office/uploads/{upload.pk}/columns", {f"column_{n}": c for n, c in enumerate(columns)})
    assert done.status_code == 302
    assert Work.objects.get().subject == str(upload.pk)
    assert ColumnMapping.objects.get().area_code == HERE
    assert Event.objects.filter(action="upload.columns_mapped").count() == 1
    upload = actions.check(upload=upload, by=OPERATOR)
    assert (upload.state, upload.rows_good) == ("checked", 1)
    # the next file with these headings is read without asking
    again = send(desk, OWN.replace("OWN-1", "OWN-2").encode())
    assert Work.objects.filter(subject=str(again.pk)).exists()
    assert actions.check(upload=again, by=OPERATOR).rows_good == 1
    assert again.columns == [] or again.columns == columns


def test_what_a_file_changes_is_decided_by_another_officer(sit: Sit, world: World) -> None:
    home = Household.objects.filter(area_code=UNION_HERE).first()
    rows = [change("rooms", 7, union_code=UNION_HERE, household_reference=home.reference)]
    upload = actions.receive(
        data=listed("changes", rows), file_name="c.csv", template="changes", area_code=HERE, by=OPERATOR
    )
    actions_changes.take_in(upload=actions.check(upload=upload, by=OPERATOR), by=OPERATOR)
    event = LifeEvent.objects.get(upload=upload)
    operator = sit("union_operator").get(f"/office/uploads/{upload.pk}/changes").content.decode()
    assert 'name="event"' not in operator
    for language, word in (("en", "Before and after"), ("bn", "আগে ও পরে")):
        page = sit("upazila_officer", language).get(f"/office/uploads/{upload.pk}/changes").content.decode()
        assert word in page
        assert f'value="{event.pk}"' in page
    desk = sit("upazila_officer")
    address = f"/office/uploads/{upload.pk}/changes/decide"
    assert desk.post(address, {"what": "approve", "which": "ticked"}).status_code == 422
    assert desk.post(address, {"what": "refuse", "which": "ticked", "event": event.pk}).status_code == 422
    assert desk.post(address, {"what": "approve", "which": "ticked", "event": event.pk}).status_code == 302
    home.refresh_from_db()
    assert home.rooms == 7
    assert sit("elsewhere").get(f"/office/uploads/{upload.pk}/changes").status_code == 404


def test_a_programmes_list_is_reviewed_on_screen(sit: Sit, world: World) -> None:
    person = Person.objects.filter(area_code=UNION_HERE, death_date__isnull=True).first()
    Person.objects.filter(area_code=UNION_HERE, name_key=person.name_key).exclude(pk=person.pk).update(name_key="other")
    row = {"programme_code": "OAA", "union_code": UNION_HERE, "name_bn": person.name_bn,
           "birth_date": person.birth_date.isoformat(), "since": "2019-07-01"}  # fmt: skip
    upload = actions.receive(
        data=listed("beneficiaries", [row]), file_name="b.csv", template="beneficiaries", area_code=HERE, by=OPERATOR
    )
    actions_changes.take_in(upload=actions.check(upload=upload, by=OPERATOR), by=OPERATOR)
    desk = sit("upazila_officer")
    page = desk.get(f"/office/uploads/{upload.pk}/declared").content.decode()
    assert "Name, birth date and union" in page
    assert (
        desk.post(f"/office/uploads/{upload.pk}/declared/review", {"what": "accept", "which": "all"}).status_code == 302
    )
    assert Declared.objects.get().state == "accepted"


HOUSE = {"household_reference": "S-1", "union_code": UNION_HERE, "area_type": "rural", "rooms": "২"}
HEAD = {"relation": "head", "name_bn": "মোছাঃ জরিনা বেগম", "sex": "female", "birth_date": "০১/০৩/১৯৬০"}


def begun(desk: Client) -> Draft:
    answer = desk.post("/office/drafts/begin")
    assert answer.status_code == 302
    return Draft.objects.latest("created_at")


def test_a_household_is_typed_in_saved_judged_and_sent(sit: Sit) -> None:
    desk = sit("union_operator")
    draft = begun(desk)
    part = f"/office/drafts/{draft.pk}/part"
    assert desk.get(f"{part}/0").status_code == 200
    assert desk.post(f"{part}/0", {**HOUSE, "version": 0}).url.endswith("/part/1")
    wrong = desk.post(f"{part}/1", {**HEAD, "version": 1, "birth_date": "31/02/1960", "id_kind": "nid10"})
    assert wrong.status_code == 200  # saved, and told
    assert "no such date" in wrong.content.decode()
    assert "31/02/1960" in wrong.content.decode()  # what was typed stays
    draft.refresh_from_db()
    assert (draft.version, draft.people) == (2, 1)  # and is saved all the same
    assert b"1960" not in bytes(draft.sealed)
    assert "Still to correct" in desk.get(f"/office/drafts/{draft.pk}/").content.decode()
    assert "মোছাঃ জরিনা বেগম" in desk.get("/office/drafts/").content.decode()
    bangla = sit("union_operator", "bn").post(f"{part}/1", {**HEAD, "version": 2, "sex": ""})
    assert "এই ঘর খালি রাখা যায় না" in bangla.content.decode()
    assert desk.post(f"{part}/1", {**HEAD, "version": 3}).status_code == 302
    ready = desk.get(f"/office/drafts/{draft.pk}/")
    assert ready.context["wrong"] == []
    sent = desk.post(
        f"/office/drafts/{draft.pk}/send", {"version": 4, "told_by": "করিম", "told_on": "2026-11-20", "told_in": "bn"}
    )
    upload = Upload.objects.get(channel="screen")
    assert sent.url == f"/office/uploads/{upload.pk}/"
    assert Notice.objects.get(upload=upload).told_by == "করিম"
    actions_changes.take_in(upload=upload, by=OPERATOR)
    assert Person.objects.get(household__reference="S-1").birth_date == date(1960, 3, 1)
    draft.refresh_from_db()
    assert (draft.state, bytes(draft.sealed)) == ("sent", b"")


def test_the_second_of_two_operators_is_told_and_loses_nothing(sit: Sit) -> None:
    desk = sit("union_operator")
    draft = begun(desk)
    part = f"/office/drafts/{draft.pk}/part/0"
    desk.post(part, {**HOUSE, "version": 0})
    second = desk.post(part, {**HOUSE, "version": 0, "rooms": "৯"})
    page = second.content.decode()
    assert second.status_code == 422
    assert "has changed this draft meanwhile" in page
    assert 'value="৯"' in page  # typed by the second, kept in the form
    assert "<del>২</del>" in page
    assert desk.post(part, {**HOUSE, "version": 1, "rooms": "৯"}).status_code == 302
    draft.refresh_from_db()
    with pytest.raises(Refusal):
        actions_drafts.save_draft(
            draft=draft, version=0, data={"household": {}, "members": []}, ring=queries.key_ring(), by=OPERATOR
        )


def test_drafts_of_another_upazila_are_not_there(sit: Sit) -> None:
    draft = begun(sit("union_operator"))
    assert sit("elsewhere").get(f"/office/drafts/{draft.pk}/").status_code == 404
    desk = sit("union_operator")
    assert desk.post(f"/office/drafts/{draft.pk}/drop").status_code == 302
    assert desk.get("/office/drafts/").context["rows"].rows == []


def test_templates_and_the_form_are_there_to_download(sit: Sit) -> None:
    desk = sit("union_operator")
    for address in ("template?name=changes", "template?name=beneficiaries&kind=csv", "form"):
        assert desk.get(f"/office/uploads/{address}").status_code == 200
    assert desk.get("/office/uploads/template?name=other").status_code == 404


def test_a_known_household_sent_otherwise_points_to_its_changes(sit: Sit) -> None:
    first = household("H-77", 2, union_code=UNION_HERE)
    for rows in (first, [{**first[0], "rooms": "8"}, first[1]]):
        upload = actions.receive(data=data(rows), file_name="h.csv", area_code=HERE, by=OPERATOR)
        actions_changes.take_in(upload=actions.check(upload=upload, by=OPERATOR), by=OPERATOR)
    page = sit("upazila_officer").get(f"/office/uploads/{upload.pk}/").content.decode()
    assert f"/office/uploads/{upload.pk}/changes" in page
