"""Being written."""

from django.http import HttpRequest, HttpResponse


def about(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def details(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def check(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def receipt(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def track(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
