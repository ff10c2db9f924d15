"""shohay load reference: the bundled reference data into the database."""

from __future__ import annotations

import json
from time import perf_counter
from typing import Any

import typer

from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Load bundled data.")
    group.command("reference")(reference)
    app.add_typer(group, name="load")


def reference() -> None:
    """Places, catalogue, definitions, action plan, indicators and triggers. Running it again changes nothing."""
    ready()
    from shohay.stages.accounts.officer import SYSTEM

    began = perf_counter()
    counts = load_reference(by=SYSTEM)
    typer.echo(json.dumps({**counts, "seconds": round(perf_counter() - began, 2)}, ensure_ascii=False))


def load_reference(*, by: Any) -> dict[str, Any]:
    """Every loader in the order of the stages; each is one transaction and one audit event.

    Returns, for each kind of row, how many the file has, how many were new and how many changed.
    """
    from shohay.stages.coordination.actions import load_plan
    from shohay.stages.coordination.actions_committees import load_committees
    from shohay.stages.places.actions import load_places
    from shohay.stages.programmes.actions import load_catalogue
    from shohay.stages.results.actions_codi import load_codi
    from shohay.stages.results.actions_dli import load_dlis
    from shohay.stages.results.actions_evaluations import load_evaluations
    from shohay.stages.results.actions_indicators import load_indicators
    from shohay.stages.shocks.actions import load_triggers

    merged = {**load_places(by=by), **load_catalogue(by=by)}
    definitions = install_policy(by=by)
    merged |= {"triggers": load_triggers(by=by), "indicators": load_indicators(by=by), **load_plan(by=by)}
    merged |= load_committees(by=by)
    merged |= load_evaluations(by=by)
    merged |= {**load_dlis(by=by), **load_codi(by=by)}
    return {**{name: counts._asdict() for name, counts in merged.items()}, **definitions}


def install_policy(*, by: Any) -> dict[str, Any]:
    """The shipped programme definitions and scoring formulas (policy/), published."""
    from importlib.resources import files

    from shohay.stages.programmes.actions_definitions import install_definitions
    from shohay.stages.programmes.actions_scores import install_shipped

    installed = install_definitions(by=by)
    scores = files("shohay.policy") / "scores"
    texts = sorted((path.name, path.read_text("utf-8")) for path in scores.iterdir() if path.name.endswith(".yaml"))
    for _, text in texts:
        install_shipped(text=text, by=by)
    return {"definitions_added": len(installed), "formulas": len(texts)}
