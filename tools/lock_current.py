"""Do the lock files hold every requirement of pyproject.toml, pinned and with hashes? No network needed."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
OWN = {"spark": "requirements-spark.lock"}  # extras with a lock of their own; all others are in requirements.lock


def locked(text: str) -> dict[str, tuple[str, int]]:
    """Package -> (version, number of hashes)."""
    found: dict[str, tuple[str, int]] = {}
    for block in re.split(r"\n(?=\S)", text):
        if match := re.match(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", block):
            found[canonicalize_name(match[1])] = (match[2], block.count("--hash=sha256:"))
    return found


def problems() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *(line for name in extras if name not in OWN for line in extras[name])]
    found = _missing(asked, "requirements.lock")
    for extra, file in OWN.items():
        found += _missing(extras[extra], file)
    return found


def _missing(asked: list[str], file: str) -> list[str]:
    """What a lock file lacks of the lines ``asked``."""
    pins = locked((ROOT / file).read_text())
    found = [f"{name} {version} of {file} has no hash" for name, (version, hashes) in pins.items() if not hashes]
    for line in asked:
        requirement = Requirement(line)
        pin = pins.get(canonicalize_name(requirement.name))
        if pin is None or not requirement.specifier.contains(pin[0]):
            found.append(f"{line} is not what {file} holds ({pin[0] if pin else 'nothing'}); run `make lock`")
    return found


if __name__ == "__main__":
    wrong = problems()
    print("\n".join(wrong) or "the locks hold every requirement, pinned and hashed")
    sys.exit(bool(wrong))
