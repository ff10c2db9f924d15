"""Quotas: the places of a programme by upazila, set one by one or shared from the national number."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.targeting import actions, queries
from shohay.stages.targeting.models import Quota
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.office.programmes.reading import programmes_to_choose
from shohay.web.office.registry.record import areas_to_choose
from shohay.web.office.targeting.forms import AllocateForm, QuotaForm
from shohay.web.parts import pager
from shohay.web.templatetags.shohay import num


def _quotas(officer: Officer) -> QuerySet[Quota]:
    return Quota.objects.filter(officer.area_filter(), officer.programme_filter())


def years_to_choose(officer: Officer) -> list[str]:
    """Fiscal years with quotas, this one and the next; the latest first."""
    this = FiscalYear.of(timezone.localdate())
    kept = _quotas(officer).order_by("fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return sorted({str(this), str(FiscalYear(this.starts + 1)), *kept}, reverse=True)


class Chosen(NamedTuple):
    """Fiscal years with quotas and the one shown, its programmes and the one shown; both are the first by default."""

    years: list[str]
    year: str
    programmes: list[str]
    programme: str


def _chosen(officer: Officer, asked: exports.Asked) -> Chosen:
    years = list(_quotas(officer).order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct())
    year = asked.get("year") or (years[0] if years else str(FiscalYear.of(timezone.localdate())))
    of_year = _quotas(officer).filter(fiscal_year=year).order_by("programme_code")
    codes = list(of_year.values_list("programme_code", flat=True).distinct())
    return Chosen(years, year, codes, asked.get("programme") or (codes[0] if codes else ""))


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[Quota]:
    chosen = _chosen(officer, asked)
    return _quotas(officer).filter(fiscal_year=chosen.year, programme_code=chosen.programme)


_COLUMNS = [
    Field(gettext_noop("Fiscal year"), "fiscal_year"), Field(gettext_noop("Programme"), "programme_code", "programme"),
    Field(gettext_noop("Code"), "area_code"), Field(gettext_noop("Area"), "area_code", "area"),
    Field(gettext_noop("Places"), "slots", "number"), Field(gettext_noop("Set by"), "set_by", "officer"),
]  # fmt: skip
exports.declare("quotas", gettext_noop("Quotas"), _found, ("quota.set", "list.view"), _COLUMNS)


@require_GET
@desk.needs("quota.set", "list.view")
def quotas(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "quotas", kind)
    return _quotas_page(request)


def _quotas_page(request: HttpRequest, form: QuotaForm | None = None, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    years, year, codes, code = _chosen(officer, request.GET)
    found = _quotas(officer).filter(fiscal_year=year, programme_code=code)
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
    return AllocateForm(initial=start, programmes=programmes_to_choose(officer), years=years_to_choose(officer))


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
    form = AllocateForm(asked or None, programmes=programmes_to_choose(officer), years=years_to_choose(officer))
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
    form = AllocateForm(request.POST, programmes=programmes_to_choose(officer), years=years_to_choose(officer))
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
