"""shohay snapshot: a dated, immutable copy of the registry for runs."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated

import typer

from shohay.cli import acting
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    app.command()(snapshot)


def snapshot(
    as_of: Annotated[str, typer.Option(help="The day it stands for, as 2026-11-21; today when left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    by: acting.By = "system",
) -> None:
    """Copy the registry, who holds and who asks for what to Parquet; prints its hash and its rows."""
    ready()
    from django.utils import timezone

    from shohay.cli.imports import watched
    from shohay.stages.enrolment import queries as enrolment
    from shohay.stages.registry import actions
    from shohay.stages.targeting import queries as targeting

    day = dt.date.fromisoformat(as_of) if as_of else timezone.localdate()
    with acting.telling(), watched() as tell:
        taken = actions.take_snapshot(
            as_of=day, held=enrolment.held(), applications=targeting.applications_table(), by=acting.officer(by),
            progress=tell,
        )  # fmt: skip
    if as_json:
        typer.echo(json.dumps({"sha256": taken.sha256, "as_of": day.isoformat(), "path": taken.path, **taken.counts}))
    else:
        typer.echo(f"{taken.sha256}  {day}  {taken.counts}")
