"""The links of the chain: each does its part as the officer whose work it is, and says what went in and came out.

Each is safe to do again: the actions recognise what is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shohay.cli import links_kind
from shohay.cli.world import Counted, Progress, World

if TYPE_CHECKING:
    from shohay.stages.intake.models import Upload
    from shohay.stages.payments.models import Payroll
    from shohay.stages.registry.models import Snapshot
    from shohay.stages.targeting.models import Run

DUPLICATE_REASON = "নাম, মা ও বাবা মিলে যায়; মূল সনদ দেখে নিশ্চিত হওয়া গেছে: দুটি নিবন্ধন একই মানুষের"
COMPLAINT = "আমার ভাতার টাকা ওয়ালেটে আসেনি; ব্যাংক বলছে টাকা ফেরত গেছে।"
ANSWER = "টাকা ফেরত এসেছে কারণ হিসাবটি বন্ধ ছিল। নতুন ওয়ালেট নম্বর নেওয়া হয়েছে; ফেরত আসা টাকা তাতে আবার পাঠানো হবে।"


# ------------------------------------------------------------------------------------------ reference and population


def reference(world: World, progress: Progress) -> Counted:
    """Places, catalogue, definitions, formulas, plan; the demo's officers."""
    from shohay.bulk.synth import DEMO_UPAZILAS
    from shohay.cli.load import load_reference
    from shohay.stages.accounts.actions import demo_officers
    from shohay.stages.accounts.officer import SYSTEM

    counts = load_reference(by=SYSTEM)
    demo_officers(upazilas=list(DEMO_UPAZILAS), by=SYSTEM)
    rows = sum(of["rows"] for of in counts.values() if isinstance(of, dict))
    return Counted(rows, rows)


def population(world: World, progress: Progress) -> Counted:
    """A household file of people who do not exist."""
    from shohay.bulk.synth import demo_areas, generate

    made = generate(
        households=world.households, seed=world.seed, areas=demo_areas(), out=world.var / "synth", form="file",
        as_of=world.today, progress=lambda done, total: progress("households", done, total),
    )  # fmt: skip
    return Counted(world.households, made.counts["file"])


# -------------------------------------------------------------------------------------------------- intake, registry


def receive(world: World, progress: Progress) -> Counted:
    """The operator hands the file in and it is checked row by row."""
    from shohay.stages.intake import actions

    by = world.officer("operator")
    upload = actions.receive(data=world.var / "synth" / "households.csv", file_name="households.csv", by=by)
    upload = actions.check(upload=upload, by=by, progress=progress)
    return Counted(upload.rows_total, upload.rows_good)


def admit(world: World, progress: Progress) -> Counted:
    """The good rows become people and households."""
    from shohay.stages.registry import actions

    upload = _upload()
    counts = actions.admit(upload=upload, by=world.officer("operator"), progress=progress)
    return Counted(upload.rows_good, counts["persons"])


def applications(world: World, progress: Progress) -> Counted:
    """The applications that the file carries."""
    from shohay.stages.targeting import actions

    counts = actions.register_applications(upload=_upload(), by=world.officer("operator"))
    return Counted(counts["asked"], counts["asked"] - counts["unknown"])


def _upload() -> Upload:
    from shohay.stages.intake.models import Upload

    return Upload.objects.filter(file_name="households.csv").latest("uploaded_at")


def snapshot(world: World, progress: Progress) -> Counted:
    """A dated copy of the registry for everything that runs over all people."""
    from shohay.stages.enrolment import queries as enrolment
    from shohay.stages.registry import actions
    from shohay.stages.targeting import queries as targeting

    taken = actions.take_snapshot(
        as_of=world.today, held=enrolment.held(), applications=targeting.applications_table(),
        by=world.officer("manager"), progress=progress,
    )  # fmt: skip
    rows = sum(taken.counts.get(table, 0) for table in ("persons", "households", "held", "applications"))
    return Counted(rows, rows)


def _newest() -> Snapshot:
    from shohay.stages.registry.models import Snapshot

    return Snapshot.objects.latest("id")


# ----------------------------------------------------------------------------------------------------------- linkage


def duplicates(world: World, progress: Progress) -> Counted:
    """The matcher: pairs that are certain are linked, pairs in doubt wait for a person."""
    from shohay.stages.linkage import actions
    from shohay.stages.linkage.models import Pair

    taken = _newest()
    actions.run_linkage(snapshot=taken, by=world.officer("manager"), progress=progress)
    return Counted(taken.counts["persons"], Pair.objects.count())


