"""A focal point reports on an item: the form, and what happens when somebody else was quicker."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_of
from shohay.stages.coordination import actions_plan as actions
from shohay.stages.coordination import queries_plan as plans
from shohay.stages.coordination import queries_plan_work as work
from shohay.stages.coordination.models_plan import PlanUpdate
from shohay.web.office import desk
from shohay.web.office.coordination import shown
from shohay.web.office.coordination.forms import UpdateForm
from shohay.web.templatetags.shohay import day, digits, local


@require_http_methods(["GET", "POST"])
@desk.needs("plan.update")
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The form on GET; on POST a new version, or the form again with what was typed and what another one wrote."""
    officer = desk.officer(request)
    row = plans.status_on(officer, code, shown.on_of({}))
    if row is None:
        raise Http404
    answering = work.answering(officer, code)
    if not answering:
        raise PermissionDenied("plan.update")
    if request.method == "GET":
        asked = request.GET.get("ministry", "")
        chosen = next((one.pk for one in answering if one.pk == asked), answering[0].pk)
        return _page(request, row, answering, _form(officer, row, answering, None, chosen), chosen)
    chosen = request.POST.get("ministry", "")
    chosen = next((one.pk for one in answering if one.pk == chosen), answering[0].pk)
    form = _form(officer, row, answering, request, chosen)
    if not form.is_valid():
        return _page(request, row, answering, form, chosen)
    return _submit(request, row, answering, form, chosen)


def _submit(request: HttpRequest, row: Any, answering: list[Any], form: UpdateForm, chosen: str) -> HttpResponse:
    officer, given = desk.officer(request), form.cleaned_data
    try:
        actions.submit_update(
            item=row.pk, ministry=chosen, saying=form.saying(), base=given["base"], files=form.given_files(),
            keep_files=given.get("keep_files", False), by=officer,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code == "plan_update_changed":  # what was typed stays; the next attempt builds on what came between
            data = request.POST.copy()
            data["base"] = str(refusal.params["version"])
            form.data = data
        return _page(request, row, answering, form, chosen, refusal.say(desk.language()))
    desk.done(request, _("Your report waits for the Cabinet Division to verify it."))
    return redirect("office:plan-item", row.pk)


def _form(officer: Officer, row: Any, answering: list[Any], request: HttpRequest | None, chosen: str) -> UpdateForm:
    before = work.newest(officer, row.pk, chosen)
    again = before is not None and before.state in ("submitted", "returned")
    options = [
        (str(owed.number), digits(owed.name) if owed.name else day(owed.due))
        for owed in row.obligations.order_by("number")
    ]
    ministries = [(one.pk, local(one, "name")) for one in answering]
    kept = bool(before and again and evidence_of(work.UPDATE, before.pk))
    arguments: dict[str, Any] = {"ministries": ministries, "obligations": options, "before": kept}
    if request is not None:
        return UpdateForm(request.POST, request.FILES, **arguments)
    return UpdateForm(initial=_initial(before if again else None, before, chosen), **arguments)


def _initial(before: PlanUpdate | None, newest: PlanUpdate | None, chosen: str) -> dict[str, Any]:
    """What the form begins with: a version that waits or came back is taken up again."""
    found: dict[str, Any] = {"base": newest.version if newest else 0, "ministry": chosen, "keep_files": True}
    if before is None:
        return found
    number = before.obligation.number if before.obligation else ""
    taken = {name: getattr(before, name) for name in ("claim", "percent", "milestone", "done_on", "text_bn", "text_en")}
    if before.percent is not None:
        taken["percent"] = digits(before.percent)
    return {**found, **taken, "obligation": str(number)}


def _page(
    request: HttpRequest, row: Any, answering: list[Any], form: UpdateForm, chosen: str, refusal: str = ""
) -> HttpResponse:
    before = work.newest(desk.officer(request), row.pk, chosen)
    context = {
        "item": row, "form": form, "before": before, "tab": "",
        "before_files": evidence_of(work.UPDATE, before.pk) if before else [],
    }  # fmt: skip
    return desk.page(request, "office/coordination/report.html", context, refusal=refusal)
