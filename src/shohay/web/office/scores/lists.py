"""Poverty scores as files: formulas, drift by division, scores that have run out."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import queries_scores as formulas
from shohay.stages.registry import queries_scores as queries
from shohay.web.office import exports
from shohay.web.office.exports import Field

SEES = ("definition.view", "survey.view")


def _formulas(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "bn": one.document["title"]["bn"], "en": one.document["title"]["en"], "kind": one.kind,
         "state": formulas.state(one), "since": min((use.valid_from for use in one.uses.all()), default=None),
         "synthetic": "1" if one.synthetic else "", "sha256": one.sha256, "card": one.card_sha256,
         "by": one.installed_by, "at": one.installed_at}
        for one in formulas.versions()
    ]  # fmt: skip


exports.declare("scores", _("Score formulas"), _formulas, SEES, [
    Field(_("Code"), "code"), Field(_("Title in Bangla"), "bn"), Field(_("Title in English"), "en"),
    Field(_("Kind"), "kind", "score_kind"), Field(_("State"), "state", "score"),
    Field(_("In force from"), "since", "day"), Field(_("From synthetic data"), "synthetic"),
    Field(_("Document, SHA-256"), "sha256"), Field(_("Model card, SHA-256"), "card"),
    Field(_("Installed"), "at", "moment"), Field(_("Who"), "by", "officer"),
])  # fmt: skip


def _drift(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    wanted = asked.get("drift", "")
    row = formulas.drifts().filter(pk=int(wanted)).first() if wanted.isdigit() else formulas.drifts().first()
    if row is None:
        return []
    return [
        {"area": line["area"], "psi": line["psi"], "ks": line["ks"], "level": line["level"],
         **{f"{name}_{place}": line[name][place] for name in ("households", "unscored", "mean", "median")
            for place in (0, 1)}}
        for line in row.result["rows"]
    ]  # fmt: skip


exports.declare("score-drift", _("Drift of scores"), _drift, SEES, [
    Field(_("Area"), "area", "area"), Field(_("Households before"), "households_0", "number"),
    Field(_("Households after"), "households_1", "number"), Field(_("Without a score before"), "unscored_0", "number"),
    Field(_("Without a score after"), "unscored_1", "number"), Field(_("Mean before"), "mean_0", "number"),
    Field(_("Mean after"), "mean_1", "number"), Field(_("Median before"), "median_0", "number"),
    Field(_("Median after"), "median_1", "number"), Field(_("Stability index (PSI)"), "psi", "number"),
    Field(_("Greatest distance (KS)"), "ks", "number"), Field(_("State"), "level", "score_drift"),
])  # fmt: skip


def _months() -> int:
    version = formulas.version_on()
    return formulas.parsed(version).valid_months if version else 0


def _due(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    months = _months()
    return [row._asdict() for row in queries.due_by_upazila(officer, months, timezone.localdate())] if months else []


exports.declare("score-due", _("Scores that have run out"), _due, ("definition.view", "quality.view"), [
    Field(_("Code"), "area_code"), Field(_("Upazila"), "area_code", "area"),
    Field(_("Households"), "households", "number"), Field(_("Run out"), "due", "number"),
    Field(_("Within three months"), "soon", "number"), Field(_("Oldest data"), "oldest", "day"),
])  # fmt: skip


def _due_in(officer: Officer, asked: exports.Asked) -> Any:
    months, area = _months(), asked.get("area", "")
    rows = queries.due_in(officer, area, months, timezone.localdate())
    return exports.Told(rows, lambda row: {
        "id": row.pk, "reference": row.reference, "area": row.area_code, "address": row.address_bn,
        "data": timezone.localdate(row.recorded_at), "until": queries.counts_until(row, months),
    })  # fmt: skip


exports.declare("score-due-area", _("Households whose score has run out"), _due_in, ("person.open",), [
    Field(_("Number"), "id", "number"), Field(_("Household"), "reference"), Field(_("Area"), "area", "area"),
    Field(_("Address"), "address"), Field(_("Data of"), "data", "day"), Field(_("Score counts until"), "until", "day"),
])  # fmt: skip
