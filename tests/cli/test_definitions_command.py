"""shohay definitions: from the published rules to a file, changed, back as a draft, and published by another officer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from shohay.cli.main import app
from shohay.core.definition import Definition
from shohay.stages.programmes import definitions
from tests.factories.world import make_officer, make_programmes, publish_definition

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("SHOHAY_LANGUAGE", "en")
    make_programmes()
    publish_definition()
    for name in ("writer", "second"):
        make_officer(name, "programme_manager")
    make_officer("operator", "union_operator")
    return lambda *words: CliRunner().invoke(app, ["definitions", *map(str, words)])


def test_exported_changed_imported_and_published_by_another(run, tmp_path: Path):
    file = tmp_path / "oaa.yaml"
    assert run("export", "OAA", "--out", file).exit_code == 0
    text = file.read_text()
    assert Definition.parse(text).sha256 == definitions.definition_of("OAA").sha256
    assert run("diff", file).exit_code == 0
    head, last = text.rsplit("  - valid: [2026-07-01, null]", 1)
    added = "  - valid: [2027-07-01, null]\n    legal: [{source: Memo 1, kind: rate, confidence: high}]\n"
    file.write_text(
        f"{head}  - valid: [2026-07-01, 2027-06-30]{last}{added}    changes: {{parameters: {{rate: {{value: 800}}}}}}\n"
    )
    told = run("diff", file)
    assert (told.exit_code, "+ 800" in told.output) == (1, True)
    made = json.loads(run("import", file, "--json", "--by", "writer").output)
    assert made["programme"] == "OAA"
    assert "open (writer)" in run("list").output
    assert run("submit", made["draft"], "--by", "writer").exit_code == 0
    refused = run("publish", made["draft"], "--by", "writer")
    assert (refused.exit_code, "that you wrote" in refused.output) == (1, True)
    assert run("publish", made["draft"], "--by", "second").exit_code == 0
    assert definitions.definition_of("OAA").sha256 == made["sha256"]
    assert "= 800" in run("show", "OAA").output


def test_what_cannot_be_done_is_told(run, tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    file.write_text(definitions.definition_of("OAA").text.replace("age >= :age_men", "agee >= :age_men"))
    told = run("import", file, "--by", "writer")
    assert (told.exit_code, "Line 22 of the file" in told.output) == (1, True)
    assert run("show", "NOPE").exit_code == 1
    assert run("diff", tmp_path / "no.yaml").exit_code == 1
    assert run("diff", "999").exit_code == 1
    assert run("list", "--by", "operator").exit_code == 1
