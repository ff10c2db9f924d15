"""The page of a household and its events: told, seen by another, approved; two editors; other areas; both languages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shohay.stages.accounts.roles import PERMISSIONS
from shohay.stages.audit.models import Event
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_history import Dated, LifeEvent
from tests.factories.world import UNION_HERE, UNION_THERE, make_person

pytestmark = pytest.mark.django_db
ON = "01/09/2026"
PAPER = {
    "happened_on": ON,
    "evidence_kind": "certificate",
    "evidence_number": "2026/114",
    "evidence_note": "",
    "channel": "union",
}


@pytest.fixture
def house(world) -> Household:
    """Amena's household; her husband lives with her, and a son."""
    make_person(
        UNION_HERE,
        3,
        world.amena.household,
        name_bn="জসিম",
        name_en="Jasim",
        sex="male",
        relation="child",
        birth_date=date(1990, 1, 1),
    )
    Person.objects.filter(household=world.amena.household, line_no__lte=2).update(marital_status="married")
    return world.amena.household


@pytest.fixture
def inside(sit, house):
    """A browser with the household open."""

    def at(username: str, language: str = "en") -> Any:
        desk = sit(username, language)
        answer = desk.post(f"/office/households/{house.pk}/open", {"purpose": "service", "note": ""})
        assert answer.status_code == 302, answer.content.decode()
        return desk

    return at


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def alert(answer: Any) -> str:
    """What the page says went wrong."""
    return words(answer).partition('role="alert"')[2][:500]


def tell(desk: Any, house: Household, kind: str, query: str = "", **given: Any) -> Any:
    house.refresh_from_db()
    return desk.post(
        f"/office/households/{house.pk}/event/{kind}/{query}", {**PAPER, "version": house.version, **given}
    )


def test_a_purpose_is_asked_and_leaves_a_trace(sit, house, world):
    desk = sit("upazila_officer")
    page = words(desk.get(f"/office/households/{house.pk}/"))
    assert "Why do you open this record?" in page
    assert "Amena" not in page
    assert desk.get(f"/office/households/{house.pk}/event/death/").status_code == 302
    desk.post(f"/office/households/{house.pk}/open", {"purpose": "verification", "note": "letter 3"})
    assert "Mst. Amena Begum" in words(desk.get(f"/office/households/{house.pk}/"))
    desk.post(f"/office/people/{world.amena.pk}/open", {"purpose": "service", "note": ""})
    assert "Household record opened" in words(desk.get(f"/office/people/{world.amena.pk}/"))


def test_an_open_person_opens_the_household(opened, house):
    assert "What happened?" in words(opened("union_operator").get(f"/office/households/{house.pk}/"))


def test_another_upazila_finds_neither_household_nor_event(sit, inside, house, world):
    tell(inside("union_operator"), house, "death", person=world.husband.pk)
    event = LifeEvent.objects.get()
    desk = sit("elsewhere")
    for address in (f"households/{house.pk}/", f"events/{event.pk}/", f"households/{house.pk}/event/death/"):
        assert desk.get(f"/office/{address}").status_code == 404, address
    for address in (f"households/{house.pk}/open", f"events/{event.pk}/approve", f"events/{event.pk}/refuse"):
        assert desk.post(f"/office/{address}", {"purpose": "service", "reason": "x"}).status_code == 404, address
    assert "Mst. Amena" not in words(desk.get("/office/events/?state=proposed"))


@pytest.mark.parametrize("kind", ["birth", "death", "marriage", "divorce", "separation", "move", "split", "merge", "new_head", "migration", "circumstances"])  # fmt: skip
@pytest.mark.parametrize("language", ["bn", "en"])
def test_every_form_opens(inside, house, kind, language):
    page = inside("union_operator", language).get(f"/office/households/{house.pk}/event/{kind}/")
    assert page.status_code == 200


@pytest.mark.parametrize("kind", ["disability", "school", "work", "correction"])
def test_forms_about_one_person_ask_whom_first(inside, house, world, kind):
    desk = inside("union_operator")
    assert "Mst. Amena" in words(desk.get(f"/office/households/{house.pk}/event/{kind}/")) or "আমেনা" in words(
        desk.get(f"/office/households/{house.pk}/event/{kind}/")
    )
    page = desk.get(f"/office/households/{house.pk}/event/{kind}/?person={world.amena.pk}&fact=schooling")
    assert page.status_code == 200
    assert "set_" in page.content.decode()


