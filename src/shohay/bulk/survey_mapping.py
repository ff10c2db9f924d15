"""What the columns of a survey's microdata mean: the mapping document (YAML), read and checked.

survey: HIES
round: "2022"
title: {bn: "...", en: "..."}
collected_on: 2022-07-01        # the middle of the field work
source: "BBS, Household Income and Expenditure Survey 2022"
columns:
  household: hhid               # tells households apart; is not stored
  weight: hhwgt
  weight_of: household          # or person: then the weight is not multiplied by the size
  size: hhsize
  stratum: stratum
  psu: psu
  welfare: {column: pcexp, months: 1}         # taka a person, after transfers
  line: {column: zu}            # or {value: 3822}; left out: 60% of the median
  line_low: {value: 2755}
groups:
  division: {column: div}
  head_sex: {column: sexhead, values: {"1": male, "2": female}}
programmes:
  OAA: {amount: oaa, of: household, months: 12, kind: social_assistance}
  VGF: {received: vgf, values: ["1"], kind: social_assistance}
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from shohay.core import document
from shohay.core.messages import Refusal
from shohay.core.sampling import ADJUST, CERTAIN

DIVISIONS = ("10", "20", "30", "40", "45", "50", "55", "60")
GROUPS: dict[str, tuple[str, ...]] = {
    "division": DIVISIONS,
    "area_type": ("rural", "urban", "city"),
    "head_sex": ("female", "male", "hijra"),
    "disability": ("yes", "no"),
    "ethnic_minority": ("yes", "no"),
}
KINDS = ("social_assistance", "social_insurance", "labour_market")
CODE = re.compile(r"[A-Z][A-Z0-9_]{1,19}")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,19}")


@dataclass(frozen=True, slots=True)
class Amount:
    """A column of taka, or one value for everybody; divided by ``months`` (and by the size of the household)."""

    column: str = ""
    value: float = 0.0
    months: float = 1.0
    of_household: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A column and what its codes mean; without ``values`` the codes are the words themselves."""

    column: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Benefit:
    """A programme that the survey asked about: an amount, or only whether it was received."""

    kind: str
    amount: Amount | None
    received: str = ""
    yes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SurveyMapping:
    """The document, read. ``sha256`` is of its canonical form, ``document`` its plain form for keeping."""

    survey: str
    label: str
    title: tuple[str, str]
    collected_on: dt.date
    source: str
    synthetic: bool
    household: str
    weight: str
    of_person: bool
    size: str
    stratum: str
    psu: str
    welfare: Amount
    line: Amount | None
    line_low: Amount | None
    lonely: str
    groups: Mapping[str, Group]
    programmes: Mapping[str, Benefit]
    sha256: str
    document: dict[str, Any]

    @property
    def columns(self) -> list[str]:
        """Every column of the file that the document names, once."""
        named = [self.household, self.weight, self.size, self.stratum, self.psu, self.welfare.column]
        named += [line.column for line in (self.line, self.line_low) if line]
        named += [group.column for group in self.groups.values()]
        named += [b.amount.column if b.amount else b.received for b in self.programmes.values()]
        return list(dict.fromkeys(name for name in named if name))


class _Wrong(Exception):
    """``where`` in the document something is missing or not understood."""


def read_mapping(text: str) -> SurveyMapping:
    """The mapping that ``text`` holds; raises Refusal survey_mapping_wrong (where), definition_unreadable."""
    raw = document.read(text)
    try:
        return _read(raw)
    except _Wrong as wrong:
        raise Refusal("survey_mapping_wrong", where=str(wrong)) from None


def _read(raw: dict[str, Any]) -> SurveyMapping:
    columns = _map(raw, "columns", {
        "household", "weight", "weight_of", "size", "stratum", "psu", "welfare", "line", "line_low",
    })  # fmt: skip
    _known(
        raw,
        {
            "survey",
            "round",
            "title",
            "collected_on",
            "source",
            "synthetic",
            "columns",
            "single_psu",
            "groups",
            "programmes",
        },
        "",
    )
    of = columns.get("weight_of")
    if of not in ("household", "person"):
        raise _Wrong("columns.weight_of: household | person")
    day, lonely = _day(raw.get("collected_on")), raw.get("single_psu", ADJUST)
    if lonely not in (ADJUST, CERTAIN):
        raise _Wrong(f"single_psu: {ADJUST} | {CERTAIN}")
    title = _map(raw, "title", {"bn", "en"})
    plain = document.plain(raw)
    return SurveyMapping(
        survey=_matching(raw, "survey", NAME), label=_matching(raw, "round", NAME),
        title=(_text(title, "bn", "title."), _text(title, "en", "title.")), collected_on=day,
        source=_text(raw, "source"), synthetic=bool(raw.get("synthetic", False)),
        household=_text(columns, "household", "columns."), weight=_text(columns, "weight", "columns."),
        of_person=of == "person", size=_text(columns, "size", "columns."),
        stratum=_text(columns, "stratum", "columns."), psu=_text(columns, "psu", "columns."),
        welfare=_amount(columns, "welfare", "columns.", {"column", "months"}),
        line=_line(columns, "line"), line_low=_line(columns, "line_low"), lonely=lonely,
        groups=_groups(raw), programmes=_programmes(raw),
        sha256=hashlib.sha256(rfc8785.dumps(plain)).hexdigest(), document=plain,
    )  # fmt: skip


