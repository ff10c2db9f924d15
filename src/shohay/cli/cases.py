"""shohay cases: run the cases of the programmes on the engine, DuckDB or Spark."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    app.command()(cases)


def cases(
    code: Annotated[str, typer.Argument(help="A programme, such as OAA; empty for all.")] = "",
    engine: Annotated[str, typer.Option(help="duckdb, spark, local[2] or spark://host:7077.")] = "",
) -> None:
    """Run the spec cases; ends with 1 when one of them is not as expected."""
    from shohay.bulk import cases as spec
    from shohay.bulk.engine import choose
    from shohay.cli.acting import telling
    from shohay.policy import shipped

    rows = [
        (definition, case)
        for definition in shipped.definitions()
        if code.upper() in ("", definition.code)
        for case in spec.read(shipped.read(definition.code, "cases.yaml"))
    ]
    with telling():
        chosen = choose(engine)
        found = spec.run_all(rows, chosen)
    for (definition, case), problems in zip(rows, found, strict=True):
        for problem in problems:
            typer.echo(f"{definition.code} {case.id}: {problem}", err=True)
    for name, count in Counter(definition.code for definition, _ in rows).items():
        typer.echo(f"{name}: {count} cases")
    wrong = sum(bool(problems) for problems in found)
    if not rows:
        typer.echo(f"no programme {code}", err=True)
    typer.echo(f"{len(rows)} cases, {wrong} wrong" + (f", on {chosen.name}" if chosen.master else ""))
    raise typer.Exit(1 if wrong or not rows else 0)
