"""A poverty score, trained on a survey base and installed with its model card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from shohay.bulk import survey_base
from shohay.bulk.training import Options
from shohay.core.messages import Refusal, Text
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import actions_scores as scores
from shohay.stages.results.queries_lab import SURVEYS


@step("train_score")
def train_score(
    *, by: Officer, progress: Progress, base: str, code: str, title: list[str], candidates: list[str], **chosen: Any
) -> dict[str, Any]:
    """``chosen``: choose, method, areas, share, smear, seed, compare, valid_months of training.Options."""
    folder = settings.VAR / SURVEYS / Path(base).name
    if not survey_base.is_survey(folder):
        raise Refusal("base_unknown", name=base[:60])
    told = survey_base.info(folder)
    options = Options(
        code=code, title=Text(*title), source=str(told["source"]), candidates=tuple(candidates),
        synthetic=bool(told.get("synthetic")), compare=tuple(chosen.pop("compare", ())), **chosen,
    )  # fmt: skip
    version = scores.train_formula(base=folder, options=options, by=by, progress=progress)
    return {"version": version.pk, "sha256": version.sha256}
