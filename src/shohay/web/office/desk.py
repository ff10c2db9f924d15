"""What every view of the office needs: permission, and actions with their refusals."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from shohay.bulk.list_file import KINDS, write_list
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.web.office import rail
from shohay.web.parts.addresses import without_numbers
from shohay.web.parts.forms import dress

View = Callable[..., HttpResponseBase]


def officer(request: HttpRequest) -> Officer:
    """Who asks; set by ScopeMiddleware."""
    by: Officer = request.officer  # type: ignore[attr-defined]  # set by ScopeMiddleware on every request
    return by


def language() -> str:
    """'bn' or 'en'."""
    return "en" if (get_language() or "bn").startswith("en") else "bn"


def needs(*permissions: str) -> Callable[[View], View]:
    """A view for signed-in officers with any of ``permissions`` (none: every officer); others get the 403 page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(without_numbers(request.get_full_path()))
            if not may_open(officer(request), permissions):
                raise PermissionDenied(", ".join(permissions))
            return view(request, *args, **kwargs)

        guarded.permissions = permissions  # type: ignore[attr-defined]  # the permission tests read it
        return guarded

    return decorate


def may_open(by: Officer, permissions: Sequence[str]) -> bool:
    return by.role != "" and (not permissions or any(by.may(permission) for permission in permissions))


def attempt(action: Callable[[], object]) -> str:
    """Do the action; '' when it was done, else why not, in the reader's language. Nothing half-done remains."""
    try:
        with transaction.atomic():
            action()
    except Refusal as refusal:
        return refusal.say(language())
    return ""


def done(request: HttpRequest, text: str) -> None:
    """What the next page says on top."""
    messages.success(request, text)


def act(
    request: HttpRequest,
    action: Callable[[], object],
    again: Callable[[str], HttpResponse],
    said: str,
    to: str,
    *place: object,
    form: forms.BaseForm | None = None,
) -> HttpResponse:
    """Do the action, say what was done and go ``to`` the next page; else the page ``again``, with why not.

    A ``form`` that does not hold leads to the page again too, which then shows what is wrong in it.
    """
    if form is not None and not form.is_valid():
        return again("")
    refusal = attempt(action)
    if refusal:
        return again(refusal)
    done(request, said)
    return redirect(to, *place)


def page(request: HttpRequest, template: str, context: dict[str, Any], *, refusal: str = "") -> HttpResponse:
    """The page; with ``refusal`` or a form that does not hold the status is 422 and what was typed stays."""
    used = [value for value in context.values() if isinstance(value, forms.BaseForm)]
    for form in used:
        dress(form)
    wrong = refusal or any(form.errors for form in used)
    here = (request.resolver_match and request.resolver_match.url_name) or ""
    shown = {"here": rail.HERE.get(here, here), "waiting": {}, "refused": refusal, **context}
    return render(request, template, shown, status=422 if wrong else 200)


def wants_file(request: HttpRequest) -> str:
    """'csv' or 'xlsx' when the address asks for the list as a file, else ''."""
    kind = request.GET.get("as", "")
    return kind if kind in KINDS else ""


def table_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]], kind: str = "csv") -> HttpResponse:
    """A short table as a file; lists with filters are declared in shohay.web.office.exports."""
    data = io.BytesIO()
    write_list(data, kind, header, rows, title=name)
    return list_file(data.getvalue(), name, kind)


def list_file(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{kind}"'
    return response
