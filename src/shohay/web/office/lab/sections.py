"""A simulation as the parts of a report: one composition for the screen, the workbook and the PDF.

Each function gives the blocks of shohay.core.report.model of one question. Cells keep their raw value, so that a
spreadsheet can add them up; a column has one unit, which stands in its heading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shohay.core.report.model import Block, Chart, Column, Figure, Series, Table
from shohay.core.simulation_result import ALL
from shohay.web.office.lab import told
from shohay.web.office.words import say
from shohay.web.templatetags.shohay import digits

Result = Mapping[str, Any]
Row = tuple[Any, ...]
Picked = Callable[[Mapping[str, Any]], Any]


def _less(first: Any, other: Any, kind: str) -> Any:
    """What the other is above the first; of shares in percentage points."""
    if first is None or other is None:
        return None
    return (other - first) * (100 if kind == "points" else 1)


def _beside(
    result: Result, id_: str, caption: str, label: str, lines: Sequence[tuple[str, Picked]], kind: str, change: str
) -> list[Block]:
    """A line a figure, a column a scenario; then the differences to the first, of two scenarios in the same table."""
    of, titles = result["scenarios"], told.scenarios(result)
    values = [(name, [pick(one) for one in of]) for name, pick in lines]
    values = [(name, found) for name, found in values if any(one is not None for one in found)]
    columns = [Column(label, "name", 2.2), *(Column(title, kind, 1.2) for title in titles)]
    rows: list[Row] = [(name, *found) for name, found in values]
    if len(of) == 2:
        head = _("Difference, percentage points") if change == "points" else _("Difference")
        columns.append(Column(head, change, 1.1))
        rows = [(*row, _less(row[1], row[2], change)) for row in rows]
    blocks: list[Block] = [Table(id_, caption, tuple(columns), tuple(rows))]
    if len(of) > 2:
        less = tuple((name, *(_less(found[0], one, change) for one in found[1:])) for name, found in values)
        heads = (Column(label, "name", 2.2), *(Column(title, change, 1.2) for title in titles[1:]))
        said = _("%(what)s: difference to the first scenario") % {"what": caption}
        said = _("%(what)s, percentage points") % {"what": said} if change == "points" else said
        blocks.append(Table(f"{id_}-difference", said, heads, less))
    return blocks


def totals(result: Result) -> list[Block]:
    """People and money of all programmes together."""

    def people(name: str) -> Picked:
        return lambda one: told.few(one["totals"][name])

    def crore(name: str) -> Picked:
        return lambda one: one["totals"][name] / told.POISHA_CRORE

    numbers = [(told.measure(name), people(name)) for name in told.TOTALS]
    money = [(told.measure(name), crore(name)) for name in told.MONEY]
    return [
        *_beside(result, "people", _("People reached"), _("How many"), numbers, "count", "more"),
        *_beside(result, "money", _("Cost in a year, crore taka"), _("Amount"), money, "crore", "more-crore"),
    ]


def targeting(result: Result, of: str = ALL) -> list[Block]:
    """Coverage, inclusion and exclusion, adequacy: shares."""

    def share(name: str) -> Picked:
        return lambda one: told.whole(one, name, of)

    lines = [(told.measure(name), share(name)) for name in told.SHARES]
    caption = _("Who is reached: %(programme)s") % {"programme": told.programme(result, of)}
    return _beside(result, "targeting", caption, _("Share"), lines, "share", "points")


def poverty(result: Result) -> list[Block]:
    """Before and after, a line a scenario; then how sure each figure is, where the base is a survey."""
    columns = [Column(_("Scenario"), "name", 2)]
    columns += [Column(told.measure(name), "gini" if name.startswith("gini") else "share") for name in told.POVERTY]
    rows: list[Row] = [
        (title, *(told.whole(one, name) for name in told.POVERTY))
        for title, one in zip(told.scenarios(result), result["scenarios"], strict=True)
    ]
    table = Table("poverty", _("Poverty and inequality before and after"), tuple(columns), tuple(rows))
    if all(row[1] is None for row in rows):
        return [table, *_sure(result)]
    before: tuple[str, Row] = (_("Before"), (rows[0][1], rows[0][3]))
    bars: list[tuple[str, Row]] = [before, *((str(row[0]), (row[2], row[4])) for row in rows)]
    series = tuple(Series(name, tuple(None if x is None else round(100 * x, 3) for x in row)) for name, row in bars)
    caption = _("Poverty before and after, % of the people")
    labels = (_("Poverty rate"), _("Poverty gap"))
    return [Figure("poverty-chart", caption, caption, Chart("column", labels, series, "%", "decimal")), table,
            *_sure(result)]  # fmt: skip


def _sure(result: Result) -> list[Block]:
    """Intervals of shares, then of the Gini coefficient: each has its own unit."""
    rows: dict[str, list[Row]] = {"share": [], "gini": []}
    for title, one in zip(told.scenarios(result), result["scenarios"], strict=True):
        for row in one["measures"]:
            if row["by"] or row["programme"] != ALL or row.get("error") is None or row["value"] is None:
                continue
            reach = told.Z95 * row["error"]
            ends = (max(0.0, row["value"] - reach), min(1.0, row["value"] + reach))
            kind = "gini" if row["measure"].startswith("gini") else "share"
            rows[kind].append((told.measure(row["measure"]), title, row["value"], *ends))
    note = _("From the design of the survey: strata, clusters and weights.")
    captions = {
        "share": _("How sure the shares are: 95% confidence intervals"),
        "gini": _("How sure the Gini coefficient is: 95% confidence intervals"),
    }
    return [
        Table(f"sure-{kind}", captions[kind], _interval_columns(kind), tuple(found), (), note)
        for kind, found in rows.items() if found
    ]  # fmt: skip


def _interval_columns(kind: str) -> tuple[Column, ...]:
    return (
        Column(_("Figure"), "name", 2.2), Column(_("Scenario"), "name", 1.6), Column(_("Estimate"), kind),
        Column(_("Lower end, 95%"), kind), Column(_("Upper end, 95%"), kind),
    )  # fmt: skip


def programmes(result: Result, places: Sequence[int]) -> list[Block]:
    """Each programme of each of these scenarios."""
    columns = (
        Column(_("Programme"), "name", 2.2), Column(_("Rules"), "text", 1.1), Column(_("Eligible"), "count"),
        Column(_("Places"), "count"), Column(_("Beneficiaries"), "count"),
        Column(_("Cost a year, crore taka"), "crore"), Column(_("Average a year, taka"), "taka"),
        Column(_("Asking"), "count"), Column(_("Cannot tell"), "count"),
    )  # fmt: skip
    blocks: list[Block] = []
    for place in places:
        rows = [
            (told.programme(result, row["code"]), say("lab_origin", row["origin"]), told.few(row["eligible"]),
             row["quota"], told.few(row["caseload"]), row["cost"] / told.POISHA_CRORE,
             None if row["average"] is None else round(row["average"] / 100), told.few(row["asking"]),
             told.few(row["cannot_tell"]))
            for row in result["scenarios"][place]["programmes"]
        ]  # fmt: skip
        caption = _("Programmes: %(scenario)s") % {"scenario": told.scenario(result, place)}
        blocks.append(Table(f"programmes-{place + 1}", caption, columns, tuple(rows)))
    return blocks


DECILES = ("coverage", "benefit_share", "beneficiary_share", "adequacy")


def deciles(result: Result, of: str = ALL, measures: Sequence[str] = DECILES) -> list[Block]:
    """Incidence by tenth of the people, the poorest first: a chart and a table for each measure."""
    blocks: list[Block] = []
    labels = tuple(digits(str(number)) for number in range(1, 11))
    for name in measures:
        found = [
            {row["decile"]: row[name] for row in one["deciles"] if row["programme"] == of}
            for one in result["scenarios"]
        ]
        if not any(value is not None for rows in found for value in rows.values()):
            continue
        caption = _("%(measure)s, by tenth of the people: %(programme)s") % {
            "measure": say("lab_decile", name), "programme": told.programme(result, of),
        }  # fmt: skip
        titles = told.scenarios(result)
        series = tuple(
            Series(title, tuple(None if (x := rows.get(at)) is None else round(100 * x, 2) for at in range(1, 11)))
            for title, rows in zip(titles, found, strict=True)
        )
        note = _("Tenths of the people by welfare before transfers; 1 is the poorest.")
        blocks.append(Figure(f"decile-{name}", caption, caption, Chart("column", labels, series, "%", "decimal"), note))
        columns = (Column(_("Tenth"), "code", 0.6), *(Column(title, "share") for title in titles))
        rows = tuple((labels[at - 1], *(rows.get(at) for rows in found)) for at in range(1, 11))
        blocks.append(Table(f"decile-{name}-table", caption, columns, rows, (), note))
    return blocks


def projection(result: Result, of: str = ALL) -> list[Block]:
    """Beneficiaries and cost by fiscal year."""
    if not any(one["projection"] for one in result["scenarios"]):
        return []
    years = [row["year"] for row in max((one["projection"] for one in result["scenarios"]), key=len)]
    blocks: list[Block] = []
    for place, (kind, caption) in enumerate(
        (("count", _("Beneficiaries by year")), ("crore", _("Cost by year, crore taka")))
    ):
        scale = (1, told.POISHA_CRORE)[place]
        found = [{row["year"]: _of_year(row, of, place) for row in one["projection"]} for one in result["scenarios"]]
        series = tuple(
            Series(title, tuple(None if (x := rows.get(year)) is None else round(x / scale, 4) for year in years))
            for title, rows in zip(told.scenarios(result), found, strict=True)
        )
        caption = f"{caption}: {told.programme(result, of)}"
        note = _("With the ageing and mortality of the people in the data; rules and amounts as in the scenario.")
        unit = "" if place == 0 else _("crore taka")
        id_ = f"projection-{('caseload', 'cost')[place]}"
        labels = tuple(digits(year) for year in years)
        blocks.append(Figure(id_, caption, caption, Chart("line", labels, series, unit, kind), note))
        columns = (Column(_("Fiscal year"), "year"), *(Column(one.name, kind) for one in series))
        rows = tuple(
            (year, *(None if (x := rows.get(year)) is None else x / scale for rows in found)) for year in years
        )
        blocks.append(Table(f"{id_}-table", caption, columns, rows, (), note))
    return blocks


def _of_year(row: Mapping[str, Any], of: str, place: int) -> int | None:
    if of == ALL:
        return int(row[("caseload", "cost")[place]])
    found = row["programmes"].get(of)
    return int(found[place]) if found else None
