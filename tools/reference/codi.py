"""The CODI fields with their Bangla wording, and the mapping of the four levels onto Bangladesh's three.

The wording is ours but for the criteria and the scale; the Bangla stands in codi_bn.csv and has not been reviewed by an
official. How the levels map is read from the source: a level of the three holds the texts of those it stands for.
"""

from __future__ import annotations

from pathlib import Path

from reference.areas import Row
from reference.files import DATA, HERE, read, tidy, write

FOUR = ("level_1_latent", "level_2_emerging", "level_3_moderate", "level_4_advanced")
THREE = ("bd3_1_weak", "bd3_2_partial", "bd3_3_good")
DOCUMENTS = {"seed_001": "workshop_notes_2022"}


def build(shared: Path) -> dict[str, int]:
    bangla = {row["field_id"]: row for row in read(HERE / "codi_bn.csv")}
    rows = [_field(row, bangla[row["field_id"]]) for row in read(shared / "nsss/codi_fields.csv")]
    areas = [_tidied(row) for row in read(shared / "nsss/codi_key_areas.csv")]
    return {
        "codi_fields": write(DATA / "catalogue" / "codi_fields.csv", list(rows[0]), rows),
        "codi_key_areas": write(DATA / "catalogue" / "codi_key_areas.csv", list(areas[0]), areas),
    }


def _field(row: dict[str, str], bangla: dict[str, str]) -> Row:
    field: Row = {
        "code": row["field_id"], "criterion": row["criterion_no"], "criterion_en": row["criterion"],
        "criterion_bn": row["criterion_bn"], "name_en": row["field"], "name_bn": row["field_bn"],
        "question_en": row["assessment_question"], "question_bn": bangla["question_bn"],
    }  # fmt: skip
    for number, name in enumerate(FOUR, start=1):
        field[f"level_{number}_en"], field[f"level_{number}_bn"] = row[name], bangla[f"level_{number}_bn"]
    indicators = row["platform_indicators"].strip("—– ")
    return _tidied({
        **field, "three": ",".join(str(number) for number in _three(row)), "key_areas": row["ispa_key_areas"],
        "evidence_en": row["evidence"], "evidence_bn": bangla["evidence_bn"], "indicators": indicators,
        "confidence": row["confidence"],
    })  # fmt: skip


def _three(row: dict[str, str]) -> list[int]:
    """For each of the four levels the one of the three whose text holds it; every level has exactly one."""
    found = []
    for name in FOUR:
        held = [number for number, three in enumerate(THREE, start=1) if row[name] in row[three].split(" / ")]
        if len(held) != 1:
            raise SystemExit(f"{row['field_id']}: {name} stands on no level of the three, or on several")
        found.append(held[0])
    return found


def _tidied(row: Row) -> Row:
    said = {name: tidy(str(value)) for name, value in row.items()}
    for short, document in DOCUMENTS.items():
        said = {name: value.replace(short, document) for name, value in said.items()}
    return said
