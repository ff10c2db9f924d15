"""The links of the chain for money that came back: accounts corrected, paid again, reconciled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shohay.cli.world import Counted, Progress, World

if TYPE_CHECKING:
    from shohay.stages.payments.models import Payment

CORRECTED = ("AC01", "AC03", "AC04", "AC06", "BE01", "BE04")  # reasons that another account puts right
MOST = 40  # so many come to the office to have it corrected; the others are still waited for
REASONS = {
    "AC06": "পিন সেট করা ছিল না; একই নম্বর, ফোনে যাচাই করা হয়েছে",
    "": "পুরোনো হিসাব বন্ধ বা ভুল; নতুন ওয়ালেট তাঁর ফোনে দেখা হয়েছে",
}


def correct(world: World, progress: Progress) -> Counted:
    """People whose money came back bring another wallet; one officer proposes it, another approves."""
    from shohay.stages.payments.models import Payment
    from shohay.stages.registry import actions_accounts
    from shohay.stages.registry.models_accounts import AccountChange

    bounced = Payment.objects.filter(
        state__in=("rejected", "returned"),
        reason_code__in=CORRECTED,
        person__death_date=None,
        person__duplicate_of=None,
    )
    total = Payment.objects.filter(state__in=("rejected", "returned")).count()
    chosen = list(bounced.order_by("id").select_related("person", "account")[:MOST])
    first, second = world.officer("upazila"), world.officer("upazila2")
    for number, payment in enumerate(chosen, start=1):
        if not AccountChange.objects.filter(person=payment.person).exclude(state="refused").exists():
            kind, provider, digits, reason = _another(payment)
            actions_accounts.propose_account(
                person=payment.person, kind=kind, provider=provider, number=digits, reason=reason, by=first
            )
        progress("accounts", number, len(chosen))
    waiting = list(AccountChange.objects.filter(state="proposed", proposed_by=first.username).order_by("id"))
    for change in waiting[: -2 if len(waiting) > 4 else None]:  # two wait, so that the screen shows some
        actions_accounts.approve_account(change=change, by=second)
    return Counted(total, AccountChange.objects.filter(state="approved").count())


def _another(payment: Payment) -> tuple[str, str, str, str]:
    """Kind, provider, number and reason: the same wallet once its PIN is set, else one that nobody else has."""
    from shohay.bulk import sealing
    from shohay.stages.registry.queries import key_ring

    old = payment.account
    if payment.reason_code == "AC06" and old is not None and old.kind == "mfs":
        number = sealing.open_sealed(key_ring(), old.kind, sealing.ACCOUNT, bytes(old.sealed))
        return "mfs", old.provider, number, REASONS["AC06"]
    return "mfs", "nagad", f"019{payment.person_id % 10**8:08d}", REASONS[""]


def pay_again(world: World, progress: Progress) -> Counted:
    """The bounced payments with a corrected account go out once more, are answered and reconciled."""
    from shohay.core.messages import Refusal
    from shohay.stages.payments import actions, actions_again, queries_again
    from shohay.stages.payments.models_again import Attempt, Supplement

    manager, finance = world.officer("manager"), world.officer("finance")
    for row in queries_again.ready_by_programme(manager):
        try:
            actions_again.propose_again(programme_code=row["code"], by=manager)
        except Refusal as refusal:
            if refusal.code != "nothing_to_pay_again":
                raise
    for made in Supplement.objects.filter(state="prepared").order_by("id"):
        actions_again.approve_again(supplement=made, by=world.officer("approver"))
    for made in Supplement.objects.filter(state__in=("approved", "sent")).order_by("id"):
        for file in actions_again.write_again(supplement=made, by=finance):
            actions_again.send_again(file=file, bank=world.bank, by=finance)
    for day in range(1, 9):
        actions.take_answers(bank=world.bank, by=finance)
        progress("days", day, 8)
        world.bank.advance(1)
    actions.take_answers(bank=world.bank, by=finance)
    unsettled = []
    for made in Supplement.objects.exclude(state__in=("prepared", "withdrawn")).order_by("id"):
        report = actions_again.reconcile_again(supplement=made, by=finance)
        if not report["balanced"] or report["open"]:
            unsettled.append(made.pk)
    if unsettled:
        raise RuntimeError(f"supplements {unsettled} do not reconcile: see their reports")
    return Counted(Attempt.objects.count(), Attempt.objects.filter(state="paid").count())
