"""What outside parties said, what does not agree, and the numbers of a person; within the officer's areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from shohay.bulk import sealing
from shohay.core.verification import PARTIES
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import queries
from shohay.stages.registry.models import Identity, Person
from shohay.stages.registry.models_verification import Finding, PartyState, Verification, VerificationRun

SOURCES = ("number", *PARTIES)
CODES = (
    "died", "wallet_closed", "not_found", "birth_date_differs", "name_differs", "parent_differs", "disability_differs",
    "sim_of_another", "wallet_of_another", "birth_year_differs", "year_impossible", "nid_too_young",
    "numbers_disagree", "number_shared", "district_unknown", "district_differs", "upazila_unknown", "rmo_unknown",
)  # fmt: skip
BY_WEIGHT = Case(
    When(severity="serious", then=Value(0)), When(severity="doubt", then=Value(1)), default=Value(2),
    output_field=IntegerField(),
)  # fmt: skip


@dataclass(frozen=True)
class Number:
    """A number as a page may show it."""

    pk: int
    kind: str
    mask: str
    recorded_at: datetime
    withdrawn_at: datetime | None


def parties() -> list[tuple[str, PartyState | None]]:
    """Every party with how it is doing; None where it was never asked."""
    known = PartyState.objects.in_bulk(list(PARTIES))
    return [(code, known.get(code)) for code in PARTIES]


def runs(officer: Officer) -> QuerySet[VerificationRun]:
    """Runs over the officer's areas, newest first."""
    return VerificationRun.objects.filter(officer.area_filter()).order_by("-started_at", "-id")


def findings(
    officer: Officer, *, state: str = "open", source: str = "", severity: str = "", code: str = ""
) -> QuerySet[Finding]:
    """Findings in the officer's areas; '' asks for any."""
    wanted = {"state": state, "source": source, "severity": severity, "code": code}
    found = Finding.objects.filter(officer.area_filter(), **{name: value for name, value in wanted.items() if value})
    return found.select_related("person")


def findings_of(person: Person) -> QuerySet[Finding]:
    """Of one person, what weighs most first, decided ones last."""
    state = Case(When(state="open", then=Value(0)), default=Value(1), output_field=IntegerField())
    return Finding.objects.filter(person=person).exclude(state="gone").order_by(state, BY_WEIGHT, "-found_at", "-id")


def verified(person: Person) -> list[Verification]:
    """The latest answer of each party, in the order of the parties."""
    latest = Verification.objects.filter(person=person).order_by("party", "-asked_at", "-id").distinct("party")
    order = list(PARTIES)
    return sorted(latest, key=lambda row: order.index(row.party) if row.party in order else len(order))


def numbers(person: Person) -> list[Number]:
    """All identity numbers, those in use first, masked."""
    ring = queries.key_ring()
    rows = [
        *Identity.objects.filter(person=person, withdrawn_at__isnull=True).order_by("pk"),
        *Identity.objects.filter(person=person, withdrawn_at__isnull=False).order_by("-withdrawn_at"),
    ]
    return [
        Number(row.pk, row.kind, queries._mask(ring, row.kind, sealing.IDENTITY, bytes(row.sealed)), row.recorded_at,
               row.withdrawn_at)
        for row in rows
    ]  # fmt: skip


def held(officer: Officer, pk: int) -> Identity | None:
    """A number of a person in the officer's areas."""
    return Identity.objects.filter(officer.area_filter("person__area_code"), pk=pk).select_related("person").first()
