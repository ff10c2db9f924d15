"""SQL shared by the measures of a survey: weighted quantiles, and the variance of a total of influence values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import duckdb

from shohay.core.poverty import HIT
from shohay.core.sampling import ADJUST

Bounds = tuple[float | None, float | None]
Connection = duckdb.DuckDBPyConnection

# {source} has g, w, y; {p} are rows of shares. One row (g, p, q) each: inverse distribution function of each group,
# the mean of both neighbours where the share is hit exactly (as laeken and core.poverty.quantile).
QUANTILES = f"""
with same as (select g, y, sum(w) as w from {{source}} group by g, y),
reached as (
    select g, y, sum(w) over (partition by g order by y) / sum(w) over (partition by g) as r,
        lead(y) over (partition by g order by y) as next from same)
select g, p, arg_min(case when abs(r - p) <= {HIT} and next is not null then (y + next) / 2 else y end, y) as q
from reached, (values {{p}}) as asked (p) where r >= p - {HIT} group by g, p
"""


class Found(NamedTuple):
    """A measure of a group ('dimension:group') as it comes out of the database. ``hits``: observations that stand in
    its numerator."""

    measure: str
    group: str
    value: float | None
    variance: float | None
    simple: float | None  # the variance of a simple random sample of as many observations
    df: int
    observations: int
    base: int
    hits: int
    bounds: Bounds


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def keys(dimensions: Sequence[str]) -> str:
    """The groups of an observation, 'dimension:group' each, as a list in SQL; NULL where its group is not known."""
    return f"[{', '.join(key(dimension) for dimension in dimensions)}]"


def key(dimension: str) -> str:
    """One of them; everybody together is 'all:'."""
    return "'all:'" if dimension == "all" else f"'{dimension}:' || {quoted(dimension)}"


def strata_sum(number: int, lonely: str) -> str:
    """The columns v0, v1 ... of variances by group, from s and q: sums and sums of squares of clusters by stratum."""
    alone = "q{0}" if lonely == ADJUST else "0"  # the totals of influence values have mean 0 over all clusters
    several = "k / (k - 1.0) * greatest(q{0} - s{0} * s{0} / k, 0)"
    one = f"sum(case when k > 1 then {several} else {alone} end) as v{{0}}"
    return ", ".join(one.format(place) for place in range(number))


def variances(con: Connection, number: int, lonely: str) -> dict[str, tuple[list[Any], list[Any], int, int]]:
    """Group -> variances, variances of a simple random sample, degrees of freedom, observations.

    Reads the relation ``influence`` (g, h, c, w, u0, u1 ...) and ``strata`` (h, k clusters). Influence values that are
    not defined (NULL) have no variance.
    """
    places = range(number)
    per_cluster = ", ".join(f"sum(w * u{i}) as e{i}, sum(w * u{i} * u{i}) as x{i}" for i in places)
    per_stratum = ", ".join(f"sum(e{i}) as s{i}, sum(e{i} * e{i}) as q{i}, sum(x{i}) as x{i}" for i in places)
    simple = ", ".join(f"sum(x{i}) as x{i}" for i in places)
    rows = con.execute(f"""
        with cluster as (
            select g, h, c, count(*) as n, sum(w) as w, {per_cluster} from influence group by g, h, c),
        stratum as (
            select g, h, sum(n) as n, sum(w) as w, count(*) as here, {per_stratum} from cluster group by g, h)
        select g, sum(n), sum(w), sum(here) - count(*), {strata_sum(number, lonely)}, {simple}
        from stratum join strata using (h) group by g order by g
    """).fetchall()
    found = {}
    for group, n, people, df, *values in rows:
        scale = people / (n - 1) if n > 1 else None
        squares = [value * scale if value is not None and scale else None for value in values[number:]]
        found[group] = (values[:number], squares, int(df), int(n))
    return found


def influence(con: Connection, query: str) -> None:
    """Let ``influence`` be the answer of ``query``."""
    con.execute(f"create or replace temp view influence as {query}")


def columns(prefix: str, expressions: Sequence[str]) -> str:
    """``expression as prefix0, ...``"""
    return ", ".join(f"{text} as {prefix}{place}" for place, text in enumerate(expressions))
