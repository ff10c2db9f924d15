"""shohay indicators: check the documents, compute, list, show, submit, verify, set a target, export."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shohay.cli import acting
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.stages.results.models_values import Submission

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Year = Annotated[str, typer.Option("--year", help="Fiscal year, like 2024-25.")]
indicators = typer.Typer(no_args_is_help=True, help="Indicators of the results framework.")


def register(app: typer.Typer) -> None:
    app.add_typer(indicators, name="indicators")


@indicators.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Documents; the shipped ones when left out.")] = None,
) -> None:
    """Read indicator documents strictly: formulas over known counts, offices, targets; ends with 1 at a wrong one."""
    from shohay.core.indicator_documents import parse
    from shohay.policy.indicator_documents import shipped

    with acting.telling():
        framework = parse(path.read_text(encoding="utf-8") for path in files) if files else shipped()
    count = len(framework.indicators)
    typer.echo(f"{count} indicators: {len(framework.computed)} computed, {len(framework.submitted)} submitted")
    typer.echo(framework.sha256)


@indicators.command()
def compute(
    year: Annotated[list[str] | None, typer.Option("--year", help="Fiscal years; all with data when left out.")] = None,
    as_json: AsJson = False,
    by: acting.By = "system",
) -> None:
    """Compute every computed indicator from registry, enrolment, payments, grievances, quality and budget."""
    ready()
    from shohay.cli.imports import watched
    from shohay.stages.coordination.queries_passed import passed_on
    from shohay.stages.results import actions_values

    with acting.telling(), watched() as tell:
        officer = acting.officer(by)
        run = actions_values.compute(years=year or (), passed=passed_on(), by=officer, progress=tell)
    found = {"run": run.pk, "result": run.result_sha256, "years": run.years, "seconds": run.seconds, **run.counts}
    typer.echo(json.dumps(found) if as_json else "\t".join(f"{name}={value}" for name, value in found.items()))


@indicators.command("list")
def list_(year: Year = "2024-25", area: str = "", as_json: AsJson = False, by: acting.By = "system") -> None:
    """The scoreboard: value, target and state of every indicator."""
    ready()
    from shohay.stages.results import queries_values

    with acting.telling():
        rows = queries_values.scoreboard(acting.officer(by), fiscal_year=year, area=area)
    for row in rows:
        if as_json:
            typer.echo(json.dumps(row, ensure_ascii=False, default=str))
        else:
            value = "-" if row["value"] is None else f"{row['value']:.2f}"
            aim = "" if row["target"] is None else f"-> {row['target']:g} ({row['target_year']})"
            typer.echo(f"{row['code']}  {value:>12} {row['unit']:<12} {row['state']:<10} {aim:<18} {row['name_en']}")


@indicators.command()
def show(code: str, area: str = "", group: str = "", as_json: AsJson = False, by: acting.By = "system") -> None:
    """One indicator: what it is, its values by year, and the counts and the run that they come from."""
    ready()
    from shohay.core.messages import Refusal
    from shohay.stages.results import queries_lineage, queries_submissions, queries_values

    with acting.telling():
        officer = acting.officer(by)
        document = queries_submissions.document_of(code)
        if document is None:
            raise Refusal("indicator_unknown", code=code)
        officer.require("indicator.view")
        series = queries_values.series(code, area=area, group=group)
        lineage = queries_lineage.lineage(code, area=area, group=group)
    if as_json:
        shown = {"code": code, "document": document.model_dump(mode="json"), "series": series, "lineage": lineage}
        typer.echo(json.dumps(shown, ensure_ascii=False, default=str))
        return
    typer.echo(f"{code}  {document.name.en}\n{document.name.bn}\n{document.formula}   [{document.unit}]")
    typer.echo(f"  numerator    {document.numerator.en}\n  denominator  {document.denominator.en}")
    for year, value in series:
        typer.echo(f"  {year}  {'no value (denominator 0)' if value is None else f'{value:.2f}'}")
    for count in lineage["counts"] if lineage else ():
        typer.echo(f"    {count['name']:<28} {count['value']:>20,}  {count['text_en']}")
    if lineage:
        typer.echo(f"  run I{lineage['run']} of {lineage['as_of']}, snapshot {lineage['snapshot'][:12]}")


@indicators.command()
def submit(
    code: str,
    numerator: Annotated[float, typer.Option(help="What is counted.")],
    denominator: Annotated[float, typer.Option(help="Out of how much.")],
    source: Annotated[str, typer.Option(help="Report, survey or file that it comes from.")],
    evidence: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="PDF, picture, XLSX, CSV or DOCX.")],
    year: Year = "2024-25",
    ministry: Annotated[str, typer.Option(help="Office that reports; the officer's own when left out.")] = "",
    on: Annotated[str, typer.Option(help="Day the figure speaks of, YYYY-MM-DD; today when left out.")] = "",
    based_on: Annotated[int | None, typer.Option(help="Newest version that was seen.")] = None,
    note: str = "",
    by: acting.By = "system",
) -> None:
    """Report the value of an indicator with its evidence: a new version."""
    ready()
    from django.utils import timezone

    from shohay.stages.results import actions_submissions

    with acting.telling():
        officer = acting.officer(by)
        row = actions_submissions.submit(
            code=code, fiscal_year=year, ministry=ministry or officer.ministries[0], numerator=numerator,
            denominator=denominator, measured_on=date.fromisoformat(on) if on else timezone.localdate(), source=source,
            note=note, based_on=based_on, evidence=(evidence.name, evidence.read_bytes(), source), by=officer,
        )  # fmt: skip
    _said(row)


@indicators.command()
def verify(
    submission: Annotated[int, typer.Argument(help="Number of the submission.")],
    return_for: Annotated[str, typer.Option("--return", help="Send it back, for this reason.")] = "",
    by: acting.By = "system",
) -> None:
    """Confirm a submitted value as another office, or send it back with the reason."""
    ready()
    from shohay.core.messages import Refusal
    from shohay.stages.results import actions_submissions
    from shohay.stages.results.models_values import Submission

    with acting.telling():
        row = Submission.objects.filter(pk=submission).first()
        if row is None:
            raise Refusal("indicator_unknown", code=str(submission))
        officer = acting.officer(by)
        if return_for:
            _said(actions_submissions.return_(submission=row, reason=return_for, by=officer))
        else:
            _said(actions_submissions.verify(submission=row, by=officer))


@indicators.command()
def missing(year: Year = "2024-25", by: acting.By = "system") -> None:
    """Reports that are past their day and never came."""
    ready()
    from django.utils import timezone

    from shohay.stages.results import queries_submissions

    with acting.telling():
        rows = queries_submissions.missing(acting.officer(by), year, timezone.localdate())
    for row in rows:
        typer.echo(f"{row.code}  {row.ministry_code:<8} {row.due_on}  {row.name_en}")


@indicators.command()
def target(code: str, year: str, value: float, source: str, by: acting.By = "system") -> None:
    """Set what is aimed at in a fiscal year."""
    ready()
    from shohay.stages.results import actions_values

    with acting.telling():
        row = actions_values.set_target(code=code, fiscal_year=year, value=value, source=source, by=acting.officer(by))
    typer.echo(f"{row.code}  {row.fiscal_year}  {row.value:g}")


@indicators.command()
def export(
    out: Annotated[Path, typer.Option(help="Folder to write to.")],
    kind: Annotated[str, typer.Option("--format", help="csv, sdmx-csv or sdmx-ml.")] = "csv",
    by: acting.By = "system",
) -> None:
    """Write the published values with their metadata: CSV with a description, or SDMX data and structure."""
    ready()
    from shohay.stages.results import queries_export

    writers: dict[str, Any] = {"csv": "write_csv", "sdmx-csv": "write_sdmx_csv", "sdmx-ml": "write_sdmx_ml"}
    if kind not in writers:
        typer.echo(f"--format: {', '.join(writers)}", err=True)
        raise typer.Exit(2)
    with acting.telling():
        acting.officer(by).require("results.export")
        table = queries_export.published()
    from shohay.bulk import results_export

    for path in getattr(results_export, writers[kind])(table, out):
        typer.echo(str(path))


def _said(row: Submission) -> None:
    value = "no value (denominator 0)" if row.value is None else f"{row.value:.2f}"
    clash = f"  version {row.unaware_of} came meanwhile; both are kept" if row.unaware_of else ""
    typer.echo(f"{row.pk}  {row.code} {row.fiscal_year} {row.ministry_code} version {row.version}  {value}  "
               f"{row.state}{clash}")  # fmt: skip
