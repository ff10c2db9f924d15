"""shohay distribute: lists of goods, who collected, closing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shohay.cli.acting import By, officer, telling
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.stages.payments.models_kind import Distribution

Number = Annotated[int, typer.Argument(help="Number of the list; see `shohay distribute show`.")]


def register(app: typer.Typer) -> None:
    goods = typer.Typer(no_args_is_help=True, help="Goods: show, prepare, approve, list, record, close.")
    for command in (show, prepare, approve, record, close):
        goods.command(command.__name__)(command)
    goods.command("list")(take)
    app.add_typer(goods, name="distribute")


def show(programme: Annotated[str, typer.Option(help="Code of a programme.")] = "", by: By = "system") -> None:
    """Every list: number, programme, month, upazila, rations, kg due, kg given, state."""
    ready()
    from shohay.stages.payments import queries_kind

    with telling():
        for row in queries_kind.distributions(officer(by), programme):
            typer.echo(
                f"{row.pk}\t{row.programme_code}\t{row.cycle.period_start:%Y-%m}\t{row.area_code}\t{row.rations}"
                f"\t{row.grams / 1000:g}\t{row.given_grams / 1000:g}\t{row.state}"
            )


def prepare(
    programme: Annotated[str, typer.Argument(help="Code of the programme, such as VWB.")],
    first: Annotated[str, typer.Argument(help="First day of the month, such as 2026-11-01.")],
    occasion: Annotated[str, typer.Option(help="eid_ul_fitr, eid_ul_azha ... for goods given at events.")] = "",
    by: By = "system",
) -> None:
    """Open the month, if it is not open, and make a list for each upazila."""
    ready()
    from datetime import date

    from shohay.core.values import Period
    from shohay.stages.payments import actions, actions_kind
    from shohay.stages.payments.terms import month_after

    with telling():
        acting, start = officer(by), date.fromisoformat(first)
        period = Period(start, month_after(start, 1))
        cycle = actions.open_cycle(programme_code=programme, period=period, by=acting)
        for made in actions_kind.prepare_distributions(cycle=cycle, occasion=occasion, by=acting):
            typer.echo(f"{made.pk}\t{made.area_code}\t{made.rations}\t{made.grams / 1000:g} kg\t{made.held_back}")


def approve(number: Number, by: By = "system") -> None:
    """Approve a list that another officer prepared."""
    ready()
    from shohay.stages.payments import actions_kind

    with telling():
        typer.echo(actions_kind.approve_distribution(distribution=_list(number), by=officer(by)).state)


def take(
    number: Number,
    union: Annotated[str, typer.Option(help="Code of a union; else the whole upazila.")] = "",
    by: By = "system",
) -> None:
    """The lines of an approved list, tab between: number, name, father, union, kg, taka to pay. Leaves a trace."""
    ready()
    from shohay.stages.payments import actions_kind

    with telling():
        for line in actions_kind.release_list(distribution=_list(number), area_code=union, by=officer(by)):
            typer.echo(
                f"{line.number}\t{line.person.name_bn}\t{line.person.father_name}\t{line.area_code}"
                f"\t{line.grams / 1000:g}\t{line.price_poisha / 100:g}"
            )


def record(
    number: Number,
    file: Annotated[Path, typer.Argument(help="The filled list, CSV or XLSX.", exists=True, dir_okay=False)],
    by: By = "system",
) -> None:
    """Take in a file of who collected; prints the counts, and each row that was not recorded with the reason."""
    ready()
    from shohay.cli.acting import language
    from shohay.stages.payments import actions_kind, queries_kind

    with telling():
        made = actions_kind.record_handover(distribution=_list(number), data=file, file_name=file.name, by=officer(by))
    typer.echo("\t".join(f"{name} {count}" for name, count in made.counts.items()))
    for error in queries_kind.errors(made):
        words = queries_kind.error_words(error.code, language())
        typer.echo(f"{error.line}\t{error.column}\t{error.value}\t{words}", err=True)


def close(number: Number, by: By = "system") -> None:
    """End the handing over; whoever is not recorded is written down as not having collected."""
    ready()
    from shohay.stages.payments import actions_kind

    with telling():
        made = actions_kind.close_distribution(distribution=_list(number), by=officer(by))
    typer.echo(f"given {made.given} of {made.rations}, {made.given_grams / 1000:g} of {made.grams / 1000:g} kg")


def _list(number: int) -> Distribution:
    from shohay.stages.payments.models_kind import Distribution

    found = Distribution.objects.filter(pk=number).first()
    if found is None:
        typer.echo(f"there is no distribution list {number}", err=True)
        raise typer.Exit(1)
    return found
