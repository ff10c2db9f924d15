"""Loading places and the facts about them from the bundled files."""

from __future__ import annotations

from django.db import transaction

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.places import queries
from shohay.stages.places.reference_files import Merged, merge

AREA_COLUMNS = {
    "code": "code",
    "level": "level",
    "kind": "kind",
    "name_bn": "coalesce(nullif(name_bn, ''), name_en)",
    "name_bn_source": "name_bn_source",
    "name_en": "name_en",
    "old_names": "to_jsonb(string_to_array(nullif(old_names, ''), ';'))",
    "parent_id": "nullif(parent, '')",
    # codes nest as prefixes, so the path is read off the code itself
    "path": "array_to_string(array(select left(code, n) from generate_series(2, length(code), 2) as n), '.')::ltree",
    "pcode": "pcode",
    "vintage": "vintage",
    "latitude": "nullif(latitude, '')::float8",
    "longitude": "nullif(longitude, '')::float8",
    "area_sqkm": "nullif(area_sqkm, '')::float8",
    "population": "nullif(population, '')::int",
    "source": "source",
}
AREA_COLUMNS["old_names"] = f"coalesce({AREA_COLUMNS['old_names']}, '[]')"
FACT_COLUMNS = {
    "area_id": "area_code",
    "name": "name",
    "value": "value::float8",
    "year": "year::int",
    "source": "source",
    "confidence": "confidence",
}


def load_places(*, by: Officer) -> dict[str, Merged]:
    """Divisions, districts, upazilas and city corporations, unions, and area facts. Again: no change."""
    by.require("reference.load")
    with transaction.atomic():
        merged = {
            name: merge(f"places/{name}.csv", table="places_area", key="code", columns=AREA_COLUMNS)
            for name in ("divisions", "districts", "upazilas", "unions")
        }
        merged["area_facts"] = merge(
            "places/area_facts.csv", table="places_areafact", key="area_id, name, year", columns=FACT_COLUMNS
        )
        transaction.on_commit(queries.forget)
        record(action="places.loaded", by=by, detail={name: list(counts) for name, counts in merged.items()})
    return merged
