"""shohay committees: loaded, their meetings due, held and missed on a day, and a list of meetings taken in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from shohay.cli import acting
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Committees of the reform and their meetings.")
    group.command("load")(load)
    group.command("standing")(standing)
    group.command("held")(held)
    app.add_typer(group, name="committees")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day: write it like 2026-07-01") from None


def load(
    counted_from: Annotated[
        str, typer.Option("--from", help="Day from which meetings are due; this fiscal year.")
    ] = "",
) -> None:
    """The national committees, and one a division, district and upazila. Running it again changes nothing."""
    ready()
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.coordination.actions_committees import load_committees

    merged = load_committees(counted_from=_day(counted_from), by=SYSTEM)
    typer.echo(json.dumps({name: counts._asdict() for name, counts in merged.items()}))


def standing(
    on: Annotated[str, typer.Option(help="Day, such as 2026-11-22; today when left out.")] = "",
    district: Annotated[bool, typer.Option("--district", help="By district instead of by kind.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
    by: acting.By = "system",
) -> None:
    """Meetings required, held, missed and still due on a day."""
    ready()
    from django.utils import timezone

    from shohay.stages.coordination import queries_committees
    from shohay.stages.places.queries import name_of

    with acting.telling():
        officer, day = acting.officer(by), _day(on) or timezone.localdate()
        count = queries_committees.by_district if district else queries_committees.by_kind
        rows = count(officer, on=day)
    if as_json:
        typer.echo(json.dumps([row._asdict() for row in rows]))
        return
    language = acting.language()
    kinds = {kind.code: kind.name_en if language == "en" else kind.name_bn for kind in queries_committees.kinds()}
    for row in rows:
        name = name_of(row.name, language) if district else kinds[row.name]
        typer.echo(f"{row.committees:>5}  {row.held:>6} / {row.required:<6} -{row.missed:<6} {row.due:>5}  {name}")


def held(
    file: Annotated[Path, typer.Argument(help="CSV with the columns committee, held_on, present, place.")],
    by: acting.By = "system",
) -> None:
    """Take in a list of meetings that were held; wrong lines are told, the others stand."""
    ready()
    from shohay.stages.coordination.actions_meetings_held import list_meetings

    if not file.is_file():
        typer.echo(f"there is no file {file} / {file} নামে কোনো ফাইল নেই", err=True)
        raise typer.Exit(1)
    with acting.telling():
        taken = list_meetings(data=file.read_bytes(), by=acting.officer(by))
    typer.echo(json.dumps(taken._asdict()))
