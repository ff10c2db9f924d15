"""Being written."""

from django.http import HttpRequest, HttpResponse


def pairs(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def pair(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def decide(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def merges(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def approve(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def undo(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
