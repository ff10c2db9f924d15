"""The plan over time: what falls due in each quarter, what moved since a day, reminders and who is silent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import actions_plan as actions
from shohay.stages.coordination import queries_plan as plans
from shohay.stages.coordination import queries_plan_work as work
from shohay.stages.coordination.models_plan import PlanObligation
from shohay.web.office import desk, exports
from shohay.web.office.coordination import shown
from shohay.web.office.coordination.views import address
from shohay.web.office.exports import Field
from shohay.web.parts import pager
from shohay.web.templatetags.shohay import local, num

MOVED_DAYS = 90  # what "since the last meeting" means where no day is given


# ------------------------------------------------------------------------------------------------- calendar


@require_GET
@desk.needs("plan.view")
def calendar(request: HttpRequest) -> HttpResponse:
    """Everything that falls due, quarter by quarter, and how much of it is done by the day asked for."""
    officer, on, ministry = desk.officer(request), shown.on_of(request.GET), request.GET.get("ministry", "")
    context = {
        "years": _years(officer, on, ministry), "tab": "calendar", **shown.filters(request.GET), "here": "plan",
    }  # fmt: skip
    return desk.page(request, "office/coordination/calendar.html", context)


def _years(officer: Officer, on: date, ministry: str) -> list[dict[str, Any]]:
    states = dict(plans.items(officer, on=on, kind="all", ministry=ministry).values_list("pk", "state"))
    done = set(plans.verified(on).filter(claim="completed").values_list("obligation", flat=True))
    quarters: dict[tuple[int, int], dict[str, int]] = {}
    owed = PlanObligation.objects.filter(item__in=states)
    for pk, item, due in owed.values_list("pk", "item_id", "due"):
        tally = quarters.setdefault(
            (FiscalYear.of(due).starts, (due.month - 7) % 12 // 3), {"due": 0, "done": 0, "late": 0}
        )
        ended = pk in done or states[item] in plans.ENDED
        tally["due"] += 1
        tally["done"] += ended
        tally["late"] += not ended and due < on
    years = sorted({year for year, _quarter in quarters})
    return [
        {
            "name": str(FiscalYear(year)),
            "quarters": [_quarter(year, n, quarters.get((year, n)), on, ministry) for n in range(4)],
        }
        for year in years
    ]


def _quarter(year: int, n: int, tally: dict[str, int] | None, on: date, ministry: str) -> dict[str, Any]:
    first = date(year + (n > 1), (n * 3 + 6) % 12 + 1, 1)
    last = (first + timedelta(92)).replace(day=1) - timedelta(1)
    filters = {"kind": "all", "from": first.isoformat(), "to": last.isoformat()} | (
        {"ministry": ministry} if ministry else {}
    )
    return {
        "first": first, "last": last, "tally": tally, "now": first <= on <= last,
        "href": address({"on": on.isoformat()}, **filters),
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------------- moved


def _since(asked: exports.Asked) -> date:
    return shown.day_of(asked, "since") or shown.on_of(asked) - timedelta(MOVED_DAYS)


def _moved(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """What moved, what somebody did first, then what only the calendar did."""
    ministry = asked.get("ministry", "")
    found = []
    for move in plans.moved_since(officer, _since(asked), shown.on_of(asked)):
        if ministry and move.item.owner_id != ministry and not any(u.ministry_id == ministry for u in move.updates):
            continue
        said = move.updates[0] if move.updates else None
        found.append({
            "item": move.item, "code": move.item.pk, "activity": local(move.item, "activity"),
            "owner": local(move.item.owner, "name") if move.item.owner else "", "was": move.was, "now": move.now,
            "update": said, "told": local(said, "text") if said else "",
            "verified": said.verified_on if said else None,
        })  # fmt: skip
    return sorted(found, key=lambda row: (row["update"] is None, row["item"].order))


exports.declare("plan-moved", gettext_noop("What moved in the action plan"), _moved, ("plan.view",), [
    Field(gettext_noop("No."), "code"), Field(gettext_noop("Ministry or division"), "owner"),
    Field(gettext_noop("Promise"), "activity"), Field(gettext_noop("It was"), "was", "plan_state"),
    Field(gettext_noop("It is"), "now", "plan_state"), Field(gettext_noop("What was done"), "told"),
    Field(gettext_noop("Verified on"), "verified", "day"),
])  # fmt: skip


@require_GET
@desk.needs("plan.view")
def moved(request: HttpRequest) -> HttpResponse:
    """What changed since the last meeting, or since any day."""
    if kind := exports.wanted(request):
        return exports.answer(request, "plan-moved", kind)
    rows = _moved(desk.officer(request), request.GET)
    context = {
        "rows": rows, "since": _since(request.GET), "told": sum(1 for row in rows if row["update"]),
        "completed": sum(1 for row in rows if row["now"] in plans.COMPLETE and row["was"] not in plans.COMPLETE),
        "late": sum(1 for row in rows if row["now"] in plans.OVERDUE and row["was"] not in plans.OVERDUE),
        "tab": "moved", **shown.filters(request.GET),
    }  # fmt: skip
    return desk.page(request, "office/coordination/moved.html", context)


# ------------------------------------------------------------------------------------------------ reminders


def _reminded(officer: Officer, asked: exports.Asked) -> Any:
    """All of them, or those of the newest month that nobody answered: what the desk counts."""
    ministry = asked.get("ministry", "")
    if asked.get("open", "") != "1":
        return work.reminders(officer, ministry=ministry).order_by("-pk")
    found = work.open_reminders(officer).order_by("-pk")
    return found.filter(ministry=ministry) if ministry else found


exports.declare("plan-reminders", gettext_noop("Reminders"), _reminded, ("plan.view",), [
    Field(gettext_noop("Month"), "month", "day"),
    Field(gettext_noop("Ministry or division"), "ministry__name_{language}"),
    Field(gettext_noop("No."), "item__code"), Field(gettext_noop("Status"), "state", "plan_state"),
    Field(gettext_noop("Due by"), "due", "day"), Field(gettext_noop("Answered"), "answered", "yes_no"),
])  # fmt: skip


@require_GET
@desk.needs("plan.view")
def reminders(request: HttpRequest) -> HttpResponse:
    """What the ministries were reminded of and did not answer, and the ministries that are silent."""
    if kind := exports.wanted(request):
        return exports.answer(request, "plan-reminders", kind)
    officer, on = desk.officer(request), shown.on_of(request.GET)
    context = {
        "rows": pager.page(request, _reminded(officer, request.GET), order=("-pk",)),
        "silent": work.silent(officer, on), "tab": "reminders", "open": request.GET.get("open", "") == "1",
        **shown.filters(request.GET),
    }  # fmt: skip
    return desk.page(request, "office/coordination/reminders.html", context)


@require_POST
@desk.needs("plan.manage")
def remind(request: HttpRequest) -> HttpResponse:
    """The reminders of this month now, without waiting for the night."""
    made: list[int] = []
    refusal = desk.attempt(lambda: made.append(actions.remind(on=shown.on_of({}), by=desk.officer(request))))
    if not refusal:
        desk.done(request, _("%(n)s new reminders this month.") % {"n": num(made[0])})
    return redirect("office:plan-reminders")
