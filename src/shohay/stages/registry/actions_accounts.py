"""Correcting the account that a person's money goes to: proposed by one officer, approved by another."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils import timezone

from shohay.bulk import sealing
from shohay.core.bangla import to_latin_digits
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.registry.models import Account, Person
from shohay.stages.registry.models_accounts import AccountChange
from shohay.stages.registry.queries import key_ring

WALLET, BANK, ROUTING = r"01[3-9]\d{8,9}", r"\d{6,20}", r"\d{9}"  # as the household file asks for them


def propose_account(
    *, person: Person, kind: str, provider: str, number: str, routing_number: str = "", reason: str, by: Officer
) -> AccountChange:
    """Propose where the person's money shall go; the same number again says that it was checked.

    Raises reason_missing, wallet_number_wrong, bank_number_wrong, routing_wrong, account_change_waits.
    """
    by.require("account.propose", area=person.area_code)
    number, routing_number = _digits(number), _digits(routing_number)
    if not reason.strip():
        raise Refusal("reason_missing")
    _check_number(kind, number, routing_number)
    ring, today = key_ring(), timezone.localdate()
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)  # two proposals at once wait for each other
        if AccountChange.objects.filter(person=person, state=AccountChange.State.PROPOSED).exists():
            raise Refusal("account_change_waits")
        digest = sealing.digest(ring, kind, number)
        same = Account.objects.filter(person=person, digest=digest, valid_to__isnull=True).exists()
        account = Account.objects.create(
            person=person, kind=kind, provider=provider.strip().lower()[:20],
            routing_number=routing_number if kind == Account.Kind.BANK else "",
            sealed=sealing.seal(ring, kind, sealing.ACCOUNT, number), digest=digest, holder_name=person.name_bn,
            valid_from=today, valid_to=today,
        )  # fmt: skip
        change = AccountChange.objects.create(
            person=person, account=account, area_code=person.area_code, reason=reason.strip()[:400], same_number=same,
            proposed_by=by.username, proposed_at=timezone.now(),
        )  # fmt: skip
        _record("account.proposed", change, by, change.reason)
    return change


def approve_account(*, change: AccountChange, by: Officer) -> AccountChange:
    """Another officer puts the account in force from today; the one before ends."""
    with transaction.atomic():
        change = _waiting(change, by)
        if change.proposed_by == by.username:
            raise Refusal("same_person")
        today = timezone.localdate()
        Account.objects.filter(person=change.person_id, valid_to__isnull=True).update(valid_to=today)
        Account.objects.filter(pk=change.account_id).update(valid_from=today, valid_to=None)
        _decide(change, AccountChange.State.APPROVED, by)
        _record("account.changed", change, by, change.reason)
    return change


def refuse_account(*, change: AccountChange, reason: str, by: Officer) -> AccountChange:
    """The account stays as it is. Whoever proposed may take it back themselves."""
    if not reason.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        change = _waiting(change, by)
        change.note = reason.strip()[:400]
        _decide(change, AccountChange.State.REFUSED, by)
        _record("account.refused", change, by, change.note)
    return change


def _digits(text: str) -> str:
    return re.sub(r"^(?:\+?88)(?=01)", "", re.sub(r"[\s\-()]", "", to_latin_digits(text)))


def _check_number(kind: str, number: str, routing_number: str) -> None:
    if kind == Account.Kind.MFS:
        if not re.fullmatch(WALLET, number):
            raise Refusal("wallet_number_wrong")
    elif not re.fullmatch(BANK, number):
        raise Refusal("bank_number_wrong")
    elif not re.fullmatch(ROUTING, routing_number):
        raise Refusal("routing_wrong")


def _waiting(change: AccountChange, by: Officer) -> AccountChange:
    change = AccountChange.objects.select_for_update(of=("self",)).select_related("person", "account").get(pk=change.pk)
    by.require("account.approve", area=change.area_code)
    if change.state != AccountChange.State.PROPOSED:
        raise Refusal("wrong_state", state=change.state)
    return change


def _decide(change: AccountChange, state: str, by: Officer) -> None:
    change.state, change.decided_by, change.decided_at = state, by.username, timezone.now()
    change.save(update_fields=["state", "decided_by", "decided_at", "note"])


def _record(action: str, change: AccountChange, by: Officer, reason: str) -> None:
    record(
        action=action, by=by, subject=("person", change.person_id), area_code=change.area_code, reason=reason,
        detail={"change": change.pk, "account": change.account_id, "kind": change.account.kind,
                "provider": change.account.provider, "same_number": change.same_number},
    )  # fmt: skip
