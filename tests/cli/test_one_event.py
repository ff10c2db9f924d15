"""Each action on the way from the household file to the approved payroll writes one event, no more and no less."""

from __future__ import annotations

import functools
import importlib
import inspect
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from shohay.cli import links
from shohay.cli.world import World
from shohay.core.bank import Receipt
from shohay.stages.audit.models import Event
from shohay.stages.audit.queries import verify

STAGES = Path(links.__file__).parents[1] / "stages"
# they act through other actions: one event for each of those
OF_SEVERAL = {
    "demo_officers",  # an officer each
    "approve_merge",  # the second record becomes a duplicate
}


class Yes:
    """A bank that takes every file and never writes."""

    def submit(self, data: bytes) -> Receipt:
        return Receipt("ACCP")

    def letters(self):
        return iter(())

    def done(self, keys) -> None:
        pass

    def advance(self, days: int) -> None:
        pass


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int]]:
    """Action -> the events that each call of it added (not those that one action calls of another)."""
    added: dict[str, list[int]] = defaultdict(list)
    inside: list[str] = []

    def watch(name: str, action: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(action)
        def watched(**arguments: Any) -> Any:
            before = Event.objects.count()
            inside.append(name)
            try:
                return action(**arguments)
            finally:
                inside.pop()
                if not inside:
                    added[name].append(Event.objects.count() - before)

        return watched

    for path in sorted(STAGES.glob("*/actions*.py")):
        if path.parent.name == "audit":
            continue
        module = importlib.import_module(f"shohay.stages.{path.parent.name}.{path.stem}")
        for name, action in inspect.getmembers(module, inspect.isfunction):
            if (
                action.__module__ == module.__name__
                and not name.startswith("_")
                and "by" in inspect.signature(action).parameters
            ):
                monkeypatch.setattr(module, name, watch(f"{path.parent.name}.{name}", action))
    return added


@pytest.mark.django_db
def test_one_action_one_event(written, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path)
    world = World(150, 7, date(2026, 11, 22), tmp_path, "")
    world.__dict__["bank"] = Yes()
    for link in (
        links.reference, links.population, links.receive, links.admit, links.applications, links.snapshot,
        links.duplicates, links.decide_pair, links.quotas, links.determine, links.propose, links.approve, links.enrol,
        links.payroll, links.approve_payrolls, links.send, links.figures,
    ):  # fmt: skip
        link(world, lambda step, done, total: None)
    assert len(written) >= 20
    assert {
        name: set(counts)
        for name, counts in written.items()
        if set(counts) != {1} and name.split(".")[1] not in OF_SEVERAL
    } == {}
    assert verify().broken_at is None
