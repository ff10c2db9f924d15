"""Being written."""

from django.http import HttpRequest, HttpResponse


def start(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def summary(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def answers(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def forget(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def upazilas(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def question(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
