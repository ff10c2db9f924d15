"""What makes a first load cheap: indexes built after its rows, and what all its rows share said once.

A key put into a b-tree row by row costs two to three times what it costs in one sorted build; the upload's number and
the moment, read again in every line, are a quarter of the reading. Both need the tables for the load alone, readers
too, until the transaction ends. So only a load that brings more people than the registry has does it
(docs/adr/0006-bulk-loading.md). DDL is transactional: a killed load leaves indexes and defaults as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, transaction

PATIENCE = "2s"  # how long a first load waits for readers of the tables before it goes on beside them

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
DEFAULT = """
select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
where d.adrelid = %s::regclass and a.attname = %s
"""


@dataclass(frozen=True)
class Aside:
    """What was taken off the tables: statements that put it back, by table. ``whole``: the load has them alone."""

    whole: bool = False
    again: dict[str, list[str]] = field(default_factory=dict)

    def put_back(self, cursor: Any, table: str) -> None:
        """Build the indexes of ``table`` and restore its defaults, once it is loaded."""
        for statement in self.again.get(table, []):
            cursor.execute(statement)


def set_aside(cursor: Any, tables: list[str], coming: int, shared: Mapping[str, Mapping[str, str]]) -> Aside:
    """Take the secondary indexes off ``tables`` and make ``shared`` (table -> column -> value) their defaults.

    Only if the registry has fewer people than are ``coming``, nobody reads the tables for longer than PATIENCE, and
    this transaction has no checks of them still to come; otherwise everything stays.
    """
    cursor.execute("select count(*) from (select from registry_person limit %s) held", [coming])
    if cursor.fetchone()[0] >= coming:
        return Aside()
    try:
        with transaction.atomic():
            cursor.execute(f"set local lock_timeout = '{PATIENCE}'")
            cursor.execute(f"lock table {', '.join(tables)} in access exclusive mode")
            cursor.execute("set local lock_timeout to default")
            again = {table: _drop_indexes(cursor, table) for table in tables}
            for table, values in shared.items():
                again[table] += [_share(cursor, table, column, value) for column, value in values.items()]
            return Aside(whole=True, again=again)
    except OperationalError:
        return Aside()


def _drop_indexes(cursor: Any, table: str) -> list[str]:
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


def _share(cursor: Any, table: str, column: str, value: str) -> str:
    """Make ``value`` the default of a column; the statement that gives it the one it had."""
    cursor.execute(DEFAULT, [table, column])
    had = cursor.fetchone()
    # a definition takes no parameters: quote_literal makes it text, the column's type reads it
    cursor.execute("select quote_literal(%s)", [value])
    cursor.execute(f"alter table {table} alter column {column} set default {cursor.fetchone()[0]}")
    return f"alter table {table} alter column {column} {f'set default {had[0]}' if had else 'drop default'}"
