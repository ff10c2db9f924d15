"""What an event in one person's life would change: birth, death, marriage and its end, school, work, disability."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shohay.core.bangla import name_key, normalise
from shohay.core.families import AGE_TO_MARRY, MOTHER_FROM, MOTHER_TO, WASHINGTON_GROUP, WIVES_AT_MOST
from shohay.core.messages import Refusal
from shohay.stages.registry import dated_facts
from shohay.stages.registry.life import Effects, Scene, last_change, marriages, value_of
from shohay.stages.registry.models import Person
from shohay.stages.registry.models_history import Dated, Marriage


def birth(scene: Scene) -> Effects:
    """A child joins the household of its mother or father on the day it is born."""
    scene.lived_in()
    given, effects = scene.details, Effects()
    name = normalise(given["name_bn"])
    if not name:
        raise Refusal("name_missing")
    mother, father = _parent(scene, given.get("mother"), "female"), _parent(scene, given.get("father"), "male")
    if mother is not None and mother.birth_date is not None:
        age = years(mother.birth_date, scene.on)
        if not MOTHER_FROM <= age <= MOTHER_TO:
            raise Refusal("mother_age", name=mother.name_bn, age=age)
    if any(one.birth_date == scene.on and one.name_key == name_key(name) for one in scene.members):
        raise Refusal("already_born", name=name, on=scene.on)
    for parent, part in ((mother, "mother"), (father, "father")):
        if parent is not None:
            effects.people[parent.pk] = part
    effects.newborn = {
        "name_bn": name, "name_en": given.get("name_en", ""), "sex": given["sex"],
        "relation": given.get("relation") or _of_child(scene, mother or father),
        "mother_name": mother.name_bn if mother else "", "father_name": father.name_bn if father else "",
    }  # fmt: skip
    if effects.newborn["relation"] == "head":
        raise Refusal("child_is_head", name=name)
    if mother is not None and mother.is_pregnant:
        put = scene.put(mother, "pregnancy", is_pregnant=False, pregnancy_month=None)
        effects.puts += [put] if put else []
    return effects


def _parent(scene: Scene, person: int | None, sex: str) -> Person | None:
    """The parent, of this household; a mother lived on the day of birth, a father within 300 days before it."""
    if person is None:
        return None
    found = Person.objects.filter(pk=person, household=scene.household).first()
    if found is None:
        raise Refusal("not_member", reference=scene.household.reference)
    if found.sex != sex:
        raise Refusal("parent_sex", name=found.name_bn)
    if found.death_date is not None and (scene.on - found.death_date).days > (0 if sex == "female" else 300):
        raise Refusal("person_dead", name=found.name_bn, on=found.death_date)
    return scene.born(found)


def _of_child(scene: Scene, parent: Person | None) -> str:
    relation = scene.standing[parent.pk].relation if parent and parent.pk in scene.standing else "head"
    return {"head": "child", "spouse": "child", "child": "grandchild"}.get(relation, "other")


def death(scene: Scene) -> Effects:
    """A member dies: leaves the household, husband or wife is widowed, a head is followed by the one named."""
    person, effects = scene.member_or_away(scene.details["person"]), Effects()
    nothing_later(person, scene.on)
    effects.people[person.pk] = "subject"
    effects.puts += [put for put in [scene.put(person, "death", death_date=scene.on)] if put]
    if scene.standing[person.pk].household is not None:
        effects.lives.append(scene.lives(person, None, ""))
        scene.leaving([person], scene.details.get("new_head"), effects)
    for marriage in couples(scene, person):
        other = marriage.wife if person.pk == marriage.husband_id else marriage.husband
        effects.people.setdefault(other.pk, "spouse")
        end(scene, effects, marriage, other, "widowed", "death")
    return effects


def couples(scene: Scene, person: Person) -> list[Marriage]:
    """Marriages that hold on the day: those written down, else the couples that the relations in the household tell."""
    written = marriages(person, scene.on)
    if written:
        return written
    wanted = {"head": "spouse", "spouse": "head", "parent": "parent"}.get(scene.standing[person.pk].relation)
    found = [
        one for one in scene.members
        if wanted and scene.standing[one.pk].relation == wanted and {one.sex, person.sex} == {"male", "female"}
        and value_of(one, "marital", scene.on)["marital_status"] in ("married", "separated", "")
    ]  # fmt: skip
    if wanted == "parent" and (len(found) > 1 or _same_sex_parents(scene, person)):
        return []  # parents of both sides live here: who is married to whom, nobody wrote down
    pairs = [(one, person) if one.sex == "male" else (person, one) for one in found]
    return [Marriage(husband=husband, wife=wife, valid=None) for husband, wife in pairs]


def _same_sex_parents(scene: Scene, person: Person) -> bool:
    """Another married parent of the person's sex lives there."""
    return any(
        one.pk != person.pk and one.sex == person.sex and scene.standing[one.pk].relation == "parent"
        and value_of(one, "marital", scene.on)["marital_status"] == "married"
        for one in scene.members
    )  # fmt: skip


