"""What an event of a household would change: moving, splitting, merging, a new head, going away and coming back."""

from __future__ import annotations

from shohay.core.bangla import name_key, normalise
from shohay.core.families import RELATIONS, relation_joined, relation_to_new_head
from shohay.core.messages import Refusal
from shohay.stages.places import queries as places
from shohay.stages.registry import dated_facts
from shohay.stages.registry.life import NEW, Effects, Scene
from shohay.stages.registry.models import Household, Person

# facts that an officer may correct, by subject; what hangs together with others is corrected by the event itself
CORRECTABLE_OF_PERSON = ("name", "parents", "birth", "sex", "marital", "disability", "schooling", "work", "income",
                         "residence", "community")  # fmt: skip
CORRECTABLE_OF_HOUSEHOLD = ("dwelling", "assets", "land", "income", "disaster", "programmes")


def move(scene: Scene) -> Effects:
    """The whole household goes to another address, or some members join another household."""
    if scene.details.get("people"):
        return _join(scene)
    given, effects = scene.details, Effects()
    area = _union(given.get("area_code") or scene.household.area_code)
    put = scene.put(
        scene.household, "address", area_code=area, address_bn=given.get("address_bn", ""),
        area_type=given.get("area_type") or scene.household.area_type,
        reference=free_reference(area, scene.household.reference, scene.household.pk),
    )  # fmt: skip
    if put is None:
        raise Refusal("nothing_changed", on=scene.on)
    effects.puts.append(put)
    effects.people = {one.pk: "member" for one in scene.members}
    effects.to_area = area
    return effects


def free_reference(area: str, wanted: str, household: int = 0) -> str:
    """The number of a household, with another one behind it while somebody else in the union has it."""
    reference, number = wanted, 1
    while Household.objects.filter(area_code=area, reference=reference).exclude(pk=household).exists():
        number += 1
        reference = f"{wanted[:34]}-{number}"
    return reference


def _union(code: str) -> str:
    if len(code) != 8 or code not in places.AREA_NAMES():
        raise Refusal("place_unknown", code=code)
    return code


def _target(scene: Scene) -> Scene:
    """The household that is joined. Raises household_not_found, same_household, household_closed."""
    if scene.event.to_household is None:
        raise Refusal("household_not_found")
    if scene.event.to_household.pk == scene.household.pk:
        raise Refusal("same_household")
    target = Scene(scene.event, scene.event.to_household)
    target.lived_in()
    return target


def _chosen(scene: Scene) -> list[Person]:
    people = [scene.member(one) for one in dict.fromkeys(scene.details.get("people", []))]
    if not people:
        raise Refusal("nobody_chosen")
    return people


def _relation(scene: Scene, person: Person, default: str) -> str:
    relation = scene.details.get("relations", {}).get(str(person.pk), default)
    if relation not in RELATIONS or relation == "head":
        raise Refusal("unknown_choice", column="relation", value=relation)
    return str(relation)


def _join(scene: Scene) -> Effects:
    """Members leave for a household that is there already; its head stays its head."""
    target, effects = _target(scene), Effects()
    people = _chosen(scene)
    for person in people:
        effects.lives.append(scene.lives(person, target.household.pk, _relation(scene, person, "other")))
        effects.people[person.pk] = "member"
    scene.leaving(people, scene.details.get("new_head"), effects)
    effects.to_area = target.household.area_code
    return effects


def split(scene: Scene) -> Effects:
    """Some members make a household of their own, with a head among them."""
    people, effects, given = _chosen(scene), Effects(), scene.details
    if len(people) == len(scene.members):
        raise Refusal("everybody_leaves")
    head = next((one for one in people if one.pk == given.get("head")), None)
    if head is None:
        raise Refusal("head_not_member", name=people[0].name_bn)
    seen_from = scene.standing[head.pk].relation
    for person in people:
        relation = relation_to_new_head(seen_from, scene.standing[person.pk].relation)
        relation = "head" if person is head else _relation(scene, person, relation)
        effects.lives.append(scene.lives(person, NEW, relation))
        effects.people[person.pk] = "head" if person is head else "member"
    scene.leaving(people, given.get("new_head"), effects)
    area = _union(given.get("area_code") or scene.household.area_code)
    reference = (given.get("reference") or "").strip()
    if reference and Household.objects.filter(area_code=area, reference=reference).exists():
        raise Refusal("reference_taken", reference=reference)
    effects.new_household = {
        "area_code": area, "area_type": given.get("area_type") or scene.household.area_type,
        "address_bn": given.get("address_bn") or scene.household.address_bn,
        "reference": reference or free_reference(area, scene.household.reference),
    }  # fmt: skip
    effects.to_area = area
    return effects


