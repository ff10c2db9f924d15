"""shohay quotas, determine, lists: from applications to approved selection lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from shohay.cli.acting import By, day, officer, refuse, row, telling
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.stages.targeting.models import SelectionList


def register(app: typer.Typer) -> None:
    app.command()(quotas)
    app.command()(determine)
    lists = typer.Typer(help="Selection lists: show, propose, approve, return.", no_args_is_help=True)
    lists.command("show")(show)
    lists.command("propose")(propose)
    lists.command("approve")(approve)
    lists.command("return")(return_)
    app.add_typer(lists, name="lists")


def quotas(
    programme: Annotated[str, typer.Argument(help="Code of the programme, such as OAA.")],
    total: Annotated[int | None, typer.Option(help="Places in all; else the national number, scaled.")] = None,
    fiscal_year: Annotated[str, typer.Option(help="Such as 2026-27; else the present one.")] = "",
    by: By = "system",
) -> None:
    """Share the places of a programme among the upazilas, by people and poverty."""
    ready()
    from django.utils import timezone

    from shohay.core.values import FiscalYear
    from shohay.stages.targeting import actions, queries

    year = fiscal_year or str(FiscalYear.of(timezone.localdate()))
    with telling():
        actions.allocate_quotas(programme_code=programme, fiscal_year=year, total=total, by=officer(by))
    for (code, area), slots in queries.quotas_of(year).items():
        if code == programme:
            typer.echo(f"{area}\t{slots}")


def determine(
    snapshot: Annotated[int | None, typer.Option(help="Number of the snapshot; else the newest.")] = None,
    on: Annotated[str, typer.Option(help="Day whose definitions hold (ISO); else today.")] = "",
    by: By = "system",
) -> None:
    """Decide every person of a snapshot for every programme, and rank within the quotas."""
    ready()
    from django.utils import timezone

    from shohay.cli.showing import bars
    from shohay.stages.registry.models import Snapshot
    from shohay.stages.targeting import actions

    chosen = Snapshot.objects.filter(pk=snapshot) if snapshot else Snapshot.objects.order_by("-id")
    found = chosen.first()
    if found is None:
        refuse(
            "এমন কোনো প্রতিলিপি নেই; নিন: `shohay snapshot`",
            "there is no such snapshot; take one with `shohay snapshot`",
        )
    valid = day(on) if on else timezone.localdate()
    with telling(), bars() as progress:
        run = actions.run_determination(snapshot=found, on=valid, by=officer(by), progress=progress)
    typer.echo(f"D{run.pk}\t{run.result_sha256}")


def show(run: Annotated[int | None, typer.Option(help="Number of the determination; else the newest.")] = None) -> None:
    """The lists of a determination: number, programme, area, places, eligible, selected, state."""
    for one in _lists(run):
        slots = "" if one.slots is None else one.slots
        typer.echo(
            f"{one.pk}\t{one.programme_code}\t{one.area_code}\t{slots}\t{one.eligible}\t{one.selected}\t{one.state}"
        )


def propose(
    run: Annotated[int | None, typer.Option(help="Number of the determination; else the newest.")] = None,
    by: By = "system",
) -> None:
    """Propose the ranked lists of a determination."""
    ready()
    from shohay.stages.targeting import actions
    from shohay.stages.targeting.models import Run

    chosen = Run.objects.filter(pk=run).first() if run else Run.objects.order_by("-id").first()
    if chosen is None:
        refuse(
            "এমন কোনো নির্ধারণ নেই; করুন: `shohay determine`",
            "there is no such determination; make one with `shohay determine`",
        )
    with telling():
        proposed = actions.propose_lists(run=chosen, by=officer(by))
    typer.echo(f"{len(proposed)} lists proposed")


def approve(
    numbers: Annotated[
        list[int] | None, typer.Argument(help="Numbers of lists; else all that wait for the officer.")
    ] = None,
    by: By = "system",
) -> None:
    """Approve proposed lists; another officer than the one who proposed."""
    ready()
    from shohay.stages.targeting import actions, queries
    from shohay.stages.targeting.models import SelectionList

    acting = officer(by)
    if numbers:
        chosen = list(SelectionList.objects.filter(pk__in=numbers).order_by("pk"))
    else:
        chosen = list(queries.lists(acting).filter(state="proposed").exclude(proposed_by=acting.username))
    with telling():
        for one in chosen:
            actions.approve_list(selection_list=one, by=acting)
    typer.echo(f"{len(chosen)} lists approved")


def return_(
    number: Annotated[int, typer.Argument(help="Number of the list.")],
    reason: Annotated[str, typer.Option(help="Why, in one sentence.")],
    by: By = "system",
) -> None:
    """Send a proposed list back with a reason."""
    ready()
    from shohay.stages.targeting import actions
    from shohay.stages.targeting.models import SelectionList

    found = row(SelectionList.objects.all(), number, ("তালিকা", "list"))
    with telling():
        actions.return_list(selection_list=found, reason=reason, by=officer(by))
    typer.echo(f"list {number} returned")


def _lists(run: int | None) -> list[SelectionList]:
    ready()
    from shohay.stages.targeting.models import Run, SelectionList

    newest = run or Run.objects.order_by("-id").values_list("pk", flat=True).first() or 0
    return list(SelectionList.objects.filter(run_id=newest).order_by("programme_code", "area_code"))
