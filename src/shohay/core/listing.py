"""Lists that officers take away as files, by name.

The web declares what a list holds and the job that writes it runs in another process and may not import the web:
the web puts each list in here (``listed``), and the job finds it by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple


class Sheet(NamedTuple):
    """What a file of a list holds: headings and rows in the reader's language, numbers and dates as such."""

    title: str
    header: list[str]
    rows: Iterator[Sequence[object]]
    length: int


class Listed(NamedTuple):
    """``open(officer, asked, language)`` gives the sheet that the officer may see; ``asked`` are the filters."""

    name: str
    permissions: tuple[str, ...]  # any one of them
    open: Callable[[Any, Mapping[str, str], str], Sheet]


LISTS: dict[str, Listed] = {}


def listed(one: Listed) -> None:
    """Make the list known under its name; a name is taken once, so a second list of that name is a bug."""
    if one.name in LISTS:
        raise ValueError(f"two lists are called {one.name}")
    LISTS[one.name] = one
