"""shohay survey: rounds of household surveys, from microdata to figures with their errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shohay.cli import acting
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.stages.accounts.officer import Officer
    from shohay.stages.results.models_survey import SurveyEstimate, SurveyRound, SurveyRun

Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Which = Annotated[str, typer.Argument(help="Survey and round, such as HIES/2022.")]
SHOWN = 20  # findings printed


def register(app: typer.Typer) -> None:
    commands = typer.Typer(no_args_is_help=True, help="Household surveys: import, estimate, show, compare.")
    commands.command("import")(import_)
    for command in (estimate, show, compare, synth):
        commands.command()(command)
    app.add_typer(commands, name="survey")


def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Microdata: CSV, Parquet or XLSX.")],
    mapping: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="What the columns mean (YAML).")],
    as_json: Json = False,
    by: acting.By = "system",
) -> None:
    """Check microdata and keep them; says what is wrong. SPSS and Stata: export as CSV first."""
    ready()
    from shohay.cli.imports import watched
    from shohay.stages.results import actions_survey, queries_survey

    with acting.telling(), watched() as tell:
        officer = acting.officer(by)
        made = actions_survey.import_round(
            data=file, file_name=file.name, mapping=mapping.read_text(encoding="utf-8"), by=officer, progress=tell
        )
        found = list(queries_survey.findings(officer, made)[:SHOWN])
    told = {
        "survey": f"{made.survey}/{made.label}", "state": str(made.state), "data": made.data_sha256, **made.counts,
        "findings": [[row.line, row.column, row.code, row.value] for row in found],
    }  # fmt: skip
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        counts = made.counts
        typer.echo(f"{told['survey']}  {made.state}  {counts['good']:,} / {counts['rows']:,}")
        for code, number in sorted(counts["by_code"].items()):
            typer.echo(f"  {number:>8,}  {code}")
    if not made.path:
        raise typer.Exit(1)


def estimate(which: Which, as_json: Json = False, by: acting.By = "system") -> None:
    """Estimate every measure with its error; the same data, mapping and code are not computed twice."""
    ready()
    from shohay.cli.imports import watched
    from shohay.stages.results import actions_survey

    with acting.telling(), watched() as tell:
        officer = acting.officer(by)
        run = actions_survey.estimate_round(survey_round=_round(officer, which), by=officer, progress=tell)
    told = {
        "run": run.pk,
        "estimates": run.estimates,
        "seconds": run.seconds,
        "result": run.result_sha256,
        **run.design,
    }
    typer.echo(json.dumps(told) if as_json else f"{run.estimates:,}  {run.seconds:.1f} s  {run.result_sha256[:12]}")


def show(
    which: Which,
    programme: Annotated[str, typer.Option(help="all, a kind, a programme; '' for welfare.")] = "",
    dimension: Annotated[str, typer.Option(help="all, quintile, division ...")] = "all",
    as_json: Json = False,
    by: acting.By = "system",
) -> None:
    """Print the figures of a round with their 95% confidence intervals."""
    ready()
    from shohay.stages.results import queries_survey

    with acting.telling():
        officer = acting.officer(by)
        run = _run(_round(officer, which))
        rows = list(queries_survey.estimates(officer, run, dimension=dimension, programme=programme))
    if as_json:
        typer.echo(json.dumps({"run": run.pk, "design": run.design, "rows": [_told(row) for row in rows]}))
        return
    for row in rows:
        typer.echo(f"{row.measure:<22} {row.group:<12} {_figure(row):<34} {row.flag}")


def compare(
    first: Which,
    second: Annotated[str, typer.Argument(help="The later round.")],
    programme: Annotated[str, typer.Option(help="all, a kind, a programme; '' for welfare.")] = "",
    dimension: Annotated[str, typer.Option(help="all, quintile, division ...")] = "all",
    as_json: Json = False,
    by: acting.By = "system",
) -> None:
    """Two rounds beside one another, with a test of each difference."""
    ready()
    from shohay.stages.results import queries_survey

    with acting.telling():
        officer = acting.officer(by)
        runs = [_run(_round(officer, which)) for which in (first, second)]
        rows = queries_survey.compare(officer, runs[0], runs[1], dimension=dimension, programme=programme)
    if as_json:
        typer.echo(json.dumps([
            {"measure": row.measure, "group": row.group, "first": row.first.value, "second": row.second.value,
             "change": row.change._asdict() if row.change else None} for row in rows
        ]))  # fmt: skip
        return
    for row in rows:
        change = (
            f"{row.change.difference:+.4f}  p={row.change.p:.3f}{' *' if row.change.sure else ''}"
            if row.change
            else "-"
        )
        typer.echo(f"{row.measure:<22} {row.group:<12} {_figure(row.first):<30} {_figure(row.second):<30} {change}")


def synth(
    label: Annotated[str, typer.Argument(help="Which of the example rounds: 2022 or 2025.")] = "2022",
    out: Annotated[Path, typer.Option(help="Folder for the CSV and its mapping.")] = Path("survey"),
    households: Annotated[int, typer.Option(help="Households of the population that is sampled.")] = 24_000,
) -> None:
    """Write a survey of people who do not exist, with its mapping document."""
    from shohay.bulk.survey_synth import ROUNDS, write_survey

    if label not in ROUNDS:
        typer.echo(f"one of: {', '.join(ROUNDS)}", err=True)
        raise typer.Exit(1)
    for path in write_survey(label=label, households=households, out=out):
        typer.echo(str(path))


def _round(officer: Officer, which: str) -> SurveyRound:
    from shohay.core.messages import Refusal
    from shohay.stages.results import queries_survey

    survey, _, label = which.partition("/")
    found = queries_survey.named(officer, survey, label)
    if found is None:
        raise Refusal("survey_unknown", survey=which)
    return found


def _run(of: SurveyRound) -> SurveyRun:
    from shohay.core.messages import Refusal
    from shohay.stages.results import queries_survey

    run = queries_survey.latest_run(of)
    if run is None:
        raise Refusal("survey_not_estimated")
    return run


def _told(row: SurveyEstimate) -> dict[str, Any]:
    names = ("measure", "programme", "dimension", "group", "value", "error", "low", "high", "df", "observations",
             "base", "design_effect", "effective", "flag")  # fmt: skip
    return {name: getattr(row, name) for name in names}


def _figure(row: SurveyEstimate) -> str:
    if row.value is None:
        return "-"
    within = f" [{row.low:.4f}, {row.high:.4f}]" if row.low is not None and row.high is not None else ""
    return f"{row.value:.4f}{within}"
