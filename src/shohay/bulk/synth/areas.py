"""Where the synthetic households live: unions and wards with their share of households, and how urban they are."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from shohay.bulk.synth.tables import DATA, district_rows, divisions, rows

PAURASHAVA_WEIGHT = 1.6  # a municipality holds more households than a union; model assumption

# Twelve places in all eight divisions; the demo population lives there.
DEMO_UPAZILAS = (
    "100918",  # Bhola Sadar
    "100925",  # Charfasson, Bhola
    "207536",  # Hatiya, Noakhali
    "302614",  # Dhamrai, Dhaka
    "302625",  # Dhaka North City Corporation
    "408786",  # Shyamnagar, Satkhira
    "453929",  # Islampur, Jamalpur
    "508827",  # Chouhali, Sirajganj
    "554908",  # Char Rajibpur, Kurigram
    "554952",  # Kurigram Sadar
    "605883",  # Sreemangal, Moulvibazar: tea gardens
    "609162",  # Sylhet Sadar
)


@dataclass(frozen=True)
class Areas:
    """Columns over the chosen unions, in the order of their codes; indexes point into the district/division order."""

    codes: np.ndarray  # str, 8 digits
    weights: np.ndarray  # float64, households, any scale
    district: np.ndarray  # int16
    division: np.ndarray  # int8
    kind: np.ndarray  # int8: 0 union, 1 municipality, 2 ward of a city corporation
    urban: np.ndarray  # float32: chance that a household there is urban

    def __len__(self) -> int:
        return len(self.codes)


@lru_cache
def unions() -> list[dict[str, str]]:
    """The bundled unions and wards, without forests, ordered by code."""
    with (DATA / "places" / "unions.csv").open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["kind"] != "forest"]
    return sorted(found, key=lambda row: row["code"])


def _household_weights(kind: np.ndarray, district: np.ndarray, city: list[str]) -> np.ndarray:
    """Households by union: the district's people over its household size, spread over its unions and cities."""
    people = np.array([float(row["population"]) for row in district_rows()])
    size = {row["division_code"]: float(row["household_size"]) for row in divisions()}
    sizes = np.array([size[row["district_code"][:2]] for row in district_rows()])
    in_city = {row["city_code"]: float(row["population"]) for row in rows("city")}
    weights = np.zeros(len(kind))
    codes = np.array(city)
    for code, population in in_city.items():
        here = (codes == code) & (kind == 2)
        if here.any():
            weights[here] = population / here.sum()
            people[district[here][0]] -= population
    rest = np.where(kind == 1, PAURASHAVA_WEIGHT, 1.0) * (kind != 2)
    total = np.bincount(district, weights=rest, minlength=len(people))
    weights += np.where(kind != 2, rest * (people / np.maximum(total, 1e-9))[district], 0)
    return weights / sizes[district]


def _urban(kind: np.ndarray, district: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Chance of an urban household: towns and cities all, unions what the district's urban share still lacks."""
    target = np.array([float(row["urban_pct"]) / 100 for row in district_rows()])
    count = len(target)
    everything = np.maximum(np.bincount(district, weights=weights, minlength=count), 1e-9)
    towns = np.bincount(district, weights=weights * (kind > 0), minlength=count) / everything
    lacking = np.clip((target - towns) / np.maximum(1 - towns, 1e-9), 0, 0.9)
    return np.where(kind > 0, 1.0, lacking[district]).astype(np.float32)


@lru_cache
def national_areas() -> Areas:
    """Every union and ward of the country."""
    found = unions()
    districts = {row["district_code"]: i for i, row in enumerate(district_rows())}
    order = {row["division_code"]: i for i, row in enumerate(divisions())}
    kinds = {"union": 0, "paurashava": 1, "city_ward": 2}
    codes = [row["code"] for row in found]
    kind = np.array([kinds[row["kind"]] for row in found], dtype=np.int8)
    district = np.array([districts[code[:4]] for code in codes], dtype=np.int16)
    division = np.array([order[code[:2]] for code in codes], dtype=np.int8)
    weights = _household_weights(kind, district, [code[:6] for code in codes])
    return Areas(np.array(codes), weights, district, division, kind, _urban(kind, district, weights))


def chosen_areas(table: pa.Table | None) -> Areas:
    """The areas of a table (area_code, optional weight); None = the whole country. Unknown codes: ValueError."""
    everything = national_areas()
    if table is None:
        return everything
    wanted = np.array(table.column("area_code").to_pylist())
    at = np.minimum(np.searchsorted(everything.codes, wanted), len(everything) - 1)
    unknown = wanted[everything.codes[at] != wanted]
    if len(unknown):
        raise ValueError(f"unknown union codes: {', '.join(unknown[:5])}")
    weights = everything.weights[at]
    if "weight" in table.column_names:
        weights = table.column("weight").to_numpy().astype(np.float64)
    order = np.argsort(wanted)
    at = at[order]
    return Areas(
        everything.codes[at],
        weights[order],
        everything.district[at],
        everything.division[at],
        everything.kind[at],
        everything.urban[at],
    )


def demo_areas() -> pa.Table:
    """The unions of DEMO_UPAZILAS, each upazila with the same number of households."""
    codes = [row["code"] for row in unions() if row["code"][:6] in DEMO_UPAZILAS]
    per = {upazila: sum(code[:6] == upazila for code in codes) for upazila in DEMO_UPAZILAS}
    return pa.table({"area_code": codes, "weight": [1.0 / per[code[:6]] for code in codes]})


def spread(weights: np.ndarray, households: int) -> np.ndarray:
    """Whole households by area (int64), by largest remainder, so that they add up exactly."""
    exact = weights / weights.sum() * households
    counts = np.floor(exact).astype(np.int64)
    missing = households - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:missing]] += 1
    return counts
