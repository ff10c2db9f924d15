"""Two records, one person? Splink on names.parquet, with keys that understand Bangla names.

The settings are a reviewed document (linkage_settings.yaml); nothing is trained at run time and nothing is random, so
the same snapshot gives the same pairs. Names are compared romanised: DuckDB compares bytes, Spark code points, and on
ASCII they agree. Every blocking key is selective, and values that too many records share are left out of blocking, so
that the work grows with the records and not with their square.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import yaml

from shohay.bulk.names import add_name_keys
from shohay.core.messages import Refusal

SETTINGS = Path(__file__).with_name("linkage_settings.yaml")
MEMORY = "8GB"
FEWEST = 100_000  # the prior of a small file is that of an upazila: few records do not make a likeness more likely
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class LinkageSettings:
    """The document and what is read from it. ``sha256`` goes into the run."""

    text: str

    @classmethod
    def shipped(cls) -> LinkageSettings:
        return cls(SETTINGS.read_text(encoding="utf-8"))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = yaml.safe_load(self.text)
        return found

    @property
    def link_above(self) -> float:
        return float(self.document["link_above"])

    @property
    def review_above(self) -> float:
        return float(self.document["review_above"])

    def for_splink(self, records: int) -> dict[str, Any]:
        """Splink's settings; the prior depends on how many records there are."""
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "unique_id",
            "probability_two_random_records_match": 2 * self.document["expected_duplicates"] / max(records, FEWEST),
            "blocking_rules_to_generate_predictions": [_blocking(rule) for rule in self.document["blocking"]],
            "comparisons": [_comparison(spec) for spec in self.document["comparisons"]],
            "retain_matching_columns": True,
            "retain_intermediate_calculation_columns": False,
        }

    def level_codes(self) -> dict[str, list[str]]:
        """Comparison -> codes of its levels, best first."""
        return {spec["name"]: [level["code"] for level in spec["levels"]] for spec in self.document["comparisons"]}


def _blocking(rule: str | list[str]) -> dict[str, str]:
    columns = [rule] if isinstance(rule, str) else rule
    return {"blocking_rule": " and ".join(f"l.{_key(c)} = r.{_key(c)}" for c in columns), "sql_dialect": "duckdb"}


def _key(column: str) -> str:
    """Identity and account block by a column that is NULL where too many share the value."""
    return f"{column}_block" if column in ("identity", "account") else column


def _comparison(spec: dict[str, Any]) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": spec["empty"], "label_for_charts": "empty", "is_null_level": True}
    ]
    levels += [
        {
            "sql_condition": level["sql"],
            "label_for_charts": level["code"],
            "m_probability": level["m"],
            "u_probability": level["u"],
            "fix_m_probability": True,
            "fix_u_probability": True,
        }
        for level in spec["levels"]
    ]
    return {"output_column_name": spec["name"], "comparison_levels": levels}


@dataclass(frozen=True)
class Linked:
    """Parquet: pairs (left_id, right_id, area_code, probability, evidence JSON, band), merges (kept, merged)."""

    pairs: Path
    merges: Path
    counts: dict[str, int]


def link(
    *, snapshot: Path, out: Path, settings: LinkageSettings | None = None, progress: Progress | None = None
) -> Linked:
    """Find the pairs of a snapshot; write ``out``/pairs.parquet and merges.parquet. Refusal snapshot_without_names."""
    settings = settings or LinkageSettings.shipped()
    tell = progress or (lambda step, done, total: None)
    if not (snapshot / "names.parquet").exists():
        raise Refusal("snapshot_without_names")
    out.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": 2, "temp_directory": str(out / "spill")}) as engine:
        tell("linkage_keys", 0, 3)
        records = _records(engine, snapshot, int(settings.document["largest_block"]))
        tell("linkage_compare", 1, 3)
        _compare(engine, settings, records)
        tell("linkage_group", 2, 3)
        _group(engine, settings)
        linked = _write(engine, out, records)
        tell("linkage_done", 3, 3)
        return linked


def _records(engine: duckdb.DuckDBPyConnection, snapshot: Path, largest_block: int) -> int:
    """Table ``records``: one row a person with keys and romanised names. NULL where nothing is known; the count."""
    engine.execute(f"create view people as select * from read_parquet('{snapshot}/names.parquet')")
    add_name_keys(
        engine, table="people", names=["name_bn", "father_name", "mother_name"], out="keyed", every_key=True, roman=True
    )
    engine.execute(f"""
        create table records as
        select person_id as unique_id, nullif(name_key, '') as name_key, roman_name_bn as name_roman,
               nullif(key_father_name, '') as father_key, roman_father_name as father_roman,
               nullif(key_mother_name, '') as mother_key, roman_mother_name as mother_roman,
               sex, birth_date, area_code as area, area_code[1:6] as upazila,
               identity_digest as identity, account_digest as account,
               case when count(*) over (partition by identity_digest) <= {largest_block} then identity_digest end
                   as identity_block,
               case when count(*) over (partition by account_digest) <= {largest_block} then account_digest end
                   as account_block
        from keyed
    """)
    row = engine.execute("select count(*) from records").fetchone()
    return int(row[0]) if row else 0


def _compare(engine: duckdb.DuckDBPyConnection, settings: LinkageSettings, records: int) -> None:
    """Table ``found``: left_id < right_id, probability, and one level a comparison (gamma_<name>)."""
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    frame = DuckDBAPI(engine).register("records", dataset_display_name="records")
    linker = Linker(frame, settings.for_splink(records), log_level=logging.ERROR)
    pairs = linker.inference.predict(threshold_match_probability=settings.review_above)
    levels = ", ".join(f"gamma_{name}" for name in settings.level_codes())
    engine.execute(f"""
        create table found as
        select least(unique_id_l, unique_id_r) as left_id, greatest(unique_id_l, unique_id_r) as right_id,
               match_probability as probability, {levels}
        from {pairs.physical_name}
    """)
    _shared_numbers(engine, settings)


