"""shohay household, event: a household on any day, and the events that wait for a decision."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shohay.cli.acting import By, officer, telling
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.stages.registry.models_history import LifeEvent
    from shohay.stages.registry.queries_history import FactAsOf, HouseholdAsOf

Number = Annotated[int, typer.Argument(help="Its number.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Such as 2026-09-01; today if not given.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Reason = Annotated[str, typer.Option(help="Why, in one sentence.")]


def register(app: typer.Typer) -> None:
    app.command()(household)
    events = typer.Typer(help="Life events: list, show, approve, refuse.", no_args_is_help=True)
    events.command("list")(list_events)
    events.command("show")(show)
    events.command("approve")(approve)
    events.command("refuse")(refuse)
    app.add_typer(events, name="event")


def household(
    number: Number,
    as_of: Day = None,
    known_at: Annotated[datetime | None, typer.Option(help="By what was known at that moment, Dhaka time.")] = None,
    as_json: AsJson = False,
    by: By = "system",
) -> None:
    """Who lived in a household on a day, and what held of them; with --known-at, as it was known then."""
    ready()
    from django.utils import timezone

    from shohay.stages.registry.models import Household
    from shohay.stages.registry.queries_history import household_as_of

    on = as_of.date() if as_of else timezone.localdate()
    try:
        seen = household_as_of(officer(by), number, on, timezone.make_aware(known_at) if known_at else None)
    except Household.DoesNotExist:
        typer.echo(f"there is no household {number} in your areas / আপনার এলাকায় {number} নম্বর খানা নেই", err=True)
        raise typer.Exit(1) from None
    told = _told(seen)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(f"{told['reference']}\t{told['area_code']}\t{told['as_of']}")
    for member in told["members"]:
        typer.echo(f"{member['person']}\t{member['relation']}\t{member['name_bn']}\t{member['since'] or ''}")


def _told(seen: HouseholdAsOf) -> dict[str, Any]:
    members = [
        {
            "person": one.person.pk, "name_bn": one.facts["name"].value["name_bn"], "relation": one.relation,
            "since": one.since.isoformat() if one.since else None, "facts": _facts(one.facts),
        }
        for one in seen.members
    ]  # fmt: skip
    return {
        "household": seen.household.pk, "reference": seen.household.reference, "area_code": seen.household.area_code,
        "as_of": seen.on.isoformat(), "known_at": seen.known_at.isoformat() if seen.known_at else None,
        "facts": _facts(seen.facts), "members": members, "members_now_elsewhere": seen.elsewhere,
    }  # fmt: skip


def _facts(facts: dict[str, FactAsOf]) -> dict[str, Any]:
    return {
        name: {
            "value": one.value, "since": one.since.isoformat() if one.since else None,
            "known_since": one.known_since.isoformat(), "source": one.source, "source_ref": one.source_ref,
            "recorded_by": one.recorded_by, "checked_by": one.checked_by,
        }
        for name, one in facts.items()
    }  # fmt: skip


def list_events(
    state: Annotated[str, typer.Option(help="waiting, proposed, approved, refused, withdrawn or all.")] = "waiting",
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    by: By = "system",
) -> None:
    """Events, the newest first; without --state those that wait for the officer's decision."""
    ready()
    from shohay.stages.registry import queries_history

    acting = officer(by)
    rows = queries_history.waiting(acting) if state == "waiting" else queries_history.events(acting)
    if state not in ("waiting", "all"):
        rows = rows.filter(state=state)
    for row in rows.order_by("-proposed_at", "-pk")[:limit]:
        told = _event(row)
        typer.echo(json.dumps(told, ensure_ascii=False) if as_json else "\t".join(str(one) for one in told.values()))


def _event(row: LifeEvent) -> dict[str, Any]:
    return {
        "event": row.pk, "kind": row.kind, "state": row.state, "household": row.household_id,
        "area_code": row.area_code, "happened_on": row.happened_on.isoformat(), "proposed_by": row.proposed_by,
    }  # fmt: skip


def show(number: Number, by: By = "system") -> None:
    """One event as JSON, with the people it is about and what it was told by."""
    ready()
    row = _mine(number, by)
    people = {one.person_id: one.part for one in row.people.all()}
    more = {
        "people": people, "details": row.details, "evidence": row.evidence_kind, "number": row.evidence_number,
        "note": row.evidence_note, "decided_by": row.decided_by, "reason": row.reason, "counts": row.counts,
    }  # fmt: skip
    typer.echo(json.dumps({**_event(row), **more}, ensure_ascii=False))


def approve(number: Number, by: By = "system") -> None:
    """Write what an event changes; another officer than the one who told it."""
    ready()
    from shohay.stages.registry import actions_approval

    with telling():
        done = actions_approval.approve(event=_mine(number, by), by=officer(by))
    typer.echo(json.dumps({**_event(done), "counts": done.counts}, ensure_ascii=False))


def refuse(number: Number, reason: Reason, by: By = "system") -> None:
    """Say that an event is not written, and why."""
    ready()
    from shohay.stages.registry import actions_approval

    with telling():
        done = actions_approval.refuse(event=_mine(number, by), reason=reason, by=officer(by))
    typer.echo(json.dumps(_event(done), ensure_ascii=False))


def _mine(number: int, by: str) -> LifeEvent:
    from shohay.stages.registry import queries_history
    from shohay.stages.registry.models_history import LifeEvent

    try:
        return queries_history.event(officer(by), number)
    except LifeEvent.DoesNotExist:
        typer.echo(f"there is no event {number} in your areas / আপনার এলাকায় {number} নম্বর ঘটনা নেই", err=True)
        raise typer.Exit(1) from None
