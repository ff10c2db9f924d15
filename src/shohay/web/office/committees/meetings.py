"""Meetings: called with agenda and papers, held, minutes drafted and confirmed, decisions written down."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import events_about, evidence_of
from shohay.stages.coordination import actions_decisions, queries_decisions
from shohay.stages.coordination import actions_meetings as actions
from shohay.stages.coordination import queries_committees as queries
from shohay.stages.coordination.models_committees import Committee, Decision, Meeting
from shohay.web.office import desk
from shohay.web.office.committees.forms import (
    AgendaForm,
    CallForm,
    CancelForm,
    DecisionForm,
    MinutesForm,
    MoveForm,
    PaperForm,
    ministry,
)
from shohay.web.office.committees.views import found as committee_of


@require_http_methods(["GET", "POST"])
@desk.needs("committee.manage")
def call(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a new meeting, and the meeting."""
    committee = committee_of(request, code)
    if not queries.may_manage(desk.officer(request), committee):
        raise Http404
    if request.method == "GET":
        return _call_page(request, committee, CallForm())
    form, made = CallForm(request.POST), []
    if not form.is_valid():
        return _call_page(request, committee, form)
    given = {**form.cleaned_data, "agenda": form.cleaned_data["agenda"].splitlines()}
    refusal = desk.attempt(
        lambda: made.append(actions.call_meeting(committee=committee, by=desk.officer(request), **given))
    )
    if refusal:
        return _call_page(request, committee, form, refusal)
    desk.done(request, _("The meeting is called. Print the notice, and attach the papers."))
    return redirect("office:meeting", made[0].pk)


def _call_page(request: HttpRequest, committee: Committee, form: CallForm, refusal: str = "") -> HttpResponse:
    officer, on = desk.officer(request), timezone.localdate()
    context = {
        "committee": committee, "form": form,
        "open": queries_decisions.decisions(officer, on=on, state="binding", committee=committee.code).count(),
    }  # fmt: skip
    return desk.page(request, "office/committees/call.html", context, refusal=refusal)


def mine(request: HttpRequest, pk: int) -> Meeting:
    row = queries.meeting(desk.officer(request), pk)
    if row is None:
        raise Http404
    return row


@require_GET
@desk.needs("committee.view")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    return _meeting_page(request, mine(request, pk))