def test_a_death_told_and_approved(inside, sit, house, world):
    answer = tell(inside("union_operator"), house, "death", person=world.husband.pk)
    event = LifeEvent.objects.get()
    assert answer["Location"] == f"/office/events/{event.pk}/"
    desk = inside("upazila_officer")
    assert "event of this household waits for approval" in words(desk.get(f"/office/households/{house.pk}/"))
    assert "Life events to approve" in words(desk.get("/office/"))
    page = words(desk.get(f"/office/events/{event.pk}/"))
    for shown in ("What the approval will write", "Marital status", "Widowed", "2026/114", "Approve and write it"):
        assert shown in page, shown
    assert desk.post(f"/office/events/{event.pk}/approve").status_code == 302
    assert Person.objects.get(pk=world.husband.pk).death_date == date(2026, 9, 1)
    after = words(desk.get(f"/office/events/{event.pk}/"))
    assert "What was written" in after
    assert "Widowed" in after
    now = words(desk.get(f"/office/households/{house.pk}/"))
    assert "Md. Karim" not in now
    assert "Md. Karim" in words(desk.get(f"/office/households/{house.pk}/?on=31/08/2026"))
    history = words(desk.get(f"/office/households/{house.pk}/?tab=history"))
    for shown in ("Member of household", "in no household", "since unknown", "Life event"):
        assert shown in history, shown
    assert words(desk.get(f"/office/households/{house.pk}/?tab=events")).count("Approved and written") == 1


def test_who_told_it_may_only_take_it_back(inside, house, world):
    desk = inside("upazila_officer")
    tell(desk, house, "death", person=world.husband.pk)
    event = LifeEvent.objects.get()
    page = words(desk.get(f"/office/events/{event.pk}/"))
    assert "Approve and write it" not in page
    assert desk.post(f"/office/events/{event.pk}/approve").status_code == 422
    assert desk.post(f"/office/events/{event.pk}/withdraw", {"reason": ""}).status_code == 422
    assert desk.post(f"/office/events/{event.pk}/withdraw", {"reason": "wrong person"}).status_code == 302
    assert "wrong person" in words(desk.get(f"/office/events/{event.pk}/"))


def test_a_refusal_says_why(inside, house, world):
    tell(inside("union_operator"), house, "death", person=world.husband.pk)
    event = LifeEvent.objects.get()
    desk = inside("upazila_officer")
    assert desk.post(f"/office/events/{event.pk}/refuse", {"reason": "he is alive"}).status_code == 302
    assert "he is alive" in words(desk.get(f"/office/events/{event.pk}/"))
    assert Dated.objects.count() == 0


def test_two_officers_edit_one_household(inside, house, world):
    """The second is told who changed what, sees old and new, keeps what was typed, and may send again."""
    first, second = inside("union_operator"), inside("second")
    house.refresh_from_db()
    seen = house.version
    tell(first, house, "school", f"?person={world.amena.pk}", set_school_level="primary", set_school_class="৫")
    late = second.post(
        f"/office/households/{house.pk}/event/death/",
        {**PAPER, "version": seen, "person": world.husband.pk, "evidence_note": "চৌকিদার জানিয়েছেন"},
    )
    page = words(late)
    assert late.status_code == 422
    assert "Officer union_operator" in page or "union_operator" in page
    for shown in ("What changed while you wrote", "Schooling", "চৌকিদার জানিয়েছেন", "It still holds: tell the event"):
        assert shown in page, shown
    assert f'name="version" value="{seen + 1}"' in page
    assert LifeEvent.objects.count() == 1
    again = second.post(
        f"/office/households/{house.pk}/event/death/", {**PAPER, "version": seen + 1, "person": world.husband.pk}
    )
    assert again.status_code == 302
    assert LifeEvent.objects.count() == 2


def test_a_form_that_does_not_hold_keeps_what_was_typed(inside, house, world):
    page = tell(inside("union_operator"), house, "birth", name_bn="শিশু", happened_on="31/02/2026", evidence_number="")
    assert page.status_code == 422
    shown = words(page)
    assert 'value="শিশু"' in shown
    assert "Give the number of the paper, or a note." in shown
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = tell(
        inside("union_operator"), house, "birth", name_bn="শিশু", sex="male", happened_on=tomorrow.strftime("%d/%m/%Y")
    )
    assert page.status_code == 422
    assert "has not come yet" in words(page)


def test_a_device_whose_clock_is_wrong_is_told(inside, house, world):
    ahead = (timezone.now() + timedelta(hours=7)).isoformat()
    page = tell(inside("union_operator"), house, "death", person=world.husband.pk, device_at=ahead)
    assert page.status_code == 422
    assert "device" in words(page)


