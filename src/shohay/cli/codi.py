"""shohay codi: assessments of the system from the command line."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from shohay.cli import acting
from shohay.cli.ready import ready

Round = Annotated[int, typer.Argument(help="Number of the assessment, from `shohay codi list`.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="CODI assessments.")
    group.command("list")(list_rounds)
    group.command("show")(show)
    group.command("open")(open_round)
    group.command("score")(score)
    group.command("export")(export)
    app.add_typer(group, name="codi")


def list_rounds(by: acting.By = "system") -> None:
    """Every assessment with its state and the mean of its criteria."""
    ready()
    from shohay.stages.results import queries_codi as queries

    for row in queries.rounds(acting.officer(by)):
        what = row.programme_id or row.level
        whole = queries.result(row).overall
        mean = "-" if whole is None else f"{float(whole):.2f}/{row.scale}"
        typer.echo(f"{row.pk:>4}  {what:<14} {row.fiscal_year}  {row.state:<9} {mean}")


def show(
    round: Round, as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    by: acting.By = "system",
) -> None:  # fmt: skip
    """Score by criterion, what is missing, and the fields at the lowest levels."""
    ready()
    from shohay.core.messages import Refusal
    from shohay.stages.results import queries_codi as queries

    with acting.telling():
        row = queries.round_of(acting.officer(by), round)
        if row is None:
            raise Refusal("codi_round_missing")
        made = queries.result(row)
    low, names = queries.low_fields(made), queries.criteria_names()
    if as_json:
        typer.echo(json.dumps({
            "round": row.pk, "level": row.level, "programme": row.programme_id, "fiscal_year": row.fiscal_year,
            "scale": row.scale, "state": row.state, "completeness": float(made.completeness),
            "overall": None if made.overall is None else float(made.overall), "low": low,
            "criteria": [
                {"criterion": one.number, "name": names[one.number][1], "scored": one.scored, "fields": one.fields,
                 "mean": None if one.mean is None else float(one.mean), "missing": one.missing,
                 "no_evidence": one.no_evidence, "not_applicable": one.not_applicable}
                for one in made.criteria
            ],
        }))  # fmt: skip
        return
    for one in made.criteria:
        mean = "-" if one.mean is None else f"{float(one.mean):.2f}"
        left = f"  missing {', '.join(one.missing)}" if one.missing else ""
        typer.echo(f"{mean:>6}  {one.scored}/{one.fields}  {names[one.number][acting.language() == 'en']}{left}")
    if low:
        typer.echo(f"lowest: {', '.join(low)}")


def open_round(
    level: Annotated[str, typer.Argument(help="system, delivery or programme.")],
    year: Annotated[str, typer.Argument(help="Fiscal year, such as 2024-25.")],
    assessor: Annotated[list[str], typer.Option(help="Sign-in name; give it several times.")],
    programme: str = "",
    scale: Annotated[int, typer.Option(help="4 (ISPA) or 3 (Bangladesh).")] = 4,
    by: acting.By = "system",
) -> None:
    """Open an assessment and invite its assessors."""
    ready()
    from shohay.stages.results import actions_codi

    with acting.telling():
        made = actions_codi.open_round(
            level=level, fiscal_year=year, programme=programme, scale=scale, assessors=assessor,
            by=acting.officer(by),
        )  # fmt: skip
    typer.echo(f"assessment {made.pk}")


def score(
    round: Round,
    field: Annotated[str, typer.Argument(help="Number of the field, such as 1.1.")],
    level: Annotated[str, typer.Argument(help="1 to 4, not_applicable or no_evidence.")],
    evidence: str = "",
    comment: str = "",
    by: acting.By = "system",
) -> None:
    """One assessor's score of a field, with its evidence."""
    ready()
    from shohay.core.codi import Answer
    from shohay.stages.results import actions_codi

    answer = Answer(int(level)) if level.isdigit() else Answer(None, level)
    with acting.telling():
        actions_codi.score(
            round=round, field=field, answer=answer, evidence=evidence, comment=comment, by=acting.officer(by)
        )
    typer.echo(f"{field}: {level}")


def export(round: Round, out: Annotated[Path | None, typer.Option("-o", help="CSV file.")] = None,
           by: acting.By = "system") -> None:  # fmt: skip
    """Every field with its agreed score, on four levels and on Bangladesh's three."""
    ready()
    from shohay.core import codi
    from shohay.core.messages import Refusal
    from shohay.stages.results import queries_codi as queries

    with acting.telling():
        row = queries.round_of(acting.officer(by), round)
        if row is None:
            raise Refusal("codi_round_missing")
    done, at = queries.agreed(row), acting.language() == "en"
    target = out.open("w", encoding="utf-8-sig", newline="") if out else sys.stdout
    writer = csv.writer(target)
    writer.writerow(["field", "criterion", "name", "score", "three_levels", "without", "reason"])
    for field in queries.fields(row.scale):
        one = done.get(field.code)
        given = one.score if one else None
        three = codi.on_three(given, field.three) if given and row.scale == 4 else given
        writer.writerow([field.code, field.criterion_name[at], field.name[at], given, three,
                         one.without if one else "", one.reason if one else ""])  # fmt: skip
    if out:
        target.close()
        typer.echo(str(out))
