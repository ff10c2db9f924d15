"""The officer's desk, and the progress of long work."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.audit import actions
from shohay.stages.audit.models import Event, Work
from shohay.web.office import desk, works
from shohay.web.office.accounts.tasks import tasks

MY_EVENTS = 8


@desk.needs()
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, and what I did last."""
    officer = desk.officer(request)
    waiting = tasks(officer)
    context = {
        "tasks": waiting,
        "waiting": {task.name: task.number for task in waiting},
        "may_search": officer.may("person.search"),
        "mine": Event.objects.filter(actor=officer.username).order_by("-seq")[:MY_EVENTS],
    }
    return desk.page(request, "office/accounts/home.html", context)


@desk.needs()
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job is: the part that the page asks for again until the job ends."""
    officer = desk.officer(request)
    row = get_object_or_404(Work, pk=pk)
    if row.started_by != officer.username and not officer.may("audit.view"):
        raise PermissionDenied("work")
    if not request.headers.get("HX-Request"):
        return desk.page(request, "office/accounts/work.html", {"work": works.in_words(row)})
    page = urlsplit(request.headers.get("HX-Current-URL", "")).path  # where the result will be: the page that asks
    return render(request, "office/parts/work.html", {"work": works.in_words(row), "done_url": page})


@require_POST
@desk.needs()
def cancel_work(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop work that I started; the page that asked shows how it ends."""
    row = get_object_or_404(Work, pk=pk, started_by=desk.officer(request).username)
    refusal = desk.attempt(lambda: actions.cancel_work(work=row, by=desk.officer(request)))
    if refusal:
        return desk.page(request, "office/accounts/work.html", {"work": works.in_words(row)}, refusal=refusal)
    back = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if known else reverse("office:work", args=[pk]))


@require_GET
@desk.needs()
def work_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file that a job of mine made; it is kept for a day."""
    row = get_object_or_404(Work, pk=pk, started_by=desk.officer(request).username, state="done")
    path = settings.VAR / row.result.get("file", "")
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=row.result["name"])
