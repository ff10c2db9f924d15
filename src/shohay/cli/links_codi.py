"""The link of the chain about CODI: two assessments of the whole system, agreed, and one that is being scored.

The scores are made up, and every row says that it is an example.
"""

from __future__ import annotations

from shohay.cli.world import Counted, Progress, World

SOURCE = "উদাহরণ: প্রদর্শনের জন্য বানানো · example made up for the demonstration"
ASSESSORS = ("finance", "imed", "bbs")
REFORMS = (  # field, what, owner, priority, items of the plan
    ("4.5", "উপাত্ত সুরক্ষা বিধি ও প্রবেশ নিয়ন্ত্রণ চালু করা (উদাহরণ)", "CD", "high", ""),
    ("7.2", "ছোট কর্মসূচি একীভূত করে উত্তরণের নিয়ম ঠিক করা (উদাহরণ)", "MoSW", "medium", "2.1-14-01"),
)


def codi(world: World, progress: Progress) -> Counted:
    """Assessors of three offices score alone; differences are talked through and agreed on with a reason."""
    from shohay.stages.results.models_codi import CodiAgreed, CodiRound, CodiScore

    for year, better in (("2021-22", 0), ("2024-25", 1)):
        if not CodiRound.objects.filter(level="system", fiscal_year=year, state="closed").exists():
            _whole(world, progress, year, better)
    if not CodiRound.objects.filter(level="delivery").exists():
        _begun(world)
    return Counted(CodiScore.objects.count(), CodiAgreed.objects.count())


def _whole(world: World, progress: Progress, year: str, better: int) -> None:
    """One assessment from its opening to its end; one that a killed demo left open goes on where it was."""
    from shohay.core.codi import Answer, differ, suggested
    from shohay.stages.results import actions_codi as actions
    from shohay.stages.results import queries_codi as queries
    from shohay.stages.results.models_codi import CodiRound

    chair = world.officer("cabinet")
    row = CodiRound.objects.filter(level="system", fiscal_year=year).first() or actions.open_round(
        level="system", fiscal_year=year, assessors=list(ASSESSORS), example=True, by=chair
    )
    listed = queries.fields()
    if row.state == CodiRound.State.SCORING:
        for number, field in enumerate(listed, start=1):
            for place, name in enumerate(ASSESSORS):
                actions.score(
                    round=row.pk, field=field.code, answer=Answer(_level(number, place, better)), evidence=SOURCE,
                    by=world.officer(name),
                )  # fmt: skip
            progress("fields", number, len(listed))
        actions.open_consensus(round=row.pk, by=chair)
    actions.agree_unanimous(round=row.pk, by=chair)
    done = set(row.agreed.values_list("field_id", flat=True))
    for code, said in queries.answers_by_field(row).items():
        middle = suggested(said)
        if code not in done and middle is not None and differ(said):
            actions.agree(round=row.pk, field=code, answer=middle, reason=SOURCE, by=chair)
    for field_code, what, owner, priority, items in REFORMS if better and not row.options.exists() else ():
        actions.propose_option(
            round=row.pk, field=field_code, what=what, owner=owner, priority=priority, actions=items, by=chair
        )
    actions.close_round(round=row.pk, by=chair)


def _level(number: int, assessor: int, better: int) -> int:
    """A level from 1 to 4 by nothing but its place; the assessors differ on about a third of the fields."""
    base = 1 + (number * 7 + number // 3) % 3
    other = 1 if assessor == number % 9 else 0
    return min(4, base + better * (number % 2) + other)


def _begun(world: World) -> None:
    """An assessment of delivery of which a first assessor has scored some fields."""
    from shohay.core.codi import Answer
    from shohay.stages.results import actions_codi as actions
    from shohay.stages.results import queries_codi as queries

    row = actions.open_round(
        level="delivery", fiscal_year="2025-26", assessors=list(ASSESSORS), example=True, by=world.officer("cabinet")
    )
    for number, field in enumerate(queries.fields()[:8], start=1):
        actions.score(
            round=row.pk, field=field.code, answer=Answer(_level(number, 0, 1)), evidence=SOURCE,
            by=world.officer("imed"),
        )  # fmt: skip
