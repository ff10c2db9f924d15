"""What a question is: a page that asks one or more facts, when it fits, and what follows where it does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Answers = Mapping[str, Any]


class Ask(NamedTuple):
    """One fact to ask: ``kind`` choice | yesno | number | decimal | date | area | programmes; ``label`` in English."""

    fact: str
    kind: str
    label: str
    help: str = ""
    most: int = 1000


@dataclass(frozen=True)
class Question:
    """One page. ``fits`` tells from the answers so far whether to show it."""

    name: str
    title: str
    asks: tuple[Ask, ...]
    help: str = ""
    fits: Callable[[Answers], bool] = lambda answers: True
    otherwise: tuple[tuple[str, object], ...] = ()  # what follows where the question does not fit


def age_of(answers: Answers) -> int | None:
    """Whole years on the day the answers were given; None where no birth date was told."""
    born = answers.get("birth_date")
    if not born:
        return None
    year, month, day_ = (int(part) for part in str(born).split("-"))
    today = dt.date.fromisoformat(str(answers["today"]))
    return today.year - year - ((today.month, today.day) < (month, day_))


def aged(low: int, high: int) -> Callable[[Answers], bool]:
    """Whether somebody may be of that age: the age is not known, or lies between."""
    return lambda answers: (age := age_of(answers)) is None or low <= age <= high
