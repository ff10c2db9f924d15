"""The indicators that come with Shohay, read once, and which programmes count as what in them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from shohay.core import document
from shohay.core.indicator_documents import Framework, parse

LEVELS = ("impact", "outcome", "output", "input")


@cache
def shipped() -> Framework:
    """policy/results/indicators/*.yaml, parsed and checked."""
    folder = files("shohay.policy").joinpath("results", "indicators")
    return parse(folder.joinpath(f"{level}.yaml").read_text(encoding="utf-8") for level in LEVELS)


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Group -> programme codes: 'child', 'older', 'disability', 'mother'; from policy/results/groups.yaml."""
    raw = document.read(files("shohay.policy").joinpath("results", "groups.yaml").read_text(encoding="utf-8"))
    return {name: tuple(codes) for name, codes in raw["groups"].items()}
