"""Sharing a national quota among upazilas by a formula of area facts: the document, the weights, the bounds, the rows.

The weight of an area is the product of its figures, each to its exponent (population x poverty_rate, say); a yes/no
fact multiplies by its ``factor`` where it is true. Weights are exact: figures are the decimals as published, whole
exponents keep them fractions; any other exponent is a power of 40 significant digits, the same on every machine.
"""

from __future__ import annotations

import decimal
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shohay.core import document, quotas
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear

MEASURED = ("persons", "eligible")  # counted in the registry and by the latest determination, not facts of an area
TOTALS = ("population", "land_sqkm")  # facts that add up from area to area: no upazila has its district's
PRECISION = decimal.Context(prec=40)

Area = Annotated[str, Field(pattern=r"^\d{6}$")]


class Part(BaseModel):
    """A part of the document: frozen, and nothing in it that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Weight(Part):
    """One factor of the weight: a number to ``exponent``, or ``factor`` where a yes/no fact is true."""

    fact: str
    exponent: Decimal = Field(Decimal(1), ge=-5, le=5)
    factor: Decimal | None = Field(None, gt=0, le=100)


class Bound(Part):
    """A least or a most: places, or a share of the people, the eligible or the quota; of both given the stricter."""

    places: int | None = Field(None, ge=0)
    share: Decimal | None = Field(None, ge=0, le=1)
    of: Literal["population", "persons", "eligible", "quota"] = "eligible"


class Words(Part):
    """A text in both languages."""

    bn: str
    en: str


class Document(Part):
    """How one programme's quota of one fiscal year is shared among upazilas and city corporations.

    ``areas``: those where the registry holds people, or all; ``within`` narrows to codes that begin so.
    ``held_out``: areas that get a fixed number and take no part. ``universal``: areas where everyone eligible gets a
    place (by code, or where ``universal_fact`` is true). ``missing``: what to do where an area has no figure of its
    own: refuse, or take that of its parent. ``surplus``: where an area gets more places than it has eligible people,
    keep them there (with a warning) or share them out again.
    """

    format: Literal[1] = 1
    title: Words
    programme: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,19}$")]
    fiscal_year: str
    quota: Annotated[int, Field(ge=0, le=200_000_000)] | Literal["published", "scaled"]
    areas: Literal["registry", "all"] = "registry"
    within: tuple[Annotated[str, Field(pattern=r"^\d{2,6}$")], ...] = ()
    weights: tuple[Weight, ...] = Field(min_length=1, max_length=6)
    floor: Bound | None = None
    ceiling: Bound | None = None
    floors: dict[Area, Bound] = Field(default_factory=dict)
    ceilings: dict[Area, Bound] = Field(default_factory=dict)
    held_out: dict[Area, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    universal: tuple[Area, ...] = ()
    universal_fact: str | None = None
    missing: Literal["refuse", "parent"] = "refuse"
    surplus: Literal["keep", "redistribute"] = "keep"

    @classmethod
    def parse(cls, text: str) -> Document:
        """Read and check a document; raises Refusal('allocation_*' or 'definition_unreadable') naming what is wrong."""
        return cls.made(document.read(text))

    @classmethod
    def made(cls, raw: Mapping[str, Any]) -> Document:
        """The document of a map, checked; as ``parse``."""
        try:
            made = cls.model_validate(dict(raw))
        except ValidationError as wrong:
            first = wrong.errors()[0]
            where = ".".join(str(step) for step in first["loc"]) or "document"
            raise Refusal("allocation_wrong", where=where, why=first["msg"]) from None
        try:
            FiscalYear.parse(made.fiscal_year)
        except ValueError as wrong:
            raise Refusal("allocation_wrong", where="fiscal_year", why=str(wrong)) from None
        for weight in made.weights:
            _check_weight(weight)
        fact = made.universal_fact
        if fact and (fact not in FACTS or FACTS[fact].level != "area" or FACTS[fact].kind != "bool"):
            raise Refusal("allocation_fact", fact=fact)
        return made

    def as_json(self) -> dict[str, Any]:
        """The document as plain JSON, numbers of any fraction as texts; ``made`` reads it back."""
        return self.model_dump(mode="json", exclude_defaults=True) | {"format": 1}

    @property
    def sha256(self) -> str:
        return hashlib.sha256(rfc8785.dumps(self.as_json())).hexdigest()

    @property
    def facts(self) -> tuple[str, ...]:
        """Facts of areas that the sharing reads, besides what is counted."""
        bounds = [self.floor, self.ceiling, *self.floors.values(), *self.ceilings.values()]
        wanted = [weight.fact for weight in self.weights]
        wanted += ["population"] if any(bound and bound.share and bound.of == "population" for bound in bounds) else []
        wanted += [self.universal_fact] if self.universal_fact else []
        return tuple(dict.fromkeys(name for name in wanted if name not in MEASURED))


def _check_weight(weight: Weight) -> None:
    if weight.fact not in MEASURED:
        fact = FACTS.get(weight.fact)
        if fact is None or fact.level != "area" or fact.kind not in ("number", "bool"):
            raise Refusal("allocation_fact", fact=weight.fact)
        if (fact.kind == "bool") != (weight.factor is not None) or (fact.kind == "bool" and weight.exponent != 1):
            raise Refusal("allocation_factor", fact=weight.fact)
    elif weight.factor is not None:
        raise Refusal("allocation_wrong", where=weight.fact, why="a number has an exponent and no factor")


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact of an area: its value, and the area, year and source it comes from.

    ``origin`` is the area itself or one above it. ``shared``: a parent's total, cut to this area by its land.
    """

    value: Decimal
    origin: str
    year: int
    source: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """An area that takes part: people in the registry, eligible people (None: no run says), quota of last year."""

    code: str
    persons: int = 0
    eligible: int | None = None
    before: int | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """What an area gets. ``exact`` is its share by weight alone, ``state`` what set it; ``notes`` say more.

    State: shared, floor, ceiling, universal, held_out. Notes: (code, parameters) of ``parent``, ``land``,
    ``not_listed`` and ``over_eligible``.
    """

    code: str
    weight: Fraction
    exact: Fraction
    floor: int
    ceiling: int | None
    places: int
    state: str
    place: Place
    notes: tuple[tuple[str, dict[str, Any]], ...] = ()


