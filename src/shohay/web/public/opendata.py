"""Being written."""

from django.http import HttpRequest, HttpResponse


def index(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def as_csv(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def boundaries(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
