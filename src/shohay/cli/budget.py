"""shohay budget: money of programmes beside their results, from the command line."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from shohay.cli import acting
from shohay.cli.ready import ready

Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Year = Annotated[str, typer.Option(help="Fiscal year, such as 2024-25.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Budgets of programmes by fiscal year.")
    group.command("show")(show)
    group.command("import")(import_sheet)
    group.command("template")(template)
    group.command("verify")(verify)
    group.command("sheet")(performance)
    app.add_typer(group, name="budget")


def show(
    year: Year = "2024-25",
    by_what: Annotated[
        str, typer.Option("--by-what", help="ministry, cluster, stage, type or programme.")
    ] = "ministry",
    variant: Annotated[str, typer.Option(help="all, without_pensions or core.")] = "all",
    ministry: Annotated[str, typer.Option(help="Only this ministry; its series over the years too.")] = "",
    as_json: Json = False,
) -> None:
    """Allocation, revised, actual, execution and cost per beneficiary of a year; shares of GDP and of the budget."""
    ready()
    from shohay.stages.programmes import queries_budget as queries

    if by_what not in queries.WAYS or variant not in queries.VARIANTS:
        raise typer.BadParameter(f"by {', '.join(queries.WAYS)}; variant {', '.join(queries.VARIANTS)}")
    where = {"ministry": ministry} if ministry else None
    rows = queries.totals(year, by_what, variant=variant, where=where)
    series = queries.series(ministry)
    shares = queries.shares(year)
    if as_json:
        real = {name: value for name, _, value in queries.real_terms(series)}
        typer.echo(json.dumps({
            "year": year, "variant": variant, "rows": [_plain(row) for row in rows],
            "series": [{**row._asdict(), "real_poisha": real[row.fiscal_year]} for row in series],
            "shares": [{"variant": one.variant, "poisha": one.poisha, "of_gdp": _float(one.of_gdp),
                        "of_budget": _float(one.of_budget)} for one in shares],
        }))  # fmt: skip
        return
    for row in rows:
        money = f"{_crore(row.allocation_poisha):>16} {_crore(row.actual_poisha):>16}"
        typer.echo(f"{money} {_share(row.execution):>7}  {row.name}")
    for one in shares:
        typer.echo(
            f"{one.variant:<18} {_crore(one.poisha):>16}  GDP {_share(one.of_gdp)}  budget {_share(one.of_budget)}"
        )


def import_sheet(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or XLSX sheet of the template.")],
    source: Annotated[str, typer.Option(help="Where the figures come from.")],
    as_json: Json = False,
    by: acting.By = "system",
) -> None:
    """Submit a ministry's sheet; prints the rows that could not be read. They wait for another officer."""
    ready()
    from shohay.stages.programmes.actions_budget import import_lines

    with acting.telling():
        told = import_lines(data=file.read_bytes(), file_name=file.name, source=source, by=acting.officer(by))
    if as_json:
        typer.echo(json.dumps({"submitted": told.submitted, "unchanged": told.unchanged,
                               "errors": [wrong._asdict() for wrong in told.errors]}, ensure_ascii=False))  # fmt: skip
    else:
        typer.echo(f"{told.submitted} submitted, {told.unchanged} unchanged, {len(told.errors)} errors")
        for wrong in told.errors:
            typer.echo(f"  line {wrong.line}: {wrong.column}: {wrong.reason} ({wrong.value})", err=True)
    if told.errors:
        raise typer.Exit(2)


def template(
    out: Annotated[Path, typer.Argument(help="CSV or XLSX file to write.")],
    year: Year = "2024-25",
    by: acting.By = "system",
) -> None:
    """An empty sheet with the programmes of the officer's ministries and what is known of the year."""
    ready()
    from shohay.bulk import budget_sheet
    from shohay.bulk.list_file import write_list
    from shohay.stages.programmes import queries_budget as queries

    kind = out.suffix.lstrip(".").lower()
    if kind not in ("csv", "xlsx"):
        raise typer.BadParameter("name a .csv or .xlsx file")
    rows = queries.template_rows(acting.officer(by), year)
    language = acting.language()
    with out.open("wb") as file:
        write_list(
            file, kind, budget_sheet.template(language), [budget_sheet.template_row(row, language) for row in rows]
        )
    typer.echo(f"{len(rows)} programmes: {out}")


def verify(
    lines: Annotated[list[int] | None, typer.Argument(help="Numbers of lines; all that wait when left out.")] = None,
    by: acting.By = "system",
) -> None:
    """Verify submitted lines; nobody verifies their own."""
    ready()
    from shohay.stages.programmes import queries_budget as queries
    from shohay.stages.programmes.actions_budget import verify_lines

    with acting.telling():
        officer = acting.officer(by)
        waiting = lines or list(queries.submissions(officer).values_list("pk", flat=True))
        typer.echo(f"{verify_lines(lines=waiting, by=officer)} verified")


def performance(year: Year = "2024-25", ministry: str = "", as_json: Json = False) -> None:
    """The sheet of performance-based budgeting: execution, score and unit cost side by side."""
    ready()
    from shohay.stages.results.queries_performance import sheet

    made = sheet(year, ministry=ministry)
    rows = [
        {"programme": line.total.name, "allocation_poisha": line.total.allocation_poisha,
         "execution": _float(line.execution), "score": _float(line.score), "class": line.grade, "held": line.held,
         "unit_cost_poisha": line.unit_cost_poisha, "unit_cost_change": _float(line.unit_cost_change)}
        for line in made.lines
    ]  # fmt: skip
    if as_json:
        typer.echo(json.dumps({"year": year, "quality": _float(made.quality), "programmes": rows}))
        return
    for line in made.lines:
        score = f"{float(line.score):.1f} {line.grade}" if line.score is not None else line.held
        typer.echo(
            f"{_share(line.execution):>7} {score:>16} {_crore(line.total.allocation_poisha):>16}  {line.total.name}"
        )


def _plain(row: Any) -> dict[str, Any]:
    return {**row._asdict(), "execution": _float(row.execution), "unit_cost_poisha": row.unit_cost_poisha}


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _crore(poisha: int | None) -> str:
    return "-" if poisha is None else f"{Decimal(poisha) / 10**9:,.2f}"


def _share(value: Any) -> str:
    return "-" if value is None else f"{float(value) * 100:.2f}%"
