"""Reading the registry: a person within one's areas, numbers masked. What is looked for is in queries_search.py."""

from __future__ import annotations

from typing import TypedDict

from django.db.models import QuerySet

from shohay.bulk import sealing
from shohay.bulk.sealing import KeyRing
from shohay.stages.accounts.officer import Officer
from shohay.stages.places.models import Area
from shohay.stages.registry.models import Household, Membership, Person, Snapshot
from shohay.stages.registry.queries_ring import key_ring as key_ring
from shohay.stages.registry.queries_search import search as search


class Masked(TypedDict):
    """What a page may show of the numbers: '•••••••789' and their kinds; '' when there is none."""

    identity: str
    identity_kind: str
    account: str
    account_kind: str
    provider: str


def upazilas() -> list[str]:
    """Zila and upazila as identity numbers write them: '4952' of 554952."""
    levels = (Area.Level.UPAZILA, Area.Level.CITY_CORPORATION)
    return sorted({code[2:6] for code in Area.objects.filter(level__in=levels).values_list("code", flat=True)})


def person(officer: Officer, person_id: int) -> Person:
    """The person with household and upload, within the officer's areas; Person.DoesNotExist otherwise."""
    return (
        Person.objects.filter(officer.area_filter())
        .select_related("household", "household__upload", "upload", "duplicate_of")
        .get(pk=person_id)
    )


def household_of(officer: Officer, household_id: int) -> Household:
    """The household within the officer's areas; Household.DoesNotExist otherwise."""
    return Household.objects.filter(officer.area_filter()).get(pk=household_id)


def members(household: Household) -> QuerySet[Person]:
    return Person.objects.filter(household=household).order_by("line_no", "pk")


def memberships(person: Person) -> QuerySet[Membership]:
    """Where the person lived, latest first."""
    return Membership.objects.filter(person=person).select_related("household").order_by("-valid_from", "-pk")


def masked(person: Person) -> Masked:
    """The numbers of a person as a page may show them: all but the last three digits as points."""
    ring = key_ring()
    identity = person.identities.filter(withdrawn_at__isnull=True).order_by("-pk").first()
    account = person.accounts.filter(valid_to__isnull=True).first()
    return {
        "identity": _mask(ring, identity.kind, sealing.IDENTITY, bytes(identity.sealed)) if identity else "",
        "identity_kind": identity.kind if identity else "",
        "account": _mask(ring, account.kind, sealing.ACCOUNT, bytes(account.sealed)) if account else "",
        "account_kind": account.kind if account else "",
        "provider": account.provider if account else "",
    }


def _mask(ring: KeyRing, kind: str, place: str, sealed: bytes) -> str:
    try:
        number = sealing.open_sealed(ring, kind, place, sealed)
    except ValueError:
        return "•••"
    return "•" * (len(number) - 3) + number[-3:]


def snapshots() -> QuerySet[Snapshot]:
    """Snapshots, newest first; they hold no names that a page would show."""
    return Snapshot.objects.order_by("-taken_at", "-pk")
