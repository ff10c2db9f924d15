"""What the dashboards are made of: tiles that open their rows, tables, charts and the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination.queries_now import Tally
from shohay.stages.places import queries as places
from shohay.stages.results import queries as results
from shohay.web.office import desk
from shohay.web.office.rail import permissions_of
from shohay.web.parts.charts import chart
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import area, crore, num, percent

Tile = dict[str, object]
SHOWN = 12  # bars of a chart; the table has every row


def tile(label: str, value: object, href: str = "", tone: str = "", note: str = "") -> Tile:
    return {"label": label, "value": value, "href": href, "tone": tone, "note": note}


def opens(officer: Officer, page: str, **asked: str) -> str:
    """The address of a list with these filters, '' where the officer may not open it."""
    if not desk.may_open(officer, permissions_of(page)):
        return ""
    return reverse(f"office:{page}") + (f"?{urlencode(asked)}" if asked else "")


def items_address(**asked: str) -> str:
    """The promises that fit, in the list of the plan."""
    return f"{reverse('office:plan-items')}?{urlencode(asked)}"


def plan_tiles(counted: Tally, **asked: str) -> list[Tile]:
    """What is late, missed, soon due and completed: each opens to exactly its rows."""

    def one(label: str, value: int, state: str, tone: str) -> Tile:
        return tile(label, num(value), items_address(**asked, state=state), tone if value else "")

    return [
        one(_("Late"), counted.late, "late", "bad"),
        one(_("Period missed"), counted.missed, "recurring_missed", "bad"),
        one(_("Due within 90 days"), counted.due_soon, "due_soon", "wait"),
        one(_("Completed"), counted.completed, "completed", "good"),
    ]


def people_tiles(officer: Officer, values: dict[str, float | None]) -> list[Tile]:
    """People, money and answers, from the computed figures; what has no figure is left out."""
    shown: tuple[tuple[str, str, Callable[[Any], str], str, str], ...] = (
        ("persons", _("People in the registry"), num, "people", ""),
        ("beneficiaries", _("People on a programme"), num, "enrolments", "good"),
        ("paid_poisha", _("Paid out"), crore, "payrolls", "good"),
        ("returns", _("Returned payments"), num, "returns", "bad"),
        ("grievances", _("Grievances"), num, "grievances", ""),
        ("answered_in_time", _("Grievances answered in time"), percent, "grievances", ""),
    )
    return [
        tile(label, show(values[name]), opens(officer, page), tone if values[name] else "")
        for name, label, show, page, tone in shown
        if values.get(name) is not None
    ]


def indicator_tiles(officer: Officer, rows: Iterable[dict[str, Any]], year: str) -> list[Tile]:
    """How many indicators are met, behind, without a value of the year."""
    states = [row["state"] for row in rows]
    shown = (
        (_("Indicators met"), "met", "good"), (_("Indicators behind"), "behind", "bad"),
        (_("Indicators without a value"), "no_value", "wait"),
    )  # fmt: skip
    return [
        tile(label, num(states.count(state)), opens(officer, "indicators", year=year, state=state),
             tone if state in states else "")
        for label, state, tone in shown
    ]  # fmt: skip


def bars(name: str, title: str, table: Table, rows: list[tuple[str, float]], unit: str = "") -> dict[str, Any] | None:
    """A bar chart of the first rows with the whole table behind its switch; None where there is nothing to draw."""
    if not rows:
        return None
    data = {
        "labels": [label for label, _value in rows[:SHOWN]],
        "series": [{"name": title, "values": [value for _label, value in rows[:SHOWN]]}],
        "unit": unit,
    }
    return chart(name, "bar", title, table, data, tall=len(rows) > 6)


def district_map(officer: Officer) -> dict[str, Any] | None:
    """People on a programme of the people in the registry; the list beside it opens each district's dashboard."""
    rows = results.coverage_by_district(officer=officer)
    if not rows:
        return None
    title = _("People on a programme, of the people in the registry, by district")
    columns = [
        Column(_("District"), lambda row: row["area_code"], "area",
               lambda row: reverse("office:dashboard-district", args=[row["area_code"]])),
        Column(_("In the registry"), lambda row: row["persons"], "num"),
        Column(_("On a programme"), lambda row: row["beneficiaries"], "num"),
        Column(_("Share"), lambda row: row["coverage"], "percent"),
    ]  # fmt: skip
    shares = {row["area_code"]: row["coverage"] for row in rows}
    shapes = [
        {"code": place.code, "name": area(place.code),
         "value": round(shares[place.code] * 100, 1) if shares.get(place.code) is not None else None}
        for place in places.areas("district")
    ]  # fmt: skip
    table = Table(columns, rows, caption=title, hide_caption=True, tall=True)
    return chart("map", "map", title, table, {"places": shapes, "name": _("Share"), "unit": "%"}, _boundaries())


def _boundaries() -> str:
    return _(
        "Boundaries: UN OCHA / Bangladesh Bureau of Statistics (COD-AB v03, 2023), simplified. The lines shown are no "
        "statement about the legal status of any place. Grey: no figure, or fewer than five people."
    )


def upazila_map(district: str, title: str, table: Table, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The upazilas of a district coloured by the share of their people that is on a programme."""
    if not any(row["coverage"] is not None for row in rows):
        return None
    shares = {row["area_code"]: row["coverage"] for row in rows}
    shapes = [
        {"code": code, "name": area(code),
         "value": round(shares[code] * 100, 1) if shares.get(code) is not None else None}
        for code in places.children(district)
    ]  # fmt: skip
    data = {"places": shapes, "name": _("Share"), "unit": "%", "places_of": f"upazilas-{district}"}
    return chart("upazilas", "map", title, table, data, _boundaries())
