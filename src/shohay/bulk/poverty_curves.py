"""Measures that rank people: median, relative line and rate, Gini, S80/S20, concentration of benefits.

Influence values after Deville (1999) and Osier (2009), as in convey and vardpoor; densities by a Gaussian kernel with
the bandwidth sd / N ** 0.2, N the sum of the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shohay.bulk.poverty_sql import (
    QUANTILES,
    Bounds,
    Connection,
    Found,
    columns,
    influence,
    keys,
    variances,
)

SHARE: Bounds = (0.0, 1.0)
ABOVE: Bounds = (0.0, None)
FREE: Bounds = (None, None)
EVERYBODY = "all:"
BAND = 0.05  # of the people on each side of a limit, among whom the mean benefit at the limit is looked for


def measure(con: Connection, dimensions: Sequence[str], lonely: str, relative: float) -> list[Found]:
    """Median, Gini, S80/S20 of each group; relative line (of everybody) and who is below it, by group."""
    con.execute(f"""
        create or replace temp table x as
        select * from (select unnest({keys(dimensions)}) as g, h, c, w, y from units) where g is not null
    """)
    con.execute(f"create or replace temp table q as {QUANTILES.format(source='x', p='(0.2), (0.5), (0.8)')}")
    _spread(con, "spread", "x")
    found = _inequality(con, lonely) + _medians(con, lonely)
    return found + _below_relative(con, dimensions, lonely, relative)


def _spread(con: Connection, name: str, source: str) -> None:
    """Table of N, the bandwidth of the kernel and the number of observations by group."""
    con.execute(f"""
        create or replace temp table {name} as
        select g, sum(w) as total, count(*) as n,
            sqrt(greatest(sum(w * y * y) / sum(w) - (sum(w * y) / sum(w)) ** 2, 0)) / sum(w) ** 0.2 as width
        from {source} group by g
    """)


def _kernel(at: str) -> str:
    """Weight of an observation by how near its welfare is to ``at``; nothing where all are equal."""
    return f"w * exp(-0.5 * (({at} - y) / nullif(s.width, 0)) ** 2)"


def density(at: str) -> str:
    """The density of weighted ``y`` at ``at``, an aggregate over rows joined with their spread ``s``."""
    return f"sum({_kernel(at)}) / any_value(nullif(s.width, 0) * sqrt(2 * pi()) * s.total)"


def near(at: str) -> str:
    """The kernel mean of welfare around ``at``, an aggregate as above: what moves when the limit of a fifth moves."""
    return f"coalesce(sum(y * {_kernel(at)}) / sum({_kernel(at)}), any_value({at}))"


def _found(
    con: Connection, measures: list[tuple[str, Bounds]], values: Iterable[tuple[str, list[float | None]]], lonely: str
) -> list[Found]:
    """Estimates by group with the variances of ``influence``."""
    told = variances(con, len(measures), lonely)
    return [
        Found(name, group, value, told[group][0][i], told[group][1][i], told[group][2], n := told[group][3], n, n, of)
        for group, row in values
        for i, ((name, of), value) in enumerate(zip(measures, row, strict=True))
    ]


# ranks: of each welfare within its group, C people and B welfare up to it, sw and swy at it
RANKS = """
create or replace temp table {name} as
with same as (select g, {y} as y, sum(w) as sw, sum(w * {y}) as swy from {source} group by g, {y})
select *, sum(sw) over up as people, sum(swy) over up as welfare from same window up as (partition by g order by y)
"""
GINIS = """
create or replace temp table {name}_of as
select g, sum(sw) as total, sum(swy) as sum_y, sum(swy * (2 * people - sw)) / nullif(sum(sw) * sum(swy), 0) - 1 as gini
from {name} group by g
"""


def gini_influence(r: str, o: str, y: str) -> str:
    """Influence on the Gini of an observation: ``r`` its row of ranks, ``o`` the group's row of totals.

    The derivative of sum(w y (2C - w)) / (N Y) - 1 with respect to the observation's weight; people of equal welfare
    count half above and half below one another.
    """
    above = f"2 * ({o}.sum_y - {r}.welfare) + {r}.swy"
    middle = f"{y} * (2 * {r}.people - {r}.sw)"
    return f"({middle} + {above} - ({o}.gini + 1) * ({o}.sum_y + {o}.total * {y})) / nullif({o}.total * {o}.sum_y, 0)"


def _inequality(con: Connection, lonely: str) -> list[Found]:
    """Gini and S80/S20."""
    con.execute(RANKS.format(name="ranks", source="x", y="y"))
    con.execute(GINIS.format(name="ranks"))
    con.execute(f"""
        create or replace temp table fifths as
        select x.g, any_value(low.q) as low, any_value(high.q) as high, {near("low.q")} as at_low,
            {near("high.q")} as at_high, sum(w * y) filter (y <= low.q) as poor,
            coalesce(sum(w * y) filter (y > high.q), 0) as rich
        from x join q low on low.g = x.g and low.p = 0.2 join q high on high.g = x.g and high.p = 0.8
        join spread s on s.g = x.g group by x.g
    """)
    poor = "(x.y * (x.y <= f.low)::int - f.at_low * ((x.y <= f.low)::int - 0.2))"
    rich = "(x.y * (x.y > f.high)::int - f.at_high * ((x.y > f.high)::int - 0.2))"
    values = [
        gini_influence("r", "o", "x.y"),
        f"({rich} - f.rich / nullif(f.poor, 0) * {poor}) / nullif(f.poor, 0)",
    ]
    influence(
        con,
        f"""
        select x.g, h, c, w, {columns("u", values)} from x join ranks r on r.g = x.g and r.y = x.y
        join ranks_of o on o.g = x.g join fifths f on f.g = x.g
    """,
    )
    rows = con.execute("""
        select g, gini, rich / nullif(poor, 0) from ranks_of join fifths using (g) order by g
    """).fetchall()
    return _found(con, [("gini", SHARE), ("quintile_ratio", ABOVE)], [(g, values) for g, *values in rows], lonely)


def _medians(con: Connection, lonely: str) -> list[Found]:
    """Medians: the influence of an observation is -(1[y <= q] - 0.5) / (density at q x N)."""
    con.execute(f"""
        create or replace temp table medians as
        select x.g, any_value(q.q) as median, any_value(s.total) as total, {density("q.q")} as f
        from x join q on q.g = x.g and q.p = 0.5 join spread s on s.g = x.g group by x.g
    """)
    influence(
        con,
        """
        select x.g, h, c, w, -((y <= m.median)::int - 0.5) / nullif(m.f * m.total, 0) as u0
        from x join medians m on m.g = x.g
    """,
    )
    rows = con.execute("select g, median from medians order by g").fetchall()
    return _found(con, [("median", FREE)], [(g, values) for g, *values in rows], lonely)


def _below_relative(con: Connection, dimensions: Sequence[str], lonely: str, relative: float) -> list[Found]:
    """The share of each group below ``relative`` x the median of everybody; the line itself is estimated too.

    Influence: (1[y < line] - rate) / N_g within the group, and density of the group at the line x influence on the
    line for everybody. Observations without a group take part in the line.
    """
    con.execute("create or replace temp table everybody as select 'all:' as g, h, c, w, y from units")
    _spread(con, "whole", "everybody")
    con.execute(f"create or replace temp table middle as {QUANTILES.format(source='everybody', p='(0.5)')}")
    con.execute(f"""
        create or replace temp table line as
        select any_value(m.q) as median, {relative} * any_value(m.q) as line,
            {relative} / nullif({density("m.q")} * any_value(s.total), 0) as scale
        from everybody e join middle m using (g) join whole s using (g)
    """)
    con.execute(f"""
        create or replace temp table rates as
        select x.g, any_value(s.total) as total, sum(w * (y < line)::int) / sum(w) as rate, {density("line")} as f,
            count(*) filter (y < line) as hits
        from x join spread s on s.g = x.g cross join line group by x.g
    """)
    own = f"case when list_contains({keys(dimensions)}, o.g) then ((y < line)::int - o.rate) / o.total else 0 end"
    influence(
        con,
        f"""
        select o.g, h, c, w, {own} - o.f * scale * ((y <= median)::int - 0.5) as u0,
            -scale * ((y <= median)::int - 0.5) as u1
        from units cross join rates o cross join line
    """,
    )
    return _relative_rates(con, lonely)


def _relative_rates(con: Connection, lonely: str) -> list[Found]:
    """The rates with their errors, and the line once. Reads the tables rates, line and spread."""
    told = variances(con, 2, lonely)
    sizes = dict(con.execute("select g, n from spread").fetchall())
    found = []
    for group, rate, hits, line in con.execute("select g, rate, hits, line from rates, line order by g").fetchall():
        (variance, of_line), (simple, simple_line), df, n = told[group]
        size = int(sizes[group])
        # in a group, part of the error comes from outside it: no design effect
        plain = simple if group == EVERYBODY else None
        found.append(Found("relative_rate", group, rate, variance, plain, df, size, size, hits, SHARE))
        if group == EVERYBODY:
            found.append(Found("relative_line", group, line, of_line, simple_line, df, n, n, n, FREE))
    return found


# ------------------------------------------------------------------------------------------------------ transfers


def of_transfers(con: Connection, t: str, lonely: str) -> list[Found]:
    """Of everybody: by how much transfers lower the Gini, and the CGH index of the poorest 20 and 40%."""
    con.execute(f"create or replace temp table x as select 'all:' as g, h, c, w, y, y - {t} as y0, {t} as t from units")
    con.execute(RANKS_OF_BENEFITS)
    return _gini_reduction(con, lonely) + [row for share in (0.2, 0.4) for row in _concentration(con, share, lonely)]


def _gini_reduction(con: Connection, lonely: str) -> list[Found]:
    """1 - G / G0: influence -u(G) / G0 + G u(G0) / G0 ** 2."""
    for name, welfare in (("ranks", "y"), ("ranks0", "y0")):
        con.execute(RANKS.format(name=name, source="x", y=welfare))
        con.execute(GINIS.format(name=name))
    after, before = gini_influence("r", "o", "x.y"), gini_influence("r0", "o0", "x.y0")
    influence(
        con,
        f"""
        select x.g, h, c, w, (-({after}) + o.gini / nullif(o0.gini, 0) * ({before})) / nullif(o0.gini, 0) as u0
        from x join ranks r on r.y = x.y join ranks0 r0 on r0.y = x.y0 cross join ranks_of o cross join ranks0_of o0
    """,
    )
    rows = con.execute("""
        select o.g, (o0.gini - o.gini) / nullif(o0.gini, 0) from ranks_of o cross join ranks0_of o0
    """).fetchall()
    return _found(con, [("gini_reduction", FREE)], [(g, values) for g, *values in rows], lonely)


def _concentration(con: Connection, share: float, lonely: str) -> list[Found]:
    """The benefit share of the poorest ``share`` (by welfare after transfers) over ``share``.

    People of equal welfare at the limit share alike. Influence: ((t - m) a + share m - L t) / T, with a the part of the
    observation below the limit, L the benefit share and m the mean benefit around the limit (BAND on each side).
    """
    con.execute(f"""
        create or replace temp table cut as
        with whole as (select sum(sw) as everyone, sum(swt) as total from ranks_t),
        limits as (select * from ranks_t, whole where people >= {share} * everyone order by y limit 1)
        select y as q, {share} * everyone as wanted, total, ({share} * everyone - (people - sw)) / sw as part,
            (held - swt + swt * ({share} * everyone - (people - sw)) / sw) / nullif(total, 0) as curve,
            (select sum(swt) / sum(sw) from ranks_t r
             where abs(r.people - r.sw / 2 - {share} * everyone) <= {BAND} * everyone) as mean_at, swt / sw as tied
        from limits
    """)
    inside = "case when x.y < q then 1 when x.y = q then part else 0 end"
    near = "coalesce(mean_at, tied)"
    influence(
        con,
        f"""
        select g, h, c, w, (({inside}) * (t - {near}) + {share} * {near} - curve * t) / nullif(total, 0) / {share} as u0
        from x cross join cut
    """,
    )
    rows = con.execute(f"select 'all:', curve / {share} from cut").fetchall()
    bounds: Bounds = (0.0, 1 / share)
    return _found(con, [(f"cgh_{round(share * 100)}", bounds)], [(g, values) for g, *values in rows], lonely)


RANKS_OF_BENEFITS = """
create or replace temp table ranks_t as
with same as (select y, sum(w) as sw, sum(w * t) as swt from x group by y)
select *, sum(sw) over up as people, sum(swt) over up as held from same window up as (order by y)
"""
