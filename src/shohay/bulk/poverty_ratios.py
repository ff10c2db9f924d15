"""Measures that are a total over a total: means, poverty, coverage, incidence, adequacy, errors of targeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shohay.bulk.poverty_sql import Bounds, Connection, Found, columns, influence, keys, variances
from shohay.core.sampling import ADJUST

SHARE: Bounds = (0.0, 1.0)
FREE: Bounds = (None, None)
POOR, POOR_BEFORE = "(y < z)::int", "(y - t < z)::int"


class Ratio(NamedTuple):
    """``part`` and ``whole`` are SQL over w, y, z, z_low, b (reached) and t (amount) of an observation."""

    measure: str
    part: str
    whole: str = "1"
    bounds: Bounds = SHARE


def welfare(*, ranked: bool, lower: bool) -> list[Ratio]:
    """What is told of people's welfare; of quintiles only the mean, for poverty is what ranks them."""
    found = [Ratio("mean", "y", bounds=FREE)]
    if ranked:
        return found
    found += [
        Ratio("headcount", POOR),
        Ratio("gap", f"{POOR} * (z - y) / z", bounds=(0.0, None)),
        Ratio("severity", f"{POOR} * ((z - y) / z) ** 2", bounds=(0.0, None)),
    ]
    return [*found, Ratio("headcount_lower", "(y < z_low)::int")] if lower else found


def targeting(*, amount: bool, ranked: bool) -> list[Ratio]:
    """What is told of a programme; without amounts only who is reached."""
    found = [Ratio("coverage", "b::int")]
    if not ranked:
        found += [
            Ratio("under_coverage", f"{POOR} * (not b)::int", POOR),
            Ratio("leakage", f"b::int * (1 - {POOR})", "b::int"),
        ]
    if not amount:
        return found
    found += [
        Ratio("adequacy", "b::int * t", "b::int * y", (0.0, None)),
        Ratio("line_share", "b::int * t", "b::int * z", (0.0, None)),
    ]
    if ranked:
        return found
    closed = "(least(z, y) - least(z, y - t))"
    gap, gap_before = f"{POOR} * (z - y) / z", f"{POOR_BEFORE} * (z - y + t) / z"
    return [
        *found,
        Ratio("benefit_cost", closed, "t"),
        Ratio("headcount_reduction", f"{POOR_BEFORE} - {POOR}", POOR_BEFORE),
        Ratio("gap_reduction", f"({gap_before}) - ({gap})", gap_before),
    ]


def observations(con: Connection, dimensions: Sequence[str], b: str, t: str, ratios: list[Ratio]) -> None:
    """Table ``x``: g, h, c, w and the parts and wholes of every observation whose group is known."""
    lower = "z_low, " if any("z_low" in ratio.part for ratio in ratios) else ""
    con.execute(f"""
        create or replace temp table x as
        select g, h, c, w, {columns("a", [f"({r.part})::double" for r in ratios])},
            {columns("b", [f"({r.whole})::double" for r in ratios])}
        from (select unnest({keys(dimensions)}) as g, h, c, w, y, z, {lower}{b} as b, {t} as t from units)
        where g is not null
    """)


def measure(
    con: Connection, dimensions: Sequence[str], b: str, t: str, ratios: list[Ratio], lonely: str
) -> list[Found]:
    """Estimates of the ratios for each group: influence of one observation = (part - ratio x whole) / total whole."""
    observations(con, dimensions, b, t, ratios)
    places = range(len(ratios))
    sums = ", ".join(
        f"sum(w * a{i}) as a{i}, sum(w * b{i}) as b{i}, count(*) filter (b{i} <> 0) as m{i},"
        f" count(*) filter (a{i} <> 0) as k{i}" for i in places
    )  # fmt: skip
    con.execute(f"create or replace temp table total as select g, {sums} from x group by g")
    values = [f"(x.a{i} - o.a{i} / nullif(o.b{i}, 0) * x.b{i}) / nullif(o.b{i}, 0)" for i in places]
    influence(con, f"select x.g, h, c, w, {columns('u', values)} from x join total o using (g)")
    told = variances(con, len(ratios), lonely)
    found = []
    for group, *row in con.execute("select * from total order by g").fetchall():
        variance, simple, df, n = told[group]
        for i, ratio in enumerate(ratios):
            part, whole, base, hits = row[4 * i : 4 * i + 4]
            value = part / whole if whole else None
            found.append(Found(ratio.measure, group, value, variance[i], simple[i], df, n, base, hits, ratio.bounds))
    return found


def shares(con: Connection, dimensions: Sequence[str], b: str, t: str, amount: bool, lonely: str) -> list[Found]:
    """Beneficiary and benefit incidence: the part of a group in the total of all groups.

    With a_j and b_j the totals of the group and of everybody in cluster j, e_j = (a_j - ratio x b_j) / total; clusters
    without the group count too, so the sums of squares are taken apart.
    """
    ratios = [Ratio("beneficiary_share", "b::int"), *([Ratio("benefit_share", "t")] if amount else [])]
    observations(con, dimensions, b, t, ratios)
    found: list[Found] = []
    for i, ratio in enumerate(ratios):
        rows = con.execute(SHARES.format(a=f"a{i}", alone="dev" if lonely == ADJUST else "0")).fetchall()
        for group, value, variance, simple, df, n, hits in rows:
            # nobody of the group is reached: a true 0, but of a group of few it says too much
            base = n if hits == 0 else hits
            found.append(Found(ratio.measure, group, value, variance, simple, df, n, base, hits, ratio.bounds))
    return found


SHARES = """
with own as (
    select split_part(g, ':', 1) as d, g, h, c, sum(w * {a}) as a, sum(w * {a} * {a}) as aa from x group by g, h, c),
everybody as (select d, h, c, sum(a) as b, sum(aa) as bb from own group by d, h, c),
total as (
    select d, nullif(sum(b), 0) as total, sum(bb) as bb, count(*) - count(distinct h) as df from everybody group by d),
ratio as (
    select d, g, sum(a) / any_value(total) as r, any_value(total) as total, sum(aa) as aa, any_value(bb) as bb,
        any_value(df) as df from own join total using (d) group by d, g),
members as (select g, count(*) as n, count(*) filter ({a} <> 0) as hits from x group by g),
size as (select split_part(g, ':', 1) as d, sum(w) / (count(*) - 1) as scale from x group by 1),
whole as (select d, h, sum(b) as sb, sum(b * b) as sbb from everybody group by d, h),
mine as (
    select own.g, own.h, sum(a) as sa, sum(a * a) as saa, sum(a * b) as sab
    from own join everybody using (d, h, c) group by own.g, own.h),
stratum as (
    select r.g, s.k, coalesce(m.saa, 0) - 2 * r.r * coalesce(m.sab, 0) + r.r * r.r * w.sbb as dev,
        coalesce(m.sa, 0) - r.r * w.sb as mid
    from ratio r join whole w using (d) join strata s using (h) left join mine m on m.g = r.g and m.h = w.h),
variance as (
    select g, sum(case when k > 1 then k / (k - 1.0) * greatest(dev - mid * mid / k, 0) else {alone} end) as v
    from stratum group by g)
select r.g, r.r, v.v / (r.total * r.total),
    ((1 - 2 * r.r) * r.aa + r.r * r.r * r.bb) / (r.total * r.total) * size.scale, r.df, m.n, m.hits
from ratio r join members m using (g) join variance v using (g) join size using (d) order by r.g
"""
