"""Who a command acts for, and how it says that something cannot be done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model, QuerySet

    from shohay.stages.accounts.officer import Officer

M = TypeVar("M", bound="Model")
By = Annotated[str, typer.Option("--by", envvar="SHOHAY_OFFICER", help="Sign-in name of the officer who acts.")]


def officer(username: str, role: str = "") -> Officer:
    """The officer called ``username`` (or the system itself); ends the command when there is none."""
    from shohay.stages.accounts.officer import NOBODY, SYSTEM
    from shohay.stages.accounts.queries import officer_of

    if username == SYSTEM.username:
        return SYSTEM
    found = officer_of(username, role)
    if found == NOBODY:
        typer.echo(f"there is no officer {username!r} with a role today / {username!r} নামে কোনো কর্মকর্তা নেই", err=True)
        raise typer.Exit(1)
    return found


def refuse(bn: str, en: str) -> NoReturn:
    """Say in both languages why not, and end with 1."""
    typer.echo(f"{en} / {bn}", err=True)
    raise typer.Exit(1)


def row(rows: QuerySet[M], key: object, called: tuple[str, str], field: str = "pk") -> M:
    """The row whose ``field`` is ``key``; ``called`` is what it is, in Bangla and English. Ends when there is none."""
    found = rows.filter(**{field: key}).first()
    return (
        found if found is not None else refuse(f"{key} নম্বরের কোনো {called[0]} নেই", f"there is no {called[1]} {key}")
    )


def day(text: str) -> date:
    """The day written as 2026-07-01; ends the command when it is written otherwise."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"“{text}” তারিখ নয়; 2026-07-01 এভাবে লিখুন", f"{text!r} is no day; write it as 2026-07-01")


def language() -> str:
    """SHOHAY_LANGUAGE, else English where the terminal's language is English, else Bangla."""
    chosen = os.environ.get("SHOHAY_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return "en" if chosen.startswith(("en", "C", "POSIX")) or not chosen else "bn"


@contextmanager
def telling() -> Iterator[None]:
    """A refusal is said in both languages, the reader's first, and the command ends with 1."""
    from shohay.core.messages import Refusal

    try:
        yield
    except Refusal as refusal:
        first = language()
        for tongue in (first, "bn" if first == "en" else "en"):
            typer.echo(refusal.say(tongue), err=True)
        raise typer.Exit(1) from None
