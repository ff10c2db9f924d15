"""shohay pairs, grievance: what an officer decides one by one."""

from __future__ import annotations

from typing import Annotated

import typer

from shohay.cli.acting import By, officer, row, telling
from shohay.cli.ready import ready

Number = Annotated[int, typer.Argument(help="Its number.")]
Reason = Annotated[str, typer.Option(help="Why, in one sentence.")]


def register(app: typer.Typer) -> None:
    pairs = typer.Typer(help="Records that look alike: show, decide, merge.", no_args_is_help=True)
    pairs.command("show")(show_pairs)
    pairs.command("decide")(decide)
    pairs.command("merge")(merge)
    app.add_typer(pairs, name="pairs")
    grievances = typer.Typer(help="Complaints: show, file, answer.", no_args_is_help=True)
    grievances.command("show")(show_grievances)
    grievances.command("file")(file)
    grievances.command("answer")(answer)
    app.add_typer(grievances, name="grievance")


def show_pairs(limit: Annotated[int, typer.Option(help="How many.")] = 50, by: By = "system") -> None:
    """Pairs in doubt that wait for a decision, likeliest first."""
    ready()
    from shohay.stages.linkage.models import Pair

    rows = Pair.objects.filter(officer(by).area_filter(), band="review", decision="").order_by("-probability", "id")
    for one in rows[:limit]:
        typer.echo(f"{one.pk}\t{one.left_id}\t{one.right_id}\t{one.area_code}\t{one.probability:.3f}")


def decide(
    pair: Number, decision: Annotated[str, typer.Argument(help="same or different.")], reason: Reason, by: By = "system"
) -> None:
    """Say whether two records are one person; 'same' proposes a merge that another officer approves."""
    ready()
    from shohay.stages.linkage import actions
    from shohay.stages.linkage.models import Pair

    found = row(Pair.objects.all(), pair, ("জোড়া", "pair"))
    with telling():
        proposed = actions.decide_pair(pair=found, decision=decision, reason=reason, by=officer(by))
    typer.echo(f"merge {proposed.pk} proposed" if proposed else "decided")


def merge(number: Number, by: By = "system") -> None:
    """Approve a proposed merge."""
    ready()
    from shohay.stages.linkage import actions
    from shohay.stages.linkage.models import Merge

    found = row(Merge.objects.all(), number, ("একীকরণ", "merge"))
    with telling():
        actions.approve_merge(merge=found, by=officer(by))
    typer.echo("merged")


def show_grievances(by: By = "system") -> None:
    """Open complaints, the one due first on top: number, category, area, due on."""
    ready()
    from shohay.stages.grievance.models import Grievance

    rows = Grievance.objects.filter(officer(by).area_filter(), state__in=("filed", "appealed"))
    for one in rows.order_by("due_on", "id"):
        typer.echo(f"{one.number}\t{one.category}\t{one.area_code}\t{one.due_on}")


def file(
    category: Annotated[str, typer.Argument(help="payment_missing, wrong_account, exclusion ...")],
    text: Annotated[str, typer.Option(help="The complaint in the person's words.")],
    person: Annotated[int | None, typer.Option(help="Number of the person.")] = None,
    payment: Annotated[int | None, typer.Option(help="Number of the payment.")] = None,
    by: By = "system",
) -> None:
    """File a complaint that came to the office; prints its number and the day it must be answered by."""
    ready()
    from shohay.stages.grievance import actions
    from shohay.stages.payments.models import Payment
    from shohay.stages.registry.models import Person

    about = row(Payment.objects.all(), payment, ("পরিশোধ", "payment")) if payment else None
    whose = row(Person.objects.all(), person, ("ব্যক্তি", "person")) if person else about.person if about else None
    with telling():
        filed = actions.file(
            category=category, text=text, person=whose, payment=about, channel="office", by=officer(by)
        )
    typer.echo(f"{filed.number}\t{filed.due_on}")


def answer(
    number: Annotated[str, typer.Argument(help="Such as G-2026-000001.")],
    outcome: Annotated[str, typer.Argument(help="upheld, partly, rejected or referred.")],
    text: Annotated[str, typer.Option(help="What the person is told.")],
    by: By = "system",
) -> None:
    """Answer a complaint."""
    ready()
    from shohay.stages.grievance import actions
    from shohay.stages.grievance.models import Grievance

    found = row(Grievance.objects.all(), number, ("অভিযোগ", "complaint"), "number")
    with telling():
        actions.answer(grievance=found, outcome=outcome, text=text, by=officer(by))
    typer.echo("answered")
