"""Quotas: the places of a programme by upazila, set one by one or shared from the national number."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.targeting import actions, queries
from shohay.stages.targeting.models import Quota
from shohay.web.office import desk
from shohay.web.office.programmes.reading import programmes_to_choose
from shohay.web.office.registry.record import areas_to_choose
from shohay.web.office.targeting.forms import AllocateForm, QuotaForm
from shohay.web.parts import names, pager
from shohay.web.templatetags.shohay import num


@require_GET
@desk.needs("quota.set", "list.view")
def quotas(request: HttpRequest) -> HttpResponse:
    return _quotas_page(request)


def _quotas(officer: Officer) -> QuerySet[Quota]:
    return Quota.objects.filter(officer.area_filter(), officer.programme_filter())


def _years(officer: Officer) -> list[str]:
    """Fiscal years with quotas, this one and the next; the latest first."""
    this = FiscalYear.of(timezone.localdate())
    kept = _quotas(officer).order_by("fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return sorted({str(this), str(FiscalYear(this.starts + 1)), *kept}, reverse=True)


def _quotas_page(request: HttpRequest, form: QuotaForm | None = None, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    years = list(_quotas(officer).order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct())
    year = request.GET.get("year") or (years[0] if years else str(FiscalYear.of(timezone.localdate())))
    found = _quotas(officer).filter(fiscal_year=year)
    codes = list(found.order_by("programme_code").values_list("programme_code", flat=True).distinct())
    code = request.GET.get("programme") or (codes[0] if codes else "")
    found = found.filter(programme_code=code)
    if desk.wants_file(request):
        rows = (
            (row.programme_code, row.area_code, names.area(row.area_code, desk.language()), row.slots) for row in found
        )
        return desk.table_file("quotas", [_("Programme"), _("Code"), _("Area"), _("Places")], rows)
    if form is None and officer.may("quota.set") and code:
        form = QuotaForm(areas=areas_to_choose(officer))
    context = {
        "rows": pager.page(request, found, order=("area_code", "id"), size=100),
        "years": years, "year": year, "programmes": codes, "programme": code, "form": form,
        "allocate_form": _allocate_form(officer, {"programme": code, "year": year}),
    }  # fmt: skip
    return desk.page(request, "office/targeting/quotas.html", context, refusal=refusal)


def _allocate_form(officer: Officer, start: dict[str, str]) -> AllocateForm | None:
    """Empty, for those who may allocate."""
    if not officer.may("quota.set"):
        return None
    return AllocateForm(initial=start, programmes=programmes_to_choose(officer), years=_years(officer))


@require_POST
@desk.needs("quota.set")
def set_quota(request: HttpRequest) -> HttpResponse:
    officer, asked = desk.officer(request), request.GET
    form = QuotaForm(request.POST, areas=areas_to_choose(officer))
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        refusal = desk.attempt(
            lambda: actions.set_quotas(
                programme_code=asked.get("programme", ""), fiscal_year=asked.get("year", ""),
                slots={given["area"]: given["slots"]}, by=officer,
            )
        )  # fmt: skip
        if not refusal:
            desk.done(request, _("The quota is set."))
            return _to_quotas(asked.get("programme", ""), asked.get("year", ""))
    return _quotas_page(request, form, refusal)


def _to_quotas(programme: str, year: str) -> HttpResponse:
    return redirect(f"{reverse('office:quotas')}?{urlencode({'programme': programme, 'year': year})}")


@require_GET
@desk.needs("quota.set")
def allocation(request: HttpRequest) -> HttpResponse:
    """What allocating would set, area by area, before anything is set."""
    return _allocation_page(request, request.GET)


def _allocation_page(request: HttpRequest, asked: Any, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    form = AllocateForm(asked or None, programmes=programmes_to_choose(officer), years=_years(officer))
    shares: list[queries.Share] = []
    if form.is_valid():
        given = form.cleaned_data
        why_not = desk.attempt(
            lambda: shares.extend(queries.allocation(given["programme"], given["year"], given["total"]))
        )
        refusal = refusal or why_not
    context = {
        "form": form, "shares": shares, "given": form.cleaned_data if shares else {},
        "total": sum(share.after for share in shares), "before": sum(share.before or 0 for share in shares),
        "persons": sum(share.persons for share in shares),
    }  # fmt: skip
    return desk.page(request, "office/targeting/allocation.html", context, refusal=refusal)


@require_POST
@desk.needs("quota.set")
def allocate(request: HttpRequest) -> HttpResponse:
    """Set the shares that the officer has just been shown."""
    officer = desk.officer(request)
    form = AllocateForm(request.POST, programmes=programmes_to_choose(officer), years=_years(officer))
    if not form.is_valid():
        return _allocation_page(request, request.POST)
    given, placed = form.cleaned_data, []
    refusal = desk.attempt(
        lambda: placed.append(
            actions.allocate_quotas(
                programme_code=given["programme"], fiscal_year=given["year"], total=given["total"], by=officer
            )
        )
    )
    if refusal:
        return _allocation_page(request, request.POST, refusal)
    desk.done(
        request, _("The national number is allocated: %(n)s places, shared among the areas.") % {"n": num(placed[0])}
    )
    return _to_quotas(given["programme"], given["year"])
