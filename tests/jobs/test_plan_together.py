"""Two officers at the same moment: one version and one who is told; one dependency and no circle."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.coordination import actions_plan as actions
from shohay.stages.coordination.actions import load_plan
from shohay.stages.coordination.models_plan import PlanDependency, PlanUpdate
from shohay.stages.programmes.actions import load_catalogue
from tests.stages.coordination.plan_world import CABINET, COLLEAGUE, FOCAL, MINE, progress


def at_once(*doings: Callable[[], object]) -> list[str]:
    """'' for each that was done, the code of its refusal for the others."""
    start, ends = Barrier(len(doings)), [""] * len(doings)

    def go(place: int, doing: Callable[[], object]) -> None:
        start.wait()
        try:
            doing()
        except Refusal as refusal:
            ends[place] = refusal.code
        finally:
            connection.close()

    threads = [Thread(target=go, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(ends)


@pytest.mark.usefixtures("committed")
def test_two_officers_at_the_same_moment():
    load_catalogue(by=SYSTEM)
    load_plan(by=SYSTEM)

    def write(officer, words):
        return lambda: actions.submit_update(item=MINE, ministry="MoSW", saying=progress(words), base=0, by=officer)

    assert at_once(write(FOCAL, "one"), write(COLLEAGUE, "other")) == ["", "plan_update_changed"]
    assert PlanUpdate.objects.count() == 1
    assert at_once(
        lambda: actions.add_dependency(item="2.1-01-01", needs="2.1-01-02", by=CABINET),
        lambda: actions.add_dependency(item="2.1-01-02", needs="2.1-01-01", by=CABINET),
    ) == ["", "plan_dependency_circle"]
    assert PlanDependency.objects.count() == 1
