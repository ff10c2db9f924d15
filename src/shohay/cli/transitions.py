"""shohay transitions: who must leave a programme or move to another; batches shown, approved, returned."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from shohay.cli.acting import By, day, officer, row, telling
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Ends and moves of enrolments that the registry makes necessary.")
    group.command("find")(find)
    group.command("show")(show)
    group.command("approve")(approve)
    group.command("return")(return_)
    app.add_typer(group, name="transitions")


def find(
    on: Annotated[str, typer.Option(help="Day on which the rules are asked (ISO); else today.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    by: By = "system",
) -> None:
    """Ask the rules of every active enrolment and propose the ends and moves, in batches."""
    ready()
    from django.utils import timezone

    from shohay.stages.enrolment import actions_transitions as transitions
    from shohay.stages.payments import queries as payments

    asked = day(on) if on else timezone.localdate()
    with telling():
        made = transitions.propose_transitions(on=asked, until=payments.paid_until(), by=officer(by))
    if as_json:
        typer.echo(json.dumps(made._asdict()))
        return
    typer.echo(f"{made.rows} ends and moves of {made.asked} enrolments proposed in {made.batches} batches")
    for code, what in made.untold:
        typer.echo(f"not told by the registry: {code} {what}")


def show(number: Annotated[int | None, typer.Argument(help="Number of a batch; else those that wait.")] = None) -> None:
    """The batches that wait: number, day, programme, area, ends, moves; or the rows of one."""
    ready()
    from shohay.stages.enrolment.models import Transition, TransitionBatch

    if number is None:
        for one in TransitionBatch.objects.filter(state="proposed").order_by("id"):
            typer.echo(f"{one.pk}\t{one.on}\t{one.programme_code}\t{one.area_code}\t{one.ends}\t{one.moves}")
        return
    made = row(TransitionBatch.objects.all(), number, ("তালিকা", "batch"))
    for each in Transition.objects.filter(batch=made).order_by("id").iterator():
        typer.echo(
            f"{each.enrolment_id}\t{each.kind}\t{each.reason}\t{each.to_programme}\t{each.ends_on}\t{each.state}"
        )


def approve(
    numbers: Annotated[list[int] | None, typer.Argument(help="Numbers of batches; else all that wait.")] = None,
    by: By = "system",
) -> None:
    """Approve batches: enrolments close and open. Another officer than the one who searched."""
    ready()
    from shohay.stages.enrolment import actions_transitions as transitions
    from shohay.stages.enrolment import queries_transitions as queries
    from shohay.stages.payments import queries as payments

    acting = officer(by)
    chosen = queries.batches(acting, state="proposed")
    chosen = chosen.filter(pk__in=numbers) if numbers else chosen.exclude(proposed_by=acting.username)
    until = payments.paid_until()
    with telling():
        for batch in chosen.order_by("id"):
            made = transitions.approve_transitions(batch=batch, until=until, by=acting)
            typer.echo(
                f"{made.pk}\t{made.programme_code}\t{made.area_code}\t{made.applied} of {made.ends + made.moves}"
            )


def return_(
    number: Annotated[int, typer.Argument(help="Number of the batch.")],
    reason: Annotated[str, typer.Option(help="Why, in one sentence.")],
    by: By = "system",
) -> None:
    """Send a batch back with a reason."""
    ready()
    from shohay.stages.enrolment import actions_transitions as transitions
    from shohay.stages.enrolment.models import TransitionBatch

    found = row(TransitionBatch.objects.all(), number, ("তালিকা", "batch"))
    with telling():
        transitions.return_transitions(batch=found, reason=reason, by=officer(by))
    typer.echo(f"batch {number} returned")