def _map(raw: dict[str, Any], key: str, known: set[str], before: str = "") -> dict[str, Any]:
    found = raw.get(key)
    if not isinstance(found, dict):
        raise _Wrong(before + key)
    _known(found, known, f"{before}{key}.")
    return found


def _known(raw: dict[str, Any], known: set[str], before: str) -> None:
    for key in raw:
        if key not in known:
            raise _Wrong(f"{before}{key}?")


def _day(value: object) -> dt.date:
    """A date of YAML, or the text that stands for it where the document was kept."""
    try:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError:
        raise _Wrong("collected_on") from None


def _text(raw: dict[str, Any], key: str, before: str = "") -> str:
    found = raw.get(key)
    if not isinstance(found, str | int) or isinstance(found, bool) or not str(found).strip():
        raise _Wrong(before + key)
    return str(found).strip()


def _matching(raw: dict[str, Any], key: str, shape: re.Pattern[str]) -> str:
    found = _text(raw, key)
    if not shape.fullmatch(found):
        raise _Wrong(key)
    return found


def _amount(raw: dict[str, Any], key: str, before: str, known: set[str]) -> Amount:
    found = raw.get(key)
    if isinstance(found, str):
        return Amount(column=found)
    made = _map(raw, key, known, before)
    months = made.get("months", 1)
    if isinstance(months, bool) or not isinstance(months, int | float) or not 0 < months <= 120:
        raise _Wrong(f"{before}{key}.months")
    return Amount(column=_text(made, "column", f"{before}{key}."), months=float(months))


def _line(columns: dict[str, Any], key: str) -> Amount | None:
    if key not in columns:
        return None
    found = columns[key]
    if isinstance(found, dict) and "value" in found:
        _known(found, {"value"}, f"columns.{key}.")
        value = found["value"]
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise _Wrong(f"columns.{key}.value")
        return Amount(value=float(value))
    return _amount(columns, key, "columns.", {"column", "months"})


def _groups(raw: dict[str, Any]) -> dict[str, Group]:
    groups = _map(raw, "groups", set(GROUPS)) if "groups" in raw else {}
    made = {}
    for name in GROUPS:
        if name in groups:
            of = _map(groups, name, {"column", "values"}, "groups.")
            values = {str(code): str(word) for code, word in (of.get("values") or {}).items()}
            if not set(values.values()) <= set(GROUPS[name]):
                raise _Wrong(f"groups.{name}.values: {' | '.join(GROUPS[name])}")
            made[name] = Group(_text(of, "column", f"groups.{name}."), values)
    return made


def _programmes(raw: dict[str, Any]) -> dict[str, Benefit]:
    found = raw.get("programmes") or {}
    if not isinstance(found, dict):
        raise _Wrong("programmes")
    made = {}
    for code in found:
        if not CODE.fullmatch(code):
            raise _Wrong(f"programmes.{code}: A-Z 0-9 _")
        made[code] = _programme(
            _map(found, code, {"amount", "of", "months", "received", "values", "kind"}, "programmes."), code
        )
    return made


def _programme(of: dict[str, Any], code: str) -> Benefit:
    kind = of.get("kind", "")
    if kind not in ("", *KINDS):
        raise _Wrong(f"programmes.{code}.kind: {' | '.join(KINDS)}")
    if "amount" in of:
        if of.get("of") not in ("household", "person"):
            raise _Wrong(f"programmes.{code}.of: household | person")
        column = {"amount": {"column": of["amount"], "months": of.get("months", 12)}}
        amount = _amount(column, "amount", f"programmes.{code}.", {"column", "months"})
        return Benefit(kind, Amount(amount.column, 0.0, amount.months, of["of"] == "household"))
    yes = of.get("values")
    if not isinstance(yes, list) or not yes:
        raise _Wrong(f"programmes.{code}.values")
    return Benefit(kind, None, _text(of, "received", f"programmes.{code}."), tuple(str(value) for value in yes))
