"""A survey base with fewer clusters, kept beside it: what answers while somebody drags a parameter.

Clusters are drawn one in so many in the order of their names inside each stratum, two at least, so the design stays;
the weights of a stratum add up to what they were. The same base and share give the same bytes.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shohay.bulk import snapshot, survey_base
from shohay.bulk.engine import Engine

TABLES = ("households", "persons", "held", "applications")
# a cluster is kept where the whole number of kept ones rises; weights rise by what the stratum lost
THIN = """
with clusters as (
  select stratum, psu, row_number() over w as place, count(*) over (partition by stratum) as clusters
  from (select distinct stratum, psu from weights) window w as (partition by stratum order by psu)
), kept as (
  select stratum, psu from clusters
  where floor(place * greatest($share, least(1.0, 2.0 / clusters)) + 1e-9)
      > floor((place - 1) * greatest($share, least(1.0, 2.0 / clusters)) + 1e-9)
), whole as (select stratum, sum(weight) as weight from weights group by all),
part as (select stratum, sum(weight) as weight from weights semi join kept using (stratum, psu) group by all)
select household_id, w.weight * whole.weight / part.weight as weight, w.stratum, psu, welfare, line
from weights w semi join kept using (stratum, psu) join whole using (stratum) join part using (stratum)
where part.weight > 0 order by household_id
"""


def thinned(base: Path, share: float, cache: Path) -> Path:
    """The folder of ``share`` of the clusters of a survey base; it is made where ``cache`` has none yet."""
    manifest = snapshot.read_manifest(base)
    out = cache / f"{manifest.sha256[:32]}-{round(share * 1_000_000):07d}"
    if survey_base.is_survey(out) and (out / "manifest.json").exists():
        return out
    work = out.with_name(f"{out.name}.{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    _write(base, share, work)
    snapshot.write_manifest(work, manifest.as_of)
    try:
        work.rename(out)
    except OSError:  # somebody else made it meanwhile: the same bytes
        shutil.rmtree(work, ignore_errors=True)
    return out


def _write(base: Path, share: float, out: Path) -> None:
    kept = _clusters(survey_base.weights(base), share)
    pq.write_table(kept, snapshot.table_path(out, survey_base.WEIGHTS))
    shutil.copyfile(snapshot.table_path(base, "areas"), snapshot.table_path(out, "areas"))
    shutil.copyfile(base / survey_base.INFO, out / survey_base.INFO)
    ids = kept["household_id"].combine_chunks()
    for table in TABLES:
        if snapshot.has(base, table):
            rows = pq.read_table(snapshot.table_path(base, table))
            rows = rows.filter(pc.is_in(rows["household_id"], value_set=ids))
            pq.write_table(rows, snapshot.table_path(out, table), compression="zstd")


def _clusters(weights: pa.Table, share: float) -> pa.Table:
    """The weights of the kept clusters, in the order of the ids, of the same columns."""
    with Engine().connect() as con:
        con.register("weights", weights)
        found = con.execute(THIN, {"share": share}).to_arrow_table()
    return found.select(survey_base.SCHEMA.names).cast(survey_base.SCHEMA)