def merge(scene: Scene) -> Effects:
    """All members join another household; this one closes. ``head_relation``: of its head to the other head."""
    target, effects = _target(scene), Effects()
    scene.settled()
    of_head = scene.details.get("head_relation") or "other"
    if of_head not in RELATIONS or of_head == "head":
        raise Refusal("unknown_choice", column="relation", value=of_head)
    for person in scene.members:
        relation = _relation(scene, person, relation_joined(of_head, scene.standing[person.pk].relation))
        effects.lives.append(scene.lives(person, target.household.pk, relation))
        effects.people[person.pk] = "member"
    effects.closes[scene.household.pk] = {"on": scene.on, "into": target.household.pk}
    effects.to_area = target.household.area_code
    return effects


def new_head(scene: Scene) -> Effects:
    """Another member leads the household; all relations are said anew from there."""
    head, effects = scene.head() or scene.dead_head(), Effects()
    person = scene.member(scene.details["person"])
    if head is None or head.pk == person.pk:
        raise Refusal("already_head", name=person.name_bn)
    effects.lives = scene.followed(head, scene.members, person.pk)
    effects.people = {person.pk: "head", head.pk: "member"}
    if head.death_date is not None:  # the death was written without the household: the head's place is still held
        effects.lives.append(scene.lives(head, None, ""))
        effects.gone[head.pk] = relation_to_new_head(scene.standing[person.pk].relation, "head")
    return effects


def migration(scene: Scene) -> Effects:
    """Members go abroad or to another district: they live in no household of the registry until they return."""
    people, effects = _chosen(scene), Effects()
    where = scene.details["where"]
    if where not in ("abroad", "other_district"):
        raise Refusal("unknown_choice", column="where", value=where)
    for person in people:
        effects.lives.append(scene.lives(person, None, ""))
        effects.people[person.pk] = "member"
        for put in (
            scene.put(person, "away", where=where, place=scene.details.get("place", "")),
            scene.put(person, "residence", permanent_resident=False),
        ):
            effects.puts += [put] if put else []
    scene.leaving(people, scene.details.get("new_head"), effects)
    return effects


def returned(scene: Scene) -> Effects:
    """People who were away live in the household again; into an empty one, one of them comes as its head."""
    effects = Effects()
    wanted = dict.fromkeys(scene.details.get("people", []))
    away = list(Person.objects.filter(pk__in=wanted, household=scene.household, death_date__isnull=True))
    scene.members_of(scene.household.pk)
    if not away or len(away) != len(wanted) or any(scene.standing[one.pk].household is not None for one in away):
        raise Refusal("not_away")
    head = scene.head()
    if head is None and scene.details.get("head") not in wanted:
        raise Refusal("head_needed", name=away[0].name_bn)
    if head is not None:
        scene.lived_in()
    for person in away:
        leads = head is None and person.pk == scene.details["head"]
        effects.lives.append(
            scene.lives(person, scene.household.pk, "head" if leads else _relation(scene, person, "other"))
        )
        effects.people[person.pk] = "head" if leads else "member"
        for put in (
            scene.put(person, "away", where="", place=""),
            scene.put(person, "residence", permanent_resident=True),
        ):
            effects.puts += [put] if put else []
    return effects


def circumstances(scene: Scene) -> Effects:
    """Dwelling, belongings, land and income of the household, as they are from the day on."""
    effects = Effects()
    for fact in CORRECTABLE_OF_HOUSEHOLD:
        values = {name: scene.details[name] for name in dated_facts.HOUSEHOLD[fact] if name in scene.details}
        dated_facts.check(values)
        put = scene.put(scene.household, fact, **values) if values else None
        effects.puts += [put] if put else []
    if not effects.puts:
        raise Refusal("nothing_changed", on=scene.on)
    return effects


def correction(scene: Scene) -> Effects:
    """What was written down was wrong: the right value for the whole time during which the wrong one was believed."""
    given, effects = scene.details, Effects()
    fact, values = given["fact"], dict(given["values"])
    subject: Person | Household = scene.household
    if given.get("person") is not None:
        subject = _someone(scene, given["person"])
        effects.people[subject.pk] = "subject"
    allowed = CORRECTABLE_OF_PERSON if isinstance(subject, Person) else CORRECTABLE_OF_HOUSEHOLD
    columns = dated_facts.PERSON if isinstance(subject, Person) else dated_facts.HOUSEHOLD
    if fact not in allowed or not set(values) <= set(columns[fact]):
        raise Refusal("unknown_choice", column="fact", value=fact)
    if "name_bn" in values:
        values["name_bn"] = normalise(values["name_bn"])
        values["name_key"] = name_key(values["name_bn"])
    dated_facts.check(values)
    put = scene.put(subject, fact, whole=True, **values)
    if put is None:
        raise Refusal("nothing_changed", on=scene.on)
    effects.puts.append(put)
    return effects


def _someone(scene: Scene, person: int) -> Person:
    """A person of the household, living or not: records of the dead are corrected too."""
    found = Person.objects.filter(pk=person, household=scene.household).first()
    if found is None:
        raise Refusal("not_member", reference=scene.household.reference)
    return found
