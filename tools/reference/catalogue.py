"""Ministries, programmes, the action plan, indicators, triggers and area facts, from the folders facts and nsss."""

from __future__ import annotations

from pathlib import Path

from reference.area_facts import extra
from reference.areas import Row, rows
from reference.files import DATA, read, tidy, write

COPIED = {  # the rows of a source with tidied letters: target -> source
    "ministries": "nsss/ministries.csv",
    "actions": "nsss/actions.csv",
    "cluster_actions": "nsss/cluster_actions.csv",
    "indicators": "nsss/indicators.csv",
    "triggers": "facts/asp_triggers.csv",
}
FAMILY_CARD = {
    "order": 141, "code": "FAMCARD", "ministry_code": "MoSW", "name_en": "Family Card", "name_bn": "ফ্যামিলি কার্ড",
    "lifecycle_stage": "working_age", "thematic_cluster": "Social Allowance", "type": "cash_allowance",
    "fiscal_year": "2025-26", "in_list": "no",
}  # fmt: skip
# of the surveys of one year the one written first here gives the figure of a place
SURVEYS = ("HIES", "Poverty Map (SAE)")
NAMES = {"upper": "poverty_rate", "lower": "extreme_poverty_rate"}
# places the source names otherwise; None: a thana or a division as it was, which has no code here
OTHER_NAMES = {
    "Barisal": "Barishal", "Chittagong": "Chattogram", "Dasar (Madaripur)": "Dasar", "Char Rajibpur": "Rajibpur",
    "Mithamoin": "Mithamain", "Mohammadpur (Magura)": "Mohammadpur", "Rajshahi (new)": None, "Paltan (Dhaka)": None,
    "Gulshan": None,
}  # fmt: skip


def build(shared: Path) -> dict[str, int]:
    """Write the files of data/catalogue; returns their numbers of rows."""
    counts = {}
    for name, source in COPIED.items():
        copied = [_tidied(row) for row in read(shared / source)]
        if name == "cluster_actions":
            number_parts(copied)
        counts[name] = write(DATA / "catalogue" / f"{name}.csv", list(copied[0]), copied)
    counts["programmes"] = programmes(shared)
    counts["area_facts"] = area_facts(shared)
    return counts


# short names of documents in the source tables -> what they are
DOCUMENTS = {
    "seed 000": "NSSS results-based M&E framework", "seed 001": "Cabinet Division workshop notes, 2022",
    "seed 003": "NSSS Action Plan II progress report 2024",
}  # fmt: skip


def number_parts(actions: list[Row]) -> None:
    """Rows of one number in one cluster are told apart by ``part``, in the order they are printed."""
    seen: dict[tuple[object, object], int] = {}
    for row in actions:
        place = row["cluster"], row["no"]
        seen[place] = seen.get(place, 0) + 1
        row["part"] = seen[place]


def _tidied(row: dict[str, str]) -> Row:
    tidied = {}
    for name, value in row.items():
        for short, document in DOCUMENTS.items():
            value = (value or "").replace(short, document)
        tidied[name] = tidy(value)
    return tidied


def programmes(shared: Path) -> int:
    """The 140 of the list, and what began after it (in_list = no)."""
    listed = [
        {**_tidied(row), "fiscal_year": "2024-25", "in_list": "yes"} for row in read(shared / "nsss/programmes.csv")
    ]
    return write(DATA / "catalogue" / "programmes.csv", list(listed[0]), [*listed, FAMILY_CARD])


def area_facts(shared: Path) -> int:
    """Poverty rates in per cent by place and year, one survey a year and place, with the survey's source."""
    codes = {(row["level"], row["name_en"]): row["code"] for level in LEVELS for row in rows(level)}
    chosen: dict[tuple[object, str, str], Row] = {}
    for row in sorted(read(shared / "facts/poverty.csv"), key=lambda row: SURVEYS.index(row["survey"])):
        place = OTHER_NAMES.get(row["area"], row["area"])
        code = codes.get((row["area_type"], place)) if place else None
        if code is None:
            continue
        name, said = NAMES[row["line"]], row["source"].replace("memory", "not confirmed")
        fact = {
            "area_code": code, "name": name, "value": row["rate_pct"], "year": row["year"],
            "source": f"{row['survey']} {row['year']}: {said}", "confidence": row["confidence"],
        }  # fmt: skip
        chosen.setdefault((code, name, row["year"]), fact)
    facts = sorted(chosen.values(), key=lambda fact: (str(fact["area_code"]), str(fact["name"]), str(fact["year"])))
    return write(DATA / "places" / "area_facts.csv", list(facts[0]), [*facts, *extra()])


LEVELS = ("divisions", "districts", "upazilas")
