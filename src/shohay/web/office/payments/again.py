"""Paying again what bounced: gathered by one officer, approved by another, sent, reconciled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.payments import actions_again
from shohay.stages.payments import queries_again as queries
from shohay.stages.payments.models_again import Supplement
from shohay.stages.payments.queries import reason_words
from shohay.web.office import desk, fields, works
from shohay.web.parts import pager

SEND, ANSWERS = "send_again", "take_answers"


class WithdrawForm(forms.Form):
    reason = fields.line(gettext_lazy("Why it is taken back"))


@require_GET
@desk.needs("payroll.view")
def supplements(request: HttpRequest) -> HttpResponse:
    return _supplements_page(request)


def _supplements_page(request: HttpRequest, why: str = "") -> HttpResponse:
    officer = desk.officer(request)
    context = {
        "rows": pager.page(request, queries.supplements(officer), order=("-id",)),
        "ready": queries.ready_by_programme(officer),
    }
    return desk.page(request, "office/payments/supplements.html", context, refusal=why)


@require_POST
@desk.needs("payroll.prepare")
def propose(request: HttpRequest) -> HttpResponse:
    by, made = desk.officer(request), list[Supplement]()
    refusal = desk.attempt(
        lambda: made.append(actions_again.propose_again(programme_code=request.POST.get("programme", ""), by=by))
    )
    if refusal:
        return _supplements_page(request, refusal)
    desk.done(request, _("The payments are gathered. Another officer must approve them."))
    return redirect("office:supplement", made[0].pk)


@require_GET
@desk.needs("payroll.view")
def supplement(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _mine(request, pk))


def _mine(request: HttpRequest, pk: int) -> Supplement:
    found = queries.supplement(desk.officer(request), pk)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, row: Supplement, why: str = "", form: WithdrawForm | None = None) -> HttpResponse:
    officer = desk.officer(request)
    own, waits = row.prepared_by == officer.username, row.state == Supplement.State.PREPARED
    out = row.state in ("sent", "answered")
    context = {
        "supplement": row, "own": own,
        "reasons": [(code, reason_words("" if code == "none" else code), count) for code, count in row.reasons.items()],
        "by_state": queries.lines_by_state(officer, row),
        "files": list(queries.files(row)),
        "rows": pager.page(request, queries.attempts(officer, row), order=("id",)),
        "agrees": bool(row.reconciliation.get("balanced")) and not row.reconciliation.get("open"),
        "disagreeing": [check for check in row.reconciliation.get("checks", []) if not check["holds"]],
        "may_approve": waits and officer.may("payroll.approve") and not own,
        "may_withdraw": waits and officer.may("payroll.prepare"),
        "withdraw_form": form or WithdrawForm(),
        "may_send": row.state == Supplement.State.APPROVED and officer.may("payroll.send"),
        "may_take": out and officer.may("payment.reconcile"),
        "may_reconcile": row.state == Supplement.State.ANSWERED and officer.may("payment.reconcile"),
        "works": [work for name in (SEND, ANSWERS) if (work := works.latest(name, f"S{row.pk}"))],
    }  # fmt: skip
    return desk.page(request, "office/payments/supplement.html", context, refusal=why)


@require_POST
@desk.needs("payroll.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = _mine(request, pk), desk.officer(request)
    return desk.act(
        request,
        lambda: actions_again.approve_again(supplement=row, by=by),
        lambda why: _page(request, row, why),
        _("The payments are approved. Finance can now send them to the bank."),
        "office:supplement", pk,
    )  # fmt: skip


@require_POST
@desk.needs("payroll.prepare")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row, by, form = _mine(request, pk), desk.officer(request), WithdrawForm(request.POST)
    return desk.act(
        request,
        lambda: actions_again.withdraw_again(supplement=row, reason=form.cleaned_data["reason"], by=by),
        lambda why: _page(request, row, why, form),
        _("Taken back. The payments can be gathered again."),
        "office:supplement", pk,
        form=form,
    )  # fmt: skip


@require_POST
@desk.needs("payroll.send")
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the files and hand them to the bank: a job, since it speaks with the bank."""
    row = _mine(request, pk)
    works.start(SEND, subject=f"S{row.pk}", by=desk.officer(request), supplement_id=row.pk)
    return redirect("office:supplement", pk)


@require_POST
@desk.needs("payment.reconcile")
def take_answers(request: HttpRequest, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    works.start(ANSWERS, subject=f"S{row.pk}", by=desk.officer(request))
    return redirect("office:supplement", pk)


@require_POST
@desk.needs("payment.reconcile")
def reconcile(request: HttpRequest, pk: int) -> HttpResponse:
    row, reports = _mine(request, pk), list[dict[str, Any]]()
    refusal = desk.attempt(
        lambda: reports.append(actions_again.reconcile_again(supplement=row, by=desk.officer(request)))
    )
    if refusal:
        return _page(request, row, refusal)
    if reports[0]["balanced"] and not reports[0]["open"]:
        desk.done(request, _("Every payment is accounted for: it is reconciled."))
    return redirect("office:supplement", pk)
