"""Who a command acts for, and how it says that something cannot be done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from shohay.stages.accounts.officer import Officer

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


def language() -> str:
    """SHOHAY_LANGUAGE, else English where the terminal's language is English, else Bangla."""
    chosen = os.environ.get("SHOHAY_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return "en" if chosen.startswith(("en", "C", "POSIX")) or not chosen else "bn"


@contextmanager
def telling() -> Iterator[None]:
    """A refusal is said in the reader's language, and the command ends with 1."""
    from shohay.core.messages import Refusal

    try:
        yield
    except Refusal as refusal:
        typer.echo(refusal.say(language()), err=True)
        raise typer.Exit(1) from None
