"""Everybody of the registry verified by a pretended election commission, a process of its own on loopback."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

DATABASE = True
DEFAULT_ROWS = 1_000_000
PARTY = "nid"


def run(rows: int) -> dict[str, Any]:
    """Seconds from the order to the last answer kept; making people and world does not count. CPU of both processes."""
    from shohay.adapters.simulators.world import HASH_KEY, build
    from shohay.cli.benches import _registry

    held = _registry.registered(rows)
    file = _registry.household_file(rows)
    world = _registry.var() / "files" / f"world-{rows}"
    if not (world / "nid.arrow").exists():
        build(file=file, truth=file.with_name("truth.parquet"), out=world, today=_registry.AS_OF)
    _forget()
    with _simulator(world) as process:
        assert process.stdout is not None
        url = f"http://127.0.0.1:{int(process.stdout.readline().split()[-1])}"
        try:
            told = _ask(url, HASH_KEY)
        finally:
            theirs = _cpu_of(process.pid)
            process.terminate()
    return {**told, "people": held, "simulator_cpu_seconds": theirs}


def _ask(url: str, hash_key: str) -> dict[str, Any]:
    """One run, and a second one that must find every answer still valid."""
    from shohay.adapters.ports import port_of
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.registry.actions_verification import start_verification
    from shohay.stages.registry.models_verification import VerificationRun
    from shohay.stages.registry.verifying import go_on

    port = port_of(PARTY, urls={PARTY: url}, key="", hash_key=hash_key)
    began, cpu = time.perf_counter(), _own_cpu()
    go_on(run=start_verification(party=PARTY, by=SYSTEM), port=port, by=SYSTEM, progress=lambda *_: None)
    ended = time.perf_counter()
    done = VerificationRun.objects.latest("id")
    cpu = _own_cpu() - cpu
    go_on(run=start_verification(party=PARTY, by=SYSTEM), port=port, by=SYSTEM, progress=lambda *_: None)
    return {
        "rows": done.answered, "seconds": round(ended - began, 2), "cpu_seconds": round(cpu, 1), "levels": done.levels,
        "findings": done.findings, "asked_again": VerificationRun.objects.latest("id").total,
        "again_seconds": round(time.perf_counter() - ended, 2),
    }  # fmt: skip


def _forget() -> None:
    """No answers from an earlier round."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "truncate registry_verification, registry_verificationbatch, registry_verificationrun, registry_finding,"
            " registry_partystate cascade"
        )


def _simulator(world: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from shohay.cli.main import app; app()", "simulate", PARTY, "--world", str(world)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _cpu_of(pid: int) -> float | None:
    """User and system seconds of another process; None where /proc cannot tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return None
    return round((int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), 1)
