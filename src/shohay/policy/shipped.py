"""The definitions that come with Shohay: one folder a programme, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from shohay.core.definition import Definition


def folders() -> list[Traversable]:
    """The folders of programmes, by name."""
    every = [folder for folder in files("shohay.policy").iterdir() if folder.joinpath("definition.yaml").is_file()]
    return sorted(every, key=lambda folder: folder.name)


@cache
def by_code() -> dict[str, tuple[Definition, Traversable]]:
    """Every shipped definition, parsed and checked, with its folder, by code."""
    made = [
        (Definition.parse(folder.joinpath("definition.yaml").read_text(encoding="utf-8")), folder)
        for folder in folders()
    ]
    return {definition.code: (definition, folder) for definition, folder in sorted(made, key=lambda pair: pair[0].code)}


def definitions() -> tuple[Definition, ...]:
    """Every shipped definition, by code."""
    return tuple(definition for definition, _ in by_code().values())


def read(code: str, name: str) -> str:
    """A file of a programme's folder (cases.yaml, about.bn.md ...); raises KeyError for an unknown programme."""
    return by_code()[code][1].joinpath(name).read_text(encoding="utf-8")


def has(code: str, name: str) -> bool:
    """Whether the programme ships such a file."""
    return code in by_code() and by_code()[code][1].joinpath(name).is_file()
