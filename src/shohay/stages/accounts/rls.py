"""Row-level security: the second lock behind the filters of queries.py.

The web process works as the database role ``shohay_web`` (SET LOCAL ROLE in each request) and says which areas
and programmes the officer covers. Jobs and commands work as the owner, whom row security does not bind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, migrations, transaction

from shohay.stages.accounts.officer import Officer

WEB_ROLE = "shohay_web"

CREATE_ROLE = f"""
do $$ begin
  if not exists (select 1 from pg_roles where rolname = '{WEB_ROLE}') then
    create role {WEB_ROLE} nologin;
  end if;
end $$;
grant usage on schema public to {WEB_ROLE};
grant select, insert, update, delete on all tables in schema public to {WEB_ROLE};
grant usage on all sequences in schema public to {WEB_ROLE};
alter default privileges in schema public grant select, insert, update, delete on tables to {WEB_ROLE};
alter default privileges in schema public grant usage on sequences to {WEB_ROLE};
"""

AREA_TEST = "{column} like any (string_to_array(current_setting('shohay.areas', true), ','))"
PROGRAMME_TEST = (
    "(current_setting('shohay.programmes', true) = '*' or {column} = '' or {column} = any"
    " (string_to_array(current_setting('shohay.programmes', true), ',')))"
)


def protect(
    table: str, *, area: str | None = "area_code", programme: str | None = None, through: str = ""
) -> migrations.RunSQL:
    """A migration step: rows of ``table`` are seen and written only inside the officer's areas and programmes.

    ``through`` is a condition in SQL for tables without a place of their own, such as
    "exists (select 1 from registry_person p where p.id = person_id)": the other table's policy then decides.
    """
    tests = [through] if through else []
    if not through and area:
        tests.append(AREA_TEST.format(column=area))
    if programme:
        tests.append(PROGRAMME_TEST.format(column=programme))
    condition = " and ".join(tests)
    return migrations.RunSQL(
        f"alter table {table} enable row level security;"
        f"create policy officer_scope on {table} for all to {WEB_ROLE} using ({condition}) with check ({condition});",
        f"drop policy officer_scope on {table}; alter table {table} disable row level security;",
    )


def enter(officer: Officer) -> None:
    """Bind this transaction to what the officer may see. Must run inside transaction.atomic()."""
    areas = ",".join(f"{code}%" for code in officer.areas)
    programmes = "*" if "" in officer.programmes else ",".join(officer.programmes)
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('shohay.areas', %s, true), set_config('shohay.programmes', %s, true)",
            [areas, programmes],
        )
        cursor.execute(f"set local role {WEB_ROLE}")


@contextmanager
def lifted() -> Iterator[None]:
    """For a check that must see more than the officer may: whether a person is on a programme that is not theirs.

    The action has asked for its permission before; nothing of what is seen may be shown. Whatever goes wrong inside,
    the savepoint gives the transaction its role back.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        role = cursor.fetchone()[0]
        if role != WEB_ROLE:
            yield
            return
        cursor.execute("set local role none")
        yield
        cursor.execute(f"set local role {WEB_ROLE}")
