"""Reading budgets: what was printed, and over it what officers submitted and others verified.

The verified figures are public, so the totals take no officer; the submissions that wait do.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from shohay.core import budget
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes.models import BudgetYear, Programme
from shohay.stages.programmes.models_budget import BudgetLine, BudgetVariant, NationalYear

YEAR = "2024-25"  # of the published list
WAYS = {"ministry": "p.ministry_id", "cluster": "p.thematic_cluster", "stage": "p.lifecycle_stage", "type": "p.type",
        "programme": "p.code"}  # fmt: skip
VARIANTS = ("all", "without_pensions", "core")

# the verified line of a programme and year, else what was printed of the programme (a nought is no figure there)
LINES = """
select l.programme_id as code, l.fiscal_year, l.allocation_poisha, l.revised_poisha, l.actual_poisha, l.beneficiaries,
       l.reached, l.released_poisha, l.planned_release_on, l.released_on, l.example, true as verified
from programmes_budgetline l where l.state = 'verified'
union all
select p.code, p.fiscal_year, (p.budget_crore * 1000000000)::bigint, null, null,
       (nullif(p.beneficiaries_lakh, 0) * 100000)::bigint, null, null, null, null, false, false
from programmes_programme p
where p.in_list and p.budget_crore is not null and not exists (
  select 1 from programmes_budgetline l
  where l.programme_id = p.code and l.fiscal_year = p.fiscal_year and l.state = 'verified')
"""
LEFT_OUT = {
    "all": "false",
    "without_pensions": "exists (select 1 from programmes_budgetvariant v where v.programme_id = p.code"
                        " and v.variant = 'without_pensions')",
    "core": "exists (select 1 from programmes_budgetvariant v where v.programme_id = p.code)",
}  # fmt: skip
# actual and revised of a group are sums of what is known; execution and unit cost only over programmes that have both
SUMS = """
count(*) as programmes, sum(allocation_poisha)::bigint, sum(revised_poisha)::bigint, sum(actual_poisha)::bigint,
sum(beneficiaries)::bigint, sum(reached)::bigint,
count(actual_poisha) as with_actual,
sum(coalesce(revised_poisha, allocation_poisha)) filter (where actual_poisha is not null)::bigint as to_spend,
sum(coalesce(actual_poisha, revised_poisha, allocation_poisha))
  filter (where coalesce(reached, beneficiaries) > 0)::bigint as for_people,
sum(coalesce(reached, beneficiaries)) filter (where coalesce(reached, beneficiaries) > 0)::bigint as people,
bool_or(example) as example
"""


class Year(NamedTuple):
    """One fiscal year: money in poisha, people counted; None = not known. ``doubtful``: codes of budget_series.csv.

    Revised and actual are None until every programme of the ministry has one: a sum of some would read as the whole.
    """

    fiscal_year: str
    allocation_poisha: int | None
    revised_poisha: int | None
    actual_poisha: int | None
    beneficiaries: int | None
    doubtful: tuple[str, ...] = ()
    source: str = ""
    example: bool = False


class Total(NamedTuple):
    """A group of programmes in one year. ``name``: code of the ministry, cluster, stage, type or programme."""

    name: str
    programmes: int
    allocation_poisha: int
    revised_poisha: int | None
    actual_poisha: int | None
    beneficiaries: int | None
    reached: int | None
    with_actual: int  # programmes whose expenditure is known
    to_spend_poisha: int | None  # revised (else allocated) of those
    for_people_poisha: int | None  # money of the programmes whose people are counted
    people: int | None
    example: bool

    @property
    def execution(self) -> Fraction | None:
        """IN-03, over the programmes whose expenditure is known."""
        return budget.ratio(self.actual_poisha, self.to_spend_poisha)

    @property
    def unit_cost_poisha(self) -> int | None:
        """Poisha for one beneficiary, over the programmes that count theirs."""
        return budget.unit_cost(self.for_people_poisha, self.people)


class Share(NamedTuple):
    """Money of a year beside GDP and the national budget; None where no citable figure was found."""

    variant: str
    poisha: int
    of_gdp: Fraction | None
    of_budget: Fraction | None


def years() -> list[str]:
    """The fiscal years of which programmes have figures, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(f"select distinct fiscal_year from ({LINES}) l order by 1 desc")
        return [row[0] for row in cursor.fetchall()]


def ministries_with_series() -> list[str]:
    return list(BudgetYear.objects.order_by("ministry__order").values_list("ministry_id", flat=True).distinct())


def series(ministry: str = "") -> list[Year]:
    """Year by year, of a ministry (printed 2008-09 to 2024-25 for two of them, then its lines) or '' of all programmes.

    Where a figure was printed it is what is shown, flagged when doubtful; revised and actual come from verified lines.
    """
    found = {year.fiscal_year: year for year in _from_lines(ministry)}
    for row in BudgetYear.objects.filter(ministry_id=ministry) if ministry else []:
        line = found.get(row.fiscal_year)
        found[row.fiscal_year] = Year(
            row.fiscal_year, budget.poisha_of_crore(row.budget_crore), line and line.revised_poisha,
            line and line.actual_poisha, int(row.beneficiaries_lakh * budget.LAKH), tuple(row.doubtful.split()),
            row.source, bool(line and line.example),
        )  # fmt: skip
    return [found[year] for year in sorted(found)]


