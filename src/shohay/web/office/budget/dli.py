"""The ledger of disbursement-linked indicators: terms, claims with evidence, verification, payment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core import bangla
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_of
from shohay.stages.results import actions_dli as actions
from shohay.stages.results import queries_dli as queries
from shohay.stages.results.models_dli import Dli, DliClaim
from shohay.web.office import desk, exports
from shohay.web.office.budget.forms import ClaimForm, TermsForm, VerifyForm
from shohay.web.office.exports import Field
from shohay.web.templatetags.shohay import language


def money(minor: int | None, currency: str) -> str:
    """Minor units as "USD 1,250.00", in millions where they are large; '' for ``currency`` leaves it out."""
    if minor is None:
        return "–"
    whole, before = Decimal(minor) / 100, f"{currency}\u00a0" if currency else ""
    if abs(whole) >= 1_000_000:
        unit = "million" if language() == "en" else "মিলিয়ন"
        return f"{before}{_plain(whole / 1_000_000, 2)} {unit}"
    return f"{before}{_plain(whole, 0 if whole == int(whole) else 2)}"


def _plain(value: Decimal, decimals: int) -> str:
    written = f"{value:,.{decimals}f}"
    return written if language() == "en" else bangla.to_bangla_digits(written)


def amount(value: Decimal | None) -> str:
    """A measured value without trailing noughts."""
    return "–" if value is None else _plain(value, max(0, -int(value.normalize().as_tuple().exponent)))


def _found(officer: Officer, asked: exports.Asked) -> Any:
    return queries.claims(officer, state=asked.get("state", ""), dli=asked.get("dli", ""))


exports.declare("dli-claims", gettext_noop("Claims on disbursement-linked indicators"), _found, ("dli.view",), [
    Field(gettext_noop("No."), "pk", "number"), Field(gettext_noop("Indicator"), "dli_id"),
    Field(gettext_noop("Fiscal year"), "dli__fiscal_year"), Field(gettext_noop("Claimed"), "actual", "number"),
    Field(gettext_noop("Verified value"), "verified_value", "number"),
    Field(gettext_noop("Earned (minor units)"), "earned", "number"),
    Field(gettext_noop("Paid (minor units)"), "paid", "number"),
    Field(gettext_noop("Currency"), "dli__agreement__currency"), Field(gettext_noop("State"), "state", "dli_claim"),
    Field(gettext_noop("Claimed by"), "claimed_by", "officer"),
    Field(gettext_noop("Verified by"), "verified_by", "officer"), Field(gettext_noop("Paid by"), "paid_by", "officer"),
])  # fmt: skip


@require_GET
@desk.needs("dli.view")
def ledger(request: HttpRequest) -> HttpResponse:
    """Every agreement with its ceiling, and every indicator with what it has earned and been paid."""
    if kind := exports.wanted(request):
        return exports.answer(request, "dli-claims", kind)
    officer = desk.officer(request)
    rows = _rows(officer)
    pots = [
        {**pot, "rows": [line for line in rows if line["row"].dli.agreement_id == pot["agreement"].pk], "tiles": [
            {"label": _("Ceiling"), "value": money(pot["agreement"].ceiling, pot["agreement"].currency)},
            {"label": _("Promised by terms"), "value": money(pot["promised"], pot["agreement"].currency)},
            {"label": _("Paid"), "value": money(pot["paid"], pot["agreement"].currency)},
            {"label": _("Left under the ceiling"), "value": money(pot["left"], pot["agreement"].currency)},
        ]}
        for pot in queries.agreements(officer)
    ]  # fmt: skip
    context = {
        "pots": pots, "achievement": queries.achievement(),
        "waiting_claims": queries.claims(officer, state="claimed").count(),
        "example": any(item["row"].dli.example for item in rows),
    }  # fmt: skip
    return desk.page(request, "office/budget/dlis.html", context)


def _rows(officer: Officer) -> list[dict[str, Any]]:
    """The indicators as the ledger shows them; the currency stands in the heading."""
    return [
        {"row": row, "value": money(row.dli.value, ""), "earned": money(row.earned, ""), "paid": money(row.paid, ""),
         "baseline": amount(row.dli.baseline), "target": amount(row.dli.target),
         "verified": amount(row.verified_value)}
        for row in queries.standings(officer)
    ]  # fmt: skip


@require_GET
@desk.needs("dli.view")
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, code)


def _page(request: HttpRequest, code: str, refusal: str = "", **forms: Any) -> HttpResponse:
    officer = desk.officer(request)
    row = queries.indicator(officer, code)
    if row is None:
        raise Http404
    claims = list(queries.claims(officer, dli=code))
    newest = claims[0].state if claims else ""
    currency = row.agreement.currency
    may_claim = officer.may("dli.claim") and officer.covers(ministry=row.ministry_id) and row.value is not None
    open_claim = next((claim for claim in claims if claim.state == "claimed"), None)
    own = open_claim and officer.username == open_claim.claimed_by
    context = {
        "dli": row, "claims": [_shown(claim, row, officer) for claim in claims], "newest": newest,
        "baseline": amount(row.baseline), "target": amount(row.target), "value": money(row.value, currency),
        "terms": forms.get("terms", TermsForm()) if officer.may("dli.manage") and not claims else None,
        "claim": forms.get("claim", ClaimForm()) if may_claim and open_claim is None else None,
        "verify": forms.get("verify", VerifyForm()) if open_claim and officer.may("dli.verify") and not own else None,
        "open_claim": open_claim,
    }  # fmt: skip
    return desk.page(request, "office/budget/dli.html", context, refusal=refusal)


def _shown(claim: DliClaim, dli: Dli, officer: Officer) -> dict[str, Any]:
    """One line of the ledger, with what would be paid now."""
    currency = dli.agreement.currency
    due = queries.due_of(claim, dli) if claim.state == "verified" else 0
    third = officer.username not in (claim.claimed_by, claim.verified_by)
    return {
        "claim": claim, "actual": amount(claim.actual), "verified": amount(claim.verified_value),
        "earned": money(claim.earned, currency), "paid": money(claim.paid, currency), "due": money(due, currency),
        "may_pay": due > 0 and third and officer.may("dli.pay"), "files": evidence_of("dli_claim", str(claim.pk)),
    }  # fmt: skip


@require_POST
@desk.needs("dli.manage")
def terms(request: HttpRequest, code: str) -> HttpResponse:
    form = TermsForm(request.POST)
    return desk.act(
        request,
        lambda: actions.set_terms(
            dli=code, fiscal_year=form.cleaned_data["fiscal_year"], baseline=form.cleaned_data["baseline"],
            target=form.cleaned_data["target"], value=form.cleaned_data["value"] * 100,
            scalable=form.cleaned_data["scalable"] == "yes", by=desk.officer(request),
        ),
        lambda refusal: _page(request, code, refusal, terms=form),
        _("The terms are written. The first claim fixes them."), "office:dli", code, form=form,
    )  # fmt: skip


@require_POST
@desk.needs("dli.claim")
def claim(request: HttpRequest, code: str) -> HttpResponse:
    form = ClaimForm(request.POST, request.FILES)
    return desk.act(
        request,
        lambda: actions.claim(
            dli=code, actual=form.cleaned_data["actual"], note=form.cleaned_data["note"],
            files=[(form.cleaned_data["file"].name, form.cleaned_data["file"].read())], by=desk.officer(request),
        ),
        lambda refusal: _page(request, code, refusal, claim=form),
        _("Claimed. Another office verifies it before anything is paid."), "office:dli", code, form=form,
    )  # fmt: skip


@require_POST
@desk.needs("dli.verify")
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    form = VerifyForm(request.POST)

    def act() -> None:
        given = form.cleaned_data
        if given["decision"] == "verified":
            actions.verify(claim=pk, value=given["value"], finding=given["finding"], by=desk.officer(request))
        else:
            actions.refuse(claim=pk, finding=given["finding"], by=desk.officer(request))

    return desk.act(
        request, act, lambda refusal: _page(request, row.dli_id, refusal, verify=form),
        _("Written in the ledger."), "office:dli", row.dli_id, form=form,
    )  # fmt: skip


@require_POST
@desk.needs("dli.pay")
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    refusal = desk.attempt(lambda: actions.pay(claim=pk, by=desk.officer(request)))
    if refusal:
        return _page(request, row.dli_id, refusal)
    desk.done(request, _("The payment is recorded."))
    return redirect("office:dli", row.dli_id)


def _mine(request: HttpRequest, pk: int) -> DliClaim:
    row = queries.claim(desk.officer(request), pk)
    if row is None:
        raise Http404
    return row
