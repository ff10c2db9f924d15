"""What an office's own file looks like: headings, first rows, and which columns of the template they may mean."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from shohay.bulk.intake_reading import LENIENT, open_file, understood
from shohay.bulk.intake_template import Column, Template, fold_heading

SHOWN = 5
ALIKE = 0.7  # from which likeness of two headings one is offered for the other
SHORTEST = 3  # letters from which a heading inside another counts


@dataclass(frozen=True)
class Preview:
    """The headings by place, the first rows, and a code for each heading ('' where nothing is near)."""

    headings: list[str]
    rows: list[list[str]]
    guesses: list[str]
    understood: bool
    lenient: bool  # a form: what it leaves out is not asked for


def preview(path: Path, template: Template, work: Path) -> Preview:
    """Raises what open_file raises; ``work`` is emptied before and removed after."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        opened = open_file(path, template, work)
        with opened.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=opened.delimiter)
            next(reader, None)
            rows = [row for row, _ in zip(reader, range(SHOWN), strict=False)]
    finally:
        shutil.rmtree(work, ignore_errors=True)
    known = understood(opened.header, template)
    lacking = {column.code for column in template.columns} - set(known)
    return Preview(opened.header, rows, guess(opened.header, template), not lacking, opened.encoding in LENIENT)


def guess(header: Sequence[str], template: Template) -> list[str]:
    """The code of each heading: known ones first, then the nearest that is not taken, each at most once."""
    found = understood(header, template)
    for place, code in enumerate(found):
        if code in found[:place]:
            found[place] = ""
    free = [column for column in template.columns if column.code not in found]
    near = sorted(
        ((_likeness(heading, column), -place, column.code) for place, heading in enumerate(header)
         if not found[place] for column in free), reverse=True,
    )  # fmt: skip
    for likeness, place, code in near:
        if likeness >= ALIKE and not found[-place] and code not in found:
            found[-place] = code
    return found


def _likeness(heading: str, column: Column) -> float:
    """From 0 to 1; a heading that holds the other whole is very like it."""
    mine = fold_heading(heading)
    best = 0.0
    for other in column.headings():
        if min(len(mine), len(other)) >= SHORTEST and (mine in other or other in mine):
            best = max(best, 0.8 + 0.2 * min(len(mine), len(other)) / max(len(mine), len(other)))
        elif mine:
            best = max(best, SequenceMatcher(None, mine, other).ratio())
    return best


def headings_key(headings: Sequence[str]) -> str:
    """Files with the same headings in the same order are read the same way."""
    return hashlib.sha256("\x1f".join(fold_heading(heading) for heading in headings).encode()).hexdigest()
