"""Quotas shared by a document: weights are exact, bounds and missing figures behave as the document says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core.allocation import Document, Figure, Place, allocate, curve
from shohay.core.messages import Refusal

BASE = """
format: 1
title: {bn: "বয়স্ক ভাতা", en: "Old age allowance"}
programme: OAA
fiscal_year: 2026-27
quota: 100
weights: [{fact: population}, {fact: poverty_rate}]
"""


def place(code: str, people: int = 1000, rate: str = "20", **more) -> Place:
    figures = {
        "population": Figure(Decimal(people), code, 2022), "poverty_rate": Figure(Decimal(rate), code, 2022),
    } | more.pop("figures", {})  # fmt: skip
    return Place(code, figures={name: one for name, one in figures.items() if one is not None}, **more)


def shares(text: str, *places: Place, slots: int = 100) -> dict[str, int]:
    return {row.code: row.places for row in allocate(Document.parse(text), slots, places)}


def refused(text: str, *places: Place, slots: int = 100) -> tuple[str, dict]:
    with pytest.raises(Refusal) as why:
        allocate(Document.parse(text), slots, places)
    return why.value.code, why.value.params


@given(
    st.dictionaries(
        st.integers(100000, 999999).map(str),
        st.tuples(st.integers(1, 10**6), st.integers(1, 999), st.integers(0, 5000)),
        min_size=1, max_size=15,
    ),
    st.integers(0, 10**5),
    st.sampled_from(["1", "0.5", "2", "-1"]),
)  # fmt: skip
def test_shares_sum_to_the_quota_for_any_exponent_and_any_order(areas, slots, exponent):
    text = BASE.replace("{fact: poverty_rate}", f"{{fact: poverty_rate, exponent: {exponent}}}")
    rows = [place(code, people, str(Decimal(rate) / 10), eligible=fit) for code, (people, rate, fit) in areas.items()]
    found = shares(text, *rows, slots=slots)
    assert sum(found.values()) == slots
    assert shares(text, *reversed(rows), slots=slots) == found


def test_the_weight_is_the_exact_product_of_the_figures():
    rows = allocate(Document.parse(BASE), 100, [place("554908", 100, "79.8"), place("302608", 300, "0.4")])
    assert [row.weight for row in rows] == [Fraction(120), Fraction(7980)]
    assert [row.places for row in rows] == [1, 99]  # 1.48 and 98.52: the larger remainder takes the last place


def test_floors_and_ceilings_are_places_or_shares_and_each_row_says_what_set_it():
    text = BASE + "floor: {places: 5, share: 0.01, of: population}\nceilings: {'554908': {share: 0.5, of: quota}}\n"
    rows = allocate(Document.parse(text), 100, [place("554908", 900), place("302608", 20), place("302610", 600)])
    assert {row.code: (row.places, row.state) for row in rows} == {
        "302608": (5, "floor"), "302610": (45, "shared"), "554908": (50, "ceiling"),
    }  # fmt: skip


def test_floors_that_exceed_the_quota_are_refused_with_what_is_missing():
    assert refused(BASE + "floor: {places: 60}", place("554908"), place("302608")) == (
        "quota_floors_exceed", {"slots": 100, "floors": 120, "missing": 20},
    )  # fmt: skip


def test_held_out_and_universal_areas_stand_aside():
    listed = Figure(Decimal(1), "302610", 2026)
    text = BASE + "held_out: {'554908': 0}\nuniversal: ['302608']\nuniversal_fact: oaa_universal\n"
    rows = allocate(Document.parse(text), 100, [
        place("554908", eligible=9), place("302608", eligible=30), place("6091" "08"),
        place("302610", eligible=20, figures={"oaa_universal": listed}),
    ])  # fmt: skip
    assert {row.code: (row.places, row.state) for row in rows} == {
        "302608": (30, "universal"), "302610": (20, "universal"), "554908": (0, "held_out"), "609108": (50, "shared"),
    }  # fmt: skip
    assert refused(text, place("554908"), place("302608"))[0] == "allocation_eligible_unknown"


def test_a_quota_above_the_eligible_is_told_by_area_and_shared_again_if_asked():
    areas = [place("554908", eligible=10), place("302608", eligible=500)]
    kept = allocate(Document.parse(BASE), 100, areas)
    assert [(row.places, row.notes) for row in kept] == [
        (50, ()),
        (50, (("over_eligible", {"n": 40, "eligible": 10}),)),
    ]
    again = BASE + "surplus: redistribute\n"
    assert shares(again, *areas) == {"302608": 90, "554908": 10}
    assert refused(again, *areas, slots=600) == (
        "quota_ceilings_short", {"slots": 600, "ceilings": 510, "missing": 90},
    )  # fmt: skip


def test_an_area_without_a_figure_is_refused_or_given_its_parents_and_the_row_says_so():
    borrowed = place("554908", figures={"poverty_rate": Figure(Decimal("24.8"), "55", 2022)})
    code, params = refused(BASE, borrowed, place("302608"))
    assert (code, params["areas"], params["fact"]) == ("allocation_figure_missing", "554908", "poverty_rate")
    rows = allocate(Document.parse(BASE + "missing: parent\n"), 100, [borrowed, place("302608")])
    assert [row.notes for row in rows] == [
        (), (("parent", {"fact": "poverty_rate", "area": "55", "year": 2022}),),
    ]  # fmt: skip
    unknown = place("554908", figures={"poverty_rate": None})
    assert refused(BASE + "missing: parent\n", unknown)[0] == "allocation_figure_nowhere"


def test_a_yes_no_fact_multiplies_where_it_is_true_and_unknown_counts_as_not_listed():
    text = BASE.replace("{fact: poverty_rate}", "{fact: oaa_universal, factor: 3}")
    rows = allocate(Document.parse(text), 100, [
        place("302608"), place("554908", figures={"oaa_universal": Figure(Decimal(1), "554908", 2026)}),
    ])  # fmt: skip
    assert [row.places for row in rows] == [25, 75]
    assert rows[0].notes == (("not_listed", {"fact": "oaa_universal"}),)


@pytest.mark.parametrize(("change", "code"), [
    ("weights: [{fact: rooms}]", "allocation_fact"), ("weights: [{fact: area_type}]", "allocation_fact"),
    ("weights: [{fact: oaa_universal}]", "allocation_factor"), ("weights: []", "allocation_wrong"),
    ("weights: [{fact: persons, factor: 2}]", "allocation_wrong"), ("quota: -1", "allocation_wrong"),
    ("fiscal_year: 2026-29", "allocation_wrong"), ("extra: 1", "allocation_wrong"),
    ("universal_fact: poverty_rate", "allocation_fact"), ("quota: [", "definition_unreadable"),
    ("weights: [{fact: persons, exponent: 900}]", "allocation_wrong"),
])  # fmt: skip
def test_a_wrong_document_is_refused_by_name(change, code):
    name = change.split(":")[0]
    text = "\n".join(line for line in BASE.splitlines() if not line.startswith(f"{name}:")) + f"\n{change}\n"
    with pytest.raises(Refusal) as why:
        Document.parse(text)
    assert why.value.code == code


def test_areas_that_do_not_take_part_cannot_be_named():
    assert refused(BASE + "held_out: {'101010': 3}", place("554908"))[0] == "allocation_area_unknown"
    assert refused(BASE)[0] == "allocation_no_areas"


def test_a_document_survives_being_stored():
    asked = Document.parse(BASE + "floor: {share: 0.005, of: persons}\nmissing: parent\n")
    assert Document.made(asked.as_json()) == asked
    assert Document.made(asked.as_json()).sha256 == asked.sha256


@given(st.lists(st.tuples(st.integers(0, 100).map(Decimal), st.integers(1, 900), st.integers(0, 900)), min_size=1))
def test_the_curve_ends_at_one_and_following_the_people_concentrates_nowhere(rows):
    line, concentration = curve(rows)
    assert (line[0], line[-1]) == ((0.0, 0.0), (1.0, 1.0))
    assert -1 <= concentration <= 1
    assert curve([(need, people, people) for need, people, _ in rows])[1] == 0


def test_places_for_the_neediest_alone_bend_the_curve_up():
    assert curve([(Decimal(50), 100, 10), (Decimal(10), 100, 0)])[1] == pytest.approx(0.5)


def test_the_example_of_the_documentation_is_a_document():
    folder = Path(__file__).resolve().parents[2] / "docs" / "examples" / "allocations"
    asked = Document.parse((folder / "old_age_by_poverty.yaml").read_text(encoding="utf-8"))
    assert (asked.quota, asked.facts) == (6_100_000, ("population", "poverty_rate", "is_coastal"))
