"""Reading the past: a household as of a day and as known at a moment, the history of each fact, events that wait.

A fact that was never changed has no row in the history: its value is the present one, as the first record brought it,
and since when it holds nobody wrote down. So "as of" reads the few rows of one household's people and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts import rls
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import dated_facts
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_history import Dated, LifeEvent


class FactAsOf(NamedTuple):
    """A value and its story. ``since`` None: nobody wrote down since when; ``first``: as the first record had it."""

    value: dict[str, Any]
    since: date | None
    known_since: datetime
    source: str
    source_ref: str
    recorded_by: str
    checked_by: str
    first: bool


class MemberAsOf(NamedTuple):
    person: Person
    relation: str
    since: date | None
    facts: dict[str, FactAsOf]


class HouseholdAsOf(NamedTuple):
    """``elsewhere``: members of then whose records now belong to an area that the officer does not cover."""

    household: Household
    on: date
    known_at: datetime | None
    facts: dict[str, FactAsOf]
    members: list[MemberAsOf]
    elsewhere: int


def household_as_of(officer: Officer, household_id: int, on: date, known_at: datetime | None = None) -> HouseholdAsOf:
    """Who lived there on ``on`` and what held of them, as it is known now, or as it was known at ``known_at``.

    Three queries, whatever the size of the registry. Raises Household.DoesNotExist outside the officer's areas.
    """
    household = Household.objects.filter(officer.area_filter()).get(pk=household_id)
    lived = Dated.objects.filter(_held(on, known_at), member_of=household_id, fact="membership")
    ids = set(lived.values_list("person_id", flat=True))
    people = {
        one.pk: one
        for one in Person.objects.filter(officer.area_filter()).filter(Q(pk__in=ids) | Q(household_id=household_id))
    }
    story = _Story([household.pk], list(people), on, known_at)
    members = []
    for person in people.values():
        where = story.of(person, "membership")
        if where is not None and where.value["household"] == household_id and _lives(story, person, on):
            facts = {fact: known for fact in PERSON_FACTS if (known := story.of(person, fact)) is not None}
            members.append(MemberAsOf(person, where.value["relation"], where.since, facts))
    members.sort(key=lambda one: (one.relation != "head", one.person.line_no, one.person.pk))
    own = {fact: known for fact in dated_facts.HOUSEHOLD if (known := story.of(household, fact)) is not None}
    return HouseholdAsOf(household, on, known_at, own, members, len(ids - set(people)))


PERSON_FACTS = (*dated_facts.PERSON, "functioning", "away")


def _lives(story: _Story, person: Person, on: date) -> bool:
    """Born by then, and not dead."""
    born, died = story.of(person, "birth"), story.of(person, "death")
    birth_date = born.value["birth_date"] if born else None
    death_date = died.value["death_date"] if died else None
    return not (birth_date and on.isoformat() < birth_date) and not (death_date and death_date <= on.isoformat())


def _held(on: date, known_at: datetime | None) -> Q:
    known = Q(known__endswith__isnull=True) if known_at is None else Q(known__contains=known_at)
    return Q(valid__contains=on) & known


class _Story:
    """What the history says of some households and people on one day: read in one query, asked fact by fact."""

    def __init__(self, households: list[int], people: list[int], on: date, known_at: datetime | None) -> None:
        self.on, self.known_at = on, known_at
        self.rows: dict[tuple[str, int, str], Dated | None] = {}
        found = Dated.objects.filter(Q(person_id__in=people) | Q(household_id__in=households))
        for row in found:
            key = (
                ("person", row.person_id, row.fact) if row.person_id else ("household", row.household_id or 0, row.fact)
            )
            known = row.known.upper is None if known_at is None else known_at in row.known
            if known and on in row.valid:
                self.rows[key] = row
            else:
                self.rows.setdefault(key, None)  # the fact has a history: the present row does not speak for that day

    def of(self, subject: Person | Household, fact: str) -> FactAsOf | None:
        """The value of the fact; None where nothing was known of it."""
        key = ("person" if isinstance(subject, Person) else "household", subject.pk, fact)
        row = self.rows.get(key)
        if row is not None:
            return told(row)
        if key in self.rows or (self.known_at is not None and subject.recorded_at > self.known_at):
            return None
        known = first(subject, fact)
        return known if known is None or known.since is None or known.since <= self.on else None


def told(row: Dated) -> FactAsOf:
    return FactAsOf(
        row.value, row.valid.lower, row.known.lower, row.source, row.source_ref, row.recorded_by, row.checked_by,
        row.valid.lower is None,
    )  # fmt: skip


def first(subject: Person | Household, fact: str) -> FactAsOf | None:
    """The value that the first record brought, of a fact that never changed; None where it brought none."""
    if isinstance(subject, Person):
        value = dated_facts.of_person(subject, fact)
    else:
        value = dated_facts.of_household(subject, fact)
    if not value:
        return None
    upload = str(subject.upload_id or "")
    since = dated_facts.since(fact, value)
    return FactAsOf(value, since, subject.recorded_at, "file" if upload else "operator", upload, "", "", True)


def history(officer: Officer, household: Household) -> list[Dated]:
    """Every dated row of the household and of the people whose records are with it, newest knowledge first."""
    people = Person.objects.filter(officer.area_filter(), household=household)
    rows = Dated.objects.filter(Q(household=household) | Q(person__in=people)).select_related("person")
    return sorted(rows, key=lambda row: (row.known.lower, row.pk), reverse=True)


def person_history(officer: Officer, person: Person) -> list[Dated]:
    """Every dated row of one person, by fact, the latest days first."""
    officer.require("person.open", area=person.area_code)
    rows = Dated.objects.filter(person=person)
    return sorted(rows, key=lambda row: (row.fact, row.valid.lower or date.min, row.known.lower), reverse=True)


# ------------------------------------------------------------------------------------------------ events


def events(officer: Officer) -> QuerySet[LifeEvent]:
    """Events of the officer's areas, and those that bring people into them."""
    mine = officer.area_filter() | officer.area_filter("to_area_code")
    return LifeEvent.objects.filter(mine)


