"""Reading score formulas: which is in force on a day, its documents and cards. They are public, as definitions are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from shohay.bulk.pmt import Formula
from shohay.core.messages import Refusal
from shohay.stages.programmes.models_scores import ScoreDrift, ScoreUse, ScoreVersion

IN_FORCE, COMING, ENDED, INSTALLED = STATES = ("in_force", "coming", "ended", "installed")


def parsed(version: ScoreVersion) -> Formula:
    """The formula of a version; ValueError when the stored document does not have its hash."""
    formula = Formula.parse(version.text)
    if formula.sha256 != version.sha256:
        raise ValueError(f"the stored formula {version.code} does not have its hash")
    return formula


def versions() -> QuerySet[ScoreVersion]:
    """Every formula that was installed, the newest first, with the days of its use."""
    return ScoreVersion.objects.prefetch_related("uses").order_by("-installed_at", "-pk")


def version(which: str) -> ScoreVersion | None:
    """A version by its number, the beginning of its hash (8 signs or more), or the newest of a code."""
    found = versions()
    if which.isdigit() and len(which) < 8:
        return found.filter(pk=int(which)).first()
    return found.filter(code=which).first() or (
        found.filter(sha256__startswith=which).first() if len(which) >= 8 else None
    )


def of_hash(sha256: str) -> ScoreVersion | None:
    return ScoreVersion.objects.filter(sha256=sha256).first()


def needed(which: str) -> ScoreVersion:
    """The same; Refusal('formula_unknown') where there is none."""
    found = version(which)
    if found is None:
        raise Refusal("formula_unknown", code=which[:64])
    return found


def use_on(day: date) -> ScoreUse | None:
    """Which formula is in force on ``day``; before the first of all, that first one."""
    uses = ScoreUse.objects.select_related("version").order_by("valid_from")
    return uses.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day)).first() or uses.first()


def version_on(day: date | None = None) -> ScoreVersion | None:
    use = use_on(day or timezone.localdate())
    return use.version if use else None


def state(one: ScoreVersion, today: date | None = None) -> str:
    """in_force, coming (from a later day), ended, or installed (never put in force)."""
    today = today or timezone.localdate()
    uses = list(one.uses.all())
    if any(use.valid_from <= today and (use.valid_to is None or use.valid_to > today) for use in uses):
        return IN_FORCE
    if any(use.valid_from > today for use in uses):
        return COMING
    return ENDED if uses else INSTALLED


def card(one: ScoreVersion) -> dict[str, Any]:
    """The model card; Refusal('card_missing') where the formula was not made here."""
    if one.card is None:
        raise Refusal("card_missing")
    return dict(one.card)


def drifts() -> QuerySet[ScoreDrift]:
    return ScoreDrift.objects.order_by("-computed_at", "-pk")
