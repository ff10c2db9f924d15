"""What a file asks for and an officer decides: changes old beside new, and people whom a programme's list declares."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.intake import queries
from shohay.stages.intake.models import Upload
from shohay.stages.registry import actions_approval, actions_declared, queries_changes
from shohay.stages.registry.models_declared import Declared
from shohay.stages.registry.models_history import LifeEvent
from shohay.web.office import desk, works
from shohay.web.office.registry import changes as shown
from shohay.web.parts import pager
from shohay.web.templatetags.shohay import num

JOB = "decide_changes"
A_PAGE = 25


def _mine(request: HttpRequest, pk: str) -> Upload:
    found: Upload | None = queries.uploads(desk.officer(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
@desk.needs("event.view")
def changes(request: HttpRequest, pk: str, refusal: str = "") -> HttpResponseBase:
    """The changes of one file, those that wait unless another state is asked for."""
    upload, officer = _mine(request, pk), desk.officer(request)
    every = queries_changes.changes_of(officer, upload)
    state = request.GET.get("state", "proposed")
    found = every.filter(state=state) if state in LifeEvent.State.values else every
    page = pager.page(request, found.prefetch_related("people__person"), order=("id",), size=A_PAGE)
    for event in page.rows:
        event.rows, event.cannot = shown.rows(event)
        event.caption = _("Before and after, row %(line)s") % {"line": num(event.upload_line or 0)}
    context = {
        "upload": upload, "rows": page, "state": state, "states": LifeEvent.State.values,
        "to_decide": every.filter(state=LifeEvent.State.PROPOSED).count(), "work": works.latest(JOB, str(upload.pk)),
        "decides": queries_changes.can_be_decided(upload, officer),
    }  # fmt: skip
    return desk.page(request, "office/intake/changes.html", context, refusal=refusal)


@require_POST
@desk.needs("event.approve")
def decide(request: HttpRequest, pk: str) -> HttpResponseBase:
    """``what``: approve or refuse; ``which``: all (a job) or those ticked."""
    upload, officer = _mine(request, pk), desk.officer(request)
    refuse, reason = request.POST.get("what") == "refuse", request.POST.get("reason", "").strip()
    again = _again(request)
    if not queries_changes.can_be_decided(upload, officer):
        return changes(again, pk, refusal=Refusal("same_person").say(desk.language()))
    if refuse and not reason:
        return changes(again, pk, refusal=Refusal("reason_missing").say(desk.language()))
    if request.POST.get("which") == "all":
        works.start(JOB, subject=str(upload.pk), by=officer, upload_id=str(upload.pk), reason=reason if refuse else "")
        return redirect("office:upload-changes", pk)
    ticked = [int(one) for one in request.POST.getlist("event") if one.isdigit()]
    if not ticked:
        return changes(again, pk, refusal=_("Tick at least one change."))
    events = list(queries_changes.changes_of(officer, upload).filter(pk__in=ticked, state="proposed").order_by("pk"))
    refusals = [text for event in events if (text := _decided(event, reason if refuse else "", officer))]
    done = len(events) - len(refusals)
    if done:
        said = ngettext("%(count)s change is decided.", "%(count)s changes are decided.", done)
        desk.done(request, said % {"count": num(done)})
    if refusals:
        return changes(again, pk, refusal=" ".join(dict.fromkeys(refusals)))
    return redirect("office:upload-changes", pk)


def _decided(event: LifeEvent, reason: str, by: Officer) -> str:
    """'' when it is done; each is a decision of its own, so one that cannot be leaves the others."""
    if reason:
        return desk.attempt(lambda: actions_approval.refuse(event=event, reason=reason, by=by))
    return desk.attempt(lambda: actions_approval.approve(event=event, by=by))


def _again(request: HttpRequest) -> HttpRequest:
    request.method = "GET"
    return request


@require_GET
@desk.needs("event.view")
def declared(request: HttpRequest, pk: str, refusal: str = "") -> HttpResponseBase:
    """The people whom a programme's list names, as the registry knows them beside as the list writes them."""
    upload, officer = _mine(request, pk), desk.officer(request)
    every = queries_changes.declared_of(officer, upload)
    context = {
        "upload": upload, "rows": pager.page(request, every, order=("id",)),
        "to_decide": every.filter(state=Declared.State.PROPOSED).count(),
        "decides": queries_changes.can_be_decided(upload, officer),
    }  # fmt: skip
    return desk.page(request, "office/intake/declared.html", context, refusal=refusal)


@require_POST
@desk.needs("event.approve")
def review(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Accept or refuse the rows ticked, or all that wait."""
    upload, officer = _mine(request, pk), desk.officer(request)
    ticked = [int(one) for one in request.POST.getlist("row") if one.isdigit()]
    accept, reason = request.POST.get("what") != "refuse", request.POST.get("reason", "")
    if request.POST.get("which") != "all" and not ticked:
        return declared(_again(request), pk, refusal=_("Tick at least one person."))
    rows = [] if request.POST.get("which") == "all" else ticked
    refusal = desk.attempt(
        lambda: actions_declared.review(upload=upload, accept=accept, rows=rows, reason=reason, by=officer)
    )
    if refusal:
        return declared(_again(request), pk, refusal=refusal)
    desk.done(request, _("Decided. Those accepted count as receiving the programme from the next snapshot on."))
    return redirect("office:upload-declared", pk)
