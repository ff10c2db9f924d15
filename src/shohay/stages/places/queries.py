"""Reading places. Names and nesting are kept in memory: they change with the reference data only.

Places are public, so none of these takes an officer.
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import cache

from django.db.models import Count, QuerySet

from shohay.core.allocation import TOTALS
from shohay.stages.places.models import Area, AreaFact
from shohay.stages.places.reference_files import DATA


@cache
def _names() -> dict[str, tuple[str, str]]:
    return {code: (bn, en) for code, bn, en in Area.objects.order_by("code").values_list("code", "name_bn", "name_en")}


@cache
def _children() -> dict[str, list[str]]:
    nested: dict[str, list[str]] = {}
    for code, parent in Area.objects.order_by("code").values_list("code", "parent_id"):
        nested.setdefault(parent or "", []).append(code)
    return nested


def AREA_NAMES() -> dict[str, tuple[str, str]]:
    """Code -> (Bangla name, English name) of every place; do not change it. Filled again while it is empty."""
    names = _names()
    if not names:  # asked before the reference data was loaded: ask again next time
        _names.cache_clear()
    return names


def forget() -> None:
    """Read names and nesting again at the next question; called after loading."""
    _names.cache_clear()
    _children.cache_clear()


def name_of(code: str, language: str) -> str:
    """The name of a place in 'bn' or 'en'; '' when the code is not known."""
    pair = AREA_NAMES().get(code)
    return pair[language == "en"] if pair else ""


def full_name(code: str, language: str) -> str:
    """Union, upazila, district from the smallest: 'হলোখানা, কুড়িগ্রাম সদর, কুড়িগ্রাম'. The division only by itself."""
    shortest = 4 if len(code) > 2 else 2
    parts = (name_of(code[:length], language) for length in range(len(code), shortest - 1, -2))
    return ", ".join(part for part in parts if part)


def areas(level: str) -> QuerySet[Area]:
    """Every place of a level (models.Area.Level), by code."""
    return Area.objects.filter(level=level).order_by("code")


def area(code: str) -> Area | None:
    return Area.objects.filter(code=code).first()


def children(code: str) -> list[str]:
    """Codes directly below; those of the divisions for ''."""
    nested = _children()
    if not nested:
        _children.cache_clear()
    return nested.get(code, [])


def unions_of(upazila: str) -> list[str]:
    """Codes of the unions and wards of an upazila or city corporation."""
    return children(upazila[:6])


def counts() -> dict[str, int]:
    """How many places of each level."""
    rows = Area.objects.values("level").annotate(number=Count("code")).order_by("level")
    return {row["level"]: row["number"] for row in rows}


def childless() -> list[str]:
    """Upazilas and city corporations without a union or ward: no household can be placed there."""
    levels = (Area.Level.UPAZILA, Area.Level.CITY_CORPORATION)
    parents = set(Area.objects.filter(level=Area.Level.UNION).values_list("parent_id", flat=True).distinct())
    return sorted(set(Area.objects.filter(level__in=levels).values_list("code", flat=True)) - parents)


def facts_of(code: str, name: str) -> QuerySet[AreaFact]:
    """The figures of a place or of those that hold it: the smallest place first, the newest first."""
    holders = [code[:length] for length in range(len(code), 1, -2)]
    return AreaFact.objects.filter(area_id__in=holders, name=name).order_by("-area_id", "-year")


def poverty_rate(code: str) -> AreaFact | None:
    """The newest poverty rate of the smallest place around ``code`` that has one; a rate since 2020 goes before.

    A district's rate of 2016 says less about today than its division's of 2022.
    """
    found = list(facts_of(code, "poverty_rate"))
    recent = [fact for fact in found if fact.year >= 2020]
    return next(iter(recent or found), None)


@cache
def holidays() -> frozenset[date]:
    """Days on which government offices are closed, from data/holidays.csv (gazetted to 2026, estimated for 2027)."""
    with (DATA / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(file))


RECENT = 2020  # a poverty rate of the division since then goes before an older one of the district


def figures(names: Collection[str], codes: Collection[str]) -> dict[str, dict[str, tuple[AreaFact, Decimal | None]]]:
    """The facts ``names`` of the areas ``codes``: code -> name -> (fact, share of it or None).

    Of each fact the newest figure of the smallest place that has one; of the poverty rate as ``poverty_rate`` says.
    Of a total (core.allocation.TOTALS) that only a larger place has, the share is the area's part of its land.
    """
    holders = {code[:length] for code in codes for length in range(2, len(code) + 1, 2)}
    found: dict[tuple[str, str], AreaFact] = {}
    for fact in AreaFact.objects.filter(area_id__in=holders, name__in=names).order_by("year"):
        found[fact.area_id, fact.name] = fact
    land = _land(codes) if any(name in TOTALS for name in names) else {}
    told: dict[str, dict[str, tuple[AreaFact, Decimal | None]]] = {}
    for code in codes:
        for name in names:
            near = [found[code[:n], name] for n in range(len(code), 1, -2) if (code[:n], name) in found]
            if name == "poverty_rate":
                near = [fact for fact in near if fact.year >= RECENT] or near
            if near and name in TOTALS and near[0].area_id != code:
                near = [fact for fact in near if land.get(code) and land.get(fact.area_id)]
            if near:
                whole = name not in TOTALS or near[0].area_id == code
                share = None if whole else land[code] / land[near[0].area_id]
                told.setdefault(code, {})[name] = (near[0], share)
    return told


def _land(codes: Collection[str]) -> dict[str, Decimal]:
    """The land of these areas and of the districts and divisions around them, from their upazilas."""
    beginnings = {code[:2] for code in codes}
    levels = (Area.Level.UPAZILA, Area.Level.CITY_CORPORATION)
    rows = Area.objects.filter(level__in=levels, area_sqkm__isnull=False).values_list("code", "area_sqkm")
    land: dict[str, Decimal] = {}
    for code, sqkm in rows:
        if code[:2] in beginnings:
            for length in (2, 4, 6):
                land[code[:length]] = land.get(code[:length], Decimal(0)) + Decimal(str(sqkm))
    return land
