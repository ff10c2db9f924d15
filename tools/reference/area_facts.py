"""Facts of areas besides poverty: people, land, ethnic minorities, tea gardens, hard to reach, coast, flood forecasts.

Each row has its source and how far it is to be trusted; what no source says is absent. People by upazila of 2022 are
an estimate: the district's people of 2022 shared as in 2011, a unit divided since by land; cities as remembered.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from reference.areas import Row
from reference.files import DATA, read

CENSUS_2011 = "Census 2011 (BBS), by way of github.com/opendatakosovo/bpo"
CENSUS_2022 = "Census 2022, enumerated, preliminary (BBS)"
ESTIMATE = "estimate: the district's people of the census of 2022 shared as in 2011"
ETHNIC_2022 = {  # https://bangla.thedailystar.net: preliminary report of the census, 27 July 2022
    "10": 4181, "20": 990860, "30": 82311, "40": 38992, "45": 61559, "50": 244592, "55": 91070, "60": 136594,
}  # fmt: skip
ETHNIC_2011 = {"2084": 356153, "208407": 72837}  # table C-12 of the census of 2011 (docslib.org/download/4946957)
TEA_GARDENS = {"6058": 91, "6036": 25, "2015": 21, "6091": 19, "5577": 8, "2084": 2, "5594": 1, "2046": 1}
COASTAL = frozenset(
    "4001 1004 1006 1009 2013 2015 2022 2030 3035 4041 1042 4047 2051 4065 2075 1078 1079 4087 3086".split()  # noqa: SIM905 - a list of codes reads best as one
)  # 19 districts; three of them (3035, 1079, 4087) stand in no page that was read
FLOOD_FORECAST = ("5010", "5532", "4539", "5549", "5088")  # Bogura, Gaibandha, Jamalpur, Kurigram, Sirajganj
# of the 72 upazilas of 21 December 2023 those that the pages named; the others could not be read, so stay unknown
HARD_TO_REACH = {
    "5549": "Roumari Rajibpur", "5532": "Fulchhari", "5010": "Sariakandi", "5088": "Chouhali Kazipur",
    "4001": "Sharankhola", "4047": "Dacope Koyra", "1004": "Patharghata Taltali", "1078": "Rangabali",
    "1009": "Monpura", "1006": "Hijla Muladi Mehendiganj", "4572": "Kalmakanda Durgapur Khaliajuri Madan Mohanganj",
    "3048": "Itna Mithamain Austagram Nikli", "4539": "Islampur",
    "6090": "Dowarabazar Dharmapasha Shalla Jamalganj Derai Bishwambharpur Tahirpur",
    "6036": "Baniachong Ajmiriganj Lakhai",
}  # fmt: skip
ALIASES = {"Zianagar": "Indurkani", "ComillaDakshin": "Sadar Dakkhin", "DakshinSunamganj": "Shantiganj",
           "Sunamganj": "Sunamganj Sadar"}  # fmt: skip
# a unit of 2011 -> what it is today; where a city corporation came out of it, the city stands last
DIVIDED = {
    "1004 Amtali": "Amtali+Taltali", "1078 Galachipa": "Galachipa+Rangabali", "2015 Patiya": "Patiya+Karnaphuli",
    "2019 ComillaDakshin": "Sadar Dakkhin+Lalmai", "2019 ComillaAdarsha": "Adarsha Sadar+Cumilla City Corporation",
    "2022 CoxsBazar": "Cox's Bazar Sadar+Eidgaon", "3054 Kalkini": "Kalkini+Dasar", "4561 Phulpur": "Fulpur+Tarakanda",
    "5069 Natore": "Natore Sadar+Naldanga", "6036 Habiganj": "Habiganj Sadar+Shayestaganj",
    "6090 Dharampasha": "Dharmapasha+Madhyanagar", "6091 Balaganj": "Balaganj+Osmaninagar",
    "1006 Barisal": "Barishal Sadar (Kotwali)+Barishal City Corporation",
    "3033 Gazipur": "Gazipur Sadar+Gazipur City Corporation",
    "3067 Narayanganj": "Narayanganj Sadar+Narayanganj City Corporation",
    "4561 Mymensingh": "Mymensingh Sadar+Mymensingh City Corporation",
    "5585 Rangpur": "Rangpur Sadar+Rangpur City Corporation", "6091 Sylhet": "Sylhet Sadar+Sylhet City Corporation",
}  # fmt: skip
CITY_OF_THANAS = {"2015": "201516", "5081": "508166"}  # the sums of their thanas are the cities' people of 2011
GUIMARA = ("Guimara", "Matiranga", "Mahalchhari", "Ramgarh")  # made of parts of three: none of the four can be told


def extra() -> list[Row]:
    """The rows, by name, area and year."""
    upazilas = read(DATA / "places" / "upazilas.csv")
    found = [*_people(upazilas), *_land(upazilas), *_ethnic(), *_tea(), *_listed(upazilas)]
    return sorted(found, key=lambda row: (str(row["name"]), str(row["area_code"]), int(str(row["year"]))))


def _row(code: str, name: str, value: float, year: int, source: str, confidence: str) -> Row:
    return {"area_code": code, "name": name, "value": f"{value:g}" if value % 1 else f"{value:.0f}", "year": year,
            "source": source, "confidence": confidence}  # fmt: skip


def _people(upazilas: list[dict[str, str]]) -> list[Row]:
    found = []
    for level in ("divisions", "districts"):
        for row in read(DATA / "places" / f"{level}.csv"):
            found.append(_row(row["code"], "population", int(row["population"]), 2022, CENSUS_2022, "medium"))
    districts = {row["code"]: int(row["population"]) for row in read(DATA / "places" / "districts.csv")}
    cities = {row["city_code"]: int(row["population"]) for row in read(DATA / "synth" / "city.csv")}
    for line in (Path(__file__).parent / "census_2011_upazilas.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found += _district(line, upazilas, districts, cities)
    return found


def _district(
    line: str, upazilas: list[dict[str, str]], districts: dict[str, int], cities: dict[str, int]
) -> list[Row]:
    """The people of one district's upazilas: as counted in 2011, as estimated for 2022."""
    district, units = line.split("|")
    here = {row["name_en"]: row for row in upazilas if row["parent"] == district}
    counted = {unit.split("=")[0]: int(unit.split("=")[1]) for unit in units.split()}
    thanas = sum(people for name, people in counted.items() if name.startswith("["))
    growth = districts[district] / sum(counted.values())
    if district == "3026":  # of Dhaka the thanas are not listed: the rest of the district is its two cities
        growth = (districts[district] - cities["302620"] - cities["302625"]) / sum(counted.values())
    found = [
        _row(code, "population", cities[code], 2022, "Census 2022, remembered, in thousands: not confirmed", "low")
        for code in cities if code[:4] == district
    ]  # fmt: skip
    if district in CITY_OF_THANAS:
        found.append(_row(CITY_OF_THANAS[district], "population", thanas, 2011, CENSUS_2011 + ": its thanas", "medium"))
    for unit, people in counted.items():
        if unit.startswith("["):
            continue
        parts = DIVIDED.get(f"{district} {unit}")
        if parts:
            found += _parts([here[part] for part in parts.split("+")], people * growth, cities)
        elif (today := _today(unit, here)) not in GUIMARA:
            code, sure = here[today]["code"], "low" if unit == "Raninagar" else "medium"
            found.append(_row(code, "population", people, 2011, CENSUS_2011, sure))
            found.append(_row(code, "population", round(people * growth), 2022, ESTIMATE, "low"))
    return found


