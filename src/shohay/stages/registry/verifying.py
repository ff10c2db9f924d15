"""Working off a verification: portion after portion by several workers, waiting, put down and taken up again.

Stands between the job or command, which pass the party in, and the actions, which each do one portion.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from shohay.core.verification import Port
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import actions_deaths
from shohay.stages.registry import actions_verification as actions
from shohay.stages.registry.models_verification import VerificationRun

Progress = Callable[[str, int, int], None]

CONNECTIONS = 4  # calls under way at once
WORKERS = 2  # one reads and writes while the other waits for answers
PATIENCE = 120.0  # seconds without an answer before the run is put down, to be taken up by the clock
LOOK = 1.0  # seconds between two looks at how far it is, and whether somebody wants it stopped


@dataclass
class Asking:
    """What the workers of one run share."""

    run: VerificationRun
    port: Port
    by: Officer
    patience: float = PATIENCE
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    stop: threading.Event = field(default_factory=threading.Event)
    resume_in: float | None = None  # seconds; set when the party was silent for too long
    problem: BaseException | None = None


def go_on(
    *, run: VerificationRun, port: Port, by: Officer, progress: Progress, workers: int = WORKERS,
    connections: int = CONNECTIONS, patience: float = PATIENCE, now: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> dict[str, Any]:  # fmt: skip
    """Ask until nobody is left (state done) or the party is silent for ``patience`` seconds (state paused).

    ``workers`` 1: in this thread, for tests. An ended run stays ended.
    """
    if run.state == VerificationRun.State.WAITING:
        progress("prepare", 0, 0)
        run = actions.prepare_verification(run=run, by=by)
    elif run.state == VerificationRun.State.PAUSED:
        run = actions.resume_verification(run=run, by=by)
    if run.state != VerificationRun.State.RUNNING:
        return _told(run)
    asking = Asking(run, port, by, patience, now, sleep)
    with ThreadPoolExecutor(connections) as pool:
        if workers == 1:
            _ask_all(asking, pool, lambda: _tell(asking, progress))
        else:
            _in_threads(asking, pool, workers, progress)
    if asking.problem is not None:
        raise asking.problem
    run.refresh_from_db()
    if run.state != VerificationRun.State.RUNNING:
        return _told(run)
    if asking.resume_in is not None:
        until = timezone.now() + timedelta(seconds=asking.resume_in)
        return _told(actions.pause_verification(run=run, until=until, by=by))
    if run.party == "civil_registration":
        actions_deaths.propose_deaths(area=run.area_code, by=by, progress=progress)
    return _told(actions.finish_verification(run=run, by=by))


def _told(run: VerificationRun) -> dict[str, Any]:
    return {"run": run.pk, "state": run.state, "answered": run.answered, "total": run.total, **run.levels}


def _tell(asking: Asking, progress: Progress) -> None:
    """How far it is; raises Cancelled when somebody wants it stopped. A run stopped on its own page stops too."""
    asking.run.refresh_from_db()
    progress("asking", asking.run.answered + asking.run.given_up, asking.run.total)
    if asking.run.state != VerificationRun.State.RUNNING:
        asking.stop.set()


def _in_threads(asking: Asking, pool: Executor, workers: int, progress: Progress) -> None:
    """Each worker with a database connection of its own; this thread looks on."""

    def work() -> None:
        try:
            _ask_all(asking, pool, lambda: None)
        except BaseException as fault:
            asking.problem = asking.problem or fault
            asking.stop.set()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, name=f"verify-{number}") for number in range(workers)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            while thread.is_alive():
                thread.join(LOOK)
                _tell(asking, progress)
    except BaseException:
        asking.stop.set()
        for thread in threads:
            thread.join()
        raise


def _ask_all(asking: Asking, pool: Executor, tell: Callable[[], None]) -> None:
    """Portion after portion; waits in small steps, so that a stop is heard."""
    silent = 0.0
    while not asking.stop.is_set():
        done = actions.ask_portion(run=asking.run, port=asking.port, pool=pool, by=asking.by)
        tell()
        if done.wait is None:
            return
        silent = 0.0 if done.answered else silent
        if done.wait and not done.answered:
            if silent + done.wait > asking.patience:
                asking.resume_in = max(done.wait, asking.resume_in or 0.0)
                asking.stop.set()
                return
            silent += done.wait
            _wait(asking, done.wait)


def _wait(asking: Asking, seconds: float) -> None:
    until = asking.now() + seconds
    while not asking.stop.is_set() and (left := until - asking.now()) > 0:
        asking.sleep(min(left, LOOK))
