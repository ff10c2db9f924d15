"""Being written."""

from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def programmes(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def programme(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def plan(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def sources(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
