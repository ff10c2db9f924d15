"""Loading the catalogue: ministries, programmes and budgets as published. Definitions: actions_definitions.py."""

from __future__ import annotations

from django.db import transaction

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.places.reference_files import Merged, merge

MINISTRY_COLUMNS = {
    "code": "code",
    '"order"': '"order"::int',
    "name_bn": "name_bn",
    "name_en": "name_en",
    "coordinating_cluster": "coordinating_cluster",
    "chapter": "chapter",
    "programme_count": "programmes::int",
    "budget_crore": "budget_crore::numeric",
    "beneficiaries_lakh": "beneficiaries_lakh::numeric",
}
PROGRAMME_COLUMNS = {
    "code": "code",
    '"order"': '"order"::int',
    "ministry_id": "ministry_code",
    "name_bn": "name_bn",
    "name_en": "name_en",
    "lifecycle_stage": "lifecycle_stage",
    "thematic_cluster": "thematic_cluster",
    "type": "type",
    "fiscal_year": "fiscal_year",
    "budget_crore": "nullif(budget_crore, '')::numeric",
    "beneficiaries_lakh": "nullif(beneficiaries_lakh, '')::numeric",
    "in_list": "in_list = 'yes'",
    "tag": "tag",
    "unsure": "unsure",
}
BUDGET_COLUMNS = {
    "ministry_id": "ministry_code",
    "fiscal_year": "fiscal_year",
    "beneficiaries_lakh": "beneficiaries_lakh::numeric",
    "budget_crore": "budget_crore::numeric",
    "doubtful": "doubtful",
    "source": "source",
}
NATIONAL_COLUMNS = {
    "fiscal_year": "fiscal_year",
    "gdp_crore": "nullif(gdp_crore, '')::numeric",
    "gdp_base": "gdp_base",
    "gdp_source": "gdp_source",
    "price_index": "nullif(price_index, '')::numeric",
    "price_source": "price_source",
    "budget_crore": "nullif(budget_crore, '')::numeric",
    "budget_source": "budget_source",
}
VARIANT_COLUMNS = {"programme_id": "programme_code", "variant": "variant", "reason_en": "reason_en"}


def load_catalogue(*, by: Officer) -> dict[str, Merged]:
    """Ministries, programmes, budget series, the nation's years and budget variants. Again: no change."""
    by.require("reference.load")
    with transaction.atomic():
        merged = {
            "ministries": merge(
                "catalogue/ministries.csv", table="programmes_ministry", key="code", columns=MINISTRY_COLUMNS
            ),
            "programmes": merge(
                "catalogue/programmes.csv", table="programmes_programme", key="code", columns=PROGRAMME_COLUMNS
            ),
            "budget_years": merge(
                "catalogue/budget_series.csv",
                table="programmes_budgetyear",
                key="ministry_id, fiscal_year",
                columns=BUDGET_COLUMNS,
            ),
            "national_years": merge(
                "catalogue/national_years.csv",
                table="programmes_nationalyear",
                key="fiscal_year",
                columns=NATIONAL_COLUMNS,
            ),
            "budget_variants": merge(
                "catalogue/budget_variants.csv",
                table="programmes_budgetvariant",
                key="programme_id",
                columns=VARIANT_COLUMNS,
            ),
        }
        record(action="catalogue.loaded", by=by, detail={name: list(counts) for name, counts in merged.items()})
    return merged
