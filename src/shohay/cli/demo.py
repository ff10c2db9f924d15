"""shohay demo: from an empty database to reconciled payments with progress bars, then serve it.

Killed in the middle and run again it goes on at the link it was at; run again when done it says so and serves.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shohay.cli.acting import telling
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from rich.progress import Progress

    from shohay.cli.chain import Step
    from shohay.cli.world import Counted, World

BEGIN = "demo"  # name of the Work row that keeps what the demo was begun with


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    households: Annotated[int, typer.Option(help="Households of the synthetic population.", min=100)] = 50_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same population.", min=0)] = 2026,
    serve: Annotated[bool, typer.Option(help="Serve the site when the chain has ended.")] = True,
    address: Annotated[str, typer.Option(help="Where to serve.")] = "127.0.0.1:8000",
) -> None:
    """The whole chain on a synthetic population, then the site with one sign-in a role."""
    ready()
    from django.conf import settings
    from django.core.management import call_command

    if not settings.SYNTHETIC:
        typer.echo("SHOHAY_SYNTHETIC is off: the demo puts people into the registry who do not exist", err=True)
        raise typer.Exit(1)
    call_command("migrate", verbosity=0)
    world = _world(households, seed)
    if (missing := _missing()) or not (settings.VAR / "demo.json").exists():
        with telling():
            _walk(world, missing)
    else:
        typer.echo("the chain is done already; its numbers:")
    _report(settings.VAR)
    if serve:
        _serve(address, settings)


def _world(households: int, seed: int) -> World:
    """What this demo was begun with; another size or seed is refused, since the people are in the registry."""
    from django.conf import settings
    from django.utils import timezone

    from shohay.cli.world import World
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.audit.actions import advance_work, start_work
    from shohay.stages.audit.models import Work

    begun = Work.objects.filter(name=BEGIN, state=Work.State.DONE).first()
    if begun is None:
        chosen = {"households": households, "seed": seed, "today": timezone.localdate().isoformat()}
        begun = start_work(name=BEGIN, by=SYSTEM)
        advance_work(work=begun, state=Work.State.DONE, result=chosen)
    if (begun.result["households"], begun.result["seed"]) != (households, seed):
        typer.echo(
            f"this folder holds a demo of {begun.result['households']} households, seed {begun.result['seed']}."
            f"\nFor another one: `make stop`, remove {settings.VAR}, or set SHOHAY_VAR to another folder.",
            err=True,
        )
        raise typer.Exit(1)
    today = date.fromisoformat(begun.result["today"])
    return World(households, seed, today, settings.VAR, settings.BANK_URL)


def _missing() -> list[Step]:
    """The links of which no row says that they ended."""
    from shohay.cli.chain import STEPS
    from shohay.stages.audit.models import Work
    from shohay.stages.results.queries import CHAIN

    done = set(Work.objects.filter(name=CHAIN, state=Work.State.DONE).values_list("subject", flat=True))
    return [step for step in STEPS if step.code not in done]


def _walk(world: World, missing: list[Step]) -> None:
    """Do the links that are missing, in order, with a bar for all and a bar for the one at hand."""
    from importlib import import_module

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Column

    from shohay.cli.chain import STEPS
    from shohay.stages.audit.actions import advance_work
    from shohay.stages.audit.models import Work
    from shohay.stages.results.queries import CHAIN

    for left in Work.objects.filter(name=CHAIN, state=Work.State.RUNNING):  # of a demo that was killed
        advance_work(work=left, state=Work.State.CANCELLED)
    import_module("shohay.cli.bank").start_bank(world.bank_url, world.var, world.today)
    console = Console(stderr=True)
    words = Column(ratio=1, no_wrap=True, overflow="ellipsis")  # in 80 columns the words give way, not the numbers
    numbers = Column(no_wrap=True, min_width=13, justify="right")
    columns = (
        TextColumn("{task.description}", table_column=words), BarColumn(bar_width=12),
        MofNCompleteColumn(table_column=numbers), TimeElapsedColumn(table_column=Column(no_wrap=True, min_width=7)),
    )  # fmt: skip
    with Progress(*columns, console=console, expand=True) as shown:
        whole = shown.add_task("শৃঙ্খল · chain", total=len(STEPS), completed=len(STEPS) - len(missing))
        for step in missing:
            _do(step, world, shown)
            shown.advance(whole)
    _write(world.var)


def _do(step: Step, world: World, shown: Progress) -> Counted:
    """One link, timed, with its numbers kept in a row."""
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.audit.actions import advance_work, start_work
    from shohay.stages.audit.models import Work
    from shohay.stages.results.queries import CHAIN

    task = shown.add_task(f"{step.bn} · {step.en}", total=None)
    work = start_work(name=CHAIN, subject=step.code, by=SYSTEM)
    advance_work(work=work, state=Work.State.RUNNING)
    began = perf_counter()

    def progress(_name: str, done: int, total: int) -> None:
        shown.update(task, completed=done, total=total or None)

    try:
        counted = step.run(world, progress)
    except BaseException as fault:
        advance_work(work=work, state=Work.State.FAILED, error=f"{type(fault).__name__}: {fault}")
        raise
    seconds = round(perf_counter() - began, 2)
    advance_work(
        work=work, state=Work.State.DONE, rows_total=counted.rows_in, rows_done=counted.rows_out,
        result={"seconds": seconds, "bn": step.bn, "en": step.en},
    )  # fmt: skip
    shown.update(task, total=counted.rows_out or 1, completed=counted.rows_out or 1)
    return counted


def _write(var: Path) -> None:
    """VAR/demo.json, whole or not at all."""
    from shohay.stages.results.queries import chain_steps

    steps = [{key: step[key] for key in ("step", "rows_in", "rows_out", "seconds")} for step in chain_steps()]
    part = var / "demo.json.part"
    part.write_text(json.dumps(steps, ensure_ascii=False, indent=1) + "\n")
    part.replace(var / "demo.json")


def _report(var: Path) -> None:
    """The table of the chain, in both languages."""
    from rich.console import Console
    from rich.table import Table

    from shohay.cli.chain import step_named
    from shohay.core.bangla import group

    table = Table(title="শৃঙ্খল, শুরু থেকে শেষ\nThe chain, end to end")
    table.add_column("ধাপ\nStep")
    for title in ("ঢুকেছে\nrows in", "বেরিয়েছে\nrows out", "সেকেন্ড\nseconds"):
        table.add_column(title, justify="right")
    rows = json.loads((var / "demo.json").read_text())
    for row in rows:
        step = step_named(row["step"])
        name = f"{step.bn}\n[dim]{step.en}[/dim]" if step else row["step"]
        table.add_row(name, group(row["rows_in"]), group(row["rows_out"]), f"{row['seconds']:.1f}")
    table.add_section()
    table.add_row("মোট\n[dim]Total[/dim]", "", "", f"{sum(row['seconds'] for row in rows):.1f}")
    Console().print(table)
    typer.echo(f"written to {var / 'demo.json'}")


def _serve(address: str, settings: Any) -> None:
    """Web, worker and bank until Ctrl-C; when one of them ends by itself, all end."""
    from importlib import import_module

    from shohay.cli import children

    bank = import_module("shohay.cli.bank")
    bank.start_bank(settings.BANK_URL, settings.VAR)
    started = {"web": children.shohay("serve", "--address", address), "worker": children.shohay("worker")}
    try:
        children.keep(started, lambda: _sign_ins(address), address)
    finally:
        bank.stop_bank(settings.VAR)


def _sign_ins(address: str) -> None:
    """Where the site is, and the accounts that open it."""
    from shohay.stages.accounts.actions import DEMO_OFFICERS, DEMO_PASSWORD

    typer.echo(f"\nhttp://{address}   (Ctrl-C ends it)\n\nসাইন-ইন · sign-ins, password {DEMO_PASSWORD}:")
    for username, (name_bn, name_en, *_rest) in DEMO_OFFICERS.items():
        typer.echo(f"  {username:<10} {name_en} · {name_bn}")
