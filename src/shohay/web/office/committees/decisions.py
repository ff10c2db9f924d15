"""Decisions of committees: open and late, followed up by their owners, closed by another officer."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_of
from shohay.stages.coordination import actions_decisions as actions
from shohay.stages.coordination import queries_decisions as queries
from shohay.stages.coordination.models_committees import CommitteeKind, Decision
from shohay.stages.coordination.queries_committees import may_manage
from shohay.web.office import desk, exports
from shohay.web.office.committees.forms import CheckForm, FollowForm, WithdrawForm, ministries
from shohay.web.office.exports import Field
from shohay.web.parts import pager
from shohay.web.templatetags.shohay import num

STATES = ("late", "binding", "draft", "open", "reported", "closed", "withdrawn")
ORDER = ("order_day", "id")


def _asked(officer: Officer, asked: exports.Asked) -> dict[str, str]:
    """The filters of the page; a focal point begins with what is theirs, everybody with what binds."""
    state, level = asked.get("state", "binding"), asked.get("level", "")
    own = officer.ministries[0] if len(officer.ministries) == 1 else ""
    return {
        "state": state if state in STATES else "", "ministry": asked.get("ministry", own),
        "level": level if level in CommitteeKind.Level.values else "", "committee": asked.get("committee", ""),
        "text": asked.get("q", "").strip(),
    }  # fmt: skip


def _listed(officer: Officer, asked: exports.Asked) -> QuerySet[Decision]:
    return queries.decisions(officer, on=timezone.localdate(), **_asked(officer, asked)).order_by("due_on", "id")


exports.declare("decisions", gettext_noop("Decisions of committees"), _listed, ("committee.view",), [
    Field(gettext_noop("Committee"), "meeting__committee__name_{language}"),
    Field(gettext_noop("Meeting of"), "meeting__meets_on", "day"), Field(gettext_noop("What was decided"), "text"),
    Field(gettext_noop("Ministry that carries it out"), "ministry__name_{language}"),
    Field(gettext_noop("Or the office"), "office"), Field(gettext_noop("To be done by"), "due_on", "day"),
    Field(gettext_noop("State"), "state", "decision_state"), Field(gettext_noop("Late"), "is_late", "yes_no"),
    Field(gettext_noop("Closed on"), "closed_on", "day"),
])  # fmt: skip


@require_GET
@desk.needs("committee.view")
def decisions(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "decisions", kind)
    officer, on = desk.officer(request), timezone.localdate()
    asked = _asked(officer, request.GET.dict())
    found = queries.decisions(officer, on=on, **asked)
    tallies = queries.counts(officer, on=on)
    context = {
        "rows": pager.page(request, queries.in_order(found), order=ORDER), "asked": asked, "on": on,
        "states": STATES, "ministries": ministries(empty=""), "levels": CommitteeKind.Level.values,
        "tiles": _tiles(tallies), "late": sum(row.late for row in tallies),
        "binding": sum(row.open + row.reported for row in tallies),
    }  # fmt: skip
    return desk.page(request, "office/committees/decisions.html", context)


def _tiles(tallies: list[queries.Tally]) -> list[dict[str, object]]:
    here = reverse("office:decisions")
    shown = [
        (_("Open"), sum(row.open for row in tallies), "open", ""),
        (_("Late"), sum(row.late for row in tallies), "late", "bad"),
        (_("Reported, to be checked"), sum(row.reported for row in tallies), "reported", "wait"),
        (_("Closed"), sum(row.closed for row in tallies), "closed", "good"),
    ]
    return [
        {"label": label, "value": num(value), "note": "", "href": f"{here}?state={state}&ministry=",
         "tone": tone if value else ""}
        for label, value, state, tone in shown
    ]  # fmt: skip


@require_GET
@desk.needs("committee.view")
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    return _decision_page(request, _mine(request, pk))


def _mine(request: HttpRequest, pk: int) -> Decision:
    row = queries.decision(desk.officer(request), pk, on=timezone.localdate())
    if row is None:
        raise Http404
    return row


def _decision_page(request: HttpRequest, row: Decision, refusal: str = "", **forms: Any) -> HttpResponse:
    """What was decided, who does it by when, what was done; what this officer may do now."""
    officer, committee = desk.officer(request), row.meeting.committee
    manages = may_manage(officer, committee)
    follows = queries.may_follow(officer, row, committee) and row.state == Decision.State.OPEN
    checks = manages and row.state == Decision.State.REPORTED and row.reported_by != officer.username
    items = [link.item for link in row.actions.select_related("item__action", "item__cluster_action")]
    context = {
        "decision": row, "committee": committee, "meeting": row.meeting, "notes": queries.notes(row),
        "files": evidence_of("decision", row.pk), "items": items,
        "follow_form": FollowForm() if follows else None, "check_form": CheckForm() if checks else None,
        "withdraw_form": WithdrawForm() if manages and row.state in queries.BINDING else None,
        **forms,
    }  # fmt: skip
    return desk.page(request, "office/committees/decision.html", context, refusal=refusal)


def _refused(request: HttpRequest, row: Decision, why: str, **forms: Any) -> HttpResponse:
    return _decision_page(request, row, why, **forms)


@require_POST
@desk.needs("decision.follow")
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """A note with a file, or the report that it is carried out."""
    row, form = _mine(request, pk), FollowForm(request.POST, request.FILES)

    def note() -> None:
        given, file = form.cleaned_data, form.cleaned_data["paper"]
        action = actions.report_done if given["done"] == "yes" else actions.follow_up
        action(
            decision=row, note=given["note"], data=file.read() if file else b"", file_name=file.name if file else "",
            title=given["title"], by=desk.officer(request),
        )  # fmt: skip

    again = partial(_refused, request, row, follow_form=form)
    return desk.act(request, note, again, _("It is written down."), "office:decision", pk, form=form)


@require_POST
@desk.needs("committee.manage")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Another officer looks at the evidence: closed, or back to the owner."""
    row, form = _mine(request, pk), CheckForm(request.POST)

    def answer() -> None:
        action = actions.close_decision if form.cleaned_data["answer"] == "close" else actions.return_decision
        action(decision=row, note=form.cleaned_data["note"], by=desk.officer(request))

    again = partial(_refused, request, row, check_form=form)
    return desk.act(request, answer, again, _("It is written down."), "office:decision", pk, form=form)


@require_POST
@desk.needs("committee.manage")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _mine(request, pk), WithdrawForm(request.POST)
    again = partial(_refused, request, row, withdraw_form=form)
    return desk.act(
        request, lambda: actions.withdraw_decision(decision=row, by=desk.officer(request), **form.cleaned_data), again,
        _("It no longer binds."), "office:decision", pk, form=form,
    )  # fmt: skip
