"""The left rail: what a role may open, in the order of the data.

``frame`` context: ``rail(officer)`` gives groups of entries; an entry is shown when the officer has any of its
permissions. The same table is what the permission tests read.
"""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from shohay.stages.accounts.officer import Officer

_ = gettext_noop


class Entry(NamedTuple):
    """One line of the rail; ``name`` is the name of the address without its namespace."""

    name: str
    label: str
    address: str


class Group(NamedTuple):
    label: str
    entries: tuple[Entry, ...]


# (heading, ((address name, English label, permissions of which one is enough), ...)); () = every officer
TABLE: tuple[tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...] = (
    ("", (("home", _("My desk"), ()),)),
    (
        _("People"),
        (
            ("uploads", _("Files received"), ("upload.view",)),
            ("drafts", _("Type in a household"), ("upload.create",)),
            ("people", _("Find a person"), ("person.search",)),
            ("events", _("Life events"), ("event.view",)),
            ("pairs", _("Possible duplicates"), ("pair.decide", "run.start")),
            ("merges", _("Merges"), ("merge.propose", "merge.approve")),
            ("accounts", _("Changed accounts"), ("account.propose", "account.approve")),
            ("corrections", _("Requests for correction"), ("correction.view",)),
            ("verification", _("Verification"), ("verification.view",)),
            ("findings", _("What does not agree"), ("finding.decide", "verification.view")),
            ("quality", _("Quality of records"), ("quality.view",)),
            ("quality-tasks", _("Work list"), ("quality.task",)),
        ),
    ),
    (
        _("Selection"),
        (
            ("definitions", _("Programme rules"), ("definition.view",)),
            ("rule-drafts", _("Drafts of rules"), ("definition.view",)),
            ("facts", _("Facts of the rules"), ("definition.view",)),
            ("lab", _("Policy lab"), ("lab.view",)),
            ("scores", _("Poverty scores"), ("definition.view", "survey.view")),
            ("snapshots", _("Snapshots"), ("snapshot.take", "run.view")),
            ("runs", _("Eligibility runs"), ("run.view",)),
            ("quotas", _("Quotas"), ("quota.set", "list.view")),
            ("allocations", _("Allocations"), ("quota.set", "quota.approve", "list.view")),
            (
                "area-facts",
                _("Area facts"),
                (
                    "quota.set",
                    "quota.approve",
                    "list.view",
                    "definition.view",
                    "dashboard.view",
                ),
            ),
            ("lists", _("Selection lists"), ("list.view",)),
            ("enrolments", _("Beneficiaries"), ("enrolment.view",)),
            ("lists-shown", _("Lists shown in public"), ("enrolment.view",)),
            ("transitions", _("Ends and moves"), ("enrolment.view",)),
            ("stops", _("Proposed stops"), ("enrolment.stop",)),
        ),
    ),
    (
        _("Payments"),
        (
            ("payrolls", _("Cycles and payrolls"), ("payroll.view",)),
            ("returns", _("Returned payments"), ("payroll.view",)),
            ("supplements", _("Paid again"), ("payroll.view",)),
            ("distributions", _("Goods to hand over"), ("distribution.view", "payroll.view")),
            ("ledger", _("Ledger"), ("ledger.view",)),
        ),
    ),
    (
        _("Answers and results"),
        (
            ("grievances", _("Grievances"), ("grievance.view",)),
            ("dashboard", _("Dashboard"), ("dashboard.view",)),
            ("reform", _("State of the reform"), ("plan.view",)),
            ("chain", _("The chain in numbers"), ("dashboard.view",)),
            ("indicators", _("Indicators"), ("indicator.view",)),
            ("indicator-queue", _("Reported values"), ("indicator.submit", "indicator.verify")),
            ("plan", _("Action plan"), ("plan.view",)),
            ("reports", _("Progress reports"), ("report.view",)),
            ("audit", _("Audit log"), ("audit.view",)),
        ),
    ),
    (
        _("Reform"),
        (
            ("plan-updates", _("Updates of the plan"), ("plan.verify", "plan.update")),
            ("plan-reminders", _("Reminders"), ("plan.view",)),
            ("checks", _("Checking of reports"), ("report.check",)),
            ("committees", _("Committees"), ("committee.view",)),
            ("decisions", _("Decisions"), ("committee.view",)),
            ("performance", _("Performance agreements"), ("plan.view",)),
            ("trainings", _("Trainings"), ("committee.view",)),
            ("evaluations", _("Evaluations"), ("evaluation.view",)),
            ("recommendations", _("Recommendations"), ("evaluation.view",)),
            ("surveys", _("Surveys"), ("survey.view",)),
            ("budget", _("Budget"), ("budget.view",)),
            ("dlis", _("Disbursement-linked indicators"), ("dli.view",)),
            ("codis", _("CODI assessments"), ("codi.view",)),
        ),
    ),
)

