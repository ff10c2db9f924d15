"""shohay enrol, figures: approved lists into enrolments; the figures of the dashboards."""

from __future__ import annotations

from typing import Annotated

import typer

from shohay.cli.acting import By, day, officer, telling
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    app.command()(enrol)
    app.command()(figures)


def enrol(
    on: Annotated[str, typer.Option(help="First day of the benefit (ISO).")],
    numbers: Annotated[list[int] | None, typer.Argument(help="Numbers of lists; else all approved ones.")] = None,
    by: By = "system",
) -> None:
    """Enrol the selected of approved lists; who is on a programme that excludes this one is left out."""
    ready()
    from shohay.stages.enrolment import actions
    from shohay.stages.targeting import queries

    acting, first = officer(by), day(on)
    lists = queries.lists(acting).filter(state="approved", selected__gt=0)
    lists = lists.filter(pk__in=numbers) if numbers else lists.filter(enrolments=None)
    with telling():
        for row in lists:
            enrolled = actions.enrol_list(selection_list=row, on=first, by=acting)
            typer.echo(f"{row.pk}\t{row.programme_code}\t{row.area_code}\t{enrolled} of {row.selected}")


def figures(by: By = "system") -> None:
    """Count the figures of the dashboards afresh."""
    ready()
    from shohay.stages.results import actions

    with telling():
        typer.echo(f"{actions.compute_figures(by=officer(by))} figures")
