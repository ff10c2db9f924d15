"""What the benchmarks of the registry share: a synthetic household file, places, and a clean import of it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

AS_OF = date(2026, 11, 21)
PER_HOUSEHOLD = 4.0


def var() -> Path:
    """The folder of the benchmarks; the harness names it, and not every benchmark sets Django up."""
    return Path(os.environ["SHOHAY_VAR"])


def household_file(rows: int) -> Path:
    """A household file of about ``rows`` people of the demo upazilas, made once for each size."""
    from shohay.bulk.synth import demo_areas, generate

    out = var() / "files" / f"people-{rows}"
    if not (out / "households.csv").exists():
        households = max(1, round(rows / PER_HOUSEHOLD))
        generate(households=households, seed=2026, areas=demo_areas(), out=out, form="file", as_of=AS_OF, workers=1)
    return out / "households.csv"


def empty_registry() -> None:
    """Places loaded, nobody registered: what an earlier run left is taken away."""
    from django.db import connection

    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.places.actions import load_places

    load_places(by=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # the ledger is append-only; nothing is in it here
        cursor.execute(
            "truncate registry_household, registry_person, registry_membership, registry_identity, registry_account,"
            " registry_nameword, registry_snapshot, intake_upload, intake_rowerror cascade"
        )
        cursor.execute("set session_replication_role = origin")


def load(path: Path) -> Any:
    """Receive, check and admit ``path``; the upload."""
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.intake import actions as intake
    from shohay.stages.registry import actions as registry

    upload = intake.receive(data=path, file_name=path.name, by=SYSTEM)
    upload = intake.check(upload=upload, by=SYSTEM)
    registry.admit(upload=upload, by=SYSTEM)
    upload.refresh_from_db()
    return upload


def registered(rows: int) -> int:
    """Have about ``rows`` people in the registry, importing them if they are not there yet; how many there are."""
    from shohay.stages.registry.models import Person

    held = Person.objects.count()
    if abs(held - rows) > rows * 0.1:
        empty_registry()
        load(household_file(rows))
        held = Person.objects.count()
    return int(held)
