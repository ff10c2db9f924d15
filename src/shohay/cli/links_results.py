"""The link of the chain for results: indicators computed, values reported as examples, one verified, one returned."""

from __future__ import annotations

from datetime import date
from typing import Any

from shohay.cli.world import Counted, Progress, World

EXAMPLE_BN = "প্রদর্শনের জন্য বানানো উদাহরণ; প্রকৃত তথ্য নয়"
EXAMPLE = "Invented for the demonstration; not a real figure"
# sign-in, indicator, ministry, numerator, denominator; the figures are invented and say so
REPORTED: tuple[tuple[str, str, str, int, int], ...] = (
    ("focal", "OC-21", "MoSW", 120, 900),
    ("focal2", "OC-21", "MoWCA", 90, 600),
    ("bbs", "IM-06", "SID", 236, 1000),
)
SHOWN, SHOWN_EVERY, WAYS = 8, 5, ("open_meeting", "notice_board")  # lists that were shown in public
RETURNED = "প্রমাণপত্রে ৬০০ জনের মধ্যে ৫৮২ জনের তথ্য আছে; তালিকাটি মিলিয়ে আবার পাঠান। (উদাহরণ)"


def results(world: World, progress: Progress) -> Counted:
    """Compute the indicators; report values of last fiscal year; IMED verifies one and returns one, one still waits."""
    from shohay.core.values import FiscalYear
    from shohay.stages.coordination.queries_passed import passed_on
    from shohay.stages.results import actions_submissions, actions_values
    from shohay.stages.results.models_values import Submission

    last = FiscalYear(FiscalYear.of(world.today).starts - 1)
    for number, (username, code, ministry, top, bottom) in enumerate(REPORTED, start=1):
        if not Submission.objects.filter(code=code, fiscal_year=str(last), ministry_code=ministry).exists():
            _report(world, last.last_day, code, str(last), ministry, top, bottom, username)
        progress("indicators", number, len(REPORTED))
    imed, waiting = world.officer("imed"), Submission.objects.filter(code="OC-21", state="submitted")
    for row in waiting.filter(ministry_code="MoSW"):
        actions_submissions.verify(submission=row, by=imed)
    for row in waiting.filter(ministry_code="MoWCA"):
        actions_submissions.return_(submission=row, reason=RETURNED, by=imed)
    _shown(world)
    run = actions_values.compute(passed=passed_on(world.today), by=world.officer("cabinet"), progress=progress)
    return Counted(len(run.definitions), run.counts["values"])


def _shown(world: World) -> None:
    """An upazila officer writes down the first lists that were read out or put up; once."""
    from shohay.stages.enrolment import actions_shown, queries_shown
    from shohay.stages.enrolment.models import ListShown

    if ListShown.objects.exists():
        return
    by = world.officer("upazila")
    for number, pair in enumerate(queries_shown.pairs(by, world.today)[::SHOWN_EVERY][:SHOWN]):
        paper = f"programme,union,people\n{pair.programme_code},{pair.area_code},{pair.people}\n{EXAMPLE}\n"
        actions_shown.record_list_shown(
            programme_code=pair.programme_code, area_code=pair.area_code, shown_on=world.today, way=WAYS[number % 2],
            data=paper.encode(), file_name="list.csv", by=by,
        )  # fmt: skip


def _report(
    world: World, day: date, code: str, year: str, ministry: str, top: int, bottom: int, username: str
) -> Any:  # fmt: skip
    from shohay.stages.results import actions_submissions

    head = "indicator,ministry,fiscal_year,numerator,denominator,note"
    sheet = f"{head}\n{code},{ministry},{year},{top},{bottom},{EXAMPLE}\n"
    return actions_submissions.submit(
        code=code, fiscal_year=year, ministry=ministry, numerator=top, denominator=bottom, measured_on=day,
        source=f"উদাহরণ / Example: {code}", note=f"{EXAMPLE_BN}। {EXAMPLE}.",
        evidence=(f"{code}-{ministry}.csv", sheet.encode(), EXAMPLE_BN), example=True,
        by=world.officer(username),
    )  # fmt: skip
