"""What the registry finds wrong with rows that were good in themselves: beside the row errors, and in the file that
goes back. ``said`` is a temporary table (line, column, code, is_warning) on the cursor of an action.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shohay.bulk.copying import copy_out
from shohay.stages.intake import queries as intake
from shohay.stages.intake.models import Upload

LINES = pa.schema([("line", pa.int64()), ("column", pa.string()), ("code", pa.string())])
KEEP_SAID = """
insert into intake_rowerror (upload_id, line, "column", code, value, params, is_warning)
select %(upload)s, line, "column", code, '', '{}', is_warning from said order by line, code
"""
LINES_OUT = 'select line, "column", code from said where not is_warning order by line, code'
CODES = "select code, count(distinct line) from said group by code"


def keep_said(cursor: Any, upload: Upload) -> int:
    """How many rows are left out by it; the counts of ``upload`` follow, the caller saves it."""
    cursor.execute(KEEP_SAID, {"upload": str(upload.pk)})
    cursor.execute(CODES)
    for code, times in cursor.fetchall():
        upload.findings = {**upload.findings, code: times}
    lines = copy_out(cursor, LINES_OUT, LINES)
    out = len(set(lines["line"].to_pylist()))
    if out:
        later = lines.append_column("is_warning", pa.array([False] * lines.num_rows))
        pq.write_table(later, intake.later_findings(upload))
    upload.rows_good, upload.rows_bad = upload.rows_good - out, upload.rows_bad + out
    return out
