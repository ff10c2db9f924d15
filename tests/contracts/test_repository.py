"""What the whole repository keeps to: short files and functions, no paths of a machine, no host of a registry."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_LINES, MAX_FUNCTION = 400, 45
SILENCED = re.compile(r"# type: ignore(\[[a-z-]+(, ?[a-z-]+)*\])?\s*$|# (ruff|flake8|mypy): ", re.IGNORECASE)
FOREIGN = re.compile(r"/root/|/home/[a-z]+/|registry\.npm|files\.python|debian\.org", re.IGNORECASE)


def tracked() -> list[Path]:
    """Files that git tracks; every file where there is no git (an unpacked archive)."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]


def test_files_stay_short():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files()
        if (lines := path.read_text().count("\n")) > MAX_LINES
    }
    assert long == {}


def test_functions_stay_short():
    long = []
    for path in python_files():
        if path.is_relative_to(ROOT / "tests"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION:
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert long == []


def test_what_the_checkers_are_told_to_pass_over_says_why():
    """No file is excused as a whole, and a type that is ignored has its reason behind it."""
    silenced = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files()
        if path.is_relative_to(ROOT / "src")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if SILENCED.search(line)
    ]
    assert silenced == []


@pytest.mark.parametrize("suffix", [".py", ".md", ".sh", ".toml", ".yaml", ".html", ".js", ".css", ".lock"])
def test_no_paths_of_a_machine_and_no_registry_hosts(suffix: str):
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix == suffix and "vendor" not in path.parts and path != Path(__file__).resolve()
        if FOREIGN.search(path.read_text(errors="replace"))
    ]
    assert found == []
