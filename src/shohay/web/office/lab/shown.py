"""Blocks of a report on the screen: charts with their tables, tables, lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shohay.core.report import model
from shohay.core.report.text import plain
from shohay.core.report.text import shown as cell
from shohay.stages.places import queries as places
from shohay.web.office.lab import sections_groups as groups
from shohay.web.office.lab import told
from shohay.web.office.words import say
from shohay.web.parts import names
from shohay.web.parts.charts import chart
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import language, num

FOLDED = ("sure-", "areas-")  # what few readers need at once
TALL = 14  # rows from which a table scrolls inside itself
Item = dict[str, Any]


def items(blocks: Sequence[model.Block]) -> list[Item]:
    """What office/lab/blocks.html takes; a figure takes the table behind it."""
    found: list[Item] = []
    waiting: model.Figure | None = None
    for block in blocks:
        if isinstance(block, model.Figure):
            waiting = block
        elif isinstance(block, model.Table):
            table = of_table(block)
            if waiting is None:
                found.append(
                    {
                        "table": table,
                        "caption": block.caption,
                        "source": block.source,
                        "fold": block.id.startswith(FOLDED),
                    }
                )
            else:
                found.append({"chart": _chart(waiting, table)})
            waiting = None
        elif isinstance(block, model.Listing):
            found.append({"items": [plain(runs) for runs in block.items]})
    return found


def of_table(block: model.Table) -> Table:
    columns = [_column(place, column) for place, column in enumerate(block.columns)]
    return Table(columns, block.rows, caption=block.caption, hide_caption=True, tall=len(block.rows) > TALL)


def _column(place: int, column: model.Column) -> Column:
    def told_as(row: tuple[Any, ...]) -> str:
        text = cell(row[place], column.kind, language())
        return text.replace("-", "−", 1) if column.is_number and text.startswith("-") else text

    return Column(column.label, told_as, "digits" if column.is_number else "long" if column.kind == "name" else "text")


def _chart(figure: model.Figure, table: Table) -> Item:
    drawn = figure.chart
    data = {
        "labels": list(drawn.labels),
        "series": [{"name": one.name, "values": list(one.values)} for one in drawn.series], "unit": drawn.unit,
    }  # fmt: skip
    return chart(figure.id, drawn.kind, figure.caption, table, data, figure.source)


def area_map(result: Mapping[str, Any], place: int, measure: str, level: str, of: str) -> Item | None:
    """The map of a measure with its places as a table. A division is drawn by its districts, as one."""
    found = [row for row in result["scenarios"][place]["areas"] if row["level"] == level]
    values = {row["area_code"]: groups.area_value(row, measure, of) for row in found}
    if not any(value is not None for value in values.values()):
        return None
    title = _("%(measure)s by %(level)s: %(scenario)s") % {
        "measure": say("lab_area", measure), "level": say("lab_level_one", level),
        "scenario": told.scenario(result, place),
    }  # fmt: skip
    data = {
        "places": _places(values, level), "name": say("lab_area", measure), "unit": groups.area_unit(measure),
        "places_of": "upazilas" if level == "upazila" else "districts",
    }  # fmt: skip
    columns = [
        Column(_("Place"), lambda row: names.area(row[0], language()), "long"),
        Column(_("District"), lambda row: names.area(row[0][:4], language()) if len(row[0]) > 4 else ""),
        Column(say("lab_area", measure), lambda row: _told(row[1], measure), "digits"),
    ]
    ordered = sorted(values.items(), key=lambda pair: (pair[1] is None, -(pair[1] or 0)))
    table = Table(columns if level == "upazila" else [columns[0], columns[2]], ordered, caption=title,
                  hide_caption=True, tall=True)  # fmt: skip
    note = _("Grey: nobody there in this data, or fewer than 5 people.")
    return chart("area-map", "map", title, table, data, note)


def _told(value: float | None, measure: str) -> str:
    if value is None:
        return "–"
    unit = groups.area_unit(measure)
    text = num(value, 0 if measure in ("caseload", "benefit") else 2 if measure == "cost" else 1)
    return text + ("%" if unit == "%" else f" {unit}" if unit else "")


def _places(values: Mapping[str, float | None], level: str) -> list[dict[str, Any]]:
    """What the boundaries are filled with: code, name, value rounded as it is told."""
    codes = [(code, code) for code in values]
    if level == "division":
        codes = [(district, code) for code in values for district in places.children(code)]
    return [
        {"code": drawn, "name": names.area(of, language()),
         "value": None if values[of] is None else round(values[of] or 0.0, 2)}
        for drawn, of in codes
    ]  # fmt: skip
