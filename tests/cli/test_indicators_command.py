"""shohay indicators check: documents read from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from shohay.cli.results import indicators
from shohay.policy.indicator_documents import shipped

POLICY = Path(__file__).resolve().parents[2] / "src" / "shohay" / "policy" / "results" / "indicators"


def test_the_shipped_documents_hold_together():
    said = CliRunner().invoke(indicators, ["check"])
    assert said.exit_code == 0
    assert "69 indicators: 56 computed, 13 submitted" in said.output
    assert shipped().sha256 in said.output


@pytest.mark.parametrize(("language", "words"), [("en", "divide by the denominator"), ("bn", "ভাগ শুধু হর বা সংখ্যা দিয়ে")])
def test_a_wrong_formula_ends_with_1_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
):
    monkeypatch.setenv("SHOHAY_LANGUAGE", language)
    wrong = tmp_path / "outcome.yaml"
    text = (POLICY / "outcome.yaml").read_text(encoding="utf-8")
    wrong.write_text(text.replace("of: people_paid}", "of: people_paid / people}", 1), encoding="utf-8")
    said = CliRunner().invoke(indicators, ["check", str(wrong)])
    assert said.exit_code == 1
    assert "OC-01" in said.output
    assert words in said.output
