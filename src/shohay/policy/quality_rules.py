"""The quality rules that come with Shohay, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from shohay.core.quality import Rules


@cache
def shipped() -> Rules:
    """The rules of policy/quality/rules.yaml, parsed and checked."""
    return Rules.parse(files("shohay.policy").joinpath("quality", "rules.yaml").read_text(encoding="utf-8"))
