"""Reading the stages into the tables that the indicators are computed from (bulk.results_inputs): a query for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from django.conf import settings
from django.db import connection

from shohay.bulk import pmt
from shohay.bulk.copying import CopyCursor, copy_out
from shohay.bulk.results_inputs import SCHEMAS, write
from shohay.core.values import FiscalYear
from shohay.stages.programmes import definitions as catalogue
from shohay.stages.registry import queries_quality
from shohay.stages.results import given
from shohay.stages.targeting.models import Run

DHAKA = "at time zone 'Asia/Dhaka'"
STARTS = "left({}.fiscal_year, 4)::smallint"
CASH_OR_FOOD = ("cash_allowance", "stipend", "food", "public_works", "pension")
LIFECYCLE = ("cash_allowance", "stipend")  # core life-cycle programmes pay cash by age or condition

QUERIES = {
    "enrolments": """select person_id, programme_code, lower(valid), upper(valid) from enrolment_enrolment
        where not isempty(valid)""",
    # what was approved; an account is a person's own where the wallet's register said so last
    "payments": f"""select p.person_id, p.area_code, p.programme_code, {STARTS.format("c")}, c.period_end,
          p.amount_poisha, p.state, (p.state_at {DHAKA})::date, p.account_id is not null, own.subject_id is not null
        from payments_payment p join payments_payroll r on r.id = p.payroll_id and r.state <> 'prepared'
        join payments_cycle c on c.id = r.cycle_id
        left join (select distinct subject_id from registry_verification
                   where party in ('wallets', 'sim_owner') and level = 'exact') own on own.subject_id = p.account_id""",
    "applications": f"""select a.person_id, a.programme_code, a.applied_on,
          coalesce((l.approved_at {DHAKA})::date,
                   case when d.outcome <> 'eligible' then (r.finished_at {DHAKA})::date end),
          d.outcome = 'eligible', exists (select from enrolment_enrolment e where e.person_id = a.person_id
                                          and e.programme_code = a.programme_code)
        from targeting_application a
        join targeting_run r on r.id = (select max(id) from targeting_run)
        join targeting_decision d on d.run_id = r.id and d.person_id = a.person_id
          and d.programme_code = a.programme_code
        left join targeting_selectionlist l on l.id = d.selection_list_id""",
    "quotas": f"select programme_code, area_code, {STARTS.format('q')}, slots::bigint from targeting_quota q",
    "grievances": f"""select g.programme_code, g.area_code, (g.filed_at {DHAKA})::date,
          (select min((y.answered_at {DHAKA})::date) from grievance_reply y where y.grievance_id = g.id),
          (appeal.answered_at {DHAKA})::date, coalesce(appeal.outcome in ('upheld', 'partly'), false)
        from grievance_grievance g
        left join lateral (select answered_at, outcome from grievance_reply y where y.grievance_id = g.id
                           and y.answered_at > g.appealed_at order by y.id limit 1) appeal on true""",
    # a verified line of an officer in place of the catalogue's figure; invented examples stay out
    "budget": f"""select p.code, p.ministry_id, {STARTS.format("y")},
          coalesce(l.allocation_poisha, (p.budget_crore * 1000000000)::bigint),
          case when l.actual_poisha is not null then coalesce(l.revised_poisha, l.allocation_poisha) end,
          l.actual_poisha, p.type in {CASH_OR_FOOD}, p.type in {LIFECYCLE}
        from programmes_programme p
        join lateral (select p.fiscal_year where p.budget_crore is not null and p.in_list
                      union select b.fiscal_year from programmes_budgetline b
                      where b.programme_id = p.code and b.state = 'verified' and not b.example) y on true
        left join programmes_budgetline l on l.programme_id = p.code and l.fiscal_year = y.fiscal_year
          and l.state = 'verified' and not l.example""",
    "national": f"""select {STARTS.format("n")}, x.name, (x.crore * 1000000000)::bigint from programmes_nationalyear n
        cross join lateral (values ('gdp', n.gdp_crore), ('national_budget', n.budget_crore)) x (name, crore)
        where x.crore is not null""",
    "verified": """select distinct person_id from registry_verification
        where party in ('nid', 'civil_registration') and level = 'exact' and valid_until > now()""",
    "census": "select code, population::bigint from places_area where level = 'district' and population is not null",
}
ORDERED = {
    "enrolments": "1, 2, 3", "payments": "1, 3, 5, 6, 7", "applications": "1, 2", "quotas": "1, 2, 3",
    "grievances": "3, 2, 1, 4, 5", "budget": "1, 3", "national": "1, 2", "verified": "1", "census": "1",
}  # fmt: skip


def export(
    cursor: CopyCursor, out: Path, *, as_of: date, years: Sequence[int], passed: Sequence[dict[str, Any]]
) -> None:
    """Write every table to ``out``. ``passed``: {"name", "fiscal_year", "ministry_code", "value"} of later stages.

    Surveys, assessments and agreements are of the years that they are of, whichever years are counted.
    """
    for table, query in QUERIES.items():
        write(out, table, copy_out(cursor, f"{query} order by {ORDERED[table]}", SCHEMAS[table]))
    write(out, "quality", _quality(cursor))
    write(out, "given", _given([*passed, *given.rows(as_of, years)]))
    write(out, "exclusive", _exclusive(as_of))
    _welfare(out / "welfare.parquet")


def years_of(as_of: date) -> tuple[int, ...]:
    """The fiscal years that have a budget or a payment, to the one of ``as_of``; the earliest first."""
    with connection.cursor() as cursor:
        cursor.execute("select min(left(fiscal_year, 4)::int) from (select fiscal_year from payments_cycle union"
                       " select fiscal_year from programmes_programme where budget_crore is not null) y")  # fmt: skip
        first = cursor.fetchone()[0]
    last = FiscalYear.of(as_of).starts
    return tuple(range(min(first or last, last), last + 1))


def _quality(cursor: CopyCursor) -> pa.Table:
    """Checks of the newest quality run by place: every rule of a level looks at every record of it."""
    run = queries_quality.latest()
    if run is None:
        return SCHEMAS["quality"].empty_table()
    rules = queries_quality.rules()
    of = {level: len(rules.of_level(level)) for level in ("person", "household")}
    fy = FiscalYear.of(run.as_of).starts
    return copy_out(
        cursor,
        f"""select left(area_code, 4) as area_code, {fy}::smallint as fy,
              sum(records * case level when 'person' then {of["person"]} else {of["household"]} end)::bigint as checks,
              sum((select coalesce(sum(value::bigint), 0) from jsonb_each_text(by_rule)))::bigint as failed
            from registry_qualityscore where run_id = {run.pk} group by 1 order by 1""",
        SCHEMAS["quality"],
    )


def _given(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows as the functions of given.py make them, or those of a later stage with ``ministry_code`` for the group."""
    made = [
        (row["name"], int(str(row["fiscal_year"])[:4]), _group(row), int(row["value"]), row.get("origin", ""))
        for row in rows
    ]
    columns = list(zip(*sorted(made), strict=True)) or [()] * len(SCHEMAS["given"])
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, SCHEMAS["given"], strict=True)],
                    schema=SCHEMAS["given"])  # fmt: skip


