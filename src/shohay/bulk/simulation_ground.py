"""What does not change from scenario to scenario: welfare, the poverty line, deciles and the groups of people.

Welfare a head is, in this order: what the survey measured; what an installed linear formula tells of the household;
reported household income a head. Deciles and the poor are those of welfare before the simulated transfers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shohay.bulk import snapshot
from shohay.bulk.simulation_people import AREA_TYPE, CELLS, PERSON_SIZES, SEX, Population, coded
from shohay.core.scenario import Scenario
from shohay.core.simulation_result import AGE_BANDS, NOT_KNOWN

Column = NDArray[Any]
SHARE, SHARE_SOURCE = 18.7, "HIES 2022, upper line, national: https://wishesms.com/?p=14537"
MINORITY = 25.0  # percent of people of ethnic minorities that makes a minority area; our own convention
HIT = 1e-12  # as core.poverty
UNKNOWN, NEITHER, POOR, POOREST, BOTH = range(5)  # the status of a household
STATUSES = 5
FEW, FEW_DRAWN = 5, 30  # records: of everybody, and of a survey or a sample


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way of grouping: the group of each household (or cell of persons) and the names of the groups."""

    name: str
    of: Column
    groups: list[str]


@dataclass(slots=True)
class Areas:
    """The areas of the data: code, upazila, and what is known of each."""

    codes: list[str]
    upazila: Column  # its place among upazilas
    upazilas: list[str]
    poverty_known: Column
    hard_to_reach: Column  # 0 no, 1 yes, 2 not known
    minority: Column


@dataclass(slots=True)
class Ground:
    """Of every household: people (weighted members), welfare, line, status, decile (0 = not known); and the groups."""

    people: Column
    weight: Column
    welfare: Column
    line: Column
    status: Column
    decile: Column
    dimensions: list[Dimension]
    of_persons: list[Dimension]
    kind: str  # of welfare
    line_kind: str
    line_value: float | None
    not_known: list[str]
    few: float  # people of a denominator below which a figure says nothing


def areas_of(where: Path) -> Areas:
    """The areas of a snapshot with what they say of themselves."""
    table = pq.read_table(snapshot.table_path(where, "areas"))
    codes = [str(code) for code in table["area_code"].to_pylist()]
    upazilas = sorted({code[:6] for code in codes})
    number = {code: place for place, code in enumerate(upazilas)}

    def column(name: str) -> pa.ChunkedArray | None:
        return table[name] if name in table.column_names else None

    poverty, hard, share = column("poverty_rate"), column("is_hard_to_reach"), column("ethnic_minority_share")
    rows = len(codes)
    minority = np.full(rows, np.nan) if share is None else np.asarray(share.cast(pa.float64()).to_numpy())
    answers = [None] * rows if hard is None else hard.to_pylist()
    return Areas(
        codes, np.array([number[code[:6]] for code in codes], np.int64), upazilas,
        np.zeros(rows, bool) if poverty is None else np.asarray(poverty.is_valid().to_numpy()),
        np.array([2 if one is None else int(one) for one in answers], np.int64),
        np.where(np.isnan(minority), 2, (minority >= MINORITY).astype(np.int64)),
    )  # fmt: skip


def lay(people: Population, areas: Areas, scenario: Scenario, survey: pa.Table | None) -> Ground:
    """The ground of a simulation; line and poorest share are the first scenario's. ``survey``: weights.parquet."""
    homes = people.homes
    weight = np.ones(len(homes.ids)) if people.weight is None else people.weight
    counted = weight * homes.size
    welfare, kind = _welfare(people, survey)
    known = ~np.isnan(welfare) & (counted > 0)
    order = np.flatnonzero(known)[np.argsort(welfare[known], kind="stable")]
    reached = np.cumsum(counted[order])
    line, line_kind = _line(scenario, survey, homes.ids, welfare, order, reached)
    cut = quantile(welfare[order], reached, scenario.poorest / 100)
    cuts = [quantile(welfare[order], reached, part / 10) for part in range(1, 10)]
    decile = np.where(known, 1 + np.searchsorted(cuts, welfare, side="left"), 0).astype(np.int8)
    with np.errstate(invalid="ignore"):
        status = np.where(known, NEITHER + (welfare < line) + 2 * (welfare <= cut), UNKNOWN).astype(np.int8)
    value = float(line[0]) if len(line) and (line == line[0]).all() else None
    dimensions, missing = _dimensions(people, areas, decile)
    few = FEW if people.weight is None else FEW_DRAWN * float(weight.mean())
    return Ground(
        counted, weight, welfare, line, status, decile, dimensions, _of_persons(), kind, line_kind, value, missing, few
    )


