"""shohay replay D12 | P3 | I4: compute a determination, a payroll or the indicators again from what was stored."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from shohay.cli.acting import telling
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    app.command()(replay)


def replay(
    run: Annotated[str, typer.Argument(help="D12: determination; P3: payroll; I4: indicators.")],
    engine: Annotated[str, typer.Option(help="Of a determination: duckdb or spark; else the one it was made on.")] = "",
) -> None:
    """Recompute and compare the hashes; 1 when they differ."""
    ready()
    with telling():
        stored, found = _hashes(run, engine)
    typer.echo(f"{run}\tstored {stored}\n{run}\tfound  {found}")
    typer.echo("same, bit for bit" if stored == found else "DIFFERENT")
    raise typer.Exit(stored != found)


def _hashes(run: str, engine: str) -> tuple[str, str]:
    from shohay.core.messages import Refusal

    parts = re.fullmatch(r"([DPI])(\d+)", run.strip().upper())
    if parts is None:
        raise Refusal("run_unknown", run=run)
    if parts[1] == "D":
        return _determination(run, int(parts[2]), engine)
    return {"P": _payroll, "I": _indicators}[parts[1]](run, int(parts[2]))


def _indicators(name: str, number: int) -> tuple[str, str]:
    from shohay.core.messages import Refusal
    from shohay.stages.results.models_values import IndicatorRun
    from shohay.stages.results.replay import replay

    run = IndicatorRun.objects.filter(pk=number).first()
    if run is None:
        raise Refusal("run_unknown", run=name)
    return replay(run)


def _determination(name: str, number: int, engine: str) -> tuple[str, str]:
    from shohay.core.messages import Refusal
    from shohay.stages.targeting.models import Run
    from shohay.stages.targeting.replay import replay

    run = Run.objects.select_related("snapshot").filter(pk=number).first()
    if run is None:
        raise Refusal("run_unknown", run=name)
    return replay(run, engine)


def _payroll(name: str, number: int) -> tuple[str, str]:
    from shohay.core.messages import Refusal
    from shohay.stages.payments.models import Payroll
    from shohay.stages.payments.queries import replay_payroll

    payroll = Payroll.objects.filter(pk=number).first()
    if payroll is None:
        raise Refusal("run_unknown", run=name)
    return payroll.result_sha256, replay_payroll(number)
