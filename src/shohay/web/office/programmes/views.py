"""Programme rules: the catalogue, and one definition with its conditions, amounts and sources in words."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import definitions as rules
from shohay.stages.programmes import queries_drafts
from shohay.stages.programmes.models import Definition
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.office.programmes import matrices, reading, shown
from shohay.web.office.programmes.drafts import yaml_file


def _published() -> QuerySet[Definition]:
    """The newest published definition of each programme, in the order of the catalogue."""
    found = Definition.objects.filter(state="published").select_related("programme", "programme__ministry")
    return found.order_by("programme__order", "programme_id", "-published_at", "-id").distinct(
        "programme__order", "programme_id"
    )


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[Definition]:
    return _published()


exports.declare("definitions", gettext_noop("Programme rules"), _found, ("definition.view",), [
    Field(gettext_noop("Programme"), "programme__name_{language}"),
    Field(gettext_noop("Ministry"), "programme__ministry__name_{language}"),
    Field(gettext_noop("Published"), "published_at", "moment"),
    Field(gettext_noop("Published by"), "approved_by", "officer"), Field(gettext_noop("Fingerprint"), "sha256"),
])  # fmt: skip


@require_GET
@desk.needs("definition.view")
def definitions(request: HttpRequest) -> HttpResponse:
    """Every programme with published rules, and whether somebody is changing them."""
    if kind := exports.wanted(request):
        return exports.answer(request, "definitions", kind)
    drafts = {one.programme_id: one for one in queries_drafts.drafts(desk.officer(request)).filter(
        state__in=queries_drafts.OPEN)}  # fmt: skip
    rows = [(row, drafts.get(row.programme_id)) for row in _published()]
    return desk.page(request, "office/programmes/definitions.html", {"rows": rows})


@require_GET
@desk.needs("definition.view")
def definition(request: HttpRequest, code: str) -> HttpResponse:
    """The rules valid today, or the version that the address names."""
    row, officer, language = _row(code), desk.officer(request), desk.language()
    page = reading.definition_page(row, request.GET.get("version", ""), timezone.localdate(), language)
    held = queries_drafts.open_draft(code)
    page |= {
        "years": reading.benefit_years(page["definition"], timezone.localdate(), language),
        "held": held,
        "may_start": held is None and officer.may("definition.propose") and officer.covers(programme=code),
        "events": shown.timeline(queries_drafts.history(code)[:60]),
        "together": matrices.of_one(code, rules.published()),
    }
    return desk.page(request, "office/programmes/definition.html", page)


def _row(code: str) -> Definition:
    row = _published().filter(programme_id=code).first()
    if row is None:
        raise Http404
    return row


@require_GET
@desk.needs("definition.view")
def definition_cases(request: HttpRequest, code: str) -> HttpResponse:
    """The cases of a programme, judged by its published rules as they are asked for."""
    rows = shown.published_rows(code)
    context = {"row": _row(code), "rows": rows, "wrong": sum(not one.ok for one in rows)}
    return desk.page(request, "office/programmes/definition_cases.html", context)


@require_GET
@desk.needs("definition.view")
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The published document as it was reviewed."""
    return yaml_file(_row(code).text, code)


def _pairs(officer: Officer, asked: exports.Asked) -> list[dict[str, object]]:
    return matrices.pairs(rules.published())


exports.declare("definition-matrix", gettext_noop("Which programmes go together"), _pairs, ("definition.view",), [
    Field(gettext_noop("Programme"), "a", "programme"), Field(gettext_noop("With programme"), "b", "programme"),
    Field(gettext_noop("Rule"), "rule", "compatible_rule"),
    Field(gettext_noop("Rule of the other"), "back", "compatible_rule"),
])  # fmt: skip


@require_GET
@desk.needs("definition.view")
def matrix(request: HttpRequest) -> HttpResponse:
    """Every programme against every other: may they be held together, and do both say the same?"""
    if kind := exports.wanted(request):
        return exports.answer(request, "definition-matrix", kind)
    found = rules.published()
    context = {
        "rows": matrices.matrix(found), "codes": [one.code for one in found], "differ": matrices.differ(found),
    }  # fmt: skip
    return desk.page(request, "office/programmes/matrix.html", context)
