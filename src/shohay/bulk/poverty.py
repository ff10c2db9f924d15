"""Poverty, inequality and targeting of a survey: the set-based twin of shohay.core.poverty, with sampling errors.

Every measure is an estimate and an *influence value* of each observation (Deville 1999, Osier 2009); the variance of
the measure is the variance of the total of those values in a stratified sample of clusters drawn with replacement
(Taylor linearisation), all in SQL. Groups are sub-populations: clusters without members of a group still count in
their stratum. A stratum with one cluster is measured from the mean of all clusters (``adjust``) or contributes
nothing (``certain``). Quintiles are taken as given: their limits are not a source of error here, as at ASPIRE.

The same code serves microdata of households (weight x size) and of persons.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from shohay.bulk import poverty_curves, poverty_ratios
from shohay.bulk.engine import Engine
from shohay.bulk.poverty_sql import QUANTILES, Found, quoted
from shohay.core.indicators import suppress_table
from shohay.core.sampling import ADJUST, interval, warning

Progress = Callable[[str, int, int], None]

ALL, QUINTILE, BEFORE = "all", "quintile", "quintile_before"
RANKED = (QUINTILE, BEFORE)
RELATIVE = 0.6  # of the median: the line where the survey has none
SHARED = ("beneficiary_share", "benefit_share")  # of one total: a hidden one could be worked out from the others
TOGETHER = 100_000  # observations; of more, one dimension at a time is held in memory


@dataclass(frozen=True, slots=True)
class Spec:
    """What is in the table and what is asked of it.

    The table has stratum, psu, w (weight of people), y (welfare a person, after transfers); if there is a poverty line
    z, if there is a second one z_low; b_<code> (reached) and, where amounts were asked, t_<code> (a person) for each
    programme; and the text columns ``dimensions``. ``kinds``: programme -> social_assistance ...
    """

    dimensions: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    lonely: str = ADJUST


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure; ``flag`` few, hidden (no value kept), weak, caution, undefined (nothing to divide by) or ''."""

    measure: str
    programme: str
    dimension: str
    group: str
    value: float | None
    error: float | None
    low: float | None
    high: float | None
    df: int
    observations: int
    base: int
    design_effect: float | None
    effective: float | None
    flag: str


@dataclass(frozen=True, slots=True)
class Estimates:
    """``design``: observations, people, strata, clusters, lonely (strata with one cluster), df, lonely_rule."""

    rows: list[Estimate]
    design: dict[str, object]


def estimate(
    table: pa.Table | Path, spec: Spec, *, engine: Engine | None = None, progress: Progress | None = None
) -> Estimates:
    """All measures, of everybody and by group, of welfare and of each programme. Errors of rows are found before."""
    engine = engine or Engine()
    source = pq.read_table(table) if isinstance(table, Path) else table
    units, programmes = _prepare(engine, source, spec)
    design = _design(engine, units, spec)
    dimensions = (ALL, QUINTILE, *((BEFORE,) if any(p.amount for p in programmes) else ()), *spec.dimensions)
    ranked, others = tuple(d for d in dimensions if d in RANKED), tuple(d for d in dimensions if d not in RANKED)
    batches = [ranked, others] if units.num_rows <= TOGETHER else [(dimension,) for dimension in dimensions]
    work = [(batch, programme) for programme in (None, *programmes) for batch in batches]
    with _connections(engine, units) as connection:

        def one(item: tuple[tuple[str, ...], Programme | None]) -> list[Estimate]:
            (batch, programme), con = item, connection()
            found = _of_programme(con, batch, programme, spec) if programme else _of_welfare(con, batch, spec)
            return [_told(row, programme.code if programme else "") for row in found]

        made = engine.each(work, one, lambda done: progress("estimates", done, len(work)) if progress else None)
    return Estimates(_hidden([row for rows in made for row in rows]), design)


