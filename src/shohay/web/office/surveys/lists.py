"""Surveys as files: rounds, figures of a round, findings of its file, two rounds compared. Aggregates only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from shohay.stages.accounts.officer import Officer
from shohay.stages.results import queries_survey as queries
from shohay.stages.results.models_survey import SurveyEstimate, SurveyFinding, SurveyRound
from shohay.web.office import exports
from shohay.web.office.exports import Field
from shohay.web.office.surveys import show
from shohay.web.office.words import say

SEES = ("survey.view",)


def _rounds(officer: Officer, asked: exports.Asked) -> QuerySet[SurveyRound]:
    return queries.rounds(officer)


exports.declare("surveys", _("Surveys"), _rounds, SEES, [
    Field(_("Survey"), "survey"), Field(_("Round"), "label"), Field(_("Title"), "title_{language}"),
    Field(_("State"), "state", "state"), Field(_("Field work"), "collected_on", "day"), Field(_("Source"), "source"),
    Field(_("Imported"), "imported_at", "moment"), Field(_("Who"), "imported_by", "officer"),
    Field(_("Data, SHA-256"), "data_sha256"),
])  # fmt: skip


def _estimates(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """Every figure of the round with its metadata: what a statistician needs to use it."""
    row = queries.rounds(officer).filter(pk=int(asked.get("round", "0") or 0)).first()
    run = queries.latest_run(row) if row else None
    if row is None or run is None:
        return []
    return [{**_line(one), "round": f"{row.survey} {row.label}"} for one in queries.estimates(officer, run)]


def _line(one: SurveyEstimate) -> dict[str, Any]:
    def told(number: float | None) -> float | None:  # a median is the very consumption of one household: whole taka
        return number if number is None or one.measure not in show.TAKA else round(number)

    return {
        "measure": say("survey_measure", one.measure), "code": one.measure, "programme": show.programme(one.programme),
        "dimension": say("survey_dimension", one.dimension), "group": show.group(one.dimension, one.group),
        "value": told(one.value), "low": told(one.low), "high": told(one.high), "error": told(one.error),
        "df": one.df, "n": one.observations,
        "base": one.base, "effect": one.design_effect, "effective": one.effective,
        "flag": say("survey_flag", one.flag) if one.flag else "",
    }  # fmt: skip


exports.declare("survey", _("Figures of a survey"), _estimates, SEES, [
    Field(_("Round"), "round"), Field(_("Measure"), "measure"), Field(_("Code"), "code"),
    Field(_("Programme"), "programme"), Field(_("Breakdown"), "dimension"), Field(_("Group"), "group"),
    Field(_("Estimate"), "value", "number"), Field(_("Lower end, 95%"), "low", "number"),
    Field(_("Upper end, 95%"), "high", "number"), Field(_("Standard error"), "error", "number"),
    Field(_("Degrees of freedom"), "df", "number"), Field(_("Observations"), "n", "number"),
    Field(_("Behind the figure"), "base", "number"), Field(_("Design effect"), "effect", "number"),
    Field(_("Effective number"), "effective", "number"), Field(_("Remark"), "flag"),
])  # fmt: skip


def _findings(officer: Officer, asked: exports.Asked) -> QuerySet[SurveyFinding]:
    row = queries.rounds(officer).filter(pk=int(asked.get("round", "0") or 0)).first()
    return queries.findings(officer, row) if row else SurveyFinding.objects.none()


exports.declare("survey-findings", _("Findings in a survey's file"), _findings, ("survey.import",), [
    Field(_("Line"), "line", "number"), Field(_("Column"), "column"),
    Field(_("What is wrong"), "code", "survey_finding"), Field(_("What stands there"), "value"),
])  # fmt: skip


def _compared(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    rows = {str(row.pk): row for row in queries.rounds(officer)}
    chosen = [rows.get(asked.get(name, "")) for name in ("first", "second")]
    runs = [queries.latest_run(row) if row else None for row in chosen]
    if runs[0] is None or runs[1] is None:
        return []
    found = [
        one
        for programme in dict.fromkeys(("", asked.get("programme", "all")))
        for one in queries.compare(officer, runs[0], runs[1], dimension=asked.get("by", "all"), programme=programme)
    ]
    return [
        {"measure": say("survey_measure", one.measure), "programme": show.programme(one.programme),
         "group": show.group(one.dimension, one.group), "first": _line(one.first)["value"],
         "second": _line(one.second)["value"],
         "difference": one.change and one.change.difference, "low": one.change and one.change.low,
         "high": one.change and one.change.high, "p": one.change and one.change.p, "verdict": show.verdict(one.change)}
        for one in found
    ]  # fmt: skip


exports.declare("survey-compare", _("Two rounds of a survey"), _compared, SEES, [
    Field(_("Measure"), "measure"), Field(_("Programme"), "programme"), Field(_("Group"), "group"),
    Field(_("First round"), "first", "number"), Field(_("Second round"), "second", "number"),
    Field(_("Difference"), "difference", "number"), Field(_("Lower end, 95%"), "low", "number"),
    Field(_("Upper end, 95%"), "high", "number"), Field(_("Chance (p)"), "p", "number"),
    Field(_("What it means"), "verdict"),
])  # fmt: skip