def _parts(parts: list[dict[str, str]], people: float, cities: dict[str, int]) -> list[Row]:
    """A unit divided since 2011: by land; beside a city what the city leaves, where that is anything."""
    if parts[-1]["code"] in cities:
        left = round(people) - cities[parts[-1]["code"]]
        said = ESTIMATE + ", less the city"
        return [_row(parts[0]["code"], "population", left, 2022, said, "low")] if left > 20_000 else []
    land = sum(float(part["area_sqkm"]) for part in parts)
    return [
        _row(part["code"], "population", round(people * float(part["area_sqkm"]) / land), 2022,
             ESTIMATE + ", a unit divided since by land", "low")
        for part in parts
    ]  # fmt: skip


def _today(unit: str, here: dict[str, dict[str, str]]) -> str:
    """The name that an upazila of 2011 has now."""
    if unit in ALIASES:
        return ALIASES[unit]
    plain = {re.sub(r"[^a-z]", "", name.lower().replace(" sadar", "")): name for name in here if "City" not in name}
    close = difflib.get_close_matches(re.sub(r"[^a-z]", "", unit.lower()), list(plain), 1, 0.6)
    return plain[close[0]]


def _land(upazilas: list[dict[str, str]]) -> list[Row]:
    said = "COD-AB v03, valid 2023-05-21 (UN OCHA / BBS)"
    return [_row(row["code"], "land_sqkm", float(row["area_sqkm"]), 2023, said, "high")
            for row in upazilas if row["area_sqkm"]]  # fmt: skip


def _ethnic() -> list[Row]:
    people = {row["code"]: int(row["population"]) for row in read(DATA / "places" / "divisions.csv")}
    page = "https://bangla.thedailystar.net (375401), of the census of 2022"
    found = [_row(code, "ethnic_minority_share", round(100 * number / people[code], 2), 2022, page, "high")
             for code, number in ETHNIC_2022.items()]  # fmt: skip
    table = "Census 2011, table C-12 (docslib.org/download/4946957), over its people of 2011"
    counted = {"2084": 595_979, "208407": 96_899}
    return found + [_row(code, "ethnic_minority_share", round(100 * number / counted[code], 2), 2011, table, "medium")
                    for code, number in ETHNIC_2011.items()]  # fmt: skip


def _tea() -> list[Row]:
    page = "tea board's 169 gardens by district (myexaminer.net 220397571, undated); 168 of them add up"
    return [_row(code, "tea_gardens", number, 2023, page, "medium") for code, number in TEA_GARDENS.items()]


def _listed(upazilas: list[dict[str, str]]) -> list[Row]:
    codes = {(row["parent"], row["name_en"]): row["code"] for row in upazilas}
    circular = "circular of the Public Security Division, 21 December 2023 (dainikpurbokone.net, sylhetline24.com)"
    found = [_row(codes[district, name], "is_hard_to_reach", 1, 2023, circular, "medium")
             for district, names in HARD_TO_REACH.items() for name in names.split()]  # fmt: skip
    policy = "coastal zone policy of 2005: 19 districts (cop0.wordpress.com; sobjano.com/336788)"
    for row in read(DATA / "places" / "districts.csv"):
        sure = "low" if row["code"] in ("3035", "1079", "4087") else "medium"
        found.append(_row(row["code"], "is_coastal", int(row["code"] in COASTAL), 2005, policy, sure))
    framework = "OCHA anticipatory action framework, 26 June 2020 and 3 June 2021"
    return found + [_row(code, "is_flood_forecast_area", 1, 2021, framework, "high") for code in FLOOD_FORECAST]
