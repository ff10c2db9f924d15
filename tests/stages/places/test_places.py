"""Loading places, and the questions asked about them."""

from __future__ import annotations

from datetime import date

import pytest

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.places import queries
from shohay.stages.places.actions import load_places
from shohay.stages.places.models import Area, AreaFact

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(django_capture_on_commit_callbacks):
    queries.forget()
    with django_capture_on_commit_callbacks(execute=True):
        merged = load_places(by=SYSTEM)
    yield merged
    queries.forget()


def test_the_first_time_all_is_new_and_the_second_nothing(loaded):
    assert all(counts.added == counts.rows and counts.changed == 0 for counts in loaded.values())
    again = load_places(by=SYSTEM)
    assert {name: (counts.added, counts.changed) for name, counts in again.items()} == dict.fromkeys(loaded, (0, 0))
    assert Area.objects.count() == 8 + 64 + 495 + 12 + 5119


def test_a_row_that_was_spoilt_is_put_right(loaded):
    Area.objects.filter(code="5549").update(name_bn="ভুল")
    assert load_places(by=SYSTEM)["districts"].changed == 1
    assert Area.objects.get(code="5549").name_bn == "কুড়িগ্রাম"


def test_loading_is_one_event(loaded):
    event = Event.objects.get()
    assert event.action == "places.loaded"
    assert event.detail["unions"] == [5119, 5119, 0]


def test_only_the_system_loads():
    with pytest.raises(Refusal, match="may not"):
        load_places(by=Officer("x", "cabinet", ("",), ("",)))
    assert not Area.objects.exists()


def test_a_place_knows_its_path_and_its_old_names(loaded):
    union = Area.objects.get(code="55495276")
    assert union.path == "55.5549.554952.55495276"
    assert Area.objects.get(code="2019").old_names == ["Comilla"]
    assert Area.objects.get(code="5549").old_names == []


def test_a_union_without_a_bangla_name_shows_its_english_one(loaded):
    unnamed = Area.objects.filter(level="union", name_bn_source="")
    assert 0 < unnamed.count() <= 135
    assert all(area.name_bn == area.name_en for area in unnamed)


def test_names_in_both_languages(loaded):
    assert queries.name_of("5549", "bn") == "কুড়িগ্রাম"
    assert queries.name_of("5549", "en") == "Kurigram"
    assert queries.name_of("9999", "bn") == ""
    assert queries.full_name("554952", "en") == "Kurigram Sadar, Kurigram"
    assert queries.full_name("55", "en") == "Rangpur"


def test_names_asked_for_too_early_are_asked_for_again(django_capture_on_commit_callbacks):
    queries.forget()
    assert queries.name_of("5549", "en") == ""
    assert queries.children("") == []
    with django_capture_on_commit_callbacks(execute=True):
        load_places(by=SYSTEM)
    assert queries.name_of("5549", "en") == "Kurigram"
    assert len(queries.children("")) == 8
    queries.forget()


def test_names_are_kept_in_memory(loaded, django_assert_num_queries):
    queries.name_of("5549", "en")
    with django_assert_num_queries(0):
        assert queries.name_of("3026", "en") == "Dhaka"


def test_what_lies_below(loaded):
    assert queries.children("10") == ["1004", "1006", "1009", "1042", "1078", "1079"]
    unions = queries.unions_of("554952")
    assert len(unions) >= 8
    assert all(code.startswith("554952") for code in unions)
    assert queries.unions_of(unions[0]) == unions


def test_a_recent_rate_of_the_division_goes_before_an_old_one_of_the_district(loaded):
    fact = queries.poverty_rate("55495276")
    assert (fact.area_id, fact.year, fact.value) == ("55", 2022, 24.8)
    district = queries.poverty_rate("305440")  # a rate of the district is of 2022 too, and it is nearer
    assert (district.area_id, district.value) == ("3054", 54.4)
    assert queries.facts_of("554952", "poverty_rate").first().area_id == "5549"


def test_a_place_with_old_rates_only_gives_the_newest(loaded):
    AreaFact.objects.filter(year__gte=2020).delete()
    fact = queries.poverty_rate("55495276")
    assert (fact.area_id, fact.year) == ("5549", 2016)
    assert queries.poverty_rate("99") is None


def test_nothing_is_said_about_where_the_allowance_is_universal(loaded):
    """The 262 upazilas are not published: absent, so the rule treats them as not universal."""
    assert not AreaFact.objects.filter(name="oaa_universal").exists()


def test_holidays():
    assert date(2026, 12, 16) in queries.holidays()
    assert date(2026, 12, 17) not in queries.holidays()


def test_single_places_and_levels(loaded):
    assert queries.area("5549").name_en == "Kurigram"
    assert queries.area("1") is None
    assert queries.areas(Area.Level.DIVISION).count() == 8
    assert queries.childless() == []
    Area.objects.filter(parent="554952").update(parent="554994")
    assert queries.childless() == ["554952"]


def test_estimated_people_of_upazilas_add_up_to_nearly_the_census(loaded):
    of_2022 = AreaFact.objects.filter(name="population", year=2022)
    estimated = sum(of_2022.filter(area__code__regex=r"^\d{6}$").values_list("value", flat=True))
    counted = sum(of_2022.filter(area__code__regex=r"^\d{2}$").values_list("value", flat=True))
    assert counted == 165_158_616
    assert 0.99 < estimated / counted < 1.01
    assert set(AreaFact.objects.exclude(area__level="division").exclude(source="").values_list("name", flat=True)) >= {
        "population", "land_sqkm", "is_coastal", "is_hard_to_reach", "is_flood_forecast_area", "tea_gardens",
    }  # fmt: skip
    assert not AreaFact.objects.filter(source="").exists()


def test_a_figure_is_the_areas_own_or_that_of_the_place_around_it(loaded):
    found = queries.figures(["poverty_rate", "population", "tea_gardens"], ["554952", "204647", "605835"])
    assert found["554952"]["poverty_rate"][0].area_id == "55", "a division's rate of 2022 goes before an older one"
    assert found["554952"]["population"][0].area_id == "554952"
    fact, share = found["204647"]["population"]  # no figure of its own: the district's, cut by land
    assert fact.area_id == "2046"
    assert 0 < share < 1
    assert "tea_gardens" not in found["554952"]
    assert found["605835"]["tea_gardens"][0].area_id == "6058"
