"""Being written."""

from django.http import HttpRequest, HttpResponse


def enrolments(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def stops(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def approve_stop(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
