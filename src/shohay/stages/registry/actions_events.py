"""Telling what happened: each kind of event in the life of people and households is an action that proposes it.

What is told waits until another officer approves it (actions_approval); nothing changes before. Every action takes the
``household`` it starts from, ``told`` (when, what shows it, who told it), and what belongs to its kind; it looks at the
registry as it is and refuses what cannot be. Persons are given by their ids. Raises not_allowed, event_future,
clock_skew, event_evidence_missing, household_changed, household_closed, not_member, person_dead, event_before_birth,
event_before_known, and what each says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts import rls
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.registry import queries_history
from shohay.stages.registry.life import may_happen
from shohay.stages.registry.life_plans import plan
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_history import EventPerson, LifeEvent

Kind = LifeEvent.Kind
CLOCKS_APART = timedelta(minutes=15)  # between a device and the server before an event is not taken
EVIDENCE_MIB = 5
FILE_BEGINS = {  # what the bytes begin with -> what they are handed out as
    b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """How an event came to the office. ``version``: of the household, as the form saw it; None: not from a form.

    ``device_at`` is what the clock of the device said when the form was sent.
    """

    happened_on: date
    evidence_kind: str
    evidence_number: str = ""
    evidence_note: str = ""
    evidence_file: bytes | None = None
    channel: str = LifeEvent.Channel.UNION
    version: int | None = None
    device_at: datetime | None = None


def birth(
    *, household: Household, told: Told, name_bn: str, sex: str, name_en: str = "", mother: int | None = None,
    father: int | None = None, relation: str = "", by: Officer,
) -> LifeEvent:  # fmt: skip
    """A child was born into the household. Raises name_missing, mother_age, parent_sex, already_born."""
    details = {"name_bn": name_bn, "name_en": name_en, "sex": sex, "mother": mother, "father": father}
    return _tell(Kind.BIRTH, household, told, {**details, "relation": relation}, by)


def death(
    *, household: Household, told: Told, person: int, new_head: int | None = None,
    relations: Mapping[int, str] | None = None, by: Officer,
) -> LifeEvent:  # fmt: skip
    """A member died. A head is followed by ``new_head``. Raises head_needed, head_not_member."""
    return _tell(Kind.DEATH, household, told, {"person": person, "new_head": new_head, **_seen(relations)}, by)


def marriage(
    *, household: Household, told: Told, person: int, spouse: int | None = None, spouse_name: str = "",
    permission: str = "", live_in: str = "", relation: str = "", new_head: int | None = None, by: Officer,
) -> LifeEvent:  # fmt: skip
    """A member married ``spouse``, or somebody who is not registered (``spouse_name``).

    ``live_in``: 'here' (the spouse joins this household), 'there' (the member joins the spouse's), '' (nobody moves).
    ``permission``: number of the arbitration council's or court's order. After an earlier marriage it is a remarriage.
    Raises couple_wrong, too_young_to_marry, already_married, needs_permission, too_many_wives.
    """
    if live_in not in ("", "here", "there"):
        raise Refusal("unknown_choice", column="live_in", value=live_in)
    earlier = Person.objects.filter(pk__in=[person, spouse or 0], marital_status__in=("widowed", "divorced"))
    details = {
        "person": person, "spouse": spouse, "spouse_name": spouse_name, "permission": permission, "live_in": live_in,
        "relation": relation, "new_head": new_head,
    }  # fmt: skip
    other = Household.objects.filter(members=spouse).exclude(pk=household.pk).first() if spouse else None
    return _tell(Kind.REMARRIAGE if earlier.exists() else Kind.MARRIAGE, household, told, details, by, other)


def divorce(*, household: Household, told: Told, person: int, spouse: int | None = None, by: Officer) -> LifeEvent:
    """A divorce took effect. Raises not_married, which_marriage."""
    return _tell(Kind.DIVORCE, household, told, {"person": person, "spouse": spouse}, by)


def separation(*, household: Household, told: Told, person: int, by: Officer) -> LifeEvent:
    """A member was left by husband or wife, or lives apart. Raises not_married."""
    return _tell(Kind.SEPARATION, household, told, {"person": person}, by)


def move(
    *, household: Household, told: Told, area_code: str = "", area_type: str = "", address_bn: str = "",
    people: Sequence[int] = (), to_household: Household | None = None, relations: Mapping[int, str] | None = None,
    new_head: int | None = None, by: Officer,
) -> LifeEvent:  # fmt: skip
    """The whole household went to another address, or ``people`` of it into another household.

    Raises place_unknown, nothing_changed; household_not_found, same_household, head_needed.
    """
    details = {
        "people": list(people), "area_code": area_code, "area_type": area_type, "address_bn": address_bn,
        "new_head": new_head, **_seen(relations),
    }  # fmt: skip
    return _tell(Kind.MOVE, household, told, details, by, to_household)


def split(
    *, household: Household, told: Told, people: Sequence[int], head: int, reference: str = "", area_code: str = "",
    area_type: str = "", address_bn: str = "", relations: Mapping[int, str] | None = None, new_head: int | None = None,
    by: Officer,
) -> LifeEvent:  # fmt: skip
    """``people`` made a household of their own with ``head``; ``new_head`` leads those who stay, if their head left.

    Raises everybody_leaves, head_not_member, head_needed, place_unknown, reference_taken.
    """
    details = {
        "people": list(people), "head": head, "reference": reference, "area_code": area_code, "area_type": area_type,
        "address_bn": address_bn, "new_head": new_head, **_seen(relations),
    }  # fmt: skip
    return _tell(Kind.SPLIT, household, told, details, by)


def merge(
    *, household: Household, told: Told, to_household: Household, head_relation: str = "other",
    relations: Mapping[int, str] | None = None, by: Officer,
) -> LifeEvent:  # fmt: skip
    """Everybody joined ``to_household``; this one closes. Raises household_not_found, same_household."""
    return _tell(Kind.MERGE, household, told, {"head_relation": head_relation, **_seen(relations)}, by, to_household)


def new_head(
    *, household: Household, told: Told, person: int, relations: Mapping[int, str] | None = None, by: Officer
) -> LifeEvent:
    """Another member leads the household. Raises already_head."""
    return _tell(Kind.NEW_HEAD, household, told, {"person": person, **_seen(relations)}, by)


def migration(
    *, household: Household, told: Told, people: Sequence[int], where: str, place: str = "",
    new_head: int | None = None, by: Officer,
) -> LifeEvent:  # fmt: skip
    """Members went away, ``where`` 'abroad' or 'other_district'. Raises head_needed."""
    details = {"people": list(people), "where": where, "place": place, "new_head": new_head}
    return _tell(Kind.MIGRATION, household, told, details, by)


def come_back(
    *, household: Household, told: Told, people: Sequence[int], head: int | None = None,
    relations: Mapping[int, str] | None = None, by: Officer,
) -> LifeEvent:  # fmt: skip
    """Members who were away live here again; into an empty household ``head`` leads them. Raises not_away."""
    return _tell(Kind.RETURN, household, told, {"people": list(people), "head": head, **_seen(relations)}, by)


def disability(
    *, household: Household, told: Told, person: int, disability: str = "", disability_card: bool | None = None,
    functioning: Mapping[str, int] | None = None, by: Officer,
) -> LifeEvent:  # fmt: skip
    """Assessed: the kind, the card, the six answers of the Washington Group. Raises difficulty_1_to_4."""
    details = {"person": person, "disability": disability, "disability_card": disability_card, **(functioning or {})}
    return _tell(Kind.DISABILITY, household, told, details, by)


def pregnancy(
    *, household: Household, told: Told, person: int, is_pregnant: bool | None, pregnancy_month: int | None = None,
    pregnancy_order: int | None = None, has_anc_card: bool | None = None, by: Officer,
) -> LifeEvent:  # fmt: skip
    """A pregnancy is told, or its end without a birth. Raises pregnancy_of_man, nothing_changed."""
    details = {"person": person, "is_pregnant": is_pregnant, "pregnancy_month": pregnancy_month}
    details |= {"pregnancy_order": pregnancy_order, "has_anc_card": has_anc_card}
    return _tell(Kind.PREGNANCY, household, told, details, by)


def school(
    *, household: Household, told: Told, person: int, school_level: str, school_class: int | None = None,
    school_listed: bool | None = None, by: Officer,
) -> LifeEvent:  # fmt: skip
    """A member goes to another school or class, or left school. Raises nothing_changed."""
    details = {"person": person, "school_level": school_level, "school_class": school_class}
    return _tell(Kind.SCHOOL, household, told, {**details, "school_listed": school_listed}, by)


def work(*, household: Household, told: Told, person: int, values: Mapping[str, Any], by: Officer) -> LifeEvent:
    """Work or income changed; ``values`` by column (occupation, annual_income ...). Raises nothing_changed."""
    return _tell(Kind.WORK, household, told, {"person": person, **values}, by)


def circumstances(*, household: Household, told: Told, values: Mapping[str, Any], by: Officer) -> LifeEvent:
    """Dwelling, belongings, land or income of the household changed; ``values`` by column. Raises nothing_changed."""
    return _tell(Kind.CIRCUMSTANCES, household, told, dict(values), by)


def correction(
    *, household: Household, told: Told, fact: str, values: Mapping[str, Any], person: int | None = None, by: Officer
) -> LifeEvent:
    """What was written down was wrong on ``told.happened_on``: of ``person``, or of the household itself."""
    return _tell(Kind.CORRECTION, household, told, {"person": person, "fact": fact, "values": dict(values)}, by)


# ------------------------------------------------------------------------------------------------ telling


def _seen(relations: Mapping[int, str] | None) -> dict[str, Any]:
    return {"relations": {str(person): relation for person, relation in (relations or {}).items()}}


def _tell(
    kind: str, household: Household, told: Told, details: dict[str, Any], by: Officer, to: Household | None = None
) -> LifeEvent:
    """Write the event down as proposed; its plan must hold now. The household's version counts up."""
    by.require("event.propose", area=household.area_code)
    _possible(told)
    with rls.lifted():  # the other household, or a spouse, may be another officer's
        household = Household.objects.select_for_update().get(pk=household.pk)
        if told.version is not None and told.version != household.version:
            raise queries_history.changed_since(household, told.version)
        event = LifeEvent(
            kind=kind, household=household, to_household=to, area_code=household.area_code,
            happened_on=told.happened_on, details=_plain(details), evidence_kind=told.evidence_kind,
            evidence_number=told.evidence_number.strip(), evidence_note=told.evidence_note.strip(),
            channel=told.channel, household_version=household.version + 1, proposed_by=by.username,
            proposed_at=timezone.now(), device_at=told.device_at,
        )  # fmt: skip
        effects = plan(event)
        event.to_area_code = "" if effects.to_area[:6] == household.area_code[:6] else effects.to_area
        event.evidence_sha256 = _keep(told.evidence_file)
        event.save()
        EventPerson.objects.bulk_create(
            EventPerson(event=event, person_id=person, part=part) for person, part in effects.people.items() if person
        )
        household.version += 1
        household.save(update_fields=["version"])
        record(
            action="event.proposed", by=by, subject=("household", household.pk), area_code=household.area_code,
            detail={"event": event.pk, "kind": kind, "happened_on": told.happened_on.isoformat()},
        )  # fmt: skip
    return event


def _possible(told: Told) -> None:
    """Raises event_future, clock_skew, event_evidence_missing."""
    now = timezone.now()
    if told.device_at is not None and abs(told.device_at - now) > CLOCKS_APART:
        raise Refusal("clock_skew", device=timezone.localtime(told.device_at), server=timezone.localtime(now))
    may_happen(told.happened_on)
    if not told.evidence_kind or not (told.evidence_number.strip() or told.evidence_note.strip()):
        raise Refusal("event_evidence_missing")


def _plain(value: Any) -> Any:
    """As JSON keeps it; days as ISO texts."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def open_evidence(*, event: LifeEvent, by: Officer) -> tuple[Path, str]:
    """The paper that was kept with an event, and what its bytes are; a trace of who looked. Raises evidence_gone."""
    officer_sees = by.covers(area=event.area_code) or by.covers(area=event.to_area_code or event.area_code)
    by.require("event.view", area=None if officer_sees else event.area_code)
    path = settings.VAR / "evidence" / event.evidence_sha256
    if not event.evidence_sha256 or not path.is_file():
        raise Refusal("evidence_gone")
    with path.open("rb") as file:
        head = file.read(16)
    content_type = next((kind for begins, kind in FILE_BEGINS.items() if head.startswith(begins)), None)
    if content_type is None:
        raise Refusal("evidence_gone")
    with transaction.atomic():
        record(
            action="event.evidence_opened", by=by, subject=("household", event.household_id), area_code=event.area_code,
            detail={"event": event.pk, "sha256": event.evidence_sha256},
        )  # fmt: skip
    return path, content_type


def _keep(data: bytes | None) -> str:
    """Store the evidence under its hash, VAR/evidence/<sha256>; '' without a file. Raises evidence_file_wrong."""
    if data is None:
        return ""
    if not data.startswith(tuple(FILE_BEGINS)) or len(data) > EVIDENCE_MIB * 2**20:
        raise Refusal("evidence_file_wrong", most=EVIDENCE_MIB)
    digest = hashlib.sha256(data).hexdigest()
    place = settings.VAR / "evidence" / digest
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        part = place.with_suffix(".part")
        part.write_bytes(data)
        part.rename(place)
    return digest
