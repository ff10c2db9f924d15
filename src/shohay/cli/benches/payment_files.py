"""Bank files alone: payments and sealed accounts out of PostgreSQL, pain.001 on disk."""

from __future__ import annotations

import time
from typing import Any

from shohay.cli.ready import ready

DEFAULT_ROWS = 1_000_000


def run(rows: int) -> dict[str, Any]:
    """Read, open the account numbers, write and hash the files."""
    ready()
    from shohay.cli.benches import _money
    from shohay.stages.payments import actions
    from shohay.stages.payments.paths import var

    with _money.beneficiaries(rows) as preparation:
        payroll = _money.payroll()
        started = time.perf_counter()
        files = actions.write_files(payroll=payroll, by=_money.officer("finance"))
        seconds = time.perf_counter() - started
        size = sum(var(file.path).stat().st_size for file in files)
        return {
            **preparation,
            "seconds": round(seconds, 2),
            "files": len(files),
            "mib": round(size / 2**20),
            "mib_per_second": round(size / 2**20 / seconds),
        }
