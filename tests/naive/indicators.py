"""Figures rolled up one row at a time: the plain twin of shohay.bulk.indicators.roll_up."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from shohay.bulk.indicators import OVER_PROGRAMMES, SHARES

Key = tuple[str, str, str, str]


def roll_up(rows: list[dict[str, Any]]) -> dict[Key, tuple[float, int]]:
    sums: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0])
    for row in rows:
        programmes = {row["programme_code"]}
        if row["name"] in OVER_PROGRAMMES:
            programmes.add("")
        for digits in (0, 2, 4, 6):
            for programme in programmes:
                for group in {row["grp"], ""}:
                    key = (row["name"], row["area_code"][:digits], programme, group)
                    sums[key][0] += row["value"]
                    sums[key][1] += row["persons"]
    figures = {key: (value, int(persons)) for key, (value, persons) in sums.items()}
    return figures | _shares(figures)


def _shares(figures: dict[Key, tuple[float, int]]) -> dict[Key, tuple[float, int]]:
    found: dict[Key, tuple[float, int]] = {}
    for share in SHARES:
        for (name, area, programme, group), (whole, people) in figures.items():
            if (name, group) == share.whole and whole > 0:
                part, some = figures.get((share.part[0], area, programme, share.part[1]), (0.0, 0))
                found[share.name, area, programme, ""] = (part / whole, min(some or people, people))
    return found
