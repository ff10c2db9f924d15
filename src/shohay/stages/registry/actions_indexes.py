"""Indexes set aside while a load fills tables that are small beside it, and built again in the same transaction.

A key put into a b-tree row by row costs two to three times what it costs in one sorted build. Setting an index aside
locks its table against readers too until the transaction ends, so only a first load does it: one that brings more
people than the registry has (docs/adr/0006-bulk-loading.md). DDL is transactional: a killed load leaves the indexes.
"""

from __future__ import annotations

from typing import Any

from django.db import OperationalError, transaction

PATIENCE = "2s"  # how long a first load waits for readers of the tables before it goes on with the indexes in place

# Primary keys stay (their values only rise, which is as cheap), so do keys of exclusion and indexes of the few rows
# that are over (... IS NOT NULL): a load puts nothing into them.
SECONDARY = """
select c.relname, pg_get_indexdef(i.indexrelid), con.conname, pg_get_constraintdef(con.oid)
from pg_index i join pg_class c on c.oid = i.indexrelid
left join pg_constraint con on con.conindid = i.indexrelid and con.conrelid = i.indrelid and con.contype = 'u'
where i.indrelid = %s::regclass and not i.indisprimary and not i.indisexclusion
  and coalesce(pg_get_expr(i.indpred, i.indrelid), '') not like '%%IS NOT NULL%%'
  and not exists (select 1 from pg_constraint f where f.conindid = i.indexrelid and f.contype = 'f')
order by c.relname
"""


def set_aside(cursor: Any, tables: list[str], coming: int) -> dict[str, list[str]]:
    """Drop the secondary indexes of ``tables`` if they hold fewer people than are ``coming``; how to build them again.

    table -> statements for ``build``; nothing for every table when the indexes stay, also where somebody reads the
    tables for longer than PATIENCE, or has checks in this transaction that are still to come.
    """
    stay: dict[str, list[str]] = {table: [] for table in tables}
    cursor.execute("select count(*) from (select from registry_person limit %s) held", [coming])
    if cursor.fetchone()[0] >= coming:
        return stay
    try:
        with transaction.atomic():
            cursor.execute(f"set local lock_timeout = '{PATIENCE}'")
            cursor.execute(f"lock table {', '.join(tables)} in access exclusive mode")
            dropped = {table: _drop(cursor, table) for table in tables}
            cursor.execute("set local lock_timeout to default")
            return dropped
    except OperationalError:
        return stay


def build(cursor: Any, statements: list[str]) -> None:
    """Build again what was set aside."""
    for statement in statements:
        cursor.execute(statement)


def _drop(cursor: Any, table: str) -> list[str]:
    """Drop the secondary indexes of one table; the statements that make them again."""
    cursor.execute(SECONDARY, [table])
    again = []
    for index, definition, constraint, condition in cursor.fetchall():
        if constraint:
            cursor.execute(f'alter table {table} drop constraint "{constraint}"')
            again.append(f'alter table {table} add constraint "{constraint}" {condition}')
        else:
            cursor.execute(f'drop index "{index}"')
            again.append(definition)
    return again
