"""The officer's desk, and the progress of long work."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

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
