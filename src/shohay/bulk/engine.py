"""The one place where the bulk engine is chosen.

``SHOHAY_ENGINE`` (default ``duckdb``) names it. Every connection runs on one thread: work is split into chunks that
are given to as many workers as there are processors, so that the bytes of a result do not depend on the machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import duckdb

from shohay.core.messages import Refusal

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Engine:
    """DuckDB in this process. ``memory_mib`` is shared by the workers; beyond it they spill to ``spill``."""

    name: str = "duckdb"
    workers: int = field(default_factory=lambda: max(1, len(os.sched_getaffinity(0))))
    memory_mib: int = 6144
    spill: Path | None = None

    @property
    def version(self) -> str:
        return f"duckdb {duckdb.__version__}"

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A private in-memory database on one thread, closed to extensions and outside files' settings."""
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": 1,
            "memory_limit": f"{self.memory_mib // self.workers}MiB",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": True,
        }
        if self.spill:
            config["temp_directory"] = str(self.spill)
        return duckdb.connect(":memory:", config=config)

    def each(
        self, items: Iterable[Item], work: Callable[[Item], Made], done: Callable[[int], None] = lambda count: None
    ) -> list[Made]:
        """``work`` of every item, side by side, results in the order of the items; the first error is raised."""
        made: list[Made] = []
        with ThreadPoolExecutor(self.workers) as pool:
            futures = [pool.submit(work, item) for item in items]
            try:
                for count, future in enumerate(futures, 1):
                    made.append(future.result())
                    done(count)
            except BaseException:
                for future in futures:
                    future.cancel()
                raise
        return made


def choose(name: str = "duckdb") -> Engine:
    """The engine by name; raises Refusal('engine_unknown') for any but duckdb."""
    if name != "duckdb":
        raise Refusal("engine_unknown", engine=name)
    return Engine()
