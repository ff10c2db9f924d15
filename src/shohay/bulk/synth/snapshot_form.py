"""The snapshot form: what the registry would give out, straight to Parquet (columns: shohay.bulk.snapshot)."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from shohay.bulk import snapshot
from shohay.bulk.synth import arrow as a
from shohay.bulk.synth import frame as f
from shohay.bulk.synth import numbers as no
from shohay.bulk.synth.areas import Areas
from shohay.bulk.synth.chunk import Chunk
from shohay.bulk.synth.names import codes, name_keys, spell
from shohay.bulk.synth.tables import divisions, rows
from shohay.core.bangla import name_key

TABLES = ("households", "persons", "held", "applications", "names", "sources")
OPERATORS = 3  # data entry operators of a union
RECORDED_WITHIN = 1400  # days before the day of the snapshot


def disability_words() -> tuple[str, ...]:
    return ("none", *(row["kind"] for row in rows("disability_kinds")))


def tables(chunk: Chunk, as_of: dt.date) -> dict[str, pa.Table]:
    """The tables of a chunk, one of each of TABLES."""
    area = a.area_words(chunk.homes["code"])
    found = {
        "households": _households(chunk.homes, area),
        "persons": _persons(chunk, area),
        "names": _names(chunk, area),
        "sources": _sources(chunk.homes, as_of),
    }
    found |= _programmes(chunk, area)
    return found


def _table(name: str, columns: dict[str, pa.Array]) -> pa.Table:
    """Columns in the order of the snapshot's schema; words stay dictionary-encoded, Parquet stores text either way."""
    wanted = snapshot.written(name)
    arrays = [
        columns[field.name]
        if pa.types.is_dictionary(columns[field.name].type)
        else columns[field.name].cast(field.type)
        for field in wanted
    ]
    return pa.table(arrays, names=wanted.names)


def _real(values: np.ndarray) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))


def _households(home: f.Frame, area: pa.Array) -> pa.Table:
    return _table(
        "households",
        {
            "household_id": pa.array(home["household_id"]),
            "area_code": area,
            "area_type": a.words(home["area_type"], f.AREA_TYPES),
            "rooms": a.whole(home["rooms"], pa.int16()),
            "walls": a.words(home["walls"], f.WALLS),
            "has_television": a.flags(home["tv"]),
            "fans": a.whole(home["fans"], pa.int16()),
            "mobile_phones": a.whole(home["mobiles"], pa.int16()),
            "has_vehicle": a.flags(home["vehicle"]),
            "has_daily_labourer": a.flags(home["labourer"]),
            "homestead_decimals": _real(home["homestead"]),
            "cultivable_decimals": _real(home["cultivable"]),
            "annual_income": a.whole(home["income"], pa.int64()),
            "disaster_hit": a.flags(home["disaster"]),
            "declared_programmes": a.programme_lists(home["declared"]),
        },
    )


