"""What machines read before they send households in: OpenAPI 3.1, a file beside this one, the same for everybody."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

DESCRIPTION = Path(__file__).with_name("openapi.json")


@require_GET
@cache_control(public=True, max_age=3600)
def openapi(request: HttpRequest) -> HttpResponse:
    """The description as it stands in the repository; no token is asked for."""
    return HttpResponse(DESCRIPTION.read_bytes(), content_type="application/json")
