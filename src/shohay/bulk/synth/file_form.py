"""The file form: the household file that a field team would send, one line a member (template "household")."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from shohay.bulk.synth import arrow as a
from shohay.bulk.synth import frame as f
from shohay.bulk.synth import numbers as no
from shohay.bulk.synth.chunk import Chunk
from shohay.bulk.synth.names import codes, spell
from shohay.bulk.synth.snapshot_form import disability_words
from shohay.bulk.synth.tables import rates

COLUMNS = (
    "household_reference", "union_code", "area_type", "address", "rooms", "walls", "television", "fans",
    "mobile_phones", "vehicle", "daily_labourer", "homestead_decimals", "cultivable_decimals", "household_income",
    "disaster_hit", "declared_programmes", "line_no", "relation", "name_bn", "name_en", "father_name",
    "mother_name", "sex", "birth_date",
    "marital_status", "marriage_ended_on", "disability", "disability_card", "pregnant", "pregnancy_month",
    "pregnancy_order", "anc_card", "school_level", "school_class", "school_listed", "occupation", "annual_income",
    "government_salary", "government_pension", "permanent_resident", "community", "freedom_fighter", "serious_illness",
    "id_kind", "id_number",
    "account_kind",     "account_provider", "account_number", "routing_number", "applies_for", "applied_on",
)  # fmt: skip
FIRST_DAY, LAST_DAY = dt.date(1895, 1, 1), dt.date(2035, 12, 31)
BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
ISO, SLASHES, DASHES, BANGLA_SLASHES = range(4)
FORMATS = 4


@lru_cache
def _written_days() -> pa.Array:
    """Every day from FIRST_DAY in each of the four ways a date is written."""
    count = (LAST_DAY - FIRST_DAY).days + 1
    days = [FIRST_DAY + dt.timedelta(days=i) for i in range(count)]
    slashes = [day.strftime("%d/%m/%Y") for day in days]
    written = [
        [day.isoformat() for day in days],
        slashes,
        [text.replace("/", "-") for text in slashes],
        [text.translate(BANGLA) for text in slashes],
    ]
    return pa.array([text for way in written for text in way])


def written_dates(days: np.ndarray, way: np.ndarray) -> pa.Array:
    """Dates as text, ``way`` 0 2026-11-21, 1 21/11/2026, 2 21-11-2026, 3 in Bangla digits; NO_DAY = null."""
    first = f.day_number(FIRST_DAY)
    count = (LAST_DAY - FIRST_DAY).days + 1
    index = np.where(days == f.NO_DAY, 0, days.astype(np.int64) - first) + way * count
    return _written_days().take(pa.array(index, mask=days == f.NO_DAY))


def _flag(values: np.ndarray) -> pa.Array:
    return a.words(values, ("no", "yes"))


def references(home: f.Frame) -> pa.Array:
    """Household references: the union's code and the household's number in it."""
    number = no.digit_strings(home["in_union"] + 1, np.full(len(home["code"]), 6))
    return a.joined(a.area_words(home["code"]), number, between="-")


def table(chunk: Chunk, rng: np.random.Generator, as_of: dt.date, bad_rows: bool = True) -> pa.Table:
    """The file's rows of a chunk, text or dictionary columns; a few deliberately bad unless ``bad_rows`` is off."""
    home = _household_columns(chunk.homes)
    at = pa.array(chunk.people["home"])
    columns = {name: column.take(at) for name, column in home.items()}
    columns |= _person_columns(chunk, rng, as_of)
    if bad_rows:
        _spoil(rng, columns)
    return pa.table([columns[name] for name in COLUMNS], names=list(COLUMNS))


@lru_cache
def _villages() -> tuple[str, ...]:
    first = ("উত্তর", "দক্ষিণ", "পূর্ব", "পশ্চিম", "মধ্য", "নতুন", "পুরান", "ছোট", "বড়", "চর")
    second = ("পাড়া", "গ্রাম", "নগর", "পুর", "বাজার", "হাটি", "কান্দি", "খোলা", "টোলা", "ঘাট")
    names = ("রসুল", "রাম", "মীর", "শ্যাম", "কালী", "আলী", "ফতে", "গোপাল", "জয়", "সোনা", "হরি", "খাস")
    return tuple(f"{a_} {n}{s}" for a_ in first for n in names for s in second)


