"""shohay link: look for second records of one person in a snapshot."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from shohay.cli import acting
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    app.command()(link)


def link(
    snapshot: Annotated[
        str, typer.Option(help="Hash of the snapshot (its beginning is enough); the newest if left out.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    by: acting.By = "system",
) -> None:
    """Find duplicates: sure ones are merged (and can be undone), doubtful ones wait for a person."""
    ready()
    from shohay.cli.imports import watched
    from shohay.stages.linkage import actions
    from shohay.stages.registry.models import Snapshot

    taken = Snapshot.objects.filter(sha256__startswith=snapshot).order_by("-pk").first()
    if taken is None:
        typer.echo(
            "no such snapshot; run `shohay snapshot` first / এমন প্রতিলিপি নেই; আগে `shohay snapshot` চালান", err=True
        )
        raise typer.Exit(1)
    with acting.telling(), watched() as tell:
        run = actions.run_linkage(snapshot=taken, by=acting.officer(by), progress=tell)
    typer.echo(json.dumps({"run": run.pk, **run.counts}) if as_json else f"run {run.pk}: {run.counts}")
