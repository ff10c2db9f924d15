"""The counts that indicators are made of, from the inputs, set-based.

Everything is whole numbers, so the order of the work changes nothing. First the payments are folded to one row for
each person, programme and year; from them one row a person and one a household of the year; then each year goes once
over the people and once over the households. What comes out is small: district x sex x programme, rolled up at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb

from shohay.bulk.results_inputs import Inputs
from shohay.bulk.results_measures import (
    BEHIND,
    CENSUS_HOUSEHOLD,
    COMPLETE,
    DAYS,
    OF_HOMES,
    OF_PAYMENTS,
    OF_PEOPLE,
    OLD,
    STANDARD,
)
from shohay.core.indicator_counts import COUNTS

Tell = Callable[[str], None]


def make(con: duckdb.DuckDBPyConnection, inputs: Inputs, tell: Tell = lambda step: None) -> None:
    """Fill the table ``counts`` (name, fy, area, grp, value, persons) of ``con``, which has the views of the inputs."""
    con.execute("create table base (name text, fy smallint, area text, sex text, programme text, quintile text,"
                " ministry text, value hugeint, persons hugeint)")  # fmt: skip
    for name, work in (
        ("persons", _persons), ("payments", _payments), ("people", _people), ("enrolments", _enrolments),
        ("applications", _applications), ("grievances", _grievances), ("registers", _registers), ("budget", _budget),
    ):  # fmt: skip
        tell(name)
        work(con, inputs)
    tell("sums")
    _roll_up(con)
    _behind(con)
    _there(con, inputs)


def _list(values: Sequence[object]) -> str:
    return ", ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in values) or "null"


def _of(inputs: Inputs, group: str) -> str:
    """Whether the programme is one of a group of the policy."""
    return f"programme_code in ({_list(inputs.groups.get(group, ()))})"


def _days(inputs: Inputs, fy: int) -> tuple[str, str]:
    """First day of the year and the day on which it is looked at: its last, or the day of the run."""
    last = f"{fy + 1}-06-30"
    return f"date '{fy}-07-01'", f"date '{min(last, inputs.as_of.isoformat())}'"


def _payments(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """``pp``: a row a person, programme and year; ``py`` a person and year; ``hy`` a household and year."""
    con.execute(f"""
    create table pp as
    select fy, person_id, programme_code, min(left(area_code, 4)) as d, count(*) as due,
      count(*) filter (where state <> 'due') as sent, count(*) filter (where state = 'paid') as credited,
      count(*) filter (where state = 'paid' and settled_on < period_end + {DAYS}) as timely,
      count(*) filter (where own) as own, coalesce(sum(amount_poisha) filter (where state = 'paid'), 0)::bigint as paid,
      coalesce(sum(amount_poisha) filter (where state = 'paid' and digital), 0)::bigint as digital
    from in_payments where fy in ({_list(inputs.years)}) group by fy, person_id, programme_code;
    create table py as
    select fy, person_id, sum(paid)::bigint as paid, bool_or(paid > 0 and {_of(inputs, "older")}) as pays_older,
      bool_or(paid > 0 and {_of(inputs, "disability")}) as pays_disability,
      bool_or(paid > 0 and {_of(inputs, "child")}) as pays_child,
      bool_or(paid > 0 and {_of(inputs, "mother")}) as pays_mother, min(d) as d
    from pp group by fy, person_id;
    create table hy as
    select fy, household_id, sum(paid)::bigint as paid, bool_or(pays_child) as home_child
    from py join p using (person_id) group by fy, household_id;
    """)
    _paying(con)


def _paying(con: duckdb.DuckDBPyConnection) -> None:
    """Base rows of the payments, and of the people paid, each once."""
    measures = ", ".join(f"{sql} as {name}" for name, sql in OF_PAYMENTS.items())
    con.execute(f"""
    create temp table paying as
    select fy, coalesce(p.d, pp.d) as area, coalesce(p.sex, 'other') as sex, programme_code as programme, {measures},
      count(*) as people_due, count(*) filter (where paid > 0) as people_paid,
      count(*) filter (where paid > 0 and p.sex = 'female') as women_paid
    from pp left join p using (person_id) group by all""")
    for name in OF_PAYMENTS:
        _into(con, name, "paying", name, "people_due", ("sex", "programme"))
    # of one programme the people are exact; over all programmes one person may stand in several rows
    for name in ("people_paid", "women_paid"):
        _into(con, name, "paying", name, name, ("sex", "programme"), only="programme")
    con.execute("""
    create temp table payees as
    select fy, coalesce(p.d, py.d) as area, coalesce(p.sex, 'other') as sex, count(*) as people_due,
      count(*) filter (where paid > 0) as people_paid,
      count(*) filter (where paid > 0 and p.sex = 'female') as women_paid,
      count(*) filter (where pays_mother and p.sex = 'female') as mothers_paid
    from py left join p using (person_id) group by all""")
    for name in ("people_paid", "women_paid", "people_due"):
        _into(con, name, "payees", name, name, ("sex",))
    _into(con, "mothers_paid", "payees", "mothers_paid", "mothers_paid", ())


def _into(
    con: duckdb.DuckDBPyConnection, name: str, table: str, value: str, persons: str, splits: Sequence[str],
    only: str = "",
) -> None:  # fmt: skip
    """Base rows of one count. ``only`` = the group in which alone they may be added up."""
    columns = [column if column in splits else "null" for column in ("sex", "programme", "quintile", "ministry")]
    label = f"'{name}'" if not only else f"'{name}|{only}'"
    con.execute(f"insert into base select {label}, fy, area, {', '.join(columns)}, {value}, {persons} from {table}")


def _persons(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """``p``: everybody with what the counts read; joined once, since every year and every source asks again.

    ``w``: a household's likelihood and fifth: scores in rising order cut where a fifth of the people is passed.
    Households of one score are in one fifth: that in which the middle of their people lies.
    """
    con.execute("""
    create temp table scored as select score, count(*) as people from snap_persons join in_welfare using (household_id)
      where is_alive and not is_duplicate and score is not null group by score;
    create table w as
    with cut as (select score, people, sum(people) over (order by score rows unbounded preceding) - people as below,
                        sum(people) over () as whole from scored)
    select household_id, likelihood, least(5, 1 + (10 * below + 5 * people) // (2 * whole))::tinyint as q
    from in_welfare join cut using (score);
    create table p as
    select person_id, household_id, left(area_code, 4) as d,
      case when sex in ('female', 'male') then sex else 'other' end as sex, birth_date,
      is_alive and not is_duplicate as living, coalesce(disability, 'none') not in ('none', '', 'unknown') as disabled,
      coalesce(government_salary, false) or coalesce(government_pension, false) as contributor,
      coalesce(government_pension, false) as pension, likelihood, q, verified.person_id is not null as verified
    from snap_persons left join w using (household_id)
    left join (select distinct person_id from in_verified) verified using (person_id)""")


def _people(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Once a year over the people and once over the households."""
    complete = " and ".join(f"{name} is not null" for name in COMPLETE)
    con.execute(f"""
    create table h as
    select household_id, left(area_code, 4) as d, left(area_code, 6) as u, annual_income, {complete} as complete,
      coalesce(q, 0) as q, likelihood, members, recorded_on as recorded
    from snap_households left join w using (household_id)
    left join (select household_id, count(*) as members from p where living group by 1) using (household_id)
    left join (select household_id, max(recorded_on) as recorded_on from snap_sources group by 1) using (household_id)
    """)
    for fy in inputs.years:
        _people_of(con, inputs, fy)
        _homes_of(con, inputs, fy)
        _alignment(con, fy)


def _people_of(con: duckdb.DuckDBPyConnection, inputs: Inputs, fy: int) -> None:
    first, day = _days(inputs, fy)
    measures = ", ".join(f"{sql} as {name}" for name, sql in OF_PEOPLE.items())
    age = " or ".join(f"(sex = '{sex}' and birth_date <= {day} - interval {years} year)" for sex, years in OLD.items())
    con.execute(f"""
    create or replace temp table peopled as
    with told as (
      select p.d as area, p.sex, p.disabled, p.contributor, p.pension, birth_date > {day} - interval 15 year as child,
        ({age}) as older, birth_date >= {first} as newborn, py.paid, py.pays_older, py.pays_disability,
        p.likelihood, p.q, hy.paid as home_paid, hy.home_child
      from p left join (from hy where fy = {fy}) hy using (household_id)
      left join (from py where fy = {fy}) py using (person_id)
      where living and (birth_date is null or birth_date <= {day}))
    select {fy}::smallint as fy, area, sex, 'q' || q as quintile, * exclude (area, sex, q)
    from (select area, sex, q, {measures} from told group by all)""")
    for name in OF_PEOPLE:
        splits = ("sex", "quintile") if name.startswith("quintile") else ("sex",)
        _into(con, name, "peopled", name, BEHIND.get(name, name), splits)


def _homes_of(con: duckdb.DuckDBPyConnection, inputs: Inputs, fy: int) -> None:
    _, day = _days(inputs, fy)
    measures = ", ".join(f"{sql} as {name}" for name, sql in OF_HOMES.items())
    con.execute(f"""
    create or replace temp table housed as
    with told as (select h.*, hy.paid, {day} - interval 24 month as cutoff
                  from h left join (from hy where fy = {fy}) hy using (household_id)
                  where recorded is null or recorded <= {day} or hy.paid > 0)
    select {fy}::smallint as fy, d as area, 'q' || nullif(q, 0) as quintile, {measures} from told group by all""")
    for name in OF_HOMES:
        splits = ("quintile",) if name.startswith(("quintile", "income")) else ()
        _into(con, name, "housed", name, "households", splits)


def _alignment(con: duckdb.DuckDBPyConnection, fy: int) -> None:
    """Half the sum over upazilas of the gap between its share of the money and of the poor, by country and division.

    Written into ``counts`` later as it stands: an index cannot be added up.
    """
    con.execute(f"""
    create table if not exists aligned (fy smallint, area text, value hugeint);
    insert into aligned
    with u as (select u, coalesce(sum(hy.paid), 0)::hugeint as money,
                      coalesce(sum(likelihood * members), 0)::hugeint as poor
               from h left join (from hy where fy = {fy}) hy using (household_id) group by u),
    within as (select u, money, poor, unnest(['', left(u, 2), left(u, 4)]) as area from u),
    whole as (select area, sum(money)::hugeint as money, sum(poor)::hugeint as poor from within group by area)
    select {fy}, area, (1000000 * sum(abs(within.money * whole.poor - within.poor * whole.money)))::hugeint
      // any_value(2 * whole.money * whole.poor)::hugeint
    from within join whole using (area) where whole.money > 0 and whole.poor > 0 group by area""")


def _enrolments(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Who is on what on the last day of each year, or on the day of the run.

    The database lets nobody be on one programme twice on one day, so an enrolment of the day is a benefit.
    """
    con.execute("""
    create temp table en as
    select person_id, programme_code, valid_from, valid_to, coalesce(d, '') as d, coalesce(sex, 'other') as sex,
      coalesce(verified, false) as verified, programme_code in (select one from in_exclusive) as may_clash
    from in_enrolments left join p using (person_id)""")
    for fy in inputs.years:
        _, day = _days(inputs, fy)
        con.execute(f"""
        create or replace temp view e as
        select * from en where valid_from <= {day} and (valid_to is null or valid_to > {day});
        create or replace temp table on_it as
        select {fy}::smallint as fy, d as area, sex, programme_code as programme, count(*) as benefits,
          count(*) filter (where verified) as benefits_identified from e group by all;
        create or replace temp table clashing as
        select distinct a.person_id from e a join in_exclusive x on x.one = a.programme_code
        join e b on b.person_id = a.person_id and b.programme_code = x.other where a.may_clash and b.may_clash;
        create or replace temp table them as
        select {fy}::smallint as fy, d as area, sex, count(*) as beneficiaries,
          count(clashing.person_id) as incompatible_people
        from (select person_id, d, sex from e group by all) left join clashing using (person_id) group by all;
        create or replace temp table linked as
        select {fy}::smallint as fy, '' as area, count(distinct programme) as programmes_linked from on_it
        having count(*) > 0""")
        for name in ("benefits", "benefits_identified"):
            _into(con, name, "on_it", name, name, ("sex", "programme"))
        for name in ("beneficiaries", "incompatible_people"):
            _into(con, name, "them", name, name, ("sex",))
        _into(con, "programmes_linked", "linked", "programmes_linked", "null", ())


def _fy(column: str) -> str:
    """The fiscal year of a day."""
    return f"(year({column}) - (month({column}) < 7)::integer)::smallint"


def _applications(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    con.execute(f"""
    create temp table asked as
    select {_fy("decided_on")} as fy, coalesce(d, '') as area, coalesce(sex, 'other') as sex,
      programme_code as programme, count(*) as applications_decided, sum(decided_on - applied_on) as decision_days,
      count(*) filter (where eligible) as eligible_applicants,
      count(*) filter (where eligible and not enrolled) as eligible_waiting
    from in_applications left join p using (person_id)
    where decided_on <= date '{inputs.as_of}' and {_fy("decided_on")} in ({_list(inputs.years)}) group by all;
    create temp table placed as
    select fy, left(area_code, 4) as area, programme_code as programme, sum(slots) as places
    from in_quotas where fy in ({_list(inputs.years)}) group by all;
    create temp table placed_paid as
    select fy, area, programme, sum(people_paid) as people from paying
    where (fy, area, programme) in (select (fy, area, programme) from placed) group by all""")
    for name in ("applications_decided", "decision_days", "eligible_applicants", "eligible_waiting"):
        persons = "applications_decided" if name == "decision_days" else name
        _into(con, name, "asked", name, persons, ("sex", "programme"))
    _into(con, "places", "placed", "places", "places", ("programme",))
    _into(con, "people_paid_of_places", "placed_paid", "people", "people", ("programme",))


def _grievances(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    con.execute(f"""
    create temp table told as
    select {_fy("filed_on")} as fy, left(area_code, 4) as area, programme_code as programme, count(*) as grievances,
      count(*) filter (where answered_on is not null or filed_on + {STANDARD} < date '{inputs.as_of}')
        as grievances_due,
      count(*) filter (where answered_on <= filed_on + {STANDARD}) as grievances_in_time,
      count(appeal_decided_on) as appeals_decided,
      count(*) filter (where appeal_decided_on is not null and appeal_upheld) as appeals_upheld
    from in_grievances where {_fy("filed_on")} in ({_list(inputs.years)}) group by all""")
    for name in ("grievances", "grievances_due", "grievances_in_time", "appeals_decided", "appeals_upheld"):
        _into(con, name, "told", name, name, ("programme",))


def _registers(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Quality of records, the census, the nation's accounts."""
    con.execute(f"""
    create temp table checked as select fy, left(area_code, 4) as area, sum(checks) as checks_run,
      sum(failed) as checks_failed from in_quality where fy in ({_list(inputs.years)}) group by all;
    create temp table censused as select unnest([{_list(inputs.years)}])::smallint as fy, left(area_code, 4) as area,
      (population // {CENSUS_HOUSEHOLD}) as census_households from in_census;
    insert into base select name || '_poisha', fy, '', null, null, null, null, value, null from in_national
      where fy in ({_list(inputs.years)})""")
    _into(con, "checks_run", "checked", "checks_run", "null", ())
    _into(con, "checks_failed", "checked", "checks_failed", "null", ())
    _into(con, "census_households", "censused", "census_households", "census_households", ())


def _budget(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    con.execute(f"""
    create temp table money as select fy, '' as area, ministry_code as ministry,
      count(*) filter (where cash_or_food) as programmes_cash_or_food, sum(budget_poisha) as budget,
      coalesce(sum(budget_poisha) filter (where lifecycle), 0) as budget_lifecycle,
      coalesce(sum(to_spend_poisha), 0) as budget_to_spend, coalesce(sum(spent_poisha), 0) as budget_spent
    from in_budget where fy in ({_list(inputs.years)}) group by all;
    create table concentrated as
    with shares as (select fy, unnest(['', 'ministry:' || ministry_code]) as grp, budget_poisha::hugeint as b
                    from in_budget where fy in ({_list(inputs.years)}) and budget_poisha > 0),
    whole as (select fy, grp, sum(b)::hugeint as b from shares group by all)
    select fy, grp, (1000000 * sum(shares.b * shares.b))::hugeint // any_value(whole.b * whole.b)::hugeint as value
    from shares join whole using (fy, grp) group by all""")
    for name in ("programmes_cash_or_food", "budget", "budget_lifecycle", "budget_to_spend", "budget_spent"):
        _into(con, name, "money", name, "null", ("ministry",))


ROLL_UP = """
create table counts as
with said as (select split_part(name, '|', 1) as name, name like '%|%' as part, fy,
                unnest(case when area = '' then [''] else ['', left(area, 2), area] end) as area,
                sex, programme, quintile, ministry, value, persons from base)
select name, fy, area, '' as grp, sum(value)::bigint as value, sum(persons)::bigint as persons from said
  where not part group by all
union all select name, fy, area, 'sex:' || sex, sum(value)::bigint, sum(persons)::bigint from said
  where not part and sex is not null group by all
union all select name, fy, area, 'programme:' || programme, sum(value)::bigint, sum(persons)::bigint from said
  where programme is not null and programme <> '' group by all
union all select name, fy, area, 'quintile:' || right(quintile, 1), sum(value)::bigint, sum(persons)::bigint from said
  where not part and quintile is not null group by all
union all select name, fy, area, 'ministry:' || ministry, sum(value)::bigint, null from said
  where not part and ministry is not null group by all
union all select 'budget_concentration_millionths', fy, '', grp, value::bigint, null from concentrated
union all select 'misaligned_millionths', fy, area, '', value::bigint, null from aligned
union all select name, fy, '', '', sum(value)::bigint, null from in_given group by all
union all select name, fy, '', grp, sum(value)::bigint, null from in_given where grp <> '' group by all
"""


def _roll_up(con: duckdb.DuckDBPyConnection) -> None:
    """Countries, divisions, districts; in all, and by each split on its own; what is shared by all fifths."""
    con.execute(ROLL_UP)
    con.execute("""
    insert into counts
    select 'all_' || right(whole.name, length(whole.name) - 9), whole.fy, whole.area, part.grp, whole.value,
           whole.persons
    from counts whole join counts part using (name, fy, area)
    where whole.name in ('quintile_covered', 'quintile_poisha') and whole.grp = ''
      and (part.grp = '' or part.grp like 'quintile:%')""")


def _behind(con: duckdb.DuckDBPyConnection) -> None:
    """Over all programmes the people behind payments are the people, each once; the rows above counted them twice."""
    con.execute(f"""
    update counts set persons = them.value from counts them
    where them.name = 'people_due' and counts.name in ({_list(tuple(OF_PAYMENTS))}) and them.fy = counts.fy
      and them.area = counts.area and them.grp = counts.grp;
    update counts set persons = them.value from counts them
    where them.name = 'beneficiaries' and counts.name in ('benefits', 'benefits_identified') and them.fy = counts.fy
      and them.area = counts.area and them.grp = counts.grp""")


def _there(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """``there``: the years for which each count exists at all: 0 payments in a year that had none are no count.

    What was handed in may be of other years than those that are counted: a survey, an assessment.
    """
    known = ", ".join(f"('{count.name}', '{count.source}')" for count in COUNTS.values())
    con.execute(f"""
    create table there as
    with known(name, source) as (values {known}),
    years as (select unnest([{_list(inputs.years)}])::smallint as fy union select fy from in_given),
    paid as (select distinct fy from pp), enrolled as (select distinct fy from counts where name = 'beneficiaries'),
    counted as (select distinct name, fy from counts)
    select name, fy from known, years where case source
      when 'registry' then fy in (select fy from counted where name = 'households')
      when 'payments' then fy in (from paid)
      when 'welfare' then fy in (from paid) and exists (from w)
      when 'grievance' then fy in (from enrolled) or fy in (select fy from counted where name = 'grievances')
      else (name, fy) in (select (name, fy) from counted) end""")
