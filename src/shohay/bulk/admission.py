"""From the good rows of a household file to rows of the registry's tables, as CSV files for COPY.

PostgreSQL hands out the ids in between: ``sort_out`` decides which households are new and how many ids are needed,
``files`` makes one file after another, ``counts`` says what became of the households. Numbers are sealed on the way;
no clear number leaves memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from shohay.bulk import sealing
from shohay.bulk.sealing import KeyRing
from shohay.bulk.sealing_apart import Sealer

MEMORY = "3GB"
EXISTING = pa.schema([("area_code", pa.string()), ("reference", pa.string()), ("fingerprint", pa.string())])
HOUSEHOLD_COLUMNS = {
    "area_type": "area_type", "address_bn": "coalesce(address, '')", "rooms": "rooms", "walls": "coalesce(walls, '')",
    "has_television": "television", "fans": "fans", "mobile_phones": "mobile_phones", "has_vehicle": "vehicle",
    "has_daily_labourer": "daily_labourer", "homestead_decimals": "homestead_decimals",
    "cultivable_decimals": "cultivable_decimals", "annual_income": "household_income", "disaster_hit": "disaster_hit",
    "declared_programmes": "coalesce(to_json(string_split(nullif(declared_programmes, ''), ';')), '[]')",
}  # fmt: skip
PERSON_COLUMNS = {
    "area_code": "union_code", "line_no": "line_no", "relation": "relation", "name_bn": "name_bn",
    "name_en": "coalesce(name_en, '')", "name_key": "name_key", "father_name": "coalesce(father_name, '')",
    "mother_name": "coalesce(mother_name, '')", "sex": "sex", "birth_date": "birth_date",
    "birth_date_approximate": "birth_date_approximate", "marital_status": "coalesce(marital_status, '')",
    "marriage_ended_on": "marriage_ended_on", "disability": "coalesce(nullif(disability, 'none'), '')",
    "disability_card": "disability_card", "is_pregnant": "pregnant", "pregnancy_month": "pregnancy_month",
    "pregnancy_order": "pregnancy_order", "has_anc_card": "anc_card", "school_level": "coalesce(school_level, '')",
    "school_class": "school_class", "school_listed": "school_listed", "occupation": "coalesce(occupation, '')",
    "annual_income": "annual_income", "government_salary": "government_salary",
    "government_pension": "government_pension", "permanent_resident": "permanent_resident",
    "community": "coalesce(community, '')", "freedom_fighter": "coalesce(freedom_fighter, '')",
    "serious_illness": "coalesce(serious_illness, '')",
}  # fmt: skip
NUMBER_COLUMNS = {
    "person_id": "person_id", "kind": "kind", "sealed": "'\\x' || hex(sealed)", "digest": "'\\x' || hex(digest)",
}  # fmt: skip
ACCOUNT_COLUMNS = {
    "provider": "coalesce(account_provider, '')", "routing_number": "coalesce(routing_number, '')",
    "holder_name": "name_bn",
}  # fmt: skip
NOT_IN_FINGERPRINT = ("line", "id_number", "account_number")  # the digests of the numbers are in it
PARTS = 4  # of the people's file: PostgreSQL loads one while the next is made


@dataclass(frozen=True)
class Loadable:
    """A CSV to load: the table, its columns, where it is, whether more of the same table follows."""

    table: str
    columns: list[str]
    path: Path
    more: bool = False


@dataclass(frozen=True)
class Coming:
    """How many ids the new households of a file need."""

    households: int
    persons: int


@dataclass(frozen=True)
class Counts:
    """Households of the file by what becomes of them; persons and numbers of the new ones."""

    households: int
    persons: int
    unchanged: int
    changed: int
    identities: int
    accounts: int


@dataclass(frozen=True)
class Begun:
    """Identities or accounts being sealed: all rows that have one, the new people among them, what is to come."""

    name: str
    every: pa.Table
    new: pa.Table
    digests: Future[pa.Array]
    seals: Future[pa.Array]


class Admission:
    """One file on its way in; a context manager, since DuckDB holds the rows meanwhile."""

    def __init__(self, *, good: Path, work: Path, ring: KeyRing) -> None:
        self.work = work
        self.engine = duckdb.connect(
            config={"memory_limit": MEMORY, "temp_directory": str(work / "spill"), "threads": 2}
        )
        self.engine.execute(f"create view good as select * from read_parquet('{good}')")
        (numbers,) = self._row("select count(id_number) + count(account_number) from good")
        self.sealer = Sealer(ring, numbers)

    def __enter__(self) -> Admission:
        return self

    def __exit__(self, *_: object) -> None:
        self.sealer.__exit__()
        self.engine.close()

    def unions(self) -> list[str]:
        """Unions that the file speaks of."""
        return [code for (code,) in self.engine.execute("select distinct union_code from good order by 1").fetchall()]

    def sort_out(self, existing: pa.Table) -> Coming:
        """Which households of the file are new to the registry, EXISTING being those it has in these unions."""
        self.engine.register("existing", existing)
        self.engine.execute("""
            create table homes as
                select s.*, e.reference is not null as known, e.fingerprint as held,
                       row_number() over (partition by e.reference is null order by s.union_code, s.line) as place
                from (select union_code, household_reference, min(line) as line, count(*) as members
                      from good group by union_code, household_reference) s
                left join existing e on e.area_code = s.union_code and e.reference = s.household_reference
        """)
        return Coming(
            *self._row("""
            select count(*) filter (where not known), coalesce(sum(members) filter (where not known), 0)::bigint
            from homes
        """)
        )

    def counts(self) -> Counts:
        """What became of the households, once every file has been made."""
        return Counts(
            *self._row("""
            select count(*) filter (where not known), coalesce(sum(members) filter (where not known), 0)::bigint,
                   count(*) filter (where known and held is not distinct from fingerprint),
                   count(*) filter (where known and held is distinct from fingerprint),
                   (select count(*) from identity), (select count(*) from account)
            from homes join prints using (union_code, household_reference)
        """)
        )

    def _row(self, query: str) -> tuple[int, ...]:
        row = self.engine.execute(query).fetchone()
        assert row is not None
        return row

    def _fingerprints(self) -> None:
        """Table prints: the fingerprint of each household of the file.

        It is the XOR of the MD5 of its rows: rows differ at least in line_no, so it stands for the set of them, needs
        no sort, and stays the same from one version of DuckDB to the next. Digests stand for the numbers.
        """
        columns = [row[0] for row in self.engine.execute("describe good").fetchall()]
        content = ", ".join(f"coalesce(g.{name}::varchar, '')" for name in columns if name not in NOT_IN_FINGERPRINT)
        self.engine.execute(f"""
            create table prints as
                select union_code, household_reference, lpad(lower(hex(bit_xor(print))), 32, '0') as fingerprint
                from (select g.union_code, g.household_reference,
                             md5_number(concat_ws(chr(31), {content}, coalesce(hex(i.digest), ''),
                                                  coalesce(hex(a.digest), ''))) as print
                      from good g left join identity i using (line) left join account a using (line))
                group by union_code, household_reference
        """)

    def _begin(self, name: str, place: str, kind: str, number: str) -> Begun:
        """Have the numbers of all rows digested, since fingerprints need them, and those of the new people sealed."""
        rows = f"select line, {kind} as kind, {number} as number from good where {number} is not null"
        every = self.engine.execute(rows).to_arrow_table()
        new = self.engine.execute(f"from ({rows}) join new_persons using (line) order by person_id").to_arrow_table()
        return Begun(
            name,
            every.select(["line"]),
            new.drop_columns(["number", "household_id"]),
            self.sealer.digests(every["kind"], every["number"]),
            self.sealer.seals(place, new["kind"], new["number"]),
        )

    def _digested(self, begun: Begun) -> None:
        """Table <name>: line, digest of every row that has a number."""
        self.engine.register("found", begun.every.append_column("digest", begun.digests.result()))
        self.engine.execute(f"create table {begun.name} as from found")
        self.engine.unregister("found")

    def _sealed(self, begun: Begun) -> None:
        """Table sealed_<name>: line, kind, person_id, sealed of the new people."""
        self.engine.register(f"sealed_{begun.name}", begun.new.append_column("sealed", begun.seals.result()))

    def files(
        self, *, first_household: int, first_person: int, shared: Mapping[str, str], on: str
    ) -> Iterator[Loadable]:
        """Persons, households, identities, accounts of the new households, each made when it is asked for.

        Ids count up from the two given. ``shared``: columns of people and households that are the same in every row
        (none when the tables have them as defaults); ``on`` is the day from which an account holds. A thread may make
        the next file (sealing keeps a core busy for seconds) while PostgreSQL loads the one before: so the people come
        first, in parts, and what takes long to make comes while they are loaded.
        """
        self._number(first_household, first_person)
        stamp = {column: f"'{value}'" for column, value in shared.items()}
        person = {"id": "person_id", "household_id": "household_id", **PERSON_COLUMNS, **stamp}
        household = {
            "id": "household_id", "reference": "household_reference", "area_code": "union_code", **HOUSEHOLD_COLUMNS,
            "fingerprint": "'\\x' || fingerprint", **stamp,
        }  # fmt: skip
        identity = self._begin("identity", sealing.IDENTITY, "id_kind", "id_number")
        account = self._begin("account", sealing.ACCOUNT, "account_kind", "account_number")
        yield from self._persons(person)
        self._digested(identity)
        self._digested(account)
        self._fingerprints()
        heads = "good join new_persons using (line) join prints using (union_code, household_reference)"
        yield self._csv("registry_household", household, f"{heads} where relation = 'head'")
        self._sealed(identity)
        yield self._csv("registry_identity", NUMBER_COLUMNS, "sealed_identity join identity using (line)")
        self._sealed(account)
        held = {**NUMBER_COLUMNS, **ACCOUNT_COLUMNS, "valid_from": f"'{on}'"}
        source = "sealed_account join account using (line) join good using (line)"
        yield self._csv("registry_account", held, source)

    def _persons(self, columns: dict[str, str]) -> Iterator[Loadable]:
        (last,) = self._row("select coalesce(max(line), 0) from new_persons")
        for part in range(PARTS):
            lines = f"line > {last * part // PARTS} and line <= {last * (part + 1) // PARTS}"
            source = f"(from good where {lines}) join (from new_persons where {lines}) using (line)"
            yield self._csv("registry_person", columns, source, part)

    def _number(self, first_household: int, first_person: int) -> None:
        """Table new_persons: who gets which id."""
        self.engine.execute(f"""
            create table new_persons as
                select line, place + {first_household - 1} as household_id,
                       row_number() over (order by place, line_no, good.line) + {first_person - 1} as person_id
                from good join (from homes select * exclude (line) where not known)
                  using (union_code, household_reference)
        """)

    def _csv(self, table: str, columns: dict[str, str], source: str, part: int = PARTS - 1) -> Loadable:
        """Rows in the file's order: a sort of whole rows by id would cost more than it gives PostgreSQL."""
        path = self.work / f"{table}-{part}.csv"
        chosen = ", ".join(f'{expression} as "{column}"' for column, expression in columns.items())
        self.engine.execute(f"copy (select {chosen} from {source}) to '{path}' (format csv, header false)")
        return Loadable(table, list(columns), path, more=part < PARTS - 1)

    def words(self) -> list[str]:
        """Keys of the words of the new names, for the dictionary of searched words."""
        from shohay.bulk.names import word_keys

        return word_keys(self.engine, "good", "name_bn")

    def changed_csv(self, upload: str) -> Path:
        """Findings 'already_registered' for households that the registry knows otherwise, as rows of row errors."""
        path = self.work / "changed.csv"
        self.engine.execute(f"""
            copy (select '{upload}', line, 'household_reference', 'already_registered', left(household_reference, 200),
                         '{{}}', true
                  from homes join prints using (union_code, household_reference)
                  where known and held is distinct from fingerprint order by line)
            to '{path}' (format csv, header false)
        """)
        return path