def _from_lines(ministry: str) -> list[Year]:
    condition, given = ("p.ministry_id = %s", [ministry]) if ministry else ("true", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select l.fiscal_year, sum(l.allocation_poisha)::bigint,
                       case when count(l.revised_poisha) = count(*) then sum(l.revised_poisha)::bigint end,
                       case when count(l.actual_poisha) = count(*) then sum(l.actual_poisha)::bigint end,
                       sum(l.beneficiaries)::bigint, bool_or(l.example)
                from ({LINES}) l join programmes_programme p on p.code = l.code where {condition}
                group by 1 order by 1""",
            given,
        )
        return [Year(*row[:5])._replace(example=row[5]) for row in cursor.fetchall()]


def totals(
    year: str = YEAR, by: str = "ministry", *, variant: str = "all", where: dict[str, str] | None = None
) -> list[Total]:
    """Money and people of a year by 'ministry', 'cluster', 'stage', 'type' or 'programme', the largest first.

    ``where`` narrows by the same names, e.g. {"ministry": "MoSW"}. KeyError for an unknown way or variant.
    """
    conditions, given = ["l.fiscal_year = %s", f"not {LEFT_OUT[variant]}"], [year]
    for name, value in (where or {}).items():
        conditions.append(f"{WAYS[name]} = %s")
        given.append(value)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select {WAYS[by]} as name, {SUMS} from ({LINES}) l join programmes_programme p on p.code = l.code
                where {" and ".join(conditions)} group by 1 order by 3 desc, 1""",
            given,
        )
        return [Total(*row) for row in cursor.fetchall()]


def whole(rows: list[Total], name: str = "") -> Total | None:
    """The groups added up; None of nothing."""
    if not rows:
        return None
    added: dict[str, object] = {"name": name, "example": any(row.example for row in rows)}
    for column in Total._fields[1:-1]:
        known = [value for row in rows if (value := getattr(row, column)) is not None]
        added[column] = sum(known) if known else None
    return Total(**added)  # type: ignore[arg-type]  # the columns of Total, added up


def national(year: str) -> NationalYear | None:
    return NationalYear.objects.filter(pk=year).first()


def nationals() -> dict[str, NationalYear]:
    """Every fiscal year of the nation that something is known of."""
    return NationalYear.objects.in_bulk()


def price_indexes() -> dict[str, Any]:
    """Fiscal year -> price index; years without one are absent."""
    return dict(NationalYear.objects.exclude(price_index=None).order_by("pk").values_list("pk", "price_index"))


def real_terms(rows: list[Year], base_year: str = YEAR) -> list[tuple[str, int | None, int | None]]:
    """(fiscal year, allocation, the same at the prices of ``base_year``), None where an index is missing."""
    index = price_indexes()
    return [
        (row.fiscal_year, row.allocation_poisha,
         budget.real(row.allocation_poisha, index.get(row.fiscal_year), index.get(base_year)))
        for row in rows
    ]  # fmt: skip


def shares(year: str = YEAR) -> list[Share]:
    """IN-01 and IN-02 in three variants: all items, without government pensions, core transfers."""
    known = national(year)
    gdp = known.gdp_crore * budget.CRORE if known and known.gdp_crore else None
    whole_budget = known.budget_crore * budget.CRORE if known and known.budget_crore else None
    sums = ", ".join(f"sum(allocation_poisha) filter (where not {LEFT_OUT[variant]})::bigint" for variant in VARIANTS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {sums} from ({LINES}) l join programmes_programme p on p.code = l.code where l.fiscal_year = %s",
            [year],
        )
        found = zip(VARIANTS, cursor.fetchone(), strict=True)
    return [
        Share(variant, poisha, budget.ratio(poisha, gdp), budget.ratio(poisha, whole_budget))
        for variant, poisha in found
        if poisha is not None
    ]


def variants() -> QuerySet[BudgetVariant]:
    """The programmes that the narrower totals leave out, with their reasons."""
    return BudgetVariant.objects.select_related("programme").order_by("variant", "programme_id")


def timely(year: str = YEAR) -> Fraction | None:
    """IN-04: of the money that was to be released, what came on or before its planned day; None without any plan."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select sum(released_poisha) filter (where released_on <= planned_release_on),
                       sum(released_poisha) from ({LINES}) l
                where fiscal_year = %s and planned_release_on is not null and released_poisha is not null""",
            [year],
        )
        in_time, all_of_it = cursor.fetchone()
    return budget.ratio(in_time or 0, all_of_it)


def submissions(officer: Officer, *, state: str = "submitted", year: str = "") -> QuerySet[BudgetLine]:
    """Lines of the officer's ministries by state, the oldest first; without 'budget.view' none."""
    rows = BudgetLine.objects.select_related("programme__ministry").order_by("fiscal_year", "programme__order", "id")
    if not officer.may("budget.view"):
        return rows.none()
    asked = Q(state=state) if state else Q()
    asked &= Q(fiscal_year=year) if year else Q()
    return rows.filter(officer.ministry_filter("programme__ministry_id"), asked)


def programmes_of(officer: Officer) -> QuerySet[Programme]:
    """Programmes that the officer may submit figures of."""
    return Programme.objects.filter(officer.ministry_filter()).order_by("order")


def history(officer: Officer, code: str) -> QuerySet[BudgetLine]:
    """Every submission of a programme, the newest first."""
    return submissions(officer, state="").filter(programme_id=code).order_by("-fiscal_year", "-id")


def template_rows(officer: Officer, year: str) -> list[dict[str, Any]]:
    """A row for each programme of the officer's ministries with what is known of the year: for the empty sheet."""
    known = {row.name: row for row in totals(year, "programme")}
    rows = []
    for programme in programmes_of(officer):
        line = known.get(programme.code)
        rows.append({"programme": programme, "year": year, "line": line})
    return rows
