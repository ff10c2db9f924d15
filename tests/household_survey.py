"""A small survey as its office would send it: CSV and mapping document, with whatever is to be wrong in it."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from shohay.bulk.poverty import Estimates, Progress, Spec, estimate
from shohay.stages.results import actions_survey

HEADINGS = ("hhid", "stratum", "psu", "wgt", "size", "div", "area", "sexhead", "pcexp", "oaa", "vgf")
MAPPING = """
survey: TEST
round: "2022"
title: {bn: "পরীক্ষার জরিপ", en: "A survey to test with"}
collected_on: 2022-07-01
source: "made up"
columns:
  household: hhid
  weight: wgt
  weight_of: household
  size: size
  stratum: stratum
  psu: psu
  welfare: {column: pcexp, months: 1}
  line: {value: 3000}
groups:
  division: {column: div}
  area_type: {column: area, values: {"1": rural, "2": urban}}
  head_sex: {column: sexhead, values: {"1": male, "2": female}}
programmes:
  OAA: {amount: oaa, of: household, months: 12, kind: social_assistance}
  VGF: {received: vgf, values: ["1"], kind: social_insurance}
"""
Row = dict[str, str]


def rows(number: int = 300, seed: int = 5) -> list[Row]:
    """Households in six strata of four clusters; transfers are part of consumption."""
    draw, made = random.Random(seed), []
    for i in range(number):
        div, area = draw.choice(["10", "30", "55"]), draw.choice(["1", "2"])
        size, oaa = draw.randrange(1, 8), draw.choice([0, 0, 0, 7200])
        made.append({
            "hhid": str(1000 + i), "stratum": div + area, "psu": f"{div}{area}{draw.randrange(4)}",
            "wgt": f"{draw.uniform(500, 4000):.2f}", "size": str(size), "div": div, "area": area,
            "sexhead": draw.choice(["1", "1", "2"]),
            "pcexp": f"{draw.lognormvariate(8.3, 0.5) + oaa / 12 / size:.2f}", "oaa": str(oaa),
            "vgf": draw.choice(["0", "1"]),
        })  # fmt: skip
    return made


def csv_of(made: list[Row], change: Callable[[list[Row]], None] = lambda rows: None) -> bytes:
    """The file, after ``change`` has spoilt the rows."""
    change(made)
    lines = [",".join(HEADINGS), *(",".join(row[name] for name in HEADINGS) for row in made)]
    return ("\n".join(lines) + "\n").encode()


def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Estimate each table once in a test run: files are named by their hash, and estimating has tests of its own."""

    def once(path: Path, spec: Spec, progress: Progress | None = None) -> Estimates:
        key = (path.name, repr(spec))
        if key not in _MADE:
            _MADE[key] = estimate(path, spec, progress=progress)
        return _MADE[key]

    monkeypatch.setattr(actions_survey, "estimate", once)


_MADE: dict[tuple[str, str], Estimates] = {}
