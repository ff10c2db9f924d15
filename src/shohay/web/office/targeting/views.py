"""Runs of the rules over a snapshot, and the ranked lists that officers approve or send back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment import actions as enrolment
from shohay.stages.enrolment import queries as enrolments
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.registry.models import Snapshot
from shohay.stages.targeting import actions, queries
from shohay.stages.targeting.models import Decision, Run, SelectionList
from shohay.web.office import desk, exports, works
from shohay.web.office.exports import Field
from shohay.web.office.programmes.reading import criterion_texts
from shohay.web.office.targeting.forms import EnrolForm, ReturnForm, RunForm
from shohay.web.parts import pager
from shohay.web.templatetags.shohay import day

JOB = "determine"
COLUMNS = ("applicants", "eligible", "not_eligible", "cannot_tell", "ranked", "selected")  # of a run's counts


# ------------------------------------------------------------------------------------------------ runs


@require_GET
@desk.needs("run.view")
def runs(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "runs", kind)
    return _runs_page(request, None)


def _all_runs(officer: Officer, asked: exports.Asked) -> QuerySet[Run]:
    return queries.runs(officer).order_by("-id")


exports.declare("runs", gettext_noop("Eligibility runs"), _all_runs, ("run.view",), [
    Field(gettext_noop("Run"), "id", "number"), Field(gettext_noop("Rules valid on"), "on", "day"),
    Field(gettext_noop("Snapshot"), "snapshot__sha256"), Field(gettext_noop("Started"), "started_at", "moment"),
    Field(gettext_noop("Ended"), "finished_at", "moment"), Field(gettext_noop("Started by"), "started_by", "officer"),
])  # fmt: skip


def _runs_page(request: HttpRequest, form: RunForm | None, refusal: str = "") -> HttpResponse:
    rows = pager.page(request, queries.runs(desk.officer(request)), order=("-id",))
    if form is None and desk.officer(request).may("run.start"):
        form = RunForm(snapshots=_snapshots(), initial={"on": timezone.localdate()})
    context = {"rows": rows, "form": form, "work": works.latest(JOB, "")}
    return desk.page(request, "office/targeting/runs.html", context, refusal=refusal)


def _snapshots() -> list[tuple[str, str]]:
    """The last ten snapshots, newest first: (id, day and hash)."""
    found = Snapshot.objects.order_by("-id")[:10]
    return [(str(row.pk), f"{day(row.as_of)} · {row.sha256[:8]}") for row in found]


@require_POST
@desk.needs("run.start")
def start_run(request: HttpRequest) -> HttpResponse:
    """Deciding everybody takes minutes: a job does it."""
    form = RunForm(request.POST, snapshots=_snapshots())
    if not form.is_valid():
        return _runs_page(request, form)
    works.start(
        JOB,
        by=desk.officer(request),
        snapshot_id=int(form.cleaned_data["snapshot"]),
        on=form.cleaned_data["on"].isoformat(),
    )
    return redirect("office:runs")


@require_GET
@desk.needs("run.view")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a run: numbers by programme, and which condition turned how many away."""
    return _run_page(request, _run(request, pk))