def decide_pair(world: World, progress: Progress) -> Counted:
    """An officer decides a pair in doubt, the cast's man who is registered twice; a second one approves the merge."""
    from shohay.bulk.synth.cast import CAST
    from shohay.stages.linkage import actions
    from shohay.stages.linkage.models import Merge, Pair

    waiting = Pair.objects.filter(
        band=Pair.Band.REVIEW, decision="", left__duplicate_of=None, right__duplicate_of=None
    ).order_by("-probability", "id")
    total = waiting.count()
    first, second = world.officer("upazila"), world.officer("upazila2")
    homes = [CAST[name][0]["household_reference"] for name in ("twice_first", "twice_second")]
    twice = waiting.filter(left__household__reference__in=homes, right__household__reference__in=homes)
    decided = Pair.objects.filter(decision=Pair.Decision.SAME, decided_by=first.username)
    pair = decided.first() or twice.first() or waiting.first()
    if pair is None:
        return Counted(0, 0)
    if not pair.decision:
        actions.decide_pair(pair=pair, decision=Pair.Decision.SAME, reason=DUPLICATE_REASON, by=first)
    for merge in Merge.objects.filter(pair=pair, approved_by="", undone_at=None):
        actions.approve_merge(merge=merge, by=second)
    return Counted(total, 1)


# --------------------------------------------------------------------------------------------------------- targeting


def quotas(world: World, progress: Progress) -> Counted:
    """National places scaled to these people and shared among the upazilas, for each programme that has a quota."""
    from shohay.core.values import FiscalYear
    from shohay.stages.programmes.definitions import definitions_on
    from shohay.stages.targeting import actions, queries

    year = str(FiscalYear.of(world.today))
    limited = []
    for definition in definitions_on(world.today):
        version = definition.version_on(world.today)
        if version is not None and version.quota.from_ == "allocation":
            limited.append(definition.programme)
    set_already = {programme for programme, _ in queries.quotas_of(year)}
    for number, code in enumerate(limited, start=1):
        if code not in set_already:
            total = queries.scaled_places(code) or world.households // 100  # a pilot without a published number
            actions.allocate_quotas(programme_code=code, fiscal_year=year, total=total, by=world.officer("manager"))
        progress("quotas", number, len(limited))
    return Counted(len(limited), sum(queries.quotas_of(year).values()))


def determine(world: World, progress: Progress) -> Counted:
    """Everybody's answer for every programme, with reasons, ranked within the quotas."""
    from shohay.stages.targeting import actions
    from shohay.stages.targeting.models import Decision

    taken = _newest()
    run = actions.run_determination(snapshot=taken, on=world.today, by=world.officer("manager"), progress=progress)
    return Counted(taken.counts["persons"], Decision.objects.filter(run=run).count())


def _run() -> Run:
    from shohay.stages.targeting.models import Run

    return Run.objects.latest("id")


def propose(world: World, progress: Progress) -> Counted:
    """The manager puts the lists forward."""
    from shohay.core.messages import Refusal
    from shohay.stages.targeting import actions
    from shohay.stages.targeting.models import Decision, SelectionList

    run = _run()
    try:
        actions.propose_lists(run=run, by=world.officer("manager"))
    except Refusal as refusal:  # an earlier, interrupted demo proposed them
        if refusal.code != "lists_none" or not SelectionList.objects.filter(run=run).exists():
            raise
    ranked = Decision.objects.filter(run=run, rank__isnull=False).count()
    return Counted(ranked, SelectionList.objects.filter(run=run).count())


def approve(world: World, progress: Progress) -> Counted:
    """The upazila's officers approve the lists of their areas."""
    from shohay.stages.targeting import actions
    from shohay.stages.targeting.models import Decision, SelectionList

    run = _run()
    waiting = list(SelectionList.objects.filter(run=run, state="proposed").order_by("id"))
    for number, one in enumerate(waiting, start=1):
        actions.approve_list(selection_list=one, by=world.officer("upazila"))
        progress("lists", number, len(waiting))
    lists = SelectionList.objects.filter(run=run)
    return Counted(lists.count(), Decision.objects.filter(run=run, selected=True).count())


def enrol(world: World, progress: Progress) -> Counted:
    """The selected become beneficiaries from the first day of the quarter that is paid, or of the month of goods."""
    from shohay.stages.enrolment import actions
    from shohay.stages.enrolment.models import Enrolment
    from shohay.stages.targeting.models import Decision, SelectionList

    run, since = _run(), links_kind.enrolled_from(world)
    waiting = SelectionList.objects.filter(run=run, state="approved", selected__gt=0, enrolments=None)
    lists = list(waiting.order_by("id"))
    for number, one in enumerate(lists, start=1):
        on = since.get(one.programme_code, world.quarter.first)
        actions.enrol_list(selection_list=one, on=on, by=world.officer("manager"))
        progress("lists", number, len(lists))
    return Counted(Decision.objects.filter(run=run, selected=True).count(), Enrolment.objects.count())


# ---------------------------------------------------------------------------------------------------------- payments


