"""Links about the registry itself: how good its records are, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shohay.cli.world import Counted, Progress, World

if TYPE_CHECKING:
    from shohay.stages.registry.models_verification import VerificationRun

TASKS = 12  # records put on the work list of the operator
ASKED = ("nid", "civil_registration")  # of the outside parties, in this order
MOST_ASKED = 3_000  # people: what two pretended parties answer within a few seconds
PATIENCE = 20.0  # seconds of silence before the demo goes on without an answer


def quality(world: World, progress: Progress) -> Counted:
    """Every record checked by the quality rules; people without a number on the work list; missing facts measured."""
    from shohay.stages.registry import actions_facts, actions_quality, queries
    from shohay.stages.registry.models_quality import QualityTask

    run = actions_quality.check_quality(snapshot=queries.snapshots()[0], by=world.officer("manager"), progress=progress)
    actions_facts.measure_facts(snapshot=run.snapshot, by=world.officer("manager"))
    officer = world.officer("upazila")
    if not QualityTask.objects.exists():
        area = world.officer("operator").areas[0]
        actions_quality.open_tasks(
            run=run, rule="no_identity", area_code=area, number=TASKS, assign_to="operator", by=officer
        )
    return Counted(sum(run.counts["records"].values()), sum(run.counts["found"].values()))


def verification(world: World, progress: Progress) -> Counted:
    """The election commission and civil registration are asked about the people of a place; what differs waits.

    The pretended parties run as processes of their own while they are asked. A death that civil registration knows
    becomes a life event that waits for another officer.
    """
    from shohay.cli import simulate

    folder, urls = world.var / "simulators", _urls()
    if not (folder / "nid.arrow").exists():
        made = world.var / "synth" / "households.csv"
        simulate.make_world(made, made.with_name("truth.parquet"), folder)
    area, asked, answered = _place(world), 0, 0
    for party in ASKED:
        try:
            simulate.start_party(party, urls[party], world.var)
            run = _ask(world, party, area, urls, progress)
        finally:
            simulate.stop_party(party, world.var)
        asked, answered = asked + run.total, answered + run.answered
    return Counted(asked, answered)


def _urls() -> dict[str, str]:
    from django.conf import settings

    return dict(settings.PARTY_URLS)


def _place(world: World) -> str:
    """The officer's first upazila, or as large a part of it as is not too much for a demonstration."""
    from django.db.models import Count

    from shohay.stages.registry.models import Person

    upazila = world.officer("upazila").areas[0]
    unions = Person.objects.filter(area_code__startswith=upazila).values("area_code").annotate(people=Count("id"))
    people = {row["area_code"]: row["people"] for row in unions}
    if sum(people.values()) <= MOST_ASKED:
        return upazila
    return min(people, key=lambda code: (abs(people[code] - MOST_ASKED), code))


def _ask(world: World, party: str, area: str, urls: dict[str, str], progress: Progress) -> VerificationRun:
    """One run to its end; one that was cut off goes on, one that has ended stays."""
    from django.conf import settings

    from shohay.adapters.ports import port_of
    from shohay.stages.registry.actions_verification import start_verification
    from shohay.stages.registry.models_verification import VerificationRun
    from shohay.stages.registry.verifying import go_on

    by = world.officer("upazila")
    found = VerificationRun.objects.filter(party=party, area_code=area).order_by("-pk").first()
    run = found or start_verification(party=party, area=area, by=by)
    port = port_of(party, urls=urls, key=settings.PARTY_KEY, hash_key=settings.SIM_HASH_KEY)
    go_on(run=run, port=port, by=by, progress=progress, patience=PATIENCE)
    run.refresh_from_db()
    return run
