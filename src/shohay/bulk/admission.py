"""From the good rows of a household file to rows of the registry's tables, as CSV files for COPY.

PostgreSQL hands out the ids in between: ``sort_out`` decides which households are new and how many ids are needed,
``files`` makes one file after another. Numbers are sealed on the way; no clear number leaves memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from shohay.bulk import sealing
from shohay.bulk.sealing import KeyRing

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
    "community": "coalesce(community, '')",
}  # fmt: skip
NUMBER_COLUMNS = {
    "person_id": "person_id", "kind": "kind", "sealed": "'\\x' || hex(sealed)", "digest": "'\\x' || hex(digest)",
}  # fmt: skip
ACCOUNT_COLUMNS = {
    "provider": "coalesce(account_provider, '')", "routing_number": "coalesce(routing_number, '')",
    "holder_name": "name_bn",
}  # fmt: skip
NOT_IN_FINGERPRINT = ("line", "id_number", "account_number")  # the digests of the numbers are in it
Loadable = tuple[str, list[str], Path]  # table, its columns, the CSV to load


@dataclass(frozen=True)
class Counts:
    """Households of the file by what becomes of them; persons and numbers of the new ones."""

    households: int
    persons: int
    unchanged: int
    changed: int
    identities: int
    accounts: int


class Admission:
    """One file on its way in; a context manager, since DuckDB holds the rows meanwhile."""

    def __init__(self, *, good: Path, work: Path, ring: KeyRing) -> None:
        self.work, self.ring = work, ring
        self.engine = duckdb.connect(
            config={"memory_limit": MEMORY, "temp_directory": str(work / "spill"), "threads": 2}
        )
        self.engine.execute(f"create view good as select * from read_parquet('{good}')")

    def __enter__(self) -> Admission:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.close()

    def unions(self) -> list[str]:
        """Unions that the file speaks of."""
        return [code for (code,) in self.engine.execute("select distinct union_code from good order by 1").fetchall()]

    def sort_out(self, existing: pa.Table) -> Counts:
        """Compare with the households that the registry has in these unions (EXISTING); say how much is new.

        A household's fingerprint is the XOR of the MD5 of its rows: rows differ at least in line_no, so it stands for
        the set of them, needs no sort, and stays the same from one version of DuckDB to the next.
        """
        self._digest("identity", "id_kind", "id_number")
        self._digest("account", "account_kind", "account_number")
        self.engine.register("existing", existing)
        columns = [row[0] for row in self.engine.execute("describe good").fetchall()]
        content = ", ".join(f"coalesce(g.{name}::varchar, '')" for name in columns if name not in NOT_IN_FINGERPRINT)
        self.engine.execute(f"""
            create table seen as
                select union_code, household_reference, min(line) as line, count(*) as members,
                       lpad(lower(hex(bit_xor(print))), 32, '0') as fingerprint
                from (select g.union_code, g.household_reference, g.line,
                             md5_number(concat_ws(chr(31), {content}, coalesce(hex(i.digest), ''),
                                                  coalesce(hex(a.digest), ''))) as print
                      from good g left join identity i using (line) left join account a using (line))
                group by union_code, household_reference;
            create table sorted_out as
                select s.*, case when e.reference is null then 'new'
                                 when e.fingerprint = s.fingerprint then 'unchanged' else 'changed' end as fate,
                       row_number() over (partition by e.reference is null order by s.union_code, s.line) as place
                from seen s left join existing e
                  on e.area_code = s.union_code and e.reference = s.household_reference;
        """)
        return self._count()

    def _count(self) -> Counts:
        row = self.engine.execute("""
            select count(*) filter (where fate = 'new'), coalesce(sum(members) filter (where fate = 'new'), 0)::bigint,
                   count(*) filter (where fate = 'unchanged'), count(*) filter (where fate = 'changed'),
                   (select count(*) from identity), (select count(*) from account)
            from sorted_out
        """).fetchone()
        assert row is not None
        return Counts(*row)

    def _digest(self, name: str, kind: str, number: str) -> None:
        """Table ``name``: line, kind, number, digest of the rows that have a number."""
        found = self.engine.execute(
            f"select line, {kind} as kind, {number} as number from good where {number} is not null order by line"
        ).to_arrow_table()
        digests = sealing.digest_all(self.ring, found["kind"].to_pylist(), found["number"].to_pylist())
        table = found.append_column("digest", pa.array(digests, pa.binary()))
        self.engine.register(f"{name}_arrow", table)
        self.engine.execute(f"create table {name} as select * from {name}_arrow")
        self.engine.unregister(f"{name}_arrow")

    def files(self, *, first_household: int, first_person: int, upload: str, at: str, on: str) -> Iterator[Loadable]:
        """Households, persons, identities, accounts of the new households, each made when it is asked for.

        Ids count up from the two given; ``at`` is the moment of recording, ``on`` its day. A thread may make the next
        file (sealing keeps a core busy for seconds) while PostgreSQL loads the one before.
        """
        self._number(first_household, first_person)
        stamp = {"upload_id": f"'{upload}'", "recorded_at": f"'{at}'"}
        household = {
            "id": "household_id", "reference": "household_reference", "area_code": "union_code", **HOUSEHOLD_COLUMNS,
            "fingerprint": "'\\x' || fingerprint", **stamp,
        }  # fmt: skip
        person = {"id": "person_id", "household_id": "household_id", **PERSON_COLUMNS, **stamp}
        good = "good join new_persons using (line)"
        yield self._csv("registry_household", household, f"{good} where relation = 'head'")
        yield self._csv("registry_person", person, good)
        self._seal("identity", sealing.IDENTITY)
        yield self._csv("registry_identity", NUMBER_COLUMNS, "sealed_identity")
        self._seal("account", sealing.ACCOUNT)
        account = {**NUMBER_COLUMNS, **ACCOUNT_COLUMNS, "valid_from": f"'{on}'"}
        yield self._csv("registry_account", account, "sealed_account join good using (line)")

    def _number(self, first_household: int, first_person: int) -> None:
        """Tables new_households and new_persons: who gets which id."""
        self.engine.execute(f"""
            create table new_households as
                select union_code, household_reference, fingerprint, place + {first_household - 1} as household_id
                from sorted_out where fate = 'new';
            create table new_persons as
                select line, household_id, fingerprint,
                       row_number() over (order by household_id, line_no, line) + {first_person - 1} as person_id
                from good join new_households using (union_code, household_reference);
        """)

    def _seal(self, name: str, place: str) -> None:
        """Table sealed_<name>: person_id, line, kind, sealed, digest of the new persons."""
        found = self.engine.execute(
            f"select person_id, line, kind, digest, number from {name} join new_persons using (line) order by person_id"
        ).to_arrow_table()
        sealed = sealing.seal_all(self.ring, found["kind"].to_pylist(), place, found["number"].to_pylist())
        table = found.drop_columns(["number"]).append_column("sealed", pa.array(sealed, pa.binary()))
        self.engine.register(f"sealed_{name}", table)

    def _csv(self, table: str, columns: dict[str, str], source: str) -> Loadable:
        """Rows in the file's order: a sort of whole rows by id would cost more than it gives PostgreSQL."""
        path = self.work / f"{table}.csv"
        chosen = ", ".join(f'{expression} as "{column}"' for column, expression in columns.items())
        self.engine.execute(f"copy (select {chosen} from {source}) to '{path}' (format csv, header false)")
        return table, list(columns), path

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
                  from sorted_out where fate = 'changed' order by line)
            to '{path}' (format csv, header false)
        """)
        return path
