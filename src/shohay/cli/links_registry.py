"""Links about the registry itself: how good its records are, and what follows from it."""

from __future__ import annotations

from shohay.cli.world import Counted, Progress, World

TASKS = 12  # records put on the work list of the operator


def quality(world: World, progress: Progress) -> Counted:
    """Every record checked by the quality rules; grown people without a number go on the work list."""
    from shohay.stages.registry import actions_quality, queries
    from shohay.stages.registry.models_quality import QualityTask

    run = actions_quality.check_quality(snapshot=queries.snapshots()[0], by=world.officer("manager"), progress=progress)
    officer = world.officer("upazila")
    if not QualityTask.objects.exists():
        area = world.officer("operator").areas[0]
        actions_quality.open_tasks(
            run=run, rule="no_identity", area_code=area, number=TASKS, assign_to="operator", by=officer
        )
    return Counted(sum(run.counts["records"].values()), sum(run.counts["found"].values()))
