"""The score of one household taken apart, and the households whose score has run out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shohay.bulk.pmt import Formula
from shohay.bulk.score_household import Scored
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.stages.programmes import queries_scores as formulas
from shohay.stages.registry import queries_scores as queries
from shohay.web.office import desk, exports
from shohay.web.office.registry import household as record
from shohay.web.office.scores import lists, shown, views  # noqa: F401 - declares the lists as files
from shohay.web.parts import names, pager
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import day, digits, num, percent, taka


@require_GET
@desk.needs("person.open")
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """What the score of a household is made of; its record must be open, which leaves a trace."""
    household = record.opened(request, pk)  # 404 outside the officer's areas
    if household is None:
        return redirect("office:household", pk)
    version = formulas.version_on()
    context: dict[str, object] = {"household": household, "version": version}
    if version is None:
        return desk.page(request, "office/scores/household.html", context)
    formula = formulas.parsed(version)
    try:
        _household, snapshot, found = queries.explained(desk.officer(request), pk, formula)
    except Refusal as refusal:
        return desk.page(request, "office/scores/household.html", {**context, "why": refusal.say(desk.language())})
    context |= {
        "name": views.named(version), "snapshot": snapshot, "score": found.score,
        "table": shown.breakdown(formula, found.parts),
        "missing": [shown.told(FACTS[name].text) for name in found.missing], "facts": _facts(formula, found),
        "until": queries.counts_until(household, formula.valid_months), "today": timezone.localdate(),
    }  # fmt: skip
    return desk.page(request, "office/scores/household.html", context)


def _facts(formula: Formula, found: Scored) -> list[tuple[str, str]]:
    told = [(_("Score (0 to 1000)"), "–" if found.score is None else num(found.score))]
    if found.points is not None:
        told.append((_("Points"), num(found.points)))
    if found.welfare is not None:
        told.append((_("Estimated consumption a head and month"), taka(round(found.welfare) * 100)))
    if found.likelihood is not None:
        told.append((_("Of households with such a score, below the poverty line"), percent(found.likelihood / 100)))
    if found.poor is not None:
        told.append((_("Counts as poor"), _("yes") if found.poor else _("no")))
    return told


# ---------------------------------------------------------------------------------------------- recertification


def months() -> int | None:
    """How long a score of the formula in force counts."""
    version = formulas.version_on()
    return formulas.parsed(version).valid_months if version else None


@require_GET
@desk.needs("definition.view", "quality.view")
def due(request: HttpRequest) -> HttpResponse:
    """By upazila how many scores have run out and how many soon will."""
    if kind := exports.wanted(request):
        return exports.answer(request, "score-due", kind)
    count = months()
    rows = queries.due_by_upazila(desk.officer(request), count, timezone.localdate()) if count else []
    opens = desk.officer(request).may("person.open")
    columns = [
        Column(_("Upazila"), lambda row: names.area(row.area_code, desk.language()), "long",
               (lambda row: reverse("office:score-due-area", args=[row.area_code])) if opens else None),
        Column(_("Households"), lambda row: row.households, "num"), Column(_("Run out"), lambda row: row.due, "num"),
        Column(_("Share"), lambda row: row.share, "percent"),
        Column(_("Within three months"), lambda row: row.soon, "num"),
        Column(_("Oldest data"), lambda row: row.oldest, "day", secondary=True),
    ]  # fmt: skip
    empty = (_("No households here"), _("Once households are registered, their scores are listed here."))
    caption = _("Scores that have run out, by upazila")
    return desk.page(request, "office/scores/due.html", {
        "table": Table(columns, rows, caption=caption, hide_caption=True, empty=empty),
        "months": count, "due": sum(row.due for row in rows), "soon": sum(row.soon for row in rows),
        "households": sum(row.households for row in rows),
    })  # fmt: skip


@require_GET
@desk.needs("person.open")
def due_in(request: HttpRequest, area: str) -> HttpResponse:
    """The households of an upazila to visit again, the oldest data first."""
    if kind := exports.wanted(request):
        return exports.answer(request, "score-due-area", kind, area=area)
    count, today = months() or 0, timezone.localdate()
    rows = pager.page(request, queries.due_in(desk.officer(request), area, count, today), order=("recorded_at", "pk"))
    columns = [
        Column(_("Household"), lambda row: digits(row.reference), "text",
               lambda row: reverse("office:household", args=[row.pk])),
        Column(_("Area"), lambda row: row.area_code, "area"), Column(_("Address"), lambda row: row.address_bn, "long"),
        Column(_("Data of"), lambda row: row.recorded_at, "day"),
        Column(_("Score counts until"), lambda row: day(queries.counts_until(row, count))),
    ]  # fmt: skip
    name = names.area(area, desk.language())
    empty = (_("Nobody is due"), _("No score of this upazila runs out within three months."))
    return desk.page(request, "office/scores/due_area.html", {
        "table": Table(columns, rows.rows, caption=name, hide_caption=True, empty=empty), "page": rows, "name": name,
    })  # fmt: skip
