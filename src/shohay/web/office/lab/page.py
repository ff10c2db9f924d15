"""What the page of a comparison shows of its result: the news, the filters, the sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shohay.core.simulation_result import ALL, DIMENSIONS
from shohay.stages.results.models_lab import LabResult
from shohay.web.office.lab import sections, sections_groups, shown, told
from shohay.web.office.words import choices, say
from shohay.web.parts import names
from shohay.web.templatetags.shohay import crore, lakh, language, moment, num, percent

Result = Mapping[str, Any]
LEVELS = ("division", "upazila")
WORLD = "all"  # the programme of all together, in addresses


def context(request: HttpRequest, row: LabResult) -> dict[str, Any]:
    """The filters of the address and every section by them."""
    result: Result = row.result
    number = len(result["scenarios"])
    codes = list(dict.fromkeys(one["code"] for scenario in result["scenarios"] for one in scenario["programmes"]))
    programme = _asked(request, "programme", [WORLD, *codes], WORLD)
    place = int(_asked(request, "scenario", [str(at) for at in range(1, number + 1)], str(number))) - 1
    measure = _asked(request, "map", sections_groups.AREA_MEASURES, "coverage")
    level = _asked(request, "level", LEVELS, "upazila")
    by = _asked(request, "by", [code for code in DIMENSIONS if code], "decile")
    of = ALL if programme == WORLD else programme
    return {
        "result": result, "news": _news(result), "facts": _facts(row), "made_up": result["base"]["synthetic"],
        "unfair": sections_groups.unfair(result, place), "seen": told.scenario(result, place),
        "programme": programme, "scenario": str(place + 1), "map": measure,
        "level": level, "by": by, "scenarios": [(str(at), name) for at, name in enumerate(told.scenarios(result), 1)],
        "programmes": [(WORLD, told.programme(result, ALL)), *((code, told.programme(result, code)) for code in codes)],
        "measures": choices("lab_area", sections_groups.AREA_MEASURES), "levels": choices("lab_level", LEVELS),
        "dimensions": [(code, told.dimension(code)) for code in DIMENSIONS if code],
        **_sections(result, place, of, by), "area_map": shown.area_map(result, place, measure, level, of),
    }  # fmt: skip


def _asked(request: HttpRequest, name: str, known: Sequence[str], usual: str) -> str:
    asked = request.GET.get(name, usual)
    return asked if asked in known else usual


def _sections(result: Result, place: int, of: str, by: str) -> dict[str, Any]:
    matrix = sections_groups.matrix(result, place)
    return {
        "totals": shown.items(sections.totals(result)),
        "targeting": shown.items(sections.targeting(result, of)),
        "poverty": shown.items(sections.poverty(result)),
        "per_programme": shown.items(sections.programmes(result, [place])),
        "deciles": shown.items(sections.deciles(result, of, ("coverage", "benefit_share", "adequacy"))),
        "projection": shown.items(sections.projection(result, of)),
        "winners": shown.items(sections_groups.winners(result, [place], by)),
        "fairness": shown.items(sections_groups.fairness(result, [place], of)),
        "divisions": shown.items(sections_groups.areas(result, [place], ["division"], of)),
        "overlap": shown.items([matrix] if matrix else []),
        "warnings": shown.items(sections_groups.warnings(result, [place])),
    }  # fmt: skip


def _news(result: Result) -> list[str]:
    """The first scenario in a sentence, and a sentence for each other one: more or fewer people, money, the poor."""
    first = result["scenarios"][0]
    exclusion = told.whole(first, "exclusion")
    sentences = [
        _("“%(title)s” reaches %(people)s beneficiaries for %(cost)s a year.") % {
            "title": _title(first), "people": lakh(first["totals"]["caseload"]), "cost": crore(first["totals"]["cost"]),
        }
    ]  # fmt: skip
    if exclusion is not None:
        sentences[0] += " " + _("Of the poor, %(share)s live in households that nothing reaches.") % {
            "share": percent(exclusion)
        }
    return sentences + [_beside(first, other) for other in result["scenarios"][1:]]


def _title(one: Mapping[str, Any]) -> str:
    return str(one["title"][language()] or one["title"]["en"])


def _beside(first: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    people = other["totals"]["caseload"] - first["totals"]["caseload"]
    cost = other["totals"]["cost"] - first["totals"]["cost"]
    parts = [
        (_("%(n)s more beneficiaries") if people > 0 else _("%(n)s fewer beneficiaries")) % {"n": lakh(abs(people))}
        if people else _("as many beneficiaries"),
        (_("%(amount)s more") if cost > 0 else _("%(amount)s less")) % {"amount": crore(abs(cost))}
        if cost else _("the same cost"),
    ]  # fmt: skip
    before, after = told.whole(first, "exclusion"), told.whole(other, "exclusion")
    if before is not None and after is not None:
        parts.append(
            _("poor people left out %(after)s, not %(before)s") % {"after": percent(after), "before": percent(before)}
        )
    return _("“%(title)s”: %(parts)s.") % {"title": _title(other), "parts": ", ".join(parts)}


def _facts(row: LabResult) -> list[tuple[str, str]]:
    """On what and by what was computed."""
    result = row.result
    took = ngettext("%(n)s second", "%(n)s seconds", round(row.seconds)) % {"n": num(max(1, round(row.seconds)))}
    return [
        *told.base(result),
        (_("Sample"), _("everybody") if result["sample"] >= 1 else percent(result["sample"])),
        (_("Computed"), f"{moment(row.computed_at)}, {names.officer(row.computed_by, language())}, {took}"),
        (_("Inputs, result"), f"{row.inputs_sha256[:12]} · {row.result_sha256[:12]} · {row.inputs['code']}"),
    ]


def sampled(result: Result, code: str) -> dict[str, Any]:
    """A few figures of the first scenario and of the one in which ``code`` is being changed, from the sample."""
    lines = []
    first, second = (result["scenarios"] * 2)[:2]
    for name in ("caseload", "cost"):
        before, after = first["totals"][name], second["totals"][name]
        tell = crore if name == "cost" else lakh
        less = "" if before == after else ("+" if after > before else "−") + str(tell(abs(after - before)))
        lines.append((say("lab_measure", name), str(tell(before)), str(tell(after)), less))
    for name in ("coverage", "exclusion", "inclusion", "headcount"):
        before, after = told.whole(first, name), told.whole(second, name)
        less = ""
        if before is not None and after is not None and round(before, 4) != round(after, 4):
            sign = "+" if after > before else "−"
            less = _("%(n)s percentage points") % {"n": sign + num(abs(after - before) * 100, 1)}
        lines.append((say("lab_short", name), told.value(name, before), told.value(name, after), less))
    return {
        "lines": lines, "first": _title(first), "second": _title(second), "households": result["base"]["households"],
        "warnings": [told.warning(result, one) for one in second["warnings"] if one["params"].get("programme") == code],
    }  # fmt: skip
