"""The platform's own lists as the checker knows them: names of ministries and programmes, and their figures."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from shohay.core.checking import Known

YEAR = "2024-25"  # the fiscal year of the shipped figures


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("shohay") / "data" / "catalogue" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@lru_cache(maxsize=1)
def shipped() -> Known:
    """From the shipped catalogue: a ministry's figures are the sums of its listed programmes."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0), Decimal(0)])
    programmes = []
    for row in _rows("programmes.csv"):
        if row.get("in_list") != "yes":
            continue
        budget, people = Decimal(row["budget_crore"] or 0), Decimal(row["beneficiaries_lakh"] or 0)
        programmes.append((row["code"], row["name_en"], row["name_bn"], row["ministry_code"], budget, people))
        total = sums[row["ministry_code"]]
        for at, value in enumerate((Decimal(1), budget, people)):
            total[at] += value
    ministries = []
    for row in _rows("ministries.csv"):
        number, budget, people = sums[row["code"]]
        cluster = row["coordinating_cluster"]
        ministries.append((row["code"], row["name_en"], row["name_bn"], cluster, number, budget, people))
    return Known(tuple(ministries), tuple(programmes), YEAR)
