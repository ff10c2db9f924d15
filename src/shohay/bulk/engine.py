"""The one place where the bulk engine is chosen.

``SHOHAY_ENGINE`` (default ``duckdb``) names it: ``duckdb`` in this process, or the master of an Apache Spark:
``spark://host:7077``, ``yarn``, ``k8s://...``, ``local[2]``, and ``spark`` for all processors of this machine. Spark
decides and ranks; DuckDB then writes the files, so a result has the same bytes whichever engine made it.

Every DuckDB connection runs on one thread: work is split into chunks that are given to as many workers as there are
processors, so that the bytes of a result do not depend on the machine either.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
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
    """DuckDB in this process, and beside it Spark where ``master`` says where it is.

    ``memory_mib`` is shared by DuckDB's workers; beyond it they spill to ``spill``.
    """

    name: str = "duckdb"
    workers: int = field(default_factory=lambda: max(1, len(os.sched_getaffinity(0))))
    memory_mib: int = 6144
    spill: Path | None = None
    master: str | None = None

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


DUCKDB = "duckdb"
MASTER = re.compile(r"local(\[(\*|[1-9]\d{0,2})\])?|spark://[\w.,:-]+|yarn|k8s://[\w./:-]+")


def choose(name: str = "") -> Engine:
    """The engine by name, else the one that SHOHAY_ENGINE names.

    Raises Refusal('engine_unknown') for a name that is none, Refusal('engine_absent') when it is Spark and pyspark or
    Java is not on this machine.
    """
    name = name or os.environ.get("SHOHAY_ENGINE", "") or DUCKDB
    if name == DUCKDB:
        return Engine()
    master = "local[*]" if name == "spark" else name
    if not MASTER.fullmatch(master):
        raise Refusal("engine_unknown", engine=name)
    if missing := spark_lacks():
        raise Refusal("engine_absent", engine=name, missing=missing)
    return Engine(name=name, master=master)


def spark_lacks() -> str:
    """What Spark needs and this machine has not: ``pyspark``, ``java``; empty when it can be used."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark"
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java") or (home and shutil.which("java", path=f"{home}/bin"))
    return "" if found else "java"
