"""How a formula, its model card, a household's score and the drift of scores are shown: tables and charts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from shohay.bulk.pmt import Formula
from shohay.bulk.pmt_breakdown import Part
from shohay.core.facts import FACTS
from shohay.core.messages import Text
from shohay.web.office.words import say
from shohay.web.parts import names
from shohay.web.parts.charts import chart
from shohay.web.parts.conditions import said
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import digits, language, num, percent, taka, words

LEFT = ("no_weight", "no_design", "nobody", "no_welfare", "welfare_not_positive", "fact_missing")


def told(text: Text | dict[str, str]) -> str:
    """A text of both languages in the reader's."""
    return text.in_language(language()) if isinstance(text, Text) else text[language()]


def signed(value: float | None, decimals: int = 0) -> str:
    if value is None:
        return "–"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + num(abs(value), decimals)


def effect(log: float) -> str:
    """What an addition to the logarithm does to consumption: +12.3%; what is small with more decimals."""
    value = math.expm1(log)
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + percent(abs(value), 1 if abs(value) >= 0.01 else 2 if abs(value) >= 0.0001 else 4)


def exact(value: float) -> str:
    """A coefficient with its sign and three digits that tell something."""
    return signed(value, 4 if abs(value) >= 0.01 or not value else min(9, 2 - math.floor(math.log10(abs(value)))))


# ---------------------------------------------------------------------------------------------------- the formula


def parts_of(formula: Formula) -> list[tuple[str, Table]]:
    """Questions, conditions or the coefficients of each sub-model, in words."""
    if formula.questions:
        return [("", _questions(formula))]
    if formula.conditions:
        columns = [Column(_("Condition"), lambda one: told(one.text), "long"),
                   Column(_("As an expression"), lambda one: one.when.text, secondary=True)]  # fmt: skip
        return [("", Table(columns, formula.conditions, caption=_("Conditions"), hide_caption=True))]
    columns = [
        Column(_("What is counted"), lambda term: told(term.text), "long"),
        Column(_("Consumption changes by"), lambda term: effect(term.coefficient), "digits"),
        Column(_("Coefficient"), lambda term: exact(term.coefficient), "digits", secondary=True),
        Column(_("As an expression"), lambda term: term.value.text, secondary=True),
    ]
    return [
        (told(one.text), Table(columns, one.terms, caption=told(one.text), hide_caption=True)) for one in formula.models
    ]


def _questions(formula: Formula) -> Table:
    rows = [
        (told(question.text), said(checked.text, language()) if checked else _("everybody else"), points)
        for question in formula.questions for checked, points in question.answers
    ]  # fmt: skip
    columns = [
        Column(_("Question"), lambda row: row[0], "long"), Column(_("Answer"), lambda row: row[1]),
        Column(_("Points"), lambda row: row[2], "num"),
    ]  # fmt: skip
    return Table(columns, rows, caption=_("Questions"), hide_caption=True)


# -------------------------------------------------------------------------------------------------- the model card


def coefficients(model: dict[str, Any]) -> Table:
    columns = [
        Column(_("What is counted"), lambda row: told(row["text"]), "long"),
        Column(_("Coefficient"), lambda row: exact(row["coefficient"]), "digits"),
        Column(_("Standard error"), _error, "digits"),
        Column(_("Chance (p)"), lambda row: "–" if row["p"] is None else num(row["p"], 3), "digits", secondary=True),
        Column(_("Consumption changes by"), lambda row: "–" if row["value"] == "1" else effect(row["coefficient"]),
               "digits", secondary=True),
    ]  # fmt: skip
    return Table(columns, model["coefficients"], caption=told_model(model["name"]), hide_caption=True)


def _error(row: dict[str, Any]) -> str:
    return "–" if row["error"] is None else exact(row["error"]).lstrip("+")


def told_model(name: str) -> str:
    return say("score_model", name)


def fits(card: dict[str, Any]) -> Table:
    """How each sub-model fits, in the sample and out of fold; then all together."""
    fit = card["fit"]
    whole = {"name": "whole", "rows": fit["rows"], "clusters": card["data"]["clusters"], "r2": fit["r2_in"],
             "r2_out": fit["r2_out"], "rmse_out": fit["rmse_out"]}  # fmt: skip
    columns = [
        Column(_("Sub-model"), lambda row: told_model(row["name"]), "long"),
        Column(_("Households"), lambda row: row["rows"], "num"),
        Column(_("Clusters"), lambda row: row["clusters"], "num"),
        Column(_("Explained (R²)"), lambda row: row["r2"], "percent"),
        Column(_("Explained of the unseen"), lambda row: row["r2_out"], "percent"),
        Column(_("Error of the unseen, logarithm"), lambda row: num(row["rmse_out"], 3), "digits", secondary=True),
    ]  # fmt: skip
    return Table(columns, [*card["models"], whole], caption=_("How well it fits"), hide_caption=True)


