"""shohay audit verify: is the log whole?"""

from __future__ import annotations

import typer

from shohay.cli.acting import By, language, officer, telling
from shohay.cli.ready import ready

PROBLEMS = {
    "missing": ("সারিটি নেই", "the row is missing"),
    "unlinked": ("আগের সারির সঙ্গে শিকল মেলে না", "the row does not follow the one before it"),
    "changed": ("সারিটি বদলানো হয়েছে", "the row was changed"),
    "cut_off": ("শেষের সারি কেটে ফেলা হয়েছে", "rows at the end were cut off"),
}


def register(app: typer.Typer) -> None:
    audit = typer.Typer(help="The audit log.", no_args_is_help=True)
    audit.callback()(lambda: None)
    audit.command()(verify)
    app.add_typer(audit, name="audit")


def verify(by: By = "system") -> None:
    """Recompute the chain of hashes; 1 and the sequence number of the first row that does not fit."""
    ready()
    from shohay.stages.audit import queries

    with telling():
        officer(by).require("audit.verify")
    found = queries.verify()
    if found.broken_at is None:
        typer.echo({"bn": f"অক্ষত: {found.events}টি ঘটনা", "en": f"whole: {found.events} events"}[language()])
        return
    bn, en = PROBLEMS[found.problem]
    typer.echo(f"{found.broken_at}\t{found.problem}\t{en if language() == 'en' else bn}")
    raise typer.Exit(1)
