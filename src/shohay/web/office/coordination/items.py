"""Items of the plan: the list with its filters, and one item with what was reported, proven and is still needed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_on
from shohay.stages.coordination import actions_plan as actions
from shohay.stages.coordination import queries_decisions as decisions
from shohay.stages.coordination import queries_performance as performance
from shohay.stages.coordination import queries_plan as plans
from shohay.stages.coordination import queries_plan_work as work
from shohay.stages.coordination.models_plan import PlanUpdate
from shohay.web.office import desk, exports
from shohay.web.office.coordination import shown
from shohay.web.office.coordination.forms import DependencyForm, ReturnForm
from shohay.web.office.exports import Field
from shohay.web.parts import pager

exports.declare("plan-items", gettext_noop("Items of the action plan"), shown.found, ("plan.view",), [
    Field(gettext_noop("No."), "code"), Field(gettext_noop("Ministry or division"), "owner__name_{language}"),
    Field(gettext_noop("Cluster"), "cluster", "cluster"), Field(gettext_noop("Objective"), "objective_{language}"),
    Field(gettext_noop("Promise"), "activity_{language}"), Field(gettext_noop("Indicator"), "indicator_{language}"),
    Field(gettext_noop("Due by"), "due", "day"), Field(gettext_noop("Timeframe as reported"), "timeframe", "timeframe"),
    Field(gettext_noop("Status"), "state", "plan_state"), Field(gettext_noop("Reported as"), "reported", "plan_status"),
    Field(gettext_noop("Progress in percent"), "percent", "number"),
    Field(gettext_noop("Day of completion"), "done_on", "day"),
    Field(gettext_noop("Due periods"), "promises", "number"), Field(gettext_noop("Done periods"), "met", "number"),
    Field(gettext_noop("Missed periods"), "missed", "number"),
])  # fmt: skip


@require_GET
@desk.needs("plan.view")
def items(request: HttpRequest) -> HttpResponse:
    """All items that fit the filters of the address, in the order of the plan."""
    if kind := exports.wanted(request):
        return exports.answer(request, "plan-items", kind)
    officer = desk.officer(request)
    rows = pager.page(request, shown.found(officer, request.GET), order=("order",))
    held = work.held_up(officer, [row.pk for row in rows.rows], shown.on_of(request.GET))
    context = {"rows": rows, "tab": "items", "held": held, **shown.filters(request.GET)}
    return desk.page(request, "office/coordination/items.html", context)


@require_GET
@desk.needs("plan.view")
def item(request: HttpRequest, code: str) -> HttpResponse:
    return item_page(request, code)


def item_page(
    request: HttpRequest, code: str, *, refusal: str = "", returning: ReturnForm | None = None, about: int = 0,
    depending: DependencyForm | None = None,
) -> HttpResponse:  # fmt: skip
    """The item; ``returning`` is the form of the update ``about`` that does not hold."""
    officer, on = desk.officer(request), shown.on_of(request.GET)
    row = plans.status_on(officer, code, on)
    if row is None:
        raise Http404
    updates: list[Any] = list(work.updates_of(officer, code))
    _with_files(updates)
    for update in updates:
        update.may_decide = update.state == "submitted" and officer.may("plan.verify")
        update.own = update.written_by == officer.username
        update.form = (returning if update.pk == about and returning else ReturnForm()) if update.may_decide else None
    sees = officer.may("committee.view")
    context = {
        "decided": decisions.decisions(officer, on=on, item=code).exclude(state="draft") if sees else [],
        "promised": performance.items(officer).filter(action=code),
        "item": row, "on": on, "updates": updates, "obligations": _obligations(row, updates, on),
        "parts": row.ministries.select_related("ministry").order_by("part", "ministry__order"),
        "needs": work.needs(officer, code, on), "needed_by": work.needed_by(officer, code, on),
        "held": code in work.held_up(officer, [code], on),
        "answering": work.answering(officer, code) if officer.may("plan.update") else [],
        "depending": (depending or DependencyForm()) if officer.may("plan.manage") else None, "tab": "",
        "error_form": next((form for form in (returning, depending) if form is not None), None),
    }  # fmt: skip
    return desk.page(request, "office/coordination/item.html", context, refusal=refusal)


def _with_files(updates: list[Any]) -> None:
    files = evidence_on(work.UPDATE, [update.pk for update in updates])
    for update in updates:
        update.files = files[str(update.pk)]


def _obligations(row: Any, updates: list[PlanUpdate], on: Any) -> list[dict[str, Any]]:
    """What is due of an item with several days or periods, with the update that met each."""
    if row.promises < 2:
        return []
    met = {update.obligation_id: update for update in reversed(updates)
           if update.state == "verified" and update.claim == "completed" and update.verified_on <= on}  # fmt: skip
    return [
        {"name": owed.name, "due": owed.due, "update": met.get(owed.pk),
         "state": "recurring_met" if owed.pk in met else "recurring_missed" if owed.due < on
         else "due_soon" if (owed.due - on).days <= plans.SOON else "on_track"}
        for owed in row.obligations.order_by("number")
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------ deciding


def _waiting(officer: Officer, asked: exports.Asked) -> Any:
    """Everything that waits, for whoever verifies; for a focal point what their ministries wrote."""
    waiting = work.waiting(officer)
    return waiting if officer.may("plan.verify") else waiting.filter(officer.ministry_filter())


exports.declare("plan-updates", gettext_noop("Updates of the plan"), _waiting, ("plan.verify", "plan.update"), [
    Field(gettext_noop("Item"), "item_id"), Field(gettext_noop("Ministry or division"), "ministry__name_{language}"),
    Field(gettext_noop("Status"), "claim", "plan_claim"), Field(gettext_noop("Period"), "obligation__name"),
    Field(gettext_noop("Progress in percent"), "percent", "number"),
    Field(gettext_noop("Milestone reached"), "milestone"),
    Field(gettext_noop("Day of completion"), "done_on", "day"),
    Field(gettext_noop("What was done, in Bangla"), "text_bn"),
    Field(gettext_noop("What was done, in English"), "text_en"),
    Field(gettext_noop("Evidence"), "evidence_count", "number"), Field(gettext_noop("Who"), "written_by", "officer"),
    Field(gettext_noop("When"), "written_at", "moment"),
])  # fmt: skip


@require_GET
@desk.needs("plan.verify", "plan.update")
def updates(request: HttpRequest) -> HttpResponse:
    """Updates that wait: for the Cabinet Division to decide, for a focal point to see how theirs stand."""
    if kind := exports.wanted(request):
        return exports.answer(request, "plan-updates", kind)
    officer = desk.officer(request)
    rows = list(_waiting(officer, request.GET))
    _with_files(rows)
    returned = list(work.returned(officer).select_related("ministry")) if officer.may("plan.update") else []
    context = {
        "rows": rows, "returned": returned, "tab": "updates",
    }  # fmt: skip
    return desk.page(request, "office/coordination/updates.html", context)


@require_POST
@desk.needs("plan.verify")
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    update = _update(pk)
    return desk.act(
        request,
        lambda: actions.verify_update(update=pk, by=desk.officer(request)),
        lambda refusal: item_page(request, update.item_id, refusal=refusal),
        _("The update is verified and counts from today."),
        "office:plan-item",
        update.item_id,
    )


@require_POST
@desk.needs("plan.verify")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    update, form = _update(pk), ReturnForm(request.POST)
    return desk.act(
        request,
        lambda: actions.return_update(update=pk, reason=form.cleaned_data["reason"], by=desk.officer(request)),
        lambda refusal: item_page(request, update.item_id, refusal=refusal, returning=form, about=pk),
        _("The update went back to the ministry with the reason."),
        "office:plan-item",
        update.item_id,
        form=form,
    )


def _update(pk: int) -> PlanUpdate:
    row = PlanUpdate.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_POST
@desk.needs("plan.manage")
def depend(request: HttpRequest, code: str) -> HttpResponse:
    form = DependencyForm(request.POST)
    return desk.act(
        request,
        lambda: actions.add_dependency(
            item=code, needs=form.cleaned_data["needs"].strip(), reason=form.cleaned_data["reason"],
            by=desk.officer(request),
        ),
        lambda refusal: item_page(request, code, refusal=refusal, depending=form),
        _("The dependency is recorded."),
        "office:plan-item",
        code,
        form=form,
    )  # fmt: skip


@require_POST
@desk.needs("plan.manage")
def undepend(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    refusal = desk.attempt(lambda: actions.remove_dependency(dependency=pk, by=desk.officer(request)))
    if refusal:
        return item_page(request, code, refusal=refusal)
    desk.done(request, _("The dependency is removed."))
    return redirect("office:plan-item", code)