def curve(card: dict[str, Any]) -> dict[str, Any]:
    """Errors of exclusion and inclusion at each cut-off."""
    rows = [row for row in card["curve"] if row["exclusion"] is not None]
    title = _("Who is left out and who is wrongly taken, by cut-off")
    columns = [
        Column(_("Percent of people taken"), lambda row: row["share"], "num"),
        Column(_("Score"), lambda row: row["score"], "num"),
        Column(_("Poor people left out"), lambda row: row["exclusion"], "percent"),
        Column(_("Taken but not poor"), lambda row: row["inclusion"], "percent"),
        Column(_("CGH index"), lambda row: num(row["cgh"], 2), "digits", secondary=True),
    ]
    table = Table(columns, [row for row in rows if row["share"] % 5 == 0], caption=title, hide_caption=True)
    data = {
        "labels": [num(row["share"]) for row in rows if row["share"] % 5 == 0], "unit": "%",
        "series": [
            {"name": label, "values": [round(100 * row[key], 1) for row in rows if row["share"] % 5 == 0]}
            for key, label in (("exclusion", _("Poor people left out")), ("inclusion", _("Taken but not poor")))
        ],
    }  # fmt: skip
    note = _(
        "Across: percent of people with the lowest scores who are taken. Measured on clusters that the formula did not "
        "learn from."
    )
    return chart("score-curve", "line", title, table, data, note)


def by_group(card: dict[str, Any], cut: str, measure: str) -> dict[str, Any] | None:
    """One error by group with its 95% interval."""
    rows = [row for row in card["at"] if row["cut"] == cut and row["measure"] == measure]
    if not any(row["value"] is not None for row in rows):
        return None
    title = f"{say('score_measure', measure)}: {say('score_cut', cut)}"
    columns = [
        Column(_("Group"), group, "long"), Column(_("Estimate"), lambda row: row["value"], "percent"),
        Column(_("95% confidence interval"), _interval, "digits"),
        Column(_("Households"), lambda row: row["households"], "num", secondary=True),
        Column(_("Remark"), lambda row: say("survey_flag", row["flag"]) if row["flag"] else ""),
    ]  # fmt: skip
    scaled = {
        key: [None if row[key] is None else round(100 * row[key], 2) for row in rows]
        for key in ("value", "low", "high")
    }
    data = {
        "labels": [group(row) for row in rows], "unit": "%", "words": {"low": _("from"), "high": _("to")},
        "series": [{"name": title, "values": scaled["value"], "low": scaled["low"], "high": scaled["high"]}],
    }  # fmt: skip
    table = Table(columns, rows, caption=title, hide_caption=True)
    note = _("The line on each dot is the 95% confidence interval.")
    return chart("score-groups", "interval", title, table, data, note, tall=True)


def group(row: dict[str, Any]) -> str:
    """A group in words: Sex of the head: women."""
    if row["by"] == "all":
        return _("Everybody")
    if row["by"] == "division":
        return names.area(row["group"], language())
    return f"{say('survey_dimension', row['by'])}: {say('survey_group', row['by'] + ':' + row['group'])}"


def _interval(row: dict[str, Any]) -> str:
    return "–" if row["low"] is None else f"{percent(row['low'])} – {percent(row['high'])}"


def compared(card: dict[str, Any]) -> Table | None:
    """The formula beside other methods, on the same folds."""
    columns = [
        Column(_("Method"), lambda row: say("score_method", row["method"]), "long"),
        Column(_("Explained of the unseen"), lambda row: row["r2"], "percent"),
        Column(_("Poor people left out"), lambda row: row["exclusion"], "percent"),
        Column(_("Taken but not poor"), lambda row: row["inclusion"], "percent"),
        Column(_("Ranks a poor one lower (AUC)"), lambda row: row["auc"], "percent", secondary=True),
    ]
    rows = card["compared"]
    return Table(columns, rows, caption=_("Beside other methods"), hide_caption=True) if len(rows) > 1 else None


