"""A national population in a PostgreSQL of its own, by COPY straight from the synthetic snapshot, for the search bench.

Numbers are not sealed: what stands in their place has the size of a sealed number, since nobody opens it here, and the
digests are drawn, but for the people who will be looked for. The database is kept beside the Parquet files, so a
second run finds it; it is not the database of the other benchmarks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa

from shohay.cli.benches import _registry

STEP = 25_000_000  # ids a part: a million people, since the ids leave gaps
NOW = "2026-11-21 10:00:00+06"
SEALED = "'\\x' || repeat('ab', 47)"  # key id, nonce, 17 digits, tag
HOUSEHOLD = {
    "id": "household_id", "reference": "area_code || '-' || household_id", "area_code": "area_code",
    "area_type": "area_type", "address_bn": "''", "rooms": "rooms", "walls": "coalesce(walls, '')",
    "declared_programmes": "'[]'", "recorded_at": f"'{NOW}'",
}  # fmt: skip
PERSON = {
    "id": "person_id", "household_id": "household_id", "area_code": "p.area_code", "line_no": "line_no",
    "relation": "relation", "name_bn": "concat_ws(' ', name_bn, rare.bn)",
    "name_en": "concat_ws(' ', name_en, rare.en)", "name_key": "coalesce(name_key, '') || coalesce(rare.key, '')",
    "father_name": "coalesce(father_name, '')", "mother_name": "coalesce(mother_name, '')", "sex": "p.sex",
    "birth_date": "p.birth_date",
    "birth_date_approximate": "false", "marital_status": "coalesce(marital_status, '')",
    "disability": "coalesce(nullif(disability, 'none'), '')", "school_level": "coalesce(school_level, '')",
    "occupation": "coalesce(occupation, '')", "community": "coalesce(community, '')", "recorded_at": f"'{NOW}'",
}  # fmt: skip
IDENTITY = {
    "person_id": "person_id", "kind": "['nid10', 'nid13', 'nid17', 'brn17'][person_id % 4 + 1]", "sealed": SEALED,
    "digest": "'\\x' || md5('i' || person_id)",
}  # fmt: skip
ACCOUNT = {
    "person_id": "person_id", "kind": "'mfs'", "provider": "'bkash'", "routing_number": "''", "sealed": SEALED,
    "digest": "'\\x' || md5('a' || person_id)", "holder_name": "name_bn", "valid_from": "'2026-07-01'",
}  # fmt: skip
# the synthetic lists make some thousand names; real ones have more family names than any list: a third of the people
# get one of these words of three syllables behind their name
RARE_SHARE = 3
SYLLABLES = (
    ("পা", "pa"), ("তি", "ti"), ("কু", "ku"), ("ডো", "do"), ("রা", "ra"), ("লি", "li"), ("মু", "mu"), ("নে", "ne"),
    ("বা", "ba"), ("শি", "shi"), ("জু", "ju"), ("গো", "go"), ("হা", "ha"), ("ফি", "fi"),
)  # fmt: skip
TABLES = ["registry_household", "registry_person", "registry_identity", "registry_account"]


def open_population(rows: int) -> int:
    """Set Django up on a database of about ``rows`` people, filled if it is not there yet; how many there are."""
    postgres = import_module("shohay.config.postgres")  # the command line knows no configuration by name
    folder = _registry.var() / f"people-{rows}"
    var = _registry.var()
    postgres.start(var)
    name = f"people_{rows}"
    fresh = not (folder / "loaded").exists()
    _database(postgres.url(var, "postgres"), name, fresh)
    os.environ["DATABASE_URL"] = postgres.url(var, name)
    from shohay.cli.ready import ready

    ready()
    if fresh:
        _fill(folder, rows)
        (folder / "loaded").touch()
    from shohay.stages.registry.models import Person

    return int(Person.objects.count())


def _database(url: str, name: str, fresh: bool) -> None:
    """Make the database; one that was left half filled is made again."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        if fresh:
            connection.execute(f"drop database if exists {name}")
            connection.execute(f"create database {name}")


