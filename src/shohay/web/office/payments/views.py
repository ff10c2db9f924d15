"""Being written."""

from django.http import HttpRequest, HttpResponse


def payrolls(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def open_cycle(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def prepare(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def payroll(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def approve(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def send(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def take_answers(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def reconcile(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def returns(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)


def ledger(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
