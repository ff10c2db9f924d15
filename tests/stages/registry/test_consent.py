"""What households were told and agreed to, corrections asked for and settled by another officer, the sheet's trace."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from shohay import policy
from shohay.core.deadlines import add_working_days
from shohay.core.messages import Refusal
from shohay.core.purposes import CONSENT, Purposes
from shohay.stages.accounts.officer import Officer
from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.models import Event
from shohay.stages.registry import actions_consent as consent
from shohay.stages.registry import actions_events, queries_consent
from shohay.stages.registry.models_consent import CorrectionRequest, Notice
from tests.factories.world import World

pytestmark = pytest.mark.usefixtures("in_small_world")
TEXT = Path(policy.__path__[0], "privacy", "purposes.yaml").read_text(encoding="utf-8")


def operator() -> Officer:
    return officer_of("union_operator")


def upazila() -> Officer:
    return officer_of("upazila_officer")


def told(world: World, *agreed: str, **more: object) -> Notice:
    given = {"told_by": "Salma, field worker", "told_on": timezone.localdate(), "language": "bn", "channel": "home",
             "agreed": agreed, "by": operator(), **more}  # fmt: skip
    return consent.give_notice(household=world.amena.household, **given)  # type: ignore[arg-type]


def asked(world: World, **more: object) -> CorrectionRequest:
    given = {"fact": "name", "wrong": "আমেনা is written Amina", "right": "Amena", "asker": "self", "channel": "union",
             "by": operator(), **more}  # fmt: skip
    return consent.ask_correction(person=world.amena, **given)  # type: ignore[arg-type]


def test_the_latest_notice_says_what_is_agreed_and_a_new_one_withdraws(world: World) -> None:
    assert queries_consent.agreed(world.amena.household) == []
    first = told(world, "messages", "other_services", told_on=timezone.localdate() - timedelta(days=3))
    assert queries_consent.agreed(world.amena.household) == ["messages", "other_services"] == first.agreed
    told(world)
    assert queries_consent.agreed(world.amena.household) == []
    event = Event.objects.order_by("-seq").first()
    assert event
    assert (event.action, event.detail["before"]) == ("notice.given", ["messages", "other_services"])
    assert first.sha256 == queries_consent.purposes().sha256


def test_a_notice_of_a_file_holds_for_its_households(world: World) -> None:
    home = world.amena.household
    home.upload = world.upload
    consent.give_notice_of_file(
        upload=world.upload, told_by="Field team 3", told_on=timezone.localdate(), language="bn", agreed=["messages"],
        by=operator(),
    )  # fmt: skip
    assert queries_consent.agreed(home) == ["messages"]


def test_what_was_told_is_never_changed(world: World) -> None:
    notice = told(world)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(agreed=["messages"])
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        notice.delete()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"told_on": timezone.localdate() + timedelta(days=2)}, "cannot lie ahead"),
        ({"told_by": " "}, "who told"),
        ({"agreed": ["eligibility"]}, "no purpose"),  # a public task asks for no consent
        ({"by": officer_of}, "not do this"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(world: World, more: dict[str, object], why: str) -> None:
    if "by" in more:
        more = {"by": officer_of("finance")}
    with pytest.raises(Refusal, match=why):
        told(world, **more)
    assert Notice.objects.count() == 0


def test_a_request_is_due_in_twenty_working_days_and_waits_once(world: World) -> None:
    row = asked(world)
    assert (row.state, row.due_on) == ("open", add_working_days(timezone.localdate(), 20))
    with pytest.raises(Refusal, match="waiting already"):
        asked(world)
    assert asked(world, fact="birth").pk != row.pk
    with pytest.raises(Refusal, match="what it should be"):
        asked(world, fact="sex", right=" ")
    with pytest.raises(Refusal, match="what it should be"):
        asked(world, fact="death")


def test_a_correction_settles_the_request_that_asked_for_it(world: World) -> None:
    row = asked(world)
    event = actions_events.correction(
        household=world.amena.household, person=world.amena.pk, fact="name",
        values={"name_bn": "আমেনা বেগম", "name_en": "Amena Begum"}, by=operator(),
        told=actions_events.Told(timezone.localdate(), "nid", "", "card seen"),
    )  # fmt: skip
    settled = consent.take_up_correction(request=row.pk, event=event, by=upazila())
    assert (settled.state, settled.event_id, settled.settled_by) == ("taken_up", event.pk, "upazila_officer")
    with pytest.raises(Refusal, match="settled already"):
        consent.refuse_correction(request=row.pk, reason="too late", by=upazila())


def test_a_number_is_settled_in_words_anything_else_by_its_correction(world: World) -> None:
    number, name = asked(world, fact="number"), asked(world)
    with pytest.raises(Refusal, match="wrong and what"):
        consent.take_up_correction(request=number.pk, event=None, by=upazila())
    assert (
        consent.take_up_correction(request=number.pk, event=None, note="NID added", by=upazila()).reason == "NID added"
    )
    with pytest.raises(Refusal, match="not about this person"):
        consent.take_up_correction(request=name.pk, event=None, note="done", by=upazila())


def test_who_wrote_a_request_down_does_not_turn_it_down(world: World) -> None:
    row = asked(world, by=upazila())
    with pytest.raises(Refusal, match="Another officer"):
        consent.refuse_correction(request=row.pk, reason="no", by=upazila())
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrectionRequest.objects.filter(pk=row.pk).update(state="refused", settled_by=row.recorded_by)


def test_the_sheet_leaves_a_trace(world: World) -> None:
    consent.print_sheet(person_id=world.amena.pk, by=operator())
    event = Event.objects.order_by("-seq").first()
    assert event
    assert (event.action, event.subject_id) == ("person.sheet_printed", str(world.amena.pk))
    with pytest.raises(Refusal, match="not found"):
        consent.print_sheet(person_id=10**9, by=operator())


@pytest.mark.parametrize(
    "change",
    [
        ("basis: law", "basis: whim"),
        ("data: [identity, account]", "data: [shoe_size]"),
        ("id: payment", "id: eligibility"),
        ("notice:", "notes:"),
    ],
)
def test_a_document_that_does_not_hold_together_is_refused(change: tuple[str, str]) -> None:
    assert change[0] in TEXT
    with pytest.raises(Refusal, match="does not hold together"):
        Purposes.parse(TEXT.replace(*change, 1))


def test_every_purpose_has_a_basis_and_the_notice_stands_in_both_languages() -> None:
    document = Purposes.parse(TEXT)
    assert {purpose.id for purpose in document.of_basis(CONSENT)} == {"messages", "other_services"}
    assert all(purpose.legal and purpose.kept.bn and purpose.kept.en for purpose in document.purposes)
    assert "333" in document.notice.en
    assert "৩৩৩" in document.notice.bn
