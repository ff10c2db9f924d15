"""Bringing what was found just now together with what was found before: set-based, on the cursor of an action.

``found`` is a temporary table of (person_id, area_code, subject_id, code, severity, said, found). What an officer has
decided stays decided while it says the same; what says something else, or comes back, is open again; what is not found
any more is gone.
"""

from __future__ import annotations

from typing import Any

COLUMNS = ["person_id", "area_code", "subject_id", "code", "severity", "said", "found"]
CREATE = """
create temporary table if not exists found (
    person_id bigint, area_code varchar(12) collate "C", subject_id bigint, code varchar(24), severity varchar(8),
    said varchar(120), found varchar(120)) on commit delete rows
"""
SAME = "(f.said, f.found) = (excluded.said, excluded.found) and f.state <> 'gone'"
UPSERT = f"""
insert into registry_finding as f
    (person_id, area_code, source, subject_id, code, severity, said, found, state, found_at, decided_by, note)
select distinct on (person_id, code, subject_id) person_id, area_code, %(source)s, subject_id, code, severity,
       coalesce(said, ''), coalesce(found, ''), 'open', %(at)s, '', ''
from found order by person_id, code, subject_id, found
on conflict (person_id, source, code, subject_id) do update set
    area_code = excluded.area_code, severity = excluded.severity, said = excluded.said, found = excluded.found,
    state = case when {SAME} then f.state else 'open' end,
    found_at = case when {SAME} then f.found_at else excluded.found_at end,
    decided_by = case when {SAME} then f.decided_by else '' end,
    decided_at = case when {SAME} then f.decided_at end,
    note = case when {SAME} then f.note else '' end
where not ({SAME}) or f.area_code <> excluded.area_code or f.severity <> excluded.severity
"""
GONE = """
update registry_finding f set state = 'gone', decided_by = '', decided_at = null, note = ''
where f.source = %(source)s and f.state = 'open' and {scope}
  and not exists (select 1 from found n where n.person_id = f.person_id and n.code = f.code
                  and n.subject_id = f.subject_id)
"""


def begin(cursor: Any) -> None:
    """An empty table ``found`` for this transaction."""
    cursor.execute(CREATE)
    cursor.execute("truncate found")


def merge(cursor: Any, *, source: str, at: Any, scope: str, **params: object) -> dict[str, int]:
    """``scope`` (SQL on registry_finding f): what was looked at, so that what is not found there is gone."""
    named = {"source": source, "at": at, **params}
    cursor.execute("select count(*) from found")
    found = int(cursor.fetchone()[0])
    cursor.execute(UPSERT, named)
    changed = cursor.rowcount
    cursor.execute(GONE.format(scope=scope), named)
    return {"found": found, "new_or_changed": changed, "gone": cursor.rowcount}