def _fill(folder: Path, rows: int) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction

    from shohay.bulk.synth import generate
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.places.actions import load_places
    from shohay.stages.registry.first_load import set_aside

    if not (folder / "snapshot" / "manifest.json").exists():
        households = max(1, round(rows / _registry.PER_HOUSEHOLD))
        generate(households=households, seed=2026, areas=None, out=folder, form="snapshot", as_of=_registry.AS_OF)
    call_command("migrate", verbosity=0)
    load_places(by=SYSTEM)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")  # no row by row check of what is made here
        aside = set_aside(cursor, TABLES, rows, {})
        for table, columns, path in _parts(folder):
            _copy(cursor, table, columns, path)
            path.unlink()
        cursor.execute("set local maintenance_work_mem = '1GB'")
        for table in TABLES:
            aside.put_back(cursor, table)
    with connection.cursor() as cursor:
        for table in [*TABLES, "registry_nameword", "places_area"]:
            cursor.execute(f"vacuum (analyze) {table}")


def _copy(cursor: Any, table: str, columns: list[str], path: Path) -> None:
    from shohay.bulk.copying import copy_in

    copy_in(cursor, table, columns, path)


def _parts(folder: Path) -> Iterator[tuple[str, list[str], Path]]:
    """(table, columns, CSV file) one after another; the file is the caller's."""
    import duckdb

    from shohay.bulk.names import word_keys

    engine = duckdb.connect(config={"memory_limit": "3GB", "threads": 2, "temp_directory": str(folder / "spill")})
    for name in ("households", "persons", "names"):
        engine.execute(f"create view {name} as from read_parquet('{folder / 'snapshot' / f'{name}.parquet'}')")
    engine.register("rare_words", _rare())
    engine.execute("create table rare as from rare_words")
    path = folder / "part.csv"

    def made(table: str, columns: dict[str, str], source: str) -> tuple[str, list[str], Path]:
        chosen = ", ".join(f'{expression} as "{column}"' for column, expression in columns.items())
        engine.execute(f"copy (select {chosen} from {source}) to '{path}' (format csv, header false)")
        return table, list(columns), path

    yield made("registry_household", HOUSEHOLD, "households")
    (last,) = engine.execute("select max(person_id) from persons").fetchone() or (0,)
    for first in range(0, last + 1, STEP):
        these = f"person_id between {first} and {first + STEP - 1}"
        joined = f"(from persons where {these}) p join (from names where {these}) n using (person_id) {RARE}"
        yield made("registry_person", PERSON, joined)
    yield made("registry_identity", IDENTITY, "names where identity_digest is not null")
    yield made("registry_account", ACCOUNT, "names where account_digest is not null")
    path.write_text(
        "".join(
            f"{key}\n" for key in sorted({*word_keys(engine, "names", "name_bn"), *word_keys(engine, "rare", "bn")})
        ),
        encoding="utf-8",
    )
    yield "registry_nameword", ["key"], path
    engine.close()


RARE = (
    f"left join rare on rare.at = if(p.person_id % {RARE_SHARE} = 0, hash(p.person_id) % {len(SYLLABLES) ** 3}, null)"
)


def _rare() -> pa.Table:
    """Words that few bear, with their keys."""
    from shohay.core.bangla import token_key

    made = list(product(SYLLABLES, repeat=3))
    words = ["".join(bn for bn, _ in one) for one in made]
    return pa.table(
        {
            "at": range(len(made)), "bn": words, "en": ["".join(en for _, en in one).capitalize() for one in made],
            "key": [token_key(word) for word in words],
        }
    )  # fmt: skip


def give_numbers(people: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Give each (person, place in the list) an identity and a mobile number of a known digest; both, as typed."""
    from django.db import connection

    from shohay.bulk import sealing
    from shohay.stages.registry.queries_ring import key_ring

    ring, given = key_ring(), []
    with connection.cursor() as cursor:
        for person, at in people:
            kind = ("nid10", "nid13", "nid17", "brn17")[at % 4]
            number, mobile = f"19{at:015d}"[: int(kind[3:])][::-1], f"018{at:08d}"
            cursor.execute("delete from registry_identity where person_id = %s", [person])
            cursor.execute("delete from registry_account where person_id = %s", [person])
            cursor.execute(
                "insert into registry_identity (person_id, kind, sealed, digest) values (%s, %s, 'k1:', %s)",
                [person, kind, sealing.digest(ring, kind, number)],
            )
            cursor.execute(
                "insert into registry_account (person_id, kind, provider, routing_number, sealed, digest, holder_name,"
                " valid_from) values (%s, 'mfs', 'bkash', '', 'k1:', %s, '', '2026-07-01')",
                [person, sealing.digest(ring, "mfs", mobile)],
            )
            given.append((number, mobile))
    return given