def waiting(officer: Officer) -> QuerySet[LifeEvent]:
    """Events that an officer of these areas decides: where people come in, the officer of where they come."""
    arriving = Q(to_area_code="") & officer.area_filter() | ~Q(to_area_code="") & officer.area_filter("to_area_code")
    return LifeEvent.objects.filter(arriving, state="proposed")


def events_of(officer: Officer, household: Household) -> QuerySet[LifeEvent]:
    return events(officer).filter(Q(household=household) | Q(to_household=household)).order_by("-proposed_at", "-pk")


def events_of_person(officer: Officer, person: Person) -> QuerySet[LifeEvent]:
    return events(officer).filter(people__person=person).order_by("-proposed_at", "-pk")


def event(officer: Officer, event_id: int) -> LifeEvent:
    """LifeEvent.DoesNotExist outside the officer's areas."""
    return named([events(officer).get(pk=event_id)])[0]


def named(rows: list[LifeEvent]) -> list[LifeEvent]:
    """The rows with their households and people: the officer of where people come sees the numbers and names.

    Until the approval these are another officer's, so row security is lifted; nothing else of them may be shown.
    """
    with rls.lifted():
        prefetch_related_objects(rows, "household", "to_household", "people__person")
    return rows


def household_elsewhere(area_code: str, reference: str) -> Household | None:
    """The household of any union that has this very number: whoever sends people there must name both.

    Row security is lifted for it, so nothing but number and union may be shown; the officer there sees the people.
    """
    with rls.lifted():
        return Household.objects.filter(area_code=area_code, reference=reference, closed_on__isnull=True).first()


def household_to_join(household_id: int) -> Household | None:
    """The household of an event that people go into; it may be another officer's."""
    with rls.lifted():
        return Household.objects.filter(pk=household_id).first()


def away(household: Household) -> list[tuple[Person, Dated]]:
    """People of the household who went abroad or to another district, with the row that says where."""
    rows = Dated.objects.filter(
        person__household=household, person__death_date__isnull=True, fact="away", known__endswith__isnull=True,
        valid__contains=timezone.localdate(),
    ).select_related("person")  # fmt: skip
    return [(row.person, row) for row in rows if row.person and row.value["where"]]


def changes_since(household: Household, version: int) -> list[LifeEvent]:
    """Events that were told or decided of the household after a form saw ``version`` of it, oldest first."""
    about = LifeEvent.objects.filter(Q(household=household) | Q(to_household=household))
    told = Q(household=household, household_version__gt=version)
    decided = Q(**{f"counts__versions__{household.pk}__gt": version})
    return list(about.filter(told | decided).order_by("proposed_at", "pk"))


def changed_since(household: Household, version: int) -> Refusal:
    """The refusal that tells who changed the household after a form saw ``version`` of it."""
    changes = changes_since(household, version)
    if not changes:
        return Refusal("household_changed", who="?", at=timezone.localtime())
    last = changes[-1]
    decided = (last.counts.get("versions") or {}).get(str(household.pk), 0) > version
    who, at = (last.decided_by, last.decided_at) if decided else (last.proposed_by, last.proposed_at)
    return Refusal("household_changed", who=who, at=timezone.localtime(at))


def names_of(people: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Name in Bangla and in English ('' where there is none) of each person."""
    rows = Person.objects.filter(pk__in=list(people)).values_list("pk", "name_bn", "name_en")
    return {pk: (bn, en) for pk, bn, en in rows}
