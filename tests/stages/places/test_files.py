"""The bundled files about places, as they lie in the package."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from shohay.stages.places.reference_files import DATA

PLACES = DATA / "places"
LEVELS = ("divisions", "districts", "upazilas", "unions")
KINDS = {"union", "paurashava", "ward", "city_ward", "forest", "whole"}


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def areas() -> dict[str, dict[str, str]]:
    found = [row for level in LEVELS for row in rows(f"places/{level}.csv")]
    assert len({row["code"] for row in found}) == len(found)
    return {row["code"]: row for row in found}


def test_counts_are_those_of_the_country(areas):
    levels = Counter(row["level"] for row in areas.values())
    assert levels == {"division": 8, "district": 64, "upazila": 495, "city_corporation": 12, "union": 5119}


def test_codes_nest_below_their_parents(areas):
    for code, row in areas.items():
        if row["level"] == "division":
            assert row["parent"] == ""
        else:
            assert row["parent"] == code[:-2], code
            assert row["parent"] in areas, code


def test_a_household_can_be_placed_in_every_upazila_and_city(areas):
    lived_in = {row["parent"] for row in areas.values() if row["level"] == "union" and row["kind"] != "forest"}
    assert {code for code in areas if len(code) == 6} == lived_in


def test_every_union_says_what_it_is(areas):
    for code, row in areas.items():
        assert (row["kind"] in KINDS) == (len(code) == 8), code


def test_mymensingh_is_a_division_of_its_own(areas):
    assert {row["name_en"] for row in areas.values() if row["parent"] == "45"} == {
        "Jamalpur",
        "Mymensingh",
        "Netrakona",
        "Sherpur",
    }


def test_bangla_names_are_clean(areas):
    for code, row in areas.items():
        name = row["name_bn"]
        assert name == unicodedata.normalize("NFC", name).strip(), code
        assert not any("a" <= letter.lower() <= "z" or letter in "\t\u200c\u200d" for letter in name), (code, name)
        assert bool(name) == bool(row["name_bn_source"]), code
        assert name or len(code) == 8, code


def test_nearly_all_unions_have_a_bangla_name(areas):
    unnamed = [row for row in areas.values() if not row["name_bn"]]
    assert len(unnamed) <= 135


@pytest.mark.parametrize(
    ("code", "name"),
    [("554952", "কুড়িগ্রাম সদর"), ("303591", "টুঙ্গিপাড়া"), ("306758", "নারায়ণগঞ্জ সদর"), ("302620", "ঢাকা দক্ষিণ সিটি কর্পোরেশন")],
)
def test_names_known_to_be_right(areas, code, name):
    assert areas[code]["name_bn"] == unicodedata.normalize("NFC", name)


def test_a_ward_in_a_city_is_told_by_its_number(areas):
    assert areas["302620" + "63"]["name_bn"] == "ওয়ার্ড নং-৬৩".replace("য়", "য\u09bc")
    assert areas["302620" + "63"]["pcode"] == "BD30260563;BD30260963"  # it lay in two thanas


def test_a_recoded_union_keeps_its_own_code_as_pcode(areas):
    recoded = [row for row in areas.values() if row["vintage"] == "2015 recoded"]
    assert len(recoded) == 371
    assert all(row["pcode"] and row["pcode"].removeprefix("BD") != row["code"] for row in recoded)


@pytest.mark.parametrize(("name", "features", "limit"), [("districts", 64, 250_000), ("upazilas", 507, 1_200_000)])
def test_boundaries(areas, name, features, limit):
    path = DATA / "boundaries" / f"{name}.geojson"
    assert path.stat().st_size < limit
    collection = json.loads(path.read_text("utf-8"))
    assert len(collection["features"]) == features
    for feature in collection["features"]:
        code = feature["properties"]["code"]
        assert feature["properties"]["name_bn"] == areas[code]["name_bn"]
        for ring in (ring for polygon in feature["geometry"]["coordinates"] for ring in polygon):
            assert ring[0] == ring[-1]
            assert all(88.0 < x < 92.8 and 20.5 < y < 26.7 for x, y in ring), code


def test_neighbours_keep_one_border():
    """A border between two upazilas is written once for each: simplified apart, they would gape."""
    collection = json.loads((DATA / "boundaries" / "upazilas.geojson").read_text("utf-8"))
    edges = Counter(
        frozenset(map(tuple, edge))
        for feature in collection["features"]
        for polygon in feature["geometry"]["coordinates"]
        for ring in polygon
        for edge in pairwise(ring)
    )
    shared = sum(count for count in edges.values() if count == 2)
    assert shared / sum(edges.values()) > 0.75


def test_districts_keep_their_size(areas):
    collection = json.loads((DATA / "boundaries" / "districts.geojson").read_text("utf-8"))
    published = Counter()
    for code, row in areas.items():
        if len(code) == 6:
            published[code[:4]] += float(row["area_sqkm"])
    for feature in collection["features"]:
        code = feature["properties"]["code"]
        drawn = sum(
            abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2 * 11270
            for polygon in feature["geometry"]["coordinates"]
            for ring in polygon[:1]
        )
        assert drawn == pytest.approx(published[code], rel=0.08), code


def test_every_file_is_named_in_the_sources():
    text = (DATA / "SOURCES.md").read_text("utf-8")
    for folder in ("places", "catalogue"):
        for path in (DATA / folder).iterdir():
            assert f"{folder}/{path.name}" in text, path.name
    assert "holidays.csv" in text


def test_holidays_are_days_with_a_source():
    found = rows("holidays.csv")
    days = [date.fromisoformat(row["date"]) for row in found]
    assert days == sorted(set(days))
    assert {row["status"] for row in found} == {"gazetted", "fixed", "estimated"}
    assert all(row["status"] != "gazetted" for row in found if row["date"] >= "2027")
    assert all(row["source"] and row["name_bn"] and row["name_en"] for row in found)
    fixed = {"02-21", "03-26", "04-14", "05-01", "08-05", "12-16", "12-25"}
    for year in ("2025", "2026", "2027"):
        assert fixed <= {row["date"][5:] for row in found if row["date"].startswith(year)}
