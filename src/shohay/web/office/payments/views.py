"""Cycles and payrolls: prepared by one officer, approved by another, sent to the bank, reconciled; the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.values import Period
from shohay.stages.accounts.officer import Officer
from shohay.stages.payments import actions, queries, queries_again
from shohay.stages.payments.models import Cycle, Payment, Payroll, Transfer
from shohay.web.office import desk, exports, works
from shohay.web.office.exports import Field
from shohay.web.office.payments.forms import CycleForm
from shohay.web.office.programmes.reading import programmes_to_choose
from shohay.web.parts import pager

PREPARE, SEND, ANSWERS = "prepare_payroll", "send_files", "take_answers"
UNSENT = ("prepared", "approved")
EMPTY = "nothing_to_pay"  # as a state of a payroll without a line: it waits for nobody


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[Payroll]:
    """The payrolls of the officer's programmes in the state that the address names."""
    found: QuerySet[Payroll] = queries.payrolls(officer)
    state = asked.get("state", "")
    if state == EMPTY:
        return found.filter(lines=0)
    return found.filter(state=state, lines__gt=0) if state in Payroll.State.values else found


def _told(officer: Officer, asked: exports.Asked) -> QuerySet[Payroll]:
    """The same with the state as the page tells it: a payroll without a line waits for nobody."""
    return _found(officer, asked).annotate(told=Case(When(lines=0, then=Value(EMPTY)), default="state"))


exports.declare("payrolls", gettext_noop("Payrolls"), _told, ("payroll.view",), [
    Field(gettext_noop("Programme"), "cycle__programme_code", "programme"),
    Field(gettext_noop("From"), "cycle__period_start", "day"), Field(gettext_noop("Area"), "area_code", "area"),
    Field(gettext_noop("State"), "told", "payroll"), Field(gettext_noop("Payments"), "lines", "number"),
    Field(gettext_noop("Amount (taka)"), "amount_poisha", "taka"),
    Field(gettext_noop("Prepared by"), "prepared_by", "officer"),
    Field(gettext_noop("Prepared"), "prepared_at", "moment"),
])  # fmt: skip


@require_GET
@desk.needs("payroll.view")
def payrolls(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "payrolls", kind)
    return _payrolls_page(request)


