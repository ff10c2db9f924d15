"""Programme rules: the catalogue, and one definition with its conditions, amounts and sources in words."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shohay.stages.programmes.models import Definition
from shohay.web.office import desk
from shohay.web.office.programmes import reading


def _published() -> QuerySet[Definition]:
    """The newest published definition of each programme, in the order of the catalogue."""
    found = Definition.objects.filter(state="published").select_related("programme", "programme__ministry")
    return found.order_by("programme__order", "programme_id", "-published_at", "-id").distinct(
        "programme__order", "programme_id"
    )


@require_GET
@desk.needs("definition.view")
def definitions(request: HttpRequest) -> HttpResponse:
    """Every programme with published rules."""
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