def _run(request: HttpRequest, pk: int) -> Run:
    found = queries.runs(desk.officer(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _run_page(request: HttpRequest, row: Run, refusal: str = "") -> HttpResponse:
    lists = queries.lists(desk.officer(request)).filter(run=row)
    counted = _counted(row)
    context = {
        "run": row,
        "programmes": counted,
        "columns": [key for key in COLUMNS if any(key in one["counts"] for one in counted)],
        "lists": lists.order_by().aggregate(
            all=Count("id"),
            proposed=Count("id", filter=Q(state="proposed")),
            approved=Count("id", filter=Q(state="approved")),
        ),
    }  # fmt: skip
    return desk.page(request, "office/targeting/run.html", context, refusal=refusal)


def _counted(row: Run) -> list[dict[str, Any]]:
    """Per programme: the counts of the run, and the failed criteria in words, the commonest first."""
    found = []
    for code, counts in sorted(row.counts.items()):
        if not isinstance(counts, dict):
            continue
        texts = criterion_texts(code, row.definitions.get(code, ""), row.on, desk.language())
        failed = counts.get("failed") or counts.get("by_criterion") or {}
        failed_in_words = sorted(
            ((texts.get(id_, id_), number) for id_, number in failed.items()), key=lambda pair: -pair[1]
        )
        found.append({"code": code, "counts": counts, "failed": failed_in_words})
    return found


@require_POST
@desk.needs("list.propose")
def propose_lists(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = _run(request, pk), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.propose_lists(run=row, by=by),
        lambda why: _run_page(request, row, why),
        _("The selection lists are proposed. Another officer must approve each."),
        "office:lists",
    )


# ------------------------------------------------------------------------------------------------ lists


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[SelectionList]:
    """The lists of the officer's areas in the state and of the programme that the address names."""
    found: QuerySet[SelectionList] = queries.lists(officer)
    state, code = asked.get("state", ""), asked.get("programme", "")
    if state in SelectionList.State.values:
        found = found.filter(state=state)
    return found.filter(programme_code=code) if code else found


def _rows_found(officer: Officer, asked: exports.Asked) -> QuerySet[Decision]:
    """The ranked people of one list that the officer may see."""
    row = queries.lists(officer).filter(pk=asked["list"]).first()
    if row is None:  # the officer lost the area while the job waited
        raise Refusal("not_allowed", what="list.view")
    return queries.list_rows(row)


exports.declare("selection-lists", gettext_noop("Selection lists"), _found, ("list.view",), [
    Field(gettext_noop("Programme"), "programme_code", "programme"), Field(gettext_noop("Area"), "area_code", "area"),
    Field(gettext_noop("State"), "state", "list"), Field(gettext_noop("Eligible"), "eligible", "number"),
    Field(gettext_noop("Places"), "slots", "number"), Field(gettext_noop("Selected"), "selected", "number"),
    Field(gettext_noop("Proposed by"), "proposed_by", "officer"),
    Field(gettext_noop("Proposed"), "proposed_at", "moment"),
])  # fmt: skip
exports.declare("selection-list", gettext_noop("Ranked list"), _rows_found, ("list.view",), [
    Field(gettext_noop("Rank"), "rank", "number"), Field(gettext_noop("Name"), "person__name_{language}"),
    Field(gettext_noop("Household"), "household__reference"), Field(gettext_noop("Area"), "area_code", "area"),
    Field(gettext_noop("Score"), "score", "number"), Field(gettext_noop("Selected"), "selected", "yes_no"),
])  # fmt: skip


@require_GET
@desk.needs("list.view")
def lists(request: HttpRequest) -> HttpResponse:
    """The lists of my areas and programmes, newest run first."""
    if kind := exports.wanted(request):
        return exports.answer(request, "selection-lists", kind)
    officer, asked = desk.officer(request), request.GET
    codes = queries.lists(officer).order_by("programme_code").values_list("programme_code", flat=True).distinct()
    context = {
        "rows": pager.page(request, _found(officer, asked), order=("-run_id", "programme_code", "area_code", "id")),
        "states": SelectionList.State.values, "state": asked.get("state", ""),
        "programmes": list(codes), "programme": asked.get("programme", ""),
    }  # fmt: skip
    return desk.page(request, "office/targeting/lists.html", context)


@require_GET
@desk.needs("list.view")
def selection_list(request: HttpRequest, pk: int) -> HttpResponse:
    row = _list(request, pk)
    if kind := exports.wanted(request):
        return exports.answer(request, "selection-list", kind, list=row.pk)
    return _list_page(request, row)


def _list(request: HttpRequest, pk: int) -> SelectionList:
    found = queries.lists(desk.officer(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _list_page(request: HttpRequest, row: SelectionList, refusal: str = "", **forms: Any) -> HttpResponse:
    officer = desk.officer(request)
    waits = row.state == SelectionList.State.PROPOSED
    context = {
        "list": row,
        "rows": pager.page(request, queries.list_rows(row), order=("rank", "person_id")),
        "enrolled": Enrolment.objects.filter(selection_list=row).count(),
        "left_out": enrolments.left_out(officer, row.pk).count(),
        "own": row.proposed_by == officer.username,
        "may_decide": waits and officer.may("list.approve") and row.proposed_by != officer.username,
        "may_enrol": row.state == SelectionList.State.APPROVED and officer.may("enrolment.create"),
        "return_form": ReturnForm(),
        "enrol_form": EnrolForm(initial={"on": FiscalYear.of(row.run.on).first_day}),
        **forms,
    }
    return desk.page(request, "office/targeting/list.html", context, refusal=refusal)


@require_POST
@desk.needs("list.approve")
def approve_list(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = _list(request, pk), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.approve_list(selection_list=row, by=by),
        lambda why: _list_page(request, row, why),
        _("The list is approved. The programme manager can now enrol the selected people."),
        "office:list", pk,
    )  # fmt: skip


@require_POST
@desk.needs("list.approve")
def return_list(request: HttpRequest, pk: int) -> HttpResponse:
    row, form, by = _list(request, pk), ReturnForm(request.POST), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.return_list(selection_list=row, reason=form.cleaned_data["reason"], by=by),
        lambda why: _list_page(request, row, why, return_form=form),
        _("The list is sent back with your reason."),
        "office:list", pk, form=form,
    )  # fmt: skip


@require_POST
@desk.needs("enrolment.create")
def enrol_list(request: HttpRequest, pk: int) -> HttpResponse:
    row, form, refusal = _list(request, pk), EnrolForm(request.POST), ""
    if not desk.officer(request).covers(area=row.area_code, programme=row.programme_code):
        raise PermissionDenied("enrolment.create")
    if form.is_valid():
        refusal = desk.attempt(
            lambda: enrolment.enrol_list(selection_list=row, on=form.cleaned_data["on"], by=desk.officer(request))
        )
        if not refusal:
            desk.done(request, _("The selected people are enrolled."))
            return redirect("office:list", pk)
    return _list_page(request, row, refusal, enrol_form=form)
