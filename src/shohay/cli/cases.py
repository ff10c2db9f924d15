"""shohay cases: run the cases of the programmes on the engine."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    app.command()(cases)


def cases(code: Annotated[str, typer.Argument(help="A programme, such as OAA; empty for all.")] = "") -> None:
    """Run the spec cases; ends with 1 when one of them is not as expected."""
    from shohay.bulk import cases as spec
    from shohay.policy import shipped

    wrong = total = 0
    for definition in shipped.definitions():
        if code.upper() not in ("", definition.code):
            continue
        rows = spec.read(shipped.read(definition.code, "cases.yaml"))
        for case in rows:
            problems = spec.run(definition, case)
            wrong += bool(problems)
            for problem in problems:
                typer.echo(f"{definition.code} {case.id}: {problem}", err=True)
        total += len(rows)
        typer.echo(f"{definition.code}: {len(rows)} cases")
    if total == 0:
        typer.echo(f"no programme {code}", err=True)
    typer.echo(f"{total} cases, {wrong} wrong")
    raise typer.Exit(1 if wrong or total == 0 else 0)
