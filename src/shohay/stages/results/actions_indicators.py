"""Loading the results indicators from their documents."""

from __future__ import annotations

import json

from django.db import connection, transaction

from shohay.core.indicator_documents import Framework
from shohay.policy.indicator_documents import shipped
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.places.reference_files import Merged

UPSERT = """
with incoming as (
  select * from jsonb_to_recordset(%s::jsonb)
    as row(code text, name_bn text, name_en text, core boolean, level text, document jsonb)),
merged as (
  insert into results_indicator as kept (code, name_bn, name_en, core, level, document)
  select code, name_bn, name_en, core, level, document from incoming order by code
  on conflict (code) do update set name_bn = excluded.name_bn, name_en = excluded.name_en, core = excluded.core,
    level = excluded.level, document = excluded.document
  where (kept.name_bn, kept.name_en, kept.core, kept.level, kept.document)
    is distinct from (excluded.name_bn, excluded.name_en, excluded.core, excluded.level, excluded.document)
  returning (xmax = 0) as added)
select (select count(*) from incoming), count(*) filter (where added), count(*) filter (where not added) from merged
"""


def load_indicators(*, framework: Framework | None = None, by: Officer) -> Merged:
    """The indicators of the documents (69 shipped, of them 50 core); ``document`` keeps the whole. Again: no change."""
    by.require("reference.load")
    rows = [
        {"code": one.code, "name_bn": one.name.bn, "name_en": one.name.en, "core": one.core, "level": one.level,
         "document": {**one.model_dump(mode="json"), "sha256": one.sha256}}
        for one in (framework or shipped()).indicators.values()
    ]  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UPSERT, [json.dumps(rows, ensure_ascii=False)])
        merged = Merged(*cursor.fetchone())
        record(action="indicators.loaded", by=by, detail={"indicators": list(merged)})
    return merged