def _sources(home: f.Frame, as_of: dt.date) -> pa.Table:
    """Who recorded a household and when: one of the operators of its union, on a day drawn from its number."""
    union, at = np.unique(home["code"], return_inverse=True)
    names = pa.array([f"operator-{code:08d}-{one}" for code in union for one in range(1, OPERATORS + 1)])
    drawn = home["household_id"].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(33)
    operator = at * OPERATORS + (drawn % np.uint64(OPERATORS)).astype(np.int64)
    today = (as_of - dt.date(1970, 1, 1)).days
    days = today - (drawn // np.uint64(OPERATORS) % np.uint64(RECORDED_WITHIN)).astype(np.int32)
    return _table(
        "sources",
        {
            "household_id": pa.array(home["household_id"]),
            "recorded_by": pa.DictionaryArray.from_arrays(pa.array(operator.astype(np.int32)), names),
            "recorded_on": a.dates(days),
        },
    )


def _persons(chunk: Chunk, area: pa.Array) -> pa.Table:
    p, at = chunk.people, pa.array(chunk.people["home"])
    return _table(
        "persons",
        {
            "person_id": pa.array(p["person_id"]),
            "household_id": pa.array(chunk.homes["household_id"][p["home"]]),
            "area_code": area.take(at),
            "line_no": pa.array(p["line"]),
            "relation": a.words(p["relation"], f.RELATIONS),
            "sex": a.words(p["sex"], f.SEXES),
            "birth_date": a.dates(p["born"]),
            "marital_status": a.words(p["marital"], f.MARITAL),
            "marriage_ended_on": a.dates(p["ended"]),
            "disability": a.words(p["disability"], disability_words()),
            "disability_card": a.flags(p["card"]),
            "is_pregnant": a.flags(p["pregnant"]),
            "pregnancy_month": a.whole(p["month"], pa.int16()),
            "pregnancy_order": a.whole(p["order"], pa.int16()),
            "has_anc_card": a.flags(p["anc"]),
            "school_level": a.words(p["school"], f.SCHOOL),
            "school_class": a.whole(p["class_no"], pa.int16()),
            "school_listed": a.flags(p["listed"]),
            "occupation": a.words(p["job"], f.OCCUPATIONS),
            "annual_income": a.whole(p["income"], pa.int64()),
            "government_salary": a.flags(p["salary"]),
            "government_pension": a.flags(p["pension"]),
            "permanent_resident": a.flags(p["resident"]),
            "community": a.words(p["community"], f.COMMUNITIES, empty_is_null=True),
            "freedom_fighter": a.words(p["fighter"], f.FIGHTERS),
            "serious_illness": a.words(p["illness"], f.ILLNESSES),
            "is_alive": pa.array(p["alive"]),
            "is_duplicate": pa.array(np.zeros(len(p["line"]), dtype=bool)),  # nobody has looked yet
            "has_identity": pa.array(p["id_kind"] > 0),
        },
    )


def _names(chunk: Chunk, area: pa.Array) -> pa.Table:
    p = chunk.people
    n = len(p["line"])
    spelt = spell(np.concatenate([codes(p[name]) for name in ("names", "father", "mother")]))
    own = np.zeros(len(spelt.bn), dtype=bool)
    own[spelt.at[:n]] = True
    keys = np.full(len(spelt.bn), -1, dtype=np.int64)
    keys[own] = np.arange(own.sum())
    key = name_keys(spelt.bn.filter(pa.array(own)), name_key).take(pa.array(keys[spelt.at[:n]]))
    return _table(
        "names",
        {
            "person_id": pa.array(p["person_id"]),
            "area_code": area.take(pa.array(p["home"])),
            "name_bn": spelt.take("bn", 0, n),
            "name_en": spelt.take("en", 0, n),
            "name_key": key,
            "father_name": spelt.take("bn", n, 2 * n),
            "mother_name": spelt.take("bn", 2 * n, 3 * n),
            "sex": a.words(p["sex"], f.SEXES),
            "birth_date": a.dates(p["born"]),
            "identity_digest": no.digests(p["id_number"], 10),
            "account_digest": no.digests(p["account"], 20),
        },
    )


def _programmes(chunk: Chunk, area: pa.Array) -> dict[str, pa.Table]:
    p = chunk.people
    found = {}
    for name, bits in (("held", p["holds"]), ("applications", p["applies"])):
        at, code = a.programme_rows(bits)
        columns = {
            "person_id": pa.array(p["person_id"][at]),
            "household_id": pa.array(chunk.homes["household_id"][p["home"][at]]),
            "area_code": area.take(pa.array(p["home"][at])),
            "programme_code": code,
        }
        found[name] = _table(name, columns)
    return found


def area_table(areas: Areas) -> pa.Table:
    """The areas of the snapshot, with the poverty rate of the division (HIES 2022, upper line, percent)."""
    rate = [float(divisions()[number]["poverty_upper_pct"]) for number in areas.division]
    codes_ = [str(code) for code in areas.codes]
    return pa.table(
        {
            "area_code": codes_,
            "upazila_code": [code[:6] for code in codes_],
            "district_code": [code[:4] for code in codes_],
            "division_code": [code[:2] for code in codes_],
            "poverty_rate": pa.array(rate, type=pa.float64()),
            "oaa_universal": pa.array([None] * len(rate), type=pa.bool_()),  # the 262 upazilas are not listed anywhere
        }
    )
