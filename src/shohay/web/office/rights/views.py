"""What a person may ask for: what was told, everything held on them on paper, corrections."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.registry import actions_consent as actions
from shohay.stages.registry import queries_consent as queries
from shohay.stages.registry import queries_history
from shohay.stages.registry.models import Person
from shohay.stages.registry.models_consent import CorrectionRequest
from shohay.stages.registry.models_history import LifeEvent
from shohay.web.office import desk
from shohay.web.office.registry import views as registry
from shohay.web.office.rights.forms import AskForm, NoticeForm, RefuseForm, TakeUpForm
from shohay.web.office.rights.sheet import sheet as everything
from shohay.web.office.rights.sheet import told
from shohay.web.office.words import say
from shohay.web.parts import pager
from shohay.web.templatetags.shohay import day


@require_GET
@desk.needs("person.sheet")
def rights(request: HttpRequest, pk: int) -> HttpResponse:
    """The household's notice and consents, the sheet to print, the request for a correction."""
    person = registry._person(request, pk)
    if not registry._is_open(request, pk):
        return redirect("office:person", pk)
    return _rights_page(request, person)


def _rights_page(request: HttpRequest, person: Person, refusal: str = "", **forms: Any) -> HttpResponse:
    officer = desk.officer(request)
    context = {
        "person": person,
        "requests": queries.requests_of(person),
        "notice_form": NoticeForm(initial={"told_on": timezone.localdate()}) if officer.may("notice.give") else None,
        "ask_form": AskForm() if officer.may("correction.ask") else None,
        **told(person),
        **forms,
    }
    return desk.page(request, "office/rights/rights.html", context, refusal=refusal)


@require_POST
@desk.needs("person.sheet")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The page to print; that it was printed stands in the log."""
    person, by = registry._opened(request, pk), desk.officer(request)
    refusal = desk.attempt(lambda: actions.print_sheet(person_id=pk, by=by))
    if refusal:
        return _rights_page(request, person, refusal)
    context = {"person": person, "printed_at": timezone.now(), "printed_by": by.username, **everything(by, person)}
    return desk.page(request, "office/rights/sheet.html", context)


@require_POST
@desk.needs("notice.give")
def give_notice(request: HttpRequest, pk: int) -> HttpResponse:
    person, form = registry._opened(request, pk), NoticeForm(request.POST)

    def give() -> None:
        given = form.cleaned_data
        actions.give_notice(
            household=person.household, told_by=given["told_by"], told_on=given["told_on"], language=given["spoken"],
            channel=given["channel"], agreed=given["agreed"], by=desk.officer(request),
        )  # fmt: skip

    again = partial(_refused, request, person, notice_form=form)
    return desk.act(
        request, give, again, _("It is written down what the household was told."), "office:rights", pk, form=form
    )


@require_POST
@desk.needs("correction.ask")
def ask_correction(request: HttpRequest, pk: int) -> HttpResponse:
    person, form = registry._opened(request, pk), AskForm(request.POST)
    again = partial(_refused, request, person, ask_form=form)
    return desk.act(
        request,
        lambda: actions.ask_correction(person=person, by=desk.officer(request), **form.cleaned_data),
        again,
        _("The request is written down. An officer of the upazila settles it."),
        "office:rights", pk, form=form,
    )  # fmt: skip


def _refused(request: HttpRequest, person: Person, why: str, **forms: Any) -> HttpResponse:
    return _rights_page(request, person, why, **forms)


# ------------------------------------------------------------------------------------------------ requests


@require_GET
@desk.needs("correction.view")
def corrections(request: HttpRequest) -> HttpResponse:
    """Requests of my areas, the one due first at the top."""
    state = request.GET.get("state", "open")
    state = state if state in CorrectionRequest.State.values else ""
    rows = pager.page(request, queries.requests(desk.officer(request), state), order=("due_on", "id"))
    context = {"rows": rows, "state": state, "states": CorrectionRequest.State.values, "today": timezone.localdate()}
    return desk.page(request, "office/rights/corrections.html", context)


@require_GET
@desk.needs("correction.view")
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    return _correction_page(request, _mine(request, pk))


def _mine(request: HttpRequest, pk: int) -> CorrectionRequest:
    row = queries.request(desk.officer(request), pk)
    if row is None:
        raise Http404
    return row


def _correction_page(request: HttpRequest, row: CorrectionRequest, refusal: str = "", **forms: Any) -> HttpResponse:
    officer = desk.officer(request)
    may = officer.may("correction.settle") and row.state == CorrectionRequest.State.OPEN
    context = {
        "row": row, "late": row.state == CorrectionRequest.State.OPEN and row.due_on < timezone.localdate(),
        "today": timezone.localdate(),
        "take_up_form": TakeUpForm(events=_events(request, row)) if may else None,
        "refuse_form": RefuseForm() if may and row.recorded_by != officer.username else None,
        **forms,
    }  # fmt: skip
    return desk.page(request, "office/rights/correction.html", context, refusal=refusal)


def _events(request: HttpRequest, row: CorrectionRequest) -> list[tuple[str, str]]:
    """Corrections proposed for the household since the request: (id, kind and day)."""
    found = queries_history.events_of(desk.officer(request), row.person.household)
    recent = found.filter(proposed_at__gte=row.recorded_at, state__in=("proposed", "approved"))[:20]
    return [(str(event.pk), f"{say('life_event', event.kind)}, {day(event.happened_on)}") for event in recent]


@require_POST
@desk.needs("correction.settle")
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    form = TakeUpForm(request.POST, events=_events(request, row))

    def settle() -> None:
        given = form.cleaned_data
        event = LifeEvent.objects.get(pk=given["event"]) if given["event"] else None
        actions.take_up_correction(request=row.pk, event=event, note=given["note"], by=desk.officer(request))

    again = partial(_not_settled, request, row, take_up_form=form)
    return desk.act(request, settle, again, _("The request is settled."), "office:correction", pk, form=form)


@require_POST
@desk.needs("correction.settle")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _mine(request, pk), RefuseForm(request.POST)
    again = partial(_not_settled, request, row, refuse_form=form)
    return desk.act(
        request,
        lambda: actions.refuse_correction(request=row.pk, reason=form.cleaned_data["reason"], by=desk.officer(request)),
        again, _("The request is turned down, with the reason."), "office:correction", pk, form=form,
    )  # fmt: skip


def _not_settled(request: HttpRequest, row: CorrectionRequest, why: str, **forms: Any) -> HttpResponse:
    return _correction_page(request, row, why, **forms)
