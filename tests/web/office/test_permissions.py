"""For each role: what it may open and what not; nobody sees another area's people, by list or by number."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from shohay.stages.accounts.roles import PERMISSIONS
from shohay.web.office.rail import TABLE, rail

# every GET page: address name -> what stands for its parameter in the small world
PAGES = {
    "scores": "", "score-new": "", "score-train": "", "score-drift": "", "score-due": "",
    "lab": "", "lab-new": "", "allocations": "", "allocation-new": "", "area-facts": "", "transitions": "",
    "meetings": "",
    "evaluations": "", "evaluation-new": "", "frameworks": "", "recommendations": "",
    "surveys": "", "survey-new": "", "survey-sample": "", "survey-compare": "",
    "committees": "", "committee-districts": "", "meetings-held": "", "decisions": "", "performance": "", "trainings": "",
    "home": "", "uploads": "", "upload-new": "", "upload": "upload", "upload-template": "", "people": "",
    "upload-form": "", "upload-changes": "upload", "upload-declared": "upload", "drafts": "",
    "rule-drafts": "", "facts": "", "definition-matrix": "",
    "person": "amena", "snapshots": "", "pairs": "", "pair": "pair", "merges": "", "definitions": "", "runs": "",
    "run": "run", "quotas": "", "lists": "", "list": "list", "enrolments": "", "lists-shown": "", "stops": "", "payrolls": "",
    "payroll": "payroll", "returns": "", "ledger": "", "grievances": "", "grievance": "grievance", "dashboard": "",
    "reform": "", "reports": "",
    "budget": "", "budget-series": "", "budget-performance": "", "budget-lines": "", "budget-new": "",
    "budget-errors": "", "budget-template": "", "dlis": "", "codis": "",
    "checks": "", "chain": "", "indicators": "", "indicators-missing": "", "indicator-queue": "", "plan": "",
    "plan-items": "", "plan-updates": "", "plan-calendar": "", "plan-moved": "", "plan-reminders": "", "plan-sheets": "", "audit": "", "quota-allocation": "", "household": "household", "events": "", "left-out": "",
    "distributions": "", "supplements": "", "supplement": "supplement", "accounts": "",
    "distribution": "distribution", "ration": "ration", "verification": "", "findings": "", "quality": "", "quality-tasks": "", "corrections": "",
}  # fmt: skip
# addresses that take POST only
ACTIONS = {
    "score-drift-compute": "",
    "allocation-propose": "", "transitions-find": "",
    "facts-measure": "", "rule-draft-new": "", "rule-draft-import": "",
    "report-make": "", "list-shown-record": "",
    "framework-record": "",
    "budget-import": "", "budget-verify": "", "codi-open": "", "check-new": "",
    "performance-set": "", "training-record": "",
    "upload-changes-decide": "upload", "upload-declared-review": "upload", "draft-begin": "",
    "upload-import": "upload", "person-open": "amena", "person-reveal": "amena", "person-grievance": "amena",
    "person-stop": "amena", "snapshot-new": "", "pair-decide": "pair", "merge-approve": "merge", "merge-undo": "merge",
    "distribution-open": "", "distribution-approve": "distribution", "distribution-list": "distribution",
    "distribution-record": "distribution", "distribution-close": "distribution", "ration-record": "ration",
    "ration-back": "ration", "supplement-propose": "", "supplement-approve": "supplement",
    "supplement-withdraw": "supplement", "supplement-send": "supplement", "supplement-answers": "supplement",
    "supplement-reconcile": "supplement", "person-account-propose": "amena", "account-approve": "change",
    "account-refuse": "change",
    "run-start": "", "run-lists": "run", "quota-set": "", "list-approve": "list", "list-return": "list",
    "list-enrol": "list", "stop-approve": "enrolment", "cycle-open": "", "payroll-prepare": "bare_cycle",
    "payroll-approve": "payroll", "payroll-send": "payroll", "payroll-answers": "payroll",
    "payroll-reconcile": "payroll", "grievance-answer": "grievance", "grievance-appeal": "grievance", "audit-verify": "",
    "indicators-compute": "", "pairs-search": "", "plan-remind": "", "quota-allocate": "", "person-death": "amena", "grievance-close": "grievance",
    "grievance-contact": "grievance", "household-open": "household", "quality-check": "", "quality-assign": "", "rights-sheet": "amena",
    "verification-start": "", "rights-notice": "amena", "rights-correction": "amena",
}  # fmt: skip
# tested where they belong: they need a file, a job or a loaded definition
ELSEWHERE = {"definition-cases", "definition-export", "rule-draft", "rule-draft-cases", "rule-draft-check",
             "rule-draft-criteria", "rule-draft-criterion", "rule-draft-decide", "rule-draft-difference",
             "rule-draft-export", "rule-draft-file", "rule-draft-measured", "rule-draft-part", "rule-draft-start",
             "allocation", "allocation-approve", "allocation-return", "transition-batch", "transitions-approve",
             "transitions-return", "score", "household-score", "score-activate", "score-document", "score-card", "score-due-area",
             "fact", "lab-study", "lab-run", "lab-frame", "lab-save", "lab-copy", "lab-delete", "lab-file", "lab-add",
             "lab-scenario", "lab-yaml", "lab-drop", "lab-programme", "lab-try", "lab-change",
             "report", "report-file", "report-publish", "report-difference", "dashboard-cluster",
             "dashboard-ministry", "dashboard-district", "framework-verify", "recommendation", "recommendation-respond", "recommendation-follow",
             "recommendation-check", "evaluation", "evaluation-questions", "evaluation-report", "evaluation-start",
             "evaluation-complete", "evaluation-cancel", "evaluation-finding", "evaluation-recommend",
             "survey", "survey-findings", "survey-estimate",
             "budget-refuse", "dli", "dli-terms", "dli-claim", "dli-verify", "dli-pay", "codi", "codi-invite", "codi-consensus",
             "codi-unanimous", "codi-close", "codi-field", "codi-score", "codi-agree", "codi-option", "codi-wording",
             "event", "event-evidence", "event-new", "event-approve", "event-refuse", "event-withdraw",
             "check", "check-difference", "committee", "committee-seat", "committee-seat-end", "meeting-call", "meeting", "meeting-notice",
             "meeting-move", "meeting-cancel", "meeting-agenda", "meeting-paper", "meeting-attend", "meeting-minutes",
             "meeting-confirm", "meeting-decide", "decision-drop", "decision", "decision-follow", "decision-check",
             "decision-withdraw", "performance-item", "performance-report", "performance-verify",
             "indicator", "indicator-lineage", "indicator-submit", "indicator-target", "indicator-submission",
             "indicator-verify", "indicator-return", "indicators-file",
             "sign-in", "sign-out", "role", "work", "work-cancel", "work-file",
             "upload-mapping", "draft", "draft-part", "draft-send", "draft-drop", "upload-errors", "handover-file", "person-account", "definition", "plan-ministry",
             "rights", "correction", "correction-take-up", "correction-refuse", "quality-rule", "quality-open", "quality-task", "quality-end",
             "verification-run", "verification-go-on", "verification-cancel", "finding", "finding-decide",
             "person-numbers", "person-number-add", "person-number-withdraw", "evidence",
             "plan-item", "plan-report", "plan-depend", "plan-undepend", "plan-verify", "plan-return", "plan-sheet", "plan-sheet-take",
             "plan-template"}  # fmt: skip


def office_patterns() -> dict[str, URLPattern]:
    """Name -> pattern of every address of the office."""
    found: dict[str, URLPattern] = {}

    def walk(patterns: list) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns)
            else:
                found[pattern.name] = pattern

    (office,) = [p for p in get_resolver().url_patterns if getattr(p, "namespace", None) == "office"]
    walk(office.url_patterns)
    return found


def address(world, name: str, row: str) -> str:
    from django.urls import reverse

    if not row:
        return reverse(f"office:{name}")
    thing = getattr(world, row)
    return reverse(f"office:{name}", args=[thing.number if name.startswith("grievance") else thing.pk])


def may(role: str, name: str) -> bool:
    needed = office_patterns()[name].callback.permissions
    return not needed or bool(PERMISSIONS[role] & set(needed))


def test_every_address_of_the_office_is_in_a_test():
    assert set(office_patterns()) == {*PAGES, *ACTIONS, *ELSEWHERE}


def test_every_view_says_what_it_needs():
    for name, pattern in office_patterns().items():
        if name not in ("sign-in", "sign-out", "role"):
            assert hasattr(pattern.callback, "permissions"), name


@pytest.mark.parametrize("role", PERMISSIONS)
def test_a_role_opens_its_pages_and_no_other(role, sit, world):
    desk = sit(role)
    for name, row in PAGES.items():
        answer = desk.get(address(world, name, row))
        assert answer.status_code == (200 if may(role, name) else 403), (name, answer.status_code)


@pytest.mark.parametrize("role", PERMISSIONS)
def test_a_role_may_not_post_where_it_may_not(role, sit, world):
    desk = sit(role)
    for name, row in ACTIONS.items():
        if not may(role, name):
            assert desk.post(address(world, name, row)).status_code == 403, name


def test_pages_of_actions_answer_to_post_only(sit, world):
    for name, row in ACTIONS.items():
        role = next(role for role in PERMISSIONS if may(role, name))
        assert sit(role).get(address(world, name, row)).status_code == 405, name


@pytest.mark.parametrize("name", [*PAGES, *ACTIONS])
def test_without_signing_in_nothing_opens(name, client, world):
    row = PAGES.get(name, ACTIONS.get(name, ""))
    ask = client.post if name in ACTIONS else client.get
    answer = ask(address(world, name, row))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/office/sign-in?next=")


@pytest.mark.parametrize("role", PERMISSIONS)
def test_the_rail_shows_what_opens(role, sit, world):
    from shohay.stages.accounts.queries import officer_of

    shown = {entry.name for group in rail(officer_of(role)) for entry in group.entries}
    assert shown == {name for _, entries in TABLE for name, _, _ in entries if may(role, name)}
    page = sit(role).get("/office/").content.decode()
    for group in rail(officer_of(role)):
        for entry in group.entries:
            assert f'href="{entry.address}"' in page


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("person", "other"),
        ("list", "list_there"),
        ("upload", "upload_there"),
        ("ration", "ration_there"),
        ("distribution", "distribution_there"),
        ("grievance", "grievance_there"),
    ],
)
def test_another_upazila_is_not_found_by_its_number(name, row, sit, world):
    assert sit("upazila_officer").get(address(world, name, row)).status_code == 404
    assert sit("elsewhere").get(address(world, name, row)).status_code == 200


@pytest.mark.parametrize(
    ("name", "row"), [("pair", "pair"), ("person", "amena"), ("list", "list"), ("grievance", "grievance")]
)
def test_the_same_the_other_way_round(name, row, sit, world):
    assert sit("elsewhere").get(address(world, name, row)).status_code == 404


@pytest.mark.parametrize(
    "page",
    ["people/?q=জরিনা+খাতুন", "enrolments/", "lists/", "grievances/?state=filed", "returns/", "uploads/", "merges/"],
)
def test_lists_hold_nobody_of_another_upazila(page, sit, world):
    mine = sit("upazila_officer").get(f"/office/{page}").content.decode()
    for theirs in ("Zarina", "Khoksa", "Janipur", "households-khoksa.csv", "G-2026-000002"):
        assert theirs not in mine


def test_another_upazila_is_closed_to_actions_too(sit, world):
    desk = sit("elsewhere")
    for name, row in ACTIONS.items():
        if row in ("upload", "amena", "pair", "merge", "list", "enrolment", "grievance") and may(
            "upazila_officer", name
        ):
            assert desk.post(address(world, name, row), {}).status_code == 404, name


def test_the_record_of_a_person_asks_for_a_purpose_first(sit, world):
    page = sit("upazila_officer").get(f"/office/people/{world.amena.pk}/").content.decode()
    assert "Why do you open this record?" in page
    assert "1952" not in page
