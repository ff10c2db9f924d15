"""Reading the triggers. They are published protocols, so none of these takes an officer."""

from __future__ import annotations

from django.db.models import QuerySet

from shohay.stages.shocks.models import Trigger


def triggers(hazard: str = "") -> QuerySet[Trigger]:
    """Triggers, of one hazard or all, in the order of their codes."""
    found = Trigger.objects.filter(hazard=hazard) if hazard else Trigger.objects.all()
    return found.order_by("code")


def confirmed() -> QuerySet[Trigger]:
    """Those whose figures were verified against a published protocol: only these may start a payment."""
    return triggers().filter(status="verified")
