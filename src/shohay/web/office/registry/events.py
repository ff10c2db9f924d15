"""Life events on screen: what waits, one event with what it changes, and a form for each kind."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shohay.core.messages import Refusal
from shohay.core.messages import say as say_message
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import actions_approval, actions_events, queries, queries_history
from shohay.stages.registry.life import standings
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_history import LifeEvent
from shohay.web.office import desk
from shohay.web.office.registry import changes, household, record
from shohay.web.office.registry.event_forms import FACTS_OF_HOUSEHOLD, FACTS_OF_PERSON, OWN, Circle, EventForm
from shohay.web.office.registry.tellings import tell
from shohay.web.office.words import choices, say
from shohay.web.parts import names, pager
from shohay.web.templatetags.shohay import area, digits, local

FOUND = 8  # likeliest people or households that a form shows; more are found by a longer question
# the person is chosen first, so that the form knows them
ABOUT_ONE = ("disability", "pregnancy", "school", "work", "correction")


@require_GET
@desk.needs("event.view")
def events(request: HttpRequest) -> HttpResponse:
    """Events of the officer's areas; those that wait for a decision unless another state is asked for."""
    officer = desk.officer(request)
    state, kind = request.GET.get("state", "waiting"), request.GET.get("kind", "")
    found = queries_history.waiting(officer) if state == "waiting" else queries_history.events(officer)
    if state in LifeEvent.State.values:
        found = found.filter(state=state)
    if kind in LifeEvent.Kind.values:
        found = found.filter(kind=kind)
    states = [("waiting", _("Waits for my office")), *choices("life_state", LifeEvent.State.values)]
    rows = pager.page(request, found, order=("-proposed_at", "-id"))
    queries_history.named(rows.rows)
    context = {
        "rows": rows, "state": state, "kind": kind, "states": states,
        "kinds": choices("life_event", LifeEvent.Kind.values),
    }  # fmt: skip
    return desk.page(request, "office/registry/events.html", context)


@require_GET
@desk.needs("event.view")
def event(request: HttpRequest, pk: int) -> HttpResponse:
    return _event_page(request, _mine(desk.officer(request), pk))


def _mine(officer: Officer, pk: int) -> LifeEvent:
    try:
        return queries_history.event(officer, pk)
    except LifeEvent.DoesNotExist:
        raise Http404 from None


def _event_page(request: HttpRequest, row: LifeEvent, refusal: str = "", reason: str = "") -> HttpResponse:
    officer = desk.officer(request)
    rows, cannot = changes.rows(row)
    decides = officer.may("event.approve") and officer.covers(area=row.to_area_code or row.area_code)
    context = {
        "event": row, "rows": rows, "cannot": cannot, "reason": reason,
        "may_decide": row.state == "proposed" and decides and row.proposed_by != officer.username,
        "may_withdraw": row.state == "proposed" and row.proposed_by == officer.username,
        "goes_elsewhere": row.state == "proposed" and row.to_area_code and not officer.covers(area=row.to_area_code),
    }  # fmt: skip
    return desk.page(request, "office/registry/event.html", context, refusal=refusal)


