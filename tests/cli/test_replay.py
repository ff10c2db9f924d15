"""The command compares hashes and ends with 1 when they differ or when there is nothing to compare."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from shohay.bulk import engine
from shohay.cli.main import app
from shohay.stages.registry.models import Snapshot
from shohay.stages.targeting.actions import run_determination
from shohay.stages.targeting.models import Run
from tests.stages.targeting.conftest import AS_OF, MANAGER, taken  # noqa: F401


def replay(run: str, *options: str) -> tuple[int, str]:
    told = CliRunner().invoke(app, ["replay", run, *options], env={"SHOHAY_LANGUAGE": "en"})
    return told.exit_code, told.output


def test_a_determination_repeats_bit_for_bit_and_a_changed_hash_is_seen(taken: Snapshot):  # noqa: F811
    run = run_determination(snapshot=taken, on=AS_OF, by=MANAGER)
    code, said = replay(f"D{run.pk}")
    assert (code, said.splitlines()[-1]) == (0, "same, bit for bit")
    Run.objects.filter(pk=run.pk).update(result_sha256="f" * 64)
    code, said = replay(f"d{run.pk}")
    assert code == 1
    assert said.splitlines()[-1] == "DIFFERENT"


def test_a_run_of_a_cluster_is_refused_without_spark_and_repeats_on_duckdb(
    taken: Snapshot,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    run = run_determination(snapshot=taken, on=AS_OF, by=MANAGER)
    Run.objects.filter(pk=run.pk).update(engine="spark://head:7077")
    monkeypatch.setattr(engine, "spark_lacks", lambda: "pyspark")
    code, said = replay(f"D{run.pk}")
    assert code == 1
    assert "spark://head:7077" in said
    assert "pyspark" in said
    code, said = replay(f"D{run.pk}", "--engine", "duckdb")
    assert (code, said.splitlines()[-1]) == (0, "same, bit for bit")


@pytest.mark.django_db
@pytest.mark.parametrize("run", ["D9999", "P9999", "X1", "12", ""])
def test_what_is_not_there_is_said(run: str):
    code, said = replay(run)
    assert code == 1
    assert "There is no computation" in said
