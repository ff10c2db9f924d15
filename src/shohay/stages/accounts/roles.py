"""What each role may do. Where and for which programme stands in the assignment."""

from __future__ import annotations

PERMISSIONS: dict[str, frozenset[str]] = {
    "union_operator": frozenset(
        {
            "upload.create", "upload.view", "person.search", "person.open", "application.create", "distribution.view",
            "distribution.record", "account.propose", "grievance.file",
            "quality.task", "event.view", "event.propose", "notice.give", "correction.ask", "correction.view",
            "person.sheet",
        }
    ),
    "upazila_officer": frozenset(
        {
            "upload.create", "upload.view", "person.search", "person.open", "person.reveal", "application.create",
            "identity.change", "identity.check", "finding.decide", "verification.view", "verification.start",
            "pair.decide", "merge.propose", "merge.approve", "run.view", "list.propose", "list.view", "list.approve",
            "enrolment.view", "enrolment.stop", "list.publish", "payroll.view", "grievance.file", "grievance.view",
            "grievance.answer",
            "distribution.view", "distribution.approve", "distribution.record", "account.propose", "account.approve",
            "dashboard.view", "quality.view", "quality.assign", "quality.task", "event.view", "event.propose",
            "event.approve", "notice.give", "correction.ask", "correction.view", "correction.settle", "person.sheet",
        }
    ),
    "programme_manager": frozenset(
        {
            "upload.view", "person.search", "person.open", "definition.view", "definition.propose",
            "definition.publish", "score.propose", "score.activate",
            "identity.check", "verification.view", "verification.start",
            "snapshot.take", "run.start", "run.view", "quota.set", "quota.approve", "list.propose", "list.view",
            "enrolment.view", "enrolment.create", "cycle.open", "payroll.prepare", "payroll.view", "payment.reconcile",
            "distribution.prepare", "distribution.view",
            "grievance.view", "dashboard.view", "figures.compute", "quality.view", "quality.check", "indicator.view",
            "budget.view", "survey.view", "evaluation.view", "lab.view", "lab.simulate",
        }
    ),
    "payroll_approver": frozenset(
        {"payroll.view", "payroll.approve", "person.open", "person.search", "dashboard.view"}
    ),
    "finance": frozenset(
        {
            "payroll.view", "payroll.send", "payment.reconcile", "ledger.view", "dashboard.view", "plan.view",
            "budget.view", "budget.submit", "budget.verify", "dli.view", "dli.manage", "dli.pay",
            "indicator.view", "codi.view", "codi.assess", "evaluation.view", "committee.view", "report.view",
            "lab.view", "lab.simulate",
        }
    ),
    "grievance_officer": frozenset(
        {"grievance.view", "grievance.file", "grievance.answer", "person.search", "person.open", "dashboard.view"}
    ),
    "cabinet": frozenset(
        {
            "dashboard.view", "figures.compute", "plan.view", "run.view", "list.view", "payroll.view", "quality.view",
            "definition.view",
            "plan.manage", "plan.verify", "plan.import", "committee.view", "committee.manage", "training.record",
            "indicator.view", "indicator.target", "indicator.verify", "indicator.compute", "budget.view", "dli.view",
            "quota.approve",
            "codi.view", "codi.manage", "codi.assess", "evaluation.view", "evaluation.manage", "report.view",
            "report.make", "report.publish", "report.check", "survey.view", "results.export", "lab.view",
            "lab.simulate",
        }
    ),
    "auditor": frozenset(
        {
            "audit.view", "audit.verify", "run.view", "list.view", "payroll.view", "ledger.view", "enrolment.view",
            "person.search", "person.open", "grievance.view", "upload.view", "verification.view", "dashboard.view",
            "definition.view", "quality.view", "correction.view", "plan.view", "committee.view", "indicator.view",
            "budget.view", "dli.view", "codi.view", "evaluation.view", "report.view", "report.check", "survey.view",
            "lab.view",
        }
    ),
    "focal_point": frozenset(
        {
            "dashboard.view", "plan.view", "plan.update", "plan.import", "committee.view", "decision.follow",
            "training.record", "indicator.view", "indicator.submit", "budget.view", "budget.submit", "dli.view",
            "dli.claim", "codi.view", "codi.assess", "evaluation.view", "evaluation.respond", "report.view",
        }
    ),
    "secretary": frozenset(
        {
            "dashboard.view", "plan.view", "committee.view", "committee.manage", "decision.follow", "training.record",
            "indicator.view", "report.view", "report.publish", "codi.view", "evaluation.view",
        }
    ),
    "statistics": frozenset(
        {
            "dashboard.view", "plan.view", "indicator.view", "indicator.submit", "indicator.verify", "survey.view",
            "survey.import", "results.export", "evaluation.view", "codi.view", "codi.assess", "report.view",
            "budget.view", "lab.view", "score.propose",
        }
    ),
    "evaluator": frozenset(
        {
            "dashboard.view", "plan.view", "indicator.view", "indicator.verify", "evaluation.view",
            "evaluation.manage", "codi.view", "codi.assess", "dli.view", "dli.verify", "report.view", "report.check",
            "survey.view", "budget.view", "lab.view",
        }
    ),
}  # fmt: skip
