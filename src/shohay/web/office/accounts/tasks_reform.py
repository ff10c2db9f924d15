"""What waits for an officer of rules, committees and evaluations; counted as the other kinds of work are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries_committees, queries_decisions, queries_performance
from shohay.stages.programmes import queries_drafts
from shohay.stages.results import queries_evaluations

Kind = tuple[str, str, str, str, Callable[[Officer], QuerySet[Any]], bool]


def kinds() -> list[Kind]:
    """(permission, label, address, its question, what is counted, late work?)."""
    return [
        ("definition.publish", _("Drafts of rules to publish"), "rule-drafts", "?state=submitted", _to_publish, False),
        ("definition.propose", _("Drafts of rules sent back"), "rule-drafts", "?state=open", _sent_back, False),
        ("decision.follow", _("Decisions past their day"), "decisions", "?state=late", _late, True),
        ("committee.manage", _("Decisions to check"), "decisions", "?state=reported&ministry=", _to_check, False),
        ("committee.manage", _("Minutes to confirm"), "meetings", "?show=draft", _to_confirm, False),
        ("plan.verify", _("Achievements to verify"), "performance", "?state=reported", _achieved, False),
        ("evaluation.respond", _("Overdue recommendations"), "recommendations", "?state=overdue", _overdue, True),
        ("evaluation.respond", _("Recommendations to answer"), "recommendations", "?state=waiting", _to_answer, False),
        ("evaluation.manage", _("Recommendations to verify"), "recommendations", "?state=reported", _to_verify, False),
    ]


def _to_publish(officer: Officer) -> QuerySet[Any]:
    """Drafts of other officers."""
    return queries_drafts.drafts(officer).filter(state="submitted").exclude(started_by=officer.username)


def _sent_back(officer: Officer) -> QuerySet[Any]:
    return queries_drafts.drafts(officer).filter(state="open", started_by=officer.username).exclude(reason="")


def _decisions(officer: Officer, state: str) -> QuerySet[Any]:
    return queries_decisions.decisions(officer, on=timezone.localdate(), state=state)


def _late(officer: Officer) -> QuerySet[Any]:
    """Of the officer's own ministries where the duty is bound to some."""
    return _decisions(officer, "late").filter(officer.ministry_filter())


def _to_check(officer: Officer) -> QuerySet[Any]:
    return _decisions(officer, "reported").exclude(reported_by=officer.username)


def _to_confirm(officer: Officer) -> QuerySet[Any]:
    return queries_committees.meetings(officer).filter(minutes_state="draft").exclude(minutes_by=officer.username)


def _achieved(officer: Officer) -> QuerySet[Any]:
    found = queries_performance.items(officer, state="reported").filter(officer.ministry_filter())
    return found.exclude(reported_by=officer.username)


def _recommendations(officer: Officer, state: str) -> QuerySet[Any]:
    found = queries_evaluations.recommendations(officer, on=timezone.localdate(), state=state)
    return found.filter(officer.ministry_filter())


def _overdue(officer: Officer) -> QuerySet[Any]:
    return _recommendations(officer, "overdue")


def _to_answer(officer: Officer) -> QuerySet[Any]:
    return _recommendations(officer, "waiting")


def _to_verify(officer: Officer) -> QuerySet[Any]:
    return _recommendations(officer, "reported").exclude(reported_by=officer.username)