def end(scene: Scene, effects: Effects, marriage: Marriage, other: Person, status: str, by: str) -> None:
    """``other`` is widowed or divorced, unless a husband has another wife; the marriage ends."""
    effects.parts.append({"marriage": marriage, "on": scene.on, "by": by})
    if other.pk == marriage.husband_id and len(couples(_with(scene, other), other)) > 1:
        return
    marital_last(other, scene.on)
    put = scene.put(other, "marital", marital_status=status, marriage_ended_on=scene.on)
    effects.puts += [put] if put else []


def _with(scene: Scene, person: Person) -> Scene:
    """The scene of the person's own household, where marriages may stand that nobody wrote down."""
    if person.pk in scene.standing or person.household.closed_on is not None:
        return scene
    return Scene(scene.event, person.household)


def marriage(scene: Scene) -> Effects:
    """Two people marry; one of them may join the other's household. A spouse who is not registered is named."""
    given, effects = scene.details, Effects()
    person = scene.member(given["person"])
    spouse = _spouse(given.get("spouse"), person)
    husband, wife = (person, spouse) if person.sex == "male" else (spouse, person)
    for one in (husband, wife):
        if one is not None:
            _may_marry(scene, one, one is wife)
            effects.people[one.pk] = "wife" if one is wife else "husband"
            put = scene.put(one, "marital", marital_status="married", marriage_ended_on=None)
            effects.puts += [put] if put else []
    if husband is not None and wife is not None:
        permission = given.get("permission", "")
        effects.weds += _wives_before(scene, husband)
        effects.weds.append({"husband": husband, "wife": wife, "permission": permission, "since": scene.on})
    if spouse is not None and given.get("live_in"):
        _live_together(scene, person, spouse, effects)
    return effects


def _spouse(spouse: int | None, person: Person) -> Person | None:
    if spouse is None:
        return None
    found = Person.objects.select_related("household").filter(pk=spouse).first()
    if found is None:
        raise Refusal("person_not_found")
    if found.pk == person.pk or {found.sex, person.sex} in ({"male"}, {"female"}):
        raise Refusal("couple_wrong")
    if found.death_date is not None:
        raise Refusal("person_dead", name=found.name_bn, on=found.death_date)
    return found


def _may_marry(scene: Scene, one: Person, is_wife: bool) -> None:
    """Raises too_young_to_marry, already_married, needs_permission, too_many_wives, event_before_known."""
    scene.born(one)
    marital_last(one, scene.on)
    permission = scene.details.get("permission", "").strip()
    least = AGE_TO_MARRY.get(one.sex, 18)
    if one.birth_date is not None and years(one.birth_date, scene.on) < least and not permission:
        raise Refusal("too_young_to_marry", name=one.name_bn, age=years(one.birth_date, scene.on), least=least)
    held = len(marriages(one, scene.on))
    if held == 0 and value_of(one, "marital", scene.on)["marital_status"] in ("married", "separated"):
        held = 1  # married by the first record; nobody wrote down to whom
    if held and is_wife:
        raise Refusal("already_married", name=one.name_bn)
    if held >= WIVES_AT_MOST:
        raise Refusal("too_many_wives", name=one.name_bn, most=WIVES_AT_MOST)
    if held and not permission:
        raise Refusal("needs_permission", name=one.name_bn)


def _wives_before(scene: Scene, husband: Person) -> list[dict[str, object]]:
    """Wives of the husband's household that the registry knows only as head and spouse: written down now."""
    if marriages(husband, scene.on) or husband.pk not in scene.standing:
        return []
    return [
        {"husband": one.husband, "wife": one.wife, "permission": "", "since": None} for one in couples(scene, husband)
        if not Marriage.objects.filter(wife=one.wife).exists()
    ]  # fmt: skip


def _live_together(scene: Scene, person: Person, spouse: Person, effects: Effects) -> None:
    """One joins the household of the other: 'here', the spouse comes; 'there', the person goes."""
    there = Scene(scene.event, spouse.household) if spouse.pk not in scene.standing else scene
    if there is scene or there.household.pk == scene.household.pk:
        return
    mover, stays = (spouse, person) if scene.details["live_in"] == "here" else (person, spouse)
    origin, target = (there, scene) if mover is spouse else (scene, there)
    target.lived_in()
    relation = "spouse" if target.standing[stays.pk].relation == "head" else "other"
    effects.lives.append(origin.lives(mover, target.household.pk, scene.details.get("relation") or relation))
    origin.leaving([mover], scene.details.get("new_head"), effects)
    effects.to_area = target.household.area_code


