"""Budgets: the printed figures, what officers put over them, and what may be made of both."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from shohay.core.budget import CRORE
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.programmes import actions_budget as actions
from shohay.stages.programmes import queries_budget as queries
from shohay.stages.programmes.actions import load_catalogue
from shohay.stages.programmes.models import BudgetYear
from shohay.stages.programmes.models_budget import BudgetLine

pytestmark = pytest.mark.django_db
FOCAL = Officer("focal", "focal_point", ("",), ("",), ("MoSW",))
FINANCE = Officer("finance", "finance", ("",), ("",))
OTHER = Officer("finance2", "finance", ("",), ("",))


@pytest.fixture
def loaded():
    load_catalogue(by=SYSTEM)


def figures(**given):
    return {"allocation_poisha": 4_350_970_000_000, **given}


def submit(by=FOCAL, programme="OAA", year="2024-25", **given):
    return actions.submit_line(
        programme=programme, fiscal_year=year, figures=figures(**given), source="iBAS++ 12", by=by
    )


def test_the_printed_series_run_seventeen_years_with_their_lines_and_doubts(loaded):
    assert queries.ministries_with_series() == ["MoSW", "MoWCA"]
    rows = queries.series("MoSW")
    assert len(rows) == 17
    assert (rows[0].fiscal_year, rows[0].allocation_poisha) == ("2008-09", 1_076_980_000_000)
    assert rows[0].source.endswith("section 2.1, line 365")
    doubtful = {row.fiscal_year: row.doubtful for row in rows if row.doubtful}
    assert doubtful == {
        "2021-22": ("beneficiaries_break",), "2023-24": ("beneficiaries_break",), "2024-25": ("beneficiaries_differ",)
    }  # fmt: skip
    assert BudgetYear.objects.exclude(source="").count() == 34


def test_real_terms_say_nothing_where_no_price_is_known(loaded):
    rows = queries.real_terms(queries.series("MoSW"), "2024-25")
    assert rows[-1][1] == rows[-1][2]
    assert rows[0][2] > 3 * rows[0][1]
    unknown = queries.real_terms([queries.Year("2030-31", 5, None, None, None)])
    assert unknown == [("2030-31", 5, None)]


@pytest.mark.parametrize("by", ["ministry", "cluster", "stage", "type", "programme"])
def test_each_way_adds_up_to_the_printed_whole(loaded, by):
    rows = queries.totals("2024-25", by)
    whole = queries.whole(rows)
    assert (whole.programmes, whole.allocation_poisha) == (140, 136_025_640_000_000)
    assert whole.actual_poisha is None
    assert whole.execution is None
    assert [row.allocation_poisha for row in rows] == sorted((r.allocation_poisha for r in rows), reverse=True)


def test_the_three_variants_and_their_shares(loaded):
    everything, without, core = queries.shares("2024-25")
    assert round(float(everything.of_gdp), 4) == 0.0243
    assert round(float(everything.of_budget), 4) == 0.1707
    assert everything.poisha - without.poisha == 36_580 * CRORE
    assert everything.poisha - core.poisha == int(Decimal("62408.32") * CRORE)
    assert queries.shares("2031-32") == []


def test_a_year_without_gdp_has_no_share(loaded):
    submit(year="2023-24")
    actions.verify_lines(lines=[BudgetLine.objects.get().pk], by=FINANCE)
    row = queries.shares("2023-24")[0]
    assert row.of_gdp is None
    assert row.of_budget is not None


def test_a_verified_line_stands_over_the_printed_figure(loaded):
    line = submit(revised_poisha=4_000 * CRORE, actual_poisha=3_000 * CRORE, reached=5_000_000)
    assert queries.totals("2024-25", "programme", where={"ministry": "MoSW"})[0].actual_poisha is None
    actions.verify_lines(lines=[line.pk], by=FINANCE)
    (row,) = [row for row in queries.totals("2024-25", "programme") if row.name == "OAA"]
    assert (row.execution, row.unit_cost_poisha) == (Fraction(3, 4), 600_000)
    mosw = queries.totals("2024-25", "ministry", where={"ministry": "MoSW"})[0]
    assert (mosw.with_actual, mosw.to_spend_poisha) == (1, 4_000 * CRORE)
    assert queries.series("MoSW")[-1].actual_poisha is None  # of 26 others nothing is known


def test_a_newer_submission_takes_the_place_of_the_waiting_one_and_of_the_verified_one(loaded):
    first, second = submit(), submit(actual_poisha=5)
    first.refresh_from_db()
    assert first.state == "replaced"
    actions.verify_lines(lines=[second.pk], by=FINANCE)
    third = submit(actual_poisha=6)
    actions.verify_lines(lines=[third.pk], by=FINANCE)
    assert list(BudgetLine.objects.order_by("id").values_list("state", flat=True)) == [
        "replaced",
        "replaced",
        "verified",
    ]
    assert [row.pk for row in queries.history(FOCAL, "OAA")] == [third.pk, second.pk, first.pk]


def test_nobody_verifies_their_own(loaded):
    line = submit(by=FINANCE)
    with pytest.raises(Refusal) as refused:
        actions.verify_lines(lines=[line.pk], by=FINANCE)
    assert refused.value.code == "budget_own_line"
    with pytest.raises(Refusal) as refused:
        actions.refuse_line(line=line.pk, reason="no", by=FINANCE)
    assert refused.value.code == "budget_own_line"
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(state="verified", decided_by="finance", decided_at=timezone.now())
    assert actions.verify_lines(lines=[line.pk], by=OTHER) == 1


def test_figures_are_never_changed_and_lines_never_removed(loaded):
    line = submit()
    with pytest.raises(DatabaseError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(allocation_poisha=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()


def test_a_refusal_needs_a_reason_and_is_kept(loaded):
    line = submit()
    with pytest.raises(Refusal) as refused:
        actions.refuse_line(line=line.pk, reason=" ", by=FINANCE)
    assert refused.value.code == "budget_reason_missing"
    assert actions.refuse_line(line=line.pk, reason="units", by=FINANCE).state == "refused"
    with pytest.raises(Refusal) as refused:
        actions.verify_lines(lines=[line.pk], by=FINANCE)
    assert refused.value.code == "budget_line_missing"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"programme": "XXX"}, "budget_programme_unknown"),
        ({"programme": "GOV_PENSION"}, "not_allowed"),
        ({"year": "2024-26"}, "budget_year_wrong"),
        ({"actual_poisha": -1}, "budget_amount_wrong"),
        ({"allocation_poisha": None}, "budget_amount_wrong"),
        ({"by": Officer("x", "statistics", ("",), ("",))}, "not_allowed"),
    ],
)
def test_what_cannot_be_submitted(loaded, change, code):
    with pytest.raises(Refusal) as refused:
        submit(**change)
    assert refused.value.code == code


def test_a_source_is_needed(loaded):
    for act in (
        lambda: actions.submit_line(programme="OAA", fiscal_year="2024-25", figures=figures(), source=" ", by=FOCAL),
        lambda: actions.import_lines(data=b"", file_name="x", source="", by=FOCAL),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "budget_source_missing"


def test_a_sheet_is_submitted_and_its_bad_rows_are_told(loaded):
    sheet = (
        b"Programme code,Fiscal year,Allocation,Actual\nOAA,2024-25,4350.97,4200\nWDA,2024-25,x,1\n"
        b"GOV_PENSION,2024-25,5,5\nNOPE,2024-25,5,5\n"
    )
    told = actions.import_lines(data=sheet, file_name="a.csv", source="ministry letter 7", by=FOCAL)
    assert (told.submitted, told.unchanged) == (1, 0)
    assert [(wrong.line, wrong.reason) for wrong in told.errors] == [
        (3, "not_a_number"), (4, "other_ministry"), (5, "unknown_programme")
    ]  # fmt: skip
    again = actions.import_lines(data=sheet, file_name="a.csv", source="ministry letter 7", by=FOCAL)
    assert (again.submitted, again.unchanged) == (0, 1)
    assert Event.objects.filter(action="budget.imported").count() == 2


def test_who_sees_what_waits(loaded):
    submit()
    submit(by=FINANCE, programme="GOV_PENSION")
    assert queries.submissions(FOCAL).count() == 1
    assert queries.submissions(FINANCE).count() == 2
    assert queries.submissions(Officer("x", "union_operator", ("",), ("",))).count() == 0
    assert {row.pk for row in queries.programmes_of(FOCAL)} >= {"OAA", "WDA"}
    assert "GOV_PENSION" not in {row.pk for row in queries.programmes_of(FOCAL)}
    with pytest.raises(Refusal):
        actions.verify_lines(lines=[BudgetLine.objects.first().pk], by=FOCAL)


def test_the_empty_sheet_holds_what_is_known(loaded):
    rows = queries.template_rows(FOCAL, "2024-25")
    assert len(rows) == 28  # 27 of the list and the Family Card
    assert rows[0]["line"].allocation_poisha == 4_350_970_000_000


def test_timely_release_is_by_money(loaded):
    assert queries.timely() is None
    first = submit(released_poisha=300, planned_release_on="2024-09-30", released_on="2024-09-29")
    second = submit(programme="WDA", released_poisha=100, planned_release_on="2024-09-30", released_on="2024-10-02")
    actions.verify_lines(lines=[first.pk, second.pk], by=FINANCE)
    assert queries.timely() == Fraction(3, 4)
