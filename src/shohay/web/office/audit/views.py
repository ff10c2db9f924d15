"""Being written."""

from django.http import HttpRequest, HttpResponse


def log(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def verify(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
