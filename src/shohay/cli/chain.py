"""The chain: its links in order, with their names in both languages.

A link that ended leaves a ``Work`` row named "chain" with its numbers; that row is what ``shohay demo`` skips by and
what the served screens show.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from shohay.cli import (
    links,
    links_again,
    links_codi,
    links_committees,
    links_definitions,
    links_evaluations,
    links_geo,
    links_kind,
    links_lab,
    links_plan,
    links_reform,
    links_registry,
    links_reports,
    links_results,
    links_scores,
    links_survey,
)
from shohay.cli.world import Counted, Progress, World


class Step(NamedTuple):
    """One link: a code, its name in both languages, and what is done."""

    code: str
    bn: str
    en: str
    run: Callable[[World, Progress], Counted]


STEPS: tuple[Step, ...] = (
    Step("reference", "রেফারেন্স তথ্য ও কর্মকর্তা", "Reference data and officers", links.reference),
    Step("population", "কৃত্রিম জনগোষ্ঠীর খানার ফাইল", "Household file of a synthetic population", links.population),
    Step("check", "ফাইল গ্রহণ ও যাচাই", "File received and checked", links.receive),
    Step("admit", "নিবন্ধনে তোলা", "Admitted to the registry", links.admit),
    Step("applications", "আবেদন গ্রহণ", "Applications taken", links.applications),
    Step("snapshot", "নিবন্ধনের প্রতিলিপি", "Snapshot of the registry", links.snapshot),
    Step("duplicates", "দ্বৈত নিবন্ধন খোঁজা", "Duplicates looked for", links.duplicates),
    Step("decide_pair", "সন্দেহের জোড়ায় কর্মকর্তার সিদ্ধান্ত", "A pair in doubt decided", links.decide_pair),
    Step("snapshot2", "দ্বৈত বাদে প্রতিলিপি", "Snapshot without duplicates", links.snapshot),
    Step("quality", "নথির মান যাচাই", "Quality of records checked", links_registry.quality),
    Step("identity", "কমিশন ও নিবন্ধনে পরিচয় যাচাই", "Identities verified outside", links_registry.verification),
    Step("quotas", "উপজেলা কোটা", "Quotas of upazilas", links.quotas),
    Step("determine", "যোগ্যতা নির্ধারণ, কারণসহ", "Eligibility decided, with reasons", links.determine),
    Step("propose", "তালিকা প্রস্তাব", "Lists proposed", links.propose),
    Step("approve", "তালিকা অনুমোদন", "Lists approved", links.approve),
    Step("enrol", "উপকারভোগী অন্তর্ভুক্তি", "Beneficiaries enrolled", links.enrol),
    Step("payroll", "পে-রোল প্রস্তুত", "Payrolls prepared", links.payroll),
    Step("approve_payroll", "পে-রোল অনুমোদন", "Payrolls approved", links.approve_payrolls),
    Step("send", "ব্যাংকে নির্দেশনা (pain.001)", "Instructions to the bank (pain.001)", links.send),
    Step("answers", "ব্যাংকের জবাব ও ফেরত", "The bank's answers and returns", links.answers),
    Step("reconcile", "হিসাব মেলানো", "Reconciled", links.reconcile),
    Step("distribute", "চালের বিতরণ তালিকা ও অনুমোদন", "Rice: lists prepared and approved", links_kind.distribute),
    Step("hand_over", "চাল বিতরণ ও হিসাব", "Rice handed over and counted", links_kind.hand_over),
    Step("grievance", "অভিযোগ ও জবাব", "A complaint answered", links.grievance),
    Step("correct", "ফেরত টাকার হিসাব নম্বর সংশোধন", "Accounts of returned money corrected", links_again.correct),
    Step("pay_again", "ফেরত টাকা আবার পাঠানো ও মেলানো", "Returned money paid again, reconciled", links_again.pay_again),
    Step("figures", "ড্যাশবোর্ডের সংখ্যা", "Figures of the dashboards", links.figures),
    Step("results", "সূচকের মান ও জমা দেওয়া উদাহরণ", "Indicators computed, examples reported", links_results.results),
    Step("plan", "কর্মপরিকল্পনার অগ্রগতির উদাহরণ", "Progress of the plan (examples)", links_plan.plan),
    Step("committees", "কমিটি, সভা ও সিদ্ধান্তের উদাহরণ", "Committees, meetings (examples)", links_committees.committees),
    Step("evaluations", "মূল্যায়ন ও সুপারিশের উদাহরণ", "Evaluations (examples)", links_evaluations.evaluations),
    Step("definitions", "নিয়মের খসড়া (উদাহরণ)", "A draft of rules waits (example)", links_definitions.definitions),
    Step("surveys", "খানা জরিপের উদাহরণ (কৃত্রিম)", "Household surveys (synthetic examples)", links_survey.surveys),
    Step("scores", "দারিদ্র্য স্কোরের সূত্র (কৃত্রিম উদাহরণ)", "Poverty score trained (synthetic example)", links_scores.scores),
    Step("lab", "নীতি পরীক্ষাগারে তুলনা (উদাহরণ)", "Scenarios compared in the policy lab (example)", links_lab.lab),
    Step("budgets", "বাজেট জমা ও যাচাই (উদাহরণ)", "Budgets sent in and verified (example)", links_reform.budgets),
    Step("dlis", "অর্থছাড়-সংযুক্ত সূচক (উদাহরণ)", "Disbursement-linked indicators (example)", links_reform.dlis),
    Step("codi", "কোডি মূল্যায়ন (উদাহরণ)", "CODI assessments (example)", links_codi.codi),
    Step(
        "allocations", "পরের বছরের কোটার বরাদ্দ (উদাহরণ)", "Next year's quotas by poverty (example)", links_geo.allocations
    ),
    Step("transitions", "ভাতা শেষ ও স্থানান্তর খোঁজা", "Ends and moves looked for", links_geo.transitions),
    Step("reports", "অগ্রগতি প্রতিবেদনের সংস্করণ", "Editions of the progress report", links_reports.reports),
    Step("verify", "নিরীক্ষা লগ যাচাই", "Audit log verified", links.verify),
)


def step_named(code: str) -> Step | None:
    """The link with this code, or None."""
    return next((step for step in STEPS if step.code == code), None)
