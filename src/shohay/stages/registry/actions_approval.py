"""Deciding what was told: approve, refuse, withdraw. An approval writes the whole event in one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from shohay.core.bangla import name_key, token_key, tokens
from shohay.core.messages import Refusal
from shohay.stages.accounts import rls
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.registry import dated_rows
from shohay.stages.registry.dated_facts import Put, of_person
from shohay.stages.registry.dated_rows import Origin
from shohay.stages.registry.life import NEW, Effects, marriages
from shohay.stages.registry.life_plans import plan
from shohay.stages.registry.models import Household, NameWord, Person
from shohay.stages.registry.models_history import EventPerson, LifeEvent, Marriage

NEWBORN_FACTS = ("name", "parents", "birth", "sex", "marital")


def approve(*, event: LifeEvent, by: Officer) -> LifeEvent:
    """Write what the event changes. Raises not_allowed, same_person, event_decided, and whatever no longer holds.

    Where people come into another upazila, its officer approves.
    """
    by.require("event.approve", area=event.to_area_code or event.area_code)
    with rls.lifted():
        event = _waiting(event, by)
        _lock(event)
        effects = plan(event)
        try:
            event.counts = _apply(event, effects, by)
        except IntegrityError as error:
            raise Refusal("history_refused") from error
        _decide(event, LifeEvent.State.APPROVED, by)
        wrote = {name: count for name, count in event.counts.items() if name != "versions"}
        record(
            action="event.approved", by=by, subject=("household", event.household_id), area_code=event.area_code,
            detail={"event": event.pk, "kind": event.kind, **wrote},
        )  # fmt: skip
    return event


def refuse(*, event: LifeEvent, reason: str, by: Officer) -> LifeEvent:
    """The event did not happen so, or was not shown. Raises reason_missing, same_person, event_decided."""
    by.require("event.approve", area=event.to_area_code or event.area_code)
    return _without_effect(event, LifeEvent.State.REFUSED, reason, by)


def withdraw(*, event: LifeEvent, reason: str, by: Officer) -> LifeEvent:
    """Who told it takes it back. Raises only_own_event, reason_missing, event_decided."""
    by.require("event.propose", area=event.area_code)
    if event.proposed_by != by.username:
        raise Refusal("only_own_event")
    return _without_effect(event, LifeEvent.State.WITHDRAWN, reason, by)


def _without_effect(event: LifeEvent, state: str, reason: str, by: Officer) -> LifeEvent:
    if not reason.strip():
        raise Refusal("reason_missing")
    with rls.lifted():
        event = _waiting(event, by, own=state == LifeEvent.State.WITHDRAWN)
        event.reason = reason.strip()
        _decide(event, state, by)
        record(
            action=f"event.{state}", by=by, subject=("household", event.household_id), area_code=event.area_code,
            reason=event.reason, detail={"event": event.pk, "kind": event.kind},
        )  # fmt: skip
    return event


def _waiting(event: LifeEvent, by: Officer, *, own: bool = False) -> LifeEvent:
    row = LifeEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if row.state != LifeEvent.State.PROPOSED:
        raise Refusal("event_decided", state=row.state, who=row.decided_by)
    if row.proposed_by == by.username and not own:
        raise Refusal("same_person")
    return row


def _decide(event: LifeEvent, state: str, by: Officer) -> None:
    event.state, event.decided_by, event.decided_at = state, by.username, timezone.now()
    event.save()


def _lock(event: LifeEvent) -> None:
    """Two approvals that touch one household follow each other."""
    ids = sorted({event.household_id, event.to_household_id or event.household_id})
    rows = {row.pk: row for row in Household.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    event.household = rows[event.household_id]
    if event.to_household_id:
        event.to_household = rows[event.to_household_id]


# ------------------------------------------------------------------------------------------------ writing


def _apply(event: LifeEvent, effects: Effects, by: Officer) -> dict[str, Any]:
    """Write the effects; what was written, by kind."""
    source = "correction" if event.kind == LifeEvent.Kind.CORRECTION else "event"
    origin = Origin(source, str(event.pk), event.proposed_by, by.username)
    made = (
        Household.objects.create(**effects.new_household, recorded_at=timezone.now()) if effects.new_household else None
    )
    puts = [*effects.puts, *_memberships(effects, made), *_closings(effects)]
    if effects.newborn:
        puts += _bear(event, effects.newborn)
    counts: dict[str, Any] = dated_rows.write(puts, origin=origin)
    _follow(event, effects)
    _wed(event, effects)
    _part(event, effects)
    with connection.cursor() as cursor:  # a head too many or too few is found here, not when the request ends
        cursor.execute("set constraints one_head immediate")
        cursor.execute("set constraints one_head deferred")
    touched = {event.household_id, event.to_household_id, made.pk if made else None} | set(effects.closes)
    touched |= {one.was.household for one in effects.lives}
    counts["versions"] = _count_up({one for one in touched if one})
    if made:
        counts["household"] = made.pk
    return counts


def _memberships(effects: Effects, made: Household | None) -> list[Put]:
    """Who lives where from the day of the event on: history first, the table of memberships follows it."""
    target = {one.household for one in effects.lives if one.household}
    areas = dict(Household.objects.filter(pk__in=target).values_list("pk", "area_code"))
    own = dict(Person.objects.filter(pk__in=[one.person for one in effects.lives]).values_list("pk", "area_code"))
    puts = []
    for one in effects.lives:
        household = made.pk if made and one.household == NEW else one.household
        area = made.area_code if made and one.household == NEW else areas.get(one.household or 0, own[one.person])
        value = {"household": household, "relation": one.relation}
        puts.append(
            Put(fact="membership", value=value, start=one.start, area_code=area, person_id=one.person, end=None)
        )
    return puts


def _closings(effects: Effects) -> list[Put]:
    """Households that nobody lives in any more; and one that somebody lives in again."""
    wanted = {household: how["on"] for household, how in effects.closes.items()}
    rows = Household.objects.in_bulk([*wanted, *(one.household for one in effects.lives if one.household)])
    puts = []
    for household in rows.values():
        on: date | None = wanted.get(household.pk)
        if (on is None) == (household.closed_on is None):
            continue
        value = {"closed_on": on.isoformat() if on else None}
        start = on or min(one.start for one in effects.lives if one.household == household.pk)
        puts.append(
            Put(
                fact="closed",
                value=value,
                start=start,
                area_code=household.area_code,
                household_id=household.pk,
                end=None,
            )
        )
    return puts


def _bear(event: LifeEvent, given: dict[str, Any]) -> list[Put]:
    """Register the child; its first facts are known from its birth on."""
    household, on = event.household, event.happened_on
    line = max([0, *Person.objects.filter(household=household).values_list("line_no", flat=True)]) + 1
    key = name_key(given["name_bn"])
    child = Person.objects.create(
        **given, household=household, area_code=household.area_code, line_no=line, name_key=key, birth_date=on,
        marital_status="never", recorded_at=timezone.now(),
    )  # fmt: skip
    words = {word for word in map(token_key, tokens(given["name_bn"])) if word}
    NameWord.objects.bulk_create([NameWord(key=word) for word in words], ignore_conflicts=True)
    EventPerson.objects.create(event=event, person=child, part="child")
    return [
        Put(
            fact=fact, value=of_person(child, fact), start=on, area_code=child.area_code, person_id=child.pk, fresh=True
        )
        for fact in (*NEWBORN_FACTS, "membership")
    ]


def _follow(event: LifeEvent, effects: Effects) -> None:
    """Present columns that no fact holds: where a household went, its people's rows go too; who left is no head."""
    event.household.refresh_from_db()
    household = event.household
    if any(put.fact == "address" for put in effects.puts):
        Person.objects.filter(household=household).update(area_code=household.area_code)
    for person, relation in effects.gone.items():
        Person.objects.filter(pk=person, household=household).update(relation=relation)


def _wed(event: LifeEvent, effects: Effects) -> None:
    for one in effects.weds:
        Marriage.objects.create(
            husband=one["husband"], wife=one["wife"], permission=one["permission"], event=event,
            valid=DateRange(one["since"], None),
        )  # fmt: skip


def _part(event: LifeEvent, effects: Effects) -> None:
    """End marriages; one that nobody wrote down is written with its end."""
    for one in effects.parts:
        row: Marriage = one["marriage"]
        if row.pk is None and (marriages(row.wife, one["on"]) or Marriage.objects.filter(wife=row.wife).exists()):
            continue  # the wife's marriages are written down, this guess among them or not
        since = row.valid.lower if row.pk else None
        row.valid, row.ended_by, row.event = DateRange(since, one["on"]), one["by"], event
        row.save()


def _count_up(households: set[int]) -> dict[str, int]:
    """The versions of the households after this approval."""
    rows = Household.objects.select_for_update().filter(pk__in=households).order_by("pk")
    versions = {}
    for row in rows:
        row.version += 1
        row.save(update_fields=["version"])
        versions[str(row.pk)] = row.version
    return versions
