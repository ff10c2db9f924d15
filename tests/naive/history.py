"""The naive twin of temporal truth: for each moment of knowledge a whole calendar, one value a day, copied at each change."""

from __future__ import annotations

from collections.abc import Hashable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

DAYS = 40
Calendar = list[Any]


@dataclass
class Twin:
    """``beliefs[moment][key][day]`` is the value; a new moment for each change."""

    beliefs: list[dict[Hashable, Calendar]] = field(default_factory=lambda: [{}])
    starts: dict[Hashable, set[int]] = field(default_factory=dict)  # days on which a known value begins

    def know(self, key: Hashable, value: Any, since: int = 0) -> None:
        """The first record of a subject: so on every day from ``since``."""
        self.beliefs[-1][key] = [None] * since + [value] * (DAYS - since)

    def put(self, changes: dict[Hashable, tuple[Any, int | None, int | str | None]]) -> None:
        """One moment of knowledge: key -> (value, first day or None, first day without it, None or 'next')."""
        now = deepcopy(self.beliefs[-1])
        for key, (value, start, end) in changes.items():
            first = 0 if start is None else start
            known = self.starts.setdefault(key, set())
            last = min((day for day in known if start is None or day > start), default=DAYS) if end == "next" else end
            last = DAYS if last is None else int(last)
            for day in range(first, last):
                now[key][day] = value
            known -= {day for day in known if first <= day < last}
            known |= {start} if start is not None else set()
            known |= {last} if last < DAYS else set()
        self.beliefs.append(now)

    def of(self, key: Hashable, day: int, moment: int = -1) -> Any:
        return self.beliefs[moment].get(key, [None] * DAYS)[day]
