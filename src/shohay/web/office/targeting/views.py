"""Being written."""

from django.http import HttpRequest, HttpResponse


def runs(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def start_run(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def run(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def propose_lists(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def quotas(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def set_quota(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def lists(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def selection_list(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def approve_list(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def return_list(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def enrol_list(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