def payroll(world: World, progress: Progress) -> Counted:
    """A cycle and a payroll for each programme that pays money."""
    from shohay.stages.enrolment.models import Enrolment
    from shohay.stages.payments import actions
    from shohay.stages.payments.models import Payment
    from shohay.stages.programmes.definitions import definitions_on

    by, enrolled = world.officer("manager"), 0
    held = set(Enrolment.objects.order_by().values_list("programme_code", flat=True).distinct())
    for definition in definitions_on(world.quarter.first):
        version = definition.version_on(world.quarter.first)
        if definition.programme not in held or version is None or not version.pays_cash:
            continue
        period = world.period(version.payment.rhythm)
        cycle = actions.open_cycle(programme_code=definition.programme, period=period, by=by)
        actions.prepare_payroll(cycle=cycle, by=by, progress=progress)
        enrolled += Enrolment.objects.filter(programme_code=definition.programme).count()
    return Counted(enrolled, Payment.objects.count())


def approve_payrolls(world: World, progress: Progress) -> Counted:
    """A second officer releases the money."""
    from shohay.stages.payments import actions

    lines = 0
    for one in _payrolls():
        lines += one.lines
        if one.state == "prepared":
            actions.approve_payroll(payroll=one, by=world.officer("approver"))
    return Counted(lines, lines)


def send(world: World, progress: Progress) -> Counted:
    """ISO 20022 files, handed to the bank."""
    from shohay.stages.payments import actions
    from shohay.stages.payments.models import Payment

    by, files = world.officer("finance"), 0
    for one in _payrolls():
        for file in actions.write_files(payroll=one, by=by):
            actions.send(payment_file=file, bank=world.bank, by=by)
            files += 1
            progress("files", files, 0)
    return Counted(Payment.objects.count(), Payment.objects.exclude(state="due").count())


def answers(world: World, progress: Progress) -> Counted:
    """The days pass at the bank, and what it answers is applied: accepted, paid, refused, returned."""
    from shohay.stages.payments import actions
    from shohay.stages.payments.models import Payment

    sent = Payment.objects.exclude(state="due").count()
    for day in range(1, 9):
        actions.take_answers(bank=world.bank, by=world.officer("finance"))
        progress("days", day, 8)
        world.bank.advance(1)
    actions.take_answers(bank=world.bank, by=world.officer("finance"))
    return Counted(sent, Payment.objects.filter(state__in=("paid", "rejected", "returned")).count())


def reconcile(world: World, progress: Progress) -> Counted:
    """Payments, ledger and the bank's word are compared."""
    from shohay.stages.payments import actions
    from shohay.stages.payments.models import Payment

    lines, unsettled = 0, []
    for one in _payrolls():
        report = actions.reconcile(payroll=one, by=world.officer("finance"))
        lines += one.lines
        if not report["balanced"] or report["open"]:
            unsettled.append(one.pk)
    if unsettled:
        raise RuntimeError(f"payrolls {unsettled} do not reconcile: see their reports")
    return Counted(lines, Payment.objects.filter(payroll__state="reconciled").count())


def _payrolls() -> Iterator[Payroll]:
    from shohay.stages.payments.models import Payroll

    return iter(Payroll.objects.filter(lines__gt=0).select_related("cycle").order_by("id"))


# ------------------------------------------------------------------------------------------- complaints and figures


def grievance(world: World, progress: Progress) -> Counted:
    """Somebody whose money came back complains and is answered."""
    from shohay.stages.grievance import actions
    from shohay.stages.grievance.models import Grievance
    from shohay.stages.payments.models import Payment

    came_back = Payment.objects.filter(state="returned").order_by("id").select_related("person")
    returned = came_back.filter(reason_code="AC04").first() or came_back.first()
    if returned is None:
        return Counted(0, 0)
    filed = Grievance.objects.filter(payment=returned).first() or actions.file(
        category=Grievance.Category.PAYMENT_MISSING, text=COMPLAINT, person=returned.person, payment=returned,
        channel="office", by=world.officer("operator"),
    )  # fmt: skip
    if filed.state == Grievance.State.FILED:
        actions.answer(grievance=filed, outcome="upheld", text=ANSWER, by=world.officer("grievance"))
    return Counted(1, Grievance.objects.exclude(state="filed").count())


def figures(world: World, progress: Progress) -> Counted:
    """The figures of the dashboards."""
    from shohay.stages.enrolment.models import Enrolment
    from shohay.stages.payments.models import Payment
    from shohay.stages.results import actions

    number = actions.compute_figures(by=world.officer("cabinet"))
    return Counted(Enrolment.objects.count() + Payment.objects.count(), number)


def verify(world: World, progress: Progress) -> Counted:
    """The chain of hashes of the audit log holds."""
    from shohay.stages.audit import queries

    world.officer("auditor").require("audit.verify")
    found = queries.verify()
    if found.broken_at is not None:
        raise RuntimeError(f"the audit log does not hold at {found.broken_at}: {found.problem}")
    return Counted(found.events, found.events)