def _payrolls_page(request: HttpRequest, form: CycleForm | None = None, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    if form is None and officer.may("cycle.open"):
        form = CycleForm(programmes=programmes_to_choose(officer))
    context = {
        "rows": pager.page(request, _found(officer, request.GET), order=("-id",)),
        "cycles": _cycles_without_payroll(officer),
        "states": [*Payroll.State.values, EMPTY], "state": request.GET.get("state", ""), "form": form,
    }  # fmt: skip
    return desk.page(request, "office/payments/payrolls.html", context, refusal=refusal)


def _cycles_without_payroll(officer: Officer) -> list[tuple[Cycle, Any]]:
    """Open cycles that have no payroll yet, with the job that prepares one."""
    found = queries.cycles(officer).filter(payrolls__isnull=True)[:20]
    return [(cycle, works.latest(PREPARE, str(cycle.pk))) for cycle in found]


@require_POST
@desk.needs("cycle.open")
def open_cycle(request: HttpRequest) -> HttpResponse:
    officer = desk.officer(request)
    form = CycleForm(request.POST, programmes=programmes_to_choose(officer))
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        period = Period(given["first"], _months_later(given["first"], given["months"]))
        refusal = desk.attempt(lambda: actions.open_cycle(programme_code=given["programme"], period=period, by=officer))
        if not refusal:
            desk.done(request, _("The cycle is open. Now prepare its payroll."))
            return redirect("office:payrolls")
    return _payrolls_page(request, form, refusal)


def _months_later(first: date, months: int) -> date:
    """The first day after ``months`` months; a day the later month lacks becomes the first of the next."""
    month = first.month - 1 + months
    year, month = first.year + month // 12, month % 12 + 1
    try:
        return first.replace(year=year, month=month)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


@require_POST
@desk.needs("payroll.prepare")
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Computing a payroll takes seconds to minutes: a job does it."""
    officer = desk.officer(request)
    cycle = Cycle.objects.filter(officer.programme_filter(), pk=pk).first()
    if cycle is None:
        raise Http404
    works.start(PREPARE, subject=str(cycle.pk), by=officer, cycle_id=cycle.pk)
    return redirect("office:payrolls")


@require_GET
@desk.needs("payroll.view")
def payroll(request: HttpRequest, pk: int) -> HttpResponse:
    return _payroll_page(request, _payroll(request, pk))


def _payroll(request: HttpRequest, pk: int) -> Payroll:
    found = queries.payroll(desk.officer(request), pk)
    if found is None:
        raise Http404
    return found


def _payroll_page(request: HttpRequest, row: Payroll, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    own = row.prepared_by == officer.username
    context = {
        "payroll": row,
        "by_state": queries.lines_by_state(officer, row),
        "bounces": queries.bounces(officer, payroll=row) if row.state not in UNSENT else [],
        "held": queries.held_back(row),
        "held_total": sum(row.held_back.values()),
        "files": list(queries.files(row)),
        "answers": list(queries.answers(row)),
        "own": own,
        "agrees": _agrees(row.reconciliation),
        "disagreeing": [check for check in row.reconciliation.get("checks", []) if not check["holds"]],
        "may_approve": row.state == "prepared" and row.lines > 0 and officer.may("payroll.approve") and not own,
        "may_send": row.state == "approved" and row.lines > 0 and officer.may("payroll.send"),
        "may_take": row.lines > 0 and row.state in ("sent", "answered") and officer.may("payment.reconcile"),
        "may_reconcile": row.lines > 0 and row.state == "answered" and officer.may("payment.reconcile"),
        "works": [work for name in (SEND, ANSWERS) if (work := works.latest(name, str(row.pk)))],
    }
    return desk.page(request, "office/payments/payroll.html", context, refusal=refusal)


@require_POST
@desk.needs("payroll.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = _payroll(request, pk), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.approve_payroll(payroll=row, by=by),
        lambda why: _payroll_page(request, row, why),
        _("The payroll is approved. Finance can now send it to the bank."),
        "office:payroll", pk,
    )  # fmt: skip


@require_POST
@desk.needs("payroll.send")
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the bank files and send them: a job, since it speaks with the bank."""
    row = _payroll(request, pk)
    works.start(SEND, subject=str(row.pk), by=desk.officer(request), payroll_id=row.pk)
    return redirect("office:payroll", pk)


@require_POST
@desk.needs("payment.reconcile")
def take_answers(request: HttpRequest, pk: int) -> HttpResponse:
    row = _payroll(request, pk)
    works.start(ANSWERS, subject=str(row.pk), by=desk.officer(request))
    return redirect("office:payroll", pk)


@require_POST
@desk.needs("payment.reconcile")
def reconcile(request: HttpRequest, pk: int) -> HttpResponse:
    row = _payroll(request, pk)
    reports: list[dict[str, Any]] = []
    refusal = desk.attempt(lambda: reports.append(actions.reconcile(payroll=row, by=desk.officer(request))))
    if refusal:
        return _payroll_page(request, row, refusal)
    if _agrees(reports[0]):  # otherwise the page says what is open and what does not agree
        desk.done(request, _("Every payment is accounted for: the payroll is reconciled."))
    return redirect("office:payroll", pk)


def _agrees(report: dict[str, Any]) -> bool:
    return bool(report.get("balanced")) and not report.get("open")


def _bounced(officer: Officer, asked: exports.Asked) -> QuerySet[Payment]:
    found: QuerySet[Payment] = queries.bounced(officer, code=asked.get("reason"))
    return found


exports.declare("returned-payments", gettext_noop("Returned payments"), _bounced, ("payroll.view",), [
    Field(gettext_noop("Programme"), "programme_code", "programme"),
    Field(gettext_noop("Person"), "person_id", "number"),
    Field(gettext_noop("Area"), "area_code", "area"), Field(gettext_noop("Amount (taka)"), "amount_poisha", "taka"),
    Field(gettext_noop("Code"), "reason_code"), Field(gettext_noop("Reason"), "reason_code", "bank_reason"),
    Field(gettext_noop("When"), "state_at", "moment"), Field(gettext_noop("Payment"), "end_to_end_id"),
])  # fmt: skip


@require_GET
@desk.needs("payroll.view")
def returns(request: HttpRequest) -> HttpResponse:
    """Payments that came back, by the bank's reason."""
    if kind := exports.wanted(request):
        return exports.answer(request, "returned-payments", kind)
    officer = desk.officer(request)
    context = {
        "by_reason": queries_again.bounces_standing(officer),
        "ready": queries_again.ready_by_programme(officer),
        "reason": request.GET.get("reason"),
        "rows": pager.page(request, _bounced(officer, request.GET), order=("-state_at", "id")),
    }
    return desk.page(request, "office/payments/returns.html", context)


def _booked(officer: Officer, asked: exports.Asked) -> QuerySet[Transfer]:
    found: QuerySet[Transfer] = queries.ledger(officer, account=asked.get("account", ""))
    return found


exports.declare("ledger", gettext_noop("Ledger"), _booked, ("ledger.view",), [
    Field(gettext_noop("Booked"), "booked_at", "moment"), Field(gettext_noop("What"), "kind", "transfer"),
    Field(gettext_noop("Debit"), "debit"), Field(gettext_noop("Debited account"), "debit", "ledger_account"),
    Field(gettext_noop("Credit"), "credit"), Field(gettext_noop("Credited account"), "credit", "ledger_account"),
    Field(gettext_noop("Amount (taka)"), "amount_poisha", "taka"),
    Field(gettext_noop("Payroll"), "payroll_id", "number"),
])  # fmt: skip


@require_GET
@desk.needs("ledger.view")
def ledger(request: HttpRequest) -> HttpResponse:
    """Balances by account, and the transfers they come from."""
    if kind := exports.wanted(request):
        return exports.answer(request, "ledger", kind)
    balances = queries.balances()
    context = {
        "balances": balances,
        "total": sum(line["balance"] for line in balances),
        "rows": pager.page(request, _booked(desk.officer(request), request.GET), order=("-id",)),
        "account": request.GET.get("account", ""),
    }
    return desk.page(request, "office/payments/ledger.html", context)
