"""A scenario: which programmes hold, as published, drafted, changed ("what if") or new, and how they are carried out.

``Scenario.parse`` reads the document strictly. ``Scenario.choices`` turns each entry into a definition: a change is
laid over every version from the one in force on the day, and the result goes through ``Definition.parse``, so what
could not be published cannot be simulated either. Example: docs/examples/scenarios.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal

import rfc8785
from pydantic import Field, ValidationError, model_validator

from shohay.core import document
from shohay.core.definition import Code, Definition, Id, Part, Version, Words
from shohay.core.messages import Refusal

Share = Annotated[float, Field(ge=0, le=1)]
Upazila = Annotated[str, Field(pattern=r"^\d{6}$")]
MAX_PROGRAMMES = 40
EVERYONE = {"by": "none", "from": "none"}


class Change(Part):
    """What differs from the definition; what is not named stays.

    ``parameters``: name -> figure. ``criteria``: id -> the condition, or the whole criterion, or null to drop it; an
    id that is not there yet is added (then with its text). ``quota``: none = everyone eligible, or as in a definition.
    ``places``: so many in all, shared among upazilas by their eligible people. ``universal_in``: upazilas where
    everyone eligible is taken, whatever the places.
    """

    parameters: dict[Id, bool | int | float | str] = Field(default_factory=dict)
    criteria: dict[Id, str | dict[str, Any] | None] = Field(default_factory=dict)
    quota: Literal["none", "allocation"] | dict[str, Any] | None = None
    universal_where: str | None = None
    universal_in: tuple[Upazila, ...] = ()
    places: int | None = Field(None, ge=0)
    benefit: tuple[dict[str, Any], ...] | None = None
    compatible: dict[str, Any] | None = None
    priority: tuple[dict[str, Any], ...] | None = None
    reference_date: dt.date | Literal["fiscal_year", "day"] | None = None
    payee: Literal["self", "woman", "head"] | None = None
    one_per_household: bool | None = None


class Entry(Part):
    """One programme of a scenario: by its code, perhaps a draft or a change of it, or a new definition."""

    code: Code | None = None
    draft: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    change: Change | None = None
    new: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Entry:
        if (self.new is None) == (self.code is None) or (self.new is not None and (self.draft or self.change)):
            raise ValueError("an entry has a code (with a draft or a change, where wanted), or a new definition")
        return self


@dataclass(frozen=True, slots=True)
class Choice:
    """A programme of a scenario with its definition; ``origin`` is published, draft, changed or new."""

    definition: Definition
    version: Version  # in force on the scenario's day
    take_up: float
    origin: str
    places: int | None = None
    universal_in: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.definition.code


class Scenario(Part):
    """What is simulated. ``line``: taka a person and month, else the base's own; ``prices``: taka for a kg of goods.

    ``take_up``: the share of the eligible who ask for it, for all programmes or by code (others: everyone).
    ``administration``: its cost as a share of the transfers. ``poorest``: percent of the people targeting is held
    against besides the poor.
    """

    format: Literal[1]
    title: Words
    on: dt.date
    years: int = Field(5, ge=0, le=20)
    take_up: Share | dict[Code, Share] = 1.0
    administration: float = Field(0.0, ge=0, le=1)
    line: float | None = Field(None, gt=0, lt=10**7)
    poorest: float = Field(20, gt=0, lt=100)
    prices: dict[Id, Annotated[float, Field(gt=0, lt=10**6)]] = Field(default_factory=dict)
    programmes: tuple[Entry, ...] = Field(min_length=1, max_length=MAX_PROGRAMMES)
    sha256: str
    text: str = Field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Scenario:
        """Read a document; raises Refusal('scenario_wrong' or 'definition_unreadable') naming what is wrong."""
        raw = document.read(text)
        digest = hashlib.sha256(rfc8785.dumps(document.plain(raw))).hexdigest()
        try:
            made = cls.model_validate({**raw, "sha256": digest, "text": text})
        except ValidationError as wrong:
            first = wrong.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            raise Refusal("scenario_wrong", where=where or "scenario", why=first["msg"]) from None
        codes = [str(entry.code or (entry.new or {}).get("code", "?")) for entry in made.programmes]
        for code in codes:
            if codes.count(code) > 1:
                raise Refusal("scenario_twice", code=code)
        return made

    def choices(
        self, definitions: Mapping[str, Definition], drafts: Mapping[str, Definition] | None = None
    ) -> tuple[Choice, ...]:
        """The programmes in the order of the document.

        Raises Refusal: scenario_unknown_programme, scenario_unknown_draft, scenario_no_version, scenario_wrong, and
        those of Definition.parse for what a change or a new definition makes.
        """
        return tuple(self._choice(entry, definitions, drafts or {}) for entry in self.programmes)

    def _choice(self, entry: Entry, definitions: Mapping[str, Definition], drafts: Mapping[str, Definition]) -> Choice:
        definition, origin = self._definition(entry, definitions, drafts), "published"
        if entry.new is not None:
            origin = "new"
        elif entry.change is not None:
            origin = "changed"
        elif entry.draft is not None:
            origin = "draft"
        version = definition.version_on(self.on)
        if version is None:
            raise Refusal("scenario_no_version", code=definition.code, on=self.on)
        share = self.take_up if isinstance(self.take_up, float) else self.take_up.get(definition.code, 1.0)
        change = entry.change or Change()
        return Choice(definition, version, share, origin, change.places, tuple(sorted(set(change.universal_in))))

    def _definition(
        self, entry: Entry, definitions: Mapping[str, Definition], drafts: Mapping[str, Definition]
    ) -> Definition:
        if entry.new is not None:
            return _parsed(_text(entry.new))
        if entry.draft is not None:
            found = drafts.get(entry.draft)
            if found is None or found.code != entry.code:
                raise Refusal("scenario_unknown_draft", code=entry.code, draft=entry.draft[:12])
        else:
            found = definitions.get(str(entry.code))
        if found is None:
            raise Refusal("scenario_unknown_programme", code=entry.code)
        return found if entry.change is None else changed(found, entry.change, self.on)


def changed(definition: Definition, change: Change, on: dt.date) -> Definition:
    """The definition with ``change`` laid over the version in force on ``on`` and those after it, and checked.

    What held before that day is left out: nothing asks for it, and reading it again takes the time of a drag.
    """
    still = [version for version in definition.versions if version.last >= on]
    versions = [_laid_over(definition.code, _plain(version), change) for version in still]
    if not versions:
        raise Refusal("scenario_no_version", code=definition.code, on=on)
    whole = {
        "format": 1, "code": definition.code, "programme": definition.programme, "unit": definition.unit,
        "title": definition.title.model_dump(), "versions": versions,
    }  # fmt: skip
    return _parsed(_text(whole))


@lru_cache(maxsize=64)
def _parsed(text: str) -> Definition:
    """Scenarios beside each other repeat their changes; a definition never changes."""
    return Definition.parse(text)


def _laid_over(code: str, version: dict[str, Any], change: Change) -> dict[str, Any]:
    """One version with the change."""
    for name, value in change.parameters.items():
        if name not in version["parameters"] and name not in {n for c in version["criteria"] for n in _words(c)}:
            raise Refusal(
                "scenario_wrong", where=f"{code}.parameters.{name}", why="the programme has no such parameter"
            )
        version["parameters"][name] = {**version["parameters"].get(name, {}), "value": value}
    version["criteria"] = _criteria(code, version["criteria"], change)
    if isinstance(change.quota, str):
        version["quota"] = dict(EVERYONE) if change.quota == "none" else {**version["quota"], "from": "allocation"}
    elif change.quota is not None:
        version["quota"] = {**version["quota"], **change.quota}
    if change.universal_where is not None:
        version["quota"]["universal_where"] = change.universal_where
    if change.places is not None or change.universal_in:
        version["quota"].update({"by": "upazila", "from": "allocation"})
    for name in ("benefit", "priority"):
        if getattr(change, name) is not None:
            version[name] = [dict(item) for item in getattr(change, name)]
    if change.compatible is not None:
        version["compatible"] = {**version["compatible"], **change.compatible}
    for name in ("reference_date", "payee", "one_per_household"):
        if getattr(change, name) is not None:
            version[name] = document.plain(getattr(change, name))
    return version


def _criteria(code: str, given: list[dict[str, Any]], change: Change) -> list[dict[str, Any]]:
    """The criteria with those of the change replaced, dropped or added."""
    found = {criterion["id"]: criterion for criterion in given}
    for id_, wanted in change.criteria.items():
        if wanted is None:
            if found.pop(id_, None) is None:
                raise Refusal("scenario_wrong", where=f"{code}.criteria.{id_}", why="there is no such criterion")
        elif isinstance(wanted, str):
            text = found.get(id_, {}).get("text") or {"bn": wanted, "en": wanted}
            found[id_] = {"id": id_, "must": wanted, "text": text}
        else:
            found[id_] = {**found.get(id_, {}), **wanted, "id": id_}
    return list(found.values())


def _words(criterion: dict[str, Any]) -> list[str]:
    """The parameters that a condition names."""
    return [word[1:].strip("()., ") for word in str(criterion["must"]).split() if word.startswith(":")]


def _plain(version: Version) -> dict[str, Any]:
    """A version as its document says it, in full."""
    whole = version.model_dump(mode="json", by_alias=True)
    return {name: value for name, value in whole.items() if name not in ("status",)}


def _text(whole: Mapping[str, Any]) -> str:
    """A document as text that Definition.parse reads: JSON is YAML."""
    return json.dumps(document.plain(whole), ensure_ascii=False, sort_keys=False)
