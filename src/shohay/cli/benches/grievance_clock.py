"""The clock of complaints: the day each is due, and by how many working days it is late, holidays counted."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import Any

DEFAULT_ROWS = 1_000_000
FIRST, DAYS = date(2024, 1, 1), 1_000  # complaints of some three years
HOLIDAYS_A_YEAR = 22  # as many as the government gazettes, drawn anywhere in the year


def run(rows: int) -> dict[str, Any]:
    """Due day and lateness of ``rows`` complaints filed on drawn days, one by one as a page or an answer asks."""
    from shohay.core import deadlines

    draw = random.Random(2026)
    holidays = frozenset(
        FIRST + timedelta(days=365 * year + draw.randrange(365)) for year in range(4) for _ in range(HOLIDAYS_A_YEAR)
    )
    filed = [FIRST + timedelta(days=draw.randrange(DAYS)) for _ in range(rows)]
    today = FIRST + timedelta(days=DAYS)
    started = time.perf_counter()
    late = 0
    for day in filed:
        due = deadlines.add_working_days(day, deadlines.GRIEVANCE_DAYS, holidays)
        late += deadlines.working_days_late(due, today, holidays) > 0
    seconds = time.perf_counter() - started
    assert 0 < late < rows, late  # the newest are in time, the oldest are not
    return {"seconds": round(seconds, 3), "holidays": len(holidays), "late": late}
