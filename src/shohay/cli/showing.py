"""Progress on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]  # step, rows done, rows in all


@contextmanager
def bars() -> Iterator[Progress]:
    """A bar for each step that the work names, as it comes to it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as shown:
        tasks: dict[str, TaskID] = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = shown.add_task(step.replace("_", " "), total=total or None)
            shown.update(tasks[step], completed=done, total=total or None)

        yield progress
