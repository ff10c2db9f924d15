"""How figures of surveys are shown: units, intervals, tables, charts with error bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from shohay.core.sampling import Difference
from shohay.stages.results.models_survey import SurveyEstimate
from shohay.stages.results.queries_survey import Compared, IndicatorValue
from shohay.web.office.words import OFFICE_WORDS, say
from shohay.web.parts import names
from shohay.web.parts.charts import chart
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import language, num, percent, taka

TAKA = ("mean", "median", "relative_line")
PLAIN = {"gini": 3, "quintile_ratio": 2, "cgh_20": 2, "cgh_40": 2, "benefit_cost": 2}
WELFARE = ("headcount", "headcount_lower", "gap", "severity", "mean", "median", "gini", "quintile_ratio",
           "relative_rate", "relative_line")  # fmt: skip
TARGETING = ("coverage", "under_coverage", "leakage", "adequacy", "line_share", "benefit_cost", "cgh_20", "cgh_40",
             "headcount_reduction", "gap_reduction", "gini_reduction")  # fmt: skip
BY_GROUP = ("coverage", "beneficiary_share", "benefit_share", "adequacy", "under_coverage", "leakage", "headcount",
            "gap", "mean", "gini", "benefit_cost", "gap_reduction")  # fmt: skip


def value(measure: str, number: float | None) -> str:
    """The figure in its unit."""
    if number is None:
        return "–"
    if measure in TAKA:
        return taka(round(number) * 100)
    return num(number, PLAIN[measure]) if measure in PLAIN else percent(number)


def error(row: SurveyEstimate) -> str:
    """The standard error in the figure's unit, of shares with a decimal more."""
    if row.error is None:
        return "–"
    if row.measure in TAKA:
        return value(row.measure, row.error)
    return num(row.error, PLAIN[row.measure] + 1) if row.measure in PLAIN else percent(row.error, 2)


def interval(row: SurveyEstimate) -> str:
    if row.low is None or row.high is None:
        return "–"
    return f"{value(row.measure, row.low)} – {value(row.measure, row.high)}"


def programme(code: str) -> str:
    """A programme's name, or that of several together."""
    own = OFFICE_WORDS["survey_programme"].get(code)
    return own[language() == "en"] if own else names.programme(code, language())


def group(dimension: str, code: str) -> str:
    if dimension == "all":
        return say("survey_dimension", "all")
    if dimension == "division":
        return names.area(code, language())
    return say("survey_group", f"{'quintile' if dimension.startswith('quintile') else dimension}:{code}")


def relative(row: SurveyEstimate) -> float | None:
    """The standard error as a part of the figure."""
    return abs(row.error / row.value) if row.error is not None and row.value else None


def _figures() -> list[Column]:
    return [
        Column(_("Estimate"), lambda row: value(row.measure, row.value), "digits"),
        Column(_("95% confidence interval"), interval, "digits"),
        Column(_("Standard error"), error, "digits", secondary=True),
        Column(_("Relative error"), relative, "percent", secondary=True),
        Column(_("Design effect"), lambda row: num(row.design_effect, 2), "digits", secondary=True),
        Column(_("Effective number"), lambda row: row.effective and round(row.effective), "num", secondary=True),
        Column(_("Remark"), lambda row: say("survey_flag", row.flag) if row.flag else ""),
    ]


def measures(rows: Sequence[SurveyEstimate], order: Sequence[str], caption: str) -> Table:
    """A line a measure."""
    columns = [Column(_("Measure"), lambda row: say("survey_measure", row.measure), "long"), *_figures()]
    return Table(columns, _sorted(rows, order), caption=caption, hide_caption=True)


def _sorted(rows: Sequence[SurveyEstimate], order: Sequence[str]) -> list[SurveyEstimate]:
    return sorted((row for row in rows if row.measure in order), key=lambda row: order.index(row.measure))


