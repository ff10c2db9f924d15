"""Being written."""

from django.http import HttpRequest, HttpResponse


def plan(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def ministry(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