def test_a_spouse_is_found_then_told(inside, house, world):
    desk = inside("union_operator")
    jasim = Person.objects.get(line_no=3, household=house)
    found = desk.post(
        f"/office/households/{house.pk}/event/marriage/",
        {"find": "spouse_search", "spouse_search": "Abdur Rahim", "person": jasim.pk},
    )
    assert found.status_code == 200
    assert f'value="{world.rahim.pk}"' in words(found)
    bride = make_person(
        UNION_HERE, name_bn="সালমা খাতুন", name_en="Salma Khatun", birth_date=date(1995, 1, 1), marital_status="widowed"
    )
    answer = tell(desk, house, "marriage", person=jasim.pk, spouse_search="সালমা", spouse=bride.pk, live_in="here")
    assert answer.status_code == 302, alert(answer)
    event = LifeEvent.objects.get()
    assert event.kind == "remarriage"
    done = inside("upazila_officer").post(f"/office/events/{event.pk}/approve")
    assert done.status_code == 302, alert(done)
    assert Person.objects.get(pk=bride.pk).household_id == house.pk


def test_other_kinds_through_their_forms(inside, house, world):
    desk, approver = inside("union_operator"), inside("second")
    jasim = Person.objects.get(line_no=3, household=house)
    told = [
        ("split", "", {"people": [jasim.pk], "head": jasim.pk, "reference": "H-9001"}),
        ("circumstances", "", {"set_rooms": "৩", "set_walls": "brick", "set_annual_income": "1,20,000", "set_homestead_decimals": "2.5"}),
        ("disability", f"?person={world.amena.pk}", {"set_disability": "visual", "set_disability_card": "yes", "set_seeing": "4"}),
        ("pregnancy", f"?person={world.amena.pk}", {"set_is_pregnant": "yes", "set_pregnancy_month": "৬"}),
        ("work", f"?person={world.amena.pk}", {"set_occupation": "tailor", "set_annual_income": "30000"}),
        ("correction", f"?person={world.amena.pk}&fact=name", {"set_name_bn": "মোছাঃ আমিনা বেগম", "set_name_en": "Mst. Amina Begum"}),
        ("migration", "", {"people": [world.husband.pk], "where": "abroad", "place": "Oman"}),
        ("return", "", {"people": [world.husband.pk], "relation": "spouse"}),
        ("new_head", "", {"person": world.husband.pk}),
        ("birth", "", {"name_bn": "নবজাতক", "sex": "female", "father": world.husband.pk}),
        ("divorce", "", {"person": world.amena.pk}),
        ("move", "", {"area_code": UNION_HERE, "address_bn": "নতুন পাড়া", "other_area": ""}),
    ]  # fmt: skip
    for kind, query, given in told:
        answer = tell(desk, house, kind, query, **given)
        assert answer.status_code == 302, (kind, alert(answer))
        event = LifeEvent.objects.order_by("-pk")[0]
        assert approver.get(f"/office/events/{event.pk}/").status_code == 200
        done = approver.post(f"/office/events/{event.pk}/approve")
        assert done.status_code == 302, (kind, alert(done))
        assert approver.get(f"/office/events/{event.pk}/").status_code == 200
    house.refresh_from_db()
    assert (house.rooms, house.walls, house.annual_income, house.homestead_decimals, house.address_bn) == (
        3,
        "brick",
        120000,
        2.5,
        "নতুন পাড়া",
    )
    amena = Person.objects.get(pk=world.amena.pk)
    assert (amena.name_en, amena.disability, amena.relation, amena.marital_status) == (
        "Mst. Amina Begum",
        "visual",
        "spouse",
        "divorced",
    )
    page = words(desk.get(f"/office/households/{house.pk}/"))
    assert (
        "a disability by the Washington Group questions: Difficulty seeing, even with glasses: Cannot do at all" in page
    )
    assert desk.get(f"/office/households/{house.pk}/?tab=history").status_code == 200


