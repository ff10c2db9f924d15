"""Quotas shared by weights, floors and ceilings: tried out, proposed, approved by another officer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.allocation import Document
from shohay.core.facts import FACTS
from shohay.stages.accounts.officer import Officer
from shohay.stages.targeting import actions_allocation as actions
from shohay.stages.targeting import queries_allocation as queries
from shohay.stages.targeting.models import Allocation
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.office.programmes.reading import programmes_to_choose
from shohay.web.office.targeting.allocation_form import STARTS, AllocationForm
from shohay.web.office.targeting.allocation_shown import note, shown
from shohay.web.office.targeting.forms import ReturnForm
from shohay.web.office.targeting.quotas import years_to_choose
from shohay.web.office.words import say
from shohay.web.parts import pager
from shohay.web.templatetags.shohay import language, num

SEES = ("quota.set", "quota.approve", "list.view")


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[Allocation]:
    return queries.allocations(officer)


def _rows_found(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """The rows of a stored allocation, or of what the form of the address would do."""
    if asked.get("allocation"):
        rows = queries.stored_rows(queries.allocations(officer).get(pk=asked["allocation"]))
    else:
        form = _form(officer, asked)
        rows = queries.preview(form.document(), officer).rows if form.is_valid() else []
    return [
        {"area": row.code, "places": row.places, "before": row.place.before, "exact": round(float(row.exact), 3),
         "state": row.state, "floor": row.floor, "ceiling": row.ceiling, "persons": row.place.persons,
         "eligible": row.place.eligible, "notes": "; ".join(note(code, params) for code, params in row.notes)}
        for row in rows
    ]  # fmt: skip


exports.declare("allocations", gettext_noop("Allocations"), _found, SEES, [
    Field(gettext_noop("Programme"), "programme_code", "programme"), Field(gettext_noop("Fiscal year"), "fiscal_year"),
    Field(gettext_noop("Places"), "slots", "number"), Field(gettext_noop("State"), "state", "list"),
    Field(gettext_noop("Proposed by"), "proposed_by", "officer"),
    Field(gettext_noop("Proposed"), "proposed_at", "moment"),
])  # fmt: skip
exports.declare("allocation", gettext_noop("Shares of a quota"), _rows_found, SEES, [
    Field(gettext_noop("Code"), "area"), Field(gettext_noop("Area"), "area", "area"),
    Field(gettext_noop("Places"), "places", "number"), Field(gettext_noop("Last year"), "before", "number"),
    Field(gettext_noop("Share by weight"), "exact", "number"),
    Field(gettext_noop("Set by"), "state", "allocation_state"),
    Field(gettext_noop("At least"), "floor", "number"), Field(gettext_noop("At most"), "ceiling", "number"),
    Field(gettext_noop("People"), "persons", "number"), Field(gettext_noop("Eligible"), "eligible", "number"),
    Field(gettext_noop("Notes"), "notes"),
])  # fmt: skip


@require_GET
@desk.needs(*SEES)
def allocations(request: HttpRequest) -> HttpResponse:
    """Proposed and decided allocations, newest first."""
    if kind := exports.wanted(request):
        return exports.answer(request, "allocations", kind)
    rows = pager.page(request, queries.allocations(desk.officer(request)), order=("-id",))
    return desk.page(request, "office/targeting/allocations.html", {"rows": rows})


def _form(officer: Officer, asked: Any) -> AllocationForm:
    return AllocationForm(asked or None, initial=STARTS, programmes=programmes_to_choose(officer),
                          years=years_to_choose(officer))  # fmt: skip


@require_GET
@desk.needs("quota.set")
def allocation_new(request: HttpRequest) -> HttpResponse:
    """The form, and what it would do: nothing is stored before it is proposed."""
    if (kind := exports.wanted(request)) and _form(desk.officer(request), request.GET).is_valid():
        return exports.answer(request, "allocation", kind)
    return _new_page(request, request.GET)


def _new_page(request: HttpRequest, asked: Any, refusal: str = "") -> HttpResponse:
    officer, found = desk.officer(request), []
    form = _form(officer, {name: value for name, value in asked.items() if name not in exports.AUDITED | {"as"}})
    if form.is_bound and form.is_valid():
        refusal = refusal or desk.attempt(lambda: found.append(queries.preview(form.document(), officer)))
    context: dict[str, Any] = {"form": form, "sent": dict(asked.items())}
    if found:
        made = found[0]
        context |= {"made": made, "document": _in_words(made.asked), **shown(made.rows)}
    return desk.page(request, "office/targeting/allocation_new.html", context, refusal=refusal)


@require_POST
@desk.needs("quota.set")
def allocation_propose(request: HttpRequest) -> HttpResponse:
    """Keep what the officer has just been shown; another officer approves."""
    officer, made = desk.officer(request), []
    form = _form(officer, request.POST)
    if not form.is_valid():
        return _new_page(request, request.POST)
    refusal = desk.attempt(lambda: made.append(actions.propose_allocation(document=form.document(), by=officer)))
    if refusal:
        return _new_page(request, request.POST, refusal)
    desk.done(request, _("The allocation is proposed. Another officer must approve it before the quotas change."))
    return redirect("office:allocation", made[0].pk)


def _in_words(asked: Document) -> list[tuple[str, str]]:
    """The weights of a document: (fact, 'to the power 1' or 'times 2 where true')."""
    told = []
    for weight in asked.weights:
        fact = FACTS.get(weight.fact)
        name = fact.text.in_language(language()) if fact else say("allocation_weight", weight.fact)
        if weight.factor is not None:
            told.append((name, _("times %s where it holds") % num(float(weight.factor), 2)))
        else:
            told.append((name, _("to the power %s") % num(float(weight.exponent), 2) if weight.exponent != 1 else ""))
    return told


@require_GET
@desk.needs(*SEES)
def allocation(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    if kind := exports.wanted(request):
        return exports.answer(request, "allocation", kind, allocation=row.pk)
    return _page(request, row)


def _row(request: HttpRequest, pk: int) -> Allocation:
    found = queries.allocations(desk.officer(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, row: Allocation, refusal: str = "", form: ReturnForm | None = None) -> HttpResponse:
    officer = desk.officer(request)
    waits = row.state == Allocation.State.PROPOSED
    context = {
        "allocation": row, "document": _in_words(Document.made(row.document)),
        "own": row.proposed_by == officer.username,
        "may_decide": waits and officer.may("quota.approve") and row.proposed_by != officer.username,
        "return_form": form or ReturnForm(), **shown(queries.stored_rows(row)),
    }  # fmt: skip
    return desk.page(request, "office/targeting/allocation_stored.html", context, refusal=refusal)


@require_POST
@desk.needs("quota.approve")
def allocation_approve(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = _row(request, pk), desk.officer(request)
    return desk.act(
        request, lambda: actions.approve_allocation(allocation=row, by=by), lambda why: _page(request, row, why),
        _("The allocation is approved: these are the quotas now."), "office:allocation", pk,
    )  # fmt: skip


@require_POST
@desk.needs("quota.approve")
def allocation_return(request: HttpRequest, pk: int) -> HttpResponse:
    row, form, by = _row(request, pk), ReturnForm(request.POST), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.return_allocation(allocation=row, reason=form.cleaned_data["reason"], by=by),
        lambda why: _page(request, row, why, form), _("The allocation is sent back with your reason."),
        "office:allocation", pk, form=form,
    )  # fmt: skip
