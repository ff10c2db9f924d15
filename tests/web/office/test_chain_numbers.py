"""The page of the chain shows the numbers that the demo wrote to demo.json, in the digits of the reader."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.progress import Progress

from shohay.cli import demo
from shohay.cli.chain import STEPS
from shohay.cli.world import Counted
from shohay.core.bangla import group, to_bangla_digits

NUMBERS = {step.code: (1_234_567 + place, 98_765 + place) for place, step in enumerate(STEPS)}


@pytest.fixture
def written(db, tmp_path: Path) -> list[dict]:
    """The whole chain with invented numbers, written as the demo writes it."""
    for step in STEPS:
        counted = Counted(*NUMBERS[step.code])
        demo._do(step._replace(run=lambda world, progress, counted=counted: counted), SimpleNamespace(), Progress())
    demo._write(tmp_path)
    return json.loads((tmp_path / "demo.json").read_text())


def test_the_file_holds_every_link_in_order(written):
    assert [row["step"] for row in written] == [step.code for step in STEPS]
    assert {row["step"]: (row["rows_in"], row["rows_out"]) for row in written} == NUMBERS


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_page_shows_the_numbers_of_the_file(written, sit, world, language):
    page = sit("cabinet", language).get("/office/chain/").content.decode()
    shown = re.findall(r'<td class="text">(.*?)</td><td class="number">(.*?)</td><td class="number">(.*?)</td>', page)
    digits = to_bangla_digits if language == "bn" else str
    assert [(one, other) for _, one, other in shown] == [
        (digits(group(row["rows_in"])), digits(group(row["rows_out"]))) for row in written
    ]
    for (name, _, _), step in zip(shown, STEPS, strict=True):
        assert (step.bn if language == "bn" else step.en).startswith(unescape(name))
