"""The link of poverty scores: a formula trained on invented people, installed and in force for nobody."""

from __future__ import annotations

from shohay.cli.world import Counted, Progress, World

HOUSEHOLDS, SEED = 1_600, 2022
CODE = "pmt_example"
FACTS = (
    "household_size", "members_under_13", "disabled_members", "head_age", "is_female_headed", "rooms", "walls",
    "has_television", "fans", "mobile_phones", "has_vehicle", "has_daily_labourer", "cultivable_decimals",
)  # fmt: skip


def scores(world: World, progress: Progress) -> Counted:
    """The statistician trains an example on a synthetic survey; drift between the two snapshots of the demo."""
    from shohay.bulk import survey_base
    from shohay.bulk.training import Options
    from shohay.core.messages import Text
    from shohay.stages.programmes import actions_scores
    from shohay.stages.programmes import queries_scores as queries
    from shohay.stages.registry.models import Snapshot
    from shohay.stages.registry.queries_scores import folder_of

    by = world.officer("bbs")
    base = world.var / "survey-bases" / "example"
    if not survey_base.is_survey(base):
        survey_base.synthetic(households=HOUSEHOLDS, seed=SEED, out=base)
    made = queries.version(CODE)
    if made is None:
        options = Options(
            code=CODE, title=Text("পিএমটির উদাহরণ (কৃত্রিম জরিপ থেকে)", "Example of a PMT (from a synthetic survey)"),
            source=str(survey_base.info(base)["source"]), candidates=FACTS, areas="two", share=0.2, seed=SEED,
            synthetic=True, compare=(),
        )  # fmt: skip
        made = actions_scores.train_formula(base=base, options=options, by=by, progress=progress)
    taken = list(Snapshot.objects.order_by("pk")[:2])
    active = queries.version_on(world.today)
    if active is not None and len(taken) == 2 and taken[0].sha256 != taken[1].sha256:
        actions_scores.keep_drift(version=active, before=folder_of(taken[0]), after=folder_of(taken[1]), by=by)
    rows = int(made.card["data"]["rows"]) if made.card else 0
    return Counted(rows, len(made.card["curve"]) if made.card else 0)
