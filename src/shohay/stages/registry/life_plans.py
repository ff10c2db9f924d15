"""Which plan belongs to which kind of event."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shohay.stages.registry import life_households, life_people
from shohay.stages.registry.life import Effects, Scene
from shohay.stages.registry.models_history import LifeEvent

Kind = LifeEvent.Kind
PLANS: Mapping[str, Callable[[Scene], Effects]] = {
    Kind.BIRTH: life_people.birth,
    Kind.DEATH: life_people.death,
    Kind.MARRIAGE: life_people.marriage,
    Kind.REMARRIAGE: life_people.marriage,
    Kind.DIVORCE: life_people.divorce,
    Kind.SEPARATION: life_people.separation,
    Kind.DISABILITY: life_people.disability,
    Kind.PREGNANCY: life_people.pregnancy,
    Kind.SCHOOL: life_people.school,
    Kind.WORK: life_people.work,
    Kind.MOVE: life_households.move,
    Kind.MIGRATION: life_households.migration,
    Kind.RETURN: life_households.returned,
    Kind.SPLIT: life_households.split,
    Kind.MERGE: life_households.merge,
    Kind.NEW_HEAD: life_households.new_head,
    Kind.CIRCUMSTANCES: life_households.circumstances,
    Kind.CORRECTION: life_households.correction,
}
# these find people of a household that nobody lives in now: the last one abroad dies, comes back, is corrected
OF_CLOSED = (Kind.RETURN, Kind.DEATH, Kind.CORRECTION)


def plan(event: LifeEvent) -> Effects:
    """What the event would change in the registry as it is now; raises the Refusal that says why it cannot be."""
    return PLANS[event.kind](Scene(event, closed=event.kind in OF_CLOSED))
