"""shohay search: find people by number or by name."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from shohay.cli import acting
from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    app.command()(search)


def search(
    text: Annotated[str, typer.Argument(help="A number, or a name in Bangla or English.")],
    area: Annotated[str, typer.Option(help="Code of the area to look in.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many.", min=1, max=100)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    by: acting.By = "system",
) -> None:
    """Find people in the registry, likeliest first. Numbers are not shown."""
    ready()
    from shohay.core.messages import Refusal
    from shohay.stages.registry.queries_search import look_up

    with acting.telling():
        found = look_up(officer=acting.officer(by), text=text, area=area, limit=limit)
        if found.too_many:
            raise Refusal("search_too_many", about=found.count)
    for hit in found.hits:
        person = hit.person
        row = {
            "id": person.pk, "name_bn": person.name_bn, "name_en": person.name_en, "father": person.father_name,
            "born": person.birth_date.isoformat() if person.birth_date else None, "area": person.area_code,
            "household": person.household.reference, "how": hit.how,
        }  # fmt: skip
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else "  ".join(str(v) for v in row.values() if v))
