"""Reading figures: for the officer's areas, and for everybody with small numbers left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max, Q
from django.db.models.functions import Length

from shohay.bulk import indicators
from shohay.core.indicators import public, suppress_table
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Work
from shohay.stages.results.models import Figure

DIGITS = {"country": 0, "division": 2, "district": 4, "upazila": 6}
CHAIN = "chain"  # name of the Work rows that the demo leaves, one for each link of the chain

# what the head of a dashboard shows: name and group of the figure, all programmes, the country
TILES = {
    "persons": ("persons", ""),
    "households": ("households", ""),
    "applied": ("applied", ""),
    "beneficiaries": ("beneficiaries", ""),
    "enrolled": ("enrolled", ""),
    "women_share": ("women_among_beneficiaries", ""),
    "payments": ("payments", ""),
    "paid": ("payments", "state:paid"),
    "paid_poisha": ("payment_poisha", "state:paid"),
    "returns": ("returns", ""),
    "given_grams": ("ration_grams", "state:given"),
    "grievances": ("grievances", ""),
    "answered_in_time": ("answered_in_time", ""),
}


class Row(NamedTuple):
    """A figure as shown. ``value`` is None where too few people stand behind it to make it public."""

    area_code: str
    programme_code: str
    group: str
    value: float | None


def rows(
    name: str, *, level: str = "country", programme: str | None = None, officer: Officer | None = None
) -> list[Row]:
    """Figures of one name at a level ('country', 'division', 'district', 'upazila').

    ``programme`` '' means all together, None each of them and the sum. Without an officer the figures are the
    public ones, small numbers left out; with one they are those of the officer's areas and programmes.
    """
    asked = Q(name=name, digits=DIGITS[level])
    if programme is not None:
        asked &= Q(programme_code=programme)
    if officer is not None:
        asked &= officer.area_filter() & officer.programme_filter()
    found = Figure.objects.alias(digits=Length("area_code")).filter(asked)
    return [
        Row(row.area_code, row.programme_code, row.group, _shown(row, officer))
        for row in found.order_by("area_code", "programme_code", "group")
    ]


def _shown(row: Figure, officer: Officer | None) -> float | None:
    small = row.persons is not None and public(row.persons) is None
    return row.value if officer is not None or not small else None


def dashboard(officer: Officer | None = None) -> dict[str, Any]:
    """The figures of the dashboard: of the country in public, of the officer's areas for an officer.

    {"computed_at", "tiles": {name: value}, "programmes": [{"programme_code", "applied", ...}], "payments", "returns"}
    """
    return {
        "computed_at": computed_at(),
        "tiles": _tiles(officer),
        "programmes": by_programme(officer),
        "payments": payments_by_state(officer=officer),
        "returns": returns_by_reason(officer=officer),
    }


def computed_at() -> datetime | None:
    """When the figures were computed; None before the first time."""
    at: datetime | None = Figure.objects.aggregate(at=Max("computed_at"))["at"]
    return at


def _scope(officer: Officer | None) -> list[str]:
    """The areas whose figures together are the officer's: the country, or each of theirs, none within another."""
    if officer is None or "" in officer.areas:
        return [""]
    areas = sorted({code[:6] for code in officer.areas})
    return [code for code in areas if not any(code != other and code.startswith(other) for other in areas)]


Found = dict[tuple[str, str], list[Figure]]  # (name, group) -> the figure of each of the officer's areas

SHARES = {share.name: (share.part, share.whole) for share in indicators.SHARES}


def _tiles(officer: Officer | None) -> dict[str, float | None]:
    found = _by_programme(set(TILES.values()), officer).get("", {})
    return _rests({tile: _together(key, found, officer) for tile, key in TILES.items()}, officer)


def _rests(row: dict[str, Any], officer: Officer | None) -> dict[str, Any]:
    """What is left of all payments: in public hidden, to an officer told.

    All payments less the paid ones would be the returned ones, so in public they are hidden together. To an officer
    nothing is hidden: among payments, a missing count says that there was none.
    """
    if not row["payments"]:
        return row
    if officer is not None:
        return {**row, **{name: row[name] or 0 for name in ("paid", "paid_poisha", "returns")}}
    if row["returns"] is None:
        return {**row, "paid": None, "paid_poisha": None}
    return row


def _by_programme(keys: set[tuple[str, str]], officer: Officer | None) -> dict[str, Found]:
    """The figures of the officer's areas by programme ('' = all), with what the shares are made of."""
    names = {name for key in keys for name, _ in (key, *SHARES.get(key[0], ()))}
    found: dict[str, Found] = {}
    for row in Figure.objects.filter(name__in=names, area_code__in=_scope(officer)).order_by(
        "programme_code", "area_code"
    ):
        found.setdefault(row.programme_code, {}).setdefault((row.name, row.group), []).append(row)
    return found