def test_a_member_goes_to_a_household_of_another_upazila_and_the_officer_there_approves(inside, sit, house, world):
    desk, there = inside("union_operator"), world.other.household
    asked = {"people": [world.husband.pk], "other_area": UNION_THERE, "to_household_search": there.reference}
    asked |= {"find": "to_household_search", "relation": "other"}
    wrong = tell(desk, house, "move", **{**asked, "to_household_search": there.reference[:-1]})
    assert f'value="{there.pk}"' not in words(wrong)
    found = words(tell(desk, house, "move", **asked))
    assert f'value="{there.pk}"' in found
    assert world.other.name_en not in found  # the number and the place of the household, no name
    assert world.other.name_bn not in found
    del asked["find"]
    answer = tell(desk, house, "move", **asked, to_household=there.pk)
    assert answer.status_code == 302, alert(answer)
    event = LifeEvent.objects.get()
    assert (event.to_area_code, event.to_household_id) == (UNION_THERE, there.pk)
    assert sit("upazila_officer").post(f"/office/events/{event.pk}/approve").status_code == 422  # not theirs to decide
    event.refresh_from_db()
    assert event.state == "proposed"
    page = words(sit("elsewhere").get(f"/office/events/{event.pk}/"))
    assert "Md. Karim Mia" in page
    assert "Md. Karim Mia" in words(sit("elsewhere").get("/office/events/"))
    done = sit("elsewhere").post(f"/office/events/{event.pk}/approve")
    assert done.status_code == 302, alert(done)
    moved = Person.objects.get(pk=world.husband.pk)
    assert (moved.household_id, moved.area_code) == (there.pk, UNION_THERE)


def test_pages_as_of_a_wrong_day_say_so(inside, house):
    desk = inside("upazila_officer")
    assert "That day has not come yet." in words(desk.get(f"/office/households/{house.pk}/?on=01/01/2999"))
    assert "Write the day like" in words(desk.get(f"/office/households/{house.pk}/?on=yesterday"))
    assert "Nobody lived here" in words(desk.get(f"/office/households/{house.pk}/?known=০১/০১/২০২০"))


def test_pages_ask_few_questions(inside, house, django_assert_max_num_queries):
    desk = inside("upazila_officer")
    with django_assert_max_num_queries(24):
        desk.get(f"/office/households/{house.pk}/")


@pytest.mark.parametrize("role", PERMISSIONS)
def test_a_role_sees_tells_and_decides_what_it_may(inside, sit, house, world, role):
    tell(inside("second"), house, "death", person=world.husband.pk)
    event = LifeEvent.objects.get()
    desk, may = sit(role), PERMISSIONS[role]
    assert desk.get(f"/office/events/{event.pk}/").status_code == (200 if "event.view" in may else 403)
    assert desk.get(f"/office/households/{house.pk}/event/death/").status_code == (
        302 if "event.propose" in may else 403
    )
    for verb, permission in (("withdraw", "event.propose"), ("refuse", "event.approve"), ("approve", "event.approve")):
        answer = desk.post(f"/office/events/{event.pk}/{verb}", {"reason": ""})
        allowed = {"withdraw": 422, "refuse": 422, "approve": 302}[verb]
        assert answer.status_code == (allowed if permission in may else 403), verb
        assert desk.get(f"/office/events/{event.pk}/{verb}").status_code == 405, verb


def test_without_signing_in_nothing_opens(client, house):
    for address in (f"households/{house.pk}/", "events/", "events/1/", f"households/{house.pk}/event/death/"):
        assert client.get(f"/office/{address}")["Location"].startswith("/office/sign-in?next="), address


def test_the_paper_of_an_event_is_handed_out_and_leaves_a_trace(inside, sit, house, world, settings, tmp_path):
    settings.VAR = tmp_path
    picture = b"\x89PNG\r\n\x1a\n" + b"certificate"
    desk = inside("union_operator")
    file = SimpleUploadedFile("<script>.html", picture, "text/html")
    answer = tell(desk, house, "death", person=str(world.husband.pk), evidence_file=file)
    assert answer.status_code == 302, alert(answer)
    row = LifeEvent.objects.get()
    page = desk.get(f"/office/events/{row.pk}/").content.decode()
    assert f'action="/office/events/{row.pk}/evidence"' in page
    for username in ("union_operator", "upazila_officer"):
        given = sit(username).post(f"/office/events/{row.pk}/evidence")
        assert b"".join(given.streaming_content) == picture
        assert given["Content-Type"] == "image/png"
        assert given["Content-Disposition"] == f'attachment; filename="event-{row.pk}.png"'
        assert "sandbox" in given["Content-Security-Policy"]
    seen = Event.objects.filter(action="event.evidence_opened").values_list("actor", flat=True)
    assert set(seen) == {"union_operator", "upazila_officer"}
    assert sit("elsewhere").post(f"/office/events/{row.pk}/evidence").status_code == 404
    assert sit("auditor").post(f"/office/events/{row.pk}/evidence").status_code == 403
    (tmp_path / "evidence" / row.evidence_sha256).unlink()
    gone = sit("upazila_officer").post(f"/office/events/{row.pk}/evidence")
    assert (gone.status_code, "A backup may hold it" in words(gone) or "a backup may hold it" in words(gone)) == (
        422,
        True,
    )
    assert len(Event.objects.filter(action="event.evidence_opened")) == 2
