"""What tests of the policy lab share: a tiny survey base, rules of two programmes, the score formula."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from shohay.bulk import survey_base
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.programmes.actions_scores import install_shipped_formula
from shohay.stages.results import queries_lab
from tests.factories.world import publish_definition

MANAGER = Officer("manager", "programme_manager", ("",), ("",))
FINANCE = Officer("finance", "finance", ("",), ("",))
EVALUATOR = Officer("evaluator", "evaluator", ("",), ("",))
SEED, HOUSEHOLDS = 7, 400


def make_base() -> Path:
    """A survey base of so many households, made once a worker; the seed is printed."""
    folder = Path(settings.VAR) / queries_lab.SURVEYS / "test"
    if not folder.exists():
        print("survey base, seed", SEED)
        made = survey_base.synthetic(households=HOUSEHOLDS, seed=SEED, out=folder.with_name(".making"))
        shutil.move(made, folder)
    return folder


def rules() -> None:
    """The rules of OAA and WDA, and the score formula; the programmes must exist."""
    publish_definition("old_age_allowance")
    publish_definition("widow_allowance")
    install_shipped_formula(by=SYSTEM)


def base() -> queries_lab.Base:
    return next(one for one in queries_lab.bases(MANAGER) if one.key == "test")


def scenario(title: str = "Today", codes: tuple[str, ...] = ("OAA", "WDA"), **change: Any) -> dict[str, Any]:
    """Published rules; ``change`` is laid over those of the first programme."""
    entries: list[dict[str, Any]] = [{"code": code} for code in codes]
    if change:
        entries[0]["change"] = change
    return {
        "format": 1, "title": {"bn": f"{title} বাংলা", "en": title}, "on": date(2026, 11, 22).isoformat(), "years": 3,
        "take_up": 0.9, "administration": 0.03, "programmes": entries,
    }  # fmt: skip


_MADE: dict[tuple[object, ...], dict[str, Any]] = {}


def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulate the same once in a worker: the simulation has tests of its own."""
    real = queries_lab.simulate

    def once(**asked: Any) -> dict[str, Any]:
        key = (asked["base"], asked["errors"], *(one.sha256 for one in asked["scenarios"]), asked["sample"], *sorted(asked["drafts"]),
               *sorted(one.sha256 for one in asked["definitions"].values()), *sorted(asked["quotas"].items()))  # fmt: skip
        if key not in _MADE:
            _MADE[key] = dict(real(**asked))
        elif asked["progress"]:
            for step in ("read", "choose", "measure"):
                asked["progress"](step, 1, 1)
        return _MADE[key]

    monkeypatch.setattr(queries_lab, "simulate", once)


def forget() -> None:
    """The next simulation is a real one."""
    _MADE.clear()


def what_if() -> dict[str, Any]:
    return scenario("Age 60", parameters={"age_men": 60, "age_women": 60, "rate": 1000})
