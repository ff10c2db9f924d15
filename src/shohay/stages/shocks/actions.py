"""Loading the published triggers of anticipatory action."""

from __future__ import annotations

from django.db import transaction

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.places.reference_files import Merged, merge

# the file writes '-' where the protocol says nothing
TRIGGER_COLUMNS = {
    "code": "trigger_id",
    "hazard": "hazard",
    "stage": "stage",
    "authority": "authority_or_model",
    "variable": "variable",
    "threshold": "threshold",
    "persistence": "coalesce(nullif(persistence_or_probability, '-'), '')",
    "lead_time": "coalesce(nullif(lead_time, '-'), '')",
    "area_unit": "coalesce(nullif(area_unit, '-'), '')",
    "impact_condition": "coalesce(nullif(impact_condition, '-'), '')",
    "action": "coalesce(nullif(action, '-'), '')",
    "stop_rule": "coalesce(nullif(stop_rule, '-'), '')",
    "source": "source",
    "status": "status",
}


def load_triggers(*, by: Officer) -> Merged:
    """Flood, cyclone, drought and other triggers with the agency that uses them. Again: no change."""
    by.require("reference.load")
    with transaction.atomic():
        merged = merge("catalogue/triggers.csv", table="shocks_trigger", key="code", columns=TRIGGER_COLUMNS)
        record(action="triggers.loaded", by=by, detail={"triggers": list(merged)})
    return merged