def divorce(scene: Scene) -> Effects:
    """A marriage ends by divorce on the day it takes effect; with several wives the one meant is named."""
    person, effects = scene.member(scene.details["person"]), Effects()
    if value_of(person, "marital", scene.on)["marital_status"] not in ("married", "separated"):
        raise Refusal("not_married", name=person.name_bn, on=scene.on)
    effects.people[person.pk] = "subject"
    held, wanted = couples(scene, person), scene.details.get("spouse")
    if wanted is not None:
        held = [one for one in held if wanted in (one.husband_id, one.wife_id)]
    if len(held) > 1 or (wanted is not None and not held):
        raise Refusal("which_marriage", name=person.name_bn)
    for marriage in held:
        for one in (marriage.husband, marriage.wife):
            effects.people.setdefault(one.pk, "spouse")
            end(scene, effects, marriage, one, "divorced", "divorce")
        effects.parts = effects.parts[:1]
    if not held:  # married to somebody who is not registered
        marital_last(person, scene.on)
        put = scene.put(person, "marital", marital_status="divorced", marriage_ended_on=scene.on)
        effects.puts += [put] if put else []
    return effects


def separation(scene: Scene) -> Effects:
    """The person was left, or lives apart, since the day; the marriage itself goes on."""
    person, effects = scene.member(scene.details["person"]), Effects()
    if value_of(person, "marital", scene.on)["marital_status"] != "married":
        raise Refusal("not_married", name=person.name_bn, on=scene.on)
    marital_last(person, scene.on)
    effects.people[person.pk] = "subject"
    put = scene.put(person, "marital", marital_status="separated", marriage_ended_on=scene.on)
    effects.puts += [put] if put else []
    return effects


def disability(scene: Scene) -> Effects:
    """Assessed: the kind and the card, and the six questions of the Washington Group, 1 to 4 each."""
    person, given = scene.member(scene.details["person"]), scene.details
    answers = {domain: given.get(domain) for domain in WASHINGTON_GROUP}
    if any(answer not in (None, 1, 2, 3, 4) for answer in answers.values()):
        raise Refusal("difficulty_1_to_4")
    kind = {"disability": given.get("disability", ""), "disability_card": given.get("disability_card")}
    return _changed(scene, person, {"disability": kind, "functioning": answers})


def pregnancy(scene: Scene) -> Effects:
    """A pregnancy as it is on the day: its month, which one it is, the antenatal card; or its end without a birth."""
    person = scene.member(scene.details["person"])
    if person.sex == "male":
        raise Refusal("pregnancy_of_man", name=person.name_bn)
    given = {name: scene.details.get(name) for name in dated_facts.PERSON["pregnancy"]}
    if not given["is_pregnant"]:
        given["pregnancy_month"] = None
    return _changed(scene, person, {"pregnancy": given})


def school(scene: Scene) -> Effects:
    given = {name: scene.details.get(name) for name in dated_facts.PERSON["schooling"]}
    return _changed(
        scene,
        scene.member(scene.details["person"]),
        {"schooling": {**given, "school_level": given["school_level"] or ""}},
    )


def work(scene: Scene) -> Effects:
    """Work and own income, what was given of them."""
    wanted = {fact: [name for name in dated_facts.PERSON[fact] if name in scene.details] for fact in ("work", "income")}
    changes = {fact: {name: scene.details[name] for name in names} for fact, names in wanted.items()}
    return _changed(scene, scene.member(scene.details["person"]), changes)


def _changed(scene: Scene, person: Person, changes: Mapping[str, Mapping[str, Any]]) -> Effects:
    """Facts of one person from the day on. Raises nothing_changed, unknown_choice."""
    effects = Effects(people={person.pk: "subject"})
    for fact, values in changes.items():
        dated_facts.check(values)
        put = scene.put(person, fact, **values) if values else None
        effects.puts += [put] if put else []
    if not effects.puts:
        raise Refusal("nothing_changed", on=scene.on)
    return effects


def marital_last(person: Person, on: date) -> None:
    """Raises event_before_known where a later change of the marital status is known."""
    known = last_change(person, "marital")
    if known is not None and known > on:
        raise Refusal("event_before_known", name=person.name_bn, on=on, known=known)


def nothing_later(person: Person, on: date) -> None:
    """Nothing happens to the dead: raises event_before_known where any later change is known."""
    rows = Dated.objects.filter(person=person, known__endswith__isnull=True, valid__startswith__gt=on)
    later = rows.order_by("-valid").first()
    if later is not None:
        raise Refusal("event_before_known", name=person.name_bn, on=on, known=later.valid.lower)


def years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
