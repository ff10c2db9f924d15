"""What the registry says of a condition while it is written: for how many it holds, and which facts they lack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from shohay.bulk import criterion_shares
from shohay.core import criteria, criteria_hints, definition_edit
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.stages.programmes import definitions, queries_drafts
from shohay.stages.registry import queries_facts
from shohay.stages.registry.models import Snapshot
from shohay.web.office import desk
from shohay.web.office.programmes import shown

ENOUGH = 20_000  # rows tell the share within a percent; a larger snapshot is sampled


def missing(text: str, values: criteria.Parameters) -> list[str]:
    """Warnings for the facts behind a condition that are often missing, as last measured."""
    named = criteria.check(text, FACTS, values).facts
    behind = {name for fact in named for name in FACTS[fact].asked} | named
    hints = criteria_hints.missing(behind, queries_facts.coverage_of(behind))
    return [hint.say(desk.language()) for hint in hints]


@require_POST
@desk.needs("definition.propose")
def measured(request: HttpRequest, pk: int) -> HttpResponse:
    """Beneath a condition that can be asked: its shares in the newest snapshot, or nothing."""
    draft = shown.draft_or_404(request, pk)
    whole = queries_drafts.whole_of(draft)
    parameters = definition_edit.edited(whole).get("parameters") or {}
    values = {name: one.get("value") for name, one in parameters.items()}
    text = " ".join(request.POST.get("must", "")[:20_000].split())
    return render(request, "office/programmes/measured.html", _measured(text, values, str(whole["unit"])))


def _measured(text: str, values: dict[str, Any], unit: str) -> dict[str, Any]:
    snapshot = queries_facts.newest_snapshot()
    if snapshot is None or not text:
        return {}
    sample = min(1.0, ENOUGH / max(1, _rows(snapshot, unit)))
    try:
        counts = criterion_shares.shares(
            Path(snapshot.path), text, values, unit=unit, on=snapshot.as_of, formula=definitions.formula(),
            sample=sample, seed=1,
        )  # fmt: skip
    except Refusal:
        return {}  # the check above it says what is wrong
    total = counts["true"] + counts["false"] + counts["unknown"]
    if not total:
        return {}
    language = desk.language()
    odd = [hint for hint in criteria_hints.measured(counts, text) if hint.code != "criterion_hint_untold"]
    lacked = sorted(((rows, name) for name, rows in counts["missing"].items() if rows), reverse=True)[:3]
    return {
        "snapshot": snapshot, "total": total, "sampled": sample < 1,
        "shares": {name: counts[name] / total for name in ("true", "false", "unknown")},
        "lacked": [(FACTS[name].text.in_language(language), rows / total) for rows, name in lacked],
        "hints": [hint.say(language) for hint in odd],
    }  # fmt: skip


def _rows(snapshot: Snapshot, unit: str) -> int:
    counted = snapshot.counts.get("households" if unit == "household" else "persons", 0)
    return int(counted.get("rows", 0) if isinstance(counted, dict) else counted)
