"""The registry to a snapshot."""

from __future__ import annotations

import time
from typing import Any

DATABASE = True
DEFAULT_ROWS = 1_000_000


def run(rows: int) -> dict[str, Any]:
    from shohay.cli.benches import _registry
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.registry import actions

    held = _registry.registered(rows)
    started = time.perf_counter()
    taken = actions.take_snapshot(as_of=_registry.AS_OF, by=SYSTEM)
    return {"rows": held, "seconds": round(time.perf_counter() - started, 2), "sha256": taken.sha256[:12]}
