"""The links of geographic targeting: next year's quotas proposed by poverty, and ends and moves that wait."""

from __future__ import annotations

from shohay.cli.world import Counted, Progress, World

# next year's, so that this year's quotas and selections stay as they are; (programme, floor, factor for the coast)
EXAMPLES = (("OAA", 20, "1.2"), ("WDA", 10, "1"))


def allocations(world: World, progress: Progress) -> Counted:
    """The manager proposes two allocations for next year; Cabinet Division approves the second, the first waits."""
    from shohay.core.allocation import Document
    from shohay.core.values import FiscalYear
    from shohay.stages.targeting import actions_allocation as actions
    from shohay.stages.targeting.models import Allocation

    year = str(FiscalYear(FiscalYear.of(world.today).starts + 1))
    places = 0
    for number, (programme, floor, coast) in enumerate(EXAMPLES, start=1):
        made = Allocation.objects.filter(programme_code=programme, fiscal_year=year).first()
        if made is None:
            weights = [{"fact": "persons"}, {"fact": "poverty_rate"}, {"fact": "is_coastal", "factor": coast}]
            floor = min(floor, fair_share(programme, str(FiscalYear.of(world.today))) // 3)
            document = Document.made({
                "title": {"bn": "দারিদ্র্য অনুযায়ী", "en": "By poverty"}, "programme": programme, "fiscal_year": year,
                "quota": "scaled", "weights": weights, "floor": {"places": floor}, "missing": "parent",
            })  # fmt: skip
            made = actions.propose_allocation(document=document, by=world.officer("manager"))
            if number == len(EXAMPLES):
                made = actions.approve_allocation(allocation=made, by=world.officer("cabinet"))
        places += made.slots
        progress("allocations", number, len(EXAMPLES))
    return Counted(len(EXAMPLES), places)


def fair_share(programme: str, fiscal_year: str) -> int:
    """Places that each upazila would have if this year's were shared evenly: a small population has few to share."""
    from shohay.stages.targeting.models import Quota

    rows = Quota.objects.filter(programme_code=programme, fiscal_year=fiscal_year)
    slots = list(rows.values_list("slots", flat=True))
    return sum(slots) // len(slots) if slots else 0


def transitions(world: World, progress: Progress) -> Counted:
    """Ends and moves are looked for and wait for an officer of each upazila; nothing is ended here."""
    from shohay.core.messages import Refusal
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.enrolment import actions_transitions as actions
    from shohay.stages.payments import queries as payments

    try:
        made = actions.propose_transitions(on=world.today, until=payments.paid_until(), progress=progress, by=SYSTEM)
    except Refusal as none:
        if none.code != "transitions_none":
            raise
        return Counted(0, 0)
    return Counted(made.asked, made.rows)
