"""Computing a run of the indicators again from what was kept with it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from django.conf import settings

from shohay.bulk import results
from shohay.bulk.results_inputs import Inputs
from shohay.core.indicator_documents import Indicator as Document
from shohay.core.messages import Refusal
from shohay.policy.indicator_documents import groups
from shohay.stages.registry.models import Snapshot
from shohay.stages.results.models_values import IndicatorRun


def replay(run: IndicatorRun) -> tuple[str, str]:
    """(stored, found) hash of the values, computed again from the inputs and definitions kept with the run."""
    place = settings.VAR / run.path
    snapshot = Snapshot.objects.filter(sha256=run.snapshot_sha256).first()
    if snapshot is None or not (place / "definitions.json").exists():
        raise Refusal("run_unknown", run=f"I{run.pk}")
    raw = json.loads((place / "definitions.json").read_text(encoding="utf-8"))
    years = tuple(int(year[:4]) for year in run.years)
    given = Inputs(Path(snapshot.path), place / "inputs", run.as_of, years, groups())
    with tempfile.TemporaryDirectory(dir=settings.VAR / "indicators") as folder:
        made = results.compute(
            inputs=given, indicators=[Document.model_validate(one) for one in raw], out=Path(folder) / "run"
        )
    return run.result_sha256, made.sha256
