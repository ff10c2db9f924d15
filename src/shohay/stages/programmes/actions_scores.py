"""Installing score formulas, putting one in force, and keeping how scores moved.

A formula is installed by one officer and put in force by another; the database refuses the same person. What was
installed never changes, so a run that names a hash can be repeated whatever is in force today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import rfc8785
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shohay.bulk import pmt, score_drift, survey_base, training
from shohay.bulk.pmt import Formula
from shohay.bulk.training import Options
from shohay.bulk.training_data import GROUPS
from shohay.core import model_card
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.programmes import queries_scores as queries
from shohay.stages.programmes.models import ScoreFormula
from shohay.stages.programmes.models_scores import ScoreDrift, ScoreUse, ScoreVersion

RELEASE = "release"  # installed the shipped formulas: they were reviewed in git before they came here
Progress = Callable[[str, int, int], None]


def install(*, text: str, by: Officer, card: Mapping[str, Any] | None = None, note: str = "") -> ScoreVersion:
    """Keep a formula, with its model card if it has one; the same document again is the version that is there.

    Raises not_allowed, formula_*, criterion_*, card_wrong.
    """
    by.require("score.propose")
    formula = Formula.parse(text)
    if card is not None:
        model_card.check(card, formula.sha256)
    known = ScoreVersion.objects.filter(sha256=formula.sha256).first()
    return known or _install(formula, text, by.username, by, card, note)


def install_shipped(*, text: str, by: Officer) -> ScoreVersion:
    """A formula that comes with Shohay; the first one of all is in force at once."""
    by.require("definition.propose")
    formula = Formula.parse(text)
    known = ScoreVersion.objects.filter(sha256=formula.sha256).first()
    return known or _install(formula, text, RELEASE, by)


def install_shipped_formula(*, by: Officer) -> ScoreVersion:
    """The scorecard that comes with Shohay."""
    return install_shipped(text=pmt.shipped_text(), by=by)


@transaction.atomic
def _install(
    formula: Formula, text: str, username: str, by: Officer, card: Mapping[str, Any] | None = None, note: str = ""
) -> ScoreVersion:
    version = ScoreVersion.objects.create(
        code=formula.code, kind=formula.kind, document=formula.document, text=text, sha256=formula.sha256,
        synthetic=formula.synthetic, card=dict(card) if card is not None else None,
        card_sha256=hashlib.sha256(rfc8785.dumps(dict(card))).hexdigest() if card is not None else "", note=note[:500],
        installed_by=username, installed_at=timezone.now(),
    )  # fmt: skip
    ScoreFormula.objects.update_or_create(
        code=formula.code,
        defaults={"document": formula.document, "sha256": formula.sha256, "installed_by": username},
    )
    at_once = username == RELEASE and not ScoreUse.objects.exists()
    if at_once:
        _use(version, timezone.localdate(), by)
    record(
        action="formula.installed", subject=("formula", version.pk), by=by,
        detail={"code": version.code, "sha256": version.sha256, "card": version.card_sha256, "in_force": at_once},
    )  # fmt: skip
    return version


def train_formula(
    *, base: Path, options: Options, by: Officer, progress: Progress | None = None, note: str = ""
) -> ScoreVersion:
    """Train a formula on a survey base and install it with its card; it is in force for nobody yet.

    Raises not_allowed, training_*, survey_base_missing, fact_of_person.
    """
    by.require("score.propose")
    options.check()
    names = [*options.candidates, *GROUPS, "area_type"]
    table = survey_base.table(base, list(dict.fromkeys(names)))
    trained = training.train(table, options, progress=progress)
    return install(text=trained.text, card=trained.card, note=note, by=by)


@transaction.atomic
def activate(*, version: ScoreVersion, on: date, by: Officer) -> ScoreUse:
    """Put a formula in force from ``on``; the one before ends that day. Not by the officer who installed it.

    Raises not_allowed, formula_own, formula_synthetic (outside of synthetic installations), formula_state (it is in
    force), formula_range (the one before begins later).
    """
    by.require("score.activate")
    if version.installed_by == by.username:
        raise Refusal("formula_own")
    if version.synthetic and not settings.SYNTHETIC:
        raise Refusal("formula_synthetic")
    last = ScoreUse.objects.select_for_update().filter(valid_to=None).select_related("version").first()
    if last and last.version_id == version.pk:
        raise Refusal("formula_state", state=queries.IN_FORCE)
    if last and last.valid_from >= on:
        raise Refusal("formula_range", on=on, since=last.valid_from)
    if last:
        last.valid_to = on
        last.save(update_fields=["valid_to"])
    use = _use(version, on, by)
    record(
        action="formula.activated", subject=("formula", version.pk), by=by,
        detail={"code": version.code, "sha256": version.sha256, "from": on.isoformat(),
                "before": last.version.sha256 if last else ""},
    )  # fmt: skip
    return use


def _use(version: ScoreVersion, on: date, by: Officer) -> ScoreUse:
    return ScoreUse.objects.create(
        version=version, valid_from=on, installed_by=version.installed_by, activated_by=by.username,
        activated_at=timezone.now(),
    )  # fmt: skip


def keep_drift(
    *, version: ScoreVersion, before: Path, after: Path, by: Officer, progress: Progress | None = None
) -> ScoreDrift:
    """Score both snapshots with the formula and keep how the scores differ; the same again is the row that is there.

    Raises not_allowed, drift_same, snapshot_wrong.
    """
    by.require("score.propose")
    formula = queries.parsed(version)
    if progress:
        progress("score", 0, 1)
    found = score_drift.drift(before, after, formula)
    nation = found["rows"][0]
    with transaction.atomic():
        row, made = ScoreDrift.objects.get_or_create(
            formula_sha256=version.sha256, before_sha256=found["before"]["sha256"],
            after_sha256=found["after"]["sha256"],
            defaults={
                "formula_code": version.code, "before_on": date.fromisoformat(found["before"]["as_of"]),
                "after_on": date.fromisoformat(found["after"]["as_of"]), "psi": nation["psi"] or 0.0,
                "ks": nation["ks"] or 0.0, "level": nation["level"], "result": found, "computed_by": by.username,
                "computed_at": timezone.now(),
            },
        )  # fmt: skip
        if made:
            record(
                action="score.drift", subject=("formula", version.pk), by=by,
                detail={"before": row.before_sha256, "after": row.after_sha256, "psi": row.psi, "level": row.level},
            )  # fmt: skip
    if progress:
        progress("score", 1, 1)
    return row
