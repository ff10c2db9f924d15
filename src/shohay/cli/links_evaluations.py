"""The link of the chain for the register of evaluations: one example beside the real ones, each text marked as such."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shohay.cli.links_committees import MARK, PAPER
from shohay.cli.world import Counted, Progress, World

if TYPE_CHECKING:
    from shohay.stages.results.models_evaluations import Evaluation

TITLE = f"({MARK}) বয়স্ক ভাতার তৃতীয় পক্ষের মূল্যায়ন"
QUESTIONS = ("ভাতা কি দরিদ্রতম প্রবীণদের কাছে পৌঁছায়?", "টাকা কি সময়মতো ও নিজের হিসাবে আসে?", "অভিযোগের প্রতিকার কি পাওয়া যায়?")
FINDINGS = (
    ("নমুনার প্রায় তিন ভাগের দুই ভাগ উপকারভোগী দরিদ্র পরিবারের", "strong", 1),
    ("অধিকাংশ টাকা নির্ধারিত সময়ের মধ্যে পৌঁছায়", "moderate", 2),
    ("অভিযোগ জানানোর উপায় অনেকের জানা নেই", "weak", 3),
)
# what, ministry, due in days from today, response, reason, how far
RECOMMENDATIONS = (
    ("উপকারভোগীর তালিকা প্রতি বছর ইউনিয়নে প্রকাশ করা", "MoSW", 90, "accepted", "", "reported"),
    ("প্রতি তিন মাসে হিসাব নম্বর যাচাই করা", "MoSW", -20, "partly", f"{MARK}: বছরে একবার করা সম্ভব", "late"),
    ("অভিযোগ কেন্দ্রের নম্বর ভাতার বার্তায় যুক্ত করা", "MoSW", 60, "", "", ""),
    ("মায়েদের ভাতার সঙ্গে তথ্য মিলিয়ে দেখা", "MoWCA", 120, "accepted", "", ""),
)


def evaluations(world: World, progress: Progress) -> Counted:
    """An evaluation of the Old Age Allowance from its questions to what the ministries did about it."""
    from django.db import transaction

    from shohay.stages.results.models_evaluations import Evaluation, Recommendation

    if not Evaluation.objects.filter(title_bn=TITLE).exists():
        with transaction.atomic():  # whole or not at all: a demo that is killed begins it again
            _recommend(world, _register(world))
    progress("evaluations", 1, 1)
    return Counted(Evaluation.objects.count(), Recommendation.objects.count())


def _register(world: World) -> Evaluation:
    from shohay.stages.programmes.models import Programme
    from shohay.stages.results import actions_evaluations as actions

    imed, ends = world.officer("imed"), world.today - timedelta(days=45)
    row = actions.register_evaluation(
        kind="third_party", title_bn=TITLE, title_en="(Example) Third-party evaluation of the Old Age Allowance",
        programme=Programme.objects.select_related("ministry").get(pk="OAA"), evaluator=f"{MARK} গবেষণা প্রতিষ্ঠান",
        commissioned_by="IMED", method=f"{MARK}: ২০ উপজেলায় নমুনা জরিপ ও দলীয় আলোচনা", questions=QUESTIONS,
        starts_on=ends - timedelta(days=120), ends_on=ends, by=imed,
    )  # fmt: skip
    actions.add_report(evaluation=row, data=PAPER, file_name="report.pdf", title=f"{MARK}: চূড়ান্ত প্রতিবেদন", by=imed)
    for text, strength, question in FINDINGS:
        actions.add_finding(evaluation=row, text=f"({MARK}) {text}", strength=strength, question=question, by=imed)
    return actions.complete_evaluation(evaluation=row, on=ends, by=imed)


def _recommend(world: World, evaluation: Evaluation) -> None:
    from shohay.stages.programmes.models import Ministry
    from shohay.stages.results import actions_recommendations as actions
    from shohay.stages.results.actions_evaluations import add_recommendation

    owners = {"MoSW": world.officer("focal"), "MoWCA": world.officer("focal2")}
    for text, ministry, days, response, reason, far in RECOMMENDATIONS:
        row = add_recommendation(
            evaluation=evaluation, text=f"({MARK}) {text}", ministry=Ministry.objects.get(pk=ministry),
            due_on=world.today + timedelta(days=days), by=world.officer("imed"),
        )  # fmt: skip
        by = owners[ministry]
        if response:
            actions.respond(recommendation=row, response=response, text=reason, by=by)
        if far == "late":
            actions.follow_up(recommendation=row, note=f"{MARK}: দুই উপজেলায় পরীক্ষামূলকভাবে শুরু", by=by)
        if far == "reported":
            actions.report_done(
                recommendation=row, note=f"{MARK}: তালিকা প্রকাশের নির্দেশনা জারি", data=PAPER, file_name="order.pdf",
                title=f"{MARK}: নির্দেশনা", by=by,
            )  # fmt: skip