def _together(key: tuple[str, str], found: Found, officer: Officer | None) -> float | None:
    """One figure over all the officer's areas: a sum, or for a share the sum of its parts over that of its wholes."""
    figures = found.get(key, [])
    if key[0] in SHARES and len(figures) > 1:
        part, whole = (sum(row.value for row in found.get(side, [])) for side in SHARES[key[0]])
        return part / whole if whole else None
    if len(figures) == 1:
        return _shown(figures[0], officer)
    return sum(row.value for row in figures) if figures else None


PROGRAMME_COLUMNS = {
    "eligible": ("eligible", ""),
    "applied": ("applied", ""),
    "selected": ("selected", ""),
    "enrolled": ("enrolled", ""),
    "coverage": ("coverage", ""),
    "women_share": ("women_share", ""),
    "payments": ("payments", ""),
    "paid": ("payments", "state:paid"),
    "paid_poisha": ("payment_poisha", "state:paid"),
    "returns": ("returns", ""),
}


def by_programme(officer: Officer | None = None) -> list[dict[str, Any]]:
    """One dict a programme with the columns of PROGRAMME_COLUMNS; a missing count is 0, a small public one None."""
    found = _by_programme(set(PROGRAMME_COLUMNS.values()), officer)
    shown = []
    for code, of in found.items():
        if not code or (officer is not None and not officer.covers(programme=code)):
            continue
        row: dict[str, Any] = {"programme_code": code}
        for column, key in PROGRAMME_COLUMNS.items():
            row[column] = _together(key, of, officer) if key in of or key[0] in SHARES else 0
        shown.append(_rests(row, officer))
    return shown


def coverage_by_district(
    programme: str = "", officer: Officer | None = None, level: str = "district"
) -> list[dict[str, Any]]:
    """For a map: [{"area_code", "persons", "beneficiaries" or "enrolled", "eligible", "coverage", "share"}].

    Of one programme, coverage is enrolled over eligible. Of all together ('') it is beneficiaries over people.
    """
    numbers: dict[str, dict[str, float | None]] = {}
    names = ("enrolled", "eligible", "coverage") if programme else ("persons", "beneficiaries")
    for name in names:
        for row in rows(name, level=level, programme=programme, officer=officer):
            if row.group == "":
                numbers.setdefault(row.area_code, {})[name] = row.value
    found = []
    for area, of in sorted(numbers.items()):
        shown: dict[str, Any] = {"area_code": area, **{name: of.get(name, 0) for name in names}}
        if not programme:
            part, whole = of.get("beneficiaries", 0), of.get("persons")
            shown["coverage"] = part / whole if part is not None and whole else None
        found.append(shown)
    return found


def payments_by_state(programme: str = "", officer: Officer | None = None) -> list[dict[str, Any]]:
    """[{"state", "payments", "poisha"}] in the order of a payment's life."""
    counts = _groups("payments", programme, officer)
    sums = _groups("payment_poisha", programme, officer)
    order = ("due", "sent", "accepted", "paid", "rejected", "returned")
    return [
        {"state": state, "payments": counts[f"state:{state}"], "poisha": sums.get(f"state:{state}")}
        for state in order
        if f"state:{state}" in counts
    ]


def returns_by_reason(programme: str = "", officer: Officer | None = None) -> list[dict[str, Any]]:
    """[{"reason", "payments"}], the most frequent first; ISO 20022 codes."""
    found = [
        {"reason": group.removeprefix("reason:"), "payments": value}
        for group, value in _groups("returns", programme, officer).items()
    ]
    return sorted(found, key=lambda row: (-(row["payments"] or 0), row["reason"]))


def _groups(name: str, programme: str, officer: Officer | None) -> dict[str, float | None]:
    """Group -> value of a figure, over the officer's areas together."""
    figures = Figure.objects.filter(name=name, area_code__in=_scope(officer), programme_code=programme).exclude(
        group=""
    )
    found: Found = {}
    for row in figures.order_by("group", "area_code"):
        found.setdefault((name, row.group), []).append(row)
    if officer is None:
        people = suppress_table({key[1]: one.persons or 0 for key, (one,) in found.items()})
        return {key[1]: one.value if people[key[1]] is not None else None for key, (one,) in found.items()}
    return {key[1]: _together(key, found, officer) for key in found}


def chain_steps() -> list[dict[str, Any]]:
    """What the demo did, link by link: [{"step", "rows_in", "rows_out", "seconds"}], as in VAR/demo.json."""
    done = Work.objects.filter(name=CHAIN, state=Work.State.DONE).order_by("id")
    return [
        {"step": row.subject, "rows_in": row.rows_total, "rows_out": row.rows_done, "seconds": row.result["seconds"]}
        for row in done
    ]
