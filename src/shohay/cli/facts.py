"""shohay facts: the vocabulary of criteria, and how often each fact is missing."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from shohay.cli import acting
from shohay.cli.ready import ready

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def register(app: typer.Typer) -> None:
    facts = typer.Typer(no_args_is_help=True)
    facts.command("list")(list_)
    facts.command()(coverage)
    app.add_typer(facts, name="facts", help="The facts that criteria name, and how often each is missing.")


def list_(as_json: AsJson = False) -> None:
    """Every fact with its type, unit, level and where it is known from."""
    from shohay.core.facts import FACTS

    if as_json:
        rows = [
            {"name": fact.name, "type": fact.kind, "unit": fact.unit, "level": fact.level, "bn": fact.text.bn,
             "en": fact.text.en, "source": fact.source, "needs": fact.needs, "values": fact.values,
             "asked_of": fact.asked_of}
            for fact in FACTS.values()
        ]  # fmt: skip
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for fact in FACTS.values():
        typer.echo(f"{fact.name:<30} {fact.level:<10} {fact.kind:<7} {fact.text.in_language(acting.language())}")


def coverage(
    snapshot: Annotated[str, typer.Option(help="Beginning of a snapshot's hash; the newest when left out.")] = "",
    as_json: AsJson = False,
    by: acting.By = "system",
) -> None:
    """Measure how often each fact is missing in a snapshot; the worst first."""
    ready()
    from shohay.bulk.fact_coverage import lacking
    from shohay.cli.imports import watched
    from shohay.core.messages import Refusal
    from shohay.stages.registry import actions_facts, queries, queries_facts

    with acting.telling(), watched() as tell:
        officer = acting.officer(by)
        newest = queries_facts.newest_snapshot()
        taken = queries.snapshots().filter(sha256__startswith=snapshot).first() if snapshot else newest
        if taken is None:
            raise Refusal("facts_no_snapshot")
        measured = actions_facts.measure_facts(snapshot=taken, by=officer, progress=tell)
    if as_json:
        typer.echo(json.dumps({"snapshot": taken.sha256, **measured.figures}, ensure_ascii=False))
        return
    shares = lacking(measured.figures)
    for name, share in sorted(shares.items(), key=lambda pair: (-(pair[1] or 0), pair[0])):
        of = measured.figures["facts"][name]
        shown = "  –  " if share is None else f"{100 * share:5.1f}%"
        typer.echo(f"{name:<30} {shown}  {of['missing']:>12,} / {of['rows']:,}")
