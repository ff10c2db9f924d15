"""Being written."""

from django.http import HttpRequest, HttpResponse


def grievances(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def grievance(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def answer(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def appeal(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
