"""Data flows left to right, imports and foreign keys point left; a planted violation is caught."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from tests.contracts.guards import foreign_keys_to_the_right

ROOT = Path(__file__).resolve().parents[1]


def stage_order() -> list[str]:
    """The stages, leftmost first, as the import contract lists them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (stages,) = [contract["layers"] for contract in contracts if contract.get("containers") == ["shohay.stages"]]
    return list(reversed(stages))


def test_no_foreign_key_points_right():
    edges = [
        (model._meta.app_label, field.related_model._meta.app_label)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete and field.related_model
    ]
    assert len(edges) > 30  # the walk sees the models
    assert foreign_keys_to_the_right(edges, stage_order()) == []


def test_a_planted_foreign_key_is_caught():
    assert foreign_keys_to_the_right([("registry", "payments")], stage_order()) == ["registry -> payments"]


def test_every_stage_is_installed():
    installed = {config.label for config in apps.get_app_configs()}
    assert set(stage_order()) <= installed


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on a copy of the package."""
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--no-cache",
        "--config",
        str(ROOT / "pyproject.toml"),
    ]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=source, env={"PYTHONPATH": str(source), "PATH": "/usr/bin:/bin"}
    )


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("stages/registry/queries.py", "import shohay.stages.payments.models", "Stages"),
        ("core/values.py", "import django", "Core and policy are pure"),
        ("core/values.py", "import shohay.bulk", "Layers"),
        ("bulk/__init__.py", "import django.db", "Bulk and adapters know no Django"),
        ("stages/payments/actions.py", "import shohay.adapters", ""),
    ],
)
def test_a_planted_import_is_caught(tmp_path: Path, file: str, line: str, broken: str):
    copy = tmp_path / "shohay"
    shutil.copytree(
        ROOT / "src" / "shohay",
        copy,
        ignore=shutil.ignore_patterns("static", "data", "templates", "locale", "__pycache__"),
    )
    target = copy / file
    target.write_text(target.read_text() + f"\n{line}\n")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout
    assert broken in done.stdout