def _shared_numbers(engine: duckdb.DuckDBPyConnection, settings: LinkageSettings) -> None:
    """One identity number on two records is a finding for a person, however little else agrees."""
    best = {name: len(codes) - 1 for name, codes in settings.level_codes().items()}
    engine.execute(f"""
        insert into found by name
            select a.unique_id as left_id, b.unique_id as right_id, {settings.review_above} as probability,
                   {", ".join(f"{best[name] if name == 'identity' else -1} as gamma_{name}" for name in best)}
            from records a join records b on a.identity_block = b.identity_block and a.unique_id < b.unique_id
            anti join found f on f.left_id = a.unique_id and f.right_id = b.unique_id
    """)


def _group(engine: duckdb.DuckDBPyConnection, settings: LinkageSettings) -> None:
    """Table ``merges``: every record of a connected group of linked pairs goes to the group's oldest record."""
    cases = ", ".join(
        f"'{name}': case gamma_{name} when -1 then 'empty' "
        + " ".join(f"when {len(codes) - 1 - place} then '{code}'" for place, code in enumerate(codes))
        + " end"
        for name, codes in settings.level_codes().items()
    )
    engine.execute(f"""
        create table pairs as
            select left_id, right_id, r.area as area_code, round(probability, 6) as probability,
                   to_json({{{cases}}}) as evidence,
                   case when probability >= {settings.link_above} then 'link' else 'review' end as band
            from found join records r on r.unique_id = left_id;
        create table label as
            select left_id as id, left_id as kept from pairs where band = 'link'
            union select right_id, right_id from pairs where band = 'link';
    """)
    while True:  # the smallest label spreads along the pairs; a group of k records needs at most k rounds, usually two
        moved = engine.execute("""
            create or replace table next_label as
                select a.id, least(a.kept, coalesce(min(b.kept), a.kept)) as kept
                from label a
                left join (select left_id as one, right_id as other from pairs where band = 'link'
                           union all select right_id, left_id from pairs where band = 'link') e on e.one = a.id
                left join label b on b.id = e.other
                group by a.id, a.kept;
            select count(*) from label join next_label n using (id) where n.kept <> label.kept
        """).fetchone()
        engine.execute("drop table label; alter table next_label rename to label")
        if not moved or moved[0] == 0:
            return


def _write(engine: duckdb.DuckDBPyConnection, out: Path, records: int) -> Linked:
    pairs, merges = out / "pairs.parquet", out / "merges.parquet"
    engine.execute(f"copy (select * from pairs order by left_id, right_id) to '{pairs}' (format parquet)")
    engine.execute(
        f"copy (select kept, id as merged from label where id <> kept order by 1, 2) to '{merges}' (format parquet)"
    )
    row = engine.execute("""
        select count(*) filter (where band = 'link'), count(*) filter (where band = 'review'),
               (select count(*) from label where id <> kept) from pairs
    """).fetchone()
    link, review, merged = row or (0, 0, 0)
    return Linked(pairs, merges, {"records": records, "link": link, "review": review, "merges": merged})


def rows_csv(linked: Linked, run: int, work: Path) -> tuple[Path, Path]:
    """Pairs (with the run's id in front) and merges as CSV for COPY."""
    pairs, merges = work / "pairs.csv", work / "merges.csv"
    with duckdb.connect() as engine:
        engine.execute(
            f"copy (select {run} as run, left_id, right_id, area_code, probability, evidence, band"
            f" from '{linked.pairs}' order by left_id, right_id) to '{pairs}' (format csv, header false)"
        )
        engine.execute(
            f"copy (select kept, merged from '{linked.merges}' order by 1, 2) to '{merges}' (format csv, header false)"
        )
    return pairs, merges


def quality(linked: Linked, truth: Path, snapshot: Path) -> dict[str, float]:
    """Precision and recall against planted duplicates (truth.parquet of the synthetic population).

    ``linked``: pairs above the link threshold; ``seen``: those and the pairs for review.
    """
    with duckdb.connect() as engine:
        row = engine.execute(f"""
            with true_pairs as (
                select least(person_id, other_person_id) as left_id, greatest(person_id, other_person_id) as right_id
                from '{truth}' where kind = 'duplicate' and other_person_id is not null
                  and person_id in (select person_id from '{snapshot}/names.parquet')
                  and other_person_id in (select person_id from '{snapshot}/names.parquet')),
            judged as (select p.*, t.left_id is not null as is_true from '{linked.pairs}' p
                       left join true_pairs t using (left_id, right_id))
            select (select count(*) from true_pairs), count(*) filter (where band = 'link'),
                   count(*) filter (where band = 'link' and is_true), count(*), count(*) filter (where is_true)
            from judged
        """).fetchone()
    planted, link, link_true, seen, seen_true = row or (0, 0, 0, 0, 0)
    return {
        "planted": planted,
        "linked": link,
        "link_precision": round(link_true / link, 4) if link else 1.0,
        "link_recall": round(link_true / planted, 4) if planted else 1.0,
        "seen": seen,
        "seen_precision": round(seen_true / seen, 4) if seen else 1.0,
        "seen_recall": round(seen_true / planted, 4) if planted else 1.0,
    }
