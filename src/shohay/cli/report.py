"""shohay report: the progress report made of the data, its editions, and what changed between two of them."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer

from shohay.cli import acting
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="The progress report: make it, list its editions, compare two.")
    group.command("progress")(progress)
    group.command("list")(list_editions)
    group.command("diff")(diff)
    app.add_typer(group, name="report")


def progress(
    year: Annotated[str, typer.Option(help="Fiscal year, such as 2024-25.")] = "2024-25",
    lang: Annotated[str, typer.Option(help="bn or en.")] = "bn",
    form: Annotated[str, typer.Option("--format", help="pdf, html or xlsx.")] = "pdf",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write the file.")] = None,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the states; today.")] = None,
    by: acting.By = "system",
) -> None:
    """Freeze the data as an edition and write one file of it; the same data make no second edition."""
    ready()
    from django.utils import timezone

    from shohay.cli.imports import watched
    from shohay.stages.coordination import actions_editions, queries_editions

    began = perf_counter()
    day: date = as_of.date() if as_of else timezone.localdate()
    with acting.telling(), watched() as tell:
        officer = acting.officer(by)
        edition = actions_editions.make_edition(
            year=year, as_of=day, languages=[lang], formats=[form], progress=tell, by=officer
        )
        file = edition.files.get(language=lang, format=form)
        data = queries_editions.bytes_of(file)
    target = out or Path(f"progress-{year}-{lang}.{form}")
    _write(target, data)
    typer.echo(json.dumps({
        "edition": edition.pk, "sha256": edition.sha256, "as_of": edition.as_of.isoformat(), "file": str(target),
        "bytes": file.size, "file_sha256": file.sha256, "seconds": round(perf_counter() - began, 1),
    }))  # fmt: skip


def _write(target: Path, data: bytes) -> None:
    """Whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(target)
    except OSError as wrong:
        typer.echo(f"{target}: {wrong.strerror}", err=True)
        raise typer.Exit(1) from None


def list_editions(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False, by: acting.By = "system"
) -> None:
    """The editions, the newest first."""
    ready()
    from shohay.stages.coordination import queries_editions

    with acting.telling():
        for row in queries_editions.editions(acting.officer(by)):
            files = sorted(f"{file.language}.{file.format}" for file in row.files.all())
            found: dict[str, Any] = {
                "edition": row.pk, "sha256": row.sha256, "year": row.fiscal_year, "as_of": row.as_of.isoformat(),
                "made_by": row.made_by, "synthetic": row.synthetic, "files": files,
                "published": hasattr(row, "publication"),
            }  # fmt: skip
            line = f"{row.pk:>4}  {row.sha256[:12]}  {row.fiscal_year}  {row.as_of}  {row.made_by}  {' '.join(files)}"
            typer.echo(json.dumps(found) if as_json else line)


def diff(
    old: Annotated[str, typer.Argument(help="Number of an edition, or the beginning of its hash.")],
    new: Annotated[str, typer.Argument(help="The edition to compare with it.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    by: acting.By = "system",
) -> None:
    """What changed from one edition to another: figures, promises, programmes, indicators."""
    ready()
    from shohay.stages.coordination import queries_editions

    with acting.telling():
        before, after, found = queries_editions.changed(acting.officer(by), old, new)
    if as_json:
        lists = {name: [row._asdict() for row in rows] for name, rows in found._asdict().items()}
        typer.echo(json.dumps({"old": before.sha256, "new": after.sha256, **lists}, ensure_ascii=False))
        return
    typer.echo(f"{before.pk} ({before.as_of}) -> {after.pk} ({after.as_of})")
    for change in found.figures:
        typer.echo(f"  {change.key}: {change.old} -> {change.new}")
    for name, rows in (("plan", found.items), ("programme", found.programmes), ("indicator", found.indicators)):
        for row in rows:
            typer.echo(f"  {name} {row.code}: {row.old} -> {row.new}")
    if found.is_empty:
        typer.echo("no difference / কোনো পার্থক্য নেই")
