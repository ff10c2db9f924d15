"""The template of an input file: its columns, their kinds and their spellings, read from templates/<name>.yaml."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shohay.core.bangla import normalise

FOLDER = Path(__file__).parent / "templates"
KINDS = ("text", "name", "lower", "area", "int", "float", "bool", "date", "enum", "codes", "digits")


@dataclass(frozen=True)
class Column:
    """One column. ``kind`` says how its text is read, ``values`` the codes of an enum with their spellings."""

    code: str
    level: str
    kind: str
    bn: str
    en: str
    required: bool = False
    bangla: bool = False
    secret: bool = False
    max: float | None = None
    min: float | None = None
    help_bn: str = ""
    help_en: str = ""
    aliases: tuple[str, ...] = ()
    changes: str = ""  # "fact.column" of the registry that a change list may change
    values: dict[str, list[str]] = field(default_factory=dict)

    def headings(self) -> set[str]:
        """Every heading that names this column, folded."""
        return {fold_heading(name) for name in (self.code, self.bn, self.en, *self.aliases)}

    def spellings(self) -> dict[str, list[str]]:
        """code -> what may stand in a cell, lower case, with both ways of typing য়, ড়, ঢ়."""
        return {code: _both_ways([code, *others]) for code, others in self.values.items()}


@dataclass(frozen=True)
class Rule:
    """A condition over several cells that is wrong when it holds, in SQL over c_<column> and v_<column>."""

    column: str
    code: str
    wrong: str
    warning: bool = False


@dataclass(frozen=True)
class Template:
    name: str
    version: int
    title_bn: str
    title_en: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]

    def column(self, code: str) -> Column:
        return next(column for column in self.columns if column.code == code)

    @property
    def codes(self) -> list[str]:
        return [column.code for column in self.columns]


@cache
def load_template(name: str) -> Template:
    """The template ``name``; FileNotFoundError when there is none."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    columns = tuple(_column(spec) for spec in found["columns"])
    rules = tuple(Rule(**spec) for spec in found["rules"])
    return Template(found["name"], found["version"], found["title"]["bn"], found["title"]["en"], columns, rules)


def template_names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def _column(spec: dict[str, Any]) -> Column:
    kind = spec.pop("type")
    if other := spec.pop("values_of", ""):
        spec["values"] = {c.code: [*dict.fromkeys((c.bn, c.en))] for c in load_template(other).columns if c.changes}
    if kind not in KINDS:
        raise ValueError(f"{spec['code']}: unknown kind {kind}")
    return Column(kind=kind, aliases=tuple(spec.pop("aliases", ())), **spec)


def fold_heading(text: str) -> str:
    """A heading without case, spaces, stars and brackets, so that small differences do not matter."""
    kept = normalise(text).lower().replace("*", "")
    return "".join(letter for letter in kept if letter not in " _-()[]'’\"")


def _both_ways(spellings: list[str]) -> list[str]:
    """Each spelling as we normalise it and as NFC leaves it, lower case, in a fixed order."""
    ways = [way for text in spellings for way in (normalise(text), unicodedata.normalize("NFC", text))]
    return list(dict.fromkeys(way.lower() for way in ways))
