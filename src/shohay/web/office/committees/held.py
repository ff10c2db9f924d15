"""A list of meetings that were held, taken in as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shohay.stages.coordination import actions_meetings_held as actions
from shohay.web.office import desk, fields
from shohay.web.office.words import say


class ListForm(forms.Form):
    paper = fields.file(gettext_lazy("List of meetings"), kinds=".csv", help_text="CSV")


@require_http_methods(["GET", "POST"])
@desk.needs("committee.manage")
def held(request: HttpRequest) -> HttpResponse:
    """The form; after a file, what was taken in and which lines are wrong. ``?as=csv``: an empty list."""
    if desk.wants_file(request):
        return desk.table_file("meetings-held", actions.COLUMNS, [])
    if request.method == "GET":
        return _page(request, ListForm())
    form, taken = ListForm(request.POST, request.FILES), []
    if not form.is_valid():
        return _page(request, form)
    file = form.cleaned_data["paper"]
    refusal = desk.attempt(lambda: taken.append(actions.list_meetings(data=file.read(), by=desk.officer(request))))
    if refusal:
        return _page(request, form, refusal)
    return _page(request, ListForm(), taken=taken[0])


def _page(request: HttpRequest, form: ListForm, refusal: str = "", taken: actions.Taken | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "taken": taken}
    if taken:
        context["errors"] = [(line, say("meeting_line", wrong)) for line, wrong in taken.errors]
        context["more"] = taken.wrong > len(taken.errors)
    return desk.page(request, "office/committees/held.html", context, refusal=refusal)
