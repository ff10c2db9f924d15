"""shohay token: the keys by which machines of an office send households in over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from shohay.cli import acting
from shohay.cli.ready import ready

group = typer.Typer(help="Tokens for POST /api/v1/intake/households.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="token")


@group.command()
def create(
    officer: Annotated[str, typer.Option(help="Sign-in name of the officer the machine acts as.")],
    area: Annotated[str, typer.Option(help="Area outside which rows are refused.")],
    name: Annotated[str, typer.Option(help="Which system will hold it.")],
    by: acting.By = "system",
) -> None:
    """Make a token and print it, once: only its hash is kept."""
    ready()
    from shohay.stages.intake.actions_tokens import create_token

    with acting.telling():
        row, token = create_token(username=officer, area_code=area, name=name, by=acting.officer(by))
    typer.echo(f"{row.pk}\t{token}")


@group.command()
def withdraw(
    number: Annotated[int, typer.Argument(help="Number of the token, as `shohay token list` shows it.")],
    by: acting.By = "system",
) -> None:
    """Make a token useless."""
    ready()
    from shohay.stages.intake.actions_tokens import withdraw_token
    from shohay.stages.intake.models import ApiToken

    found = acting.row(ApiToken.objects.all(), number, ("টোকেন", "token"))
    with acting.telling():
        withdraw_token(token=found, by=acting.officer(by))
    typer.echo(f"{found.name}: withdrawn")


@group.command("list")
def list_tokens() -> None:
    """Number, name, officer, area and whether each token still opens anything."""
    ready()
    from shohay.stages.intake.models import ApiToken

    for row in ApiToken.objects.order_by("pk"):
        state = "withdrawn" if row.revoked_at else "open"
        typer.echo(f"{row.pk}\t{row.name}\t{row.username}\t{row.area_code}\t{state}")
