"""What waits for an officer: one line per kind of work that the role may do, counted within their areas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries_plan as plans
from shohay.stages.coordination import queries_plan_work as plan_work
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.grievance.models import Grievance
from shohay.stages.intake.models import Upload
from shohay.stages.linkage.models import Merge, Pair
from shohay.stages.payments import queries_again as again
from shohay.stages.payments import queries_kind as goods
from shohay.stages.payments.models import Payment, Payroll
from shohay.stages.registry import queries_accounts as accounts
from shohay.stages.registry import queries_history
from shohay.stages.registry.models_verification import Finding
from shohay.stages.targeting.models import SelectionList
from shohay.web.office.accounts import tasks_reform

COUNT_UP_TO = 9999  # counting further would take longer than the page itself


class Task(NamedTuple):
    """One line of the desk. ``urgent``: something is late."""

    label: str
    number: int
    more: bool  # there are more than ``number``
    name: str  # of the address, for the rail
    address: str
    urgent: bool = False


def tasks(officer: Officer) -> list[Task]:
    """Kinds of work with something waiting, late ones first. One count query a kind that the role may do."""
    found = []
    for permission, label, name, question, waiting, urgent in _kinds():
        if not officer.may(permission):
            continue
        count = waiting(officer).order_by()[: COUNT_UP_TO + 1].count()
        if count:
            more = count > COUNT_UP_TO
            shown = min(count, COUNT_UP_TO)
            found.append(Task(label, shown, more, name, reverse(f"office:{name}") + question, urgent))
    return sorted(found, key=lambda task: not task.urgent)


def _kinds() -> list[tuple[str, str, str, str, Callable[[Officer], QuerySet[Any]], bool]]:
    """(permission, label, address, its question, what is counted, late work?)."""
    return [
        ("grievance.answer", _("Grievances past their day"), "grievances", "?state=late", _late_grievances, True),
        ("grievance.answer", _("Grievances to answer"), "grievances", "?state=open", _open_grievances, False),
        ("upload.create", _("Files with rows to correct"), "uploads", "", _files_to_mend, False),
        ("finding.decide", _("Serious mismatches to look at"), "findings", "?severity=serious", _serious, False),
        ("pair.decide", _("Possible duplicates to look at"), "pairs", "", _pairs, False),
        ("merge.approve", _("Merges to approve"), "merges", "", _merges, False),
        ("event.approve", _("Life events to approve"), "events", "", _events, False),
        ("list.approve", _("Selection lists to approve"), "lists", "?state=proposed", _lists_to_approve, False),
        ("list.propose", _("Selection lists returned"), "lists", "?state=returned", _lists_returned, False),
        ("enrolment.create", _("Approved lists to enrol"), "lists", "?state=approved", _lists_to_enrol, False),
        ("enrolment.stop", _("Proposed stops to approve"), "stops", "", _stops, False),
        ("payroll.approve", _("Payrolls to approve"), "payrolls", "?state=prepared", _payrolls_to_approve, False),
        ("payroll.send", _("Payrolls to send to the bank"), "payrolls", "?state=approved", _payrolls_to_send, False),
        ("payment.reconcile", _("Payrolls to reconcile"), "payrolls", "?state=answered", _payrolls_answered, False),
        ("payment.reconcile", _("Returned payments"), "returns", "", _returned, False),
        ("account.approve", _("Changed accounts to approve"), "accounts", "", accounts.waiting_for_approval, False),
        ("payroll.approve", _("Returned money to approve again"), "supplements", "", again.waiting_for_approval, False),
        (
            "distribution.approve",
            _("Distribution lists to approve"),
            "distributions",
            "?state=prepared",
            goods.waiting_for_approval,
            False,
        ),
        ("plan.update", _("Updates that came back"), "plan-updates", "", plan_work.returned, True),
        ("plan.update", _("Items to report on"), "plan-reminders", "?open=1", plan_work.open_reminders, True),
        ("plan.verify", _("Updates of the plan to verify"), "plan-updates", "", plan_work.to_verify, False),
        ("plan.view", _("Reform actions past their day"), "plan-items", "?state=late&mine=1", _late_actions, True),
        *tasks_reform.kinds(),
    ]


def _in(officer: Officer, rows: QuerySet[Any], *, programme: bool = True) -> QuerySet[Any]:
    scope = officer.area_filter() & (officer.programme_filter() if programme else Q())
    return rows.filter(scope)


def _open_grievances(officer: Officer) -> QuerySet[Any]:
    return _in(officer, Grievance.objects.filter(state__in=("filed", "appealed")), programme=False)


def _late_grievances(officer: Officer) -> QuerySet[Any]:
    return _open_grievances(officer).filter(due_on__lt=timezone.localdate())


def _files_to_mend(officer: Officer) -> QuerySet[Any]:
    return _in(officer, Upload.objects.filter(rows_bad__gt=0), programme=False)


def _serious(officer: Officer) -> QuerySet[Any]:
    return _in(officer, Finding.objects.filter(state="open", severity="serious"), programme=False)


def _pairs(officer: Officer) -> QuerySet[Any]:
    return _in(officer, Pair.objects.filter(band="review", decision=""), programme=False)


def _merges(officer: Officer) -> QuerySet[Any]:
    waiting = Merge.objects.filter(approved_by="", undone_at__isnull=True).exclude(proposed_by=officer.username)
    return waiting.filter(officer.area_filter("kept__area_code"))


def _events(officer: Officer) -> QuerySet[Any]:
    return queries_history.waiting(officer).exclude(proposed_by=officer.username)


def _lists_to_approve(officer: Officer) -> QuerySet[Any]:
    return _in(officer, SelectionList.objects.filter(state="proposed").exclude(proposed_by=officer.username))


def _lists_returned(officer: Officer) -> QuerySet[Any]:
    return _in(officer, SelectionList.objects.filter(state="returned"))


def _lists_to_enrol(officer: Officer) -> QuerySet[Any]:
    return _in(officer, SelectionList.objects.filter(state="approved", selected__gt=0, enrolments__isnull=True))


def _stops(officer: Officer) -> QuerySet[Any]:
    proposed = Enrolment.objects.filter(stop_approved_by="").exclude(stop_proposed_by__in=("", officer.username))
    return _in(officer, proposed)


def _payrolls(officer: Officer, *states: str) -> QuerySet[Any]:
    """Payrolls in these states that pay somebody: one without a line is finished as it is."""
    found = Payroll.objects.filter(state__in=states, lines__gt=0)
    return found.filter(officer.area_filter(), officer.programme_filter("cycle__programme_code"))


def _payrolls_to_approve(officer: Officer) -> QuerySet[Any]:
    return _payrolls(officer, "prepared").exclude(prepared_by=officer.username)


def _payrolls_to_send(officer: Officer) -> QuerySet[Any]:
    return _payrolls(officer, "approved")


def _payrolls_answered(officer: Officer) -> QuerySet[Any]:
    return _payrolls(officer, "answered")


def _returned(officer: Officer) -> QuerySet[Any]:
    return _in(officer, Payment.objects.filter(state__in=("returned", "rejected")))


def _late_actions(officer: Officer) -> QuerySet[Any]:
    """Of the officer's own ministries where the duty is bound to some."""
    return plans.late_items(officer, timezone.localdate()).filter(officer.ministry_filter("owner"))
