"""shohay import, shohay template, shohay form: a file from its bytes to the registry, and the forms to fill in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shohay.cli import acting
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.stages.accounts.officer import Officer
    from shohay.stages.intake.models import Upload

SHOWN = 20  # bad rows printed; the rest are in the file of rows to correct


def register(app: typer.Typer) -> None:
    app.command("import")(import_file)
    app.command()(template)
    app.command()(form)


def import_file(
    file: Annotated[
        Path, typer.Argument(help="CSV, XLSX, Parquet, or what ODK or Kobo exports.", exists=True, dir_okay=False)
    ],
    template: Annotated[str, typer.Option(help="household, beneficiaries or changes.")] = "household",
    area: Annotated[str, typer.Option(help="Area that the file speaks for; other unions are refused.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check and report, change nothing in the registry.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    language: Annotated[str, typer.Option(help="bn or en.")] = "bn",
    by: acting.By = "system",
) -> None:
    """Check a file and take its good rows in: households enter the registry, changes and lists wait for review.

    Ends with 1 when the file is refused."""
    ready()
    from shohay.core.messages import Refusal

    try:
        report = _import(file, template, area, dry_run, language, acting.officer(by))
    except Refusal as refusal:
        report = {"state": "refused", "problem": {"code": refusal.code, "text": refusal.say(language)}}
    typer.echo(json.dumps(report, ensure_ascii=False) if as_json else _words(report, language))
    if report["state"] == "refused":
        raise typer.Exit(1)


def _import(file: Path, template: str, area: str, dry_run: bool, language: str, officer: Officer) -> dict[str, Any]:
    from shohay.stages.intake import actions as intake
    from shohay.stages.registry import actions_changes as registry
    from shohay.stages.targeting import actions as targeting

    with watched() as tell:
        upload = intake.receive(
            data=file, file_name=file.name, template=template, area_code=area, language=language, by=officer
        )
        upload = intake.check(upload=upload, by=officer, progress=tell)
        admitted: dict[str, int] = {}
        applications: dict[str, int] = {}
        if upload.state != "refused" and not dry_run:
            admitted = registry.take_in(upload=upload, by=officer, progress=tell)
            upload.refresh_from_db()
            if upload.template == "household":
                applications = targeting.register_applications(upload=upload, by=officer)
    return _report(upload, admitted, applications, language)


def _report(upload: Upload, admitted: dict[str, int], applications: dict[str, int], language: str) -> dict[str, Any]:
    from shohay.stages.intake import queries

    report: dict[str, Any] = {
        "upload": str(upload.pk), "state": str(upload.state), "sha256": upload.sha256, "encoding": upload.encoding,
        "rows": upload.rows_total, "good": upload.rows_good, "bad": upload.rows_bad, "findings": upload.findings,
        "admitted": admitted, "applications": applications, "errors": [], "errors_file": None,
    }  # fmt: skip
    if text := queries.problem(upload, language):
        report["problem"] = {"code": upload.problem["code"], "text": text}
    errors = queries.row_errors(upload).order_by("is_warning", "line", "id")[:SHOWN]
    report["errors"] = [
        {
            "line": error.line, "column": error.column, "value": error.value, "code": error.code,
            "title": queries.column_title(upload.template, error.column, language),
            "warning": error.is_warning, "text": queries.reason(error, language),
        }
        for error in errors
    ]  # fmt: skip
    if upload.rows_bad:
        report["errors_file"] = str(queries.errors_file(upload, language))
    return report


COUNTED = {"admitted": "households", "proposed": "proposed", "declared": "declared"}  # line -> the count that calls it
WORDS = {
    "bn": {
        "rows": "সারি: মোট {rows}, ঠিক আছে {good}, সংশোধন লাগবে {bad}",
        "admitted": "নিবন্ধনে: নতুন পরিবার {households}, মানুষ {persons}; আগে থেকে আছে {unchanged}, তথ্য আলাদা {changed}",
        "proposed": "অনুমোদনের অপেক্ষায় পরিবর্তন: {proposed}",
        "declared": "পর্যালোচনার অপেক্ষায় ভাতাভোগী: {declared}; নিবন্ধনে পাওয়া যায়নি {unmatched}",
        "line": "সারি {line}, {title} “{value}”: {text}",
        "warned": "লক্ষ করুন: ",
        "file": "সংশোধনের সারিগুলো: {errors_file}",
    },
    "en": {
        "rows": "Rows: {rows} in all, {good} good, {bad} to correct",
        "admitted": (
            "Registry: {households} new households, {persons} people;"
            " {unchanged} known already, {changed} known otherwise"
        ),
        "proposed": "Changes that wait for approval: {proposed}",
        "declared": "Beneficiaries that wait for review: {declared}; not found in the registry: {unmatched}",
        "line": "Line {line}, {title} “{value}”: {text}",
        "warned": "Note: ",
        "file": "Rows to correct: {errors_file}",
    },
}


def _words(report: dict[str, Any], language: str) -> str:
    """The report as lines for a person."""
    from shohay.core.bangla import number

    words = WORDS["en" if language == "en" else "bn"]
    if "problem" in report:
        return str(report["problem"]["text"])
    counts = {name: number(report[name], language) for name in ("rows", "good", "bad")}
    lines = [words["rows"].format(**counts)]
    counts = {name: number(value, language) for name, value in report["admitted"].items()}
    lines += [words[name].format(**counts) for name in ("admitted", "proposed", "declared") if COUNTED[name] in counts]
    for error in report["errors"]:
        shown = {**error, "line": number(error["line"], language)}
        lines.append((words["warned"] if error["warning"] else "") + words["line"].format(**shown))
    if report["errors_file"]:
        lines.append(words["file"].format(**report))
    return "\n".join(lines)


@contextmanager
def watched() -> Iterator[Callable[[str, int, int], None]]:
    """Progress bars on the terminal's error stream, so that the report on the other one stays clean."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, Any] = {}

        def tell(step: str, done: int, total: int) -> None:
            task = tasks.get(step)
            if task is None:
                task = tasks[step] = shown.add_task(step.replace("_", " "), total=total or None)
            shown.update(task, completed=done, total=total or None)

        yield tell


def template(
    out: Annotated[Path, typer.Argument(help="Where to write; .csv or .xlsx.")] = Path("household.xlsx"),
    name: Annotated[str, typer.Option(help="Which template.")] = "household",
    language: Annotated[str, typer.Option(help="Headings in bn or en.")] = "bn",
) -> None:
    """Write a blank file to fill in."""
    from shohay.bulk.intake_report import blank_template
    from shohay.bulk.intake_template import load_template

    typer.echo(blank_template(load_template(name), out, "en" if language == "en" else "bn"))


def form(
    out: Annotated[Path, typer.Option(help="Where to write; .xlsx.")] = Path("shohay-household-form.xlsx"),
) -> None:
    """Write the household form for ODK and Kobo (XLSForm), in both languages."""
    from shohay.bulk.intake_template import load_template
    from shohay.bulk.intake_xlsform import xlsform

    if out.suffix != ".xlsx":
        acting.refuse("ফাইলের নামের শেষে .xlsx হতে হবে", "the name of the file must end in .xlsx")
    if not out.parent.is_dir():
        acting.refuse(f"{out.parent} নামে কোনো ফোল্ডার নেই", f"there is no folder {out.parent}")
    typer.echo(xlsform(load_template("household"), out))