# which entry of the rail is marked on pages that have none of their own
HERE = {
    "score": "scores", "score-new": "scores", "score-train": "scores", "score-drift": "scores", "score-due": "scores",
    "score-drift-compute": "scores", "score-due-area": "scores", "score-activate": "scores",
    "household-score": "people",
    "list-shown-record": "lists-shown", "meetings": "committees",
    "evaluation": "evaluations", "evaluation-new": "evaluations", "frameworks": "evaluations",
    "framework-record": "evaluations", "framework-verify": "evaluations", "evaluation-questions": "evaluations",
    "evaluation-report": "evaluations", "evaluation-start": "evaluations", "evaluation-complete": "evaluations",
    "evaluation-cancel": "evaluations", "evaluation-finding": "evaluations", "evaluation-recommend": "evaluations",
    "recommendation": "recommendations", "recommendation-respond": "recommendations",
    "recommendation-follow": "recommendations", "recommendation-check": "recommendations",
    "lab-new": "lab", "lab-study": "lab", "lab-run": "lab", "lab-frame": "lab", "lab-save": "lab", "lab-copy": "lab",
    "lab-delete": "lab", "lab-add": "lab", "lab-scenario": "lab", "lab-drop": "lab", "lab-programme": "lab",
    "lab-try": "lab", "lab-change": "lab",
    "survey": "surveys", "survey-new": "surveys", "survey-sample": "surveys", "survey-compare": "surveys",
    "survey-findings": "surveys", "survey-estimate": "surveys",
    "indicator": "indicators", "indicator-lineage": "indicators", "indicator-target": "indicators",
    "indicators-missing": "indicators", "indicators-file": "indicators", "indicators-compute": "indicators",
    "indicator-submit": "indicator-queue",
    "indicator-submission": "indicator-queue", "indicator-verify": "indicator-queue",
    "indicator-return": "indicator-queue",
    "dashboard-cluster": "reform", "dashboard-ministry": "reform", "dashboard-district": "dashboard",
    "check": "checks", "check-new": "checks", "check-difference": "checks",
    "report": "reports", "report-make": "reports", "report-difference": "reports", "report-publish": "reports",
    "report-file": "reports",
    "codi": "codis", "codi-open": "codis", "codi-invite": "codis", "codi-consensus": "codis", "codi-close": "codis",
    "codi-unanimous": "codis", "codi-field": "codis", "codi-score": "codis", "codi-agree": "codis",
    "codi-option": "codis", "codi-wording": "codis",
    "budget-series": "budget", "budget-performance": "budget", "budget-lines": "budget", "budget-new": "budget",
    "budget-import": "budget", "budget-verify": "budget", "budget-refuse": "budget", "dli": "dlis",
    "dli-terms": "dlis", "dli-claim": "dlis", "dli-verify": "dlis", "dli-pay": "dlis",
    "committee": "committees", "committee-districts": "committees", "committee-seat": "committees",
    "committee-seat-end": "committees", "meeting-call": "committees", "meeting": "committees",
    "meeting-notice": "committees", "meeting-move": "committees", "meeting-cancel": "committees",
    "meeting-agenda": "committees", "meeting-paper": "committees", "meeting-attend": "committees",
    "meeting-minutes": "committees", "meeting-confirm": "committees", "meeting-decide": "committees",
    "decision-drop": "committees", "decision": "decisions", "decision-follow": "decisions",
    "decision-check": "decisions", "decision-withdraw": "decisions", "performance-set": "performance",
    "performance-item": "performance", "performance-report": "performance", "performance-verify": "performance",
    "training-record": "trainings", "meetings-held": "committees",
    "verification-start": "verification", "verification-run": "verification", "verification-go-on": "verification",
    "verification-cancel": "verification", "finding": "findings", "finding-decide": "findings",
    "person-numbers": "people", "person-number-add": "people", "person-number-withdraw": "people",
    "household": "people", "household-open": "people", "event-new": "people", "event": "events",
    "event-approve": "events", "event-refuse": "events", "event-withdraw": "events",
    "draft": "drafts", "draft-part": "drafts", "draft-begin": "drafts", "draft-send": "drafts", "draft-drop": "drafts",
    "upload-mapping": "uploads", "upload-changes": "uploads", "upload-changes-decide": "uploads",
    "upload-declared": "uploads", "upload-declared-review": "uploads",
    "upload": "uploads", "upload-new": "uploads", "upload-import": "uploads", "person": "people",
    "person-open": "people", "person-reveal": "people", "person-grievance": "people", "person-stop": "people",
    "snapshot-new": "snapshots", "quality-check": "quality", "fact": "facts", "facts-measure": "facts",
    "quality-rule": "quality", "quality-open": "quality",
    "rights": "people", "rights-sheet": "people", "rights-notice": "people", "rights-correction": "people",
    "correction": "corrections", "correction-take-up": "corrections", "correction-refuse": "corrections",
    "quality-task": "quality-tasks", "quality-assign": "quality-tasks", "quality-end": "quality-tasks",
    "person-death": "people", "pair": "pairs", "pair-decide": "pairs",
    "pairs-search": "pairs", "merge-approve": "merges", "merge-undo": "merges", "definition": "definitions",
    "definition-matrix": "definitions", "definition-cases": "definitions", "rule-draft": "rule-drafts",
    "rule-draft-start": "rule-drafts", "rule-draft-new": "rule-drafts", "rule-draft-import": "rule-drafts",
    "rule-draft-difference": "rule-drafts", "rule-draft-cases": "rule-drafts", "rule-draft-file": "rule-drafts",
    "rule-draft-criteria": "rule-drafts", "rule-draft-criterion": "rule-drafts", "rule-draft-part": "rule-drafts",
    "rule-draft-decide": "rule-drafts",
    "run": "runs", "run-start": "runs", "run-lists": "runs", "quota-set": "quotas", "quota-allocation": "quotas",
    "quota-allocate": "quotas", "allocation-new": "allocations", "allocation-propose": "allocations",
    "allocation": "allocations", "allocation-approve": "allocations", "allocation-return": "allocations",
    "transitions-find": "transitions", "transition-batch": "transitions", "transitions-approve": "transitions",
    "transitions-return": "transitions", "list": "lists", "list-approve": "lists", "list-return": "lists",
    "list-enrol": "lists", "left-out": "enrolments", "stop-approve": "stops", "cycle-open": "payrolls",
    "distribution": "distributions", "distribution-open": "distributions", "distribution-approve": "distributions",
    "distribution-list": "distributions", "distribution-record": "distributions", "ration": "distributions",
    "ration-record": "distributions",
    "distribution-close": "distributions", "ration-back": "distributions", "handover-file": "distributions",
    "supplement": "supplements", "supplement-propose": "supplements", "supplement-withdraw": "supplements",
    "supplement-approve": "supplements", "supplement-reconcile": "supplements", "person-account": "people",
    "person-account-propose": "people", "account-approve": "accounts", "account-refuse": "accounts",
    "payroll": "payrolls", "payroll-approve": "payrolls", "payroll-reconcile": "payrolls", "grievance": "grievances",
    "grievance-answer": "grievances", "grievance-appeal": "grievances", "grievance-close": "grievances",
    "grievance-contact": "grievances", "plan-ministry": "plan", "plan-items": "plan",
    "plan-item": "plan", "plan-report": "plan", "plan-calendar": "plan", "plan-moved": "plan", "plan-depend": "plan",
    "plan-undepend": "plan", "plan-verify": "plan-updates", "plan-return": "plan-updates",
    "plan-remind": "plan-reminders", "plan-sheets": "plan", "plan-sheet": "plan", "plan-sheet-take": "plan",
    "audit-verify": "audit",
}  # fmt: skip


def permissions_of(name: str) -> tuple[str, ...]:
    """The permissions of which one opens the page ``name``; () for every officer. KeyError for no page of the rail."""
    return {entry: permissions for _, entries in TABLE for entry, _, permissions in entries}[name]


def rail(officer: Officer) -> list[Group]:
    """The groups that the officer may open, empty groups left out, labels in the reader's language."""
    groups = []
    for heading, entries in TABLE:
        shown = tuple(
            Entry(name, gettext(label), reverse(f"office:{name}"))
            for name, label, permissions in entries
            if not permissions or any(officer.may(permission) for permission in permissions)
        )
        if shown:
            groups.append(Group(gettext(heading) if heading else "", shown))
    return groups
