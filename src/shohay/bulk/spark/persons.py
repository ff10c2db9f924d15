"""Every person decided: the other half of bulk.chunk on Spark."""

from __future__ import annotations

from shohay.bulk import chunk, facts, plan
from shohay.bulk.plan import Plan
from shohay.bulk.spark.households import ROW
from shohay.bulk.spark.session import Table

IDS = ["person_id", "household_id", "area_code"]


def decided(plan_: Plan, everybody: Table, homes: Table, held: Table) -> Table:
    """The persons of known households with their masks, and with what ranks them where they may be chosen."""
    table = judged(plan_, everybody, homes, held)
    return chosen(plan_, table, "person", [*IDS, *masks_of(plan_)], chunk.person_kept(plan_))


def masks_of(plan_: Plan) -> list[str]:
    """The columns of the masks of persons."""
    return [name for name, _ in plan.masks(plan_, "person").sums]


def judged(plan_: Plan, everybody: Table, homes: Table, held: Table) -> Table:
    """The persons of known households with their masks and sort keys."""
    masks = plan.masks(plan_, "person")
    shared = [name for name in homes.kinds if name.startswith("hm_")]
    lent = homes.take(["household_id", "household_receives", "pmt_score", *plan_.lent(), *shared])
    table = everybody.join(lent, "household_id", "inner").join(held, "person_id", "left")
    table = table.add([("receives", "coalesce(held, 0)"), ("applied", "coalesce(asked, 0)")])
    refs = sorted({programme.ref for programme in plan_.of_unit("person")})
    own = [name for name in plan_.needed("person") if facts.level(name) in ("person", "benefit")]
    table = table.add(plan.derivations(own, refs, plan_.formula))
    table = table.add([*masks.atoms, *chunk.ordering(plan_, "person")]).add(masks.values)
    return table.add([(name, f"{sql} | {_of_home(name, shared)}") for name, sql in masks.sums])


def _of_home(mask: str, shared: list[str]) -> str:
    """The part of a person's mask that is about the household."""
    return f"h{mask}" if f"h{mask}" in shared else "0"


def chosen(plan_: Plan, table: Table, unit: str, always: list[str], kept: list[str]) -> Table:
    """``always`` of every row; of those who applied or may be selected unasked also what ranks and pays them."""
    asked = ["applied <> 0"]
    asked += [
        f"m_{programme.code} = 0" for programme in plan_.of_unit(unit) if programme.version.select_from == "registry"
    ]
    table = table.add([("chosen", " or ".join(asked))])
    names = list(dict.fromkeys([*always, *kept, ROW, "chosen"]))
    hidden = [name for name in names if name not in (*always, ROW, "chosen")]
    columns = [f"case when chosen then `{name}` end as `{name}`" if name in hidden else f"`{name}`" for name in names]
    kinds = {name: table.kinds[name] for name in names}
    return Table(table.frame.selectExpr(*columns), kinds)
