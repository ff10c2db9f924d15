"""shohay verify: ask an outside party about the people of an area; shohay numbers check: what numbers contradict."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Annotated

import typer

from shohay.cli.acting import By, officer, telling
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    app.command()(verify)
    numbers = typer.Typer(help="Identity numbers.", no_args_is_help=True)
    numbers.callback()(lambda: None)
    numbers.command("check")(check)
    app.add_typer(numbers, name="numbers")


def verify(
    party: Annotated[str, typer.Option(help="nid, civil_registration, disability_register, sim_owner or wallets.")],
    area: Annotated[str, typer.Option(help="Code of a place; else the whole country.")] = "",
    patience: Annotated[float, typer.Option(help="Seconds of silence before the run is put down.", min=0)] = 120,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    by: By = "system",
) -> None:
    """Ask about everybody whose answer is missing or has run out. Killed or put down, the same command goes on."""
    ready()
    from django.conf import settings

    from shohay.adapters.ports import port_of
    from shohay.cli.showing import bars
    from shohay.core.messages import Refusal
    from shohay.stages.registry.actions_verification import start_verification
    from shohay.stages.registry.models_verification import VerificationRun
    from shohay.stages.registry.verifying import go_on

    acting = officer(by)
    shown = nullcontext(lambda *_: None) if as_json else bars()
    with telling(), shown as progress:
        if party not in settings.PARTY_URLS:
            raise Refusal("party_unknown", party=party)
        port = port_of(party, urls=settings.PARTY_URLS, key=settings.PARTY_KEY, hash_key=settings.SIM_HASH_KEY)
        unfinished = VerificationRun.objects.filter(
            party=party, area_code=area, state__in=("waiting", "running", "paused")
        ).first()
        run = unfinished or start_verification(party=party, area=area, by=acting)
        told = go_on(run=run, port=port, by=acting, progress=progress, patience=patience)
    typer.echo(json.dumps(told) if as_json else "\t".join(f"{name}: {value}" for name, value in told.items()))
    if told["state"] == "paused":
        raise typer.Exit(75)  # for now: try again later


def check(
    area: Annotated[str, typer.Option(help="Code of a place; else the whole country.")] = "", by: By = "system"
) -> None:
    """Find what identity numbers contradict: birth year, district, another number of the person, another person."""
    ready()
    from shohay.cli.showing import bars
    from shohay.stages.registry.actions_identity import check_numbers

    with telling(), bars() as progress:
        counts = check_numbers(area=area, by=officer(by), progress=progress)
    typer.echo(json.dumps(counts))
