"""What an event changes, old beside new: of one that waits by its plan, of one that was written by the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from shohay.core.messages import Refusal
from shohay.stages.accounts import rls
from shohay.stages.registry import queries_history
from shohay.stages.registry.life import NEW, Effects
from shohay.stages.registry.life_plans import plan
from shohay.stages.registry.models import Household
from shohay.stages.registry.models_history import Dated, LifeEvent
from shohay.web.office import desk
from shohay.web.office.registry import values
from shohay.web.office.words import say
from shohay.web.templatetags.shohay import local

Row = dict[str, Any]  # as parts/difference.html takes it


def rows(event: LifeEvent) -> tuple[list[Row], str]:
    """(changes, why it cannot be written now or '').

    The officer of the place where people come sees who comes: row security is lifted for what this event is about.
    """
    with rls.lifted():
        if event.state == "approved":
            return _written(event), ""
        if event.state != "proposed":
            return [], ""
        try:
            return _planned(event, plan(event)), ""
        except Refusal as refusal:
            return [], refusal.say(desk.language())


def references(ids: Iterable[int | None]) -> dict[int, str]:
    """Number of each household, and NEW for the one that an approval will make."""
    found = Household.objects.filter(pk__in=[one for one in ids if one]).values_list("pk", "reference")
    return {NEW: _("new household"), **dict(found)}


def _planned(event: LifeEvent, effects: Effects) -> list[Row]:
    names = queries_history.names_of([*effects.people, *(one.person for one in effects.lives)])
    known = references([one.household for one in effects.lives] + [one.was.household for one in effects.lives])
    found = []
    if effects.newborn:
        found.append(_row(effects.newborn["name_bn"], _("Birth"), "", say("relation", effects.newborn["relation"])))
    if effects.new_household:
        found.append(
            _row(_("new household"), say("fact", "address"), "", values.in_words("address", effects.new_household, {}))
        )
    for one in effects.lives:
        old = {"household": one.was.household, "relation": one.was.relation}
        new = {"household": one.household, "relation": one.relation}
        found.append(_of(local(names.get(one.person, ("", ""))), "membership", old, new, known))
    for put in effects.puts:
        found.append(_of(local(names.get(put.person_id or 0, ("", ""))), put.fact, put.old or {}, put.value, known))
    for how in effects.closes.values():
        found.append(
            _row(event.household.reference, say("fact", "closed"), "", values.one("closed_on", how["on"].isoformat()))
        )
    return found


def _written(event: LifeEvent) -> list[Row]:
    """The rows that the approval wrote, each beside what it replaced."""
    new = list(
        Dated.objects.filter(source__in=("event", "correction"), source_ref=str(event.pk)).select_related("person")
    )
    new = [row for row in new if event.decided_at and row.known.lower <= event.decided_at]
    first: dict[Any, Dated] = {}  # a row cut in two by a later event is shown once, as it was written
    for row in sorted(new, key=lambda row: row.known.lower):
        first.setdefault((row.person_id, row.household_id, row.fact), row)
    old = {key: _before(row) for key, row in first.items()}
    known = references(
        [value.get("household") for row in [*first.values(), *old.values()] if row for value in [row.value]]
    )
    return [
        _of(
            local(row.person, "name") if row.person else "",
            row.fact,
            before.value if (before := old[key]) else {},
            row.value,
            known,
        )
        for key, row in first.items()
    ]


def _before(row: Dated) -> Dated | None:
    return Dated.objects.filter(
        person=row.person_id, household=row.household_id, fact=row.fact, known__endswith=row.known.lower,
        valid__overlap=row.valid,
    ).order_by("valid").first()  # fmt: skip


def _of(name: str, fact: str, old: Mapping[str, Any], new: Mapping[str, Any], known: Mapping[int, str]) -> Row:
    before = values.in_words(fact, old, known) if old else ""
    return _row(name, say("fact", fact), before, values.in_words(fact, new, known))


def _row(name: str, what: str, old: str, new: str) -> Row:
    return {"label": f"{name}: {what}" if name else what, "old": old or "–", "new": new, "changed": True}


def since(household: Household, version: int) -> list[Row]:
    """What happened to the household after a form saw ``version`` of it."""
    found = []
    for event in queries_history.changes_since(household, version):
        told = rows(event)[0] or [_row("", say("life_event", event.kind), "", say("life_state", event.state))]
        found += [{**row, "label": f"{say('life_event', event.kind)} – {row['label']}"} for row in told]
    return found
