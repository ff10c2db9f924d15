"""shohay dli: the ledger of disbursement-linked indicators from the command line."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from shohay.cli import acting
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    ledger = typer.Typer(no_args_is_help=True, help="Disbursement-linked indicators.")
    ledger.command("show")(dli_show)
    ledger.command("terms")(dli_terms)
    ledger.command("claim")(dli_claim)
    ledger.command("verify")(dli_verify)
    ledger.command("pay")(dli_pay)
    app.add_typer(ledger, name="dli")


def dli_show(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False, by: acting.By = "system"
) -> None:
    """Every indicator with its terms, what it has earned and what was paid."""
    ready()
    from shohay.stages.results.queries_dli import standings

    rows = [
        {"dli": row.dli.code, "definition": row.dli.definition_en, "baseline": _text(row.dli.baseline),
         "target": _text(row.dli.target), "value": row.dli.value, "scalable": row.dli.scalable, "earned": row.earned,
         "paid": row.paid, "waiting": row.open_claim.pk if row.open_claim else None}
        for row in standings(acting.officer(by))
    ]  # fmt: skip
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        typer.echo(f"{row['dli']:<8} {row['paid']:>14,} of {row['value'] or 0:>14,}  {row['definition']}")


def dli_terms(
    dli: str,
    baseline: Annotated[str, typer.Option()],
    target: Annotated[str, typer.Option()],
    value: Annotated[int, typer.Option(help="Minor units (cents) for going from baseline to target.")],
    year: Annotated[str, typer.Option(help="Fiscal year, such as 2024-25.")] = "2024-25",
    scalable: Annotated[bool, typer.Option(help="Pay in proportion; else all or nothing.")] = True,
    by: acting.By = "system",
) -> None:
    """Write what an indicator pays; fixed once it has been claimed."""
    ready()
    from shohay.stages.results import actions_dli

    with acting.telling():
        made = actions_dli.set_terms(
            dli=dli, fiscal_year=year, baseline=Decimal(baseline), target=Decimal(target), value=value,
            scalable=scalable, by=acting.officer(by),
        )  # fmt: skip
    typer.echo(f"{made.code}: {made.baseline} -> {made.target} = {made.value:,}")


def dli_claim(
    dli: str,
    actual: str,
    evidence: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Files that prove it.")],
    note: str = "",
    by: acting.By = "system",
) -> None:
    """Claim a result with its evidence; another office verifies it."""
    ready()
    from shohay.stages.results import actions_dli

    files = [(path.name, path.read_bytes()) for path in evidence]
    with acting.telling():
        made = actions_dli.claim(dli=dli, actual=Decimal(actual), note=note, files=files, by=acting.officer(by))
    typer.echo(f"claim {made.pk} of {made.dli_id}: {made.actual}")


def dli_verify(
    claim: int, value: str, finding: Annotated[str, typer.Option(help="What was found.")], by: acting.By = "system"
) -> None:
    """Say the verified value of a claim; what it earns follows from the rule."""
    ready()
    from shohay.stages.results import actions_dli

    with acting.telling():
        made = actions_dli.verify(claim=claim, value=Decimal(value), finding=finding, by=acting.officer(by))
    typer.echo(f"claim {made.pk}: {made.verified_value} earns {made.earned:,}")


def dli_pay(claim: int, by: acting.By = "system") -> None:
    """Record the payment of a verified claim."""
    ready()
    from shohay.stages.results import actions_dli

    with acting.telling():
        made = actions_dli.pay(claim=claim, by=acting.officer(by))
    typer.echo(f"claim {made.pk}: paid {made.paid:,}")


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
