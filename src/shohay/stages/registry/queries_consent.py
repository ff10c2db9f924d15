"""Reading what people were told and agreed to, and what they ask to have corrected."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from shohay.core.purposes import Purposes
from shohay.policy.privacy_purposes import shipped
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import dated_facts
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_consent import CorrectionRequest, Notice

WITHOUT_EVENT = ("number", "account", "household")  # corrected where they are kept, not by a life event of the person
FACTS = (*(fact for fact in dated_facts.PERSON if fact != "death"), *WITHOUT_EVENT)


def purposes() -> Purposes:
    """The purposes in force."""
    return shipped()


def notices(household: Household) -> QuerySet[Notice]:
    """Notices given to the household, by itself or with the file that brought it, the latest first."""
    scope = Q(household=household)
    if household.upload_id:
        scope |= Q(upload_id=household.upload_id)
    return Notice.objects.filter(scope).order_by("-told_on", "-pk")


def agreed(household: Household) -> list[str]:
    """The purposes of basis consent that the household agrees to now; [] when nobody asked."""
    latest = notices(household).first()
    return list(latest.agreed) if latest else []


def requests(officer: Officer, state: str = "") -> QuerySet[CorrectionRequest]:
    """Requests in the officer's areas, the one due first at the beginning."""
    found = CorrectionRequest.objects.filter(officer.area_filter()).select_related("person")
    return (found.filter(state=state) if state else found).order_by("due_on", "pk")


def request(officer: Officer, pk: int) -> CorrectionRequest | None:
    return requests(officer).select_related("person__household", "event").filter(pk=pk).first()


def requests_of(person: Person) -> QuerySet[CorrectionRequest]:
    return CorrectionRequest.objects.filter(person=person).order_by("-pk")
