"""Indicators as documents: what is measured, how, by whom, from where it starts and where it should get to.

A document holds the indicators of one level. Computed ones name counts of the vocabulary (core.indicator_counts) in
their numerator and denominator; submitted ones say in words what the office counts, and which office does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shohay.core import document, indicator_formula
from shohay.core.indicator_counts import COUNTS, SPLITS
from shohay.core.indicator_states import Milestones
from shohay.core.messages import Refusal, Text
from shohay.core.values import FiscalYear

SIDES = ("numerator", "denominator")
Code = Annotated[str, Field(pattern=r"^[A-Z]{2}-\d{2}$")]
Year = Annotated[str, Field(pattern=r"^\d{4}(-\d{2})?$")]


class Part(BaseModel):
    """A part of the document: frozen, and nothing in it that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """A text in both languages."""

    bn: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.bn


class Side(Words):
    """Numerator or denominator: in words, and for a computed indicator over which counts."""

    of: str = ""


class Baseline(Part):
    """Where it starts. The year is a fiscal year, or a calendar year for surveys."""

    value: float
    year: Year
    source: Annotated[str, Field(min_length=1)]


class Target(Part):
    """What is aimed at in a fiscal year."""

    year: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    value: float
    source: Annotated[str, Field(min_length=1)]


class Indicator(Part):
    """One indicator as reviewed."""

    code: Code
    name: Words
    level: Literal["input", "output", "outcome", "impact"]
    core: bool
    unit: Annotated[str, Field(min_length=1)]
    direction: Literal["up", "down", "target", "monitor"]
    numerator: Side
    denominator: Side
    formula: str
    by: tuple[Literal["district", "sex", "programme", "quintile", "ministry", "criterion"], ...] = ()
    source: Literal["computed", "submitted"]
    data_source: str
    frequency: str
    sdg: tuple[str, ...] = ()
    sdg_series: str = ""  # series of the global SDG data structure that this is the national value of
    reported_by: tuple[str, ...] = ()  # ministry codes; empty for computed ones
    each_ministry: bool = False  # each of them reports its own figure, which are added up
    verified_by: Annotated[str, Field(min_length=1)]
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    note: Words | None = None

    @property
    def milestones(self) -> Milestones:
        base = self.baseline
        aims = {aim.year: aim.value for aim in self.targets}
        return Milestones(aims, base.value if base else None, base.year if base else "")

    @cached_property
    def whole(self) -> indicator_formula.Formula:
        return indicator_formula.check(self.formula, SIDES, ("denominator",))

    def side(self, name: str) -> indicator_formula.Formula:
        """The checked numerator or denominator of a computed indicator."""
        return indicator_formula.check(getattr(self, name).of, COUNTS)

    @property
    def counts(self) -> frozenset[str]:
        """The counts that a computed indicator is made of."""
        if self.source == "submitted":
            return frozenset()
        return self.side("numerator").names | self.side("denominator").names

    @property
    def splits(self) -> tuple[str, ...]:
        """The groups by which it is computed: those it asks for."""
        return tuple(name for name in SPLITS if name in self.by)

    @property
    def is_share(self) -> bool:
        """A part of a whole, so that the numerator cannot be above the denominator."""
        return self.unit == "%" and self.formula.replace(" ", "") == "100*numerator/denominator"

    @property
    def sha256(self) -> str:
        """Canonical hash of the document."""
        return hashlib.sha256(rfc8785.dumps(self.model_dump(mode="json"))).hexdigest()

    def value(self, numerator: float, denominator: float) -> float | None:
        """The formula of the two sides; None where the denominator is 0."""
        if denominator == 0:
            return None
        return self.whole.value({"numerator": numerator, "denominator": denominator})


@dataclass(frozen=True, slots=True)
class Framework:
    """All indicators by code."""

    indicators: Mapping[str, Indicator]

    @property
    def computed(self) -> list[Indicator]:
        return [one for _, one in sorted(self.indicators.items()) if one.source == "computed"]

    @property
    def submitted(self) -> list[Indicator]:
        return [one for _, one in sorted(self.indicators.items()) if one.source == "submitted"]

    @property
    def sha256(self) -> str:
        hashes = {code: one.sha256 for code, one in self.indicators.items()}
        return hashlib.sha256(rfc8785.dumps(hashes)).hexdigest()


def parse(texts: Iterable[str]) -> Framework:
    """The indicators of several documents; raises Refusal('indicator_document' | 'indicator_formula')."""
    found: dict[str, Indicator] = {}
    for text in texts:
        raw = document.read(text)
        for spec in raw.get("indicators") or []:
            one = _indicator(spec)
            if one.code in found:
                raise Refusal("indicator_document_twice", where=one.code)
            found[one.code] = one
    if not found:
        raise Refusal("indicator_document_empty")
    return Framework(dict(sorted(found.items())))


def _indicator(spec: Any) -> Indicator:
    where = str(spec.get("code", "?")) if isinstance(spec, dict) else "?"
    try:
        one = Indicator.model_validate(spec)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        path = ".".join(str(step) for step in first["loc"])
        raise Refusal("indicator_document", where=f"{where} {path}".strip(), why=first["msg"]) from None
    try:
        _check(one)
    except Refusal as refusal:
        if refusal.code != "indicator_formula":
            raise
        raise Refusal("indicator_document_formula", where=where, **refusal.params) from None
    return one


def _check(one: Indicator) -> None:
    """What the schema cannot say: formulas over known counts, groups that every count has, years that are years."""

    def wrong(code: str, **more: object) -> Refusal:
        return Refusal(f"indicator_document_{code}", where=one.code, **more)

    if not one.whole.names:
        raise wrong("sides")
    for aim in one.targets:
        try:
            FiscalYear.parse(aim.year)
        except ValueError as reason:
            raise wrong("year", year=aim.year) from reason
    if len({aim.year for aim in one.targets}) < len(one.targets):
        raise wrong("targets")
    if one.source == "submitted":
        if one.numerator.of or one.denominator.of or not one.reported_by:
            raise wrong("submitted")
        if len(one.reported_by) > 1 and not one.each_ministry:
            raise wrong("each")
        return
    if one.reported_by or not one.numerator.of or not one.denominator.of:
        raise wrong("computed")
    for split in one.splits:
        without = [name for name in sorted(one.counts) if split not in COUNTS[name].splits]
        if without:
            raise wrong("split", counts=", ".join(without), split=split)


def naming(one: Indicator) -> Text:
    return Text(one.name.bn, one.name.en)
