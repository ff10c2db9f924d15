"""What the pretended parties know: made from a synthetic household file and its planted truth.

Where the truth says so (a wrong age, a ghost, a death, an agent's wallet) the parties know better than the registry;
besides, some of everybody's data are spelt otherwise, missing or mixed up, chosen by a hash of the number, so that a
second world of the same file is the same. One Arrow file a party, sorted by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

MEMORY = "3GB"
HASH_KEY = "synthetic-sim-hash"  # what telecom regulator and registry share in the demo; no secret
FILES = {
    "nid": "nid", "civil_registration": "civil", "disability_register": "disability", "sim_owner": "sims",
    "wallets": "wallets",
}  # fmt: skip


def key_of(kind: str, number: str) -> int:
    """By which a record is found: 64 bits, as DuckDB makes them below."""
    return int(sha256(f"{kind}:{number}".encode()).hexdigest()[:16], 16)


_KEY = "('0x' || sha256({kind} || ':' || {number})[:16])::ubigint"
_DIGITS = "translate(birth_date, '০১২৩৪৫৬৭৮৯', '0123456789')"
# of a thousand, by what goes wrong: no such figures are published, the causes are (facts/bangladesh.md, B)
_DRAW = "(('0x' || sha256('{what}:' || number)[:8])::ubigint % 1000)"


def _draw(what: str) -> str:
    return _DRAW.replace("{what}", what)


_PEOPLE = f"""
create table people as
select h.id_kind as kind, h.id_number as number, h.name_bn, coalesce(h.name_en, '') as name_en,
       coalesce(h.father_name, '') as father_name, coalesce(h.mother_name, '') as mother_name,
       coalesce(nullif(h.disability, 'none'), '') as disability, h.account_kind, h.account_provider, h.account_number,
       h.born, h.household_reference, h.line_no,
       lead(h.name_bn) over (order by h.place) as other_bn, lead(h.name_en) over (order by h.place) as other_en,
       coalesce(t.kind, '') as planted, try_cast(t.detail as date) as detail,
       {_KEY.format(kind="h.id_kind", number="h.id_number")} as key
from (select *, row_number() over () as place, coalesce(
          try_strptime({_DIGITS}, '%Y-%m-%d'), try_strptime({_DIGITS}, '%d/%m/%Y'),
          try_strptime({_DIGITS}, '%d-%m-%Y'))::date as born from file) h
left join (select * from truth where kind in ('ghost', 'wrong_age', 'dead_beneficiary')
           qualify row_number() over (partition by household_reference, line_no order by kind) = 1) t
  on t.household_reference = h.household_reference and t.line_no = h.line_no::int
"""
_SPELT = "replace(replace(replace({name}, 'মোছাঃ', 'মোছাম্মৎ'), 'মোঃ', 'মোহাম্মদ'), 'ী', 'ি')"
_MIXED_UP = (
    "case when day(born) <= 12 then make_date(year(born), day(born), month(born)) else date_trunc('year', born) end"
)
_TABLES = {
    "nid": f"""
        select key, case when {_draw("name")} < 3 then other_bn when {_draw("name")} < 18 then
                    {_SPELT.format(name="name_bn")} else name_bn end as name_bn,
               case when {_draw("name")} < 3 then other_en else name_en end as name_en, father_name,
               case when {_draw("mother")} < 10 then {_SPELT.format(name="mother_name")} else mother_name
               end as mother_name,
               case when planted = 'wrong_age' then detail when {_draw("born")} < 8 then {_MIXED_UP} else born
               end::date as birth_date
        from people where kind like 'nid%' and planted <> 'ghost' and {_draw("missing")} >= 4""",
    "civil": f"""
        select key, case when kind = 'brn17' then {_draw("unregistered")} >= 15 else {_draw("unregistered")} < 550 end
                    and planted <> 'ghost' as birth,
               name_bn, name_en, case when planted = 'wrong_age' then detail else born end as birth_date,
               case when planted = 'dead_beneficiary' then case when {_draw("death")} < 900 then detail end
                    when born < $today - interval 65 years and {_draw("died")} < 4
                    then $today - {_draw("day")}::int - 20 end::date as died_on
        from people where number is not null""",
    "disability": f"""
        select key, case when {_draw("kind")} < 40 then case disability when 'physical' then 'multiple' else 'physical'
                    end else disability end as disability
        from people where number is not null and disability not in ('', 'unknown') and {_draw("card")} >= 80""",
    "sims": f"""
        select {_KEY.format(kind="'msisdn'", number="account_number")} as key,
               case when count(*) > 2 or min({_draw("sim")}) < 60
                    then sha256('$hash_key' || ':agent:' || account_number)[:32]
                    else min_by(sha256('$hash_key' || ':' || kind || ':' || number)[:32], line_no) end as owner
        from people where account_kind = 'mfs' and {_draw("unknown")} >= 20 group by account_number""",
    "wallets": f"""
        select {_KEY.format(kind="'wallet'", number="account_number")} as key,
               case when min({_draw("wallet")}) < 15 then 'closed' when min({_draw("wallet")}) < 35 then 'dormant'
                    else 'open' end as state,
               case when count(*) > 2 then 'এজেন্ট' when min({_draw("holder")}) < 10 then min(other_bn)
                    when min({_draw("holder")}) < 40 then {_SPELT.format(name="min_by(name_bn, line_no)")}
                    else min_by(name_bn, line_no) end as name_bn,
               case when count(*) > 2 then 'Agent' when min({_draw("holder")}) < 10 then min(other_en)
                    else min_by(name_en, line_no) end as name_en
        from (select * replace (coalesce(number, account_number) as number) from people)
        where account_kind = 'mfs' and {_draw("gone")} >= 4 group by account_number""",
}


def build(*, file: Path, truth: Path, out: Path, today: date) -> dict[str, int]:
    """Write the five files to ``out`` from a household CSV and its truth.parquet; rows of each."""
    out.mkdir(parents=True, exist_ok=True)
    counts = {}
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": 2, "temp_directory": str(out / "spill")}) as engine:
        engine.execute(f"create view file as select * from read_csv('{file}', all_varchar=true, header=true)")
        engine.execute(f"create view truth as select * from read_parquet('{truth}')")
        engine.execute(_PEOPLE)
        for name, query in _TABLES.items():
            text = query.replace("$today", f"date '{today.isoformat()}'").replace("$hash_key", HASH_KEY)
            found = engine.execute(
                f"select * from ({text}) qualify row_number() over (partition by key) = 1 order by key"
            ).to_arrow_table()
            unfinished = out / f"{name}.new"
            with pa.OSFile(str(unfinished), "wb") as sink, pa.ipc.new_file(sink, found.schema) as writer:
                writer.write_table(found.combine_chunks())
            unfinished.replace(out / f"{name}.arrow")
            counts[name] = found.num_rows
    return counts


class Known:
    """One party's file, read where it lies: ``look_up`` gives a record for each key, None where there is none."""

    def __init__(self, path: Path) -> None:
        self.table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        self.keys = self.table["key"].to_numpy()
        self.rows = self.table.drop_columns(["key"])

    def look_up(self, keys: list[int]) -> list[Mapping[str, Any] | None]:
        if not len(self.keys):
            return [None] * len(keys)
        wanted = np.array(keys, dtype=np.uint64)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        there = self.keys[at] == wanted
        records = self.rows.take(pa.array(at)).to_pylist()
        return [record if here else None for record, here in zip(records, there.tolist(), strict=True)]
