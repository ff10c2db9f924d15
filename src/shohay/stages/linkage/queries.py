"""Pairs in doubt and merges, within the officer's areas."""

from __future__ import annotations

from django.db.models import QuerySet

from shohay.stages.accounts.officer import Officer
from shohay.stages.linkage.models import LinkageRun, Merge, Pair


def runs(officer: Officer) -> QuerySet[LinkageRun]:
    """Runs of the matcher, newest first: counts only, no people."""
    if not officer.may("run.view"):
        officer.require("pair.decide")
    return LinkageRun.objects.select_related("snapshot").order_by("-pk")


def pairs(officer: Officer) -> QuerySet[Pair]:
    """Pairs of the officer's areas, likeliest first."""
    return Pair.objects.filter(officer.area_filter()).select_related("left", "right").order_by("-probability", "pk")


def waiting(officer: Officer) -> QuerySet[Pair]:
    """Pairs that wait for a person's eye."""
    return pairs(officer).filter(band=Pair.Band.REVIEW, decision="")


def merges(officer: Officer) -> QuerySet[Merge]:
    """Merges whose kept record lies in the officer's areas, newest first."""
    return (
        Merge.objects.filter(officer.area_filter("kept__area_code"))
        .select_related("kept", "merged", "pair")
        .order_by("-pk")
    )
