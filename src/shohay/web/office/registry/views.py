"""Being written."""

from django.http import HttpRequest, HttpResponse


def people(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def person(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def open_person(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def reveal(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def file_grievance(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def propose_stop(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def snapshots(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def take_snapshot(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