def _household_columns(home: f.Frame) -> dict[str, pa.Array]:
    village = (home["ordinal"] // 130 * 7 + home["code"]) % len(_villages())
    land = {
        name: pa.array(home[key], mask=np.isnan(home[key]))
        for name, key in (("homestead_decimals", "homestead"), ("cultivable_decimals", "cultivable"))
    }
    return {
        "household_reference": references(home),
        "union_code": a.area_words(home["code"]),
        "area_type": a.words(home["area_type"], f.AREA_TYPES),
        "address": a.words(village, _villages()),
        "rooms": a.whole(home["rooms"], pa.int16()),
        "walls": a.words(home["walls"], f.WALLS),
        "television": _flag(home["tv"]),
        "fans": a.whole(home["fans"], pa.int16()),
        "mobile_phones": a.whole(home["mobiles"], pa.int16()),
        "vehicle": _flag(home["vehicle"]),
        "daily_labourer": _flag(home["labourer"]),
        **land,
        "household_income": a.whole(home["income"], pa.int64()),
        "disaster_hit": _flag(home["disaster"]),
        "declared_programmes": a.programme_texts(home["declared"]),
    }


def _person_columns(chunk: Chunk, rng: np.random.Generator, as_of: dt.date) -> dict[str, pa.Array]:
    p, n = chunk.people, len(chunk.people["line"])
    spelt = spell(np.concatenate([codes(p[name]) for name in ("names", "father", "mother")]))
    way = np.searchsorted([0.80, 0.92, 0.97], rng.random(n)).astype(np.int64)
    applied = np.where(p["applies"] > 0, f.day_number(as_of) - rng.integers(1, 60, n), f.NO_DAY)
    disability = np.where(p["disability"] < 0, len(disability_words()), p["disability"])
    columns = {
        "line_no": pa.array(p["line"]),
        "relation": a.words(p["relation"], f.RELATIONS),
        "name_bn": spelt.take("bn", 0, n),
        "name_en": spelt.take("en", 0, n),
        "father_name": spelt.take("bn", n, 2 * n),
        "mother_name": spelt.take("bn", 2 * n, 3 * n),
        "sex": a.words(p["sex"], f.SEXES),
        "birth_date": written_dates(p["born"], way),
        "marital_status": a.words(p["marital"], f.MARITAL),
        "marriage_ended_on": written_dates(p["ended"], way * 0),
        "disability": a.words(disability, ("", *disability_words()[1:], "unknown"), empty_is_null=True),
        "disability_card": _flag(p["card"]),
        "pregnant": _flag(p["pregnant"]),
        "pregnancy_month": a.whole(p["month"], pa.int16()),
        "pregnancy_order": a.whole(p["order"], pa.int16()),
        "anc_card": _flag(p["anc"]),
        "school_level": a.words(p["school"], f.SCHOOL),
        "school_class": a.whole(p["class_no"], pa.int16()),
        "school_listed": _flag(p["listed"]),
        "occupation": a.words(p["job"], f.OCCUPATIONS),
        "annual_income": a.whole(p["income"], pa.int64()),
        "government_salary": _flag(p["salary"]),
        "government_pension": _flag(p["pension"]),
        "permanent_resident": _flag(p["resident"]),
        "community": a.words(p["community"], f.COMMUNITIES, empty_is_null=True),
        "freedom_fighter": a.words(p["fighter"], f.FIGHTERS),
        "serious_illness": a.words(p["illness"], f.ILLNESSES),
        "applies_for": a.programme_texts(p["applies"]),
        "applied_on": written_dates(applied.astype(np.int32), way * 0),
    }
    return columns | _number_columns(p)


def _number_columns(p: f.Frame) -> dict[str, pa.Array]:
    """Identity and account; a bank's provider is its code, the first three digits of the routing number."""
    kind = p["account_kind"]
    routing_numbers, _ = no.branches()
    routing = pa.array(routing_numbers).take(pa.array(p["branch"], mask=kind != no.BANK))
    provider = no.providers()[0].take(pa.array(p["provider"], mask=kind != no.MFS))
    return {
        "id_kind": a.words(p["id_kind"], no.ID_KINDS, empty_is_null=True),
        "id_number": no.digit_strings(p["id_number"], no.ID_LENGTH[p["id_kind"]]),
        "account_kind": a.words(kind, no.ACCOUNT_KINDS, empty_is_null=True),
        "account_provider": pc.coalesce(provider, pc.utf8_slice_codeunits(routing, 0, 3)),
        "account_number": no.digit_strings(p["account"], p["account_length"]),
        "routing_number": routing,
    }


def _spoil(rng: np.random.Generator, columns: dict[str, pa.Array]) -> None:
    """Make a small share of the rows bad, each in one way that the checks must name; never a head's row."""
    n = len(columns["line_no"])
    bad = (rng.random(n) < rates()["bad_row"]) & (columns["line_no"].to_numpy() > 1)
    which = rng.integers(0, 6, n)
    spoilt = (
        ("birth_date", pa.scalar("31/02/1980")),  # no such day
        ("birth_date", pa.scalar("2031-01-01")),  # in the future
        ("union_code", pa.scalar("99999999")),  # no such union
        ("id_number", pa.scalar("12345678901")),  # 11 digits
        ("sex", pa.scalar("xx")),
        ("name_bn", pa.scalar("=1+1")),  # a formula in a cell
    )
    for number, (column, value) in enumerate(spoilt):
        here = bad & (which == number)
        if column == "id_number":
            here &= columns["id_kind"].is_valid().to_numpy(zero_copy_only=False)
        columns[column] = pc.if_else(pa.array(here), value, a.text(columns[column]))


def write(found: pa.Table, path: str, header: bool) -> None:
    """The rows as UTF-8 CSV without quotes: no cell of ours holds a comma, a quote or a line break."""
    options = pa.csv.WriteOptions(include_header=header, quoting_style="none", batch_size=65_536)
    plain = pa.table(
        [a.text(c.combine_chunks() if isinstance(c, pa.ChunkedArray) else c) for c in found.columns],
        names=found.column_names,
    )
    pa.csv.write_csv(plain, path, options)
