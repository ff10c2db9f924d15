"""Charts with their tables, as parts/chart.html takes them, and those that officers and everybody see alike."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from shohay.web.parts import names
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import language, words


def chart(
    name: str, kind: str, title: str, table: Table, data: dict[str, Any], source: str = "", tall: bool = False
) -> dict[str, Any]:
    """What parts/chart.html takes. The description names the chart for who cannot see it; the table has the figures."""
    if kind == "map":
        data.setdefault("places_of", "districts")
    data.setdefault("description", _("%(title)s. The table below has the same figures.") % {"title": title})
    return {"id": name, "data_id": f"{name}-data", "kind": kind, "title": title, "table": table, "data": data,
            "source": source, "tall": tall}  # fmt: skip


def coverage(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    if not rows:
        return None
    title = _("Eligible and enrolled, by programme")
    columns = [
        Column(_("Programme"), lambda row: row["programme_code"], "programme"),
        Column(words("eligible"), lambda row: row["eligible"], "num"),
        Column(_("Enrolled"), lambda row: row["enrolled"], "num"),
        Column(_("Coverage"), lambda row: row["coverage"], "percent"),
        Column(_("Women"), lambda row: row["women_share"], "percent"),
    ]
    data = {
        "labels": [names.programme(row["programme_code"], language()) for row in rows],
        "series": [
            {"name": words("eligible"), "values": [row["eligible"] for row in rows]},
            {"name": _("Enrolled"), "values": [row["enrolled"] for row in rows]},
        ],
        "unit": "",
    }
    table = Table(columns, rows, caption=title, hide_caption=True)
    return chart("coverage", "bar", title, table, data, tall=True)


def payments(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    if not rows:
        return None
    title = _("Payments by state")
    columns = [
        Column(_("State"), lambda row: row["state"], "state", context="payment"),
        Column(_("Payments"), lambda row: row["payments"], "num"),
        Column(_("Amount"), lambda row: row["poisha"], "crore"),
    ]
    data = {
        "labels": [words(row["state"], "payment") for row in rows],
        "series": [{"name": _("Payments"), "values": [row["payments"] for row in rows]}],
        "unit": "",
    }
    return chart("payments", "bar", title, Table(columns, rows, caption=title, hide_caption=True), data)


def returns(rows: list[dict[str, Any]]) -> Table | None:
    """Why banks returned money, the most frequent reason first."""
    columns = [
        Column(_("Reason"), lambda row: row["reason"], "words"),
        Column(_("Code"), lambda row: row["reason"]),
        Column(_("Payments"), lambda row: row["payments"], "num"),
    ]
    return Table(columns, rows, caption=_("Payments that came back, by reason")) if rows else None
