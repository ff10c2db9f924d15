"""A payroll with postings and bank files: from enrolments in PostgreSQL to payments, transfers and pain.001."""

from __future__ import annotations

import time
from typing import Any

from shohay.cli.ready import ready

DEFAULT_ROWS = 1_000_000


def run(rows: int) -> dict[str, Any]:
    """Prepare (read, compute, COPY payments, book transfers), approve, write the files."""
    ready()
    from shohay.cli.benches import _money
    from shohay.stages.payments import actions
    from shohay.stages.payments.models import Transfer

    with _money.beneficiaries(rows) as preparation:
        started = time.perf_counter()
        payroll = _money.payroll()
        prepared = time.perf_counter()
        files = actions.write_files(payroll=payroll, by=_money.officer("finance"))
        finished = time.perf_counter()
        assert payroll.lines == rows == sum(file.lines for file in files) == Transfer.objects.count()
        return {
            **preparation,
            "seconds": round(finished - started, 2),
            "payroll_seconds": round(prepared - started, 2),
            "files_seconds": round(finished - prepared, 2),
            "payments": payroll.lines,
            "transfers": rows,
            "files": len(files),
        }
