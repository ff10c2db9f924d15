"""shohay check report FILE: the contradictions of a draft report; shohay check data: those of our own data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from shohay.core.checking import Finding

Json = Annotated[bool, typer.Option("--json", help="One JSON object: counts and findings.")]
Lang = Annotated[str, typer.Option(help="Language of the table: bn or en.")]
Summary = Annotated[bool, typer.Option("--summary", help="Numbers by rule instead of every finding.")]


def report(
    file: Annotated[Path, typer.Argument(help="The draft: .txt, .docx or .html.")],
    as_json: Json = False,
    lang: Lang = "bn",
    known: Annotated[
        bool, typer.Option(help="Compare with the platform's lists too, not only the draft with itself.")
    ] = True,
    year: Annotated[
        str, typer.Option(help="The year reported on where the title page does not say it: 2024 or 2024-25.")
    ] = "",
    only_summary: Summary = False,
) -> None:
    """List the contradictions of a draft report; exit 1 when there are errors, 2 when the file cannot be read."""
    from shohay.core.checking import check_lines
    from shohay.core.messages import Refusal

    try:
        text = _read(file)
        _year(year)
    except Refusal as refusal:
        typer.echo(f"{refusal.say('bn')}\n{refusal.say('en')}", err=True)
        raise typer.Exit(2) from None
    names = None
    if known:
        from shohay.bulk.checking_known import shipped

        names = shipped()
    tell(check_lines(text.lines, names, year=year, headings=text.headings), as_json, lang, only_summary, str(file))


def data(as_json: Json = False, lang: Lang = "bn", only_summary: Summary = False) -> None:
    """List the contradictions of the action plan, the budgets and the programmes that the database holds."""
    from shohay.cli.ready import ready

    ready()
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.coordination import queries_checks

    tell(queries_checks.check_data(SYSTEM), as_json, lang, only_summary, "data")


def _read(file: Path) -> Any:
    from shohay.bulk.report_text import read
    from shohay.core.messages import Refusal

    try:
        content = file.read_bytes()
    except IsADirectoryError:
        raise Refusal("check_file_kind", file=file.name) from None
    except OSError:
        raise Refusal("check_file_missing", file=file.name) from None
    return read(content, file.name)


def _year(year: str) -> None:
    from shohay.core.checking.context import day_of_year
    from shohay.core.messages import Refusal

    if year and day_of_year(year) is None:
        raise Refusal("check_year_wrong", year=year)


def tell(found: list[Finding], as_json: bool, lang: str, only_summary: bool, name: str) -> None:
    """Print the findings and end with 1 when there is an error among them."""
    from shohay.core.checking import summary

    counts = summary(found)
    if as_json:
        rows = [] if only_summary else [row.as_row() for row in found]
        typer.echo(
            json.dumps(
                {"file": name, "counts": {"all": len(found), **counts}, "findings": rows}, ensure_ascii=False, indent=1
            )
        )
    else:
        _table(found, counts, "en" if lang == "en" else "bn", only_summary)
    raise typer.Exit(1 if counts["by_severity"]["error"] else 0)


WORDS = {"error": ("ভুল", "error"), "warning": ("সতর্কতা", "warning"), "note": ("মন্তব্য", "note")}


def _table(found: list[Finding], counts: Any, lang: str, only_summary: bool) -> None:
    from shohay.core.checking import RULES

    at = 0 if lang == "bn" else 1
    for row in [] if only_summary else found:
        lines = f"{row.line}" if row.line_end in (0, row.line) else f"{row.line}-{row.line_end}"
        typer.echo(f"{lines:>9}  {WORDS[row.severity][at]:<8} {row.rule:<26} {row.bn if lang == 'bn' else row.en}")
    typer.echo("")
    for rule, number in counts["by_rule"].items():
        title = RULES[rule].title_bn if lang == "bn" else RULES[rule].title_en
        typer.echo(f"{number:>6}  {rule:<28} {title}")
    typer.echo("  ".join(f"{WORDS[name][at]}: {number}" for name, number in counts["by_severity"].items()))
