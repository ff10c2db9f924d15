"""The catalogue adds up as published."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.programmes import queries
from shohay.stages.programmes.actions import load_catalogue
from shohay.stages.programmes.models import Ministry, Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return load_catalogue(by=SYSTEM)


def test_loading_twice_changes_nothing(loaded):
    assert {name: counts.rows for name, counts in loaded.items()} == {
        "ministries": 40,
        "programmes": 141,
        "budget_years": 34,
        "national_years": 17,
        "budget_variants": 3,
    }
    again = load_catalogue(by=SYSTEM)
    assert all((counts.added, counts.changed) == (0, 0) for counts in again.values())
    assert Event.objects.filter(action="catalogue.loaded").count() == 2


def test_only_the_system_loads():
    with pytest.raises(Refusal):
        load_catalogue(by=Officer("x", "programme_manager", ("",), ("",)))


def test_national_total(loaded):
    assert queries.national_total() == ("", 140, Decimal("136025.64"), Decimal("1475.39"))


def test_a_total_of_nothing_is_nought():
    assert queries.national_total() == ("", 0, Decimal(0), Decimal(0))


def test_every_ministry_is_the_sum_of_its_programmes(loaded):
    assert queries.ministry_differences() == []


def test_the_ministry_that_differs_is_named(loaded):
    Programme.objects.filter(code="OAA").update(budget_crore=Decimal("4350.98"))
    (difference,) = queries.ministry_differences()
    assert difference == ("MoSW", "budget_crore", Decimal("11354.90"), Decimal("11354.91"))


def test_a_ministry_without_programmes_is_compared_too(loaded):
    Ministry.objects.filter(code="GED").update(programme_count=1)
    (difference,) = queries.ministry_differences()
    assert (difference.ministry, difference.what) == ("GED", "programmes")


@pytest.mark.parametrize("column", ["ministry_id", "type", "thematic_cluster", "lifecycle_stage"])
def test_each_way_of_grouping_adds_up_to_the_whole(loaded, column):
    totals = queries.totals_by(column)
    assert sum(total.budget_crore for total in totals) == Decimal("136025.64")
    assert sum(total.programmes for total in totals) == 140
    assert [total.budget_crore for total in totals] == sorted((t.budget_crore for t in totals), reverse=True)


def test_the_family_card_is_there_but_in_no_total(loaded):
    card = queries.programme("FAMCARD")
    assert (card.ministry_id, card.in_list, card.budget_crore) == ("MoSW", False, None)
    assert [row.code for row in queries.after_the_list()] == ["FAMCARD"]
    assert queries.programmes().count() == 141
    assert queries.programme("NOTHING") is None


def test_every_programme_of_the_published_rules_is_in_the_catalogue(loaded, shared_folder):
    import csv

    with (shared_folder / "facts" / "programme_rules.csv").open(encoding="utf-8") as file:
        ruled = {row["programme_code"] for row in csv.DictReader(file)}
    assert ruled <= set(Programme.objects.values_list("code", flat=True))


def test_budget_series_runs_to_the_year_of_the_list(loaded):
    years = list(queries.budget_years("MoSW"))
    assert (years[0].fiscal_year, years[-1].fiscal_year) == ("2008-09", "2024-25")
    assert len(years) == 17