@contextmanager
def _connections(engine: Engine, units: pa.Table) -> Iterator[Callable[[], duckdb.DuckDBPyConnection]]:
    """A connection of each worker's own that knows ``units`` and ``strata``; all are closed in the end."""
    own, opened = threading.local(), list[duckdb.DuckDBPyConnection]()

    def connection() -> duckdb.DuckDBPyConnection:
        if not hasattr(own, "con"):
            own.con = engine.connect()
            opened.append(own.con)
            own.con.register("units", units)
            own.con.execute("create table strata as select h, count(distinct c) as k from units group by h")
        return own.con

    try:
        yield connection
    finally:
        for con in opened:
            con.close()


# ------------------------------------------------------------------------------------------------------ preparing


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme, a kind of programmes together, or all; ``amount``: amounts were asked."""

    code: str
    members: tuple[str, ...]
    amount: bool


def _programmes(spec: Spec, columns: list[str]) -> list[Programme]:
    """All together, each kind where there are several, each programme."""
    groups: dict[str, tuple[str, ...]] = {"all": spec.programmes} if spec.programmes else {}
    kinds = sorted({kind for code, kind in spec.kinds.items() if code in spec.programmes and kind})
    if len(kinds) > 1:
        groups |= {kind: tuple(c for c in spec.programmes if spec.kinds.get(c) == kind) for kind in kinds}
    groups |= {code: (code,) for code in spec.programmes}
    return [Programme(code, of, any(f"t_{c}" in columns for c in of)) for code, of in groups.items()]


def _prepare(engine: Engine, source: pa.Table, spec: Spec) -> tuple[pa.Table, list[Programme]]:
    """Numbers for strata and clusters, welfare before transfers, quintiles, and b_ and t_ of programmes together."""
    columns, con = source.column_names, engine.connect()
    programmes = _programmes(spec, columns)
    paid = [f"t_{code}" for code in spec.programmes if f"t_{code}" in columns]
    parts = ["w", "y", *(quoted(name) for name in spec.dimensions)]
    parts += [f"y - ({_sum(paid)}) as y_before" if paid else "y as y_before"]
    parts += ["z_low"] if "z_low" in columns else []
    for programme in programmes:
        got = " or ".join(f"coalesce({quoted('b_' + code)}, false)" for code in programme.members)
        parts.append(f"({got}) as {quoted('b_' + programme.code)}")
        amounts = [f"t_{code}" for code in programme.members if f"t_{code}" in columns]
        if amounts:
            parts.append(f"{_sum(amounts)} as {quoted('t_' + programme.code)}")
    try:
        con.register("source", source)
        line = "z" if "z" in columns else f"(select {RELATIVE} * q from cut)"
        con.execute("create view ranked as select '' as g, w, y from source")
        con.execute(f"create table cut as {QUANTILES.format(source='ranked', p='(0.5)')}")
        con.execute(f"""
            create table base as select dense_rank() over (order by stratum) as h,
                dense_rank() over (order by stratum, psu) as c, {line} as z, {", ".join(parts)}
            from source where w > 0
        """)
        for name, welfare in ((QUINTILE, "y"), (BEFORE, "y_before")):
            con.execute(f"create view ranked_{name} as select '' as g, w, {welfare} as y from base")
            con.execute(f"create table cuts_{name} as {_cuts(f'ranked_{name}')}")
        units = con.execute(f"""
            select b.*, {_part("y", QUINTILE)} as {QUINTILE}, {_part("y_before", BEFORE)} as {BEFORE} from base b
        """).to_arrow_table()
    finally:
        con.close()
    return units, programmes


def _sum(columns: list[str]) -> str:
    return " + ".join(f"coalesce({quoted(name)}, 0)" for name in columns)


def _cuts(source: str) -> str:
    return QUANTILES.format(source=source, p="(0.2), (0.4), (0.6), (0.8)")


def _part(welfare: str, name: str) -> str:
    """The quintile as text: 1 and how many limits lie below."""
    limits = " + ".join(f"(b.{welfare} > (select q from cuts_{name} where p = {p}))::int" for p in (0.2, 0.4, 0.6, 0.8))
    return f"(1 + {limits})::varchar"


def _design(engine: Engine, units: pa.Table, spec: Spec) -> dict[str, object]:
    con = engine.connect()
    try:
        con.register("units", units)
        row = con.execute("""
            select sum(n), sum(people), count(*), sum(k), count(*) filter (k = 1) from (
                select h, count(*) as n, sum(w) as people, count(distinct c) as k from units group by h)
        """).fetchone()
    finally:
        con.close()
    assert row is not None
    n, people, strata, clusters, lonely = (value or 0 for value in row)
    return {
        "observations": int(n), "people": float(people), "strata": int(strata), "clusters": int(clusters),
        "lonely": int(lonely), "df": int(clusters - strata), "lonely_rule": spec.lonely,
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------------ measuring


def _of_welfare(con: duckdb.DuckDBPyConnection, dimensions: Sequence[str], spec: Spec) -> list[Found]:
    """Means, poverty and inequality of the groups."""
    columns = con.execute("select * from units limit 0").to_arrow_table().column_names
    ranked = dimensions[0] in RANKED
    ratios = poverty_ratios.welfare(ranked=ranked, lower="z_low" in columns)
    found = poverty_ratios.measure(con, dimensions, "null::boolean", "null::double", ratios, spec.lonely)
    return found if ranked else found + poverty_curves.measure(con, dimensions, spec.lonely, RELATIVE)


def _of_programme(
    con: duckdb.DuckDBPyConnection, dimensions: Sequence[str], programme: Programme, spec: Spec
) -> list[Found]:
    """Who a programme reaches and what it does."""
    b, t = quoted(f"b_{programme.code}"), quoted(f"t_{programme.code}") if programme.amount else "null::double"
    ratios = poverty_ratios.targeting(amount=programme.amount, ranked=dimensions[0] in RANKED)
    found = poverty_ratios.measure(con, dimensions, b, t, ratios, spec.lonely)
    if parts := [dimension for dimension in dimensions if dimension != ALL]:
        found += poverty_ratios.shares(con, parts, b, t, programme.amount, spec.lonely)
    if ALL in dimensions and programme.amount:
        found += poverty_curves.of_transfers(con, t, spec.lonely)
    return found


def _told(row: Found, programme: str) -> Estimate:
    """The figure with interval, design effect and warning."""
    effect = row.variance / row.simple if row.simple and row.variance is not None else None
    error = None if row.variance is None else max(row.variance, 0.0) ** 0.5
    dimension, _, group = row.group.partition(":")
    made = Estimate(
        row.measure, programme, dimension, group, row.value, error, None, None, row.df, row.observations, row.base,
        effect, row.observations / effect if effect else None, "",
    )  # fmt: skip
    if row.value is None:
        return replace(made, error=None, flag="few" if 0 < row.base < 5 else "undefined")
    flag = "few" if 0 < row.hits < 5 else warning(row.value, error, row.base)
    within = None if error is None else interval(row.value, error, row.df, row.bounds)
    if flag == "few":
        return _emptied(made, "few")
    return replace(made, flag=flag, low=within[0] if within else None, high=within[1] if within else None)


def _emptied(row: Estimate, flag: str) -> Estimate:
    return replace(row, value=None, error=None, low=None, high=None, design_effect=None, effective=None, flag=flag)


def _hidden(rows: list[Estimate]) -> list[Estimate]:
    """Of shares of one total, a second one is hidden where only one is too small to show."""
    totals: dict[tuple[str, str, str], dict[str, int]] = {}
    for row in rows:
        if row.measure in SHARED:
            cells = totals.setdefault((row.measure, row.programme, row.dimension), {})
            cells[row.group] = 1 if row.flag == "few" else 5 + row.base
    shown = {key: suppress_table(cells) for key, cells in totals.items()}

    def seen(row: Estimate) -> Estimate:
        kept = shown.get((row.measure, row.programme, row.dimension))
        if kept is None or kept[row.group] is not None or row.flag == "few":
            return row
        return _emptied(row, "hidden")

    return [seen(row) for row in rows]
