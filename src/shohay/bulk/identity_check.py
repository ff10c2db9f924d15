"""What numbers contradict, for millions at once: the SQL twin of core.identity.contradictions and disagreements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from shohay.core import identity

MEMORY = "2GB"
NUMBERS = pa.schema(
    [
        ("subject_id", pa.int64()), ("person_id", pa.int64()), ("area_code", pa.string()), ("kind", pa.string()),
        ("number", pa.string()), ("birth_date", pa.date32()), ("approximate", pa.bool_()),
    ]
)  # fmt: skip
FINDINGS = ("person_id", "area_code", "subject_id", "code", "severity", "said", "found")


def _either(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


_AGE = "year($today) - year(birth_date) - (strftime($today, '%m%d') < strftime(birth_date, '%m%d'))::int"
_YEAR_FITS = f"year between {identity.OLDEST_YEAR} and year($today)"
# code -> (condition, what the registry says, what the number says); the pieces come from _PARSED
_CHECKS: dict[str, tuple[str, str, str]] = {
    "year_impossible": (f"not ({_YEAR_FITS})", "coalesce(year(birth_date)::varchar, '')", "year_text"),
    "birth_year_differs": (
        f"({_YEAR_FITS}) and abs(year - year(birth_date))"
        f" > case when approximate then {identity.APPROXIMATE_YEARS} else 0 end",
        "year(birth_date)::varchar", "year_text",
    ),
    "nid_too_young": (f"kind[:3] = 'nid' and {_AGE} < {identity.YOUNGEST_NID}", "birth_date::varchar", "kind"),
    "rmo_unknown": (f"rmo not in ({_either(identity.RMO)})", "''", "rmo"),
    "district_unknown": ("not known_zila", "area_code[3:4]", "zila"),
    "district_differs": ("known_zila and area_code[3:4] not in ('', zila)", "area_code[3:4]", "zila"),
    "upazila_unknown": (
        f"known_zila and rmo not in ({_either(identity.OWN_UPAZILA_CODES)})"
        " and not list_contains($upazilas, zila || upazila)",
        "''", "zila || upazila",
    ),
}  # fmt: skip
_PARSED = """
select *, list_contains($zilas, zila) as known_zila from (
    select *, case when length(number) = 17 then number[:4] end as year_text,
           case when length(number) = 17 then number[:4]::int end as year,
           case when kind <> 'nid10' then number[-13:-12] end as zila,
           case when kind <> 'nid10' then number[-11] end as rmo,
           case when kind <> 'nid10' then number[-10:-9] end as upazila
    from numbers)
"""
_DISAGREE = """
select l.person_id, l.area_code, l.subject_id, 'numbers_disagree' as code, 'nid13' as said, 'nid17' as found
from numbers l join numbers s using (person_id)
where l.kind = 'nid17' and s.kind = 'nid13' and l.number[-13:] <> s.number
"""


def write(numbers: pa.Table, *, upazilas: list[str], today: date, out: Path) -> int:
    """Append the contradictions of ``numbers`` (NUMBERS; all of a person's together) to the CSV ``out``; how many.

    ``upazilas``: zila and upazila codes that exist, as '4952'. Columns of the file: FINDINGS.
    """
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": 2}) as engine:
        engine.register("numbers_arrow", numbers)
        engine.execute("create table numbers as select * from numbers_arrow")
        known = {"upazilas": upazilas, "zilas": sorted({code[:2] for code in upazilas}), "today": today}
        cases = ", ".join(
            f"case when {condition} then {{'code': '{code}', 'said': {said}, 'found': {found}}} end"
            for code, (condition, said, found) in _CHECKS.items()
        )
        engine.execute(
            "create table findings as select person_id, area_code, subject_id, unnest(one, recursive := true) from"
            f" (select person_id, area_code, subject_id, unnest([{cases}]) as one from ({_PARSED}))"
            " where one is not null"
            f" union all ({_DISAGREE})",
            known,
        )
        weights = ", ".join(f"('{code}', '{weight}')" for code, weight in identity.SEVERITY.items())
        rows = engine.execute(
            f"select {', '.join(FINDINGS)} from findings join (values {weights}) w(code, severity) using (code)"
            " order by person_id, subject_id, code"
        ).to_arrow_table()
    _append(rows, out)
    return rows.num_rows


def _append(rows: pa.Table, out: Path) -> None:
    import pyarrow.csv

    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="none")
    with out.open("ab") as file:
        pyarrow.csv.write_csv(rows, file, options)
