"""shohay quality: the quality rules over a snapshot, and what they find."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from shohay.cli import acting
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    app.command()(quality)


def quality(
    snapshot: Annotated[str, typer.Option(help="Beginning of a snapshot's hash; the newest when left out.")] = "",
    area: Annotated[str, typer.Option(help="Code of a place; the officer's areas when left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    by: acting.By = "system",
) -> None:
    """Check a snapshot by every quality rule; prints the score, the places that are worst, and the rules."""
    ready()
    from shohay.cli.imports import watched
    from shohay.core.messages import Refusal
    from shohay.stages.registry import actions_quality, queries_quality
    from shohay.stages.registry.queries import snapshots

    with acting.telling(), watched() as tell:
        officer = acting.officer(by)
        taken = snapshots().filter(sha256__startswith=snapshot).first()
        if taken is None:
            raise Refusal("quality_run_missing")
        run = actions_quality.check_quality(snapshot=taken, by=officer, progress=tell)
        total = queries_quality.total(officer, run, area)
        places = queries_quality.by_place(officer, run, area)
        rules = queries_quality.by_rule(officer, run, area)
    if as_json:
        typer.echo(json.dumps({
            "run": run.pk, "snapshot": taken.sha256, "rules": run.rules_sha256,
            "score": round(total.score, 2) if total else None, "records": total.records if total else 0,
            "found": total.found if total else 0, "by_rule": {rule.id: number for rule, number in rules},
            "by_place": {row.key: round(row.score, 2) for row in places},
        }))  # fmt: skip
        return
    if total:
        typer.echo(f"{total.score:.2f} / 100   {total.found:,} / {total.records:,}")
    for row in places[:10]:
        typer.echo(f"  {row.key:<8} {row.score:6.2f}  {row.found:,} / {row.records:,}")
    for rule, number in rules:
        typer.echo(f"  {number:>10,}  {rule.id:<24} {rule.text.in_language(acting.language())}")
