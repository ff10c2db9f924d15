"""Being written."""

from django.http import HttpRequest, HttpResponse


def definitions(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def definition(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