def groups(rows: Sequence[SurveyEstimate], measure: str, dimension: str) -> dict[str, Any] | None:
    """A chart with error bars and its table, a line a group."""
    of = [row for row in rows if row.measure == measure]
    if not of:
        return None
    title = f"{say('survey_measure', measure)}: {say('survey_dimension', dimension)}"
    columns = [
        Column(say("survey_dimension", dimension), lambda row: group(row.dimension, row.group), "long"), *_figures(),
        Column(_("Observations"), lambda row: row.observations, "num", secondary=True),
    ]  # fmt: skip
    table = Table(columns, of, caption=title, hide_caption=True)
    data = {
        "labels": [group(row.dimension, row.group) for row in of],
        "series": [_bars(of, measure, title)],
        "unit": "" if measure in PLAIN else "৳" if measure in TAKA else "%",
        "words": {"low": _("from"), "high": _("to")},
    }
    note = _("The line on each dot is the 95% confidence interval.")
    return chart("survey-groups", "interval", title, table, data, note, tall=len(of) > 6)


def _bars(rows: Sequence[SurveyEstimate], measure: str, name: str) -> dict[str, Any]:
    scale = 1 if measure in (*TAKA, *PLAIN) else 100
    parts = {side: [None if (x := getattr(row, side)) is None else round(x * scale, 4) for row in rows]
             for side in ("value", "low", "high")}  # fmt: skip
    return {"name": name, "values": parts["value"], "low": parts["low"], "high": parts["high"]}


def compared(rows: Sequence[Compared], order: Sequence[str], first: str, second: str, caption: str) -> Table:
    """Two rounds beside one another; a line a figure."""
    shown = sorted((row for row in rows if row.measure in order), key=lambda row: (order.index(row.measure), row.group))
    columns = [
        Column(_("Measure"), lambda row: say("survey_measure", row.measure), "long"),
        *([Column(_("Group"), lambda row: group(row.dimension, row.group))]
          if any(row.dimension != "all" for row in shown) else []),
        Column(first, lambda row: value(row.measure, row.first.value), "digits"),
        Column(second, lambda row: value(row.measure, row.second.value), "digits"),
        Column(_("Difference"), lambda row: change(row.measure, row.change), "digits"),
        Column(_("95% confidence interval"), lambda row: _within(row.measure, row.change), "digits", secondary=True),
        Column(_("Chance (p)"), lambda row: num(row.change.p, 3) if row.change else "–", "digits", secondary=True),
        Column(_("What it means"), lambda row: verdict(row.change), "long"),
    ]  # fmt: skip
    return Table(columns, shown, caption=caption, hide_caption=True)


def change(measure: str, found: Difference | None) -> str:
    """The difference with its sign; of shares in percentage points."""
    if found is None:
        return "–"
    sign = "+" if found.difference > 0 else "−" if found.difference < 0 else ""
    return sign + _points(measure, abs(found.difference))


def _points(measure: str, number: float) -> str:
    if measure in TAKA or measure in PLAIN:
        return value(measure, number)
    return num(number * 100, 1)


def _within(measure: str, found: Difference | None) -> str:
    if found is None:
        return "–"
    ends = (("−" if end < 0 else "") + _points(measure, abs(end)) for end in (found.low, found.high))
    return " … ".join(ends)


def verdict(found: Difference | None) -> str:
    if found is None:
        return _("cannot be told")
    if not found.sure:
        return _("may be chance")
    return _("higher") if found.difference > 0 else _("lower")


def indicators(rows: Sequence[IndicatorValue], titles: dict[str, str]) -> Table:
    """What a round says about the indicators of the results framework."""
    columns = [
        Column(_("Code"), lambda row: row.code),
        Column(_("Indicator"), lambda row: titles.get(row.code, row.code), "long"),
        Column(_("Group"), lambda row: say("survey_group", row.group) if row.group else "", secondary=True),
        Column(_("Value"), lambda row: _in_unit(row, row.value), "digits"),
        Column(_("95% confidence interval"), lambda row: _ends(row), "digits"),
        Column(_("Reported by"), lambda row: row.office or _("computed by the platform"), secondary=True),
    ]
    return Table(columns, rows, caption=_("What this round says about indicators"), hide_caption=True)


def _in_unit(row: IndicatorValue, number: float) -> str:
    return num(number, 2) if row.estimate.measure in PLAIN else percent(number / 100)


def _ends(row: IndicatorValue) -> str:
    return "–" if row.low is None or row.high is None else f"{_in_unit(row, row.low)} – {_in_unit(row, row.high)}"
