"""Officers and their duties: opened, moved and ended by date, never deleted."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from shohay.config import settings as shipped
from shohay.core.messages import Refusal
from shohay.stages.accounts import actions
from shohay.stages.accounts.models import Assignment, Role, User
from shohay.stages.accounts.officer import NOBODY, SYSTEM, Officer
from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
GIVEN = {
    "username": "uno.ulipur",
    "password": "nodi-o-char-77",
    "names": ("উপজেলা নির্বাহী অফিসার, উলিপুর", "UNO, Ulipur"),
    "role": "upazila_officer",
    "area_codes": ["554994"],
    "programme_codes": ["OAA", "WDA"],
    "by": SYSTEM,
}


@pytest.fixture(autouse=True)
def still_clock():
    with time_machine.travel("2026-11-22 10:00 +06:00", tick=False):
        yield


def test_an_officer_can_act_at_once():
    actions.create_officer(**GIVEN)
    officer = officer_of("uno.ulipur")
    assert officer == Officer("uno.ulipur", "upazila_officer", ("554994",), ("OAA", "WDA"))
    event = Event.objects.get()
    assert (event.action, event.subject_id, event.detail) == (
        "officer.created",
        "uno.ulipur",
        {"role": "upazila_officer", "duties": 2},
    )


def test_the_password_is_kept_as_an_argon2_hash(settings):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS  # the tests use a quick one
    user = actions.create_officer(**GIVEN)
    assert user.password.startswith("argon2")
    assert GIVEN["password"] not in user.password
    assert not Event.objects.filter(detail__icontains=GIVEN["password"]).exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "short"}, "password_weak"),
        ({"password": "password1234"}, "password_weak"),
        ({"role": "president"}, "role_unknown"),
        ({"area_codes": ["5"]}, "area_code_wrong"),
        ({"area_codes": []}, "duty_missing"),
        ({"programme_codes": []}, "duty_missing"),
        ({"by": NOBODY}, "not_allowed"),
        ({"by": Officer("x", "cabinet", ("",), ("",))}, "not_allowed"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(change, code):
    with pytest.raises(Refusal) as refusal:
        actions.create_officer(**{**GIVEN, **change})
    assert refusal.value.code == code
    assert refusal.value.say("bn")
    assert not User.objects.exists()
    assert not Event.objects.exists()


def test_a_name_is_taken_once():
    actions.create_officer(**GIVEN)
    with pytest.raises(Refusal, match="uno\\.ulipur"):
        actions.create_officer(**GIVEN)


def test_a_duty_that_ended_gives_no_rights_and_stays_on_record():
    actions.create_officer(**{**GIVEN, "programme_codes": [""]})
    (duty,) = Assignment.objects.all()
    actions.end_assignment(assignment=duty, by=SYSTEM)
    assert officer_of("uno.ulipur") == NOBODY
    assert Assignment.objects.get().valid_to == TODAY
    with pytest.raises(Refusal) as refusal:
        actions.end_assignment(assignment=duty, by=SYSTEM)
    assert refusal.value.code == "duty_ended"


def test_a_duty_moves_to_another_place():
    actions.create_officer(**{**GIVEN, "programme_codes": [""]})
    begun = actions.change_assignment(
        assignment=Assignment.objects.get(), area_code="554952", programme_code="", by=SYSTEM
    )
    assert begun.area_code == "554952"
    assert officer_of("uno.ulipur").areas == ("554952",)
    event = Event.objects.get(action="duty.changed")
    assert (event.area_code, event.detail["before"]) == ("554952", {"area": "554994", "programme": ""})


def test_a_second_role_is_a_second_duty():
    user = actions.create_officer(**GIVEN)
    given = {"user": user, "role": "grievance_officer", "area_code": "5549", "programme_code": "", "by": SYSTEM}
    actions.assign(**given)
    assert officer_of("uno.ulipur", "grievance_officer").areas == ("5549",)
    assert officer_of("uno.ulipur", "upazila_officer").areas == ("554994",)
    with pytest.raises(Refusal) as refusal:
        actions.assign(**given)
    assert refusal.value.code == "duty_held"


def test_a_duty_may_begin_later():
    user = actions.create_officer(**GIVEN)
    actions.assign(user=user, role="auditor", area_code="", programme_code="", on=date(2026, 12, 1), by=SYSTEM)
    assert officer_of("uno.ulipur", "auditor") == NOBODY
    with time_machine.travel("2026-12-01 10:00 +06:00"):
        assert officer_of("uno.ulipur", "auditor").areas == ("",)


@pytest.mark.parametrize(
    "act",
    [
        lambda user, duty, by: actions.assign(user=user, role="auditor", area_code="", programme_code="", by=by),
        lambda user, duty, by: actions.end_assignment(assignment=duty, by=by),
        lambda user, duty, by: actions.change_assignment(assignment=duty, area_code="", programme_code="", by=by),
        lambda user, duty, by: actions.demo_officers(upazilas=["554994"], by=by),
    ],
)
def test_nobody_widens_their_own_duties(act):
    user = actions.create_officer(**GIVEN)
    duty = Assignment.objects.first()
    with pytest.raises(Refusal) as refusal:
        act(user, duty, officer_of("uno.ulipur"))
    assert refusal.value.code == "not_allowed"


def test_the_demonstration_has_one_officer_for_each_part():
    users = actions.demo_officers(upazilas=["554994", "100918"], by=SYSTEM)
    names = [user.username for user in users]
    assert names == list(actions.DEMO_OFFICERS)
    assert len(names) == 15
    assert {officer_of(name).role for name in names} == set(Role.values)
    for name in ("operator", "upazila", "upazila2", "grievance"):
        assert officer_of(name).areas == ("100918", "554994")
    for name in ("manager", "manager2", "approver", "finance", "cabinet", "auditor", "secretary", "bbs", "imed"):
        assert (officer_of(name).areas, officer_of(name).programmes) == (("",), ("",))
        assert officer_of(name).ministries == ("",)
    assert [officer_of(name).ministries for name in ("focal", "focal2")] == [("MoSW",), ("MoWCA",)]
    assert all(user.name_bn and user.name_en for user in users)
    assert users[5].check_password(actions.DEMO_PASSWORD)
    again = actions.demo_officers(upazilas=["554994", "100918", "609127"], by=SYSTEM)
    assert [user.pk for user in again] == [user.pk for user in users]
    assert officer_of("upazila").areas == ("100918", "554994", "609127")
    assert Event.objects.filter(action="officers.demo").count() == 2


def test_no_demonstration_among_real_people(settings):
    settings.SYNTHETIC = False
    with pytest.raises(Refusal) as refusal:
        actions.demo_officers(upazilas=["554994"], by=SYSTEM)
    assert refusal.value.code == "only_synthetic"
    assert not User.objects.exists()
