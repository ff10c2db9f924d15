"""shohay allocate: a quota shared among upazilas by a document; shown, or proposed for a second officer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shohay.cli.acting import By, language, officer, row, telling
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.core.allocation import Row
    from shohay.stages.targeting.queries_allocation import Preview


def register(app: typer.Typer) -> None:
    app.command()(allocate)
    app.command("allocation")(decide)


def allocate(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The allocation document (YAML).")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    propose: Annotated[bool, typer.Option(help="Keep it for another officer to approve.")] = False,
    by: By = "system",
) -> None:
    """Share a national quota by the weights, floors and ceilings of a document; the shares sum to it exactly."""
    ready()
    from shohay.core.allocation import Document
    from shohay.stages.targeting import actions_allocation as actions
    from shohay.stages.targeting import queries_allocation as queries

    acting = officer(by)
    with telling():
        asked = Document.parse(file.read_text(encoding="utf-8"))
        found = queries.preview(asked, acting)
        made = actions.propose_allocation(document=asked, by=acting).pk if propose else None
    if as_json:
        typer.echo(json.dumps(_plain(found, made), ensure_ascii=False))
        return
    _show(found)
    if made is not None:
        typer.echo(f"allocation {made} proposed")


def decide(
    number: Annotated[int, typer.Argument(help="Number of the proposed allocation.")],
    returned: Annotated[str, typer.Option("--return", help="Send it back with this reason instead.")] = "",
    by: By = "system",
) -> None:
    """Approve a proposed allocation, which sets the quotas, or send it back."""
    ready()
    from shohay.stages.targeting import actions_allocation as actions
    from shohay.stages.targeting.models import Allocation

    made = row(Allocation.objects.all(), number, ("বরাদ্দ", "allocation"))
    acting = officer(by)
    with telling():
        if returned:
            made = actions.return_allocation(allocation=made, reason=returned, by=acting)
        else:
            made = actions.approve_allocation(allocation=made, by=acting)
    typer.echo(f"allocation {made.pk} {made.state}")


def _show(found: Preview) -> None:
    """One line an area: code, places, last year's, what set it, name and notes; then the sum and the comparison."""
    from shohay.stages.places.queries import name_of
    from shohay.stages.targeting.queries_allocation import compared

    for one in found.rows:
        before = "" if one.place.before is None else one.place.before
        notes = "; ".join(" ".join([code, *(str(value) for value in params.values())]) for code, params in one.notes)
        typer.echo(f"{one.code}\t{one.places}\t{before}\t{one.state}\t{name_of(one.code, language())}\t{notes}")
    line = compared(found.rows)
    typer.echo(f"{found.slots} places in {len(found.rows)} areas; {line.gainers} gain, {line.losers} lose")


def _plain(found: Preview, made: int | None) -> dict[str, Any]:
    from shohay.stages.targeting.queries_allocation import compared, curves

    return {
        "allocation": made, "programme": found.asked.programme, "fiscal_year": found.asked.fiscal_year,
        "document": found.asked.sha256, "slots": found.slots, "run": found.run.pk if found.run else None,
        "compared": compared(found.rows)._asdict(),
        "concentration": {name: round(value, 4) for name, (_, value) in curves(found.rows).items()},
        "areas": [_area(one) for one in found.rows], "no_part": found.beside,
    }  # fmt: skip


def _area(one: Row) -> dict[str, Any]:
    figures = {
        name: {"value": str(figure.value), "origin": figure.origin, "year": figure.year, "source": figure.source}
        for name, figure in one.place.figures.items()
    }
    return {
        "area": one.code, "places": one.places, "exact": float(one.exact), "state": one.state, "floor": one.floor,
        "ceiling": one.ceiling, "persons": one.place.persons, "eligible": one.place.eligible,
        "before": one.place.before, "figures": figures, "notes": [list(note) for note in one.notes],
    }  # fmt: skip
