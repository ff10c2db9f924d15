"""Looking people up by name and by number, one question after another, as an upazila officer and nationally."""

from __future__ import annotations

import time
from typing import Any

DATABASE = True
DEFAULT_ROWS = 1_000_000
QUESTIONS = 300


def run(rows: int) -> dict[str, Any]:
    """``p95_ms`` over names as registered, misspelt names, and numbers that nobody has."""
    from shohay.cli.benches import _registry
    from shohay.stages.accounts.officer import SYSTEM, Officer
    from shohay.stages.registry import queries
    from shohay.stages.registry.models import Person

    held = _registry.registered(rows)
    step = max(1, held // QUESTIONS)
    people = list(Person.objects.order_by("pk")[::step][:QUESTIONS])
    mine = Officer(username="bench", role="upazila_officer", areas=(people[0].area_code[:6],), programmes=("",))
    spent: dict[str, list[float]] = {"upazila": [], "national": [], "misspelt": [], "number": []}
    for person in people:
        for name, officer, text in (
            ("upazila", mine, person.name_bn),
            ("national", SYSTEM, person.name_bn),
            ("misspelt", mine, person.name_bn.replace("ম", "ন")),
            ("number", SYSTEM, f"19{person.pk:08d}"),
        ):
            started = time.perf_counter()
            queries.search(officer=officer, text=text)
            spent[name].append(time.perf_counter() - started)
    every = [one for list_ in spent.values() for one in list_]
    return {
        "rows": held,
        "seconds": round(sum(every), 2),
        "questions": len(every),
        "p95_ms": _p95(every),
        **{f"{name}_p95_ms": _p95(list_) for name, list_ in spent.items()},
    }


def _p95(seconds: list[float]) -> float:
    return round(sorted(seconds)[int(len(seconds) * 0.95)] * 1000, 1)