def _group(row: dict[str, Any]) -> str:
    ministry = row.get("ministry_code")
    return f"ministry:{ministry}" if ministry else str(row.get("group", ""))


def _exclusive(as_of: date) -> pa.Table:
    """Pairs of programmes of which one person may not hold both, by the definitions in force."""
    versions = [(one.programme, one.version_on(as_of)) for one in catalogue.definitions_on(as_of)]
    pairs = {
        (one, other)
        for one, mine in versions
        for other, _ in versions
        if one != other and mine is not None and mine.compatible.scope == "person" and mine.compatible.forbids(other)
    }
    both = sorted(pairs | {(other, one) for one, other in pairs})
    return pa.table({"one": [one for one, _ in both], "other": [other for _, other in both]}, SCHEMAS["exclusive"])


def _welfare(path: Path) -> None:
    """Score and likelihood of every household of the newest determination; nothing before the first."""
    run = Run.objects.order_by("-id").first()
    folder = settings.VAR / run.result_path / "households" if run else None
    if run is None or folder is None or not folder.is_dir():
        return
    formula = catalogue.formula_of(run.parameters.get("formula_sha256", "")) or pmt.shipped()
    likelihood = re.sub(r"^cast\((.*) as double\)$", r"\1", formula.likelihood_of_score_sql("pmt_score"))
    files = str(folder / "*.parquet").replace("'", "''")
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute(
            f"copy (select household_id, pmt_score::integer as score, round(10 * ({likelihood}))::integer as likelihood"
            f" from read_parquet('{files}') where pmt_score is not null order by household_id)"
            f" to '{path}' (format parquet, compression zstd)"
        )
