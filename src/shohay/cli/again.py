"""shohay again: pay again what bounced. shohay account: correct where a person's money goes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from shohay.cli.acting import By, officer, telling
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.stages.payments.models_again import Supplement
    from shohay.stages.registry.models_accounts import AccountChange

Number = Annotated[int, typer.Argument(help="Its number.")]
Row = TypeVar("Row")


def register(app: typer.Typer) -> None:
    again = typer.Typer(no_args_is_help=True, help="Pay again what bounced: show, propose, approve, send, reconcile.")
    for command in (show, propose, approve, send, reconcile):
        again.command(command.__name__)(command)
    app.add_typer(again, name="again")
    account = typer.Typer(no_args_is_help=True, help="Accounts of people: propose another one, approve it.")
    account.command("propose")(propose_account)
    account.command("approve")(approve_account)
    app.add_typer(account, name="account")


def show(by: By = "system") -> None:
    """What bounced by reason and by where it stands; then the supplements."""
    ready()
    from shohay.core.values import Taka
    from shohay.stages.payments import queries_again

    with telling():
        for row in queries_again.bounces_standing(officer(by)):
            standing = "\t".join(f"{name} {row[name]}" for name in queries_again.STANDINGS if row[name])
            typer.echo(f"{row['code'] or '-'}\t{row['state']}\t{row['lines']}\t{Taka(row['poisha'])}\t{standing}")
        for made in queries_again.supplements(officer(by)):
            typer.echo(f"S{made.pk}\t{made.programme_code}\t{made.lines}\t{Taka(made.amount_poisha)}\t{made.state}")


def propose(programme: Annotated[str, typer.Argument(help="Code of the programme.")], by: By = "system") -> None:
    """Gather what can be paid again: money back, account corrected since."""
    ready()
    from shohay.core.values import Taka
    from shohay.stages.payments import actions_again

    with telling():
        made = actions_again.propose_again(programme_code=programme, by=officer(by))
    typer.echo(f"S{made.pk}: {made.lines} payments, Tk {Taka(made.amount_poisha)}; {made.reasons}")


def approve(number: Number, by: By = "system") -> None:
    """Approve a supplement that another officer gathered."""
    ready()
    from shohay.stages.payments import actions_again

    with telling():
        typer.echo(actions_again.approve_again(supplement=_supplement(number), by=officer(by)).state)


def send(number: Number, by: By = "system") -> None:
    """Write the files, unless they are written, and hand each to the bank, unless it has it."""
    ready()
    from django.conf import settings

    from shohay.adapters.banks import demo_bank
    from shohay.stages.payments import actions_again

    with telling():
        acting, bank = officer(by), demo_bank(settings.BANK_URL, settings.VAR)
        for file in actions_again.write_again(supplement=_supplement(number), by=acting):
            actions_again.send_again(file=file, bank=bank, by=acting)
            typer.echo(f"{file.message_id}\tsent")


def reconcile(number: Number, by: By = "system") -> None:
    """Compare attempts, ledger and bank; prints the report and ends with 1 when they do not agree."""
    ready()
    from shohay.stages.payments import actions_again

    with telling():
        report = actions_again.reconcile_again(supplement=_supplement(number), by=officer(by))
    typer.echo(json.dumps(report, indent=2))
    raise typer.Exit(0 if report["balanced"] else 1)


def propose_account(
    person: Annotated[int, typer.Argument(help="Number of the person.")],
    kind: Annotated[str, typer.Argument(help="mfs or bank.")],
    provider: Annotated[str, typer.Argument(help="bkash, nagad, rocket, upay or the bank's code.")],
    reason: Annotated[str, typer.Option(help="Why, and how you know.")],
    number: Annotated[str, typer.Option(prompt=True, hide_input=True, help="Asked for when it is not given.")],
    routing: Annotated[str, typer.Option(help="Routing number of a bank account.")] = "",
    by: By = "system",
) -> None:
    """Propose where a person's money shall go; another officer approves."""
    ready()
    from shohay.stages.registry import actions_accounts
    from shohay.stages.registry.models import Person

    with telling():
        made = actions_accounts.propose_account(
            person=_found(Person.objects.filter(pk=person).first(), person), kind=kind, provider=provider,
            number=number, routing_number=routing, reason=reason, by=officer(by),
        )  # fmt: skip
    typer.echo(f"change {made.pk} proposed")


def approve_account(number: Number, by: By = "system") -> None:
    """Put a proposed account in force."""
    ready()
    from shohay.stages.registry import actions_accounts
    from shohay.stages.registry.models_accounts import AccountChange

    with telling():
        change: AccountChange = _found(AccountChange.objects.filter(pk=number).first(), number)
        typer.echo(actions_accounts.approve_account(change=change, by=officer(by)).state)


def _supplement(number: int) -> Supplement:
    from shohay.stages.payments.models_again import Supplement

    found: Supplement = _found(Supplement.objects.filter(pk=number).first(), number)
    return found


def _found(row: Row | None, number: int) -> Row:
    if row is None:
        typer.echo(f"there is no {number}", err=True)
        raise typer.Exit(1)
    return row
