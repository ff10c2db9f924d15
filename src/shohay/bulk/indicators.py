"""Figures: additive counts by upazila rolled up to district, division and country, and the shares made from them.

In: base rows (name, area_code, programme_code, grp, value, persons) where ``area_code`` has up to 8 digits, ``grp``
splits a name completely ("sex:female", "state:paid") and ``persons`` is how many people stand behind the value.
Out: the same columns, one row for each name, area level (country '', 2, 4, 6 digits), programme and group.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("area_code", pa.string()),
        ("programme_code", pa.string()),
        ("grp", pa.string()),
        ("value", pa.float64()),
        ("persons", pa.int64()),
    ]
)

# Counts of rows may be added over programmes; counts of people may not: one person can hold two benefits.
OVER_PROGRAMMES = (
    "applied",
    "enrolled",
    "payments",
    "payment_poisha",
    "returns",
    "rations",
    "ration_grams",
    "grievances",
)


class Share(NamedTuple):
    """A figure that is one sum divided by another, in the same area and programme."""

    name: str
    part: tuple[str, str]  # name, group ('' = all of it)
    whole: tuple[str, str]


SHARES = (
    Share("coverage", ("enrolled", ""), ("eligible", "")),
    Share("women_share", ("enrolled", "sex:female"), ("enrolled", "")),
    Share("women_among_beneficiaries", ("beneficiaries", "sex:female"), ("beneficiaries", "")),
    Share("paid_share", ("payments", "state:paid"), ("payments", "")),
    Share("returned_share", ("payments", "state:returned"), ("payments", "")),
    Share("answered_in_time", ("grievances", "clock:in_time"), ("grievances", "")),
)

ROLL_UP = """
with levels as (select unnest([0, 2, 4, 6]) as digits),
counted as (
    select name, left(area_code, digits) as area_code, programme_code, grp, value, persons
    from base, levels where length(area_code) >= digits
    union all
    select name, left(area_code, digits), '', grp, value, persons
    from base, levels where length(area_code) >= digits and programme_code <> '' and name in {over_programmes}
),
summed as (
    select name, area_code, programme_code, grp, sum(value) as value, sum(persons)::bigint as persons
    from counted group by grouping sets ((name, area_code, programme_code, grp), (name, area_code, programme_code))
)
select name, area_code, programme_code, coalesce(grp, '') as grp, value, persons
from summed where grp is null or grp <> ''
"""

# Behind a share stand the people of its smaller side: below the limit either side would give the other away.
SHARE = """
select '{name}' as name, whole.area_code, whole.programme_code, '' as grp,
       coalesce(part.value, 0) / whole.value as value,
       least(coalesce(nullif(part.persons, 0), whole.persons), whole.persons) as persons
from rolled whole left join rolled part
  on part.area_code = whole.area_code and part.programme_code = whole.programme_code
 and part.name = '{part[0]}' and part.grp = '{part[1]}'
where whole.name = '{whole[0]}' and whole.grp = '{whole[1]}' and whole.value > 0
"""


def roll_up(base: pa.Table) -> pa.Table:
    """Sums of ``base`` over areas, groups and (where that is sound) programmes, and the shares; sorted."""
    with duckdb.connect() as engine:
        engine.execute("set threads = 2")
        engine.register("base", base.cast(SCHEMA))
        engine.execute(f"create table rolled as {ROLL_UP.format(over_programmes=OVER_PROGRAMMES)}")
        shares = " union all ".join(SHARE.format(**share._asdict()) for share in SHARES)
        return engine.execute(
            f"select * from (select * from rolled union all {shares}) order by name, area_code, programme_code, grp"
        ).to_arrow_table()


def eligible_by_area(result: Path, programmes: dict[str, str]) -> pa.Table:
    """How many of a determination meet every criterion, by upazila: base rows named 'eligible'.

    ``programmes`` maps the code to the unit of the programme, 'person' or 'household': each has its own file.
    """
    parts = [
        f"select 'eligible' as name, left(area_code, 6) as area_code, '{code}' as programme_code, '' as grp,"
        f" count(*)::double as value, count(*) as persons from read_parquet('{result}/{_answers(unit)}')"
        f' where "{code}_mask" = 0 group by all'
        for code, unit in sorted(programmes.items())
    ]
    if not parts:
        return SCHEMA.empty_table()
    with duckdb.connect() as engine:
        engine.execute("set threads = 2")
        query = " union all ".join(parts)
        return engine.execute(f"select * from ({query}) order by programme_code, area_code").to_arrow_table()


def _answers(unit: str) -> str:
    return "households/*.parquet" if unit == "household" else "answers/*.parquet"


def figures_csv(figures: pa.Table, computed_at: str, out: Path) -> int:
    """Write rolled-up figures as rows of results_figure to ``out``; how many.

    Columns: name, area_code, programme_code, group, value, persons, computed_at.
    """
    with duckdb.connect() as engine:
        engine.register("figures", figures)
        row = engine.execute(
            f"copy (select name, area_code, programme_code, grp, value, persons, '{computed_at}' from figures"
            " order by name, area_code, programme_code, grp)"
            f" to '{out}' (format csv, header false, force_quote (area_code, programme_code, grp))"
        ).fetchone()
    return int(row[0]) if row else 0