def data_facts(card: dict[str, Any]) -> list[tuple[str, str]]:
    """What the formula was made from and what was left out."""
    found = card["data"]
    rows = [(_("Households in the survey"), num(found["rows"])), (_("Used"), num(found["used"]))]
    rows += [(say("score_left", key), num(found[key])) for key in LEFT if found.get(key)]
    rows += [(_("Strata and clusters"), f"{num(found['strata'])} / {num(found['clusters'])}")]
    if found["lonely"]:
        rows.append((_("Strata with one cluster"), num(found["lonely"])))
    if found["left_out"]:
        facts = ", ".join(f"{told(FACTS[name].text)} ({percent(share)})" for name, share in found["left_out"].items())
        rows.append((_("Facts left out because many lack them"), facts))
    made = card["made_with"]
    rows += [(_("Method"), say("score_method", made["method"])),
             (_("Folds and seed"), f"{num(made['folds'])} / {digits(made['seed'])}"),
             (_("Data, SHA-256"), found["sha256"][:16])]  # fmt: skip
    return [*rows, (_("Software"), ", ".join(f"{name} {version}" for name, version in made["packages"].items()))]


# ------------------------------------------------------------------------------------------------ a household's score


def breakdown(formula: Formula, parts: Sequence[Part]) -> Table:
    """Each question, term or condition with what was read and what it adds."""
    linear = bool(formula.models)
    columns = [
        Column(_("What is counted"), lambda part: told(part.text), "long"),
        Column(_("This household"), lambda part: facts_of(part)),
        Column(_("Consumption changes by") if linear else _("Points") if formula.questions else _("Holds"),
               lambda part: _added(formula, part), "digits"),
    ]  # fmt: skip
    if formula.questions:
        columns.append(Column(_("At most"), lambda part: part.most, "num", secondary=True))
    return Table(columns, parts, caption=_("What the score is made of"), hide_caption=True)


def _added(formula: Formula, part: Part) -> str:
    if part.contribution is None:
        return _("cannot be told")
    if formula.conditions:
        return _("yes") if part.contribution else _("no")
    if formula.questions:
        return num(part.contribution)
    return taka(round(math.exp(part.contribution)) * 100) if not part.facts else effect(part.contribution)


def facts_of(part: Part) -> str:
    return "; ".join(f"{told(FACTS[name].text)}: {value(name, found)}" for name, found in part.facts.items()) or "–"


def value(name: str, found: Any) -> str:
    """A fact of a household in words."""
    if found is None:
        return _("not known")
    if isinstance(found, bool):
        return _("yes") if found else _("no")
    if isinstance(found, int | float):
        return num(found, 0 if float(found).is_integer() else 1)
    return names.area(found, language()) if name.endswith("_code") else words(found, name)


# ------------------------------------------------------------------------------------------------------------ drift


def histogram(result: dict[str, Any], row: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    """The share of households in each band of scores, before and after."""
    width = result["bar"]
    bands = [f"{num(place * width)}–{num((place + 1) * width)}" for place in range(len(row["bars"][0]))]
    starts = [num(place * width) for place in range(len(bands))]
    title = _("Households by score: %(area)s") % {"area": names.area(row["area"], language())}
    lines = list(zip(bands, *row["bars"], strict=True))
    columns = [
        Column(_("Score"), lambda line: line[0]), Column(before, lambda line: line[1], "percent"),
        Column(after, lambda line: line[2], "percent"),
    ]  # fmt: skip
    data = {
        "labels": starts, "unit": "%",
        "series": [{"name": name, "values": [round(100 * share, 2) for share in row["bars"][place]]}
                   for place, name in enumerate((before, after))],
    }  # fmt: skip
    return chart("score-bars", "line", title, Table(columns, lines, caption=title, hide_caption=True), data)


def by_area(result: dict[str, Any]) -> Table:
    columns = [
        Column(_("Area"), lambda row: names.area(row["area"], language()), "long"),
        Column(_("Households"), lambda row: row["households"][1], "num"),
        Column(_("Mean score, before and after"), _means, "digits"),
        Column(_("Without a score"), lambda row: row["unscored"][1], "num", secondary=True),
        Column(_("Stability index (PSI)"), lambda row: "–" if row["psi"] is None else num(row["psi"], 3), "digits"),
        Column(_("Greatest distance (KS)"), lambda row: "–" if row["ks"] is None else num(row["ks"], 3), "digits",
               secondary=True),
        Column(_("State"), lambda row: row["level"], "state", context="score_drift"),
    ]  # fmt: skip
    return Table(columns, result["rows"], caption=_("By division"), hide_caption=True)


def _means(row: dict[str, Any]) -> str:
    return " → ".join("–" if mean is None else num(mean, 1) for mean in row["mean"])
