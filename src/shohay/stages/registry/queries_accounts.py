"""Changes of accounts, as the screens show them: numbers masked but for the last digits."""

from __future__ import annotations

from django.db.models import QuerySet

from shohay.bulk import sealing
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry.models import Account, Person
from shohay.stages.registry.models_accounts import AccountChange
from shohay.stages.registry.queries import key_ring


def account_changes(officer: Officer, state: str = AccountChange.State.PROPOSED) -> QuerySet[AccountChange]:
    """Changes in the officer's areas, the oldest first."""
    if not officer.may("account.approve"):
        officer.require("account.propose")
    rows = AccountChange.objects.filter(officer.area_filter(), state=state)
    return rows.select_related("person", "account").order_by("proposed_at", "id")


def waiting_for_approval(officer: Officer) -> QuerySet[AccountChange]:
    """Changes that this officer may approve: proposed by somebody else."""
    if not officer.may("account.approve"):
        return AccountChange.objects.none()
    return account_changes(officer).exclude(proposed_by=officer.username)


def account_change(officer: Officer, change_id: int) -> AccountChange | None:
    rows = AccountChange.objects.filter(officer.area_filter(), pk=change_id)
    return rows.select_related("person", "account").first()


def open_change(person: Person) -> AccountChange | None:
    """The proposal that waits about a person."""
    return AccountChange.objects.filter(person=person, state="proposed").select_related("account").first()


def mask(account: Account | None) -> str:
    """The number of an account but for its last three digits as points; '' for none."""
    if account is None:
        return ""
    try:
        number = sealing.open_sealed(key_ring(), account.kind, sealing.ACCOUNT, bytes(account.sealed))
    except ValueError:
        return "•••"
    return "•" * (len(number) - 3) + number[-3:]


def before(change: AccountChange) -> Account | None:
    """The account that the change replaces."""
    return Account.objects.filter(person=change.person_id, valid_to__isnull=True).exclude(pk=change.account_id).first()
