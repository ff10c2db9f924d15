"""The work list: findings that somebody shall look into, given to officers, ended with what came of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from shohay.core.quality import DIMENSIONS
from shohay.stages.registry import actions_quality as actions
from shohay.stages.registry import queries_quality as queries
from shohay.stages.registry.models_quality import QualityTask
from shohay.web.office import desk
from shohay.web.office.quality.forms import EndForm
from shohay.web.parts import pager
from shohay.web.templatetags.shohay import num

SHOWN = ("", "open", "assigned", "done", "gone")  # '' = not ended


@require_GET
@desk.needs("quality.task")
def tasks(request: HttpRequest) -> HttpResponse:
    return _tasks_page(request)


def _tasks_page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    state = request.GET.get("state", "")
    state = state if state in SHOWN else ""
    rule, mine = request.GET.get("rule", ""), request.GET.get("mine", "") == "1"
    found = queries.tasks(officer, state=state, rule=rule, mine=mine)
    page = pager.page(request, found, order=("area_code", "id"))
    for row in page.rows:
        row.said = queries.rules().named(row.rule)
    context = {
        "rows": page, "state": state, "rule": rule, "mine": mine,
        "states": [code for code in SHOWN if code],
        "rules": [(one.id, one.text.in_language(desk.language())) for one in queries.rules().rules],
        "doers": [(name, name) for name in queries.doers(officer)] if officer.may("quality.assign") else [],
    }  # fmt: skip
    return desk.page(request, "office/quality/tasks.html", context, refusal=refusal)


@require_POST
@desk.needs("quality.assign")
def assign(request: HttpRequest) -> HttpResponse:
    """Give the ticked tasks to one officer."""
    chosen = [int(pk) for pk in request.POST.getlist("task") if pk.isdigit()]
    to = request.POST.get("to", "")
    if not chosen or not to:
        return _tasks_page(request, _("Tick at least one task and choose the officer who shall do it."))
    given: list[int] = []
    refusal = desk.attempt(lambda: given.append(actions.assign_tasks(tasks=chosen, to=to, by=desk.officer(request))))
    if refusal:
        return _tasks_page(request, refusal)
    text = ngettext("%(n)s task given to %(to)s.", "%(n)s tasks given to %(to)s.", given[0])
    desk.done(request, text % {"n": num(given[0]), "to": to})
    return redirect("office:quality-tasks")


@require_GET
@desk.needs("quality.task")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return _task_page(request, _mine(request, pk), None)


def _mine(request: HttpRequest, pk: int) -> QualityTask:
    row = queries.task(desk.officer(request), pk)
    if row is None:
        raise Http404
    return row


def _task_page(request: HttpRequest, row: QualityTask, form: EndForm | None, refusal: str = "") -> HttpResponse:
    """What was found in which record, and what to do; the record itself is opened with a purpose."""
    officer = desk.officer(request)
    said = queries.rules().named(row.rule)
    may_end = row.state in actions.OPEN and (row.assigned_to in ("", officer.username) or officer.may("quality.assign"))
    context = {
        "task": row, "rule": said, "dimension": DIMENSIONS[said.dimension] if said else None,
        "form": (form or EndForm()) if may_end else None,
    }  # fmt: skip
    return desk.page(request, "office/quality/task.html", context, refusal=refusal)


@require_POST
@desk.needs("quality.task")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _mine(request, pk), EndForm(request.POST)
    if not form.is_valid():
        return _task_page(request, row, form)
    given = form.cleaned_data
    refusal = desk.attempt(
        lambda: actions.end_task(task=row.pk, outcome=given["outcome"], note=given["note"], by=desk.officer(request))
    )
    if refusal:
        return _task_page(request, row, form, refusal)
    desk.done(request, _("The task is ended. If the record is still wrong at the next check, it can be opened again."))
    return redirect("office:quality-tasks")
