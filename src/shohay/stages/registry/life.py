"""The people and households that an event is about, as they are believed to be, and what the event would change.

Nothing here writes: a plan (life_people, life_households) looks at a ``Scene`` and says its ``Effects`` or refuses. The
same plan is made when an event is told and again when it is approved, since the registry may have changed in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from shohay.core.families import relation_to_new_head
from shohay.core.messages import Refusal
from shohay.stages.registry import dated_facts
from shohay.stages.registry.dated_facts import UNTIL_NEXT, Put
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_history import Dated, LifeEvent, Marriage

NEW = 0  # stands for the household or the child that the approval will make


class Standing(NamedTuple):
    """Where a person lives by the last thing known: household None when in none (away, dead); since None: not known."""

    household: int | None
    relation: str
    since: date | None


@dataclass
class Lives:
    """From ``start`` the person is a member of ``household`` (None: of none; NEW: of the one that is made)."""

    person: int
    household: int | None
    relation: str
    start: date
    was: Standing


@dataclass
class Effects:
    """What an approval writes."""

    puts: list[Put] = field(default_factory=list)
    lives: list[Lives] = field(default_factory=list)
    people: dict[int, str] = field(default_factory=dict)  # person -> part in the event
    newborn: dict[str, Any] | None = None
    new_household: dict[str, Any] | None = None
    weds: list[dict[str, Any]] = field(default_factory=list)  # husband, wife, permission, since
    parts: list[dict[str, Any]] = field(default_factory=list)  # marriage or husband and wife, on, by
    closes: dict[int, dict[str, Any]] = field(default_factory=dict)  # household -> {"on", "into"}
    gone: dict[int, str] = field(default_factory=dict)  # who left by death or migration -> relation to the new head
    to_area: str = ""  # whose officer must agree


def standings(people: Iterable[int]) -> dict[int, Standing]:
    """The last membership of each person as it is believed now."""
    ids = list(people)
    found = {
        row.pk: Standing(row.household_id, row.relation, None)
        for row in Person.objects.filter(pk__in=ids).only("household_id", "relation")
    }
    rows = Dated.objects.filter(
        person_id__in=ids, fact="membership", known__endswith__isnull=True, valid__endswith__isnull=True
    )
    for row in rows:
        found[row.person_id or 0] = Standing(row.value["household"], row.value["relation"], row.valid.lower)
    return found


class Scene:
    """One event's household and people. ``on`` is the day of the event."""

    def __init__(self, event: LifeEvent, household: Household | None = None, *, closed: bool = False) -> None:
        self.event, self.on, self.details = event, event.happened_on, event.details
        self.household = household or event.household
        if self.household.closed_on is not None and not closed:
            raise Refusal("household_closed", reference=self.household.reference)
        self.standing: dict[int, Standing] = {}
        self.members = self.members_of(self.household.pk)

    def members_of(self, household: int) -> list[Person]:
        """Who lives there by the last thing known, in the order of the form."""
        people = list(Person.objects.filter(household_id=household, death_date__isnull=True).order_by("line_no", "pk"))
        self.standing |= standings(person.pk for person in people)
        return [person for person in people if self.standing[person.pk].household == household]

    def member(self, person: int) -> Person:
        """The living member with this id. Raises not_member, person_dead, event_before_birth."""
        for one in self.members:
            if one.pk == person:
                return self.born(one)
        gone = Person.objects.filter(pk=person, household=self.household).first()
        if gone is not None and gone.death_date is not None:
            raise Refusal("person_dead", name=gone.name_bn, on=gone.death_date)
        raise Refusal("not_member", reference=self.household.reference)

    def member_or_away(self, person: int) -> Person:
        """A member, or somebody of the household who is away: death finds people abroad too."""
        away = Person.objects.filter(pk=person, household=self.household, death_date__isnull=True).first()
        return self.born(away) if away and self.standing[away.pk].household is None else self.member(person)

    def born(self, person: Person) -> Person:
        """``person``, if born by the day of the event."""
        if person.birth_date is not None and self.on < person.birth_date:
            raise Refusal("event_before_birth", name=person.name_bn, born=person.birth_date, on=self.on)
        return person

    def lived_in(self) -> None:
        """Somebody lived there on the day. Raises event_before_known: it was made, or opened again, later."""
        if any(self.standing[one.pk].since is None for one in self.members):
            return
        rows = Dated.objects.filter(member_of=self.household.pk, fact="membership", known__endswith__isnull=True)
        if not rows.filter(valid__contains=self.on).exists():
            later = [row.valid.lower for row in rows if row.valid.lower and row.valid.lower > self.on]
            known = min(later, default=self.on)
            raise Refusal("event_before_known", name=self.household.reference, on=self.on, known=known)

    def settled(self) -> None:
        """Nobody is known to have left after the day: who leads and whether it closes was not decided without them.

        Raises event_before_known.
        """
        left = Dated.objects.filter(member_of=self.household.pk, fact="membership", known__endswith__isnull=True)
        later = left.filter(valid__endswith__gt=self.on).order_by("valid").first()
        if later is not None:
            name = self.household.reference
            raise Refusal("event_before_known", name=name, on=self.on, known=later.valid.upper)

    def head(self) -> Person | None:
        return next((one for one in self.members if self.standing[one.pk].relation == "head"), None)

    def dead_head(self) -> Person | None:
        """The head whose death was recorded by itself, on the person's page, without a new head."""
        dead = Person.objects.filter(household=self.household, relation="head", death_date__lte=self.on).first()
        if dead is not None:
            self.standing |= standings([dead.pk])
        return dead if dead and self.standing[dead.pk].household == self.household.pk else None

    # ------------------------------------------------------------------------------------------------ effects

    def put(self, subject: Person | Household, fact: str, *, whole: bool = False, **changes: Any) -> Put | None:
        """The fact with ``changes``, from the day of the event until the next change known; None when it says so now.

        ``whole``: for the whole time during which the present value was believed (a correction).
        """
        person = isinstance(subject, Person)
        row = covering(subject, fact, self.on)
        old = row.value if row else (dated_facts.of_person if person else dated_facts.of_household)(subject, fact)
        value = {**old, **{name: dated_facts.as_json(given) for name, given in changes.items()}}
        if value == old:
            return None
        span: tuple[date | None, date | None] = (self.on, UNTIL_NEXT)
        if whole:
            span = (row.valid.lower, row.valid.upper) if row else (None, None)
        return Put(
            fact, value, *span, area_code=subject.area_code, old=old, person_id=subject.pk if person else None,
            household_id=None if person else subject.pk,
        )  # fmt: skip

    def lives(self, person: Person, household: int | None, relation: str) -> Lives:
        """Membership from the day of the event. Raises event_before_known where a later change is known."""
        was = self.standing[person.pk]
        if was.since is not None and self.on < was.since:
            raise Refusal("event_before_known", name=person.name_bn, on=self.on, known=was.since)
        return Lives(person.pk, household, relation, self.on, was)

    def leaving(self, people: list[Person], new_head: int | None, effects: Effects) -> None:
        """Who stays when ``people`` leave: a head among them must be followed by one who stays; nobody: it closes."""
        leaving = {person.pk for person in people}
        staying = [one for one in self.members if one.pk not in leaving]
        head = self.head()
        if not staying:
            self.settled()
            effects.closes[self.household.pk] = {"on": self.on, "into": None}
        elif head is not None and head.pk in leaving:
            effects.lives += self.followed(head, staying, new_head)
            effects.people.setdefault(new_head or 0, "head")
            for person in people:  # how they stand to the new head: the registry shows them beside the household
                relation = self.standing[person.pk].relation
                effects.gone[person.pk] = relation_to_new_head(self.standing[new_head or 0].relation, relation)

    def followed(self, head: Person, staying: list[Person], new_head: int | None) -> list[Lives]:
        """Every member that stays, seen from the new head. Raises head_needed, head_not_member."""
        self.settled()
        if new_head is None:
            raise Refusal("head_needed", name=head.name_bn)
        if new_head not in {one.pk for one in staying}:
            raise Refusal("head_not_member", name=head.name_bn)
        seen_from = self.standing[new_head].relation
        given = self.details.get("relations", {})
        changed = []
        for one in staying:
            new = "head" if one.pk == new_head else relation_to_new_head(seen_from, self.standing[one.pk].relation)
            relation = given.get(str(one.pk), new) if one.pk != new_head else new
            if relation != self.standing[one.pk].relation:
                changed.append(self.lives(one, self.household.pk, relation))
        return changed


