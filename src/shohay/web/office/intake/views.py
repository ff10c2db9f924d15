"""Being written."""

from django.http import HttpRequest, HttpResponse


def uploads(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def new(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def template_file(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def upload(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def start_import(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def errors_file(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
