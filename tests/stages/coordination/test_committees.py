"""Committees: loaded from the documents and the places; meetings due, held and missed on any day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.coordination import actions_committees as actions
from shohay.stages.coordination import queries_committees as queries
from shohay.stages.coordination.models_committees import Committee, CommitteeKind, CommitteeMember, Meeting
from shohay.stages.programmes.models import Ministry
from tests.factories.world import HERE, make_places, make_programmes

pytestmark = pytest.mark.django_db
SECRETARY = Officer("secretary", "secretary", ("",))
LOCAL = Officer("local", "secretary", (HERE,))
OF_MOSW = Officer("mosw", "secretary", ("",), (), ("MoSW",))
DAY = date(2026, 11, 22)


@pytest.fixture
def loaded():
    make_places()
    make_programmes()
    return actions.load_committees(counted_from=date(2025, 7, 1), by=SYSTEM)


def met(code: str, *days: date, state: str = "held") -> None:
    first = Meeting.objects.filter(committee=code).count() + 1
    for number, day in enumerate(days, first):
        Meeting.objects.create(
            committee_id=code, number=number, meets_on=day, state=state, called_by="x", called_at=timezone.now(),
            seats=2, present=2, quorum=1,
        )  # fmt: skip


def test_loading_again_changes_nothing_and_leaves_what_officers_changed(loaded):
    assert loaded["field_committees"].rows == 6  # two divisions, two districts, two upazilas
    chair = CommitteeMember.objects.get(committee="UPZ-554952", seat="chair")
    actions.end_seat(member=chair, on=date(2026, 1, 1), by=SECRETARY)
    again = actions.load_committees(counted_from=date(2020, 1, 1), by=SYSTEM)
    assert all((counts.added, counts.changed) == (0, 0) for counts in again.values())
    assert Committee.objects.get(pk="CMC").counted_from == date(2025, 7, 1)
    assert not CommitteeMember.objects.filter(committee="UPZ-554952", seat="chair", valid_to=None).exists()
    assert Event.objects.filter(action="committees.loaded").count() == 2


def test_only_the_system_loads(loaded):
    with pytest.raises(Refusal):
        actions.load_committees(by=SECRETARY)


def test_what_is_found_has_its_source_and_what_is_assumed_says_so(loaded):
    for kind in CommitteeKind.objects.all():
        assert kind.source_bn
        assert kind.source_en
        assert ("assumed" in kind.source_en) is (kind.basis == "assumption")
    cmc = CommitteeKind.objects.get(pk="central")
    assert (cmc.every_months, cmc.at_least, cmc.basis) == (12, 2, "source")
    assert CommitteeMember.objects.filter(committee="CMC").count() == 40
    assert CommitteeMember.objects.get(committee="CMC", seat="chair").source
    assert CommitteeMember.objects.get(committee="UPZ-554952", seat="secretary").source == ""


# ---------------------------------------------------------------------------------------------- due, held, missed


def naive(kind: CommitteeKind, since: date, held: list[date], on: date) -> tuple[int, int, int, int]:
    """Required, held, missed, due: the periods walked one by one, month by month from July."""
    required = counted = missed = due = 0
    starts = date(since.year - 1, 7, 1)
    while starts <= on and since <= on:
        ends = starts
        for _ in range(kind.every_months):
            ends = (ends.replace(day=28) + timedelta(days=4)).replace(day=1)
        here = sum(starts <= day < ends and day <= on for day in held)
        if starts >= since:
            counted += here
            if ends <= on:
                required += kind.at_least
                missed += max(kind.at_least - here, 0)
            else:
                due += max(kind.at_least - here, 0)
        starts = ends
    return required, counted, missed, due


def test_the_database_counts_as_one_counts_by_hand(loaded):
    """Random rhythms, beginnings and meetings, on random days; every committee with a rhythm of its own."""
    random = Random(4)
    codes = list(Committee.objects.order_by("code").values_list("code", flat=True))
    kinds, held, since = {}, {}, {}
    for code in codes:
        kinds[code] = CommitteeKind.objects.create(
            code=code, level="national", order=9, every_months=random.choice([1, 2, 3, 4, 6, 12]), basis="source",
            at_least=random.choice([1, 2, 3]), notice_days=7, quorum_percent=50, minutes_days=15,
        )  # fmt: skip
        since[code] = date(2024, 1, 1) + timedelta(days=random.randrange(700))
        held[code] = sorted({date(2024, 1, 1) + timedelta(days=random.randrange(1100)) for _ in range(12)})
        met(code, *held[code])
        Committee.objects.filter(pk=code).update(kind=kinds[code], counted_from=since[code])
    for _ in range(25):
        on = date(2024, 1, 1) + timedelta(days=random.randrange(1200))
        found = queries.standings(codes, on=on)
        for code in codes:
            expected = naive(kinds[code], since[code], held[code], on)
            got = found[code]
            assert (got.required, got.held, got.missed, got.due) == expected, (code, on, kinds[code].every_months)


def test_two_a_year_may_lie_in_one_half_of_it(loaded):
    met("CMC", date(2025, 8, 1), date(2025, 9, 1))
    now = queries.standings(["CMC"], on=DAY)["CMC"]
    assert (now.required, now.held, now.missed, now.due, now.until) == (2, 2, 0, 2, date(2027, 6, 30))


def test_what_was_called_but_not_held_does_not_count(loaded):
    met("CL-FOOD", date(2025, 8, 1), state="cancelled")
    met("CL-FOOD", date(2025, 11, 1), state="no_quorum")
    met("CL-FOOD", date(2026, 2, 1))
    now = queries.standings(["CL-FOOD"], on=DAY)["CL-FOOD"]
    assert (now.required, now.held, now.missed, now.due) == (5, 1, 4, 1)


def test_before_the_day_from_which_one_counts_nothing_is_due(loaded):
    assert queries.standings(["CMC"], on=date(2025, 6, 30))["CMC"][1:] == (0, 0, 0, 0, None)


def test_districts_and_kinds_add_up(loaded):
    met("UPZ-554952", date(2025, 8, 1), date(2025, 12, 1))
    here, there = queries.by_district(SECRETARY, on=DAY)[::-1]
    assert (here.name, here.committees, here.required, here.held, here.missed) == ("5549", 2, 10, 2, 8)
    assert (there.name, there.missed) == ("5041", 10)
    kinds = {row.name: row for row in queries.by_kind(SECRETARY, on=DAY)}
    assert sum(row.committees for row in kinds.values()) == Committee.objects.count()
    assert kinds["upazila"].held == 2


# -------------------------------------------------------------------------------------------------- who may what


def test_an_officer_of_an_upazila_sees_and_seats_there_only(loaded):
    assert [row.code for row in queries.committees(LOCAL, on=DAY)] == ["UPZ-554952"]
    assert queries.committee(LOCAL, "CMC") is None
    assert [row.name for row in queries.by_district(LOCAL, on=DAY)] == ["5549"]
    assert queries.by_district(LOCAL, on=DAY)[0].committees == 1
    seat = {"seat": "member", "office_bn": "ইউপি চেয়ারম্যান", "valid_from": DAY}
    actions.seat_member(committee=Committee.objects.get(pk="UPZ-554952"), by=LOCAL, **seat)
    for code in ("UPZ-504130", "CMC", "DIS-5549"):
        with pytest.raises(Refusal) as refused:
            actions.seat_member(committee=Committee.objects.get(pk=code), by=LOCAL, **seat)
        assert refused.value.code == "not_allowed"


def test_the_ministry_that_leads_a_cluster_keeps_it_and_no_other(loaded):
    seat = {"seat": "secretary", "office_bn": "যুগ্মসচিব", "valid_from": DAY, "ministry": Ministry.objects.get(pk="MoSW")}
    actions.seat_member(committee=Committee.objects.get(pk="CL-ALLOW"), by=OF_MOSW, **seat)
    for code in ("CMC", "CL-FOOD"):
        with pytest.raises(Refusal):
            actions.seat_member(committee=Committee.objects.get(pk=code), by=OF_MOSW, **seat)


def test_filters_of_the_list(loaded):
    def codes(**asked) -> set[str]:
        return {row.code for row in queries.committees(SECRETARY, on=DAY, **asked)}

    assert codes(kind="upazila") == {"UPZ-554952", "UPZ-504130"}
    assert codes(place="55") == {"DIV-55", "DIS-5549", "UPZ-554952"}
    assert codes(text="কুড়িগ্রাম সদর") == {"UPZ-554952"}
    assert codes(text="khoksa") == {"UPZ-504130"}
    met("UPZ-554952", *(date(2025, 7, 5) + timedelta(days=92 * n) for n in range(6)))
    assert "UPZ-554952" not in codes(standing="missed") | codes(standing="due")
    assert codes(kind="upazila", standing="missed") == {"UPZ-504130"}


# ------------------------------------------------------------------------------------------------------- members


def test_one_chair_at_a_time_and_no_office_twice(loaded):
    committee = Committee.objects.get(pk="UPZ-554952")
    with pytest.raises(Refusal) as refused:
        actions.seat_member(committee=committee, seat="chair", office_bn="অন্য কেউ", valid_from=DAY, by=SECRETARY)
    assert refused.value.code == "committee_seat_taken"
    with pytest.raises(Refusal) as refused:
        actions.seat_member(
            committee=committee, seat="member", office_bn="উপজেলা নির্বাহী অফিসার", valid_from=DAY, by=SECRETARY
        )
    assert refused.value.code == "committee_office_sits"
    with pytest.raises(Refusal) as refused:
        actions.seat_member(
            committee=committee, seat="member", office_bn="নতুন", valid_from=date(1905, 7, 1), by=SECRETARY
        )
    assert refused.value.code == "committee_day_unlikely"
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteeMember.objects.create(committee=committee, seat="chair", office_bn="তৃতীয়", valid_from=DAY)


def test_a_seat_ends_once_and_the_roll_is_that_of_the_day(loaded):
    committee = Committee.objects.get(pk="UPZ-554952")
    chair = CommitteeMember.objects.get(committee=committee, seat="chair")
    with pytest.raises(Refusal) as refused:
        actions.end_seat(member=chair, on=chair.valid_from, by=SECRETARY)
    assert refused.value.code == "committee_seat_day"
    actions.end_seat(member=chair, on=DAY, by=SECRETARY)
    with pytest.raises(Refusal) as refused:
        actions.end_seat(member=chair, on=DAY, by=SECRETARY)
    assert refused.value.code == "committee_seat_ended"
    assert chair in queries.members(committee, on=DAY - timedelta(days=1))
    assert chair not in queries.members(committee, on=DAY)
