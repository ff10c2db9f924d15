"""A household as of a day: p95 of one question, with a million people and a hundred thousand rows of history.

Half of the questions are about households with a history, half about untouched ones; a third asks what was known at an
earlier moment; as the system, and as an upazila officer behind row security.
"""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import Any

DATABASE = True
DEFAULT_ROWS = 1_000_000
HISTORY = 104_000  # rows of registry_dated that the benchmark wants: five of each changed fact
QUESTIONS = 600
BATCH = 5_000  # puts in one call of the writer
WARM_UP = 20


def run(rows: int) -> dict[str, Any]:
    """``p95_ms`` of household_as_of; ``write_rows_per_second`` of the writer while it made the history."""
    from shohay.cli.benches import _registry
    from shohay.stages.registry.models import Household
    from shohay.stages.registry.models_history import Dated

    held = _registry.registered(rows)
    made = _make_history(held)
    chosen = random.Random(2026)
    touched = list(Dated.objects.filter(fact="membership").values_list("member_of", flat=True).distinct()[:20_000])
    top = Household.objects.order_by("-pk").values_list("pk", flat=True)[0]
    asked = [chosen.choice(touched) if number % 2 else chosen.randint(1, top) for number in range(QUESTIONS + WARM_UP)]
    spent = {"system": _ask(asked, chosen, locked=False), "officer": _ask(asked, chosen, locked=True)}
    every = spent["system"] + spent["officer"]
    return {
        "rows": held, "seconds": round(sum(every), 2), "history_rows": Dated.objects.count(), "questions": len(every),
        "p95_ms": _p95(every), "max_ms": round(max(every) * 1000, 1),
        **{f"{name}_p95_ms": _p95(times) for name, times in spent.items()}, **made,
    }  # fmt: skip


def _make_history(held: int) -> dict[str, Any]:
    """Schooling, work and membership of people, some changed twice; in batches, as a change list would."""
    from django.db import transaction

    from shohay.stages.registry.dated_facts import Put
    from shohay.stages.registry.dated_rows import Origin, write
    from shohay.stages.registry.models import Person
    from shohay.stages.registry.models_history import Dated

    missing = HISTORY - Dated.objects.count()
    if missing <= 0:
        return {}
    step = max(1, held // (HISTORY // 10))
    people = list(Person.objects.order_by("pk").values_list("pk", "area_code", "household_id", "relation")[::step])
    started, wrote = time.perf_counter(), 0
    for days in (200, 90):
        on = date(2026, 11, 1) - timedelta(days=days)
        puts = []
        for person, area, household, relation in people:
            school = {"school_level": "primary", "school_class": days // 90, "school_listed": None}
            puts.append(Put("schooling", school, on, area_code=area, person_id=person))
            member = {"household": household, "relation": relation}
            puts.append(Put("membership", member, on, None, area_code=area, person_id=person))
        for first in range(0, len(puts), BATCH):
            with transaction.atomic():
                wrote += write(puts[first : first + BATCH], origin=Origin("event", "bench"))["facts"]
    spent = time.perf_counter() - started
    return {"written": wrote, "write_rows_per_second": round(wrote / spent)}


def _ask(asked: list[int], chosen: random.Random, *, locked: bool) -> list[float]:
    from django.db import transaction
    from django.utils import timezone

    from shohay.stages.accounts import rls
    from shohay.stages.accounts.officer import SYSTEM, Officer
    from shohay.stages.registry.models import Household
    from shohay.stages.registry.queries_history import household_as_of

    areas = dict(Household.objects.filter(pk__in=asked).values_list("pk", "area_code"))
    spent = []
    for number, household in enumerate(asked):
        if household not in areas:
            continue
        mine = Officer("bench", "upazila_officer", (areas[household][:6],), ("",)) if locked else SYSTEM
        on = date(2026, 11, 20) - timedelta(days=chosen.randint(0, 400))
        known = timezone.now() - timedelta(seconds=5) if number % 3 == 0 else None
        with transaction.atomic():
            if locked:
                rls.enter(mine)
            started = time.perf_counter()
            household_as_of(mine, household, on, known)
            spent.append(time.perf_counter() - started)
    return spent[WARM_UP:]


def _p95(seconds: list[float]) -> float:
    return round(sorted(seconds)[int(len(seconds) * 0.95)] * 1000, 1)
