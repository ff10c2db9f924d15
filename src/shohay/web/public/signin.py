"""Sign in, sign out, and change the role one acts in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shohay.stages.accounts.actions import DEMO_PASSWORD
from shohay.stages.accounts.models import Assignment
from shohay.web.parts.addresses import without_numbers
from shohay.web.parts.forms import dress


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page, and the attempt. Too many wrong passwords lock the name for a quarter of an hour (axes)."""
    target = _target(request)
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(target)
    form = AuthenticationForm(request, data=request.POST or None)
    form.error_messages["invalid_login"] = _(
        "The name or the password is not right. Check both; capital letters matter in the password."
    )
    form.fields["username"].label, form.fields["password"].label = _("Name"), _("Password")
    form.fields["username"].widget.attrs["autofocus"] = False
    if request.method == "POST" and form.is_valid():
        auth.login(request, form.get_user())
        return redirect(target)
    locked = bool(getattr(request, "axes_locked_out", False))
    if locked:
        # the page below says it in both languages; axes would answer in bare English
        request.axes_locked_out = False  # type: ignore[attr-defined]  # put there by axes
    return render(
        request,
        "public/sign_in.html",
        {"form": dress(form), "locked": locked, "minutes": 15, "next": target, "demo": _demo_accounts()},
        status=429 if locked else 200,
    )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return redirect("public:home")


@require_POST
def switch_role(request: HttpRequest) -> HttpResponse:
    """Act in another of one's roles; a role that the officer does not hold changes nothing."""
    held = Assignment.objects.filter(user__username=request.user.get_username(), role=request.POST.get("role", ""))
    if request.user.is_authenticated and held.exists():
        request.session["role"] = request.POST["role"]
    return redirect(settings.LOGIN_REDIRECT_URL)


def _target(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site, else the officer's desk."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return without_numbers(asked) if safe else settings.LOGIN_REDIRECT_URL


def _demo_accounts() -> list[dict[str, object]]:
    """The demo's officers with role and area, each with its password; none where real people are registered."""
    if not settings.SYNTHETIC:
        return []
    held = (
        Assignment.objects.filter(user__is_active=True)
        .exclude(valid_to__lte=timezone.localdate())
        .select_related("user")
        .order_by("user_id", "role", "area_code")
    )
    accounts: dict[str, dict[str, object]] = {}
    for assignment in held:
        accounts.setdefault(
            assignment.user.username,
            {"user": assignment.user, "role": assignment.role, "area": assignment.area_code, "password": DEMO_PASSWORD},
        )
    return list(accounts.values())
