"""Complaints: filed, answered in time, appealed to somebody else, closed."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from shohay.bulk.sealing import open_sealed
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.grievance import actions, queries
from shohay.stages.grievance.models import Grievance, Holiday, Reply
from tests.stages.payments import world

pytestmark = pytest.mark.django_db

PUBLIC = Officer("", "public", areas=("",), programmes=("",))
SECOND = Officer("grievance2", "grievance_officer", areas=("55",), programmes=("",))


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel("2026-11-22T10:00:00+06:00", tick=False):
        yield


def file(**changes) -> Grievance:
    given = {"category": "payment_missing", "text": "টাকা পাইনি", "channel": "office", "by": world.GRIEVANCE, **changes}
    return actions.file(**{"person": world.person(), **given} if "person" not in given else given)


def test_number_and_day():
    first, second = file(), file()
    assert first.number.startswith("G-2026-")
    assert len(first.number) == len("G-2026-000001")
    assert first.number != second.number
    # six weeks are 30 working days; Victory Day (a Wednesday) costs one more. Christmas is a Friday.
    assert first.due_on == date(2027, 1, 4)
    event = Event.objects.filter(action="grievance.filed").first()
    assert event.subject_id == first.number
    assert first.text not in str(event.detail)


def test_holidays_of_the_gazette_move_the_day():
    actions.set_holidays(
        days=[(date(2026, 11, 24), "ছুটি", "Holiday"), (date(2026, 11, 27), "শুক্রবার", "A Friday")],
        source="gazette", by=Officer("g", "grievance_officer", areas=("",), programmes=("",)),
    )  # fmt: skip
    assert file().due_on == date(2027, 1, 5)
    assert Holiday.objects.count() == 2
    with pytest.raises(Refusal):
        actions.set_holidays(days=[], source="", by=world.GRIEVANCE)  # of one division: not for the country


def test_the_person_complains_online_and_the_contact_is_sealed():
    made = file(person=None, channel="online", contact="01711112222", area_code=world.KURIGRAM, by=PUBLIC)
    assert (made.filed_by, made.person, made.area_code) == ("", None, world.KURIGRAM)
    sealed = bytes(Grievance.objects.get().contact_sealed)
    assert b"01711112222" not in sealed
    assert open_sealed(world.ring(), made.number, actions.CONTACT, sealed) == "01711112222"
    with pytest.raises(Refusal) as refused:
        actions.reveal_contact(grievance=made, reason="", by=world.GRIEVANCE)
    assert refused.value.code == "reason_missing"
    assert actions.reveal_contact(grievance=made, reason="to call back", by=world.GRIEVANCE) == "01711112222"
    trace = Event.objects.get(action="grievance.contact_revealed")
    assert trace.reason == "to call back"
    assert "01711112222" not in str(trace.detail)


def test_only_online_may_be_nameless():
    with pytest.raises(Refusal) as refused:
        file(by=PUBLIC)
    assert refused.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": "  "}, "grievance_text_missing"),
        ({"text": "ক" * 4001}, "grievance_text_long"),
        ({"category": "weather"}, "grievance_kind_unknown"),
        ({"channel": "pigeon"}, "grievance_kind_unknown"),
    ],
)
def test_what_cannot_be_filed(changes, code):
    with pytest.raises(Refusal) as refused:
        file(**changes)
    assert refused.value.code == code
    assert not Grievance.objects.exists()


def test_answered():
    made = file()
    reply = actions.answer(grievance=made, outcome="upheld", text="টাকা আবার পাঠানো হবে", by=world.GRIEVANCE)
    made.refresh_from_db()
    assert (made.state, reply.answered_by) == ("answered", "grievance")
    assert Event.objects.get(action="grievance.answered").detail["working_days_late"] == "0"
    with pytest.raises(Refusal) as refused:
        actions.answer(grievance=made, outcome="upheld", text="again", by=world.GRIEVANCE)
    assert refused.value.code == "wrong_state"


def test_an_appeal_has_its_own_clock_and_another_judge():
    made = file()
    actions.answer(grievance=made, outcome="rejected", text="না", by=world.GRIEVANCE)
    made = actions.appeal(grievance=made, text="মানি না", by=world.GRIEVANCE)
    assert (made.state, made.due_on) == ("appealed", date(2026, 12, 21))  # 20 working days, Victory Day stepped over
    with pytest.raises(Refusal) as refused:
        actions.answer(grievance=made, outcome="rejected", text="না", by=world.GRIEVANCE)
    assert refused.value.code == "same_person"
    actions.answer(grievance=made, outcome="upheld", text="হ্যাঁ", by=SECOND)
    made.refresh_from_db()
    assert (made.state, made.closed_by) == ("closed", "grievance2")
    assert Reply.objects.count() == 2


def test_closed_when_the_answer_stands():
    made = file()
    with pytest.raises(Refusal):
        actions.close(grievance=made, by=world.GRIEVANCE)
    actions.answer(grievance=made, outcome="partly", text="আংশিক", by=world.GRIEVANCE)
    assert actions.close(grievance=made, by=world.GRIEVANCE).state == "closed"


@pytest.mark.parametrize(
    ("outcome", "text", "code"), [("upheld", " ", "answer_missing"), ("maybe", "x", "grievance_kind_unknown")]
)
def test_an_answer_says_something(outcome, text, code):
    with pytest.raises(Refusal) as refused:
        actions.answer(grievance=file(), outcome=outcome, text=text, by=world.GRIEVANCE)
    assert refused.value.code == code


def test_lists_by_lateness():
    early = file()
    with time_machine.travel("2026-11-29T10:00:00+06:00", tick=False):
        later = file()
    elsewhere = file(
        person=world.person(area=world.BHOLA), by=Officer("x", "grievance_officer", areas=("10",), programmes=("",))
    )
    assert list(queries.grievances(world.GRIEVANCE)) == [early, later]
    assert queries.grievance(world.GRIEVANCE, elsewhere.number) is None
    with time_machine.travel("2027-01-06T10:00:00+06:00", tick=False):
        assert list(queries.grievances(world.GRIEVANCE, "late")) == [early]
        assert queries.days_late(early) == 2
        assert queries.days_left(early) == -2
        assert queries.counts(world.GRIEVANCE)["late"] == 1
    assert queries.days_left(early) == 30
    assert queries.counts(world.GRIEVANCE)["open"] == 2
    assert [row.number for row in queries.grievances_of(early.person)] == [early.number]


def test_an_officer_of_another_place_cannot_answer():
    with pytest.raises(Refusal) as refused:
        actions.answer(
            grievance=file(), outcome="upheld", text="x",
            by=Officer("x", "grievance_officer", areas=("10",), programmes=("",)),
        )  # fmt: skip
    assert refused.value.code == "not_allowed"
