"""The language of a request, its address, and the officer behind it."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from shohay.stages.accounts import rls
from shohay.stages.accounts.officer import NOBODY
from shohay.stages.accounts.queries import officer_of

LANGUAGE_COOKIE = "language"
Handler = Callable[[HttpRequest], HttpResponse]


def LanguageMiddleware(get_response: Handler) -> Handler:
    """Bangla unless the reader chose English (cookie, or ?lang= on any address)."""

    def handle(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang") or request.COOKIES.get(LANGUAGE_COOKIE, "bn")
        language = asked if asked in ("bn", "en") else "bn"
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        if request.GET.get("lang") == language:
            response.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, samesite="Lax", httponly=True)
        response.headers.setdefault("Content-Language", language)
        return response

    return handle


def AddressMiddleware(get_response: Handler) -> Handler:
    """An address with a NUL in it is refused: PostgreSQL takes no such text, and the answer would be a 500."""

    def handle(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("NUL in the address")
        return get_response(request)

    return handle


def ScopeMiddleware(get_response: Handler) -> Handler:
    """Every signed-in request runs in one transaction bound to the officer's areas and programmes."""

    def handle(request: HttpRequest) -> HttpResponse:
        user = request.user
        request.officer = NOBODY  # type: ignore[attr-defined]  # read by desk.officer
        if not user.is_authenticated:
            return get_response(request)
        officer = officer_of(user.get_username(), request.session.get("role", ""))
        request.officer = officer  # type: ignore[attr-defined]  # the same
        with transaction.atomic():
            rls.enter(officer)
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return handle
