"""The link of the chain for reports: an edition at the end of the plan's printed report, and one of today."""

from __future__ import annotations

from datetime import date

from shohay.cli.world import Counted, Progress, World

YEAR = "2024-25"
BEFORE = date(2025, 6, 30)  # the last day of the reported year: to compare today with


def reports(world: World, progress: Progress) -> Counted:
    """The Cabinet Division freezes two editions, the committee's secretary publishes the newer; PDF from the screen."""
    from shohay.stages.coordination import actions_editions
    from shohay.stages.coordination.models_editions import EditionFile

    by = world.officer("cabinet")
    days = (BEFORE, world.today)
    for number, day in enumerate(days, start=1):
        edition = actions_editions.make_edition(
            year=YEAR, as_of=day, languages=["bn", "en"], formats=["xlsx"] if day == BEFORE else ["html", "xlsx"], by=by
        )
        progress("reports", number, len(days))
    actions_editions.publish_edition(edition=edition, by=world.officer("secretary"))
    return Counted(len(days), EditionFile.objects.count())
