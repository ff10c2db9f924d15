"""Facts and their coverage as people read them."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from shohay.bulk.fact_coverage import OTHER, UNKNOWN
from shohay.core.facts import LEVELS, Fact
from shohay.web.office import desk
from shohay.web.office.words import say
from shohay.web.parts import names
from shohay.web.parts.charts import chart
from shohay.web.parts.tables import Column, Table
from shohay.web.parts.words import word
from shohay.web.templatetags.shohay import digits, num, percent


class Group(NamedTuple):
    """One group of a coverage table."""

    label: str
    rows: int
    missing: int

    @property
    def share(self) -> float:
        return self.missing / self.rows


def kind_of(fact: Fact) -> str:
    """Yes or no, number (years) ..."""
    kind = say("fact_kind", fact.kind)
    return f"{kind} ({say('fact_unit', fact.unit)})" if fact.unit else kind


def about(fact: Fact) -> list[tuple[str, str]]:
    """What the fact is, as a summary list."""
    language = desk.language()
    rows = [
        (_("About"), LEVELS[fact.level].in_language(language)),
        (_("Kind of value"), kind_of(fact)),
        (_("Known from"), say("fact_source", fact.source)),
        (_("Asked of"), say("fact_asked", fact.asked_of) if fact.asked_of else _("everybody")),
    ]
    if fact.values:
        rows.insert(2, (_("May be"), ", ".join(word(value, language, fact.name) for value in fact.values)))
    return rows


def tiles(fact: Fact, figures: dict[str, Any]) -> list[dict[str, object]]:
    whom = _("Households asked") if figures["unit"] == "household" else _("People asked")
    share = figures["missing"] / figures["rows"]
    rows = [
        (whom, num(figures["rows"]), ""),
        (_("It is missing for"), num(figures["missing"]), ""),
        (_("Share that lacks it"), percent(share), "bad" if share > 0.1 else ""),
    ]
    if "mean" in figures:
        rows.append((_("Mean"), num(figures["mean"], 1), ""))
    return [{"label": label, "value": value, "href": "", "tone": tone, "note": ""} for label, value, tone in rows]


def where(figures: dict[str, Any]) -> list[Table]:
    """By division, kind of area and sex; groups in which nobody was asked are not there."""
    titles = {
        "division": _("By division"), "area_type": _("By kind of area"),
        "sex": _("By sex of the head") if figures["unit"] == "household" else _("By sex"),
    }  # fmt: skip
    made = [(title, groups(way, figures["by"].get(way, {}))) for way, title in titles.items()]
    return [_table(title, rows, way == 0) for way, (title, rows) in enumerate(made) if rows]


def districts(figures: dict[str, Any]) -> Table | None:
    rows = sorted(groups("district", figures["by"].get("district", {})), key=lambda row: (-row.share, row.label))
    return _table(_("By district, the most missing first"), rows, True) if rows else None


def groups(way: str, counted: dict[str, list[int]]) -> list[Group]:
    return [Group(_label(way, key), rows, missing) for key, (rows, missing) in counted.items()]


def _label(way: str, key: str) -> str:
    if key == UNKNOWN:
        return _("not known")
    return names.area(key, desk.language()) if way in ("division", "district") else word(key, desk.language(), way)


def _table(title: str, rows: list[Group], places: bool) -> Table:
    columns = [
        Column(_("Place") if places else _("Group"), lambda row: row.label, "long"),
        Column(_("Asked"), lambda row: row.rows, "num", secondary=True),
        Column(_("Missing"), lambda row: row.missing, "num", secondary=True),
        Column(_("Share"), lambda row: row.share, "percent"),
    ]
    return Table(columns, rows, caption=title, tall=len(rows) > 20)


def spread(fact: Fact, figures: dict[str, Any]) -> dict[str, Any] | None:
    """What the fact is where it is known: values with their number, or the quantiles of a number."""
    if values := figures.get("values"):
        return _values(fact, values)
    return _quantiles(fact, figures["quantiles"]) if figures.get("quantiles") else None


def _values(fact: Fact, values: dict[str, int]) -> dict[str, Any]:
    title, total = _("What it is, where it is known"), sum(values.values())
    rows = [Group(_value(fact, value), total, number) for value, number in values.items()]
    columns = [
        Column(_("Value"), lambda row: row.label, "long"),
        Column(_("Number"), lambda row: row.missing, "num"),
        Column(_("Share"), lambda row: row.share, "percent"),
    ]
    data = {
        "labels": [row.label for row in rows],
        "series": [{"name": _("Number"), "values": [row.missing for row in rows]}],
        "unit": "",
    }
    return chart("values", "bar", title, Table(columns, rows, caption=title, hide_caption=True), data)


def _value(fact: Fact, value: str) -> str:
    if value == OTHER:
        return _("all others")
    if fact.name.endswith("_code"):
        return names.area(value, desk.language())
    return word(value == "yes", desk.language()) if fact.kind == "bool" else word(value, desk.language(), fact.name)


def _quantiles(fact: Fact, found: dict[str, float]) -> dict[str, Any]:
    title = _("What it is, where it is known")
    rows = [(_("%(n)s of 100 have at most") % {"n": num(int(share))}, value) for share, value in found.items()]
    written = digits if fact.kind == "date" else num
    columns = [
        Column(_("How many"), lambda row: row[0], "long"),
        Column(
            _("Year") if fact.kind == "date" else say("fact_unit", fact.unit) if fact.unit else _("Value"),
            lambda row: written(int(row[1])) if row[1] == int(row[1]) else num(row[1], 1), "digits",
        ),
    ]  # fmt: skip
    data = {
        "labels": [f"{num(int(share))}%" for share in found],
        "series": [{"name": title, "values": [value for _label, value in rows]}],
        "unit": "",
    }
    return chart("values", "line", title, Table(columns, rows, caption=title, hide_caption=True), data)
