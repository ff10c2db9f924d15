"""From a filled form to the action of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shohay.core.families import WASHINGTON_GROUP
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import actions_events, dated_facts, queries_history
from shohay.stages.registry.actions_events import Told
from shohay.stages.registry.models import Household
from shohay.stages.registry.models_history import LifeEvent
from shohay.web.office.registry.event_forms import CIRCUMSTANCES, WORK, EventForm


def tell(form: EventForm, by: Officer) -> LifeEvent:
    """Propose the event that the form holds; raises the action's refusals."""
    given = form.cleaned_data
    file = given.get("evidence_file")
    told = Told(
        happened_on=given["happened_on"], evidence_kind=given["evidence_kind"],
        evidence_number=given["evidence_number"], evidence_note=given["evidence_note"],
        evidence_file=file.read() if file else None, channel=given["channel"], version=given["version"],
        device_at=given["device_at"],
    )  # fmt: skip
    action, own = TELL[form.kind](form)
    event: LifeEvent = action(household=form.circle.household, told=told, by=by, **own)
    return event


Call = tuple[Callable[..., LifeEvent], dict[str, Any]]


def _household(form: EventForm) -> Household | None:
    number = form.someone("to_household")
    return queries_history.household_to_join(number) if number else None


def _relations(form: EventForm) -> dict[int, str]:
    relation = form.cleaned_data.get("relation")
    return dict.fromkeys(form.people(), relation) if relation else {}


def _area(form: EventForm) -> dict[str, str]:
    given = form.cleaned_data
    area = given["other_area"].strip() or given["area_code"]
    return {"area_code": area, "area_type": given["area_type"], "address_bn": given["address_bn"]}


def _birth(form: EventForm) -> Call:
    own = {name: form.cleaned_data[name] for name in ("name_bn", "name_en", "sex", "relation")}
    return actions_events.birth, {**own, "mother": form.someone("mother"), "father": form.someone("father")}


def _death(form: EventForm) -> Call:
    return actions_events.death, {"person": form.someone("person"), "new_head": form.someone("new_head")}


def _marriage(form: EventForm) -> Call:
    own = {name: form.cleaned_data[name] for name in ("spouse_name", "permission", "live_in")}
    people = {name: form.someone(name) for name in ("person", "spouse", "new_head")}
    return actions_events.marriage, {**own, **people}


def _divorce(form: EventForm) -> Call:
    return actions_events.divorce, {"person": form.someone("person"), "spouse": form.someone("spouse")}


def _move(form: EventForm) -> Call:
    own = {"people": form.people(), "to_household": _household(form), "relations": _relations(form)}
    return actions_events.move, {**own, **_area(form), "new_head": form.someone("new_head")}


def _split(form: EventForm) -> Call:
    own = {"people": form.people(), "head": form.someone("head"), "reference": form.cleaned_data["reference"]}
    return actions_events.split, {**own, **_area(form), "new_head": form.someone("new_head")}


def _merge(form: EventForm) -> Call:
    own = {"to_household": _household(form), "head_relation": form.cleaned_data["relation"] or "other"}
    return actions_events.merge, own


def _migration(form: EventForm) -> Call:
    own = {"people": form.people(), "where": form.cleaned_data["where"], "place": form.cleaned_data["place"]}
    return actions_events.migration, {**own, "new_head": form.someone("new_head")}


def _return(form: EventForm) -> Call:
    head = form.someone("head")
    relations = {person: relation for person, relation in _relations(form).items() if person != head}
    return actions_events.come_back, {"people": form.people(), "head": head, "relations": relations}


def _about(form: EventForm) -> int:
    person = form.circle.correcting[0]
    return person.pk if person else 0


def _disability(form: EventForm) -> Call:
    own = form.changed(dated_facts.PERSON["disability"])
    functioning = {name: answer for name, answer in form.changed(WASHINGTON_GROUP).items() if answer is not None}
    return actions_events.disability, {"person": _about(form), **own, "functioning": functioning}


def _pregnancy(form: EventForm) -> Call:
    return actions_events.pregnancy, {"person": _about(form), **form.changed(dated_facts.PERSON["pregnancy"])}


def _school(form: EventForm) -> Call:
    return actions_events.school, {"person": _about(form), **form.changed(dated_facts.PERSON["schooling"])}


def _work(form: EventForm) -> Call:
    return actions_events.work, {"person": _about(form), "values": form.changed(WORK)}


def _circumstances(form: EventForm) -> Call:
    return actions_events.circumstances, {"values": form.changed(CIRCUMSTANCES)}


def _correction(form: EventForm) -> Call:
    person, fact = form.circle.correcting
    columns = [name.removeprefix("set_") for name in form.own]
    own = {"fact": fact, "values": form.changed(columns), "person": person.pk if person else None}
    return actions_events.correction, own


TELL: Mapping[str, Callable[[EventForm], Call]] = {
    "birth": _birth,
    "death": _death,
    "marriage": _marriage,
    "divorce": _divorce,
    "separation": lambda form: (actions_events.separation, {"person": form.someone("person")}),
    "move": _move,
    "split": _split,
    "merge": _merge,
    "new_head": lambda form: (actions_events.new_head, {"person": form.someone("person")}),
    "migration": _migration,
    "return": _return,
    "disability": _disability,
    "pregnancy": _pregnancy,
    "school": _school,
    "work": _work,
    "circumstances": _circumstances,
    "correction": _correction,
}