def allocate(asked: Document, slots: int, places: Sequence[Place]) -> list[Row]:
    """The shares of ``slots`` by the document, in the order of the codes; they sum to ``slots`` exactly.

    Refuses (core.messages.geo) figures that are missing, bounds that cannot be held, areas that do not take part.
    """
    taking = {place.code: place for place in sorted(places, key=lambda place: place.code)}
    if not taking:
        raise Refusal("allocation_no_areas")
    named = {*asked.floors, *asked.ceilings, *asked.held_out, *asked.universal}
    if strange := sorted(named - set(taking)):
        raise Refusal("allocation_area_unknown", areas=", ".join(strange[:10]))
    fixed = _fixed(asked, taking)
    sharing = [place for code, place in taking.items() if code not in fixed]
    _refuse_missing(asked, sharing)
    weights: dict[str, Fraction] = {place.code: _weight(asked, place) for place in sharing}
    weights |= dict.fromkeys(fixed, Fraction(0))
    floors = {place.code: _least(asked, place, slots) for place in sharing} | fixed
    ceilings = {place.code: most for place in sharing if (most := _most(asked, place, slots)) is not None} | fixed
    given = quotas.allocate(slots, weights, floors=floors, ceilings=ceilings)
    all_weight = sum(weights.values()) or Fraction(1)
    free = slots - sum(fixed.values())
    return [
        _row(asked, taking[code], weights[code], free * weights[code] / all_weight, floors[code], ceilings.get(code),
             given[code], code in fixed)
        for code in taking
    ]  # fmt: skip


def _fixed(asked: Document, taking: Mapping[str, Place]) -> dict[str, int]:
    """Places of the areas that take no part: a given number, or everybody who is eligible."""
    covered = set(asked.universal)
    if asked.universal_fact:
        name = asked.universal_fact
        covered |= {code for code, place in taking.items() if name in place.figures and place.figures[name].value}
    covered -= set(asked.held_out)
    _refuse([code for code in covered if taking[code].eligible is None], "allocation_eligible_unknown")
    return dict(asked.held_out) | {code: taking[code].eligible or 0 for code in covered}


def _refuse(codes: Iterable[str], why: str, **more: str) -> None:
    found = sorted(codes)
    if found:
        raise Refusal(why, n=len(found), areas=", ".join(found[:10]) + (" …" if len(found) > 10 else ""), **more)


def _refuse_missing(asked: Document, sharing: Sequence[Place]) -> None:
    """A number that weighs must be known of every area: its own, or where the document says so its parent's.

    A yes/no fact that is not known of an area counts as not listed; the row says so.
    """
    for weight in asked.weights:
        if weight.fact == "eligible":
            _refuse([place.code for place in sharing if place.eligible is None], "allocation_eligible_unknown")
        if weight.fact in MEASURED or weight.factor is not None:
            continue
        without = [place.code for place in sharing if weight.fact not in place.figures]
        _refuse(without, "allocation_figure_nowhere", fact=weight.fact)
        if asked.missing == "refuse":
            others = [place.code for place in sharing if place.figures[weight.fact].origin != place.code]
            _refuse(others, "allocation_figure_missing", fact=weight.fact)