@require_POST
@desk.needs("event.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = _mine(desk.officer(request), pk), desk.officer(request)
    refusal = desk.attempt(lambda: actions_approval.approve(event=row, by=by))
    if refusal:
        return _event_page(request, _mine(by, pk), refusal)
    desk.done(request, _("The event is approved and written into the registry."))
    return redirect("office:event", pk)


@require_POST
@desk.needs("event.approve")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    row, by, reason = _mine(desk.officer(request), pk), desk.officer(request), request.POST.get("reason", "")
    refusal = desk.attempt(lambda: actions_approval.refuse(event=row, reason=reason, by=by))
    if refusal:
        return _event_page(request, _mine(by, pk), refusal, reason)
    desk.done(request, _("The event is refused; your reason stays with it."))
    return redirect("office:event", pk)


@require_POST
@desk.needs("event.propose")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row, by, reason = _mine(desk.officer(request), pk), desk.officer(request), request.POST.get("reason", "")
    refusal = desk.attempt(lambda: actions_approval.withdraw(event=row, reason=reason, by=by))
    if refusal:
        return _event_page(request, _mine(by, pk), refusal, reason)
    desk.done(request, _("The event is withdrawn."))
    return redirect("office:event", pk)


@require_POST
@desk.needs("event.view")
def evidence(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The paper as an attachment, never inside a page; opening it leaves a trace."""
    row, by = _mine(desk.officer(request), pk), desk.officer(request)
    found: list[tuple[Path, str]] = []
    refusal = desk.attempt(lambda: found.append(actions_events.open_evidence(event=row, by=by)))
    if refusal:
        return _event_page(request, row, refusal)
    path, content_type = found[0]
    name = f"event-{row.pk}{mimetypes.guess_extension(content_type) or ''}"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


# ------------------------------------------------------------------------------------------------ telling


@require_http_methods(["GET", "POST"])
@desk.needs("event.propose")
def new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of a kind. ``find`` looks for a spouse or household; a household changed meanwhile is shown."""
    mine = household.opened(request, pk)
    if mine is None:
        return redirect("office:household", pk)
    if kind not in OWN:
        raise Http404
    circle = _circle(request, mine)
    if kind in ABOUT_ONE and not _is_chosen(kind, circle):
        return _choose(request, mine, kind, circle)
    if request.method == "GET" or "find" in request.POST:
        given = {
            name: request.POST.getlist(name) if name == "people" else value for name, value in request.POST.items()
        }
        form = EventForm(kind, circle, initial={"person": request.GET.get("person"), **given, "version": mine.version})
        return _form_page(request, mine, form)
    form = EventForm(kind, circle, request.POST, request.FILES)
    refusals: list[Refusal] = []
    if form.is_valid():
        done: list[LifeEvent] = []
        refusal = desk.attempt(lambda: done.append(_told(form, desk.officer(request), refusals)))
        if not refusal:
            desk.done(request, _("The event is told. It is written when another officer approves it."))
            return redirect("office:event", done[0].pk)
        return _form_page(request, mine, form, refusal, refusals)
    return _form_page(request, mine, form)


def _told(form: EventForm, by: Officer, refusals: list[Refusal]) -> LifeEvent:
    try:
        return tell(form, by)
    except Refusal as refusal:
        refusals.append(refusal)
        raise


def _form_page(
    request: HttpRequest, mine: Household, form: EventForm, refusal: str = "", refusals: list[Refusal] | None = None
) -> HttpResponse:
    """With ``household_changed`` the page shows what changed, and the form, as typed, carries the new version."""
    meanwhile = []
    if refusals and refusals[0].code == "household_changed":
        refusal = say_message("household_changed", desk.language(), **_named(refusals[0].params))
        meanwhile = changes.since(mine, form.cleaned_data["version"])
        mine.refresh_from_db()
        typed = request.POST.copy()
        typed["version"] = str(mine.version)
        form.data = typed
    context = {
        "household": mine, "kind": form.kind, "form": form, "meanwhile": meanwhile,
        "finds": any(name.endswith("_search") for name in form.own),
        "about": form.circle.correcting[0], "fact": form.circle.correcting[1],
    }  # fmt: skip
    return desk.page(request, "office/registry/event_new.html", context, refusal=refusal)


def _named(params: dict[str, object]) -> dict[str, object]:
    """Who changed it by name, not by sign-in."""
    return {**params, "who": names.officer(str(params["who"]), desk.language())}


def _choose(request: HttpRequest, mine: Household, kind: str, circle: Circle) -> HttpResponse:
    """Whom it is about and, of a correction, which fact: a question before the form."""
    facts, of_household = choices("fact", FACTS_OF_PERSON), choices("fact", FACTS_OF_HOUSEHOLD)
    context = {
        "household": mine, "kind": kind, "people": circle.everybody() + circle.named(circle.away),
        "facts": facts if kind == "correction" else [], "household_facts": of_household if kind == "correction" else [],
        "person": request.GET.get("person", ""),
    }  # fmt: skip
    return desk.page(request, "office/registry/event_choose.html", context)


def _is_chosen(kind: str, circle: Circle) -> bool:
    person, fact = circle.correcting
    if kind != "correction":
        return person is not None
    return fact in FACTS_OF_PERSON if person else fact in FACTS_OF_HOUSEHOLD


def _circle(request: HttpRequest, mine: Household) -> Circle:
    officer = desk.officer(request)
    people = list(queries.members(mine).filter(officer.area_filter(), death_date__isnull=True))
    where = standings(one.pk for one in people)
    members = [one for one in people if where[one.pk].household == mine.pk]
    number = request.GET.get("person", "")
    about = next((one for one in people if str(one.pk) == number), None)
    return Circle(
        mine, members, {one.pk: where[one.pk].relation for one in members},
        away=[one for one in people if where[one.pk].household is None],
        unions=record.areas_to_choose(officer) if any(len(code) >= 6 for code in officer.areas) else [],
        found_people=_found(request, officer),
        found_households=_households(request, officer, mine),
        correcting=(about, request.GET.get("fact", "")),
    )  # fmt: skip


def _searched(request: HttpRequest, officer: Officer, name: str) -> list[Person]:
    text = request.POST.get(name, "").strip()
    try:
        return queries.search(officer=officer, text=text) if text else []
    except Refusal:
        return []


def _found(request: HttpRequest, officer: Officer) -> list[tuple[str, str]]:
    people = _searched(request, officer, "spouse_search")
    return [(str(one.pk), _person_line(one)) for one in people if one.death_date is None][:FOUND]


def _person_line(person: Person) -> str:
    parts = (
        local(person, "name"),
        say("sex", person.sex),
        person.father_name or person.mother_name,
        _where(person.household),
    )
    return " · ".join(part for part in parts if part)


def _households(request: HttpRequest, officer: Officer, mine: Household) -> list[tuple[str, str]]:
    found = {one.household_id: one for one in _searched(request, officer, "to_household_search")}
    return (
        _elsewhere(request, mine)
        or [
            (str(pk), f"{_where(one.household)} · {local(one, 'name')}")
            for pk, one in found.items()
            if pk != mine.pk and one.household.closed_on is None
        ][:FOUND]
    )


def _elsewhere(request: HttpRequest, mine: Household) -> list[tuple[str, str]]:
    """A household of another union by its whole number: no name of it is shown to whoever sends people there."""
    number, area_code = (request.POST.get(name, "").strip() for name in ("to_household_search", "other_area"))
    found = queries_history.household_elsewhere(area_code, number) if number and area_code else None
    return [(str(found.pk), _where(found))] if found and found.pk != mine.pk else []


def _where(row: Household) -> str:
    return f"{digits(row.reference)}, {area(row.area_code)}"
