"""Being written."""

from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def switch_role(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def work(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