def covering(subject: Person | Household, fact: str, on: date) -> Dated | None:
    """The row that is believed now and holds on that day; None where nothing but the first record is known."""
    key = {"person": subject} if isinstance(subject, Person) else {"household": subject}
    return Dated.objects.filter(fact=fact, known__endswith__isnull=True, valid__contains=on, **key).first()


def value_of(subject: Person | Household, fact: str, on: date) -> Mapping[str, Any]:
    row = covering(subject, fact, on)
    if row is not None:
        return dict(row.value)
    return (
        dated_facts.of_person(subject, fact) if isinstance(subject, Person) else dated_facts.of_household(subject, fact)
    )


def last_change(subject: Person, fact: str) -> date | None:
    """The day of the last change of the fact that is believed now; None when there is none."""
    row = Dated.objects.filter(person=subject, fact=fact, known__endswith__isnull=True, valid__endswith__isnull=True)
    return row[0].valid.lower if row else None


def marriages(person: Person, on: date) -> list[Marriage]:
    """Marriages of the person that hold on the day or begin later, and were not ended before it."""
    mine = Marriage.objects.filter(husband=person) | Marriage.objects.filter(wife=person)
    return [
        one
        for one in mine.select_related("husband", "wife").order_by("pk")
        if one.valid.upper is None or one.valid.upper > on
    ]


def may_happen(on: date) -> None:
    """Raises event_future: the server's calendar decides, in Dhaka."""
    today = timezone.localdate()
    if on > today:
        raise Refusal("event_future", on=on, today=today)