@require_GET
@desk.needs("committee.view")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice to print and to send: when, where, who, what about."""
    row = mine(request, pk)
    context = {
        "meeting": row, "agenda": queries.agenda(row), "members": queries.members(row.committee, on=row.meets_on),
        "papers": evidence_of("meeting", row.pk), "today": timezone.localdate(),
        "open": queries_decisions.open_before(desk.officer(request), row, on=timezone.localdate()),
    }  # fmt: skip
    return desk.page(request, "office/committees/notice.html", context)


def _meeting_page(request: HttpRequest, row: Meeting, refusal: str = "", **forms: Any) -> HttpResponse:
    officer, on = desk.officer(request), timezone.localdate()
    context = {
        "meeting": row, "committee": row.committee, "on": on, "agenda": list(queries.agenda(row)),
        "papers": evidence_of("meeting", row.pk), "attendance": list(queries.attendance(row)),
        "decisions": queries_decisions.of_meeting(officer, row, on=on),
        "open": list(queries_decisions.open_before(officer, row, on=on)),
        "short": (row.meets_on - timezone.localtime(row.called_at).date()).days < row.committee.kind.notice_days,
        "events": events_about("meeting", row.pk)[:12], **_forms(officer, row), **forms,
    }  # fmt: skip
    context["bound"] = [form for form in forms.values() if form is not None]
    return desk.page(request, "office/committees/meeting.html", context, refusal=refusal)


def _forms(officer: Officer, row: Meeting) -> dict[str, Any]:
    """What can be done now, by this officer."""
    if not queries.may_manage(officer, row.committee) or row.state == Meeting.State.CANCELLED:
        return {}
    shown: dict[str, Any] = {"manages": True}
    come = row.meets_on <= timezone.localdate()
    open_ = row.minutes_state != Meeting.Minutes.CONFIRMED
    if row.state == Meeting.State.CALLED:
        agenda = "\n".join(point.title for point in queries.agenda(row))
        shown |= {"agenda_form": AgendaForm(initial={"agenda": agenda}), "cancel_form": CancelForm()}
        shown["move_form"] = MoveForm(initial={"meets_on": row.meets_on})
    if row.state != Meeting.State.NO_QUORUM:
        shown["paper_form"] = PaperForm()
    if come and open_:
        shown["roll"] = _roll(row)
    if row.state == Meeting.State.HELD and open_:
        shown |= {"minutes_form": MinutesForm(initial={"minutes": row.minutes}), "decision_form": DecisionForm()}
        decided = Decision.objects.filter(meeting=row, recorded_by=officer.username).exists()
        drafted = row.minutes_state == Meeting.Minutes.DRAFT
        shown["may_confirm"] = drafted and row.minutes_by != officer.username and not decided
    return shown


def _roll(row: Meeting) -> list[dict[str, Any]]:
    """The members of the day; whether they came is what was written down, else not yet known."""
    came = {one.member_id: one for one in queries.attendance(row)}
    return [
        {"member": member, "present": came[member.pk].present if member.pk in came else False,
         "deputy": came[member.pk].deputy if member.pk in came else ""}
        for member in queries.members(row.committee, on=row.meets_on)
    ]  # fmt: skip


def _refused(request: HttpRequest, row: Meeting, why: str, **forms: Any) -> HttpResponse:
    return _meeting_page(request, row, why, **forms)


@require_POST
@desk.needs("committee.manage")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = mine(request, pk), MoveForm(request.POST)
    again = partial(_refused, request, row, move_form=form)
    return desk.act(
        request, lambda: actions.move_meeting(meeting=row, by=desk.officer(request), **form.cleaned_data), again,
        _("The meeting is moved. Send the notice again."), "office:meeting", pk, form=form,
    )  # fmt: skip


@require_POST
@desk.needs("committee.manage")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = mine(request, pk), CancelForm(request.POST)
    again = partial(_refused, request, row, cancel_form=form)
    return desk.act(
        request, lambda: actions.cancel_meeting(meeting=row, by=desk.officer(request), **form.cleaned_data), again,
        _("The meeting is called off."), "office:meeting", pk, form=form,
    )  # fmt: skip


@require_POST
@desk.needs("committee.manage")
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = mine(request, pk), AgendaForm(request.POST)

    def write() -> None:
        actions.set_agenda(meeting=row, agenda=form.cleaned_data["agenda"].splitlines(), by=desk.officer(request))

    again = partial(_refused, request, row, agenda_form=form)
    return desk.act(request, write, again, _("The agenda is changed."), "office:meeting", pk, form=form)


@require_POST
@desk.needs("committee.manage")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = mine(request, pk), PaperForm(request.POST, request.FILES)

    def add() -> None:
        file = form.cleaned_data["paper"]
        actions.add_paper(
            meeting=row, data=file.read(), file_name=file.name, title=form.cleaned_data["title"],
            by=desk.officer(request),
        )  # fmt: skip

    again = partial(_refused, request, row, paper_form=form)
    return desk.act(request, add, again, _("The paper is attached."), "office:meeting", pk, form=form)


@require_POST
@desk.needs("committee.manage")
def attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came: ticked members, and the names of those who came for them."""
    row = mine(request, pk)
    present = [int(text) for text in request.POST.getlist("present") if text.isdigit()]
    deputies = {
        int(name.removeprefix("deputy-")): str(value).replace("\x00", "")
        for name, value in request.POST.items()
        if name.startswith("deputy-") and name.removeprefix("deputy-").isdigit()
    }
    return desk.act(
        request,
        lambda: actions.record_attendance(meeting=row, present=present, deputies=deputies, by=desk.officer(request)),
        partial(_refused, request, row), _("The attendance is written down."), "office:meeting", pk,
    )  # fmt: skip


@require_POST
@desk.needs("committee.manage")
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = mine(request, pk), MinutesForm(request.POST)

    def draft() -> None:
        actions.draft_minutes(meeting=row, text=form.cleaned_data["minutes"], by=desk.officer(request))

    again = partial(_refused, request, row, minutes_form=form)
    said = _("The minutes are kept as a draft. Another officer confirms them.")
    return desk.act(request, draft, again, said, "office:meeting", pk, form=form)


@require_POST
@desk.needs("committee.manage")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    row = mine(request, pk)
    return desk.act(
        request, lambda: actions.confirm_minutes(meeting=row, by=desk.officer(request)),
        partial(_refused, request, row), _("The minutes are confirmed; the decisions bind from now on."),
        "office:meeting", pk,
    )  # fmt: skip


@require_POST
@desk.needs("committee.manage")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = mine(request, pk), DecisionForm(request.POST)

    def write() -> None:
        given = form.cleaned_data
        actions_decisions.decide(
            meeting=row, text=given["text"], ministry=ministry(given["ministry"]), office=given["office"],
            due_on=given["due_on"], items=given["items"].split(","), by=desk.officer(request),
        )  # fmt: skip

    again = partial(_refused, request, row, decision_form=form)
    return desk.act(request, write, again, _("The decision is written down."), "office:meeting", pk, form=form)


@require_POST
@desk.needs("committee.manage")
def drop(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    row = mine(request, pk)
    wrong = Decision.objects.filter(meeting=row, pk=decision).select_related("meeting__committee").first()
    if wrong is None:
        raise Http404
    return desk.act(
        request, lambda: actions_decisions.drop_decision(decision=wrong, by=desk.officer(request)),
        partial(_refused, request, row), _("It is taken out."), "office:meeting", pk,
    )  # fmt: skip
