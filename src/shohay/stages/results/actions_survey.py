"""Importing the microdata of a survey, estimating from them, and proposing what was found as values of indicators."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import rfc8785
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shohay.bulk import survey
from shohay.bulk.poverty import Estimate, Estimates, estimate
from shohay.bulk.survey_mapping import SurveyMapping, read_mapping
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.results import queries_survey as queries
from shohay.stages.results.models_survey import SurveyEstimate, SurveyFinding, SurveyRound, SurveyRun

Progress = Callable[[str, int, int], None]

FOLDER = "surveys"  # under VAR, for nobody but the service
MOST_FINDINGS = 20_000  # kept for the screen; their number is kept whole


def import_round(
    *, data: bytes | Path, file_name: str, mapping: str, by: Officer, progress: Progress | None = None
) -> SurveyRound:
    """Check a file of microdata and keep its good rows; the same file with the same mapping is the same round.

    What arrived is not kept. Too many wrong rows: the round is refused with what is wrong. A good file takes the place
    of the earlier one of its survey and round. Raises not_allowed, survey_mapping_wrong, survey_columns_missing,
    survey_other_software, survey_too_large, survey_unreadable, survey_no_rows, file_*.
    """
    by.require("survey.import")
    meant = read_mapping(mapping)
    folder = settings.VAR / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".work-") as place:
        work = Path(place)
        path = _placed(data, work)
        sha256 = survey.sha256_of(path)
        known = SurveyRound.objects.filter(file_sha256=sha256, mapping_sha256=meant.sha256).first()
        if known and known.state != SurveyRound.State.REPLACED and queries.stored(known):
            return known
        checked = survey.check_survey(path=path, mapping=meant, work=work, out=folder, progress=progress)
    with transaction.atomic():
        made = _keep(known, meant, Path(file_name).name[:255], sha256, checked, by)
        record(
            action="survey.imported" if made.path else "survey.refused", by=by, subject=("survey", made.pk),
            detail={"survey": made.survey, "round": made.label, "file": sha256, "mapping": meant.sha256,
                    "data": checked.data_sha256, **checked.counts},
        )  # fmt: skip
    return made


def _placed(data: bytes | Path, work: Path) -> Path:
    path = work / "arrived"
    if isinstance(data, Path):
        shutil.copyfile(data, path)
    else:
        path.write_bytes(data)
    path.chmod(0o600)
    return path


def _keep(
    known: SurveyRound | None, meant: SurveyMapping, file_name: str, sha256: str, checked: survey.Checked, by: Officer
) -> SurveyRound:
    current = SurveyRound.objects.select_for_update().filter(
        survey=meant.survey, label=meant.label, state__in=queries.CURRENT
    )
    if checked.data:
        current.update(state=SurveyRound.State.REPLACED)
    values: dict[str, Any] = {
        "survey": meant.survey, "label": meant.label, "title_bn": meant.title[0], "title_en": meant.title[1],
        "collected_on": meant.collected_on, "source": meant.source[:300], "synthetic": meant.synthetic,
        "state": SurveyRound.State.READY if checked.data else SurveyRound.State.REFUSED, "file_name": file_name,
        "mapping": meant.document, "data_sha256": checked.data_sha256, "counts": checked.counts,
        "path": str(checked.data.relative_to(settings.VAR)) if checked.data else "",
        "imported_at": timezone.now(), "imported_by": by.username,
    }  # fmt: skip
    if known:  # replaced since, or its data were lost: the same row again
        SurveyRound.objects.filter(pk=known.pk).update(**values)
        made = SurveyRound.objects.get(pk=known.pk)
        made.findings.all().delete()
        if made.runs.exists() and made.path:
            SurveyRound.objects.filter(pk=made.pk).update(state=SurveyRound.State.ESTIMATED)
            made.state = SurveyRound.State.ESTIMATED
    else:
        made = SurveyRound.objects.create(file_sha256=sha256, mapping_sha256=meant.sha256, **values)
    rows = checked.findings.slice(0, MOST_FINDINGS).to_pylist()
    SurveyFinding.objects.bulk_create(
        [
            SurveyFinding(round=made, line=row["line"], column=row["column"][:60], code=row["code"],
                          value=(row["value"] or "")[:100], is_warning=row["warning"])
            for row in rows
        ],
        batch_size=2000,
    )  # fmt: skip
    return made


def estimate_round(*, survey_round: SurveyRound, by: Officer, progress: Progress | None = None) -> SurveyRun:
    """Estimate every measure of a round; the same data, mapping and code are the same run, its rows not made again.

    Raises not_allowed, survey_refused, survey_data_gone.
    """
    by.require("survey.import")
    if not survey_round.path:
        raise Refusal("survey_refused")
    path = queries.stored(survey_round)
    if path is None or survey.sha256_of(path) != survey_round.data_sha256:
        raise Refusal("survey_data_gone")
    version = queries.code_version()
    known = SurveyRun.objects.filter(round=survey_round, code_version=version).first()
    if known:
        return known
    begun = time.monotonic()
    spec = survey.spec_of(read_mapping(json.dumps(survey_round.mapping)))
    made = estimate(path, spec, progress=progress)
    with transaction.atomic():
        run = _stored_run(survey_round, made, version, time.monotonic() - begun, by)
        SurveyRound.objects.filter(pk=survey_round.pk, state=SurveyRound.State.READY).update(
            state=SurveyRound.State.ESTIMATED
        )
        record(
            action="survey.estimated", by=by, subject=("survey", survey_round.pk),
            detail={"run": run.pk, "data": run.data_sha256, "mapping": run.mapping_sha256, "code": version,
                    "estimates": run.estimates, "result": run.result_sha256},
        )  # fmt: skip
    return run


def _stored_run(of: SurveyRound, made: Estimates, version: str, seconds: float, by: Officer) -> SurveyRun:
    rows = [list(astuple(row)) for row in made.rows]
    run = SurveyRun.objects.create(
        round=of, data_sha256=of.data_sha256, mapping_sha256=of.mapping_sha256, code_version=version,
        design=made.design, estimates=len(rows), result_sha256=hashlib.sha256(rfc8785.dumps(rows)).hexdigest(),
        seconds=round(seconds, 3), computed_at=timezone.now(), computed_by=by.username,
    )  # fmt: skip
    names = [field.name for field in fields(Estimate)]
    SurveyEstimate.objects.bulk_create(
        [SurveyEstimate(run=run, **dict(zip(names, row, strict=True))) for row in rows], batch_size=2000
    )
    return run
