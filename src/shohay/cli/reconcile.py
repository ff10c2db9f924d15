"""shohay answers, reconcile: what the bank says, and whether everything agrees."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from shohay.cli.acting import By, officer, telling
from shohay.cli.payroll import payroll_at
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    app.command()(answers)
    app.command()(reconcile)


def answers(by: By = "system") -> None:
    """Fetch and apply what waits at the bank."""
    ready()
    from django.conf import settings

    from shohay.adapters.banks import MockBank
    from shohay.stages.payments import actions

    with telling():
        typer.echo(json.dumps(actions.take_answers(bank=MockBank(settings.BANK_URL), by=officer(by))))


def reconcile(number: Annotated[int, typer.Argument(help="Number of the payroll.")], by: By = "system") -> None:
    """Compare payments, ledger and bank; prints the report as JSON and ends with 1 when they do not agree."""
    ready()
    from shohay.stages.payments import actions

    with telling():
        report = actions.reconcile(payroll=payroll_at(number), by=officer(by))
    typer.echo(json.dumps(report, indent=2))
    raise typer.Exit(0 if report["balanced"] else 1)