def _weight(asked: Document, place: Place) -> Fraction:
    product = Fraction(1)
    for weight in asked.weights:
        product *= _factor(weight, place)
    return product


def _factor(weight: Weight, place: Place) -> Fraction:
    if weight.factor is not None:
        figure = place.figures.get(weight.fact)
        return Fraction(weight.factor) if figure is not None and figure.value else Fraction(1)
    value = {"persons": place.persons, "eligible": place.eligible}.get(weight.fact)
    exact = Fraction(place.figures[weight.fact].value if weight.fact not in MEASURED else value or 0)
    if exact == 0 and weight.exponent < 0:
        raise Refusal("allocation_figure_zero", area=place.code, fact=weight.fact)
    if weight.exponent == weight.exponent.to_integral_value():
        return exact ** int(weight.exponent)
    base = PRECISION.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    return Fraction(PRECISION.power(base, weight.exponent))


def _least(asked: Document, place: Place, slots: int) -> int:
    bound = asked.floors.get(place.code, asked.floor)
    return 0 if bound is None else max(_bound(bound, place, slots, up=True), default=0)


def _most(asked: Document, place: Place, slots: int) -> int | None:
    """The stricter of the ceiling and, where surplus is shared out again, of the eligible."""
    bound = asked.ceilings.get(place.code, asked.ceiling)
    found = [] if bound is None else _bound(bound, place, slots, up=False)
    if asked.surplus == "redistribute" and place.eligible is not None:
        found.append(max(place.eligible, _least(asked, place, slots)))
    return min(found, default=None)


def _bound(bound: Bound, place: Place, slots: int, *, up: bool) -> list[int]:
    """The places a bound means in an area; a share of a floor is rounded up, of a ceiling down."""
    found = [] if bound.places is None else [bound.places]
    if bound.share is not None:
        of: dict[str, Callable[[], Decimal | int | None]] = {
            "persons": lambda: place.persons, "eligible": lambda: place.eligible, "quota": lambda: slots,
            "population": lambda: place.figures["population"].value if "population" in place.figures else None,
        }  # fmt: skip
        whole = of[bound.of]()
        if whole is None:
            _refuse([place.code], f"allocation_{bound.of}_unknown")
        exact = Fraction(bound.share) * Fraction(whole or 0)
        found.append(-int(-exact // 1) if up else int(exact // 1))
    return found


def _row(
    asked: Document, place: Place, weight: Fraction, exact: Fraction, floor: int, ceiling: int | None, given: int,
    fixed: bool,
) -> Row:  # fmt: skip
    state = "shared"
    if fixed:
        state = "held_out" if place.code in asked.held_out else "universal"
    elif ceiling is not None and given == ceiling and exact > ceiling:
        state = "ceiling"
    elif given == floor and exact < floor:
        state = "floor"
    notes = [] if fixed else _figure_notes(asked, place)
    if place.eligible is not None and given > place.eligible:
        notes.append(("over_eligible", {"n": given - place.eligible, "eligible": place.eligible}))
    return Row(place.code, weight, exact, floor, ceiling, given, state, place, tuple(notes))


def _figure_notes(asked: Document, place: Place) -> list[tuple[str, dict[str, Any]]]:
    """Whose figures stand in for the area's own, and which list it is not known to be on."""
    notes: list[tuple[str, dict[str, Any]]] = []
    for weight in asked.weights:
        figure = place.figures.get(weight.fact)
        if figure is None:
            notes += [("not_listed", {"fact": weight.fact})] if weight.factor is not None else []
        elif figure.origin != place.code:
            kind = "land" if figure.shared else "parent"
            notes.append((kind, {"fact": weight.fact, "area": figure.origin, "year": figure.year}))
    return notes


def curve(rows: Sequence[tuple[Decimal, int, int]]) -> tuple[list[tuple[float, float]], float]:
    """How places follow need: ((cumulative people, cumulative places), concentration) of (need, people, places).

    Areas stand from the neediest; a curve above the diagonal gives the needy more than their share of the people. The
    concentration is twice the area between curve and diagonal, from -1 to 1; 0 where places follow the people.
    """
    people, places = sum(row[1] for row in rows), sum(row[2] for row in rows)
    if not people or not places:
        return [(0.0, 0.0), (1.0, 1.0)], 0.0
    line, x, y, under = [(0.0, 0.0)], Fraction(0), Fraction(0), Fraction(0)
    for need in sorted({row[0] for row in rows}, reverse=True):
        alike = [row for row in rows if row[0] == need]
        wide, high = Fraction(sum(row[1] for row in alike), people), Fraction(sum(row[2] for row in alike), places)
        under += wide * (2 * y + high) / 2
        x, y = x + wide, y + high
        line.append((float(x), float(y)))
    return line, float(2 * under - 1)
