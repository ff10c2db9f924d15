"""Loading the results indicators with their definitions."""

from __future__ import annotations

from django.db import transaction

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.places.reference_files import Merged, merge

INDICATOR_COLUMNS = {
    "code": "id",
    "name_bn": "name_bn",
    "name_en": "name",
    "core": "core = 'yes'",
    "level": "level",
    "document": "to_jsonb(incoming)",
}


def load_indicators(*, by: Officer) -> Merged:
    """69 indicators, of them 50 core; ``document`` keeps the whole row. Again: no change."""
    by.require("reference.load")
    with transaction.atomic():
        merged = merge("catalogue/indicators.csv", table="results_indicator", key="code", columns=INDICATOR_COLUMNS)
        record(action="indicators.loaded", by=by, detail={"indicators": list(merged)})
    return merged
