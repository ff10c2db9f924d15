"""The link of the chain for the action plan: reports with evidence, one returned, some waiting; all of it examples."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from shohay.cli.world import Counted, Progress, World

EXAMPLE_BN = "প্রদর্শনীর জন্য বানানো উদাহরণ; প্রকৃত তথ্য নয়"
EXAMPLE = "Example made for the demonstration; not a fact"
RETURNED = "উদাহরণ: তালিকায় উপজেলার সংখ্যা আর বিবরণের সংখ্যা মেলে না; মিলিয়ে আবার পাঠান।"


class Report(NamedTuple):
    """What a focal point reports, and what becomes of it: verified, returned or waiting."""

    username: str
    ministry: str
    item: str
    claim: str
    percent: int | None
    done_on: date | None
    number: int | None  # of what is due, where an item recurs
    text_bn: str
    text_en: str
    ends: str


REPORTS = (
    Report("focal", "MoSW", "2.1-01-01", "completed", 100, date(2022, 6, 20), None,
           "মতবিনিময় শেষে বয়সসীমা অপরিবর্তিত রাখার সিদ্ধান্ত হয়েছে", "Decided after consultation to keep the age as it is",
           "verified"),
    Report("focal", "MoSW", "2.1-01-03", "completed", 100, date(2023, 1, 31), None,
           "২৬২ উপজেলায় যোগ্য সকল ব্যক্তি আওতায় এসেছেন", "Every eligible person is covered in 262 upazilas", "verified"),
    Report("focal", "MoSW", "2.1-01-04", "progress", 70, None, None,
           "৩৪৫ উপজেলা আওতায়; বাকিগুলোর তালিকা প্রস্তুত হচ্ছে", "345 upazilas covered; lists of the others in preparation",
           "verified"),
    Report("focal", "MoSW", "2.1-01-05", "completed", 100, date(2025, 6, 10), 4,
           "২০২৪-২৫ অর্থবছরে ভাতার হার পর্যালোচনা করা হয়েছে", "The rate was reviewed in fiscal year 2024-25", "verified"),
    Report("focal", "MoSW", "2.1-02-01", "completed", 100, date(2024, 11, 5), None,
           "প্রতিবন্ধিতা শনাক্তকরণের পরিপত্র জারি হয়েছে", "The circular on identifying disability was issued", "returned"),
    Report("focal", "MoSW", "2.1-03-01", "progress", 84, None, None,
           "২১০ উপজেলায় যোগ্য সকল নারী আওতায় এসেছেন", "Every eligible woman is covered in 210 upazilas", "waiting"),
    Report("focal2", "MoWCA", "2.2-01-01", "completed", 100, date(2022, 9, 1), None,
           "বিস্তারিত পরিকল্পনা দাখিল করা হয়েছে", "The detailed plan was submitted", "waiting"),
)  # fmt: skip
DEPENDENCIES = (
    ("2.1-01-04", "2.1-01-03", "উদাহরণ: আগে ২৫০ উপজেলা, তারপর সারা দেশ"),
    ("2.1-02-03", "2.1-02-01", "উদাহরণ: নির্দেশিকা ছাড়া শনাক্তকরণ শুরু হয় না"),
)


def plan(world: World, progress: Progress) -> Counted:
    """Focal points report, the Cabinet Division verifies and returns, ministries are reminded of what is late."""
    from shohay.stages.coordination import actions_plan as actions
    from shohay.stages.coordination.models_plan import PlanDependency, PlanReminder, PlanUpdate

    cabinet = world.officer("cabinet")
    for number, report in enumerate(REPORTS, start=1):
        if not PlanUpdate.objects.filter(item=report.item, ministry=report.ministry).exists():
            _report(world, report)
        for update in PlanUpdate.objects.filter(item=report.item, ministry=report.ministry, state="submitted"):
            if report.ends == "verified":
                actions.verify_update(update=update.pk, by=cabinet)
            elif report.ends == "returned":
                actions.return_update(update=update.pk, reason=RETURNED, by=cabinet)
        progress("plan", number, len(REPORTS))
    for item, needs, reason in DEPENDENCIES:
        if not PlanDependency.objects.filter(item=item, needs=needs).exists():
            actions.add_dependency(item=item, needs=needs, reason=reason, by=cabinet)
    actions.remind(on=world.today, by=cabinet)
    return Counted(PlanUpdate.objects.count(), PlanReminder.objects.count())


def _report(world: World, report: Report) -> None:
    from shohay.stages.coordination import actions_plan as actions

    saying = actions.Saying(
        report.claim, report.percent, "", report.done_on, f"উদাহরণ: {report.text_bn}", f"Example: {report.text_en}",
        report.number,
    )  # fmt: skip
    paper = f"কাজের নম্বর / Item,বিবরণ / Text,টীকা / Note\n{report.item},{report.text_bn},{EXAMPLE_BN} / {EXAMPLE}\n"
    files = [actions.File(f"{report.item}.csv", paper.encode("utf-8-sig"), f"{EXAMPLE_BN} / {EXAMPLE}")]
    actions.submit_update(
        item=report.item, ministry=report.ministry, saying=saying, files=files, by=world.officer(report.username)
    )
