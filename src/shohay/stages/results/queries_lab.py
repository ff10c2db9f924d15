"""Reading the policy lab: bases to simulate on, comparisons, and everything that a simulation depends on.

Only aggregates leave these functions. A comparison that is not saved is seen by its owner alone; a saved one by
everybody with lab.view. Rules are public, so no programme is hidden from who may simulate.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import rfc8785
from django.conf import settings
from django.db.models import Q, QuerySet

from shohay.bulk import survey_base
from shohay.bulk.engine import Engine
from shohay.bulk.pmt import Formula
from shohay.bulk.simulation import simulate
from shohay.bulk.snapshot import read_manifest
from shohay.bulk.survey_thin import thinned
from shohay.core import document
from shohay.core.definition import Definition
from shohay.core.messages import Refusal
from shohay.core.scenario import Scenario
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import definitions as catalogue
from shohay.stages.programmes import queries_drafts
from shohay.stages.registry.models import Snapshot
from shohay.stages.results.models_lab import LabResult, LabStudy
from shohay.stages.targeting import queries as targeting

SURVEYS = "survey-bases"  # under VAR: a folder each, as shohay.bulk.survey_base makes them
SEED = 1
SAMPLE = 0.01  # of the base, while somebody moves a parameter; of a small base more,
LEAST = 3_000  # so that about so many households are asked
Kind = LabStudy.BaseKind
Progress = Callable[[str, int, int], None]


class Base(NamedTuple):
    """People to simulate on. ``sha256`` names their data, ``as_of`` the day they speak of."""

    kind: str
    key: str
    path: Path
    sha256: str
    as_of: date | None
    households: int
    synthetic: bool
    title: tuple[str, str]  # Bangla, English; ('', '') for the registry, which the screen names


class Inputs(NamedTuple):
    """Everything a simulation needs; ``described`` is what its hash is of."""

    scenarios: list[Scenario]
    definitions: dict[str, Definition]
    drafts: dict[str, Definition]
    base: Base
    formula: Formula
    quotas: Mapping[tuple[str, str], int]
    described: dict[str, Any]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(rfc8785.dumps(self.described)).hexdigest()


def bases(officer: Officer) -> list[Base]:
    """The newest snapshot of the registry, then the survey bases by name."""
    if not officer.may("lab.view"):
        return []
    newest = Snapshot.objects.order_by("-id").first()
    found = [_registry(newest)] if newest else []
    folder = settings.VAR / SURVEYS
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return [base for base in [*found, *(_survey(path) for path in paths)] if base]


def base_of(study: LabStudy) -> Base | None:
    """The base of a comparison; None where its data are gone."""
    if study.base_kind == Kind.REGISTRY:
        snapshot = Snapshot.objects.filter(sha256=study.base).first()
        return _registry(snapshot) if snapshot else None
    return _survey(settings.VAR / SURVEYS / Path(study.base).name)


def _registry(snapshot: Snapshot) -> Base | None:
    path = settings.VAR / snapshot.path
    if not path.is_dir():
        return None
    households = int(snapshot.counts.get("households", 0))
    return Base(Kind.REGISTRY, snapshot.sha256, path, snapshot.sha256, snapshot.as_of, households,
                bool(settings.SYNTHETIC), ("", ""))  # fmt: skip


def _survey(path: Path) -> Base | None:
    if path.name.startswith(".") or not survey_base.is_survey(path):
        return None
    manifest, told = read_manifest(path), survey_base.info(path)
    households = int(manifest.tables.get("households", {}).get("rows", 0))
    words = (told["title"]["bn"], told["title"]["en"])
    return Base(
        Kind.SURVEY, path.name, path, manifest.sha256, manifest.as_of, households, bool(told["synthetic"]), words
    )


def studies(officer: Officer) -> QuerySet[LabStudy]:
    """What is saved and what the officer has begun, newest first."""
    found = LabStudy.objects.order_by("-id")
    if not officer.may("lab.view"):
        return found.none()
    return found.filter(Q(saved=True) | Q(owner=officer.username))


def may_change(officer: Officer, study: LabStudy) -> bool:
    """Whether it is the officer's own and not saved."""
    return officer.may("lab.simulate") and not study.saved and study.owner == officer.username


def parsed(given: Mapping[str, Any]) -> Scenario:
    """A scenario document, read and checked."""
    return Scenario.parse(json.dumps(document.plain(given), ensure_ascii=False))


def plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it is kept: checked, days as ISO texts."""
    made: dict[str, Any] = document.plain(document.read(parsed(given).text))
    return made


def inputs(study: LabStudy, *, sample: float = 1.0, only: int | None = None) -> Inputs:
    """What a simulation of the comparison (or of its scenario ``only``) depends on.

    Raises lab_empty, lab_base_gone, lab_rules_unknown, draft_unknown, formula_missing, scenario_*.
    """
    base = base_of(study)
    if base is None:
        raise Refusal("lab_base_gone")
    return inputs_of(base, study.scenarios if only is None else [study.scenarios[only]], sample=sample)


def inputs_of(base: Base, documents: Sequence[Mapping[str, Any]], *, sample: float = 1.0) -> Inputs:
    """The same of documents that are not stored: a parameter that somebody is moving."""
    if not documents:
        raise Refusal("lab_empty")
    scenarios = [parsed(one) for one in documents]
    published = {one.code: one for one in catalogue.published()}
    drafts = _drafts(scenarios)
    used = {line.code for one in scenarios for line in one.programmes if line.code}
    if missing := sorted(used - set(published) - {one.code for one in drafts.values()}):
        raise Refusal("lab_rules_unknown", code=", ".join(missing))
    formula = catalogue.formula(on=scenarios[0].on)
    if formula is None:
        raise Refusal("formula_missing", code="ppi_2013")
    quotas: dict[tuple[str, str], int] = {}
    for year in sorted({str(FiscalYear.of(one.on)) for one in scenarios}):
        quotas = targeting.quotas_of(year) or quotas
    described = {
        "base": base.sha256, "scenarios": [one.sha256 for one in scenarios],
        # the whole catalogue: what else exists decides who is compatible with what
        "definitions": {code: one.sha256 for code, one in sorted(published.items())},
        "drafts": sorted(drafts), "formula": formula.sha256,
        "quotas": _hash([[*key, slots] for key, slots in sorted(quotas.items())]),
        "sample": str(sample), "seed": SEED, "code": code_version(),
    }  # fmt: skip
    return Inputs(scenarios, published, drafts, base, formula, quotas, described)


def _drafts(scenarios: list[Scenario]) -> dict[str, Definition]:
    found = {}
    for scenario in scenarios:
        for line in scenario.programmes:
            if line.draft:
                found[line.draft] = queries_drafts.draft(line.draft)
    return found


def _hash(value: Any) -> str:
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


@cache
def code_version() -> str:
    """The engine and the hash of the code that simulates."""
    digest = hashlib.sha256()
    package = Path(str(files("shohay")))
    for path in sorted([*package.glob("bulk/simulation*.py"), *package.glob("core/s[ci][em]*.py"),
                        package / "bulk/fact_table.py", package / "bulk/facts.py", package / "bulk/determination.py",
                        package / "core/poverty.py"]):  # fmt: skip
        digest.update(path.read_bytes())
    return f"{Engine().version}, code {digest.hexdigest()[:16]}"


def simulated(
    asked: Inputs, *, sample: float = 1.0, whole: bool = True, progress: Progress | None = None
) -> dict[str, Any]:
    """The result of ``asked``: of the whole base with its sampling errors, or of a part of it at once without them."""
    told = progress and (lambda step, done, total: progress(f"lab_{step}", done, total))
    found = simulate(
        scenarios=asked.scenarios, definitions=asked.definitions, drafts=asked.drafts, base=asked.base.path,
        formula=asked.formula, quotas=asked.quotas, sample=sample, seed=SEED, progress=told, errors=whole,
    )  # fmt: skip
    # a registry does not say of itself that its people are invented: the installation does
    return {**found, "base": {**found["base"], "synthetic": found["base"]["synthetic"] or asked.base.synthetic}}


def sampled(study: LabStudy, documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Documents that are not stored, on a part of the comparison's base. Raises what ``inputs`` does."""
    base = base_of(study)
    if base is None:
        raise Refusal("lab_base_gone")
    sample = min(1.0, max(SAMPLE, LEAST / max(base.households, 1)))
    if base.kind == Kind.SURVEY and sample < 1:  # of a survey whole clusters, so that its design stays
        fewer = base._replace(path=thinned(base.path, sample, settings.VAR / "survey-samples"))
        return {**simulated(inputs_of(fewer, documents, sample=sample), whole=False), "sample": sample}
    return simulated(inputs_of(base, documents, sample=sample), sample=sample, whole=False)


def known(asked: Inputs) -> LabResult | None:
    """What was computed of the same inputs."""
    return LabResult.objects.filter(inputs_sha256=asked.sha256).first()


def draft(sha256: str) -> Definition | None:
    """A draft by its hash; None where there is none of it."""
    try:
        return queries_drafts.draft(sha256) if sha256 else None
    except Refusal:
        return None


def drafts_of(programme: str) -> list[tuple[str, str]]:
    """The draft of a programme that is being written or waits, as (hash, first letters of it), if it can be read."""
    row = queries_drafts.open_draft(programme)
    return [(row.sha256, row.sha256[:8])] if row and queries_drafts.parsed(queries_drafts.text_of(row)) else []
