"""shohay payroll: open a cycle, prepare, approve, write and send its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from shohay.cli.acting import By, day, officer, row, telling
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.stages.payments.models import Payroll

Number = Annotated[int, typer.Argument(help="Number of the payroll; see `shohay payroll show`.")]


def register(app: typer.Typer) -> None:
    payroll = typer.Typer(no_args_is_help=True, help="Payrolls: show, prepare, approve, files, send.")
    for name, command in (("show", show), ("prepare", prepare), ("approve", approve), ("files", files), ("send", send)):
        payroll.command(name)(command)
    app.add_typer(payroll, name="payroll")


def show(by: By = "system") -> None:
    """Every payroll: number, programme, period, lines, taka, state."""
    ready()
    from shohay.core.values import Taka
    from shohay.stages.payments import queries

    with telling():
        for one in queries.payrolls(officer(by)):
            cycle = one.cycle
            typer.echo(
                f"P{one.pk}\t{cycle.programme_code}\t{cycle.period_start}\t{one.area_code or '-'}\t{one.lines}"
                f"\t{Taka(one.amount_poisha)}\t{one.state}"
            )


def prepare(
    programme: Annotated[str, typer.Argument(help="Code of the programme, such as OAA.")],
    first: Annotated[str, typer.Argument(help="First day of the period, such as 2026-07-01.")],
    months: Annotated[int, typer.Option(help="Length of the period in months.")] = 3,
    area: Annotated[str, typer.Option(help="Code of a place; else the whole country.")] = "",
    by: By = "system",
) -> None:
    """Open the cycle, if it is not open, and prepare its payroll."""
    ready()
    from shohay.core.values import Period, Taka
    from shohay.stages.payments import actions
    from shohay.stages.payments.terms import month_after

    with telling():
        acting, start = officer(by), day(first)
        period = Period(start, month_after(start, months))
        cycle = actions.open_cycle(programme_code=programme, period=period, by=acting)
        made = actions.prepare_payroll(cycle=cycle, area_code=area, by=acting)
        typer.echo(f"P{made.pk}: {made.lines} payments, Tk {Taka(made.amount_poisha)}; held back: {made.held_back}")


def approve(number: Number, by: By = "system") -> None:
    """Approve a payroll that another officer prepared."""
    ready()
    from shohay.stages.payments import actions

    with telling():
        made = actions.approve_payroll(payroll=payroll_at(number), by=officer(by))
        typer.echo(f"P{made.pk}: {made.state}")


def files(number: Number, by: By = "system") -> None:
    """Write the bank files of an approved payroll."""
    ready()
    from shohay.stages.payments import actions

    with telling():
        payroll = payroll_at(number)
        for file in actions.write_files(payroll=payroll, by=officer(by)):
            typer.echo(f"{file.message_id}\t{file.lines}\t{file.sha256}\t{file.path}")


def send(number: Number, by: By = "system") -> None:
    """Write the files, unless they are written, and hand each to the bank, unless it has it."""
    ready()
    from django.conf import settings

    from shohay.adapters.banks import demo_bank
    from shohay.stages.payments import actions

    with telling():
        acting, bank = officer(by), demo_bank(settings.BANK_URL, settings.VAR)
        payroll = payroll_at(number)
        for file in actions.write_files(payroll=payroll, by=acting):
            actions.send(payment_file=file, bank=bank, by=acting)
            typer.echo(f"{file.message_id}\tsent")


def payroll_at(number: int) -> Payroll:
    """The payroll with this number, with its cycle; ends the command when there is none."""
    from shohay.stages.payments.models import Payroll

    return row(Payroll.objects.select_related("cycle"), number, ("পে-রোল", "payroll"))
