"""shohay check: reference data against the published totals, a draft report, and the platform's own data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import typer

from shohay.cli import check_report
from shohay.cli.ready import ready

# published in the NSSS Action Plan II progress report 2024, and the census's list of places
PUBLISHED: dict[str, Any] = {
    "ministries": 40,
    "programmes": 140,
    "budget_crore": "136025.64",
    "beneficiaries_lakh": "1475.39",
    "areas": {"division": 8, "district": 64, "upazila": 495, "city_corporation": 12},
    "actions": 695,
    "statuses": {"In-progress": 655, "Continuous": 21, "Completed": 14, "Stopped": 5},
    "cluster_actions": 40,
    "indicators": 69,
    "core_indicators": 50,
}


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        no_args_is_help=True, help="Check the reference data, a draft report, or the plan and budgets held here."
    )
    group.command("reference")(reference)
    group.command("report")(check_report.report)
    group.command("data")(check_report.data)
    app.add_typer(group, name="check")


def reference() -> None:
    """Print the totals as JSON; exit with 1 when one is not as published, naming it."""
    ready()
    found = totals()
    problems = list(mismatches(found))
    typer.echo(json.dumps({**found, "ok": not problems, "problems": problems}, ensure_ascii=False, indent=2))
    raise typer.Exit(1 if problems else 0)


def totals() -> dict[str, Any]:
    """What the database holds, added up from its rows."""
    from shohay.stages.places import queries as places
    from shohay.stages.programmes import queries as programmes
    from shohay.stages.results.models import Indicator
    from shohay.stages.shocks.queries import triggers

    national = programmes.national_total()
    differences = [
        {"ministry": row.ministry, "what": row.what, "published": str(row.published), "sum": str(row.summed)}
        for row in programmes.ministry_differences()
    ]
    return {
        "ministries": programmes.ministries().count(),
        "programmes": national.programmes,
        "budget_crore": f"{national.budget_crore:.2f}",
        "beneficiaries_lakh": f"{national.beneficiaries_lakh:.2f}",
        "ministries_equal": not differences,
        "ministry_differences": differences,
        "programmes_after_the_list": list(programmes.after_the_list().values_list("code", flat=True)),
        "areas": places.counts(),
        "upazilas_without_unions": places.childless(),
        **_plan(),
        "indicators": Indicator.objects.count(),
        "core_indicators": Indicator.objects.filter(core=True).count(),
        "triggers": triggers().count(),
    }


def _plan() -> dict[str, Any]:
    from django.utils import timezone

    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.coordination import queries as plan

    today = timezone.localdate()
    statuses = plan.counts(SYSTEM, "status", on=today)
    return {
        "actions": sum(row.promised for row in statuses),
        "statuses": {row.name: row.promised for row in statuses},
        "late_today": sum(row.late for row in statuses),
        "cluster_actions": plan.cluster_items(SYSTEM, on=today).count(),
    }


def mismatches(found: dict[str, Any]) -> Iterator[str]:
    """One sentence for each total that is not as published; nothing loaded is one sentence of its own."""
    if not found["ministries"] and not found["areas"]:
        yield "nothing is loaded: run `shohay load reference`"
        return
    for name, published in PUBLISHED.items():
        here = found[name]
        if isinstance(published, dict):
            for part, wanted in published.items():
                if here.get(part, 0) != wanted:
                    yield f"{name}: {part} is {here.get(part, 0)}, published {wanted}"
        elif here != published:
            yield f"{name} is {here}, published {published}" if here else f"{name}: not loaded"
    for row in found["ministry_differences"]:
        yield f"{row['ministry']}: published {row['what']} {row['published']}, its programmes add up to {row['sum']}"
    for code in found["upazilas_without_unions"]:
        yield f"{code} has no union: no household can be placed there"
