"""shohay bench: measure one thing, or everything, and say it in one JSON line each.

A benchmark is a file cli/benches/<name>.py (dashes become underscores; ``import`` is import_.py) with ``DEFAULT_ROWS``
and ``run(rows) -> dict``. What run returns is added to the line; "seconds" in it replaces the time of the whole call
(so that preparing does not count), "rows" replaces the number asked for. Each runs in a process of its own, whose
memory (with its children, without PostgreSQL) is watched, and in VAR/bench, with its own private PostgreSQL: a
benchmark never touches the data of the installation. One that says ``DATABASE = True`` finds the schema in place.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Annotated, Any

import typer

PAUSE = 0.05  # seconds between two looks at the memory


def register(app: typer.Typer) -> None:
    app.command()(bench)


def bench(
    name: Annotated[str, typer.Argument(help="A benchmark, or all.")],
    rows: Annotated[int, typer.Option(help="How many rows; 0 = the benchmark's default.", min=0)] = 0,
    engine: Annotated[str, typer.Option(help="Bulk engine: duckdb, spark, local[2] or spark://host:7077.")] = "",
) -> None:
    """Measure: prints one JSON line a benchmark; ``all`` also writes VAR/bench.json."""
    known = names()
    if name != "all" and name not in known:
        raise typer.BadParameter(f"unknown benchmark {name!r}; there are: {', '.join(known)}", param_hint="NAME")
    lines = []
    try:
        for one in known if name == "all" else [name]:
            line = measure(one, rows, engine)
            lines.append(line)
            typer.echo(json.dumps(line, ensure_ascii=False))
    finally:
        _stop_database()
    if name == "all":
        var = _var()
        var.mkdir(parents=True, exist_ok=True)
        (var / "bench.json").write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if any("error" in line for line in lines):
        raise typer.Exit(1)


def names() -> list[str]:
    """The benchmarks there are, by name."""
    found = (path.stem for path in (Path(__file__).parent / "benches").glob("[!_]*.py"))
    return sorted(stem.rstrip("_").replace("_", "-") for stem in found)


def module_of(name: str) -> str:
    """The module of a benchmark; ``import`` is a word of Python, so it lives in import_.py."""
    stem = name.replace("-", "_")
    plain = Path(__file__).parent / "benches" / f"{stem}.py"
    return f"shohay.cli.benches.{stem if plain.exists() else stem + '_'}"


def measure(name: str, rows: int, engine: str = "") -> dict[str, Any]:
    """Run one benchmark in a process of its own; the line, or one with "error" when it failed.

    ``engine`` stands in the line where another than DuckDB was chosen, here or by SHOHAY_ENGINE; its start counts.
    """
    with tempfile.TemporaryDirectory() as scratch:
        answer = Path(scratch) / "answer.json"
        command = [sys.executable, "-m", "shohay.cli.bench", name, str(rows), str(answer)]
        environment = _environment() | ({"SHOHAY_ENGINE": engine} if engine else {})
        child = subprocess.Popen(command, env=environment, stdout=2)  # what it prints is not our line
        peak = _watch(child)
        if child.returncode != 0 or not answer.exists():
            return {"bench": name, "error": f"ended with code {child.returncode}"}
        line: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    line["peak_mib"] = round(max(peak / 1024, line.pop("own_peak_kib") / 1024))
    if chosen := environment.get("SHOHAY_ENGINE"):
        line["engine"] = chosen
    return line


def _var() -> Path:
    """Where results go, as the settings say, without waiting for Django."""
    return Path(os.environ.get("SHOHAY_VAR") or Path(__file__).resolve().parents[3] / "var")


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {"SHOHAY_VAR": str(_var() / "bench")}


def _stop_database() -> None:
    """Stop the private PostgreSQL of the benchmarks, if one of them started it."""
    if (_var() / "bench" / "postgres" / "postmaster.pid").exists():
        from importlib import import_module

        import_module("shohay.config.postgres").stop(_var() / "bench")


def _watch(child: subprocess.Popen[bytes]) -> int:
    """Wait for the process; the most memory (KiB, resident) that it and its children held at one look."""
    peak = 0
    done = threading.Event()

    def look() -> None:
        nonlocal peak
        while not done.wait(PAUSE):
            peak = max(peak, sum(_resident(pid) for pid in _family(child.pid)))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        child.wait()
    finally:
        done.set()
        watcher.join()
        if child.poll() is None:
            child.terminate()
    return peak


def _family(pid: int) -> list[int]:
    """The process and all its descendants; empty where /proc cannot tell."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in children.read_text().split()]
            except OSError:
                continue
    return found


def _resident(pid: int) -> int:
    """Resident memory in KiB; 0 when the process is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def run_here(name: str, rows: int) -> dict[str, Any]:
    """Run a benchmark in this process; the line without the watched memory."""
    import importlib
    import resource

    module = importlib.import_module(module_of(name))
    rows = rows or module.DEFAULT_ROWS
    if getattr(module, "DATABASE", False):
        _schema()
    started = time.perf_counter()
    extra = dict(module.run(rows))
    seconds = extra.pop("seconds", time.perf_counter() - started)
    rows = extra.pop("rows", rows)
    line: dict[str, Any] = {"bench": name, "rows": rows, "seconds": round(seconds, 3)}
    line["rows_per_second"] = round(rows / seconds) if seconds else None
    return line | extra | {"own_peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


def _schema() -> None:
    from shohay.cli.ready import ready

    ready()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    Path(sys.argv[3]).write_text(
        json.dumps(run_here(sys.argv[1], int(sys.argv[2])), ensure_ascii=False), encoding="utf-8"
    )
