"""An allocation as people see it: tiles, map, curve, and the rows with what set each in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from shohay.core.allocation import Row
from shohay.core.facts import FACTS
from shohay.stages.targeting import queries_allocation as queries
from shohay.web.office.words import say
from shohay.web.parts import names
from shohay.web.parts.charts import chart
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import digits, language, num, percent

STEPS = 10  # points of the curve


def shown(rows: Sequence[Row]) -> dict[str, Any]:
    """What office/targeting/allocation_parts.html takes."""
    return {"rows": [_told(row) for row in rows], "compared": queries.compared(rows), "map": _map(rows),
            "curve": _curve(rows)}  # fmt: skip


def _told(row: Row) -> dict[str, Any]:
    """A row with its words: the change against last year, the figures and whose they are."""
    before = row.place.before
    return {
        "code": row.code, "places": row.places, "before": before, "persons": row.place.persons,
        "eligible": row.place.eligible, "change": None if before is None else row.places - before,
        "exact": float(row.exact), "state": row.state, "floor": row.floor, "ceiling": row.ceiling,
        "notes": [note(code, params) for code, params in row.notes],
        "over": any(code == "over_eligible" for code, _params in row.notes),
        "poverty": row.place.figures["poverty_rate"].value if "poverty_rate" in row.place.figures else None,
        "poverty_from": row.place.figures["poverty_rate"].origin if "poverty_rate" in row.place.figures else "",
    }  # fmt: skip


def note(code: str, params: dict[str, Any]) -> str:
    """A note of a row in words."""
    filled = dict(params)
    if "fact" in filled:
        filled["fact"] = FACTS[filled["fact"]].text.in_language(language())
    if "area" in filled:
        filled["area"] = names.area(filled["area"], language())
    filled |= {
        key: digits(value) if key == "year" else num(value) for key, value in params.items() if isinstance(value, int)
    }
    return say("allocation_note", code).format(**filled)


def _map(rows: Sequence[Row]) -> dict[str, Any]:
    title = _("Places for each thousand people, by upazila")
    per = {row.code: round(1000 * row.places / people, 2) if (people := _people(row)) else None for row in rows}
    data = {
        "places": [{"code": code, "name": names.area(code, language()), "value": value} for code, value in per.items()],
        "name": _("Places for a thousand people"), "unit": "", "places_of": "upazilas",
    }  # fmt: skip
    columns = [
        Column(_("Area"), lambda row: row[0], "area"), Column(_("District"), lambda row: row[0][:4], "area"),
        Column(_("Places for a thousand people"), lambda row: "–" if row[1] is None else num(row[1], 1), "digits"),
    ]  # fmt: skip
    ordered = sorted(per.items(), key=lambda pair: (pair[1] is None, -(pair[1] or 0), pair[0]))
    table = Table(columns, ordered, caption=title, hide_caption=True, tall=True)
    return chart("allocation-map", "map", title, table, data, _("People: as in the weight, census or registry."))


def _people(row: Row) -> int:
    figure = row.place.figures.get("population")
    return int(figure.value) if figure else row.place.persons


def _curve(rows: Sequence[Row]) -> dict[str, Any] | None:
    """Cumulative places over cumulative people, the poorest areas first, beside an equal share for everybody."""
    lines = queries.curves(rows)
    if len(lines["after"][0]) < 3:
        return None
    at = [step / STEPS for step in range(STEPS + 1)]
    series = {say("allocation_curve", "equal"): at}
    series |= {say("allocation_curve", name): [_value(line, x) for x in at] for name, (line, _c) in lines.items()}
    title = _("Which share of the places the poorest areas get")
    data = {
        "labels": [percent(x, 0) for x in at], "unit": "%",
        "series": [{"name": name, "values": [round(100 * y, 1) for y in ys]} for name, ys in series.items()],
    }  # fmt: skip
    columns = [Column(_("People, from the poorest areas"), lambda row: percent(row[0], 0), "digits")]
    columns += [
        Column(name, lambda row, at=place: percent(row[1][at], 1), "digits")  # type: ignore[misc]  # the place is bound
        for place, name in enumerate(series)
    ]
    told = [(x, [ys[step] for ys in series.values()]) for step, x in enumerate(at)]
    table = Table(columns, told, caption=title, hide_caption=True)
    said = "; ".join(f"{say('allocation_curve', name)}: {num(value, 3)}" for name, (_l, value) in lines.items())
    return chart("allocation-curve", "line", title, table, data, _("Concentration (0 = as the people): %s") % said)


def _value(line: Sequence[tuple[float, float]], x: float) -> float:
    """The curve at ``x``, straight between its points."""
    for (left, low), (right, high) in pairwise(line):
        if x <= right:
            return low if right == left else low + (high - low) * (x - left) / (right - left)
    return line[-1][1]
