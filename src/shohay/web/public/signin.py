"""Being written."""

from django.http import HttpRequest, HttpResponse


def sign_in(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def sign_out(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def switch_role(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
