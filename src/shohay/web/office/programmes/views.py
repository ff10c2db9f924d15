"""Programme rules: the catalogue, and one definition with its conditions, amounts and sources in words."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes.models import Definition
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.office.programmes import reading


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
    """Every programme with published rules."""
    if kind := exports.wanted(request):
        return exports.answer(request, "definitions", kind)
    return desk.page(request, "office/programmes/definitions.html", {"rows": _published()})


@require_GET
@desk.needs("definition.view")
def definition(request: HttpRequest, code: str) -> HttpResponse:
    """The rules valid today, or the version that the address names."""
    row = _published().filter(programme_id=code).first()
    if row is None:
        raise Http404
    shown = reading.definition_page(row, request.GET.get("version", ""), timezone.localdate(), desk.language())
    return desk.page(request, "office/programmes/definition.html", shown)
