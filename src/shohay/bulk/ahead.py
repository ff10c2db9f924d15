"""Work on the next items while the caller is busy with the one before."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def ahead(pool: Executor, work: Callable[[Item], Result], items: Iterable[Item], waiting: int = 4) -> Iterator[Result]:
    """``work`` done on each item, in the order of the items, which are taken in the caller's thread.

    So many results may wait to be asked for; more are not begun, so the memory they take is bounded.
    """
    begun: deque[Future[Result]] = deque()
    for item in items:
        begun.append(pool.submit(work, item))
        if len(begun) > waiting:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()
