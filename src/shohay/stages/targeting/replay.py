"""Repeating a determination from what was stored with it, to prove that nothing else decided."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from shohay.bulk.determination import determine
from shohay.bulk.engine import choose
from shohay.bulk.snapshot import verify
from shohay.core.messages import Refusal
from shohay.stages.programmes import definitions as catalogue
from shohay.stages.targeting import queries
from shohay.stages.targeting.models import Run


class Replay(NamedTuple):
    """The hash that the result had, and the hash that it has when computed again."""

    stored: str
    found: str

    @property
    def same(self) -> bool:
        return self.stored == self.found


def replay(run: Run, engine: str = "") -> Replay:
    """Compute ``run`` again from its snapshot, definitions, formula and quotas, on the engine that it was made on.

    ``engine`` names another: the hash is the same. Raises ``Refusal`` when the snapshot or a definition is gone, or
    when the engine is not on this machine.
    """
    chosen = choose(engine or run.engine)
    snapshot = queries.folder_of(run.snapshot)
    if not snapshot.is_dir():
        raise Refusal("snapshot_gone", path=str(snapshot))
    if changed := verify(snapshot):
        raise Refusal("snapshot_changed", tables=", ".join(changed))
    documents = []
    for code, sha256 in sorted(run.definitions.items()):
        document = catalogue.definition_of(code, sha256)
        if document is None:
            raise Refusal("definition_gone", programme=code, sha256=sha256[:12])
        documents.append(document)
    formula = catalogue.formula_of(run.parameters["formula_sha256"])
    if formula is None:
        raise Refusal("formula_missing", code=run.parameters["formula"])
    folder: Path = settings.VAR / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as out:
        result = determine(
            snapshot=snapshot, definitions=documents, on=run.on, out=Path(out), formula=formula,
            seed=run.parameters["seed"], quotas=queries.unpack_quotas(run.parameters), engine=chosen,
        )  # fmt: skip
    return Replay(run.result_sha256, result.sha256)