def _welfare(people: Population, survey: pa.Table | None) -> tuple[Column, str]:
    homes = people.homes
    if survey is not None:
        return _of_homes(survey, "welfare", homes.ids), "survey"
    if not np.isnan(homes.welfare).all():
        return homes.welfare, "formula"
    size = np.where(homes.size > 0, homes.size, np.nan)
    return homes.income / size / 12, "income"


def _of_homes(survey: pa.Table, name: str, ids: Column) -> Column:
    """A column of weights.parquet for these households."""
    listed = survey["household_id"].to_numpy()
    at = np.minimum(np.searchsorted(listed, ids), len(listed) - 1)
    return np.where(listed[at] == ids, survey[name].cast(pa.float64()).to_numpy()[at], np.nan)


def _line(
    scenario: Scenario, survey: pa.Table | None, ids: Column, welfare: Column, order: Column, reached: Column
) -> tuple[Column, str]:
    """The line of each household and where it comes from; without any, so low that SHARE percent live below it."""
    if scenario.line is not None:
        return np.full(len(ids), float(scenario.line)), "given"
    if survey is not None:
        own = _of_homes(survey, "line", ids)
        if not np.isnan(own).any():
            return own, "base"
    return np.full(len(ids), quantile(welfare[order], reached, SHARE / 100)), "share"


def quantile(ordered: Column, reached: Column, share: float) -> float:
    """core.poverty.quantile of welfare in rising order with the people reached so far; 0 for nobody."""
    if not len(ordered):
        return 0.0
    part = reached / reached[-1]
    at = int(np.searchsorted(part, share - HIT))
    if abs(part[at] - share) <= HIT and at + 1 < len(ordered):
        return float((ordered[at] + ordered[at + 1]) / 2)
    return float(ordered[at])


def _dimensions(people: Population, areas: Areas, decile: Column) -> tuple[list[Dimension], list[str]]:
    """Groups of households, and which of them nothing is known about."""
    homes, missing = people.homes, []
    known = np.append(np.arange(len(areas.codes)), -1)
    division_codes = sorted({code[:2] for code in areas.codes})
    of_area = np.append(coded(pa.array([code[:2] for code in areas.codes], pa.string()), division_codes),
                        len(division_codes))  # fmt: skip
    made = [
        Dimension("", np.zeros(len(homes.ids), np.int64), [""]),
        Dimension("head_sex", homes.head_sex.astype(np.int64), [*SEX, NOT_KNOWN]),
        Dimension("area_type", homes.area_type.astype(np.int64), [*AREA_TYPE, NOT_KNOWN]),
        Dimension("division", of_area[known[homes.area]], [*division_codes, NOT_KNOWN]),
        Dimension("decile", decile.astype(np.int64), [NOT_KNOWN, *map(str, range(1, 11))]),
    ]
    for name, answers in (("hard_to_reach", areas.hard_to_reach), ("minority_area", areas.minority)):
        if (answers == 2).all():
            missing.append(name)
        else:
            made.append(Dimension(name, np.append(answers, 2)[known[homes.area]], ["no", "yes", NOT_KNOWN]))
    return made, missing


def _of_persons() -> list[Dimension]:
    """Groups of persons: which group each cell belongs to."""
    cells = np.arange(CELLS)
    parts = np.unravel_index(cells, PERSON_SIZES)
    bands = [
        f"{low}-{high - 1}" if high else f"{low}+" for low, high in zip(AGE_BANDS, [*AGE_BANDS[1:], 0], strict=True)
    ]
    words = {
        "sex": [*SEX, NOT_KNOWN], "age": [*bands, NOT_KNOWN], "disability": ["no", "yes", NOT_KNOWN],
        "community": ["no", "yes"],
    }  # fmt: skip
    return [Dimension(name, part, groups) for (name, groups), part in zip(words.items(), parts, strict=True)]
