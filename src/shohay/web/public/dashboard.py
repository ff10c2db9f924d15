"""Being written."""

from django.http import HttpRequest, HttpResponse


def dashboard(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse(status=503)
