"""The policy lab: putting scenarios together, simulating them, keeping, copying and dropping comparisons."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import rfc8785
from django.db import transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.results import queries_lab as queries
from shohay.stages.results.models_lab import LabResult, LabStudy

Progress = Callable[[str, int, int], None]
Document = Mapping[str, Any]
MOST = LabStudy.MOST_SCENARIOS


@transaction.atomic
def start_study(*, name: str, base: queries.Base, scenarios: Sequence[Document], by: Officer) -> LabStudy:
    """Begin a comparison of one to four scenarios. Raises not_allowed, lab_empty, lab_full, scenario_*."""
    by.require("lab.simulate")
    documents = _checked(scenarios)
    now = timezone.now()
    study = LabStudy.objects.create(
        name=_name(name), base_kind=base.kind, base=base.key, scenarios=documents, owner=by.username,
        created_at=now, changed_at=now,
    )  # fmt: skip
    record(action="lab.begun", by=by, subject=("lab", study.pk), detail={"base": base.sha256, **_told(documents)})
    return study


def _checked(scenarios: Sequence[Document]) -> list[dict[str, Any]]:
    """Plain documents that can be simulated."""
    if not scenarios:
        raise Refusal("lab_empty")
    if len(scenarios) > MOST:
        raise Refusal("lab_full", most=MOST)
    return [queries.plain(document) for document in scenarios]


def _name(given: str) -> str:
    if not given.strip():
        raise Refusal("lab_name_missing")
    return given.strip()[:200]


def _told(documents: Sequence[Document]) -> dict[str, Any]:
    return {"scenarios": [queries.parsed(document).sha256 for document in documents]}


def _own(study: LabStudy, by: Officer) -> LabStudy:
    """The row, locked, if the officer may change it."""
    by.require("lab.simulate")
    row = LabStudy.objects.select_for_update(of=("self",)).filter(pk=study.pk).first()
    if row is None:
        raise Refusal("lab_study_unknown", study=study.pk)
    if row.owner != by.username:
        raise Refusal("lab_not_own")
    if row.saved:
        raise Refusal("lab_saved")
    return row


@transaction.atomic
def set_scenarios(*, study: LabStudy, scenarios: Sequence[Document], by: Officer) -> LabStudy:
    """Replace the scenarios; what was simulated before no longer stands beside them.

    Raises not_allowed, lab_not_own, lab_saved, lab_empty, lab_full, scenario_*.
    """
    row = _own(study, by)
    documents = _checked(scenarios)
    if documents != row.scenarios:
        row.scenarios, row.result, row.changed_at = documents, None, timezone.now()
        row.save(update_fields=["scenarios", "result", "changed_at"])
    record(action="lab.changed", by=by, subject=("lab", row.pk), detail=_told(documents))
    return row


def set_scenario(*, study: LabStudy, place: int, document: Document, by: Officer) -> LabStudy:
    """Replace the scenario at ``place`` (from 0), or add it at the end where ``place`` is the first free one.

    Raises what set_scenarios does, and lab_no_scenario.
    """
    documents = list(study.scenarios)
    if not 0 <= place <= len(documents):
        raise Refusal("lab_no_scenario")
    documents[place : place + 1] = [document]
    return set_scenarios(study=study, scenarios=documents, by=by)


@transaction.atomic
def set_base(*, study: LabStudy, name: str, base: queries.Base, by: Officer) -> LabStudy:
    """Another name or another base. Raises not_allowed, lab_not_own, lab_saved, lab_name_missing."""
    row = _own(study, by)
    if (row.base_kind, row.base) != (base.kind, base.key):
        row.result = None
    row.name, row.base_kind, row.base, row.changed_at = _name(name), base.kind, base.key, timezone.now()
    row.save(update_fields=["name", "base_kind", "base", "result", "changed_at"])
    record(action="lab.changed", by=by, subject=("lab", row.pk), detail={"base": base.sha256})
    return row


def simulate_study(*, study: LabStudy, by: Officer, progress: Progress | None = None) -> LabResult:
    """Simulate the comparison as a whole; what has been computed of the same inputs is not computed again.

    Killed anywhere nothing is kept, and it can be run again. Raises not_allowed, lab_*, scenario_*, formula_missing.
    """
    by.require("lab.simulate")
    asked = queries.inputs(study)
    known = queries.known(asked)
    begun = time.monotonic()
    found = None if known else queries.simulated(asked, progress=progress)
    with transaction.atomic():
        result = known or _kept(asked, found or {}, time.monotonic() - begun, by)
        # only of what was simulated: it may have been changed meanwhile
        LabStudy.objects.filter(pk=study.pk, scenarios=study.scenarios, base=study.base).update(result=result)
        record(
            action="lab.simulated", by=by, subject=("lab", study.pk),
            detail={"inputs": asked.sha256, "result": result.result_sha256, "known": bool(known)},
        )  # fmt: skip
    return result


def _kept(asked: queries.Inputs, found: dict[str, Any], seconds: float, by: Officer) -> LabResult:
    values = {
        "inputs": asked.described, "result": found, "result_sha256": hashlib.sha256(rfc8785.dumps(found)).hexdigest(),
        "seconds": round(seconds, 3), "computed_at": timezone.now(), "computed_by": by.username,
    }  # fmt: skip
    # two workers with the same inputs: the first one's result stays
    return LabResult.objects.get_or_create(inputs_sha256=asked.sha256, defaults=values)[0]


@transaction.atomic
def save_study(*, study: LabStudy, name: str, by: Officer) -> LabStudy:
    """Keep a simulated comparison for everybody who may see the lab; from then on it stays as it is.

    Raises not_allowed, lab_not_own, lab_saved, lab_no_result, lab_name_missing.
    """
    row = _own(study, by)
    if row.result_id is None:
        raise Refusal("lab_no_result")
    row.name, row.saved, row.changed_at = _name(name), True, timezone.now()
    row.save(update_fields=["name", "saved", "changed_at"])
    record(action="lab.saved", by=by, subject=("lab", row.pk), detail={"name": row.name, **_told(row.scenarios)})
    return row


@transaction.atomic
def copy_study(*, study: LabStudy, name: str, by: Officer) -> LabStudy:
    """An officer's own draft of a comparison that the officer may see, with its result.

    Raises not_allowed, lab_study_unknown, lab_name_missing.
    """
    by.require("lab.simulate")
    of, now = queries.studies(by).filter(pk=study.pk).first(), timezone.now()
    if of is None:
        raise Refusal("lab_study_unknown", study=study.pk)
    made = LabStudy.objects.create(
        name=_name(name), base_kind=of.base_kind, base=of.base, scenarios=of.scenarios, owner=by.username,
        created_at=now, changed_at=now, result_id=of.result_id,
    )  # fmt: skip
    record(action="lab.copied", by=by, subject=("lab", made.pk), detail={"of": of.pk})
    return made


@transaction.atomic
def delete_study(*, study: LabStudy, by: Officer) -> None:
    """Drop an own comparison that is not saved; its result stays for who asks the same again.

    Raises not_allowed, lab_not_own, lab_saved.
    """
    row = _own(study, by)
    number = row.pk
    row.delete()
    record(action="lab.dropped", by=by, subject=("lab", number), detail={})
