"""shohay synth: a synthetic population, as a household file, a snapshot, or both."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    app.command()(synth)


def synth(
    households: Annotated[int, typer.Option(help="How many households.", min=1)] = 50_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.", min=0)] = 2026,
    form: Annotated[str, typer.Option(help="snapshot, file or both.")] = "file",
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("var/synth"),
    national: Annotated[bool, typer.Option(help="The whole country instead of the 12 demo upazilas.")] = False,
    bad_rows: Annotated[bool, typer.Option(help="Make half a percent of the file's rows bad on purpose.")] = True,
    as_of: Annotated[str, typer.Option(help="The day, as 2026-11-22; today when left out.")] = "",
) -> None:
    """Make a synthetic population. The people in it are not real."""
    from rich.console import Console
    from rich.progress import Progress

    from shohay.bulk.synth import demo_areas, generate

    if form not in ("snapshot", "file", "both"):
        raise typer.BadParameter("form is snapshot, file or both", param_hint="--form")
    day = dt.date.fromisoformat(as_of) if as_of else dt.datetime.now(dt.timezone(dt.timedelta(hours=6))).date()
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("households", total=households)
        made = generate(
            households=households,
            seed=seed,
            areas=None if national else demo_areas(),
            out=out,
            form=form,
            as_of=day,
            bad_rows=bad_rows,
            progress=lambda done, _: bar.update(task, completed=done),
        )
    for name, path in made.paths.items():
        typer.echo(f"{name}: {path}")
    typer.echo(f"rows: {made.counts}")
    typer.echo(f"planted: {made.truth_counts} ({made.truth_path})")
